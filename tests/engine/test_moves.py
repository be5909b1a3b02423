"""A date that moved says from when to when, why, and by whom; a date that stands moved never."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.model import Cause, Entry, LedgerEntry, Unit
from engine.promises import moves, spells, standing
from tests.engine.test_promises import CALENDAR, at, line, rule

START = line(Entry.START, "2026-11-23T09:00")
PAUSE = line(Entry.PAUSE, "2026-11-24T09:00", element="lengkapi")
RESUME = line(Entry.RESUME, "2026-11-26T09:00", element="lengkapi")


def moved(*entries: LedgerEntry, budget: int = 3, now: str = "2027-01-20T09:00"):
    return moves(rule(budget), entries, CALENDAR, at(now))


def test_a_promise_that_ran_through_was_never_moved():
    assert moved(START, line(Entry.KEEP, "2026-11-25T09:00")) == ()


def test_an_answer_two_days_later_moves_the_date_by_two_days_and_says_who_asked():
    (move,) = moved(START, PAUSE, RESUME)

    assert (move.cause, move.from_on, move.to_on) == (Cause.APPLICANT, date(2026, 11, 26), date(2026, 11, 30))
    assert (move.element, move.by, move.since, move.at) == ("lengkapi", "rini", PAUSE.at, RESUME.at)


def test_an_answer_on_the_same_day_moves_nothing_but_stays_a_time_that_was_told():
    same_day = line(Entry.RESUME, "2026-11-24T11:00", element="lengkapi")

    assert moved(START, PAUSE, same_day) == ()
    assert [(one.since, one.until) for one in spells("layanan", (START, PAUSE, same_day))] == [(PAUSE.at, same_day.at)]


def test_while_the_applicant_holds_it_the_move_goes_on():
    (move,) = moved(START, PAUSE, now="2026-11-26T10:00")

    assert (move.goes_on, move.to_on) == (True, date(2026, 11, 30))


def test_an_outage_and_an_extension_are_told_apart():
    dark = line(Entry.OUTAGE, "2026-11-24T08:30", reason="Listrik padam")
    light = line(Entry.RESUME, "2026-11-26T07:00")
    more = line(Entry.EXTEND, "2026-11-27T09:00", days=2, reason="Survei ulang")

    found = moved(START, dark, light, more)

    assert [(m.cause, m.reason) for m in found] == [
        (Cause.OUTAGE, "Listrik padam"),
        (Cause.EXTENSION, "Survei ulang"),
    ]


def test_an_outage_that_begins_while_the_applicant_holds_it_answers_only_for_its_own_days():
    dark = line(Entry.OUTAGE, "2026-11-25T08:30", reason="Listrik padam")
    answered, light = line(Entry.RESUME, "2026-11-26T09:00", element="lengkapi"), line(Entry.RESUME, "2026-11-27T07:00")

    found = moved(START, PAUSE, dark, answered, light)

    assert [(m.cause, m.from_on.day, m.to_on.day) for m in found] == [
        (Cause.APPLICANT, 26, 27),
        (Cause.OUTAGE, 27, 30),
        (Cause.OUTAGE, 30, 1),
    ]


def test_a_change_of_calendar_names_both_days_and_corrects_what_was_told_before_it():
    changed = line(Entry.CALENDAR, "2026-11-27T09:00", reason="2026-12-01 → 2026-11-30 · Libur dicabut (SE-7)")

    found = moved(START, PAUSE, RESUME, changed)

    assert [(m.cause, m.from_on, m.to_on) for m in found] == [
        (Cause.APPLICANT, date(2026, 11, 26), date(2026, 12, 1)),
        (Cause.CALENDAR, date(2026, 12, 1), date(2026, 11, 30)),
    ]
    assert found[-1].reason == "Libur dicabut (SE-7)"


def test_an_outage_that_is_ordered_with_its_end_moves_the_date_once_and_by_its_paper():
    dark = line(Entry.OUTAGE, "2026-11-25T08:00", reason="SE-8")
    light = line(Entry.RESUME, "2026-11-26T08:00", reason="SE-8")
    noted = line(Entry.CALENDAR, "2026-11-24T09:00", reason="2026-11-26 → 2026-11-27 · Listrik padam (SE-8)")

    (move,) = moved(START, noted, dark, light)

    assert (move.cause, move.reason) == (Cause.OUTAGE, "Listrik padam (SE-8)")
    assert [(one.since, one.until) for one in spells("layanan", (START, noted, dark, light))] == [(dark.at, light.at)]


def test_an_extension_and_the_line_that_records_it_are_one_move():
    more = line(Entry.EXTEND, "2026-11-24T09:00", days=2, reason="Survei ulang")
    noted = line(Entry.CALENDAR, "2026-11-24T09:00", reason="2026-11-26 → 2026-11-30 · Survei ulang")

    assert [(m.cause, m.to_on.day) for m in moved(START, more, noted)] == [(Cause.EXTENSION, 30)]


HAPPENINGS = st.sampled_from([Entry.PAUSE, Entry.RESUME, Entry.OUTAGE, Entry.EXTEND, Entry.KEEP, Entry.START])


@settings(max_examples=300, deadline=None)
@given(
    happened=st.lists(st.tuples(st.integers(0, 60 * 24 * 40), HAPPENINGS, st.booleans()), max_size=14),
    budget=st.integers(1, 12),
    unit=st.sampled_from(Unit),
    asked=st.integers(60 * 24 * 40, 60 * 24 * 60),
)
def test_whatever_happens_the_moves_lead_without_a_gap_from_the_first_date_to_the_one_that_stands(
    happened, budget, unit, asked
):
    entries = [START] + [
        line(kind, START.at + timedelta(minutes=minute), days=2, element="lengkapi" if shaped else "")
        for minute, kind, shaped in sorted(happened, key=lambda one: one[0])
    ]
    now, promised = START.at + timedelta(minutes=asked), rule(budget, unit)

    found = moves(promised, entries, CALENDAR, now)

    first_on = CALENDAR.on(standing(promised, entries[:1], CALENDAR, START.at).due_at)
    stands_on = CALENDAR.on(standing(promised, entries, CALENDAR, now).due_at)
    days = [first_on, *(move.to_on for move in found)]
    assert [move.from_on for move in found] == days[:-1]
    assert days[-1] == stands_on
    assert all(move.from_on < move.to_on for move in found), "nothing a person does can bring a promised date forward"


@pytest.mark.parametrize("closing", [Entry.KEEP, Entry.CANCEL])
def test_what_ends_the_promise_ends_the_time_it_stood_still(closing):
    over = line(closing, "2026-11-25T09:00")

    assert [(one.cause, one.until) for one in spells("layanan", (START, PAUSE, over))] == [(Cause.APPLICANT, over.at)]
