"""A promise is a ledger and a rule a person can redo by hand; these redo it by hand, and by machine for ten years."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendars import Calendar, Hours, NationalHolidays
from engine.model import (
    Basis,
    DayKind,
    Effect,
    Element,
    Entry,
    LedgerEntry,
    Opened,
    Order,
    OrderKind,
    Outcome,
    Passed,
    PromiseRule,
    PromiseState,
    ServiceFacts,
    Unit,
)
from engine.promises import Ledgers, entries_for, moved_by_order, standing

WIB = ZoneInfo("Asia/Jakarta")
LONG_DAY, FRIDAY = Hours(time(8), time(16)), Hours(time(7, 30), time(14))
WEEK = {0: LONG_DAY, 1: LONG_DAY, 2: LONG_DAY, 3: LONG_DAY, 4: FRIDAY}
CALENDAR = Calendar(WIB, WEEK, NationalHolidays("ID"), decreed_until=2026)
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)


def rule(budget: int, unit: Unit = Unit.WORKING_DAYS, promise: str = "layanan") -> PromiseRule:
    return PromiseRule(promise, "Penerbitan", budget, unit, Basis.EXAMPLE, "contoh")


def line(kind: Entry, when: str | datetime, **more) -> LedgerEntry:
    instant = at(when) if isinstance(when, str) else when
    return LedgerEntry(more.pop("promise", "layanan"), kind, instant, "rini", **more)


def due_on(promised, entries: Iterable[LedgerEntry], now: str = "2027-12-31T23:00") -> date:
    return CALENDAR.on(standing(promised, entries, CALENDAR, at(now)).due_at)


# ── the rule, by hand ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2017-05-24", "2017-06-09"),
        ("2017-06-19", "2017-07-11"),
        ("2026-03-12", "2026-04-02"),
        ("2026-11-23", "2026-12-07"),
        ("2026-12-18", "2027-01-07"),
    ],
)
def test_ten_working_days_are_due_on_the_day_worked_out_by_hand(received, due):
    started = [line(Entry.START, f"{received}T09:00")]

    found = standing(rule(10), started, CALENDAR, at(f"{received}T09:00"))

    assert found.due_at == CALENDAR.closes_at(date.fromisoformat(due))


def test_what_is_complete_a_minute_before_five_on_the_day_before_christmas_counts_from_the_28th():
    found = standing(rule(3), [line(Entry.START, "2026-12-24T16:59")], CALENDAR, at("2026-12-24T16:59"))

    assert found.days[0].on == date(2026, 12, 28)
    assert found.due_at == at("2026-12-31T16:00")


def test_the_whole_sum_is_printed_with_a_reason_for_every_day_that_does_not_count():
    entries = [
        line(Entry.START, "2026-12-21T10:00"),
        line(Entry.PAUSE, "2026-12-22T10:00", element="lengkapi_berkas"),
        line(Entry.RESUME, "2026-12-23T09:00", element="lengkapi_berkas"),
    ]

    found = standing(rule(2), entries, CALENDAR, at("2026-12-23T12:00"))

    assert [(day.on.day, day.kind, day.name, day.used) for day in found.days] == [
        (21, DayKind.RECEIVED, "", 0),
        (22, DayKind.APPLICANT, "lengkapi_berkas", 0),
        (23, DayKind.COUNTED, "", 1),
        (24, DayKind.CLOSED, "Cuti Bersama Hari Raya Natal", 1),
        (25, DayKind.CLOSED, "Hari Raya Natal", 1),
        (26, DayKind.CLOSED, "Sabtu", 1),
        (27, DayKind.CLOSED, "Minggu", 1),
        (28, DayKind.COUNTED, "", 2),
    ]


def test_a_pause_that_ends_before_closing_leaves_the_day_to_the_office():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.PAUSE, "2026-11-24T09:00", element="lengkapi"),
        line(Entry.RESUME, "2026-11-24T15:59:59", element="lengkapi"),
    ]

    assert due_on(rule(3), entries) == date(2026, 11, 26)


def test_an_answer_after_closing_leaves_the_day_to_the_applicant():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.PAUSE, "2026-11-24T09:00", element="lengkapi"),
        line(Entry.RESUME, "2026-11-24T16:00:01", element="lengkapi"),
    ]

    assert due_on(rule(3), entries) == date(2026, 11, 27)


def test_pausing_twice_and_resuming_twice_is_pausing_and_resuming_once():
    once = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.PAUSE, "2026-11-24T09:00", element="a"),
        line(Entry.RESUME, "2026-11-26T09:00", element="a"),
    ]
    again = [line(Entry.PAUSE, "2026-11-25T09:00", element="b"), line(Entry.RESUME, "2026-11-30T09:00", element="b")]

    assert due_on(rule(5), [*once, *again]) == due_on(rule(5), once) == date(2026, 12, 2)


def test_a_second_start_never_resets_the_count():
    started = line(Entry.START, "2026-11-23T09:00")

    assert due_on(rule(5), [started, line(Entry.START, "2026-11-26T09:00")]) == due_on(rule(5), [started])


def test_days_of_an_outage_do_not_count_and_say_why():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.OUTAGE, "2026-11-24T08:30", reason="Listrik padam"),
        line(Entry.RESUME, "2026-11-26T07:00"),
    ]

    found = standing(rule(3), entries, CALENDAR, at("2026-11-26T12:00"))

    assert [(day.kind, day.name) for day in found.days[1:3]] == [(DayKind.OUTAGE, "Listrik padam")] * 2
    assert found.due_at == at("2026-11-30T16:00")


def test_an_applicant_who_answers_during_an_outage_does_not_end_it():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.PAUSE, "2026-11-23T10:00", element="lengkapi"),
        line(Entry.OUTAGE, "2026-11-24T08:30", reason="Listrik padam"),
        line(Entry.RESUME, "2026-11-24T09:00", element="lengkapi"),
    ]

    during = standing(rule(3), entries, CALENDAR, at("2026-11-25T17:00"))
    after = standing(rule(3), [*entries, line(Entry.RESUME, "2026-11-26T07:00")], CALENDAR, at("2026-11-26T17:00"))

    assert (during.state, during.used) == (PromiseState.PAUSED, 0)
    assert (after.state, after.used) == (PromiseState.RUNNING, 1)


def test_the_end_of_an_outage_does_not_take_the_case_from_the_applicant():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.PAUSE, "2026-11-23T10:00", element="lengkapi"),
        line(Entry.OUTAGE, "2026-11-24T08:30", reason="Listrik padam"),
        line(Entry.RESUME, "2026-11-25T07:00"),
    ]

    found = standing(rule(3), entries, CALENDAR, at("2026-11-25T17:00"))

    assert (found.state, found.used) == (PromiseState.PAUSED, 0)
    assert [day.kind for day in found.days[1:3]] == [DayKind.OUTAGE, DayKind.APPLICANT]


def test_an_extension_adds_its_days_to_the_budget():
    entries = [line(Entry.START, "2026-11-23T09:00"), line(Entry.EXTEND, "2026-11-25T09:00", days=2, reason="Banjir")]

    found = standing(rule(3), entries, CALENDAR, at("2026-11-25T17:00"))

    assert (found.budget, found.used, found.left) == (5, 2, 3)
    assert found.due_at == at("2026-11-30T16:00")


def test_an_extension_after_the_miss_mends_nothing():
    missed = [line(Entry.START, "2026-11-23T09:00"), line(Entry.EXTEND, "2026-11-26T17:00", days=5)]

    found = standing(rule(3), missed, CALENDAR, at("2026-11-27T09:00"))

    assert (found.overdue, found.budget, found.due_at) == (True, 3, at("2026-11-26T16:00"))


def test_ten_calendar_days_count_christmas_too_and_do_not_roll_off_a_closed_day():
    found = standing(
        rule(10, Unit.CALENDAR_DAYS), [line(Entry.START, "2026-12-17T09:00")], CALENDAR, at("2026-12-17T09:00")
    )

    assert found.due_at == at("2026-12-27T16:00")
    assert not CALENDAR.is_open(date(2026, 12, 27))
    assert {day.kind for day in found.days[1:]} == {DayKind.COUNTED}


def test_a_complaint_on_saturday_is_received_on_monday_also_when_calendar_days_are_promised():
    assert due_on(rule(10, Unit.CALENDAR_DAYS), [line(Entry.START, "2026-11-28T09:00")]) == date(2026, 12, 10)


# ── how it stands ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_before_the_file_is_complete_nothing_runs():
    found = standing(rule(5), [line(Entry.PAUSE, "2026-11-23T09:00")], CALENDAR, at("2026-11-24T09:00"))

    assert (found.state, found.due_at, found.used, found.left) == (PromiseState.NOT_STARTED, None, 0, 5)


@pytest.mark.parametrize(
    ("now", "used", "left", "overdue"),
    [
        ("2026-11-23T17:00", 0, 2, False),
        ("2026-11-24T15:59", 0, 2, False),
        ("2026-11-24T16:00", 1, 1, False),
        ("2026-11-25T09:00", 1, 1, False),
        ("2026-11-25T16:00", 2, 0, False),
        ("2026-11-25T16:00:01", 2, 0, True),
        ("2026-11-26T16:00", 3, -1, True),
        ("2026-11-29T12:00", 4, -2, True),
    ],
)
def test_a_day_is_used_at_its_close_and_a_missed_date_goes_below_zero(now, used, left, overdue):
    found = standing(rule(2), [line(Entry.START, "2026-11-23T09:00")], CALENDAR, at(now))

    assert (found.used, found.left, found.overdue, found.late) == (used, left, overdue, overdue)
    assert found.due_at == at("2026-11-25T16:00")


@pytest.mark.parametrize(
    ("kept", "state", "late"),
    [
        ("2026-11-25T16:00", PromiseState.KEPT, False),
        ("2026-11-25T16:00:01", PromiseState.BROKEN, True),
    ],
)
def test_a_promise_is_kept_until_the_stroke_of_closing_and_broken_after_it(kept, state, late):
    entries = [line(Entry.START, "2026-11-23T09:00"), line(Entry.KEEP, kept)]

    found = standing(rule(2), entries, CALENDAR, at("2027-03-01T09:00"))

    assert (found.state, found.late, found.overdue, found.closed_at) == (state, late, False, at(kept))


def test_what_happens_after_a_promise_was_kept_changes_nothing():
    kept = [line(Entry.START, "2026-11-23T09:00"), line(Entry.KEEP, "2026-11-24T09:00")]
    later = [line(kind, "2026-11-25T09:00", days=3) for kind in (Entry.PAUSE, Entry.EXTEND, Entry.CANCEL, Entry.START)]

    assert standing(rule(2), kept + later, CALENDAR, at("2026-12-01T09:00")) == standing(
        rule(2), kept, CALENDAR, at("2027-01-01T09:00")
    )


def test_a_withdrawn_case_owes_nothing_more_but_one_withdrawn_late_was_late():
    started = line(Entry.START, "2026-11-23T09:00")
    early, tardy = (
        standing(rule(2), [started, line(Entry.CANCEL, when)], CALENDAR, at("2027-01-01T09:00"))
        for when in ("2026-11-24T09:00", "2026-12-01T09:00")
    )

    assert (early.state, early.late) == (PromiseState.CANCELLED, False)
    assert (tardy.state, tardy.late) == (PromiseState.CANCELLED, True)


def test_while_the_applicant_has_it_the_date_is_the_one_if_it_went_on_now():
    entries = [line(Entry.START, "2026-11-23T09:00"), line(Entry.PAUSE, "2026-11-24T09:00", element="lengkapi")]

    today, next_week = (
        standing(rule(2), entries, CALENDAR, at(now)) for now in ("2026-11-24T12:00", "2026-12-01T12:00")
    )

    assert (today.state, today.due_at) == (PromiseState.PAUSED, at("2026-11-25T16:00"))
    assert (next_week.used, next_week.left, next_week.due_at) == (0, 2, at("2026-12-02T16:00"))


def test_an_overdue_case_that_goes_back_to_the_applicant_stays_overdue():
    entries = [line(Entry.START, "2026-11-23T09:00"), line(Entry.PAUSE, "2026-11-26T09:00", element="lengkapi")]

    found = standing(rule(1), entries, CALENDAR, at("2026-12-01T12:00"))

    assert (found.state, found.overdue, found.left) == (PromiseState.PAUSED, True, -1)
    assert found.due_at == at("2026-11-24T16:00")


@pytest.mark.parametrize(
    ("started", "unit", "estimate"),
    [
        ("2026-12-18T09:00", Unit.WORKING_DAYS, True),
        ("2026-12-01T09:00", Unit.WORKING_DAYS, False),
        ("2026-12-29T09:00", Unit.CALENDAR_DAYS, False),
    ],
)
def test_only_a_date_that_a_decree_can_still_move_is_an_estimate(started, unit, estimate):
    assert standing(rule(10, unit), [line(Entry.START, started)], CALENDAR, at(started)).estimate is estimate


def test_a_new_cuti_bersama_moves_the_date_and_the_ledger_says_from_where():
    entries = [line(Entry.START, "2026-11-23T09:00")]
    changed = Calendar(WIB, WEEK, NationalHolidays("ID", {date(2026, 11, 25): "Cuti bersama baru"}), 2026)

    decree = Order("o", OrderKind.CLOSED, "SKB 9", "", "ida", at("2026-11-23T09:00"), name="Cuti bersama baru")

    def moved_by(promised, entries):
        return moved_by_order(decree, [promised], entries, "krk", CALENDAR, changed, at("2026-11-24T09:00"))

    (moving,) = moved_by(rule(3), entries)
    (note,) = moving.lines

    assert (note.kind, note.reason) == (Entry.CALENDAR, "2026-11-26 → 2026-11-27 · Cuti bersama baru (SKB 9)")
    assert standing(rule(3), [*entries, note], changed, at("2026-11-24T10:00")).due_at == at("2026-11-27T14:00")
    assert moved_by(rule(1), entries) == ()


def test_two_outages_that_overlap_end_each_with_its_own_order():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.OUTAGE, "2026-11-24T08:00", reason="G-1"),
        line(Entry.OUTAGE, "2026-11-25T08:00", reason="G-2"),
        line(Entry.RESUME, "2026-11-25T12:00", reason="G-1"),
        line(Entry.RESUME, "2026-11-26T12:00", reason="G-2"),
    ]

    found = standing(rule(3), entries, CALENDAR, at("2026-11-24T12:00"))

    assert [(day.kind, day.name) for day in found.days[1:4]] == [
        (DayKind.OUTAGE, "G-1"),
        (DayKind.OUTAGE, "G-2"),
        (DayKind.COUNTED, ""),
    ]


def test_the_end_of_an_outage_does_not_take_the_case_out_of_the_applicants_hands():
    entries = [
        line(Entry.START, "2026-11-23T09:00"),
        line(Entry.OUTAGE, "2026-11-24T08:00", reason="G-1"),
        line(Entry.RESUME, "2026-11-24T12:00", reason="G-1"),
        line(Entry.PAUSE, "2026-11-24T13:00", element="lengkapi"),
        line(Entry.RESUME, "2026-11-25T12:00", reason="G-1"),
    ]

    assert standing(rule(3), entries, CALENDAR, at("2026-11-25T13:00")).state is PromiseState.PAUSED


# ── what timers ask ───────────────────────────────────────────────────────────────────────────────────────────────


def ledgers(*entries: LedgerEntry, budget: int = 5, now: str = "2026-11-23T12:00") -> Ledgers:
    return Ledgers([rule(budget)], entries, CALENDAR, at(now))


def test_warnings_come_at_the_close_of_the_day_that_uses_up_their_share():
    running = ledgers(line(Entry.START, "2026-11-23T09:00"))

    assert running.at_share("layanan", 50) == at("2026-11-26T16:00")
    assert running.at_share("layanan", 75) == at("2026-11-27T14:00")
    assert running.at_share("layanan", 100) == running.due("layanan") == at("2026-11-30T16:00")


def test_before_and_after_the_due_day_are_open_days():
    running = ledgers(line(Entry.START, "2026-11-23T09:00"))

    assert running.before_due("layanan", working_days=2) == at("2026-11-26T16:00")
    assert running.after_due("layanan", working_days=5) == at("2026-12-07T16:00")


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (line(Entry.START, "2026-11-23T09:00"), line(Entry.PAUSE, "2026-11-23T10:00", element="x")),
        (line(Entry.START, "2026-11-23T09:00"), line(Entry.OUTAGE, "2026-11-23T10:00")),
        (line(Entry.START, "2026-11-23T09:00"), line(Entry.KEEP, "2026-11-23T10:00")),
        (line(Entry.START, "2026-11-23T09:00"), line(Entry.CANCEL, "2026-11-23T10:00")),
    ],
    ids=["not begun", "paused", "outage", "kept", "cancelled"],
)
def test_no_timer_rings_for_a_promise_that_does_not_run(entries):
    still = ledgers(*entries)

    assert still.due("layanan") is None
    assert still.at_share("layanan", 50) is None
    assert still.before_due("layanan", 1) is None
    assert still.after_due("layanan", 1) is None


def test_timers_follow_the_ledger_through_a_pause():
    paused = [line(Entry.PAUSE, "2026-11-24T09:00", element="x"), line(Entry.RESUME, "2026-11-26T09:00", element="x")]

    resumed = ledgers(line(Entry.START, "2026-11-23T09:00"), *paused, now="2026-11-26T09:00")

    assert resumed.due("layanan") == at("2026-12-02T16:00")
    assert resumed.at_share("layanan", 50) == at("2026-11-30T16:00")


def test_a_word_that_names_no_promise_of_the_service_says_which_there_are():
    with pytest.raises(LookupError, match="no promise 'layanann'; this service promises layanan"):
        ledgers().due("layanann")


@pytest.mark.parametrize("percent", [0, 101])
def test_a_share_outside_the_budget_is_refused(percent):
    with pytest.raises(ValueError, match="1 to 100"):
        ledgers().at_share("layanan", percent)


@pytest.mark.parametrize("word", ["before_due", "after_due"])
def test_no_days_before_or_after_is_refused(word):
    with pytest.raises(ValueError, match="at least 1"):
        getattr(ledgers(line(Entry.START, "2026-11-23T09:00")), word)("layanan", 0)


# ── what a step of a diagram means ────────────────────────────────────────────────────────────────────────────────

ELEMENTS = {
    "berkas_lengkap": Element("berkas_lengkap", "intermediateThrowEvent", "", "", starts="layanan"),
    "verifikasi": Element("verifikasi", "userTask", "", ""),
    "lengkapi": Element("lengkapi", "userTask", "", "", pauses="layanan"),
    "bayar": Element("bayar", "userTask", "", "", pauses="layanan"),
    "terbit": Element("terbit", "intermediateThrowEvent", "", "", keeps="layanan"),
}
FACTS = ServiceFacts("krk", "KRK", "KRK", "pendaftaran", ("pemohon",), (), (rule(5), rule(9, promise="lain")))
NOW = at("2026-11-23T09:00")
STARTED = line(Entry.START, "2026-11-20T09:00")
PAUSED = line(Entry.PAUSE, "2026-11-20T10:00", element="lengkapi")


def step(passed=(), waiting=(), effects=(), ended=False) -> Outcome:
    opened = tuple(Opened(f"id-{name}", name, None) for name in waiting)
    return Outcome(
        b"", opened, (), (), tuple(Passed(name) for name in passed), tuple(effects), (), frozenset(), ended, {}
    )


def meant(outcome: Outcome, *before: LedgerEntry) -> list[tuple[Entry, str]]:
    added = entries_for(FACTS, ELEMENTS, outcome, before, NOW, "rini")
    assert {(entry.promise, entry.at, entry.by) for entry in added} <= {("layanan", NOW, "rini")}
    assert entries_for(FACTS, ELEMENTS, outcome, (*before, *added), NOW, "rini") == ()
    return [(entry.kind, entry.element) for entry in added]


@pytest.mark.parametrize(
    ("outcome", "before", "lines"),
    [
        (step(passed=["berkas_lengkap"], waiting=["verifikasi"]), (), [(Entry.START, "berkas_lengkap")]),
        (step(passed=["berkas_lengkap"]), (STARTED,), []),
        (step(waiting=["lengkapi"]), (), []),
        (step(waiting=["lengkapi"]), (STARTED,), [(Entry.PAUSE, "lengkapi")]),
        (step(waiting=["lengkapi", "bayar"]), (STARTED, PAUSED), []),
        (step(waiting=["bayar"]), (STARTED, PAUSED), []),
        (step(waiting=["verifikasi"]), (STARTED, PAUSED), [(Entry.RESUME, "lengkapi")]),
        (
            step(passed=["berkas_lengkap"], waiting=["bayar"]),
            (),
            [(Entry.START, "berkas_lengkap"), (Entry.PAUSE, "bayar")],
        ),
        (step(passed=["terbit"], waiting=["lengkapi"]), (STARTED,), [(Entry.KEEP, "terbit")]),
        (
            step(passed=["terbit"], effects=[Effect("conclude", {"outcome": "terbit"})], ended=True),
            (STARTED, PAUSED),
            [(Entry.KEEP, "terbit")],
        ),
        (step(effects=[Effect("conclude", {"outcome": "ditarik"})]), (STARTED, PAUSED), [(Entry.CANCEL, "")]),
        (step(ended=True), (STARTED,), [(Entry.CANCEL, "")]),
        (step(ended=True), (), []),
        (step(passed=["unknown"], waiting=["unknown"]), (STARTED,), []),
    ],
)
def test_a_step_means_these_lines_and_nothing_when_asked_again(outcome, before, lines):
    assert meant(outcome, *before) == lines


# ── any ledger, and ten years ─────────────────────────────────────────────────────────────────────────────────────

START = st.integers(0, 9 * 365 * 24 * 60).map(lambda minutes: at("2017-01-01") + timedelta(minutes=minutes))
UNITS = st.sampled_from(Unit)
GAPS = st.integers(1, 9 * 24 * 60)
KINDS = st.sampled_from([Entry.PAUSE, Entry.RESUME, Entry.EXTEND, Entry.OUTAGE, Entry.CALENDAR, Entry.START])


@st.composite
def histories(draw) -> list[LedgerEntry]:
    """A start and up to twelve lines of any kind in any order, by hand or by a shape, minutes to days apart."""
    moment = draw(START)
    entries = [line(Entry.START, moment)]
    for kind in draw(st.lists(KINDS, max_size=12)):
        moment += timedelta(minutes=draw(GAPS))
        entries.append(
            line(kind, moment, days=draw(st.integers(1, 9)), element=draw(st.sampled_from(["", "lengkapi"])))
        )
    return entries


@given(histories(), st.integers(1, 30), UNITS, st.integers(0, 90 * 24 * 60))
def test_in_any_order_of_events_used_and_left_make_the_budget(entries, budget, unit, minutes):
    found = standing(rule(budget, unit), entries, CALENDAR, entries[-1].at + timedelta(minutes=minutes))
    extended = sum(entry.days for entry in entries if entry.kind is Entry.EXTEND)

    assert found.used + found.left == found.budget
    assert budget <= found.budget <= budget + extended
    assert found.left <= 0 if found.overdue else found.left >= 0
    assert found.overdue or found.budget == budget + extended


@given(histories(), st.integers(1, 30), UNITS)
def test_every_day_of_the_sum_follows_the_one_before_and_the_last_uses_the_budget_up(entries, budget, unit):
    found = standing(rule(budget, unit), entries, CALENDAR, entries[-1].at)
    first, last = found.days[0], found.days[-1]

    assert (first.kind, first.used) == (DayKind.RECEIVED, 0)
    assert [day.on - first.on for day in found.days] == [timedelta(days=n) for n in range(len(found.days))]
    assert last.used == found.budget == sum(day.kind is DayKind.COUNTED for day in found.days)
    assert found.due_at == CALENDAR.closes_at(last.on)


@given(histories(), st.integers(1, 30), UNITS, st.randoms(use_true_random=False))
def test_replayed_in_any_grouping_the_ledger_gives_the_same_standing(entries, budget, unit, chance: random.Random):
    now = entries[-1].at + timedelta(days=3)
    shuffled = chance.sample(entries, len(entries))

    assert standing(rule(budget, unit), shuffled, CALENDAR, now) == standing(rule(budget, unit), entries, CALENDAR, now)


@given(histories(), histories(), st.integers(1, 30), UNITS)
def test_lines_of_another_promise_and_notes_on_the_calendar_move_nothing(entries, others, budget, unit):
    now = max(entries[-1].at, others[-1].at)
    noise = [line(entry.kind, entry.at, promise="lain", days=entry.days) for entry in others]
    notes = [line(Entry.CALENDAR, entry.at, reason="2026-01-01 → 2026-01-02") for entry in others]

    noted = standing(rule(budget, unit), [*noise, *entries, *notes], CALENDAR, now)
    plain = standing(rule(budget, unit), entries, CALENDAR, now)
    assert replace(noted, moves=0) == replace(plain, moves=0)
    assert noted.moves >= plain.moves, "a calendar that took the day along takes it anew after each note"


@given(histories(), st.integers(1, 30), UNITS, st.lists(st.integers(0, 60 * 24), min_size=2, max_size=6))
def test_time_alone_gives_no_day_back_and_moves_no_date_that_runs(entries, budget, unit, steps):
    moment = entries[-1].at
    seen = []
    for minutes in steps:
        moment += timedelta(minutes=minutes)
        close = CALENDAR.closes_at(CALENDAR.on(moment))
        seen += [standing(rule(budget, unit), entries, CALENDAR, max(now, moment)) for now in (close - SECOND, close)]
        moment = max(moment, close)

    assert [found.used for found in seen] == sorted(found.used for found in seen)
    assert [found.due_at for found in seen] == sorted(found.due_at for found in seen)
    assert seen[0].state is PromiseState.PAUSED or len({found.due_at for found in seen}) == 1


@given(START, st.integers(1, 30), UNITS, GAPS, GAPS, st.integers(1, 9))
def test_a_pause_never_makes_a_date_earlier(start, budget, unit, before, length, extra):
    plain = [line(Entry.START, start), line(Entry.EXTEND, start + timedelta(minutes=before), days=extra)]
    pause = line(Entry.PAUSE, start + timedelta(minutes=before), element="lengkapi")
    resume = line(Entry.RESUME, pause.at + timedelta(minutes=length), element="lengkapi")
    now = resume.at + SECOND

    with_it, without = (standing(rule(budget, unit), e, CALENDAR, now).due_at for e in ([*plain, pause, resume], plain))

    assert with_it >= without


DECREED = holidays.country_holidays("ID", years=range(2016, 2029), categories=("public", "government"))


def walked(budget: int, unit: Unit, start: datetime, pauses: list[tuple[datetime, datetime]]) -> date:
    """The due day by looking at every day's close of office afresh: slow, plain, and shares no code with the engine."""

    def closed(day: date) -> bool:
        return day.weekday() > 4 or day in DECREED

    def close(day: date) -> datetime:
        return datetime.combine(day, time(14) if day.weekday() == 4 and not closed(day) else time(16), WIB)

    day = start.astimezone(WIB).date()
    if closed(day) or start > close(day):
        day += timedelta(days=1)
        while closed(day):
            day += timedelta(days=1)
    while budget:
        day += timedelta(days=1)
        ours = not any(since < close(day) <= until for since, until in pauses)
        if ours and (unit is Unit.CALENDAR_DAYS or not closed(day)):
            budget -= 1
    return day


@settings(max_examples=300)
@given(START, st.integers(1, 40), UNITS, st.lists(st.tuples(GAPS, GAPS), max_size=5))
def test_a_plain_walk_over_the_days_finds_the_same_date_through_any_pauses(start, budget, unit, gaps):
    entries, pauses, moment = [line(Entry.START, start)], [], start
    for before, length in gaps:
        since, until = moment + timedelta(minutes=before), moment + timedelta(minutes=before + length)
        entries += [line(Entry.PAUSE, since, element="x"), line(Entry.RESUME, until, element="x")]
        pauses.append((since, until))
        moment = until

    found = standing(rule(budget, unit), entries, CALENDAR, moment + SECOND)

    assert CALENDAR.on(found.due_at) == walked(budget, unit, start, pauses)


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("hour", [9, 15, 23])
def test_a_plain_walk_finds_the_same_date_for_every_day_of_ten_years(unit, hour):
    start = datetime(2017, 1, 1, hour, 30, tzinfo=WIB)
    while start.year < 2027 or start.month < 12:
        found = standing(rule(10, unit), [line(Entry.START, start)], CALENDAR, start)
        assert CALENDAR.on(found.due_at) == walked(10, unit, start, []), start
        start += timedelta(days=1)
