"""Sending a case back to an earlier desk, and undoing it while nobody has touched it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Refusal, WindowClosed
from engine.model import Hand
from tests.builders import ROOT as HERE
from tests.builders import Application, Office, office_in, staff
from tests.databases import url_on
from tests.samples import sample
from tests.together import at_once

KASI = staff("kasi")
BACK = {"putusan": "kembalikan", "alasan_kembali": "KDB belum beralasan."}


@pytest.fixture
def krk_office(any_database: str, tmp_path: Any) -> Any:
    with url_on(any_database, tmp_path) as url:
        office = office_in(tmp_path, url)
        office.publish(HERE / "processes" / "krk")
        yield office
        office.janji.close()


@pytest.fixture
def checked(krk_office: Office) -> Application:
    """A KRK on the desk of the Kepala Seksi, who holds it."""
    case = krk_office.apply("krk", sample("krk", "perorangan"))
    for element, name in (
        ("verifikasi_berkas", "lengkap"),
        ("penugasan", "koordinat_baik"),
        ("plotting_zona", "zona_sedang"),
        ("analisis_tata_ruang", "analisis_sesuai_tabel"),
    ):
        krk_office.do(case, element, sample("krk", name))
        krk_office.wait("+5m")
    krk_office.engine.claim(krk_office.task(case, "koreksi_kasi").id, KASI, "c")
    return case


def state(office: Office, case: Application) -> Any:
    """Everything that must come back as it was."""
    with office.store.read() as reads:
        held = reads.case(case.id)
        return (
            reads.tokens(case.id),
            [(task.id, task.holder, task.due_at, task.closed_at) for task in reads.tasks(case.id)],
            reads.timers(case.id),
            reads.ledger(case.id),
            reads.stage_visits(case.id),
            [row.task_id for row in reads.answers(case.id)],
            [notice.key for notice in reads.notices(case.id)],
            (held.stage, held.due_at, held.promise_state),
        )


def test_a_send_back_undone_gives_the_case_its_former_state_and_the_words_back(
    krk_office: Office, checked: Application
) -> None:
    before, task = state(krk_office, checked), krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", BACK)
    assert krk_office.open(checked) == ["analisis_tata_ruang"]
    krk_office.wait("+9m")

    krk_office.engine.undo_send_back(task, KASI)
    krk_office.engine.undo_send_back(task, KASI)

    assert state(krk_office, checked) == before
    assert krk_office.history(checked)[-2:] == ["complete", "undo"]
    assert krk_office.queries.desk(task, KASI).form.values["alasan_kembali"] == BACK["alasan_kembali"]
    krk_office.do(checked, "koreksi_kasi", {"putusan": "setuju"}, by=KASI)
    assert krk_office.open(checked) == ["koreksi_kabid"]
    assert not [problem for _, found in audit(krk_office) for problem in found]


def audit(office: Office) -> Any:
    with office.store.read() as reads:
        return list(reads.audit_problems())


def test_what_a_colleague_has_taken_stays_with_them(krk_office: Office, checked: Application) -> None:
    task = krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", BACK)
    krk_office.engine.claim(krk_office.task(checked, "analisis_tata_ruang").id, staff("juru_gambar"), "c2")

    with pytest.raises(WindowClosed, match="touched"):
        krk_office.engine.undo_send_back(task, KASI)
    assert krk_office.open(checked) == ["analisis_tata_ruang"]


def test_what_a_colleague_has_begun_to_write_stays_with_them(krk_office: Office, checked: Application) -> None:
    task = krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", BACK)
    opened = krk_office.task(checked, "analisis_tata_ruang").id
    krk_office.engine.save_task_draft(opened, {"catatan": "KDB"}, {}, staff("juru_gambar"), "page", 0)

    with pytest.raises(WindowClosed, match="touched"):
        krk_office.engine.undo_send_back(task, KASI)
    assert krk_office.open(checked) == ["analisis_tata_ruang"]


def test_an_act_that_was_refused_for_what_was_opened_does_not_hinder_undoing(
    krk_office: Office, checked: Application
) -> None:
    before, task = state(krk_office, checked), krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", BACK)
    opened = krk_office.task(checked, "analisis_tata_ruang").id
    krk_office.engine.hand_over([opened], Hand.CLAIM, "", "", staff("loket"), "act")

    krk_office.engine.undo_send_back(task, KASI)

    assert state(krk_office, checked) == before


def test_undoing_and_a_colleague_taking_at_once_leave_one_of_the_two(krk_office: Office, checked: Application) -> None:
    task, drawing = krk_office.task(checked, "koreksi_kasi").id, staff("juru_gambar")
    krk_office.do(checked, "koreksi_kasi", BACK)
    opened = krk_office.task(checked, "analisis_tata_ruang").id

    undone, taken = at_once(
        lambda: krk_office.engine.undo_send_back(task, KASI),
        lambda: krk_office.engine.claim(opened, drawing, "c2"),
    )

    stands = krk_office.open(checked)
    assert [isinstance(one, Refusal) for one in (undone, taken)].count(True) == 1
    assert stands == (["analisis_tata_ruang"] if isinstance(undone, Refusal) else ["koreksi_kasi"])
    assert not [problem for _, found in audit(krk_office) for problem in found]


def test_ten_minutes_later_it_stays_sent_back(krk_office: Office, checked: Application) -> None:
    task = krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", BACK)
    krk_office.wait("+10m")

    with pytest.raises(WindowClosed, match="over"):
        krk_office.engine.undo_send_back(task, KASI)


def test_going_on_is_not_sending_back(krk_office: Office, checked: Application) -> None:
    task = krk_office.task(checked, "koreksi_kasi").id
    krk_office.do(checked, "koreksi_kasi", {"putusan": "setuju"}, by=KASI)

    with krk_office.store.read() as reads:
        assert reads.send_back(task) is None
