"""Figures about kept promises from plain counts, and which are too small to tell. Pure; knows no case and no store.

The rule that keeps them honest: a promise counts from its due moment on, whether anybody closed it or not. So nothing
that is done to cases that are late can lift the rate, and an early success counts only when its month has come.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal

from engine.views import Fate, Figures, MonthFigures, PromiseFigures, Tally

LEAST = 10
"""Figures about fewer promises are not told: whose they are could be guessed."""


def promise_figures(tallies: Iterable[Tally]) -> tuple[PromiseFigures, ...]:
    """The figures of each promise in total and by month, what is too small left out."""
    of: dict[tuple[str, str, str], list[Tally]] = defaultdict(list)
    for tally in tallies:
        of[tally.service, tally.promise, tally.counts_in].append(tally)
    return tuple(_of_promise(of[key]) for key in sorted(of))


def _of_promise(tallies: list[Tally]) -> PromiseFigures:
    first, months = tallies[0], defaultdict(list)
    for tally in tallies:
        months[tally.month].append(tally)
    told = {month: figures(found) for month, found in months.items()}
    due = {month: found.due for month, found in told.items() if found.due}
    hidden = too_small(due)
    total = figures(tallies)
    return PromiseFigures(
        first.service,
        first.promise,
        first.counts_in,
        total if total.due >= LEAST else None,
        tuple(MonthFigures(month, None if month in hidden else told[month]) for month in sorted(due, reverse=True)),
    )


def figures(tallies: Iterable[Tally]) -> Figures:
    """The figures of any population."""
    counts: Counter[Fate] = Counter()
    days: Counter[int] = Counter()
    theirs = 0
    for tally in tallies:
        counts[tally.fate] += tally.count
        if tally.fate in (Fate.KEPT, Fate.LATE):
            days[tally.ours] += tally.count
            theirs += tally.theirs
    kept, late, still_open = counts[Fate.KEPT], counts[Fate.LATE], counts[Fate.OPEN]
    return Figures(
        due=kept + late + still_open,
        kept=kept,
        late=late,
        open=still_open,
        cancelled=counts[Fate.CANCELLED],
        rate=percent(kept, kept + late + still_open),
        closed_rate=percent(kept, kept + late),
        median=median(days),
        p90=p90(days),
        ours=sum(day * count for day, count in days.items()),
        theirs=theirs,
    )


def percent(part: int, whole: int) -> Decimal | None:
    """Rounded down to one decimal: 100 is said only of all."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_DOWN)


def median(days: Mapping[int, int]) -> Decimal | None:
    """The middle of the values in order, the mean of the two middle ones of an even number. `days`: value to count."""
    count = sum(days.values())
    if not count:
        return None
    return Decimal(_at(days, (count - 1) // 2) + _at(days, count // 2)) / 2


def p90(days: Mapping[int, int]) -> int | None:
    """The least value that at least nine tenths do not exceed."""
    count = sum(days.values())
    return _at(days, -(-count * 9 // 10) - 1) if count else None


def _at(days: Mapping[int, int], place: int) -> int:
    for day in sorted(days):
        place -= days[day]
        if place < 0:
            return day
    raise IndexError(place)


def too_small(due: Mapping[str, int], least: int = LEAST) -> frozenset[str]:
    """The cells to hide: those below `least`, and so many of the next smallest that no hidden one can be worked out.

    The total is told: a single hidden cell would be the total less the others, and of two tiny ones the sum could give
    both away. So at least two are hidden, and together they hold at least `least`.
    """
    by_size = sorted(due, key=lambda cell: (due[cell], cell))
    hidden = [cell for cell in by_size if due[cell] < least]
    if hidden:
        for cell in by_size[len(hidden) :]:
            if len(hidden) > 1 and sum(due[one] for one in hidden) >= least:
                break
            hidden.append(cell)
    return frozenset(hidden)
