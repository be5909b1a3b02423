"""Many at once: whoever is second learns it, and readers are never in the way."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, InternalError, OperationalError

from engine.errors import CaseMovedOn
from engine.model import THE_SYSTEM, Closing

from .office import MONDAY, Office
from .test_keys import in_parallel


class Stop(Exception):
    """Ends a transaction that shall leave nothing."""


def test_of_writers_who_saw_the_same_revision_one_wins(office):
    seen = office.case()
    gate = threading.Barrier(8)
    lost = []

    def save() -> None:
        gate.wait()
        try:
            with office.store.write() as w:
                w.save_case(seen, replace(seen, stage="penugasan"))
        except CaseMovedOn as moved:
            lost.append(moved.revision)

    in_parallel(save, 8)

    assert lost == [0] * 7
    with office.store.read() as r:
        assert r.case(seen.id).revision == 1


def test_writers_who_lock_first_wait_for_each_other_and_lose_nothing(office):
    case = office.case(tokens=b"")

    def add_one() -> None:
        for _ in range(10):
            with office.store.write() as w:
                seen = w.case_for_update(case.id)
                w.add_audit(case.id, office.at, THE_SYSTEM, "count")
                w.save_case(seen, seen, w.tokens(case.id) + b"x")

    in_parallel(add_one, 4)

    with office.store.read() as r:
        assert r.tokens(case.id) == b"x" * 40
        assert r.case(case.id).revision == 40
        assert r.head(case.id).seq == 40
        assert [found for _, found in r.audit_problems()] == [[]]


def test_entries_added_without_the_case_are_chained_too(office):
    case = office.case()

    def comment() -> None:
        for _ in range(10):
            with office.store.write() as w:
                w.add_audit(case.id, office.at, THE_SYSTEM, "comment")

    in_parallel(comment, 4)

    with office.store.read() as r:
        assert [entry.seq for entry in r.audit(case.id)] == list(range(1, 41))
        assert [found for _, found in r.audit_problems()] == [[]]


def test_of_two_clerks_one_closes_the_task(office):
    task = office.task(office.case())
    gate = threading.Barrier(2)
    closed = []

    def close() -> None:
        gate.wait()
        with office.store.write() as w:
            closed.append(w.close_task(task.id, office.at, "ana", Closing.COMPLETED))

    in_parallel(close, 2)

    assert sorted(closed) == [False, True]


def test_a_case_in_work_is_passed_over_by_a_worker_that_does_not_wait(served):
    """On PostgreSQL alone: SQLite has one writer at a time, so a second one never meets a locked case."""
    office = Office(served, MONDAY)
    case, other = office.case(), office.case()
    with office.store.write() as first:
        first.case_for_update(case.id)
        with office.store.write() as second:
            assert second.case_if_free(case.id) is None
            assert second.case_if_free(other.id) == other


def test_who_hangs_something_on_a_case_is_not_in_the_way_of_who_locks_it(served):
    """Else two that each add a task and then lock the case would wait for each other for ever."""
    office = Office(served, MONDAY)
    case = office.case()
    with office.store.write() as first, office.store.write() as second:
        first.add_task(office.new_task(case))
        second.add_task(office.new_task(case))
        assert first.case_for_update(case.id) == case
        assert second.case_if_free(case.id) is None


def test_a_reader_sees_one_instant_while_a_writer_goes_on(office):
    case = office.case()
    with office.store.read() as r:
        before = r.case(case.id)
        with office.store.write() as w:
            w.save_case(case, replace(case, stage="penugasan"))
            w.add_task(office.new_task(case))
        assert r.case(case.id) == before
        assert r.tasks(case.id) == ()

    with office.store.read() as r:
        assert r.case(case.id).stage == "penugasan"


def test_a_reader_cannot_write(served):
    """PostgreSQL enforces what `Reads` merely has no method for."""
    with served.read() as r, pytest.raises(InternalError, match="read-only"):
        r._connection.execute(text("DELETE FROM setting"))


def test_what_fails_leaves_nothing_and_the_store_goes_on(office):
    case = office.case()

    def stop() -> None:
        with office.store.write() as w:
            w.add_task(office.new_task(case))
            w.add_audit(case.id, office.at, THE_SYSTEM, "complete")
            w.next_number("x")
            raise Stop

    for _ in range(80):
        with pytest.raises(Stop):
            stop()

    with office.store.write() as w:
        assert w.tasks(case.id) == ()
        assert w.audit(case.id) == ()
        assert w.next_number("x") == 1


def test_nothing_hangs_on_a_case_that_is_not_there(office):
    def orphan() -> None:
        with office.store.write() as w:
            w.add_task(replace(office.new_task(office.new_case())))

    with pytest.raises(IntegrityError):
        orphan()


def test_an_error_of_the_database_does_not_repeat_what_a_citizen_typed(office):
    case = office.case(subject="Siti Aminah")

    def twice() -> None:
        with office.store.write() as w:
            w.add_case(case, b"", secret_hash=None, code_hash="", nonce="", email="siti@example.org")

    with pytest.raises(IntegrityError) as caught:
        twice()
    assert "siti" not in str(caught.value).lower()


def test_two_who_migrate_at_once_both_find_the_tables(office):
    in_parallel(office.store.migrate, 2)

    assert office.store.is_current()


def test_a_writer_that_waits_too_long_is_told_so(lite):
    """With the patience of the second connection cut short: a test does not wait ten seconds."""

    def second() -> None:
        with lite.write():
            pass

    with lite.write() as first:
        first.set_setting("a", "1")
        event.listen(lite._engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout = 1"))
        with pytest.raises(OperationalError, match="locked"):
            second()
