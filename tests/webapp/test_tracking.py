"""The citizen's own case: the date first, whose turn it is, all stages, and where the date comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from engine.model import Entry
from engine.views import Act, Closed, Event, StageState, Tracking, Urgency, Window
from tests.webapp.browsing import Visitor, headings, words
from tests.webapp.fakes import (
    MONDAY,
    SCAN,
    TOKEN,
    citizens_task,
    janji,
    permit,
    promise,
    stage_rows,
    tracking,
)

PAGE = f"/t/{TOKEN}"
WEDNESDAY = MONDAY + timedelta(days=2)


@pytest.fixture
def visitor() -> Visitor:
    return Visitor(janji())


def shows(visitor: Visitor, **changes: object) -> Tracking:
    """Put a case behind the token."""
    seen = tracking(visitor.janji.city, **changes)
    visitor.janji.queries.cases[TOKEN] = seen
    return seen


def running(visitor: Visitor, now=WEDNESDAY, *more, **changes) -> Tracking:
    city = visitor.janji.city
    visitor.janji.clock.move_to(now)
    return shows(visitor, promise=promise(now, (Entry.START, MONDAY), *more, city=city), as_of=now, **changes)


def test_the_promised_day_and_whose_turn_it_is_come_before_everything_else(visitor):
    running(visitor)

    page = visitor.get(PAGE)

    first = words(page).partition("Perjalanan berkas")[0]
    assert "Senin, 30 Nov 2026" in first
    assert "Sisa 3 hari kerja." in first
    assert "Sekarang di tangan Verifikator berkas" in first
    assert "Kami sedang memeriksa kelengkapan berkas Anda." in first


def test_all_stages_stand_in_order_with_their_state_in_words_and_one_current_step(visitor):
    running(visitor, stages=stage_rows(2))

    page = visitor.get(PAGE)

    stages = page.text.partition('<ol class="stages">')[2].partition("</ol>")[0]
    assert stages.count("<li") == 6
    assert stages.count('aria-current="step"') == 1
    assert stages.index("Verifikasi berkas") < stages.index("Sedang berjalan") < stages.index("KRK terbit")
    assert stages.count("Belum mulai") == 3


def test_the_sections_stand_in_the_order_a_person_asks_for_them(visitor):
    running(visitor)

    assert headings(visitor.get(PAGE)) == [
        "Perjalanan berkas",
        "Siapa yang memegang sekarang",
        "Dari mana tanggal ini?",
        "Lampiran",
        "Riwayat",
        "Yang dapat Anda lakukan",
    ]


def test_when_it_is_my_turn_the_page_says_what_is_wanted_by_when_and_that_the_clock_stands_still(visitor):
    due = MONDAY + timedelta(days=14)
    running(
        visitor,
        WEDNESDAY,
        (Entry.PAUSE, MONDAY + timedelta(days=1)),
        task=citizens_task(due),
        task_due_at=due,
        reason="Foto KTP buram.",
        stages=stage_rows(1, StageState.YOURS),
        urgency=Urgency.APPLICANT,
    )

    text = words(visitor.get(PAGE))

    assert "Menunggu Anda" in text.partition("Giliran Anda")[0]
    box = text.partition("Giliran Anda")[2].partition("Perjalanan berkas")[0]
    assert "Perbaiki berkas yang belum sesuai" in box
    assert "Foto KTP buram." in box
    assert "Senin, 7 Des 2026" in box
    assert "Jam kami berhenti sejak Senin, 23 Nov 2026" in box
    assert "1 hari menunggu Anda, tidak dihitung" in text, "today still counts as ours until the office closes"


def test_a_missed_date_is_admitted_with_the_remedy_and_not_hidden(visitor):
    running(visitor, MONDAY + timedelta(days=10), urgency=Urgency.LATE, stages=stage_rows(3, StageState.LATE))

    text = words(visitor.get(PAGE))

    assert "Kami terlambat 3 hari kerja. Kami mohon maaf." in text
    assert "Lewat batas" in text
    assert "Senin, 30 Nov 2026" in text
    assert "mengajukan keberatan tertulis kepada atasan" in text


def test_before_the_file_is_complete_the_date_is_only_what_it_would_be(visitor):
    shows(visitor, promise=promise(MONDAY, city=visitor.janji.city))

    page = visitor.get(PAGE)

    assert "Bila berkas lengkap hari ini, selesai Senin, 30 Nov 2026" in words(page)
    assert "Belum mulai dihitung" in words(page)
    assert 'class="leaf open"' in page.text


def test_a_kept_promise_says_how_much_earlier(visitor):
    case = replace(tracking(visitor.janji.city).case, outcome="terbit", ended_at=WEDNESDAY)
    shut = (Window(Act.WITHDRAW, Closed.OVER, at=WEDNESDAY),)
    running(visitor, WEDNESDAY, (Entry.KEEP, WEDNESDAY), case=case, may_withdraw=False, windows=shut)

    text = words(visitor.get(PAGE))

    assert "KRK sudah terbit." in text
    assert "Dipenuhi pada Rabu, 25 Nov 2026" in text
    assert "Lebih cepat dari janji kami, Senin, 30 Nov 2026." in text
    assert "Siapa yang memegang sekarang" not in text
    assert "Berkas tidak dapat ditarik lagi: sudah selesai pada Rabu, 25 Nov 2026." in text


def test_what_is_ready_on_the_promised_day_is_not_called_early(visitor):
    due_day = MONDAY + timedelta(days=7)
    running(visitor, due_day, (Entry.KEEP, due_day))

    assert "Tepat pada hari yang kami janjikan." in words(visitor.get(PAGE))


def test_once_the_promise_is_kept_an_open_question_is_an_offer_and_not_a_duty(visitor):
    running(visitor, WEDNESDAY, (Entry.KEEP, WEDNESDAY), task=citizens_task(), holder_role=None)

    text = words(visitor.get(PAGE))

    assert "Bila perlu Perbaiki berkas yang belum sesuai" in text
    assert "Giliran Anda" not in text
    assert "Sekarang di tangan" not in text


def test_a_case_taken_up_again_after_its_promise_still_says_who_has_it(visitor):
    running(visitor, WEDNESDAY, (Entry.KEEP, WEDNESDAY), holder_role="penghubung", holder_unit="dpu")

    text = words(visitor.get(PAGE))

    assert "Sekarang di tangan Pejabat penghubung" in text
    assert "Dinas Pekerjaan Umum" in text


def test_the_history_tells_of_escalations_and_leaves_out_reminders_between_colleagues(visitor):
    told = (
        Event(WEDNESDAY, "deliver", "penarikan", "case-1", "pemohon", True, {"message": "penarikan"}),
        Event(WEDNESDAY, "wake", "jatuh_tempo", "clock", "clock", True, {"rungs": ["kepala_opd"]}),
        Event(WEDNESDAY, "wake", "peringatan_50", "clock", "clock", True, {"rungs": [], "closed": []}),
        Event(WEDNESDAY, "wake", "batas_perbaikan", "clock", "clock", True, {"closed": [["perbaikan", "cancelled"]]}),
        Event(MONDAY, "complete", "verifikasi_berkas", "x", "verifikator", True),
    )
    running(visitor, history=told)

    text = words(visitor.get(PAGE)).partition("Riwayat")[2]

    assert "Berkas ditarik" in text
    assert "Dinaikkan ke atasan: Kepala OPD" in text
    assert "batas_perbaikan" in text
    assert "peringatan_50" not in text
    assert "Verifikasi berkas: selesai dikerjakan" in text
    assert "Verifikator berkas" in text


def test_a_broken_promise_stays_told_after_the_end(visitor):
    late = MONDAY + timedelta(days=14)
    case = replace(tracking(visitor.janji.city).case, outcome="terbit", ended_at=late)
    running(visitor, late, (Entry.KEEP, late), case=case)

    assert "Seharusnya selesai Senin, 30 Nov 2026." in words(visitor.get(PAGE))


def test_a_case_without_any_promise_still_has_a_page(visitor):
    visitor.janji.queries.services_offered[0] = replace(
        visitor.janji.queries.services_offered[0],
        facts=replace(visitor.janji.queries.services_offered[0].facts, promises=()),
    )
    shows(visitor, promise=None)

    page = visitor.get(PAGE)

    assert page.status_code == 200
    assert 'class="leaf' not in page.text


def test_an_issued_permit_can_be_downloaded_and_checked(visitor):
    paper = replace(SCAN, id="terbit", name="krk.pdf", origin="issued", sha256="c" * 64)
    shows(visitor, permits=(permit(),), documents=(SCAN, paper))

    page = visitor.get(PAGE)

    assert f'href="{PAGE}/berkas/terbit"' in page.text
    assert 'href="/v/KRK-2026-0001"' in page.text
    assert "krk.pdf" not in page.text, "the issued paper stands with its permit, not among the attachments"


def test_what_was_said_on_the_way_to_a_permit_is_not_told_as_the_answer(visitor):
    seen = shows(visitor, permits=(permit(),), reason="Jumlah kurang Rp25.000.")
    visitor.janji.queries.cases[TOKEN] = replace(seen, case=replace(seen.case, outcome="terbit"))

    assert "Jumlah kurang" not in words(visitor.get(PAGE))


def test_the_tracking_page_and_its_styles_stay_under_fifty_kilobytes(visitor):
    history = tracking(visitor.janji.city).history * 40
    running(visitor, history=history)
    page = visitor.get(PAGE)

    styles = [visitor.get(path) for path in sheets(page.text)]

    assert styles
    assert len(page.data) + sum(len(sheet.data) for sheet in styles) <= 50_000
    assert len(visitor.get("/static/janji.css").data) <= 14_000


def sheets(html: str) -> list[str]:
    return [part.partition('"')[2].partition('"')[0] for part in html.split('<link rel="stylesheet" href')[1:]]


def test_the_sum_behind_the_date_lists_every_day_with_its_reason(visitor):
    running(
        visitor,
        MONDAY + timedelta(days=3),
        (Entry.PAUSE, MONDAY + timedelta(days=1)),
        (Entry.RESUME, MONDAY + timedelta(days=3)),
    )

    page = visitor.get(f"{PAGE}/hitungan")

    rows = [words_of(row) for row in page.text.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr")[1:]]
    assert rows[0].startswith("Sen, 23 Nov Berkas lengkap kami terima 0")
    assert "Menunggu Anda: Pembayaran" in rows[1]
    assert any("Kantor tutup: Sabtu" in row for row in rows)
    assert rows[-1].endswith("5")


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|^[^>]*>", " ", html)).strip()


def test_a_case_whose_clock_has_not_begun_has_no_sum_to_show(visitor):
    shows(visitor, promise=promise(MONDAY, city=visitor.janji.city))

    assert visitor.get(f"{PAGE}/hitungan").status_code == 404


@pytest.mark.parametrize("path", ["", "/hitungan", "/tugas/task-1", "/tarik", "/berkas/dok-ktp", "/diterima"])
def test_what_is_not_there_looks_like_any_page_that_does_not_exist(visitor, path):
    unknown, nowhere = visitor.get(f"/t/wrong{path}"), visitor.get("/nowhere")

    if path == "/diterima":
        unknown = visitor.get(unknown.headers["Location"])
    assert unknown.status_code == nowhere.status_code == 404
    assert words(unknown) == words(nowhere)


@pytest.mark.parametrize("path", ["", "/hitungan", "/tarik", "/wrong"])
def test_nobody_keeps_a_page_of_a_case_and_no_link_tells_its_secret(visitor, path):
    running(visitor)

    answer = visitor.get(PAGE + path)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_a_paper_of_a_case_is_saved_and_never_opened_by_the_browser(visitor):
    running(visitor)
    visitor.janji.queries.papers[TOKEN, "dok-ktp"] = (replace(SCAN, mime="text/html"), b"<script>alert(1)</script>")

    answer = visitor.get(f"{PAGE}/berkas/dok-ktp")

    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
