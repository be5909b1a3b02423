"""Asking an applicant late, as pages over a real office: everybody sees its mark, a second person decides it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from engine.model import LateRequest
from tests.builders import ROOT, Application, Office, office_in, staff
from tests.samples import sample
from tests.webapp.browsing import Visitor, browsers, seat, words

CLERK = staff("admin_pengaduan", login="rini")
PEOPLE = {"rini": "admin_pengaduan", "danang": "pengawas", "rudi": "kadis"}
ASK = sample("complaint", "perlu_keterangan")
REASON = "Tanyakan lewat telepon dahulu."
_keys = (f"late-{n}" for n in count())


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for this module; every test has a report of its own."""
    office = office_in(tmp_path_factory.mktemp("late"))
    office.publish(ROOT / "processes" / "complaint")
    seat(office, PEOPLE)
    yield office
    office.janji.close()


@pytest.fixture
def at(town: Office) -> Any:
    """Somebody's browser; a new one for each test, since the clock moves on and sessions end."""
    return browsers(town)


def asked_late(town: Office, **over: Any) -> Application:
    """A report about which its reporter is asked when most of our time is gone."""
    report = town.apply("complaint", sample("complaint", "lampu_jalan", **over))
    town.wait("+7d")
    town.do(report, "verifikasi_laporan", ASK, by=CLERK)
    return report


@pytest.fixture
def report(town: Office) -> Application:
    return asked_late(town)


def request_of(town: Office, case: Application) -> LateRequest:
    with town.store.read() as reads:
        return reads.late_requests(case.id)[-1]


def path(town: Office, case: Application) -> str:
    return f"/permintaan/{request_of(town, case).id}"


def part(page: Any, name: str) -> str:
    """What a section of a page says, by the id of its heading."""
    return re.split(r"</section>", page.text.partition(f'aria-labelledby="{name}"')[2], maxsplit=1)[0]


def test_whoever_decides_finds_a_waiting_request_among_their_decisions_and_whoever_asked_does_not(town, at, report):
    link = f'href="{path(town, report)}"'

    assert link in part(at("danang").get("/pengawasan"), "keputusan")
    assert link not in part(at("rini").get("/pengawasan"), "keputusan")
    assert "Setujui dan kirim" in words(at("danang").get(path(town, report)))
    own = words(at("rini").get(path(town, report)))
    assert "Setujui dan kirim" not in own
    assert "Anda yang meminta, jadi orang lain yang memutuskan" in own
    assert "Pengawas layanan" in own


def test_every_number_of_late_requests_opens_a_list_of_that_length(town, at, report):
    town.do(report, "verifikasi_laporan", sample("complaint", "lengkap"), by=CLERK)
    asked_late(town)
    page = at("danang").get("/pengawasan")

    numbers = re.findall(r'<a href="(/permintaan\?[^"]+)">(\d+)</a>', part(page, "terlambat-minta"))

    assert len(numbers) >= 3
    for href, number in numbers:
        listed = at("danang").get(href.replace("&amp;", "&"))
        assert len(re.findall('class="pill', listed.text)) == int(number), href


def test_a_request_whose_task_was_finished_another_way_waits_for_nobody(town, at, report):
    before = town.queries.late_requests(staff("pengawas")).rows[0]
    there = path(town, report)
    town.do(report, "verifikasi_laporan", sample("complaint", "lengkap"), by=CLERK)

    after = town.queries.late_requests(staff("pengawas")).rows[0]

    assert (after.waiting, after.dropped) == (before.waiting - 1, before.dropped + 1)
    page = words(at("danang").get(there))
    assert "tidak jadi diminta" in page
    assert "Setujui dan kirim" not in page
    assert there not in part(at("danang").get("/pengawasan"), "keputusan")


def test_a_refusal_without_a_reason_is_asked_for_one_and_with_it_reaches_the_clerk(town, at, report):
    there, task = path(town, report), town.task(report, "verifikasi_laporan")
    shown = at("danang").get(there)

    nonsense = at("danang").send(f"{there}/tolak", {"alasan": "  \n "}, shown)
    refused = at("danang").send(f"{there}/tolak", {"alasan": REASON}, shown)

    assert nonsense.status_code == 422
    assert "Tulis alasan untuk petugas yang meminta." in words(nonsense)
    assert refused.status_code == 303
    desk = words(at("rini").get(f"/tugas/{task.id}"))
    assert f"Permintaan Anda tidak disetujui. {REASON}" in desk
    assert ASK["alasan"] in desk
    assert REASON in words(at("rini").get(f"/berkas/{report.reference}"))
    assert "permintaan ditolak" in words(at("rini").get("/tugas?tab=kelompok"))


def test_a_request_that_was_decided_is_not_decided_again(town, at, report):
    there = path(town, report)
    shown = {who: at(who).get(there) for who in ("danang", "rudi")}
    at("danang").send(f"{there}/setujui", {"alasan": ""}, shown["danang"])

    late = at("rudi").send(f"{there}/tolak", {"alasan": REASON}, shown["rudi"])

    assert "Sudah diputuskan." in words(at("rudi").get(late.location))
    assert town.open(report) == ["lengkapi_laporan"]


def test_whoever_asked_cannot_grant_it_by_posting(town, at, report):
    there = path(town, report)

    answer = at("rini").send(f"{there}/setujui", {"alasan": ""}, at("rini").get("/pengawasan"))

    assert "perlu orang kedua" in words(at("rini").get(answer.location))
    assert town.open(report) == ["verifikasi_laporan"]


def test_a_case_says_everywhere_that_its_applicant_was_asked_late(town, at, report):
    own = f"/t/{report.token}"
    waiting = [words(at("rini").get(there)) for there in (f"/berkas/{report.reference}", "/tugas?tab=kelompok")]
    assert "menunggu orang kedua" in waiting[0]
    assert "permintaan menunggu putusan" in waiting[1]
    assert "terlambat menurut aturan kami sendiri" not in words(Visitor(town.janji).get(own))

    there = path(town, report)
    at("danang").send(f"{there}/setujui", {"alasan": ""}, at("danang").get(there))

    phone = Visitor(town.janji)
    assert "Permintaan ini kami ajukan terlambat menurut aturan kami sendiri" in words(phone.get(own))
    assert "By our own rules we are asking you late" in words(phone.get(f"{own}?bahasa=en"))
    file = words(at("rini").get(f"/berkas/{report.reference}"))
    assert "dikirim, permintaan terlambat" in file
    town.do(report, "lengkapi_laporan", {"keterangan": "Tiang nomor 14."})
    assert "permintaan terlambat" in words(at("rini").get("/tugas?tab=kelompok"))


def test_the_unit_asks_the_reporter_who_reads_the_question_and_the_day_on_a_phone_and_answers(town, at):
    report = town.apply("complaint", sample("complaint", "lampu_jalan"))
    town.do(report, "verifikasi_laporan", sample("complaint", "lengkap"), by=CLERK)
    town.do(report, "disposisi", sample("complaint", "ke_disperkim"), by=CLERK)
    question = {"hasil": "minta_keterangan", "pertanyaan": "Tiang nomor berapa?", "waktu": 3}
    town.do(report, "jawaban_unit", question)

    phone = Visitor(town.janji)
    own = words(phone.get(f"/t/{report.token}"))
    assert "Tiang nomor berapa?" in own
    assert "unit meneruskan dengan yang diketahui" in own
    there = f"/t/{report.token}/tugas/{town.task(report, 'keterangan_untuk_unit').id}"
    assert "Keterangan Anda" in words(phone.send(there, {"keterangan": "   "}))
    assert phone.send(there, {"keterangan": "Tiang nomor 14."}).status_code == 303
    assert town.open(report) == ["jawaban_unit"]

    town.do(report, "jawaban_unit", {**question, "pertanyaan": "Sejak kapan padam?"})

    assert town.open(report) == ["jawaban_unit"]
    page = at("danang").get(path(town, report))
    assert "Pemohon sudah pernah kami minta melengkapi." in words(page)
    assert "Sejak kapan padam?" in words(page)
    assert "3 hari kerja" in words(page)
