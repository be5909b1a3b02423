"""The complaint, where a story cannot look: the mayor's list, what a desk proposes, what the reporter is told."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.errors import NotFound
from tests.builders import ROOT, Application, Office, office_in, staff

SERVICE = ROOT / "processes" / "complaint"
SAMPLES: dict[str, Any] = tomllib.loads((SERVICE / "scenarios" / "_samples.toml").read_text(encoding="utf-8"))[
    "samples"
]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    opened = office_in(tmp_path)
    opened.publish(SERVICE)
    return opened


@pytest.fixture
def complaint(office: Office) -> Application:
    return office.apply("complaint", SAMPLES["lampu_jalan"])


def do(office: Office, complaint: Application, *steps: tuple[str, str]) -> None:
    for element, sample in steps:
        office.do(complaint, element, SAMPLES[sample])


def test_a_complaint_nobody_answers_reaches_the_mayor_on_day_ten(office: Office, complaint: Application) -> None:
    office.wait("2026-12-03T15:59")
    assert office.inbox("wali_kota") == []

    office.wait("2026-12-03T23:59")

    assert [task.element for task in office.inbox("wali_kota")] == ["tindak_lanjut_keterlambatan"]


def test_the_ladder_stops_at_the_rung_where_the_complaint_was_answered(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    office.wait("2026-12-03T16:30")
    do(office, complaint, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"), ("balasan", "kirim"))

    office.wait("+5d")

    assert office.open(complaint) == ["tanggapan_pelapor"]
    assert office.told(complaint).count("eskalasi") == 2  # the unit's three days, and the first rung


def test_a_unit_that_refused_the_complaint_is_not_the_one_to_answer_for_its_delay(
    office: Office, complaint: Application
) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dpu"), ("jawaban_unit", "salah_alamat"))
    office.wait("+11d")

    assert office.task(complaint, "tindak_lanjut_opd_admin").unit == "diskominfo", "who hands complaints out"


def test_nobody_foresees_what_becomes_of_a_confidential_complaint_they_may_not_read(office: Office) -> None:
    hidden = office.apply("complaint", {**SAMPLES["lampu_jalan"], "rahasia": True})
    task_id = office.task(hidden, "verifikasi_laporan").id

    assert office.queries.foreseen(task_id, {}, staff("admin_pengaduan"))
    with pytest.raises(NotFound):
        office.queries.foreseen(task_id, {}, staff("pengawas"))


def test_the_tables_proposal_stands_on_the_coordinators_desk(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"))

    desk = office.queries.desk(office.task(complaint, "disposisi").id, staff("admin_pengaduan"))

    assert (desk.form.values["unit"], desk.form.values["kelas"]) == ("disperkim", "tidak_berkadar_pengawasan")


def test_a_supervisory_complaint_never_reaches_the_office_it_is_about(office: Office) -> None:
    complaint = office.apply("complaint", SAMPLES["pungli"])
    do(office, complaint, ("verifikasi_laporan", "lengkap"))
    office.do(complaint, "disposisi", {"kelas": "berkadar_pengawasan", "unit": "dishub"})

    assert office.open(complaint) == ["pemeriksaan_inspektorat"]
    assert office.inbox("penghubung") == []


def test_the_reporter_reads_the_reply_that_was_sent(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, complaint, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"), ("balasan", "kirim"))
    task = office.task(complaint, "tanggapan_pelapor")

    assert office.queries.tracking(complaint.token).reason == SAMPLES["kirim"]["jawaban"]
    assert office.queries.citizen_form(complaint.token, task.id).values["jawaban"] == SAMPLES["kirim"]["jawaban"]


def test_the_reporter_does_not_read_a_reply_that_went_back_to_the_unit(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, complaint, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"))
    office.do(complaint, "balasan", {**SAMPLES["kembalikan"], "jawaban": "Belum boleh dibaca."})

    assert office.queries.tracking(complaint.token).reason == ""


def test_the_reporter_reads_what_we_still_need_from_them(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "perlu_keterangan"))
    task = office.task(complaint, "lengkapi_laporan")

    shown = office.queries.citizen_form(complaint.token, task.id)

    assert shown.values["pertanyaan"] == SAMPLES["perlu_keterangan"]["alasan"]


def test_a_second_dispute_is_not_offered(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, complaint, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"), ("balasan", "kirim"))
    do(office, complaint, ("tanggapan_pelapor", "belum_selesai"), ("tindak_lanjut_ulang", "bukti_baru"))
    do(office, complaint, ("balasan_sanggahan", "kirim"))

    assert office.open(complaint) == []
    assert office.told(complaint)[-2:] == ["sanggahan_dijawab", "tahap_diikuti"]


def test_a_confidential_complaint_is_not_there_for_a_colleague_who_does_not_work_on_it(office: Office) -> None:
    complaint = office.apply("complaint", SAMPLES["rahasia"])

    with pytest.raises(NotFound):
        office.queries.case_file(complaint.reference, staff("surveyor"))


def test_nobody_in_the_office_sees_who_complained_anonymously(office: Office) -> None:
    complaint = office.apply("complaint", {**SAMPLES["lampu_jalan"], "anonim": True})
    clerk = staff("admin_pengaduan")
    desk = office.queries.desk(office.task(complaint, "verifikasi_laporan").id, clerk)

    answers = [*desk.answered, *office.queries.case_file(complaint.reference, clerk).answered]
    seen = [*(form.answers for form in answers), desk.form.shown["laporan"]]
    assert [answered["uraian"] for answered in seen] == [SAMPLES["lampu_jalan"]["uraian"]] * 3
    assert [name for answered in seen for name in ("nama", "telepon", "email") if name in answered] == []


def test_whoever_gave_a_name_is_seen_by_those_who_work_on_it(office: Office, complaint: Application) -> None:
    desk = office.queries.desk(office.task(complaint, "verifikasi_laporan").id, staff("admin_pengaduan"))

    assert desk.answered[0].answers["nama"] == SAMPLES["lampu_jalan"]["nama"]


def test_no_notice_of_a_complaint_names_the_reporter_or_what_they_wrote(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    office.janji.outbox.send_due()

    private = [str(SAMPLES["lampu_jalan"][field]) for field in ("nama", "telepon", "judul", "uraian", "lokasi")]
    sent = [f"{message.subject} {message.body}" for message in office.mail.messages]
    assert sent
    assert [word for word in private for text in sent if word in text] == []
