"""Names used in expressions that nothing in the diagram writes: mostly a slip of the pen, found before a clerk does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .graph import BPMN, SPIFF, Node, Scope, tag, text_of
from .language import FUNCTIONS
from .notes import Notes, meant, shown
from .scripts import read_script, scripts_of
from .uses import paths_of

_MOST = 100
_ALWAYS = frozenset({"case", *FUNCTIONS})


def check_names(nodes: Iterable[Node], scopes: Iterable[Scope], messages: Iterable[str | None], notes: Notes) -> None:
    """Warn of names that look like one the diagram writes. Others may come with the application: nobody can tell."""
    nodes = list(nodes)
    known = {name for node in nodes for name in written_by(node)} | {one for one in messages if one} | _ALWAYS
    unknown: dict[str, str] = {}
    for element, path in paths_of(nodes, scopes):
        head = path.partition(".")[0]
        if head not in known and len(unknown) < _MOST:
            unknown.setdefault(head, element)
    for head, element in unknown.items():
        if hint := meant(head, known - FUNCTIONS):
            notes.warn("unknown-name", element, f"nothing writes “{shown(head)}”{hint}")


def written_by(node: Node) -> Iterator[str]:
    """The names under which a node's results come into the case data; a message's payload lies under its name."""
    yield node.id
    yield node.name
    for text in scripts_of(node):
        yield from read_script(text).assigned
    for child in (part for marker in node.children("multiInstanceLoopCharacteristics") for part in marker):
        if tag(child) in ("inputDataItem", "outputDataItem"):
            yield from (child.get(name) for name in ("id", "name") if child.get(name))
        elif tag(child) in ("loopDataOutputRef", "loopDataInputRef"):
            yield text_of(child).partition(".")[0]
    for name in node.element.findall(f"{{{BPMN}}}extensionElements/{{{SPIFF}}}variableName"):
        yield text_of(name)
