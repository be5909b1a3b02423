"""The token game of one scope: which joins can be left waiting for ever, which steps can happen twice at once.

Tokens are independent until they meet at a parallel join, so it is enough to move one at a time and to try every
choice it has; the number of states grows with the choices, not with the interleavings. It is bounded all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from .graph import Diagram, Flow, Node, Scope

_WORK = 400_000
_CLEARS = ("terminate", "error", "cancel")
_CHOOSES = frozenset({"exclusiveGateway", "inclusiveGateway", "eventBasedGateway", "complexGateway"})

State = tuple[int, ...]
"""Ranks of the flows that carry a token, ascending; a flow with two tokens is there twice."""


@dataclass(slots=True)
class Played:
    """What was seen. `finishes`: there is a way to the end on which nothing rested."""

    starved: dict[Node, set[Flow]] = field(default_factory=dict)
    doubled: set[Node] = field(default_factory=set)
    finishes: bool = False

    def add(self, other: Played) -> None:
        """Take over what another course showed."""
        for node, missing in other.starved.items():
            self.starved.setdefault(node, set()).update(missing)
        self.doubled |= other.doubled
        self.finishes |= other.finishes


def nobody_rests(_node: Node) -> bool:
    return False


def work_for(diagram: Diagram) -> int:
    """How many token moves each scope of a diagram may cost, so that the whole of it stays within a second or so."""
    return max(2_000, _WORK // max(1, len(diagram.scopes)))


class Game:
    """The rules of one scope, ready to be played from several beginnings."""

    def __init__(
        self, scope: Scope, reachable: set[Node], work: int, rests: Callable[[Node], bool] = nobody_rests
    ) -> None:
        self._rests = rests
        self._work = work
        self._flows = _ranked(scope, reachable)
        self._rank = {flow: rank for rank, flow in enumerate(self._flows)}
        self._into = [scope.nodes[flow.target] for flow in self._flows]
        self._needs = self._joined(scope)

    def play(self, begin: Node) -> Played:
        """Every course from a start or boundary event on. Courses beyond the bound are left out."""
        played = Played()
        first = self._placed((), begin.outgoing)
        seen = {first}
        stack = [first]
        while stack and self._work > 0:
            state = stack.pop()
            self._work -= len(state) + 1
            for following in self._next(state, played):
                if following not in seen:
                    seen.add(following)
                    stack.append(following)
        return played

    def _next(self, state: State, played: Played) -> list[State]:
        self._note_doubles(state, played)
        if not state:
            played.finishes = True
            return []
        for rank in state:
            node = self._into[rank]
            if not self._joins(node) and not self._rests(node):
                return self._moves(state, rank, node)
        for node in dict.fromkeys(self._into[rank] for rank in state):
            if self._joins(node) and self._needs[node] <= set(state):
                return [self._placed(_without(state, self._needs[node]), node.outgoing)]
        self._note_starved(state, played)
        return []

    def _moves(self, state: State, rank: int, node: Node) -> list[State]:
        rest = _without(state, {rank})
        if node.kind == "endEvent":
            return [() if node.triggered_by(*_CLEARS) else rest]
        return [self._placed(rest, flows) for flows in _ways(node)]

    def _placed(self, state: State, flows: list[Flow]) -> State:
        """A third token on one flow tells nothing that the second did not."""
        tokens = list(state)
        for flow in flows:
            rank = self._rank.get(flow)
            if rank is not None and tokens.count(rank) < 2:
                tokens.append(rank)
        return tuple(sorted(tokens))

    def _joined(self, scope: Scope) -> dict[Node, set[int]]:
        """The flows each parallel join waits for; one that can carry no token is not waited for."""
        joins = [node for node in scope.nodes.values() if node.kind == "parallelGateway"]
        needs = {node: {self._rank[flow] for flow in node.incoming if flow in self._rank} for node in joins}
        return {node: ranks for node, ranks in needs.items() if len(ranks) > 1}

    def _joins(self, node: Node) -> bool:
        return node in self._needs

    def _note_doubles(self, state: State, played: Played) -> None:
        for rank, following in pairwise(state):
            if rank == following:
                played.doubled.add(self._into[rank])

    def _note_starved(self, state: State, played: Played) -> None:
        waiting = [self._into[rank] for rank in state]
        if not all(self._joins(node) for node in waiting):
            return
        for node in waiting:
            missing = {self._flows[rank] for rank in self._needs[node] - set(state)}
            played.starved.setdefault(node, set()).update(missing)


def _ways(node: Node) -> Iterator[list[Flow]]:
    """The sets of flows on which a node may put its token; an interrupting boundary event takes it away."""
    if node.kind in _CHOOSES:
        yield from ([flow] for flow in node.outgoing)
    else:
        yield node.outgoing
    yield from (event.outgoing for event in node.attached if event.interrupts)


def _without(state: State, ranks: set[int]) -> State:
    """The state less one token on each of some flows."""
    left = list(state)
    for rank in ranks:
        left.remove(rank)
    return tuple(left)


def _ranked(scope: Scope, reachable: set[Node]) -> list[Flow]:
    """Flows that can carry a token, those nearest to the start first, so that tokens that can meet do meet."""
    place = {node: index for index, node in enumerate(_from_the_start(scope))}
    usable = [f for f in scope.flows if f.target in scope.nodes and scope.nodes.get(f.source) in reachable]
    return sorted(usable, key=lambda flow: place.get(scope.nodes[flow.target], 0))


def _from_the_start(scope: Scope) -> list[Node]:
    """Topological order where the drawing has one (reversed finishing order of a depth-first walk)."""
    finished: list[Node] = []
    seen: set[Node] = set()
    for begin in scope.starts():
        seen.add(begin)
        stack = [(begin, scope.successors(begin))]
        while stack:
            node, rest = stack[-1]
            following = next((one for one in rest if one not in seen), None)
            if following is None:
                finished.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, scope.successors(following)))
    return finished[::-1]
