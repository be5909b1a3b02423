"""What citizens do with their case: answer, withdraw, find it by its code, and check a paper they were handed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.model import Entry, PermitState
from engine.views import FormView, PermitCheck, Tracking
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import (
    CODE,
    CORRECTION,
    MONDAY,
    REFERENCE,
    TOKEN,
    citizens_task,
    janji,
    permit,
    promise,
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


def asked(visitor: Visitor) -> str:
    running(visitor, task=citizens_task(), task_due_at=WEDNESDAY, reason="Foto KTP buram.")
    visitor.janji.queries.forms[TOKEN, "task-1"] = FormView(
        "perbaikan_berkas", "krk", CORRECTION, {"ui:submit": "Kirim perbaikan"}, values={"nama": "Siti"}
    )
    return f"{PAGE}/tugas/task-1"


def test_a_correction_is_sent_once_and_leads_back_to_the_case(visitor):
    path = asked(visitor)
    form = visitor.get(path)

    for _ in range(2):
        answer = visitor.send(path, {"nama": "Siti R.", "ktp": "dok-ktp"}, form)

    assert answer.status_code == 303
    assert answer.headers["Location"] == PAGE
    assert list(visitor.janji.engine.done.values()) == [
        ("answer", TOKEN, "task-1", {"nama": "Siti R.", "ktp": "dok-ktp"})
    ]
    assert "Jawaban Anda sudah kami terima." in words(visitor.get(PAGE))


def test_a_wrong_correction_comes_back_with_every_problem_and_all_that_was_typed(visitor):
    path = asked(visitor)

    answer = visitor.send(path, {"nama": ""})

    assert answer.status_code == 422
    assert "Ada 2 hal yang perlu diperbaiki" in words(answer)
    assert 'href="#f-ktp"' in answer.text
    assert visitor.janji.engine.done == {}


def test_withdrawing_asks_once_more_and_needs_a_tick(visitor):
    running(visitor)

    unsure = visitor.send(f"{PAGE}/tarik", {"alasan": "Salah lokasi"})
    sure = visitor.send(f"{PAGE}/tarik", {"alasan": "Salah lokasi", "yakin": "ya"})

    assert unsure.status_code == 422
    assert "Salah lokasi</textarea>" in unsure.text
    assert sure.status_code == 303
    assert list(visitor.janji.engine.done.values()) == [("withdraw", TOKEN, "Salah lokasi")]


def test_a_window_that_is_closed_says_so_instead_of_offering_a_button_that_fails(visitor):
    running(visitor, may_withdraw=False)

    page = visitor.get(f"{PAGE}/tarik")
    forced = visitor.send(f"{PAGE}/tarik", {"yakin": "ya"}, visitor.get("/lacak"))

    assert "<form method" not in page.text
    assert "Pada tahap ini berkas tidak dapat ditarik." in words(page)
    assert forced.status_code == 409


def test_reference_and_code_open_the_case(visitor):
    running(visitor)

    answer = visitor.send("/lacak", {"nomor": f" {REFERENCE.lower()} ", "kode": CODE})

    assert answer.status_code == 303
    assert answer.headers["Location"] == PAGE


def test_a_wrong_code_and_an_unknown_reference_get_the_same_answer(visitor):
    running(visitor)

    wrong = visitor.send("/lacak", {"nomor": REFERENCE, "kode": "AAAAAA"})
    unknown = visitor.send("/lacak", {"nomor": "KRK-2026-999999", "kode": "AAAAAA"})

    assert wrong.status_code == unknown.status_code == 422
    assert words(wrong) == words(unknown)
    assert "AAAAAA" not in wrong.text, "a code that was tried is not shown again"


def test_guessing_is_slowed_down_and_says_when_to_come_back(visitor):
    for _ in range(11):
        answer = visitor.send("/lacak", {"nomor": REFERENCE, "kode": "AAAAAA"})

    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "900"
    assert "15 menit" in words(answer)


@pytest.mark.parametrize(
    ("state", "said", "valid"),
    [
        (PermitState.ACTIVE, "Dokumen ini asli dan berlaku", True),
        (PermitState.EXPIRING, "Dokumen ini asli dan masih berlaku", True),
        (PermitState.REVOKED, "Dokumen ini sudah dicabut", False),
        (PermitState.EXPIRED, "Dokumen ini asli, tetapi sudah berakhir", False),
        (PermitState.SUSPENDED, "Dokumen ini asli, tetapi dibekukan", False),
        (PermitState.REPLACED, "Dokumen ini sudah diganti", False),
    ],
)
def test_a_permit_check_says_in_one_sentence_whether_the_paper_holds(visitor, state, said, valid):
    visitor.janji.queries.permits["KRK-2026-0001"] = PermitCheck(permit(state), permit(state), state, "S. R.", MONDAY)

    page, twin = visitor.get("/v/KRK-2026-0001"), visitor.get("/v/KRK-2026-0001.json")

    assert f"<h1>{said}</h1>" in page.text
    assert twin.json["valid"] == valid
    assert twin.json["state"] == state.value
    assert twin.json["holder"] == "S. R."


def test_an_unknown_permit_is_a_plain_404_for_people_and_machines(visitor):
    page, twin = visitor.get("/v/KRK-2026-9999"), visitor.get("/v/KRK-2026-9999.json")

    assert page.status_code == twin.status_code == 404
    assert "Tidak ada dokumen dengan nomor ini" in words(page)
    assert (twin.json["state"], twin.json["valid"]) == ("tidak_ditemukan", False)


def test_a_step_that_was_over_leads_back_to_the_case_with_a_word(visitor):
    path = asked(visitor)
    form = visitor.get(path)
    visitor.janji.engine.gone = True

    answer = visitor.send(path, {"nama": "Siti", "ktp": "dok-ktp"}, form)

    assert answer.status_code == 303
    assert "batas waktunya sudah lewat" in words(visitor.get(PAGE))
