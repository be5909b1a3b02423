"""What a citizen takes away: the receipt with what comes next, and the promised day for their own calendar."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar, Event

from engine.model import Entry
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import CODE, MONDAY, REFERENCE, TOKEN, janji, promise, tracking
from webapp.drawings.arrival import arrival

FILE = f"/t/{TOKEN}/janji.ics"
PAGE = f"/t/{TOKEN}"
WEDNESDAY = MONDAY + timedelta(days=2)
ANSWERS = {"jenis": "perorangan", "nama": "Siti Rahmawati", "nik": "3374015203850001"}


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(janji())


def runs(visitor: Visitor, *entries: tuple[Entry, datetime], now: datetime = WEDNESDAY, sure: bool = True) -> None:
    """Put a case with this ledger behind the link."""
    visitor.janji.clock.move_to(now)
    standing = promise(now, *entries, city=visitor.janji.city) if entries else None
    if standing and not sure:
        standing = replace(standing, estimate=True)
    visitor.janji.queries.cases[TOKEN] = tracking(visitor.janji.city, promise=standing, as_of=now)


def event(visitor: Visitor) -> Event:
    answer = visitor.get(FILE)
    assert answer.mimetype == "text/calendar"
    (found,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return found


def received(visitor: Visitor) -> str:
    form = "/layanan/krk/ajukan"
    visitor.send(form, {**ANSWERS, "kelurahan": "33.74.01.1001", "pernyataan": "true", "ktp": "dok-ktp"})
    return str(visitor.get(visitor.send(f"{form}/periksa", {}).headers["Location"]).text)


def test_a_running_promise_is_a_day_in_ones_own_calendar(visitor):
    runs(visitor, (Entry.START, MONDAY))

    found = event(visitor)

    assert found.decoded("DTSTART") == date(2026, 11, 30)
    assert str(found["SUMMARY"]) == f"Janji selesai: Keterangan Rencana Kota, {REFERENCE}"
    assert f'href="{FILE}"' in visitor.get(PAGE).text
    assert visitor.get(FILE).headers["Cache-Control"] == "private, no-store"
    assert f'filename="{REFERENCE}.ics"' in visitor.get(FILE).headers["Content-Disposition"]


def test_when_the_day_moves_it_is_the_same_event_with_a_higher_number(visitor):
    runs(visitor, (Entry.START, MONDAY))
    before = event(visitor)
    runs(visitor, (Entry.START, MONDAY), (Entry.PAUSE, MONDAY), (Entry.RESUME, WEDNESDAY))
    after = event(visitor)

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") > before.decoded("DTSTART")


def test_the_file_travels_so_it_holds_neither_the_link_nor_a_person(visitor):
    runs(visitor, (Entry.START, MONDAY))

    text = visitor.get(FILE).text.replace("\r\n ", "")

    assert TOKEN not in text
    assert CODE not in text
    assert "Siti" not in text
    assert "case-1" not in text
    assert "URL:http://127.0.0.1:8000/lacak" in text


def test_an_estimate_says_so_in_the_calendar_too(visitor):
    runs(visitor, (Entry.START, MONDAY), sure=False)

    assert "(perkiraan)" in str(event(visitor)["SUMMARY"])
    assert event(visitor)["STATUS"] == "TENTATIVE"


@pytest.mark.parametrize(
    ("ledger", "why"),
    [
        ((), "janji dihitung setelah berkas dinyatakan lengkap"),
        (((Entry.START, MONDAY), (Entry.PAUSE, MONDAY)), "menunggu jawaban Anda"),
        (((Entry.START, MONDAY), (Entry.KEEP, WEDNESDAY)), "sudah dipenuhi"),
        (((Entry.START, MONDAY), (Entry.CANCEL, WEDNESDAY)), "sudah ditutup"),
    ],
    ids=["not begun", "paused", "kept", "cancelled"],
)
def test_without_a_firm_day_there_is_no_file_and_the_case_says_why(visitor, ledger, why):
    runs(visitor, *ledger)

    answer = visitor.get(FILE)

    assert answer.headers["Location"] == PAGE
    page = visitor.get(PAGE)
    assert why in words(page)
    assert f'href="{FILE}"' not in page.text


def test_a_wrong_link_opens_no_calendar(visitor):
    assert visitor.get("/t/zzzzzzzzzzzzzzzzzzzzzzzzzz/janji.ics").status_code == 404


def test_the_receipt_says_what_comes_next_where_to_ask_and_that_there_is_no_calendar_day_yet(visitor):
    page = received(visitor)

    text = words(type("Page", (), {"text": page}))
    assert "Sesudah ini Pendaftaran Verifikasi berkas" in text
    assert "Dinas Penataan Ruang Kota Semarang" in text
    assert "Telepon: belum diketahui" in text
    assert "Belum ada tanggal untuk kalender" in text


def test_the_receipt_can_be_taken_from_paper_with_a_camera_that_asks_nobody_else(visitor):
    page = received(visitor)

    drawn = re.search(r'<svg[^>]*class="qr".*?</svg>', page, re.DOTALL)
    assert drawn
    assert "style=" not in drawn.group(0), "the content policy lets no style run"


@pytest.mark.parametrize(
    ("at", "day_zero", "closes"),
    [
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), date(2026, 11, 23), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 23), datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        (datetime(2026, 11, 23, 9, 1, tzinfo=UTC), date(2026, 11, 24), None),
        (datetime(2026, 11, 28, 3, 0, tzinfo=UTC), date(2026, 11, 30), None),
    ],
    ids=["morning", "at the stroke of closing", "a minute later", "Saturday"],
)
def test_what_comes_after_closing_counts_from_the_next_open_day(visitor, at, day_zero, closes):
    found = arrival(at, visitor.janji.city.calendar)

    assert found.on == day_zero
    assert found.closes_at == closes
    assert found.later_on > visitor.janji.city.calendar.on(at)
