"""Each number a supervisor sees is the length of the list it opens, whatever lies in the office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from engine.errors import NotFound
from engine.model import Case, Closing, PromiseState, Task
from engine.questions.reading import soon
from engine.store import NO_STAGE, NOBODY, NOWHERE, OFFICE, CaseState, state_of
from engine.store.tables import cases as case_table
from engine.store.tables import task as task_table
from engine.views import Counted
from tests.builders import MONDAY_NINE, Office, office_in, staff

from .store.office import VERSION

SUPERVISOR = staff("pengawas")
FOUR = {
    "terlambat": CaseState.LATE,
    "mendekati": CaseState.AT_RISK,
    "berjalan": CaseState.RUNNING,
    "menunggu": CaseState.APPLICANT,
}
TOGETHER = {
    "terbuka": ("late", "at_risk", "running", "applicant"),
    "jalan": ("late", "at_risk", "running"),
    "tepat": ("at_risk", "running"),
}
ROLES = ("verifikator", "penghubung", "inspektorat", "pemohon")
TASK = st.tuples(
    st.sampled_from(ROLES),
    st.sampled_from([None, "dpu", "dishub"]),
    st.sampled_from([None, "rina", "bagus"]),
    st.booleans(),
)
CASE = st.tuples(
    st.sampled_from(list(PromiseState)),
    st.none() | st.integers(-3, 9),
    st.sampled_from(["verifikasi", "analisis", None]),
    st.booleans(),
    st.lists(TASK, max_size=3),
    st.sampled_from(["", "33.74.01.1001", "33.74.02.1001", "Tembalang"]),
    st.booleans(),
)


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> Iterator[Office]:
    office = office_in(tmp_path_factory.mktemp("small"))
    with office.store.write() as tx:
        tx.add_version(VERSION)
        tx.make_current("krk", VERSION.id, MONDAY_NINE)
    yield office
    office.janji.close()


def filled(office: Office, drawn: Sequence[tuple]) -> dict[Case, list[Task]]:
    """The office with these cases and no others."""
    numbers, found = count(), {}
    with office.store.write() as tx:
        for table in (task_table, case_table):
            tx._connection.execute(delete(table))
        for state, days, stage, ended, tasks, place, secret in drawn:
            name = f"c{next(numbers)}"
            due_at = None if days is None else MONDAY_NINE + timedelta(days=days)
            case = Case(
                *(name, name.upper(), "krk", VERSION.id, 0, stage, "", place, "web", "id", MONDAY_NINE),
                ended_at=MONDAY_NINE if ended else None,
                due_at=due_at,
                promise_state=state,
                confidential=secret,
                applicant=any(role == "pemohon" and not closed for role, _, _, closed in tasks),
            )
            tx.add_case(case, b"", secret_hash=name, code_hash="", nonce="")
            found[case] = []
            for role, unit, holder, closed in tasks:
                one = Task(f"t{next(numbers)}", name, "x", role, unit, holder, MONDAY_NINE, due_at)
                tx.add_task(one)
                if closed:
                    tx.close_task(one.id, MONDAY_NINE, "rina", Closing.COMPLETED)
                else:
                    found[case].append(one)
    return found


def counted(office: Office, cases: Sequence[Case]) -> Counted:
    now = office.clock.now()
    states = [state_of(case, now, soon(now, office.janji.city.calendar)) for case in cases]
    return Counted(*(states.count(state) for state in FOUR.values()))


def by_hand(office: Office, found: dict[Case, list[Task]]) -> dict[tuple[str, str], Counted]:
    """Every number there should be, counted case by case."""
    seats = {"inspektorat": "inspektorat", "pemohon": "pemohon"}
    told: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case, tasks in found.items():
        places = {task.unit or seats.get(task.role, OFFICE) for task in tasks} or {NOWHERE}
        hands = {task.holder or NOBODY for task in tasks if task.holder or task.role != "pemohon"}
        told_place = case.place.startswith("33.") and not case.confidential
        for key in (
            *([("region", case.place[:8])] if told_place else []),
            *(("unit", one) for one in places),
            *(("person", one) for one in hands),
            ("stage", case.stage or ""),
        ):
            told[key].append(case)
    every = {key: counted(office, cases) for key, cases in told.items()}
    return {key: counts for key, counts in every.items() if counts.any}


def shown(office: Office) -> dict[tuple[str, str], Counted]:
    seen = office.queries.oversight(SUPERVISOR)
    return {
        **{("unit", one.id): one.counts for one in seen.places},
        **{("region", one.id): one.counts for one in office.queries.regions(SUPERVISOR)},
        **{("person", one.id): one.counts for one in seen.people},
        **{("stage", stage): counts for _, stage, *each in seen.rows if (counts := Counted(*each)).any},
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CASE, max_size=8))
def test_every_number_is_what_a_count_case_by_case_gives_and_the_length_of_its_list(small, drawn):
    found = filled(small, drawn)

    assert shown(small) == by_hand(small, found)

    narrowed = {"unit": "place", "person": "holder", "stage": "stage", "region": "region"}
    for (kind, name), counts in shown(small).items():
        for state, number in zip(FOUR, (counts.late, counts.at_risk, counts.running, counts.applicant), strict=True):
            rows, total, _ = small.queries.cases(SUPERVISOR, state=state, **{narrowed[kind]: name or NO_STAGE})
            assert len(rows) == total == number, (kind, name, state)
        for state, parts in TOGETHER.items():
            rows, total, _ = small.queries.cases(SUPERVISOR, state=state, **{narrowed[kind]: name or NO_STAGE})
            assert len(rows) == total == sum(getattr(counts, part) for part in parts), (kind, name, state)
    seen = small.queries.oversight(SUPERVISOR)
    total = counted(small, list(found))
    assert (seen.late, seen.at_risk, seen.running, seen.applicant) == (
        *(total.late, total.at_risk, total.running, total.applicant),
    )


def test_whose_hands_work_lies_in_is_for_supervisors_alone(small):
    for narrowed in ({"place": "dpu"}, {"holder": "rina"}):
        with pytest.raises(NotFound):
            small.queries.cases(staff("verifikator"), **narrowed)


def test_every_question_of_whoever_oversees_is_answered_by_both_databases(office):
    case = office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
    office.wait("+10wd")
    office.engine.withdraw(case.token, "", "tarik")
    office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
    office.wait("+5wd")
    office.engine.draw_samples()
    office.janji.clearing.clear()
    asked = office.queries

    seen = asked.oversight(SUPERVISOR)

    assert sum(one.counts.late + one.counts.running + one.counts.at_risk for one in seen.places) >= 1
    assert sum(one.counts.late + one.counts.running + one.counts.at_risk for one in seen.people) >= 1
    assert asked.regions(SUPERVISOR) == ()
    assert asked.stage_times(SUPERVISOR).stages
    assert [one.days for one in asked.queues(SUPERVISOR)] == [()], "too few to foretell"
    (told,) = asked.on_time(SUPERVISOR).promises
    assert told.total.due >= 1
    due = asked.promises_due("contoh", SUPERVISOR)
    assert due.total == len(due.rows) == told.total.due
    assert asked.promises_due("contoh", SUPERVISOR, cursor="zzz").total == due.total
    for when in ("180-hari", "2026-W50", "2026-12-04"):
        assert asked.promises_closed("contoh", when, SUPERVISOR).total >= 0
    assert asked.promises_closed("contoh", "180-hari", SUPERVISOR).total == asked.queues(SUPERVISOR)[0].known
    assert len(asked.rates("contoh", SUPERVISOR).days) == 20
    assert asked.nearest(SUPERVISOR) is not None
    assert asked.event_log("contoh", SUPERVISOR).traces
    for one in asked.stage_times(SUPERVISOR).stages:
        assert asked.visits("contoh", one.stage, SUPERVISOR).total == one.took.count
    assert asked.cases(SUPERVISOR, state="terbuka", ladder="berdiri", began="2026-11-24")[1] == 0
    assert asked.ladder(SUPERVISOR).as_of == asked.sample(SUPERVISOR).as_of == asked.pulse(SUPERVISOR).as_of
    assert asked.cases(SUPERVISOR, place=OFFICE)[1] == asked.cases(SUPERVISOR, holder=NOBODY)[1] == 1
    assert asked.cases(SUPERVISOR, place=NOWHERE)[1] >= 0
    with office.store.read() as reads:
        assert reads.falling_due(office.clock.now(), office.clock.now() + timedelta(days=90), 9, "contoh") is not None
        assert reads.paused_past(office.clock.now(), 9) == ()
