"""The calendar file: taken by calendars, the same event when the day moves, and no word about the citizen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from webapp.drawings.ics import WIDEST, Day, calendar_file

DAY = Day(
    uid="krk-2026-000123-layanan@janji.example",
    sequence=0,
    on=date(2026, 11, 30),
    title="Janji selesai: KRK, KRK-2026-000123",
    text="Baris satu; dua,\ntiga \\ empat",
    address="https://janji.example/lacak",
    written_at=datetime(2026, 11, 23, 3, 0, tzinfo=UTC),
)
PRINTED = st.text(st.characters(exclude_categories=("C",)), max_size=300)


def event(day: Day):
    """The one event of a file, as another program reads it."""
    calendar = Calendar.from_ical(calendar_file(day))
    assert calendar["METHOD"] == "PUBLISH"
    (found,) = calendar.walk("VEVENT")
    return found


def test_the_promised_day_is_a_whole_day_that_keeps_nobody_busy():
    found = event(DAY)

    assert found.decoded("DTSTART") == date(2026, 11, 30)
    assert found.decoded("DTEND") == date(2026, 12, 1)
    assert found["TRANSP"] == "TRANSPARENT"
    assert found["STATUS"] == "CONFIRMED"
    assert str(found["DESCRIPTION"]) == DAY.text


def test_a_day_that_moved_replaces_the_one_before():
    before, after = event(DAY), event(replace(DAY, on=date(2026, 12, 2), sequence=2))

    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_an_estimate_is_tentative():
    assert event(replace(DAY, sure=False))["STATUS"] == "TENTATIVE"


@given(PRINTED, PRINTED, st.integers(0, 99), st.dates(date(2020, 1, 1), date(2100, 1, 1)))
def test_any_text_comes_back_as_it_was_from_lines_no_longer_than_the_standard_allows(title, text, sequence, on):
    day = replace(DAY, title=title, text=text, sequence=sequence, on=on)
    file = calendar_file(day)

    assert file.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in file.replace(b"\r\n", b"")
    for line in file.split(b"\r\n"):
        assert len(line) <= WIDEST
        line.decode()  # no character is broken in two
    found = event(day)
    assert str(found["SUMMARY"]) == title
    assert str(found["DESCRIPTION"]) == text
    assert found.decoded("DTEND") - on == timedelta(days=1)


@given(st.text(max_size=200))
def test_no_text_begins_a_line_of_its_own(text):
    lines = calendar_file(replace(DAY, title=text)).split(b"\r\n")

    assert sum(line.startswith(b"BEGIN:") for line in lines) == 2
