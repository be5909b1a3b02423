"""Figures about kept promises: a plain count over every ledger, and none so small that it gives somebody away."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import MovableClock
from engine.demo.making import demo_settings, look_ahead, make_season
from engine.demo.plan import read_plan
from engine.demo.staff import colleagues
from engine.errors import NotFound
from engine.model import PromiseState, Unit
from engine.performance import LEAST, figures, median, p90, percent, promise_figures, too_small
from engine.promises import standing
from engine.questions.promise_lists import COUNTED
from engine.questions.work_asked import PAGE
from engine.views import Fate, Tally
from engine.wiring import Janji, wire
from tests.builders import ROOT, staff

# ── sums ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

DAYS = st.dictionaries(st.integers(0, 40), st.integers(1, 30), min_size=1, max_size=8)


def in_a_row(days: dict[int, int]) -> list[int]:
    return sorted(day for day, count in days.items() for _ in range(count))


@given(DAYS)
def test_the_middle_and_the_slowest_tenth_are_those_of_the_values_in_a_row(days):
    row = in_a_row(days)

    assert median(days) == Decimal(row[(len(row) - 1) // 2] + row[len(row) // 2]) / 2
    assert p90(days) == next(day for day in row if sum(one <= day for one in row) * 10 >= len(row) * 9)


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_all_is_said_only_of_all(part, rest):
    found = percent(part, part + rest)

    assert found is None if part + rest == 0 else (found == 100) == (rest == 0)


def tally(fate: Fate, count: int = 1, *, month: str = "2026-11", ours: int = 3) -> Tally:
    return Tally("krk", "layanan", Unit.WORKING_DAYS, month, None, None, fate, ours, 0, count)


@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30))
def test_closing_what_is_late_never_lifts_the_rate(kept, still_open, late):
    before = figures([tally(Fate.KEPT, kept), tally(Fate.OPEN, still_open), tally(Fate.LATE, late)])
    after = figures([tally(Fate.KEPT, kept), tally(Fate.LATE, late + still_open)])

    assert before.rate == after.rate
    assert before.due == after.due
    assert before.closed_rate is None or before.closed_rate >= before.rate


# ── small cells ───────────────────────────────────────────────────────────────────────────────────────────────────────

CELLS = st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(1, 60), max_size=12)


@given(CELLS)
def test_no_hidden_cell_can_be_worked_out_from_the_total(due):
    hidden = too_small(due)

    assert {cell for cell, count in due.items() if count < LEAST} <= hidden
    if hidden and sum(due.values()) >= LEAST:
        assert len(hidden) > 1
        assert sum(due[cell] for cell in hidden) >= LEAST


@given(CELLS)
def test_nothing_is_hidden_without_need(due):
    assert (too_small(due) == frozenset()) == all(count >= LEAST for count in due.values())


def test_a_month_of_few_is_hidden_with_another_and_the_total_is_told():
    months = {"2026-09": 40, "2026-10": 12, "2026-11": 3}

    (found,) = promise_figures(tally(Fate.KEPT, count, month=month) for month, count in months.items())

    assert [(one.month, one.figures and one.figures.due) for one in found.months] == [
        *(("2026-11", None), ("2026-10", None), ("2026-09", 40)),
    ]
    assert found.total.due == 55


def test_of_a_handful_not_even_the_total_is_told():
    (found,) = promise_figures([tally(Fate.KEPT, 9)])

    assert found.total is None
    assert [one.figures for one in found.months] == [None]


# ── against the ledgers ───────────────────────────────────────────────────────────────────────────────────────────────

WEDNESDAY = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


SUPERVISOR = staff("pengawas")
FORETOLD: list[tuple[datetime, set[str], set[str]]] = []
"""Each morning of the season: until when was foretold, the cases that would be late, and those that might have been."""


def foretell(janji: Janji) -> None:
    """A morning of the season: the background looks ahead, and the queue's forecast is written down."""
    look_ahead(janji)
    now, calendar = janji.clock.now(), janji.city.calendar
    queue = next(one for one in janji.queries.queues(SUPERVISOR) if one.service == "complaint")
    if queue.days:
        until = calendar.closes_at(queue.days[-1].on)
        late = {one.case.id for one in janji.queries.will_be_late("complaint", queue.days[-1].on, SUPERVISOR)}
        assert len(late) == queue.days[-1].late, "the number is the length of its list"
        with janji.house.store.read() as reads:
            due = {case.id for case, _ in reads.falling_due(now, until, 1000)}
        FORETOLD.append((until, late, due))


@pytest.fixture(scope="module")
def season(tmp_path_factory) -> Janji:
    """A busy season of complaints, with cases in every state."""
    FORETOLD.clear()
    plan = read_plan(ROOT / "processes" / "demo.toml")
    busy = replace(plan.services["complaint"], arrivals_per_day=2.5, pace=0.6)
    plan = replace(plan, services={"complaint": busy}, open_days=36)
    settings = demo_settings(tmp_path_factory.mktemp("season"), 8000)
    janji = wire(settings, MovableClock(WEDNESDAY))
    make_season(
        settings,
        plan,
        colleagues(janji.city, plan.colleagues, plan.in_units, plan.teams),
        WEDNESDAY,
        lambda *_: None,
        foretell,
    )
    yield janji
    janji.close()


def every_promise(janji: Janji):
    """Each promise of each case as its ledger tells it, read one by one."""
    with janji.house.store.read() as reads:
        for case in (reads.case_by_reference(reference) for reference, _ in reads.audit_problems()):
            facts = janji.house.entry(reads, case.version).definition.facts
            for rule in facts.promises:
                yield case, standing(rule, reads.ledger(case.id), janji.house.calendar_of(reads, case), WEDNESDAY)


def fate(stands) -> Fate | None:
    if stands.due_at is None or stands.due_at > WEDNESDAY:
        return None
    if stands.late:
        return Fate.LATE if stands.closed_at else Fate.OPEN
    return {PromiseState.KEPT: Fate.KEPT, PromiseState.CANCELLED: Fate.CANCELLED}.get(stands.state)


def test_every_figure_is_a_plain_count_over_the_ledgers_of_all_cases(season):
    counted: dict[tuple[str, str, str], list] = {}
    for case, stands in every_promise(season):
        if fate(stands):
            month = season.city.calendar.on(stands.due_at).strftime("%Y-%m")
            counted.setdefault((case.service, stands.rule.id, month), []).append(stands)

    with season.house.store.read() as reads:
        tallies = list(season.queries.tallies(reads, "2025-12", WEDNESDAY))
    found = {key: figures(t for t in tallies if (t.service, t.promise, t.month) == key) for key in counted}

    assert {(t.service, t.promise, t.month) for t in tallies} == set(counted)
    for key, stands in counted.items():
        fates = [fate(one) for one in stands]
        closed = sorted(one.used for one in stands if fate(one) in (Fate.KEPT, Fate.LATE))
        shown = found[key]
        assert (shown.kept, shown.late, shown.open, shown.cancelled) == tuple(map(fates.count, Fate)), key
        assert shown.due == sum(one is not Fate.CANCELLED for one in fates)
        assert shown.ours == sum(closed)
        assert shown.median == (
            Decimal(closed[(len(closed) - 1) // 2] + closed[len(closed) // 2]) / 2 if closed else None
        )
    assert {fate(one) for stands in counted.values() for one in stands} == set(Fate), "a season of every kind"


def test_what_is_told_of_a_service_is_what_was_counted(season):
    shown = season.queries.performance()
    with season.house.store.read() as reads:
        tallies = list(season.queries.tallies(reads, shown.since, WEDNESDAY))

    assert [one.promise for one in shown.promises] == ["penanganan", "sanggahan"]
    assert shown.promises[0].total is not None
    for one in shown.promises:
        alike = [t for t in tallies if (t.service, t.promise) == (one.service, one.promise)]
        assert one.total == (figures(alike) if figures(alike).due >= LEAST else None)
        for month in one.months:
            assert month.figures in (None, figures(t for t in alike if t.month == month.month))


def test_whoever_oversees_sees_the_figures_of_the_main_promise_and_nothing_hidden(season):
    with season.house.store.read() as reads:
        tallies = list(season.queries.tallies(reads, "2025-12", WEDNESDAY))

    (shown,) = season.queries.on_time(SUPERVISOR).promises

    main = [t for t in tallies if t.promise == "penanganan"]
    assert shown.total == figures(main)
    assert {one.month: one.figures for one in shown.months} == {
        month: figures(t for t in main if t.month == month) for month in {t.month for t in main}
    }


def every_row(ask) -> list:
    """All pages of a list, and that their number is what the list says of itself."""
    rows, cursor, total = [], None, None
    while True:
        page = ask(cursor)
        rows, cursor = [*rows, *page.rows], page.further
        assert total in (None, page.total)
        total = page.total
        if cursor is None:
            assert len(rows) == len({row.case.id for row in rows}) == total
            return rows


FATES = {"due": COUNTED, "kept": {Fate.KEPT}, "late": {Fate.LATE}, "open": {Fate.OPEN}}


def test_every_number_of_a_month_is_the_length_of_the_list_that_it_opens(season):
    (shown,) = season.queries.on_time(SUPERVISOR).promises
    ledgers = {case.id: stands for case, stands in every_promise(season) if stands.rule.id == "penanganan"}

    for month, told in (("", shown.total), *((one.month, one.figures) for one in shown.months)):
        for number, of in FATES.items():
            rows = every_row(
                lambda at, month=month, of=of: season.queries.promises_due(
                    "complaint", SUPERVISOR, month=month, fates=of, cursor=at
                )
            )
            assert len(rows) == getattr(told, number), (month, number)
            assert all(fate(ledgers[row.case.id]) is row.fate for row in rows)
            assert [row.due_at for row in rows] == sorted(row.due_at for row in rows)
        closed = [row.ours for row in rows_of(season, month) if row.closed_at]
        assert median(Counter(closed)) == told.median
        assert p90(Counter(closed)) == told.p90


def rows_of(janji: Janji, month: str) -> list:
    return every_row(lambda at: janji.queries.promises_due("complaint", SUPERVISOR, month=month, cursor=at))


def test_what_a_forecast_knows_and_what_came_and_went_each_day_are_lists_too(season):
    asked = season.queries
    queue = next(one for one in asked.queues(SUPERVISOR) if one.service == "complaint")
    known = every_row(lambda at: asked.promises_closed("complaint", "180-hari", SUPERVISOR, cursor=at))
    assert len(known) == queue.known

    days = asked.rates("complaint", SUPERVISOR).days
    for day in days:
        when = day.on.isoformat()
        closed = every_row(lambda at, when=when: asked.promises_closed("complaint", when, SUPERVISOR, cursor=at))
        assert len(closed) == day.closed
        assert asked.cases(SUPERVISOR, service="complaint", began=when)[1] == day.started
    assert sum(day.started for day in days) > 0 < sum(day.closed for day in days)
    assert median(Counter(day.started for day in days)) == queue.arriving
    assert asked.cases(SUPERVISOR, service="complaint", state="jalan")[1] == queue.open
    assert asked.cases(SUPERVISOR, service="complaint", state="tepat")[1] == queue.open - queue.late


def every_length(ask) -> list:
    """All pages of a list of lengths, each row once and the longest first."""
    rows, start = [], 0
    while start is not None:
        page = ask(start)
        rows, start = [*rows, *page.rows], page.further
        assert page.total >= len(rows)
    assert len(rows) == page.total
    assert [row.took for row in rows] == sorted((row.took for row in rows), reverse=True)
    return rows


def test_the_visits_and_tasks_behind_a_median_are_lists_with_the_same_median_and_days(season):
    asked = season.queries
    heat = asked.heat("complaint", SUPERVISOR)
    counted = [
        *((one, lambda at, one=one: asked.visits("complaint", one.stage, SUPERVISOR, 90, at)) for one in heat.stages),
        *((one, lambda at, one=one: asked.done("complaint", one.element, SUPERVISOR, 90, at)) for one in heat.tasks),
    ]
    for told, ask in counted:
        rows = every_length(ask)
        lengths = sorted(row.took for row in rows)
        assert len(rows) == told.took.count
        assert (lengths[(len(rows) - 1) // 2] + lengths[len(rows) // 2]) / 2 == pytest.approx(
            told.took.median, abs=Decimal("0.05")
        )
        if told in heat.stages:
            days = (sum(row.ours for row in rows), sum(row.theirs for row in rows), sum(row.others for row in rows))
            assert days == (told.ours, told.theirs, told.others)
    assert max(told.took.count for told, _ in counted) > PAGE, "a list of more than one page"
    for asked_for in (asked.visits, asked.done):
        with pytest.raises(NotFound):
            asked_for("complaint", "tidak_ada", SUPERVISOR)


@pytest.mark.parametrize("when", ["", "kemarin", "2026-11-22", "2027-01-04", "0001-01-01", "2026-W60"])
def test_a_time_that_no_figure_speaks_of_has_no_list(season, when):
    with pytest.raises(NotFound):
        season.queries.promises_closed("complaint", when, SUPERVISOR)


def test_lists_behind_figures_are_for_supervisors_and_services_alone(season):
    for asked in (
        lambda by, service: season.queries.promises_due(service, by),
        lambda by, service: season.queries.promises_closed(service, "180-hari", by),
        lambda by, service: season.queries.rates(service, by),
    ):
        with pytest.raises(NotFound):
            asked(staff("penghubung", "dpu"), "complaint")
        with pytest.raises(NotFound):
            asked(SUPERVISOR, "tidak_ada")


def test_most_that_the_forecast_called_late_were_and_most_that_became_late_were_called_before(season):
    """What is foretold each morning, held against what became of the cases. A made-up season: see DECISIONS."""
    late = {case.id for case, stands in every_promise(season) if stands.rule.id == "penanganan" and stands.late}
    judged = [(called, due) for until, called, due in FORETOLD if until < WEDNESDAY]

    called = sum(len(one) for one, _ in judged)
    right = sum(len(one & late) for one, _ in judged)
    ever_called = {case for one, _ in judged for case in one}
    became_late = {case for _, due in judged for case in due & late}

    assert called >= 5, "something was foretold"
    assert right / called >= 0.6
    assert len(ever_called & became_late) / len(became_late) >= 0.5, (len(ever_called & late), len(became_late))


def fates(office, now: datetime) -> list[tuple[Fate, str]]:
    with office.store.read() as reads:
        return [(one.fate, one.month) for one in office.queries.tallies(reads, "2025-12", now)]


def test_a_promise_that_nobody_closes_is_a_miss_from_the_moment_it_was_due(office):
    case = office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
    with office.store.read() as reads:
        due_at = reads.case(case.id).due_at
    assert fates(office, due_at) == []

    office.wait("+10wd")
    assert fates(office, office.clock.now()) == [(Fate.OPEN, "2026-11")]

    office.do(case, "periksa", {"jawaban": "Maaf terlambat; keterangan kami kirim."})
    assert fates(office, office.clock.now()) == [(Fate.LATE, "2026-11")]


def test_what_ended_late_without_being_kept_is_a_miss_too(office):
    case = office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
    office.wait("+10wd")

    office.engine.withdraw(case.token, "", "tarik")

    assert fates(office, office.clock.now()) == [(Fate.LATE, "2026-11")]


def test_a_promise_kept_early_counts_only_once_its_day_has_come(office):
    case = office.apply("contoh", {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"})
    office.do(case, "periksa", {"jawaban": "Keterangan kami kirim lewat surel."})
    assert fates(office, office.clock.now()) == []

    office.wait("+10wd")
    assert fates(office, office.clock.now()) == [(Fate.KEPT, "2026-11")]
