"""Rules for our own namespace: known words only, and every stage, promise and role that is named must exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from engine.model import Basis, Unit

from .clarifying import APPLICANT
from .facts import MARKS, Facts, declarations, lanes_of, role_of, stage_of
from .flows import reached
from .graph import HUMAN, JANJI, Diagram, Node, Scope, tag
from .notes import WHOLE, Notes, listed, meant, shown

_OURS = "urn:janji:"
_ON_SHAPES = frozenset(
    {"role", "stage", "starts", "keeps", "pauses", "unit", "excludes", "checks", "brings", "standing"}
)
_ELEMENTS: Mapping[str, frozenset[str]] = {
    "service": frozenset(
        {
            *("code", "starters", "identity", "subject", "place", "email", "phone", "anonymous", "confidential"),
            *("links", "party_email", "party_phone", "category", "public"),
        }
    ),
    "similar": frozenset({"same", "area", "point", "metres"}),
    "stage": frozenset({"id", "name", "now", "days"}),
    "promise": frozenset({"id", "name", "budget", "unit", "basis", "source", "extend_days"}),
    "clarification": frozenset({"promise", "tasks", "repeats", "late_after", "pause_days", "basis", "source"}),
    "retention": frozenset({"months", "least_months", "basis", "source"}),
}
_NEEDED = {
    "service": ("code", "starters"),
    "stage": ("id", "name", "now"),
    "promise": ("id", "name", "budget", "unit", "basis", "source"),
    "clarification": ("promise", "tasks", "pause_days", "basis", "source"),
    "similar": ("same", "area"),
    "retention": ("months", "basis", "source"),
}


def check_words(diagram: Diagram, notes: Notes) -> None:
    """Misspelt names of our namespace: they would silently mean nothing."""
    for element in diagram.root.iter():
        if not isinstance(element.tag, str):
            continue
        owner = _owner(element)
        if _is_ours(element):
            _our_element(element, owner, notes)
        elif tag(element):
            _our_attributes(element, owner, notes)


def check_declarations(process: Scope, facts: Facts, notes: Notes) -> None:
    """What a process declares about its service must be complete and count in known units."""
    _declared_at_all(process, facts, notes)
    _similar(process, notes)
    for name, element in declarations(process):
        _complete(name, element, process, notes)
        if name == "retention":
            _retention(element, process, notes)
    if facts.service and not re.fullmatch(r"[A-Z][A-Z0-9]{1,9}", facts.service.get("code", "X0")):
        notes.error("service-code", process.id, "the code begins every reference; write 2 to 10 capitals or digits")
    for what, ids in (("stage", facts.stage_ids), ("promise", facts.promise_ids)):
        for twice in (one for one, count in Counter(ids).items() if one and count > 1):
            notes.error(f"duplicate-{what}", twice, f"the {what} “{twice}” is declared more than once; keep one")
    for promise in facts.promises:
        _promise(promise, notes)
    for stage in facts.stages:
        if stage.get("days") and not WHOLE.fullmatch(stage["days"]):
            notes.error(
                "stage-days", stage.get("id"), f"“{shown(stage['days'])}” is no number of days; write 1 to 9999"
            )


def _similar(process: Scope, notes: Notes) -> None:
    for element in (element for name, element in declarations(process) if name == "similar"):
        metres = element.get("metres")
        if metres and not WHOLE.fullmatch(metres):
            notes.error("similar-metres", process.id, f"“{shown(metres)}” is no number of metres; write 1 to 9999")
        if element.get("point") and not metres:
            notes.error("similar-metres", process.id, 'janji:similar names a point but no distance; add metres="…"')


def _complete(name: str, element: Mapping[str, str], process: Scope, notes: Notes) -> None:
    for needed in _NEEDED.get(name, ()):
        if not (element.get(needed) or "").strip():
            owner = element.get("id") or process.id
            notes.error("incomplete", owner, f'janji:{name} has no {needed}; write {needed}="…"')


def _declared_at_all(process: Scope, facts: Facts, notes: Notes) -> None:
    if facts.service is None:
        notes.warn("no-service", process.id, "nothing says which service this is; add janji:service with a code")
    if not facts.stages:
        notes.warn("no-stages", process.id, "no janji:stage is declared, so a citizen could not see where the case is")
    if not facts.promises:
        notes.warn("no-promise", process.id, "no janji:promise is declared, so the case has no date; declare one")


def check_marks(nodes: Iterable[Node], facts: Facts, notes: Notes) -> None:
    """The marks on shapes: stages and promises must be declared, and every promise begin and end somewhere."""
    marked: dict[str, set[str]] = {mark: set() for mark in MARKS}
    nodes = list(nodes)
    beside, work = _beside(nodes), {node.id: node for node in nodes if node.kind in HUMAN}
    for node in nodes:
        _stage(node, facts, node in beside, notes)
        for mark in MARKS:
            if (promise := node.janji(mark)) is not None:
                marked[mark].add(promise)
                _marked(node, mark, promise, facts, notes)
        _standing(node, notes)
        _checks(node, work, facts, notes)
        if node.janji("brings") and node.kind != "userTask":
            notes.error("brings-nothing", node.id, "only a user task can be taken along; move janji:brings to one")
        if node.kind in HUMAN and not role_of(node, facts):
            notes.warn(
                "no-role", node.id, "nobody is said to do this; put it in a lane with janji:role, or give it one"
            )
    for promise in facts.promise_ids:
        if promise and promise not in marked["starts"]:
            notes.error("promise-never-starts", promise, f'no shape has janji:starts="{promise}", so it never begins')
        if promise and promise not in marked["keeps"]:
            notes.error("promise-never-kept", promise, f'no shape has janji:keeps="{promise}", so it is always broken')


def _checks(node: Node, work: Mapping[str, Node], facts: Facts, notes: Notes) -> None:
    """A check is a task of the office and looks at others, which somebody of the office does."""
    named = (node.janji("checks") or "").split()
    if node.janji("checks") is not None and not (named and node.id in work and role_of(node, facts) != APPLICANT):
        notes.error("checks-nothing", node.id, "only a task of the office can check others; write their ids")
    for one in named:
        found = work.get(one)
        if found is None or one == node.id or role_of(found, facts) == APPLICANT:
            told = f"janji:checks names “{shown(one)}”, which is no other task of the office"
            notes.error("checks-unknown", node.id, f"{told}{meant(one, work)}")


def _standing(node: Node, notes: Notes) -> None:
    said = node.janji("standing")
    if said is not None and (said != "true" or node.kind not in HUMAN):
        notes.error(
            "standing", node.id, 'a task of a person stays open for good; write janji:standing="true" on a user task'
        )


def check_lanes(diagram: Diagram, notes: Notes) -> None:
    """A lane is a role by its id; its label is only what people read."""
    for lane in lanes_of(diagram):
        if not lane.get(f"{{{JANJI}}}role"):
            name = lane.get("name") or lane.get("id")
            notes.warn(
                "lane-without-role", lane.get("id"), f"the lane “{shown(name or '')}” has no janji:role; give it one"
            )


def _is_ours(element: Any) -> bool:
    return (etree.QName(element).namespace or "").startswith(_OURS)


def _owner(element: Any) -> str | None:
    """The id of the nearest shape at or around an element."""
    while element is not None and not (element.get("id") and tag(element)):
        element = element.getparent()
    return None if element is None else element.get("id")


def _our_element(element: Any, owner: str | None, notes: Notes) -> None:
    name = etree.QName(element)
    if name.namespace != JANJI:
        notes.error("unknown-namespace", owner, f"“{shown(name.namespace)}” is not our namespace; write {JANJI}")
    elif name.localname not in _ELEMENTS:
        hint = meant(name.localname, _ELEMENTS)
        notes.error(
            "unknown-janji",
            owner,
            f"janji:{shown(name.localname)} is not known{hint or f'; known are {listed(_ELEMENTS)}'}",
        )
    else:
        known = _ELEMENTS[name.localname]
        for attribute in element.attrib:
            if attribute not in known:
                word = shown(etree.QName(attribute).localname)
                notes.error("unknown-janji", owner, f"janji:{name.localname} knows no “{word}”{meant(word, known)}")


def _our_attributes(element: Any, owner: str | None, notes: Notes) -> None:
    for attribute in element.attrib:
        name = etree.QName(attribute)
        if not (name.namespace or "").startswith(_OURS):
            continue
        known = _ON_SHAPES if tag(element) != "lane" else frozenset({"role"})
        if name.namespace != JANJI:
            notes.error("unknown-namespace", owner, f"“{shown(name.namespace)}” is not our namespace; write {JANJI}")
        elif name.localname not in known:
            hint = meant(name.localname, known) or f"; known here are {listed(known)}"
            notes.error("unknown-janji", owner, f"janji:{shown(name.localname)} means nothing here{hint}")


def _promise(promise: Mapping[str, str], notes: Notes) -> None:
    name = promise.get("id", "")
    if promise.get("budget") and not WHOLE.fullmatch(promise["budget"]):
        notes.error("promise-budget", name, f"“{shown(promise['budget'])}” is no number of days; write 1 to 9999")
    if promise.get("extend_days") and not WHOLE.fullmatch(promise["extend_days"]):
        notes.error(
            "promise-extension",
            name,
            f"“{shown(promise['extend_days'])}” is no number of days; write 1 to 9999, or leave it out to allow none",
        )
    for attribute, known in (("unit", Unit), ("basis", Basis)):
        value = promise.get(attribute)
        if value and value not in set(known):
            notes.error(
                f"promise-{attribute}",
                name,
                f"“{shown(value)}” is no {attribute}{meant(value, known)}; known are {listed(known)}",
            )


def _retention(said: Mapping[str, str], process: Scope, notes: Notes) -> None:
    """How long identity is kept is a promise too: in whole months, and no longer when somebody asks."""
    months = {name: value for name in ("months", "least_months") if (value := said.get(name))}
    for wrong in (value for value in months.values() if not WHOLE.fullmatch(value)):
        notes.error("retention-months", process.id, f"“{shown(wrong)}” is no number of months; write 1 to 9999")
        return
    if int(months.get("least_months", 1)) > int(months.get("months", 9999)):
        notes.error("retention-order", process.id, "least_months is what is kept even when asked; write at most months")
    if (basis := said.get("basis")) and basis not in set(Basis):
        notes.error(
            "retention-basis",
            process.id,
            f"“{shown(basis)}” is no basis{meant(basis, Basis)}; known are {listed(Basis)}",
        )


def _beside(nodes: list[Node]) -> set[Node]:
    """Steps reached only through an event that does not interrupt: reminders and escalations, which move no stage."""
    begin = [node for node in nodes if node.kind == "startEvent" and not node.scope.host]
    main = reached(begin, _onward)
    return set(nodes) - main


def _onward(node: Node) -> list[Node]:
    inside = node.inner.starts() if node.inner else []
    return [*node.scope.targets(node), *(event for event in node.attached if event.interrupts), *inside]


def _stage(node: Node, facts: Facts, beside: bool, notes: Notes) -> None:
    stage = node.janji("stage")
    if stage and stage not in facts.stage_ids:
        hint = meant(stage, facts.stage_ids)
        notes.error("unknown-stage", node.id, f"the stage “{shown(stage)}” is not declared in the process{hint}")
    if facts.stages and node.kind in HUMAN and not beside and not stage_of(node):
        notes.warn("no-stage", node.id, "this step belongs to no stage, so the citizen's page stands still during it")


def _marked(node: Node, mark: str, promise: str, facts: Facts, notes: Notes) -> None:
    if promise not in facts.promise_ids:
        hint = meant(promise, facts.promise_ids)
        notes.error(
            "unknown-promise", node.id, f"janji:{mark} names a promise “{shown(promise)}” that is not declared{hint}"
        )
    elif mark == "pauses" and node.kind not in HUMAN:
        notes.error("pauses-nothing", node.id, "a promise pauses while a person's task is open; mark a user task")
