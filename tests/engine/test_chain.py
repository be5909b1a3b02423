"""The way of a case through the offices, as its reporter sees it: never a name, never a text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.views import Hop, Passing
from tests.builders import Application, Office, office_in
from tests.engine.test_complaint import SAMPLES, SERVICE, do
from webapp import create_app


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = office_in(Path(tmp_path_factory.mktemp("office")))
    opened.publish(SERVICE)
    yield opened
    opened.janji.close()


@pytest.fixture(scope="module")
def complaint(office: Office) -> Application:
    """Sent to the wrong office first, and now with the right one."""
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    do(office, sent, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dpu"))
    office.wait("+2wd")
    do(office, sent, ("jawaban_unit", "salah_alamat"))
    office.wait("+1wd")
    do(office, sent, ("disposisi", "ke_disperkim"))
    return sent


def chain(office: Office, complaint: Application) -> tuple[Hop, ...]:
    return office.queries.tracking(complaint.token).chain


def test_the_reporter_sees_where_the_complaint_went_and_that_it_came_back(
    office: Office, complaint: Application
) -> None:
    assert [(hop.how, hop.role, hop.unit) for hop in chain(office, complaint)] == [
        (Passing.RECEIVED, "admin_pengaduan", "diskominfo"),
        (Passing.PASSED, "penghubung", "dpu"),
        (Passing.RETURNED, "admin_pengaduan", "diskominfo"),
        (Passing.PASSED, "penghubung", "disperkim"),
    ]


def test_each_hop_has_its_reason_as_a_choice_of_a_list_and_no_text(office: Office, complaint: Application) -> None:
    reasons = [hop.reason and (hop.reason.choice, hop.reason.title) for hop in chain(office, complaint)]

    assert reasons[0] is None
    assert reasons[2] == ("salah_alamat", "Salah alamat, bukan tugas unit kami")
    assert SAMPLES["salah_alamat"]["catatan_unit"] not in str(chain(office, complaint))


def test_each_hop_has_its_days_and_the_last_one_goes_on(office: Office, complaint: Application) -> None:
    hops = chain(office, complaint)

    assert [hop.days for hop in hops] == [0, 2, 1, 0]
    assert [hop.until_at is None for hop in hops] == [False, False, False, True]


def test_a_case_that_stays_with_one_office_has_one_hop(office: Office) -> None:
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    do(office, sent, ("verifikasi_laporan", "lengkap"))

    assert [hop.role for hop in chain(office, sent)] == ["admin_pengaduan"]


def test_what_the_reporter_themselves_held_is_no_hop_and_costs_the_office_no_day(office: Office) -> None:
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    do(office, sent, ("verifikasi_laporan", "perlu_keterangan"))
    office.wait("+3wd")
    do(office, sent, ("lengkapi_laporan", "keterangan"))

    assert [(hop.role, hop.days) for hop in chain(office, sent)] == [("admin_pengaduan", 0)]


def test_a_ladder_that_climbs_beside_the_work_is_no_hop(office: Office) -> None:
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    office.wait("+12d")

    assert "tindak_lanjut_sekda" in office.open(sent)
    assert [hop.role for hop in chain(office, sent)] == ["admin_pengaduan"]


def test_a_program_reads_the_same(office: Office, complaint: Application) -> None:
    told = create_app(office.janji).test_client().get(f"/t/{complaint.token}.json").json["chain"]

    assert [(hop["how"], hop["unit"], hop["office_days"]) for hop in told][1:3] == [
        ("passed", "dpu", 2),
        ("returned", "diskominfo", 1),
    ]
    assert told[2]["reason"] == "salah_alamat"


# ── the way in a text message and in mails ────────────────────────────────────────────────────────────────────────


def asked_by_text(office: Office, complaint: Application) -> str:
    office.janji.outbox.send_due()
    office.texts.messages.clear()
    office.engine.hear("0812-0000-0101", f"LACAK {complaint.reference}")
    office.janji.outbox.send_due()
    [answer] = office.texts.messages
    return answer.body


def test_lacak_says_which_unit_has_it_and_which_of_how_many_that_is(office: Office) -> None:
    sent = office.apply("complaint", {**SAMPLES["lampu_jalan"], "telepon": "0812-0000-0101"})
    assert "Sekarang di Diskominfo." in asked_by_text(office, sent)

    do(office, sent, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dpu"))
    told = asked_by_text(office, sent)
    assert "Sekarang di DPU, kantor ke-2 dari 2." in told
    assert len(told) <= 160

    do(office, sent, ("jawaban_unit", "salah_alamat"))
    assert "Sekarang di Diskominfo, kantor ke-1 dari 2." in asked_by_text(office, sent), "it came back"
    do(office, sent, ("disposisi", "ke_disperkim"))
    assert "Sekarang di Disperkim, kantor ke-3 dari 3." in asked_by_text(office, sent)


def test_a_mail_about_a_stage_says_where_the_complaint_was_when_it_was_written(office: Office) -> None:
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    office.janji.outbox.send_due()
    office.mail.messages.clear()
    do(office, sent, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    office.clock.forward(minutes=5)
    do(office, sent, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"))
    office.janji.outbox.send_due()

    said = [
        one.body for one in office.mail.messages if f"Laporan {sent.reference}" in one.subject and "/t/" in one.body
    ]
    [passed] = [body for body in said if "diteruskan ke unit" in body]
    assert "Sekarang di Disperkim, kantor ke-2 dari 2." in passed
