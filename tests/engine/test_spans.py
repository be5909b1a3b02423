"""Spans of time as the office writes them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.city import read_city
from engine.stories.spans import moved

CALENDAR = read_city(Path("processes")).calendar
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("span", "local"),
    [
        ("+1wd", "2026-11-24 09:00"),
        ("+5wd", "2026-11-30 09:00"),
        ("+10d", "2026-12-03 09:00"),
        ("+4h", "2026-11-23 13:00"),
        ("+30m", "2026-11-23 09:30"),
        ("2026-12-24T16:59", "2026-12-24 16:59"),
    ],
)
def test_a_span_moves_to_the_local_time_a_person_expects(span, local):
    assert f"{moved(MONDAY_NINE, span, CALENDAR).astimezone(CALENDAR.zone):%Y-%m-%d %H:%M}" == local


def test_working_days_skip_cuti_bersama_and_christmas():
    wednesday = datetime(2026, 12, 23, 2, 0, tzinfo=UTC)

    assert CALENDAR.on(moved(wednesday, "+1wd", CALENDAR)).isoformat() == "2026-12-28"


@pytest.mark.parametrize("nonsense", ["", "+3", "3wd", "tomorrow", "+-1d", "+1y", "2026-13-01"])
def test_nonsense_is_answered_with_what_to_write_instead(nonsense):
    with pytest.raises(ValueError, match=r"\+3wd"):
        moved(MONDAY_NINE, nonsense, CALENDAR)
