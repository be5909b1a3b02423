"""How long visits and tasks took, added up from what the store tells of them. Pure; knows no store and no page.

Lengths are counted in tenths of an open day of the office; the applicant's time is not in them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from engine.model import Element
from engine.performance import LEAST, median, p90
from engine.questions.shares import Closings, OfficeTime, holders
from engine.roles import APPLICANT
from engine.views import Length, Warmth

if TYPE_CHECKING:
    from engine.store import EndedVisit, Stretch

FEWEST = 5
"""Below this a middle value says more about single cases than about the step."""


@dataclass(frozen=True, slots=True)
class Took:
    """How long one visit or one task took, in tenths of a day; of a visit also whose its days were."""

    case_id: str
    began_at: datetime
    ended_at: datetime
    tenths: int
    whose: Counter[str]


@dataclass
class Measured:
    """What was found of one service, by stage and by step of the diagram."""

    visits: dict[str, list[Took]] = field(default_factory=lambda: defaultdict(list))
    tasks: dict[str, list[Took]] = field(default_factory=lambda: defaultdict(list))


class Measuring:
    """Adds up visits and tasks, by service."""

    def __init__(self, closings: Closings, hours: OfficeTime) -> None:
        self._closings, self._hours = closings, hours
        self.found: dict[str, Measured] = defaultdict(Measured)

    def visit(self, visit: EndedVisit, over_at: datetime, tasks: Sequence[Stretch], staged: Collection[str]) -> None:
        """One visit, up to when the promise was closed: what runs on afterwards is nobody's haste."""
        if visit.began_at >= over_at:
            return
        found, until = self.found[visit.service], min(visit.ended_at, over_at)
        theirs = _overlaps([task for task in tasks if task.role == APPLICANT], visit.began_at, until)
        took = self._hours.between(visit.began_at, until) - sum(self._hours.between(*one) for one in theirs)
        whose = Counter(holders(visit, over_at, tasks, staged, self._closings))
        found.visits[visit.stage].append(Took(visit.case_id, visit.began_at, until, _tenths(took), whose))

    def tasks(self, service: str, case_id: str, tasks: Iterable[Stretch], since: datetime) -> None:
        """The tasks that somebody of the office finished since then."""
        for task in tasks:
            if task.finished and task.role != APPLICANT and task.closed_at is not None and task.closed_at >= since:
                took = _tenths(self._hours.between(task.opened_at, task.closed_at))
                one = Took(case_id, task.opened_at, task.closed_at, took, Counter())
                self.found[service].tasks[task.element].append(one)


def _overlaps(tasks: Iterable[Stretch], since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time within a span in which one of the tasks was open, each moment once."""
    for task in sorted(tasks, key=lambda one: one.opened_at):
        begins, ends = max(task.opened_at, since), min(task.closed_at or until, until)
        if begins < ends:
            yield begins, ends
            since = ends


def _tenths(days: float) -> int:
    return round(10 * days)


def staged_of(elements: Mapping[str, Element]) -> frozenset[str]:
    return frozenset(element.id for element in elements.values() if element.stage)


def lengths(found: Iterable[Took]) -> Counter[int]:
    """Tenths of a day to how many took so long."""
    return Counter(one.tenths for one in found)


def whose(found: Iterable[Took]) -> Counter[str]:
    """Whose the days of all of them were."""
    days: Counter[str] = Counter()
    for one in found:
        days.update(one.whose)
    return days


def length(tenths: Mapping[int, int], target: int | None) -> Length:
    """The figures of counted lengths (tenths of a day to how many) against a target in days."""
    count, middle, slow = sum(tenths.values()), median(tenths), p90(tenths)
    days = None if middle is None else (middle / 10).quantize(Decimal("0.1"), ROUND_HALF_UP)
    most = None if slow is None or count < LEAST else Decimal(slow) / 10
    return Length(count, days, most, target, _warmth(days, target, count))


def _warmth(days: Decimal | None, target: int | None, count: int) -> Warmth:
    if days is None or count < FEWEST:
        return Warmth.FEW
    if target is None:
        return Warmth.NO_TARGET
    if days > target:
        return Warmth.FAR if days >= 2 * target else Warmth.OVER
    return Warmth.BELOW if days <= Decimal(target) / 2 else Warmth.ON
