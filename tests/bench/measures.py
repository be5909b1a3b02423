"""What a measure is, and the one way in which two things are timed against each other. Knows nothing of Janji."""

from __future__ import annotations

import gc
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `value` and `baseline` are in `unit`; what must keep the bound is `ratio`, their quotient.

    `bound` is read as "at most"; `faster` turns it round: the baseline must take at least that many times longer, and
    `ratio` says how many. A figure without bound is told and judged by nobody.
    """

    name: str
    value: float
    unit: str
    baseline: float | None = None
    bound: float | None = None
    faster: bool = False

    @property
    def ratio(self) -> float | None:
        if self.baseline is None:
            return None
        return self.baseline / self.value if self.faster else self.value / self.baseline

    @property
    def ok(self) -> bool:
        judged = self.value if self.ratio is None else self.ratio
        if self.bound is None:
            return True
        return judged >= self.bound if self.faster else judged <= self.bound

    def row(self) -> dict[str, object]:
        """As one object of `--json`."""
        return {
            "name": self.name,
            "value": round(self.value, 3),
            "unit": self.unit,
            "baseline": None if self.baseline is None else round(self.baseline, 3),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "bound": self.bound,
            "faster": self.faster,
            "ok": self.ok,
        }


def milliseconds(act: Callable[[], object]) -> float:
    """How long one call took."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def side_by_side(rounds: int, contenders: Iterable[Callable[[], Callable[[], object]]]) -> list[float]:
    """The median of each contender in ms. A contender prepares one repetition and gives the act to be timed.

    All take their turn in every round, and in every other round in the opposite order, so that whatever else the
    machine does falls on all of them alike. The first round warms up and is not counted.
    """
    runs = list(contenders)
    times: list[list[float]] = [[] for _ in runs]
    for turn in range(rounds + 1):
        order = range(len(runs)) if turn % 2 else reversed(range(len(runs)))
        for place in order:
            act = runs[place]()
            gc.collect(0)
            taken = milliseconds(act)
            if turn:
                times[place].append(taken)
    return [statistics.median(one) for one in times]


def percentile(values: list[float], share: float) -> float:
    """The value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
