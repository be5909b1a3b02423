"""Rules about going round: a path that never waits for anybody would spin until the engine stops it.

A node waits when a token rests there for a person, a message or time to come. A sub-process waits when every way
through it does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from .flows import reached
from .graph import Diagram, Node, Scope, tag, text_of
from .notes import Notes
from .tokens import Game, work_for

_RESTS = frozenset({"userTask", "manualTask", "task", "receiveTask", "eventBasedGateway"})
_NO_TIME = re.compile(r"""^(?:['"]P(?:T?0+[A-Z])+['"]|(?:working_days|days|hours|minutes)\(\s*-?0*\s*\))$""")
_MOST_TURNS = 30
_THROWN = ("error", "escalation", "cancel")


def check_loops(diagram: Diagram, judged: list[Scope], notes: Notes) -> None:
    """Refuse rounds without rest, also those that a call activity or a loop marker makes."""
    waits = _Waits(diagram)
    for scope in judged:
        for loop in _rounds(scope, waits):
            names = ", ".join(node.id for node in loop)
            notes.error(
                "endless-loop",
                loop[0].id,
                f"this path goes round by itself without waiting for a person, a message or time ({names}); "
                "put a task or a timer with a duration on it",
            )
    _self_calls(diagram, notes)
    for node in (node for scope in judged for node in scope.nodes.values()):
        _marker(node, waits, notes)


class _Waits:
    """Which nodes a token can pass without resting. Sub-processes are judged inside out, so that none is left open."""

    def __init__(self, diagram: Diagram) -> None:
        self._through: dict[Node, bool] = {}
        self._called: dict[Scope, bool] = {}
        self._work = work_for(diagram)
        self._processes = {process.id: process for process in diagram.processes}
        for scope in sorted(diagram.scopes, key=lambda scope: -scope.depth):
            if scope.host:
                self._through[scope.host] = self._passable(scope)

    def passes(self, node: Node) -> bool:
        """Whether a token can go through the node without waiting."""
        if node.kind in ("intermediateCatchEvent", "boundaryEvent"):
            return not self._event_rests(node)
        if node.kind == "callActivity":
            called = self._processes.get(node.get("calledElement"))
            return called is not None and self._called_passes(called)
        return self._through.get(node, node.kind not in _RESTS)

    def steps(self, node: Node) -> list[Node]:
        """Where a token that does not rest at the node can be next."""
        following = list(node.scope.targets(node)) if self.passes(node) else []
        return following + [event for event in node.attached if self._thrown_at_once(node, event)]

    def _passable(self, scope: Scope) -> bool:
        reachable = reached(scope.starts(), lambda node: list(scope.successors(node)))
        game = Game(scope, reachable, self._work, self._rests_inside)
        return any(game.play(start).finishes for start in scope.starts())

    def _called_passes(self, process: Scope) -> bool:
        if process not in self._called:
            self._called[process] = self._passable(process)
        return self._called[process]

    def _rests_inside(self, node: Node) -> bool:
        """A called process counts as passed here: judging it in turn might never come to an end."""
        return node.kind != "callActivity" and not self.passes(node)

    def _thrown_at_once(self, host: Node, event: Node) -> bool:
        if not event.triggered_by(*_THROWN):
            return False
        if host.inner is None:
            return host.kind == "callActivity"
        seen = reached(host.inner.starts(), self.steps)
        return any(node.triggered_by(*_THROWN) for node in seen if node.kind in ("endEvent", "intermediateThrowEvent"))

    def _event_rests(self, node: Node) -> bool:
        for definition in node.definitions:
            if definition.kind in _THROWN:
                return False
            if definition.kind == "timer":
                return all(_takes_time(tag(child), text_of(child)) for child in definition.element)
        return True


def _takes_time(kind: str, expression: str) -> bool:
    """A date comes once: when a token returns it has passed, and the timer lets it through at once."""
    return kind != "timeDate" and not _NO_TIME.match(expression)


def _rounds(scope: Scope, waits: _Waits) -> list[list[Node]]:
    """Groups of nodes that lead to each other without rest, each in the order drawn."""
    edges = {node: waits.steps(node) for node in scope.nodes.values()}
    order = {node: index for index, node in enumerate(scope.nodes.values())}
    for _ in range(_MOST_TURNS):
        groups = [
            sorted(group, key=order.__getitem__)
            for group in strongly_connected(edges)
            if len(group) > 1 or group[0] in edges[group[0]]
        ]
        resting = [node for group in groups for node in group if _waits_for_others(node, set(group))]
        if not resting:
            return groups
        edges.update({node: [] for node in resting})
    return []


def _waits_for_others(node: Node, group: set[Node]) -> bool:
    """Whether a parallel join of a round also needs a branch that rests somewhere: then the round rests with it."""
    if node.kind != "parallelGateway":
        return False
    return any(node.scope.nodes.get(flow.source) not in group for flow in node.incoming)


def strongly_connected(edges: Mapping[Node, list[Node]]) -> list[list[Node]]:
    """Components of a directed graph (Kosaraju), without recursion."""
    finished = _finishing_order(edges)
    backwards: dict[Node, list[Node]] = {node: [] for node in edges}
    for node, targets in edges.items():
        for target in targets:
            backwards[target].append(node)
    taken: set[Node] = set()
    groups = []
    for node in reversed(finished):
        if node not in taken:
            group = reached([node], partial(_fresh, backwards, taken))
            taken |= group
            groups.append(list(group))
    return groups


def _fresh(backwards: Mapping[Node, list[Node]], taken: set[Node], node: Node) -> list[Node]:
    return [back for back in backwards[node] if back not in taken]


def _finishing_order(edges: Mapping[Node, list[Node]]) -> list[Node]:
    seen: set[Node] = set()
    finished: list[Node] = []
    for begin in edges:
        if begin in seen:
            continue
        seen.add(begin)
        stack = [(begin, iter(edges[begin]))]
        while stack:
            node, rest = stack[-1]
            following = next((target for target in rest if target not in seen), None)
            if following is None:
                finished.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(edges[following])))
    return finished


def _self_calls(diagram: Diagram, notes: Notes) -> None:
    """A process that calls itself, directly or through others, has no bottom."""
    processes = {process.id: process for process in diagram.processes}
    calls = {name: _called(diagram, process) & set(processes) for name, process in processes.items()}
    for name in calls:
        seen: set[str] = set()
        stack = list(calls[name])
        while stack:
            called = stack.pop()
            if called not in seen:
                seen.add(called)
                stack += calls[called]
        if name in seen:
            notes.error(
                "calls-itself", name, "this process calls itself, directly or through others; it would never end"
            )


def _called(diagram: Diagram, process: Scope) -> set[str]:
    return {
        node.get("calledElement")
        for scope in diagram.inside[process]
        for node in scope.nodes.values()
        if node.kind == "callActivity"
    }


def _marker(node: Node, waits: _Waits, notes: Notes) -> None:
    for marker in node.children("standardLoopCharacteristics"):
        if not marker.get("loopMaximum") and waits.passes(node):
            notes.error(
                "endless-loop",
                node.id,
                "the loop marker has no maximum and the step waits for nobody; give it a maximum",
            )
