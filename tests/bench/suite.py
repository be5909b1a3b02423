"""Every measure in the order in which it is told, at full size or small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.bench import completing, crowded, pages, permit
from tests.bench.measures import Measure


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. `rounds` are repetitions, `loops` rework loops, `few` and `many` open tasks and timers."""

    rounds: int
    loops: int
    few: int
    many: int
    due: int
    cases: int


FULL = Size(rounds=40, loops=50, few=1_000, many=100_000, due=100, cases=400)
QUICK = Size(rounds=2, loops=2, few=200, many=600, due=3, cases=10)


def everything(*, quick: bool) -> Iterator[tuple[str, Iterable[Measure]]]:
    """A title and the measures of each group, measured as they are taken."""
    size = QUICK if quick else FULL
    yield "completing a task", completing.measure(size.rounds, size.loops)
    yield "the five-step permit", permit.measures(*permit.workload("", size.cases, 1), "", 1)
    yield "the citizen's page", pages.measure(size.rounds * 3)
    yield "a busy city", crowded.measure(size.rounds, size.few, size.many, size.due)
