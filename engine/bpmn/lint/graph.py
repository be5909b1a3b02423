"""A diagram as nodes and flows within scopes, read as drawn: half-finished and wrong ones too. Judges nothing.

Never recurses, so that depth costs memory and not the stack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
JANJI = "urn:janji:bpmn:1.0"
SPIFF = "http://spiffworkflow.org/bpmn/schema/1.0/core"

TASKS = frozenset(
    {"task", "userTask", "manualTask", "scriptTask", "serviceTask", "businessRuleTask", "sendTask", "receiveTask"}
)
SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})
ACTIVITIES = TASKS | SCOPES | {"callActivity"}
GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})
EVENTS = frozenset({"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"})
NODES = ACTIVITIES | GATEWAYS | EVENTS
HUMAN = frozenset({"userTask", "manualTask"})


def tag(element: Any) -> str:
    """Local name of a BPMN element, empty for comments and for elements of other namespaces."""
    if not isinstance(element.tag, str):
        return ""
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else ""


def text_of(element: Any) -> str:
    """The text directly inside an element, trimmed; a comment inside does not cut it short."""
    if element is None:
        return ""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


@dataclass(eq=False, repr=False, slots=True)
class Flow:
    """A sequence flow. `condition` is None without a condition element, else its text, which may be empty."""

    id: str
    source: str
    target: str
    condition: str | None
    element: Any


@dataclass(eq=False, repr=False, slots=True)
class Definition:
    """What an event waits for or throws: kind without the suffix (`timer`, `message`)."""

    kind: str
    element: Any


@dataclass(eq=False, repr=False, slots=True)
class Node:
    """A flow node with what leads in and out. `attached` are the boundary events that sit on it."""

    id: str
    kind: str
    name: str
    element: Any
    scope: Scope
    definitions: tuple[Definition, ...]
    outgoing: list[Flow] = field(default_factory=list)
    incoming: list[Flow] = field(default_factory=list)
    attached: list[Node] = field(default_factory=list)
    inner: Scope | None = None

    def get(self, attribute: str, default: str = "") -> str:
        return str(self.element.get(attribute, default))

    def janji(self, attribute: str) -> str | None:
        """The value of one of our attributes, None when it is not there."""
        value = self.element.get(f"{{{JANJI}}}{attribute}")
        return None if value is None else str(value)

    def children(self, kind: str) -> list[Any]:
        return [child for child in self.element if tag(child) == kind]

    @property
    def is_event_scope(self) -> bool:
        return self.kind == "subProcess" and self.get("triggeredByEvent") == "true"

    @property
    def interrupts(self) -> bool:
        """Whether this event takes the token away from its host. Compensation waits until the host is done."""
        cancels = self.kind == "boundaryEvent" and self.get("cancelActivity", "true").lower() == "true"
        return cancels and not self.triggered_by("compensate")

    def triggered_by(self, *kinds: str) -> bool:
        return any(definition.kind in kinds for definition in self.definitions)


@dataclass(eq=False, repr=False, slots=True)
class Scope:
    """A process or sub-process with the nodes and flows drawn directly in it. `depth` of a process is 0."""

    id: str
    element: Any
    parent: Scope | None
    host: Node | None
    depth: int
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def starts(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.kind == "startEvent"]

    def targets(self, node: Node) -> Iterator[Node]:
        """The nodes that the flows of a node lead to, as far as they exist here."""
        for flow in node.outgoing:
            if flow.target in self.nodes:
                yield self.nodes[flow.target]

    def successors(self, node: Node) -> Iterator[Node]:
        """Targets, and the boundary events on the node."""
        yield from self.targets(node)
        yield from node.attached


@dataclass(eq=False, repr=False, slots=True)
class Diagram:
    """Everything drawn in a file. `scopes` holds processes and, after each, the sub-processes inside it."""

    root: Any
    processes: tuple[Scope, ...]
    scopes: tuple[Scope, ...]
    nameless: tuple[str, ...]
    """Kinds of nodes and flows that carry no id and so cannot be executed."""
    inside: Mapping[Scope, list[Scope]]
    """Each process with itself and all sub-processes in it."""

    def nodes(self) -> Iterator[Node]:
        for scope in self.scopes:
            yield from scope.nodes.values()


def diagram_of(root: Any) -> Diagram:
    """Read every process of a parsed file."""
    nameless: list[str] = []
    scopes: list[Scope] = []
    processes = [Scope(e.get("id", ""), e, None, None, 0) for e in root.iter(f"{{{BPMN}}}process")]
    queue = list(reversed(processes))
    while queue:
        scope = queue.pop()
        scopes.append(scope)
        queue += reversed(_fill(scope, nameless))
    return Diagram(root, tuple(processes), tuple(scopes), tuple(nameless), _by_process(scopes))


def _by_process(scopes: list[Scope]) -> dict[Scope, list[Scope]]:
    """A scope comes after the one around it."""
    inside: dict[Scope, list[Scope]] = {}
    process_of: dict[Scope, Scope] = {}
    for scope in scopes:
        process = process_of[scope] = process_of[scope.parent] if scope.parent else scope
        inside.setdefault(process, []).append(scope)
    return inside


def is_executable(process: Scope) -> bool:
    """Unless the file says no: editors leave the mark out, and so does the engine's own parser."""
    return str(process.element.get("isExecutable", "true")).strip() in ("true", "1")


def ids_used_twice(root: Any) -> list[str]:
    """Ids given to several elements of the diagram or its drawing."""
    counted = Counter(
        element.get("id")
        for element in root.iter()
        if isinstance(element.tag, str) and element.get("id") and etree.QName(element).namespace in (BPMN, DI)
    )
    return [name for name, count in counted.items() if count > 1]


def _fill(scope: Scope, nameless: list[str]) -> list[Scope]:
    inner = []
    for child in scope.element:
        kind = tag(child)
        if kind not in NODES and kind != "sequenceFlow":
            continue
        if not child.get("id"):
            nameless.append(kind)
        elif kind == "sequenceFlow":
            scope.flows.append(_flow(child))
        else:
            node = _node(child, kind, scope)
            scope.nodes.setdefault(node.id, node)
            if kind in SCOPES:
                node.inner = Scope(node.id, child, scope, node, scope.depth + 1)
                inner.append(node.inner)
    _connect(scope)
    return inner


def _connect(scope: Scope) -> None:
    for flow in scope.flows:
        if flow.source in scope.nodes:
            scope.nodes[flow.source].outgoing.append(flow)
        if flow.target in scope.nodes:
            scope.nodes[flow.target].incoming.append(flow)
    for node in scope.nodes.values():
        if node.kind == "boundaryEvent" and (host := scope.nodes.get(node.get("attachedToRef"))):
            host.attached.append(node)


def _flow(element: Any) -> Flow:
    conditions = [text_of(child) for child in element if tag(child) == "conditionExpression"]
    return Flow(
        element.get("id"),
        element.get("sourceRef", ""),
        element.get("targetRef", ""),
        conditions[0] if conditions else None,
        element,
    )


def _node(element: Any, kind: str, scope: Scope) -> Node:
    found = tuple(
        Definition(name.removesuffix("EventDefinition"), child)
        for child in element
        if (name := tag(child)).endswith("EventDefinition")
    )
    return Node(element.get("id"), kind, element.get("name", ""), element, scope, found)
