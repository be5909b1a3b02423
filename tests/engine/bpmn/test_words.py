from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.bpmn import instants
from engine.bpmn.expressions import Evaluator, ExpressionFailed
from engine.bpmn.instants import Span
from engine.bpmn.interpreter import Interpreter
from engine.bpmn.words import Words
from engine.calendars import Calendar

from .walking import CALENDAR, MONDAY, Dates, words

PRAGUE = Calendar(ZoneInfo("Europe/Prague"), CALENDAR.week, {}, 2030)


def at(text: str, now: datetime = MONDAY, due_at: datetime | None = None, **data: object) -> object:
    found = Interpreter(words(now, due_at), data)
    said = found.value(text, {})
    return datetime.fromisoformat(said) if isinstance(said, str) and "T" in said else said


def jakarta(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CALENDAR.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("working_days(3)", jakarta(11, 26, 16)),
        ("days(14)", jakarta(12, 7, 9)),
        ("hours(4)", jakarta(11, 23, 13)),
        ("minutes(5)", jakarta(11, 23, 9, 5)),
        ('end_of("2026-12-24")', jakarta(12, 24, 16)),
        ('end_of("survei.hari")', jakarta(11, 25, 16)),
        ("end_of(survei.hari)", jakarta(11, 25, 16)),
        ('end_of("survei.saat")', jakarta(11, 26, 16)),
        ('days_before("survei.hari", 2)', jakarta(11, 23, 8)),
        ("days_before(end_of(survei.hari), 2)", jakarta(11, 23, 16)),
        ('due("layanan")', MONDAY + timedelta(days=10)),
        ('before_due("layanan", working_days=2)', MONDAY + timedelta(days=8)),
        ('after_due("layanan", working_days=1)', MONDAY + timedelta(days=11)),
        ('at_share("layanan", 50)', MONDAY + timedelta(days=5)),
        ("today()", "2026-11-23"),
    ],
)
def test_words_answer_with_an_instant_in_utc(text, found):
    survei = {"hari": "2026-11-25", "saat": "2026-11-25T22:00:00+00:00"}
    assert at(text, due_at=MONDAY + timedelta(days=10), survei=survei) == found


def test_words_of_a_promise_without_a_date_answer_none():
    assert at('due("layanan")') is None
    assert at('at_share("layanan", 50)') is None


def test_today_is_the_day_in_the_city_not_in_utc():
    assert at("today()", now=datetime(2026, 11, 23, 20, tzinfo=UTC)) == "2026-11-24"


@pytest.mark.parametrize(
    "text",
    [
        "days(0)",
        "days(-1)",
        "days(1.5)",
        "days('3')",
        "working_days()",
        "every()",
        "every(days=1, hours=1)",
        "every(weeks=1)",
        "end_of('survei')",
        "end_of(7)",
        "end_of('2026-99-99')",
        "days_before('2026-12-24', 0)",
        "days(True)",
        "days(999999)",
    ],
)
def test_words_that_are_said_wrongly_fail(text):
    with pytest.raises(ExpressionFailed):
        at(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-12-24T12:00", jakarta(12, 24, 12)),
        ("2026-12-24T12:00:00Z", datetime(2026, 12, 24, 12, tzinfo=UTC)),
        ("2026-12-24T12:00+09:00", datetime(2026, 12, 24, 3, tzinfo=UTC)),
        ("2026-12-24", jakarta(12, 24, 16)),
    ],
)
def test_iso_text_without_an_offset_is_wall_time_of_the_city(text, found):
    assert instants.instant(text, CALENDAR) == found


def test_a_naive_summer_time_written_in_winter_is_summer_time():
    assert instants.instant("2026-07-01T12:00", PRAGUE) == datetime(2026, 7, 1, 10, tzinfo=UTC)
    assert instants.instant("2026-12-01T12:00", PRAGUE) == datetime(2026, 12, 1, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("P3D", Span(0, 3, 0)),
        ("P1Y2M3W4DT5H6M7S", Span(14, 25, 18367)),
        ("PT36H", Span(0, 0, 129600)),
        ("P2W", Span(0, 14)),
    ],
)
def test_durations_are_read(text, found):
    assert instants.span(text) == found


@pytest.mark.parametrize(
    "text", ["P", "PT", "P1DT", "-P1D", "P1.5D", "1D", "P1D ", "p1d", "P1H", "PT1D", "P999999999D"]
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="duration"):
        instants.span(text)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert instants.plus(jakarta(1, 31, 9), Span(months=1), CALENDAR) == jakarta(2, 28, 9)


def test_a_day_is_a_day_on_the_wall_also_when_the_clocks_change():
    before = datetime(2026, 10, 24, 7, tzinfo=UTC)
    assert instants.plus(before, Span(days=1), PRAGUE) == datetime(2026, 10, 25, 8, tzinfo=UTC)
    assert instants.plus(before, Span(seconds=86400), PRAGUE) == datetime(2026, 10, 25, 7, tzinfo=UTC)


@pytest.mark.parametrize("text", ["R3", "R/P0D", "R/PT0S", "0 9 * * *", "R-1/P1D", "R3/P1D/2026-01-01", "P1D"])
def test_what_is_no_cycle_is_refused(text):
    with pytest.raises(ValueError, match=r"cycle|duration"):
        instants.cycle(text, CALENDAR)


@pytest.mark.parametrize(
    "span", [Span(seconds=60), Span(days=1), Span(days=7), Span(months=1), Span(seconds=7 * 3600 + 1)]
)
@pytest.mark.parametrize("calendar", [CALENDAR, PRAGUE])
def test_the_next_occurrence_is_the_one_a_patient_walk_finds(span, calendar):
    base = datetime(2026, 3, 1, 7, tzinfo=UTC)
    for now in (base, base + timedelta(days=27, hours=23), base + timedelta(days=31)):
        walked = base
        while walked <= now:
            walked = instants.plus(walked, span, calendar)
        found = instants.next_after(base, span, now, calendar)
        assert found > now
        if not span.months and calendar is CALENDAR:
            assert found == walked


def test_a_cycle_of_minutes_missed_for_a_year_is_found_at_once():
    found = Words(MONDAY + timedelta(days=365), CALENDAR, Dates()).next_in({"minutes": 1}, MONDAY)
    assert found == MONDAY + timedelta(days=365, minutes=1)


def test_an_evaluator_can_be_made_a_thousand_times_without_touching_the_warning_filters():
    import warnings

    before = list(warnings.filters)
    for _ in range(1000):
        Evaluator({}, {}).value("1")
    assert warnings.filters == before
