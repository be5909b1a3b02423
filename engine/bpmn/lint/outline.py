"""What a diagram expects of the files around it: forms, tables, texts, letters, roles. Readable with faults too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.bpmn import xml as reading

from .elements import decision_of
from .facts import Facts, declarations, facts_of, role_of, stage_of
from .graph import HUMAN, Diagram, Node, Scope, diagram_of, is_executable, tag
from .scripts import Script, read_script, scripts_of
from .uses import paths_of, terms_of

_ESCALATION = "eskalasi"
"""The notice that `escalate` sends when it names no other."""


@dataclass(frozen=True, slots=True)
class Step:
    """One shape: `role` and `stage` with what it inherits from its lane and its sub-process."""

    id: str
    kind: str
    name: str
    role: str | None
    stage: str | None

    @property
    def is_human(self) -> bool:
        return self.kind in HUMAN


@dataclass(frozen=True, slots=True)
class Outline:
    """The pairs are (element id, what it names), in the order drawn. `terms`: timers whose number a form may say, as
    element, path and the number without it."""

    process: str
    name: str
    start: str
    starters: tuple[str, ...]
    identity: tuple[str, ...]
    public: str
    confidential: str
    steps: tuple[Step, ...]
    stages: tuple[str, ...]
    promises: tuple[str, ...]
    decisions: tuple[tuple[str, str], ...]
    notices: tuple[tuple[str, str], ...]
    recipients: tuple[tuple[str, str], ...]
    outcomes: tuple[tuple[str, str], ...]
    letters: tuple[tuple[str, str], ...]
    paths: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, str, object], ...]


def outline(xml: bytes) -> Outline | None:
    """The outline of the main process of a file, None when there is none to be found."""
    try:
        root = reading.parse(xml)
    except reading.XmlRefused:
        return None
    return outline_of(diagram_of(root)) if tag(root) == "definitions" else None


def outline_of(diagram: Diagram) -> Outline | None:
    """The outline of the first executable process, else of the first one drawn."""
    drawn = [process for process in diagram.processes if process.nodes]
    running = [process for process in drawn if is_executable(process)]
    if not drawn:
        return None
    process = (running or drawn)[0]
    scopes = diagram.inside[process]
    return _outline(process, scopes, facts_of(process))


def _outline(process: Scope, scopes: list[Scope], facts: Facts) -> Outline:
    nodes = [node for scope in scopes for node in scope.nodes.values()]
    scripts = [(node.id, read_script(text)) for node in nodes for text in scripts_of(node)]
    starts = process.starts()
    service = facts.service or {}
    return Outline(
        process=process.id,
        name=process.element.get("name", ""),
        start=starts[0].id if starts else "",
        starters=tuple(service.get("starters", "").split()),
        identity=tuple(service.get("identity", "").split()),
        public=service.get("public", ""),
        confidential=service.get("confidential", ""),
        steps=tuple(_step(node, facts) for node in nodes),
        stages=tuple(facts.stage_ids),
        promises=tuple(facts.promise_ids),
        decisions=tuple((node.id, name) for node in nodes if (name := decision_of(node))),
        notices=_notices(scripts),
        recipients=_said(scripts, "notify", "to") + _said(scripts, "escalate", "to"),
        outcomes=_said(scripts, "conclude", "outcome"),
        letters=_said(scripts, "issue", "kind"),
        paths=(*_declared_paths(process, service), *paths_of(nodes, scopes)),
        terms=tuple(terms_of(nodes)),
    )


def _step(node: Node, facts: Facts) -> Step:
    return Step(node.id, node.kind, node.name, role_of(node, facts), stage_of(node))


def _said(scripts: Iterable[tuple[str, Script]], word: str, name: str, place: int = 0) -> tuple[tuple[str, str], ...]:
    return tuple((element, said) for element, script in scripts for said in sorted(script.said(word, place, name)))


def _notices(scripts: list[tuple[str, Script]]) -> tuple[tuple[str, str], ...]:
    plain = [(element, _ESCALATION) for element, script in scripts if script.escalates_plainly]
    return (*_said(scripts, "notify", "text", 1), *_said(scripts, "escalate", "text", 1), *plain)


def _declared_paths(process: Scope, service: dict[str, str]) -> list[tuple[str, str]]:
    named = (
        *("subject", "place", "email", "phone", "anonymous", "confidential", "links"),
        *("party_email", "party_phone", "category"),
    )
    declared = [path for name in named if (path := service.get(name))]
    for name, element in declarations(process):
        if name == "similar":
            declared += " ".join(element.get(word, "") for word in ("same", "area", "point")).split()
    return [(process.id, path) for path in declared]
