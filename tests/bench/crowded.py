"""What must not take longer because the city is busy: a clerk's list of work, and a tick of the scheduler.

A tick is one whole `Sweep.sweep()`: find what is due by the index of timers, wake each case in a transaction of its
own, note the tick. It is measured with a hundred real cases due, where waking is nearly all of it, and with nothing
due, where finding is all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial

from engine.scheduler import Swept
from tests.bench import lists
from tests.bench.crowd import fill
from tests.bench.measures import Measure, side_by_side
from tests.bench.office import KRK, SAMPLES, an_office
from tests.builders import Application, Office

TWICE = 2.0


def measure(rounds: int, few: int, many: int, due: int) -> Iterator[Measure]:
    """Two offices side by side, with `few` and `many` cases waiting, and `due` real ones in each."""
    with ExitStack() as stack:
        offices = [stack.enter_context(an_office()) for _ in range(2)]
        for office, cases in zip(offices, (few, many), strict=True):
            office.publish(KRK)
            fill(office, office.apply("krk", SAMPLES["perorangan"]), 0, cases)
        yield from lists.measure(rounds, few, many, offices)
        quiet, busy = side_by_side(rounds, [partial(_tick, office, 0) for office in offices])
        yield Measure(f"tick, nothing due of {many:,} timers beside {few:,}", busy, "ms", quiet, bound=TWICE)
        contenders = [_DueCases(office, due).act for office in offices]
        quiet, busy = side_by_side(max(3, rounds // 10), contenders)
        yield Measure(f"tick, {due} due of {many:,} timers beside {few:,}", busy, "ms", quiet, bound=TWICE)


def _tick(office: Office, due: int) -> Callable[[], object]:
    def tick() -> None:
        swept = office.janji.sweep.sweep()
        if swept != Swept(due, 0):
            raise ValueError(f"{due} were due, {swept}")

    return tick


class _DueCases:
    """Real cases whose checking is overdue: the reminder to the head of section rings in each of them."""

    def __init__(self, office: Office, due: int) -> None:
        self._office = office
        self._cases = [office.apply("krk", SAMPLES["perorangan"]) for _ in range(due)]
        with office.store.read() as reads:
            self._before = {case.id: (reads.tokens(case.id), reads.timers(case.id)) for case in self._cases}
        office.wait("+2d")

    def act(self) -> Callable[[], object]:
        """Set every case back to before its reminder, which is not timed, and give the tick that wakes them all."""
        for case in self._cases:
            self._set_back(case)
        return _tick(self._office, len(self._cases))

    def _set_back(self, application: Application) -> None:
        tokens, timers = self._before[application.id]
        with self._office.store.write() as tx:
            case = tx.case_for_update(application.id)
            tx.save_case(case, case, tokens)
            tx.replace_timers(case.id, timers)
