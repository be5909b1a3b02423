"""The sweep wakes what is due, once, in order; what fails waits its turn and stops nobody."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.clock import MovableClock
from engine.errors import CaseMovedOn, StepFailed
from engine.incidents import RETRY_AFTER
from engine.model import Case, Timer
from engine.scheduler import TICK_AT, Sweep, Swept, start_metronome
from engine.store import WAKE
from tests.databases import DATABASES, store_on
from tests.engine.store.office import MONDAY, Office


class House:
    """Cases with timers on a real store, and a verb that wakes them as the engine's does: lock, look, save."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.store = office.store
        self.clock = MovableClock(office.at)
        self.fired: list[tuple[str, str]] = []
        self.failing: dict[str, Exception] = {}
        self.then: Callable[[str], tuple[Timer, ...]] = lambda _case_id: ()
        self.sweeper = Sweep(self.store, self.wake, self.clock)

    def case(self, *due: datetime) -> Case:
        case = self.office.case()
        self.arm(case.id, *due)
        return case

    def arm(self, case_id: str, *due: datetime) -> None:
        with self.store.write() as w:
            w.replace_timers(case_id, [Timer(f"t{n}", "peringatan", at) for n, at in enumerate(due)])

    def wake(self, case_id: str) -> bool:
        if case_id in self.failing:
            raise self.failing[case_id]
        with self.store.write() as w:
            case = w.case_if_free(case_id)
            if case is None:
                return False
            timers = w.timers(case_id)
            due = [timer for timer in timers if timer.due_at and timer.due_at <= self.clock.now()]
            if not due:
                return False
            w.save_case(case, replace(case, stage="dibangunkan"))
            w.replace_timers(case_id, [*(timer for timer in timers if timer not in due), *self.then(case_id)])
        self.fired += [(case_id, timer.id) for timer in due]
        return True

    def incident(self):
        with self.store.read() as r:
            [incident] = r.incidents()
        return incident


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with store_on(request.param, tmp_path) as store:
        yield House(Office(store, MONDAY))


def test_what_is_due_is_woken_and_nothing_else(house):
    due = house.case(house.office.at, house.office.later(hours=1))
    house.case(house.office.later(seconds=1))

    assert house.sweeper.sweep() == Swept(woken=1, failed=0)
    assert house.fired == [(due.id, "t0")]
    assert house.sweeper.sweep() == Swept(0, 0)


def test_after_a_day_of_downtime_the_longest_overdue_come_first(house):
    at = [house.office.later(hours=hours) for hours in (20, 3, 11)]
    late, first, second = (house.case(due) for due in at)
    house.clock.forward(hours=24)

    house.sweeper.sweep()
    assert [case_id for case_id, _ in house.fired] == [first.id, second.id, late.id]


def test_a_case_that_is_due_again_at_once_waits_for_the_next_sweep(house):
    case = house.case(house.office.at)
    house.then = lambda _case_id: (Timer("again", "pengingat", house.office.at),)

    assert house.sweeper.sweep() == Swept(1, 0)
    assert house.sweeper.sweep() == Swept(1, 0)
    assert house.fired == [(case.id, "t0"), (case.id, "again")]


def test_a_failing_case_is_tried_after_5_and_30_minutes_and_2_hours_and_then_left(house):
    case = house.case(house.office.at)
    house.failing[case.id] = StepFailed("hitung", "a.b is missing")

    for number, pause in enumerate(RETRY_AFTER, 1):
        assert house.sweeper.sweep() == Swept(0, 1)
        assert house.incident().attempts == number
        assert house.incident().next_at == house.clock.now() + pause
        house.clock.forward(seconds=pause.total_seconds() - 1)
        assert house.sweeper.sweep() == Swept(0, 0)
        house.clock.forward(seconds=1)
    assert house.sweeper.sweep() == Swept(0, 1)
    assert house.incident().next_at is None
    assert (house.incident().element, house.incident().message) == ("hitung", "a.b is missing")

    house.clock.forward(days=30)
    assert house.sweeper.sweep() == Swept(0, 0)


def test_one_that_fails_does_not_stop_the_others(house):
    bad, good = house.case(house.office.later(hours=-2)), house.case(house.office.later(hours=-1))
    house.failing[bad.id] = RuntimeError("boom")

    assert house.sweeper.sweep() == Swept(woken=1, failed=1)
    assert house.fired == [(good.id, "t0")]


def test_an_incident_ends_when_the_case_wakes(house):
    case = house.case(house.office.at)
    house.failing[case.id] = RuntimeError("boom")
    house.sweeper.sweep()
    house.failing.clear()
    house.clock.forward(minutes=5)

    assert house.sweeper.sweep() == Swept(1, 0)
    with house.store.read() as r:
        assert r.incidents() == ()
        [resolved] = r.incidents_of(case.id)
    assert (resolved.resolved_at, resolved.reference) == (house.clock.now(), case.reference)


def test_an_operator_can_have_a_case_tried_at_once(house):
    case = house.case(house.office.at)
    house.failing[case.id] = RuntimeError("boom")
    house.sweeper.sweep()
    house.failing.clear()
    with house.store.write() as w:
        assert w.retry_incident(house.incident().id, house.clock.now())
        assert not w.retry_incident("nothing", house.clock.now())

    assert house.sweeper.sweep() == Swept(1, 0)


def test_a_case_that_moved_on_has_not_failed(house):
    case = house.case(house.office.at)
    house.failing[case.id] = CaseMovedOn(case.id, 0)

    assert house.sweeper.sweep() == Swept(0, 0)
    with house.store.read() as r:
        assert r.incidents() == ()


def test_two_workers_failing_at_once_count_as_one_failure(house):
    case = house.case(house.office.at)
    other = Sweep(house.store, lambda _case_id: False, house.clock)
    house.failing[case.id] = RuntimeError("boom")
    house.sweeper.sweep()
    other._note(case.id, RuntimeError("boom"))

    assert house.incident().attempts == 1


def test_two_workers_at_once_fire_every_timer_once(house):
    cases = [house.case(house.office.later(seconds=-number)) for number in range(60)]
    gate = threading.Barrier(2)
    swept: list[Swept] = []

    def run() -> None:
        sweep = Sweep(house.store, house.wake, house.clock)
        gate.wait()
        swept.append(sweep.sweep())

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(one.woken for one in swept) == 60
    assert sum(one.failed for one in swept) == 0
    assert sorted(house.fired) == sorted((case.id, "t0") for case in cases)
    with house.store.read() as r:
        assert {r.case(case.id).revision for case in cases} == {1}


def test_more_due_cases_than_one_question_tells_are_all_woken(house):
    stuck = [house.case(house.office.later(days=-1)).id for _ in range(3)]
    for case_id in stuck:
        house.failing[case_id] = CaseMovedOn(case_id, 0)
    for _ in range(120):
        house.case(house.office.at)

    assert house.sweeper.sweep() == Swept(120, 0)


def test_each_sweep_leaves_its_instant(house):
    house.sweeper.sweep()

    with house.store.read() as r:
        assert r.setting(TICK_AT) == house.clock.now().isoformat()


def test_the_log_of_a_failure_repeats_nothing_a_citizen_typed(house, caplog):
    case = house.case(house.office.at)
    house.failing[case.id] = KeyError("Siti Aminah")
    with caplog.at_level(logging.DEBUG):
        house.sweeper.sweep()

    assert "case not woken" in caplog.text
    assert "Siti" not in caplog.text + str([vars(record) for record in caplog.records])
    assert house.incident().message == "KeyError"
    assert house.incident().kind == WAKE


def test_the_metronome_beats_on_after_a_beat_that_fails_until_it_is_stopped(caplog):
    beats: list[int] = []
    third = threading.Event()

    def beat() -> None:
        beats.append(1)
        if len(beats) == 3:
            third.set()
        raise RuntimeError("Siti Aminah")

    stop = start_metronome(beat, 0.01)
    assert third.wait(timeout=10)
    stop()
    count = len(beats)

    assert threading.active_count() == 1 or not any("APScheduler" in one.name for one in threading.enumerate())
    assert len(beats) == count
    assert "beat failed" in caplog.text
    assert "Siti" not in caplog.text
