"""Rules about how a token moves: ids, starts and ends, what is reached, what leads nowhere, what a gateway chooses."""

from __future__ import annotations

from collections.abc import Callable
from keyword import iskeyword

from .graph import GATEWAYS, Diagram, Flow, Node, Scope, ids_used_twice
from .notes import Notes

_RESERVED = frozenset({"Start", "End", "Root", "StartEventSplit", "StartEventJoin"})
_RESERVED_ENDINGS = (".EndJoin", ".BoundaryEventSplit", ".BoundaryEventJoin")
_ANSWERS = frozenset({"startEvent", "userTask", "manualTask", "businessRuleTask"})
"""What a person or a table answers here is kept under the id of the shape, where expressions look for it."""
_BRANCHING = GATEWAYS | {"startEvent"}


def check_ids(diagram: Diagram, notes: Notes) -> None:
    """Every shape needs an id of its own that the engine does not use itself."""
    for name in ids_used_twice(diagram.root):
        notes.error("duplicate-id", name, "this id is used more than once; give each shape its own id")
    for kind in sorted(set(diagram.nameless)):
        notes.error("no-id", "", f"a {kind} has no id, so it would be left out; give it one")
    for node in diagram.nodes():
        if node.id in _RESERVED or node.id.endswith(_RESERVED_ENDINGS):
            notes.error("reserved-id", node.id, "the engine uses this id itself and would skip the shape; rename it")
        elif node.kind in _ANSWERS and (not node.id.isidentifier() or iskeyword(node.id)):
            notes.warn("id-not-a-name", node.id, "no expression can name this id; use letters, digits and _ only")


def check_scope(scope: Scope, notes: Notes) -> None:
    """All rules of this module for what lies directly in one process or sub-process."""
    _dangling(scope, notes)
    _starts_and_ends(scope, notes)
    _unreachable(scope, notes)
    for node in scope.nodes.values():
        _leads_on(node, notes)
        _gateway(node, notes)


def reached(begin: list[Node], next_of: Callable[[Node], list[Node]]) -> set[Node]:
    """Everything that can be walked to from some nodes, themselves included."""
    seen: set[Node] = set()
    stack = list(begin)
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            stack += next_of(node)
    return seen


def _dangling(scope: Scope, notes: Notes) -> None:
    for flow in scope.flows:
        for end, name in (("starts at", flow.source), ("leads to", flow.target)):
            if name not in scope.nodes:
                what = f"“{name}”" if name else "nothing"
                notes.error(
                    "dangling-flow",
                    flow.id,
                    f"the arrow {end} {what}, which is not a shape of the same process or sub-process; "
                    "connect it again or remove it",
                )


def _starts_and_ends(scope: Scope, notes: Notes) -> None:
    if scope.element.get("triggeredByEvent") == "true" or _is_ad_hoc(scope):
        return
    starts = scope.starts()
    where = "sub-process" if scope.host else "process"
    if not starts:
        notes.error("no-start", scope.id, f"the {where} has no start event; draw one and connect it to the first step")
    if len(starts) > 1:
        names = ", ".join(start.id for start in starts)
        notes.error("several-starts", scope.id, f"the {where} has several start events ({names}); keep exactly one")
    if not any(node.kind == "endEvent" for node in scope.nodes.values()):
        notes.error("no-end", scope.id, f"the {where} has no end event; draw one where the work is finished")
    for node in scope.nodes.values():
        if node.incoming and node.kind in ("startEvent", "boundaryEvent"):
            notes.error(
                "flow-into-event", node.id, "no arrow may lead into a start or boundary event; lead it to a step"
            )
        if node.outgoing and node.kind == "endEvent":
            notes.error("flow-out-of-end", node.id, "no arrow may leave an end event; use a throw event in the middle")


def _is_ad_hoc(scope: Scope) -> bool:
    return bool(scope.host and scope.host.kind == "adHocSubProcess")


def _unreachable(scope: Scope, notes: Notes) -> None:
    if _is_ad_hoc(scope):
        return
    seen = reached(scope.starts(), lambda node: list(scope.successors(node)))
    for node in scope.nodes.values():
        if node.kind == "boundaryEvent" and node.get("attachedToRef") not in scope.nodes:
            notes.error("boundary-unattached", node.id, "this boundary event sits on no step; drop it onto one")
        elif scope.starts() and node not in seen and not _stands_apart(node):
            notes.error("unreachable", node.id, "no path from the start leads here, so it never happens; connect it")


def _stands_apart(node: Node) -> bool:
    """Shapes that have their own complaint: they are not meant to be reached by arrows."""
    return node.is_event_scope or node.get("isForCompensation") == "true" or node.triggered_by("link")


def _leads_on(node: Node, notes: Notes) -> None:
    if node.kind == "endEvent" or _stands_apart(node) or _is_ad_hoc(node.scope):
        return
    if not node.outgoing and node.kind == "boundaryEvent":
        notes.error(
            "boundary-leads-nowhere", node.id, "nothing follows this event; connect it to what should happen then"
        )
    elif not node.outgoing:
        notes.error(
            "no-outgoing",
            node.id,
            "nothing follows this step, so the case would stand still; lead it to an end event",
        )
    if len(node.outgoing) > 1 and node.kind not in _BRANCHING:
        notes.error(
            "several-outgoing",
            node.id,
            f"{len(node.outgoing)} arrows leave it; put a gateway behind it, exclusive for one, parallel for all",
        )


def _gateway(node: Node, notes: Notes) -> None:
    if node.kind in ("exclusiveGateway", "inclusiveGateway"):
        if len(node.outgoing) > 1:
            _choice(node, notes)
    else:
        for flow in node.outgoing:
            _ignored_condition(node, flow, notes)
    _default(node, notes)


def _choice(node: Node, notes: Notes) -> None:
    default = node.get("default")
    if not default:
        notes.error(
            "no-default",
            node.id,
            "no default arrow: the case stops with a fault when no condition holds; mark one arrow as the default",
        )
    for flow in node.outgoing:
        if flow.id == default and flow.condition:
            notes.warn(
                "default-condition", flow.id, "the default arrow is taken when no other is; its condition is ignored"
            )
        if flow.id != default and not flow.condition:
            notes.error(
                "no-condition",
                flow.id,
                f"this arrow leaves “{node.id}” without a condition; say when it is to be taken",
            )


def _ignored_condition(node: Node, flow: Flow, notes: Notes) -> None:
    if flow.condition:
        notes.error(
            "condition-ignored",
            flow.id,
            f"a condition is only looked at behind an exclusive gateway, not behind “{node.id}”; draw one there",
        )


def _default(node: Node, notes: Notes) -> None:
    default = node.get("default")
    if default and default not in {flow.id for flow in node.outgoing}:
        notes.error(
            "default-elsewhere", node.id, f"the default arrow “{default}” does not leave this shape; choose again"
        )
