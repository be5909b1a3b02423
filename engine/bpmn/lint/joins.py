"""Rules about parallel work: no join may wait for an arrow that was never taken, no step happen twice at once."""

from __future__ import annotations

from .flows import reached
from .graph import Flow, Node, Scope
from .notes import Notes
from .tokens import Game, Played


def check_joins(scope: Scope, work: int, notes: Notes) -> None:
    """Play the tokens of a scope from its start and from each event that begins something beside the main course."""
    if not any(node.kind == "parallelGateway" for node in scope.nodes.values()):
        return
    reachable = reached(scope.starts(), lambda node: list(scope.successors(node)))
    game = Game(scope, reachable, work)
    seen = Played()
    for begin in _beginnings(scope, reachable):
        seen.add(game.play(begin))
    _tell(seen, notes)


def _beginnings(scope: Scope, reachable: set[Node]) -> list[Node]:
    beside = [node for node in reachable if node.kind == "boundaryEvent" and not node.interrupts]
    return [*scope.starts()[:1], *beside]


def _tell(played: Played, notes: Notes) -> None:
    for node, missing in played.starved.items():
        notes.error(
            "join-starves",
            node.id,
            f"this parallel join waits for every arrow, but {_named(missing)} may not be taken; then the case stands "
            "still. Join alternatives with an exclusive gateway",
        )
    for node in played.doubled:
        if node not in played.starved:
            notes.warn(
                "runs-twice",
                node.id,
                "two parallel branches meet here without a parallel join, so this happens once for each of them",
            )


def _named(flows: set[Flow]) -> str:
    names = sorted(f"the one from “{flow.source}”" for flow in flows)
    return ", ".join(names) or "one of them"
