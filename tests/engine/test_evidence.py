"""Evidence of work done: there is some, it is new, and whoever checks it learns where else it was used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.errors import AnswersRejected
from tests.builders import Application, Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE, do

ADMIN = staff("admin_pengaduan")
DONE = SAMPLES["bukti"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = office_in(Path(tmp_path_factory.mktemp("office")))
    opened.publish(SERVICE)
    yield opened
    opened.janji.close()


@pytest.fixture
def complaint(office: Office) -> Application:
    """A report with two photos, which its unit follows up."""
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    do(office, sent, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, sent, ("jawaban_unit", "ditindaklanjuti"))
    return sent


def refusal(office: Office, complaint: Application, photos: object, element: str = "tindak_lanjut") -> list[str]:
    with pytest.raises(AnswersRejected) as refused:
        office.do(complaint, element, {**DONE, "foto_bukti": photos})
    return [problem.code for problem in refused.value.problems if problem.path.startswith("foto_bukti")]


def photos_of(office: Office, complaint: Application, field: str) -> list[str]:
    with office.store.read() as reads:
        return [paper.id for paper in reads.documents(complaint.id) if paper.field == field]


def test_a_complaint_is_not_closed_without_a_photo(office: Office, complaint: Application) -> None:
    assert refusal(office, complaint, []) != []


def test_an_empty_file_is_no_photo(office: Office, complaint: Application) -> None:
    task = office.task(complaint, "tindak_lanjut")
    given = {name: value for name, value in DONE.items() if name != "foto_bukti"}

    with pytest.raises(AnswersRejected) as refused:
        office.engine.complete(
            task.id, given, {"foto_bukti": [("a.jpg", b"")]}, staff("penghubung", "disperkim"), "empty"
        )
    assert "document.empty" in {problem.code for problem in refused.value.problems}


def test_saying_that_an_answer_is_enough_is_no_way_around_it(office: Office) -> None:
    sent = office.apply("complaint", SAMPLES["lampu_jalan"])
    do(office, sent, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"), ("jawaban_unit", "dijawab"))

    assert office.open(sent) == ["tindak_lanjut"]


def test_the_reporters_own_photo_proves_nothing(office: Office, complaint: Application) -> None:
    assert refusal(office, complaint, photos_of(office, complaint, "foto")) == ["evidence.theirs"]
    assert refusal(office, complaint, ["berkas:lampu-1.jpg", "berkas:sesudah-1.jpg"]) == ["evidence.theirs"]


def test_after_a_dispute_the_photo_of_before_proves_nothing(office: Office, complaint: Application) -> None:
    do(office, complaint, ("tindak_lanjut", "bukti"), ("balasan", "kirim"), ("tanggapan_pelapor", "belum_selesai"))
    old = photos_of(office, complaint, "foto_bukti")

    assert refusal(office, complaint, old, "tindak_lanjut_ulang") == ["evidence.known"]
    assert refusal(office, complaint, ["berkas:sesudah-1.jpg"], "tindak_lanjut_ulang") == ["evidence.known"]
    office.do(complaint, "tindak_lanjut_ulang", {**DONE, "foto_bukti": ["berkas:sesudah-1.jpg", "berkas:baru.jpg"]})


def test_whoever_checks_the_work_learns_that_its_photo_was_used_before(office: Office, complaint: Application) -> None:
    other = office.apply("complaint", {**SAMPLES["lampu_jalan"], "foto": []})
    do(office, other, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, other, ("jawaban_unit", "ditindaklanjuti"))
    for one in (complaint, other):
        office.do(one, "tindak_lanjut", {**DONE, "foto_bukti": ["berkas:dipakai-dua-kali.jpg"]})

    found = {one.paper.name: one.references for one in office.queries.used_elsewhere(other.reference, ADMIN)}
    assert found["dipakai-dua-kali.jpg"] == (complaint.reference,)


def test_a_confidential_case_with_the_same_photo_is_not_named(office: Office, complaint: Application) -> None:
    hidden = office.apply("complaint", {**SAMPLES["lampu_jalan"], "rahasia": True, "foto": ["berkas:sama.jpg"]})
    office.do(complaint, "tindak_lanjut", {**DONE, "foto_bukti": ["berkas:sama.jpg"]})

    found = office.queries.used_elsewhere(complaint.reference, staff("penghubung", "disperkim"))
    assert [one.references for one in found if one.paper.name == "sama.jpg"] == [("",)]
    assert hidden.reference not in str(found)
