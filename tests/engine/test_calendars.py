"""The city's days against the decrees, against examples worked by hand, and against a plain walk over ten years."""

import csv
import threading
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.calendars import Calendar, Hours, NationalHolidays, Period

WIB = ZoneInfo("Asia/Jakarta")
LONG_DAY, FRIDAY = Hours(time(8), time(16)), Hours(time(7, 30), time(14))
WEEK = {0: LONG_DAY, 1: LONG_DAY, 2: LONG_DAY, 3: LONG_DAY, 4: FRIDAY}
DECREES = Path(__file__).with_name("decreed_days.csv")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return Calendar(WIB, WEEK, NationalHolidays("ID"), decreed_until=2026)


def decreed(year: int) -> dict[date, str]:
    with DECREES.open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        days = {date.fromisoformat(row["tanggal"]): row["nama"] for row in rows}
    return {on: name for on, name in days.items() if on.year == year}


@pytest.mark.parametrize("year", [2017, 2025, 2026, 2027])
def test_every_decreed_holiday_and_cuti_bersama_is_closed_and_nothing_else(calendar, year):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year, 12, 31) - first).days + 1)]

    closed = {on for on in days if on.weekday() < 5 and not calendar.is_open(on)}

    assert closed == {on for on in decreed(year) if on.weekday() < 5}


@pytest.mark.parametrize(("year", "working_days"), [(2017, 239), (2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_its_known_number_of_working_days(calendar, year, working_days):
    assert calendar.working_days_between(date(year - 1, 12, 31), date(year, 12, 31)) == working_days


def test_the_default_of_the_package_would_have_missed_this_cuti_bersama(calendar):
    assert calendar.closed_because(date(2026, 3, 20)) == "Cuti Bersama Hari Raya Idul Fitri"


@pytest.mark.parametrize(
    ("on", "reason"),
    [
        (date(2026, 3, 19), "Hari Suci Nyepi"),
        (date(2026, 11, 28), "Sabtu"),
        (date(2026, 11, 29), "Minggu"),
        (date(2026, 11, 23), None),
    ],
)
def test_a_closed_day_says_why_in_indonesian(calendar, on, reason):
    assert calendar.closed_because(on) == reason


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
def test_ten_working_days_end_where_they_were_worked_out_to_end(calendar, received, due):
    assert calendar.last_day(date.fromisoformat(received), 10) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("arrives", "day_zero"),
    [
        ("2026-11-23T09:00", "2026-11-23"),
        ("2026-11-23T00:01", "2026-11-23"),
        ("2026-11-23T16:00", "2026-11-23"),
        ("2026-11-23T16:00:01", "2026-11-24"),
        ("2026-11-27T14:30", "2026-11-30"),
        ("2026-11-28T09:00", "2026-11-30"),
        ("2026-12-24T16:59", "2026-12-28"),
        ("2017-06-22T17:00", "2017-07-03"),
    ],
)
def test_what_arrives_after_closing_or_on_a_closed_day_is_received_on_the_next_open_one(calendar, arrives, day_zero):
    assert calendar.received_on(at(arrives)) == date.fromisoformat(day_zero)


def test_the_day_is_the_day_of_the_city_not_of_greenwich(calendar):
    assert calendar.on(datetime(2026, 11, 23, 17, 30, tzinfo=UTC)) == date(2026, 11, 24)


def test_instants_are_given_in_utc(calendar):
    assert calendar.closes_at(date(2026, 11, 23)) == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert calendar.closes_at(date(2026, 11, 23)).tzinfo is UTC
    assert calendar.opens_at(date(2026, 11, 27)) == datetime(2026, 11, 27, 0, 30, tzinfo=UTC)


def test_a_closed_day_borrows_the_usual_closing_hour(calendar):
    assert calendar.closes_at(date(2026, 12, 25)) == at("2026-12-25T16:00")
    assert calendar.closes_at(date(2026, 11, 29)) == at("2026-11-29T16:00")


def test_a_term_of_no_days_is_refused(calendar):
    with pytest.raises(ValueError, match="at least 1"):
        calendar.last_day(date(2026, 11, 23), 0)


def test_a_city_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="never opens"):
        Calendar(WIB, {}, {}, 2026)


def test_hours_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="not after it opens"):
        Hours(time(16), time(8))


def test_the_next_and_the_previous_open_day_are_never_the_day_itself(calendar):
    assert calendar.next_open(date(2026, 11, 27)) == date(2026, 11, 30)
    assert calendar.previous_open(date(2026, 11, 30)) == date(2026, 11, 27)


def test_working_days_backwards_are_negative(calendar):
    assert calendar.working_days_between(date(2026, 12, 7), date(2026, 11, 23)) == -10


def test_a_term_given_an_instant_ends_at_close_of_office(calendar):
    assert calendar.plus_working_days(at("2026-11-23T16:30"), 3) == at("2026-11-27T14:00")


def test_a_day_walk_written_here_finds_the_same_last_day_for_ten_years(calendar):
    national = NationalHolidays("ID")
    received = date(2017, 1, 1)
    while received < date(2027, 12, 1):
        for term in (1, 5, 14):
            walker, left = received, term
            while left:
                walker = date.fromordinal(walker.toordinal() + 1)
                if walker.isoweekday() <= 5 and national.get(walker) is None:
                    left -= 1
            assert calendar.last_day(received, term) == walker
            assert calendar.working_days_between(received, walker) == term
        received += timedelta(days=3)


def test_a_year_not_yet_decreed_is_an_estimate(calendar):
    assert calendar.is_estimate(date(2027, 1, 4))
    assert not calendar.is_estimate(date(2026, 12, 31), since=date(2026, 12, 1))


def test_in_a_decreed_year_only_a_term_that_touches_the_moon_is_an_estimate():
    calendar = Calendar(WIB, WEEK, NationalHolidays("ID"), decreed_until=2027)

    assert calendar.is_estimate(date(2027, 3, 18), since=date(2027, 3, 4))
    assert calendar.is_estimate(date(2027, 3, 9), since=date(2027, 3, 2))
    assert not calendar.is_estimate(date(2027, 4, 8), since=date(2027, 4, 1))


def test_confirming_an_estimated_holiday_ends_the_estimate():
    lebaran = {date(2027, 3, 10): "Hari Raya Idul Fitri", date(2027, 3, 11): "Hari kedua Idul Fitri"}
    calendar = Calendar(WIB, WEEK, NationalHolidays("ID", lebaran), decreed_until=2027)

    assert not calendar.is_estimate(date(2027, 3, 18), since=date(2027, 3, 4))


def test_a_city_can_close_a_day_and_open_another():
    corrected = NationalHolidays("ID", {date(2026, 11, 24): "Hari Jadi Kota", date(2026, 12, 24): None})
    calendar = Calendar(WIB, WEEK, corrected, 2026)

    assert calendar.closed_because(date(2026, 11, 24)) == "Hari Jadi Kota"
    assert calendar.is_open(date(2026, 12, 24))


def test_ramadan_hours_move_the_closing_but_not_the_count():
    ramadan = Period(date(2026, 11, 23), date(2026, 11, 24), {0: Hours(time(8), time(15, 15))})
    plain, shorter = (Calendar(WIB, WEEK, {}, 2026, periods) for periods in ((), (ramadan,)))

    assert shorter.closes_at(date(2026, 11, 23)) == at("2026-11-23T15:15")
    assert shorter.closes_at(date(2026, 11, 24)) == at("2026-11-24T16:00")
    assert shorter.received_on(at("2026-11-23T15:30")) == date(2026, 11, 24)
    assert shorter.last_day(date(2026, 11, 20), 5) == plain.last_day(date(2026, 11, 20), 5)


def test_many_threads_asking_at_once_get_the_same_year():
    calendar = Calendar(WIB, WEEK, NationalHolidays("ID"), 2026)
    gate, answers = threading.Barrier(8), []

    def ask() -> None:
        gate.wait()
        answers.append(tuple(calendar.working_days_between(date(y - 1, 12, 31), date(y, 12, 31)) for y in (2025, 2026)))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [(237, 240)] * 8
