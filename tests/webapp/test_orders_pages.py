"""The calendar, orders and extensions as supervisors and citizens use them, over a real office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.model import Post
from engine.stories.planting import plant
from tests.builders import Office, office_in
from tests.conftest import SERVICE
from tests.webapp.browsing import Visitor, hidden, words

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
PASSWORD = "a password for pages"
FLOOD = {
    "jenis": "closed",
    "dari": "2026-11-26",
    "sampai": "",
    "nama": "Banjir <b>besar</b>",
    "golongan": "local",
    "nomor": "800/12",
    "alasan": "Kantor terendam",
}


class House:
    """An office with three colleagues and one running case, each at a browser of their own."""

    def __init__(self, office: Office) -> None:
        self.office = office
        for role in ("kadis", "sekda", "kabid", "loket"):
            office.janji.accounts.add(role, role.title(), "", PASSWORD, frozenset({Post(role)}))
        self.case = office.apply(SERVICE, ASKED)
        self._seats: dict[str, Visitor] = {}

    def at(self, role: str) -> Visitor:
        if role not in self._seats:
            self._seats[role] = Visitor(self.office.janji)
            if role:
                self._seats[role].send("/masuk", {"pengguna": role, "sandi": PASSWORD})
        return self._seats[role]

    def propose(self, **said: str) -> str:
        return self.at("kadis").send("/kalender/usul", {**FLOOD, **said}).location

    def outage(self, **said: str):
        form = {"nomor": "G-1", "dari": "2026-11-23T09:00", "sampai": "2026-11-24T17:00", "alasan": "Pusat data padam."}
        return self.at("kadis").send("/gangguan/perintah", {**form, **said})


def press(visitor: Visitor, page: str, action: str, **said: str):
    return visitor.client.post(f"{page}/{action}", data={**hidden(visitor.get(page)), **said})


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    office = office_in(tmp_path)
    (tmp_path / "processes").mkdir()
    plant(SERVICE, tmp_path / "processes", tmp_path / "forms")
    diagram = tmp_path / "processes" / SERVICE / "process.bpmn"
    diagram.write_text(diagram.read_text().replace('budget="5"', 'budget="5" extend_days="3"'))
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")
    yield House(office)
    office.janji.close()


def test_a_year_shows_every_kind_of_day_in_words_and_the_estimate_beyond_the_decree(house):
    page = words(house.at("kabid").get("/kalender?tahun=2026"))
    beyond = words(house.at("kabid").get("/kalender?tahun=2028"))

    assert "240 hari kerja." in page
    assert "cuti bersama" in page
    assert "libur nasional" in page
    assert "perkiraan" not in page
    assert "setiap tanggal janji di tahun ini perkiraan" in beyond


def test_a_proposal_shows_from_where_to_where_before_anybody_approves(house):
    there = house.propose()

    page = house.at("kadis").get(there)

    assert house.case.reference in page.text.replace("<i></i>", "")
    assert "Senin, 30 Nov 2026" in words(page)
    assert "Selasa, 1 Des 2026" in words(page)
    assert "1 pemohon akan diberi tahu" in words(page)
    assert "<b>besar</b>" not in page.text
    assert "Setujui dan geser" not in page.text
    assert "Setujui dan geser" in house.at("sekda").get(there).text


def test_approval_by_a_second_person_moves_the_dates_and_the_citizen_reads_why(house):
    there = house.propose()

    press(house.at("sekda"), there, "setujui")
    assert "Belum bergeser" in words(house.at("sekda").get(there))
    house.office.janji.work_once()

    assert "Semua berkas sudah mengikuti." in words(house.at("sekda").get(there))
    told = words(house.at("").get(f"/t/{house.case.token}"))
    assert "Tanggal ini pernah bergeser Sen, 30 Nov → menjadi Selasa, 1 Des 2026 Hari libur berubah. Banjir" in told
    assert "(800/12)" in told
    assert "penutupan kota" in words(house.at("kabid").get("/kalender"))


def test_the_proposer_and_whoever_does_not_keep_the_calendar_cannot_approve(house):
    there = house.propose()

    assert press(house.at("kadis"), there, "setujui").status_code == 403
    assert press(house.at("kabid"), there, "setujui").status_code == 404
    assert house.at("kabid").get("/kalender/usul").status_code == 404


def test_every_mistake_of_a_proposal_is_told_at_its_field_and_nothing_typed_is_lost(house):
    page = house.at("kadis").send("/kalender/usul", {**FLOOD, "dari": "2026-11-20", "nama": "", "nomor": ""})

    assert page.status_code == 422
    assert 'href="#dari">Hari pertama: Hari yang sudah lewat' in page.text
    assert 'href="#nama">Nama yang dibaca warga: Bagian ini perlu diisi.' in page.text
    assert 'href="#nomor">Nomor keputusan atau surat edaran: Bagian ini perlu diisi.' in page.text
    assert "Kantor terendam" in page.text


def test_taking_a_change_back_is_a_proposal_with_the_same_preview(house):
    there = house.propose()
    press(house.at("sekda"), there, "setujui")
    house.office.janji.work_once()

    back = press(house.at("kadis"), there, "cabut", nomor="800/13", alasan="Sudah surut").location

    assert "lebih awal" in words(house.at("sekda").get(back))


def test_what_if_filed_on_the_eve_of_christmas_after_closing(house):
    page = words(house.at("loket").get(f"/kalender/andai?layanan={SERVICE}&pada=2026-12-24T16:59"))

    assert "Kantor sudah tutup atau libur, jadi hari ke-0 adalah Senin, 28 Des 2026." in page
    assert "Rabu, 6 Jan 2027" in page


@pytest.mark.parametrize("typed", ["kemarin", ""])
def test_a_day_that_is_none_is_said_so(house, typed):
    page = house.at("loket").get(f"/kalender/andai?layanan={SERVICE}&pada={typed}")

    assert "Tulis tanggal yang benar." in words(page)


def test_an_outage_stands_on_every_page_with_its_end_and_on_the_page_of_the_case_with_the_moved_date(house):
    house.outage(alasan="Pusat data <script>padam</script>.")
    house.office.janji.work_once()

    for path in ("/", "/lacak", "/masuk", f"/t/{house.case.token}"):
        page = house.at("").get(path)
        assert "Layanan terganggu sampai Selasa, 24 Nov 2026, 17:00 WIB" in words(page)
        assert "<script>padam" not in page.text
    told = words(house.at("").get(f"/t/{house.case.token}"))
    assert "Sen, 30 Nov → menjadi Selasa, 1 Des 2026 Gangguan sistem: Pusat data" in told
    assert "(G-1)" in told
    assert "Sen, 30 Nov Sel, 1 Des 1" in words(house.at("").get("/gangguan"))


def test_the_banner_goes_when_the_outage_is_over(house):
    house.outage()
    house.office.clock.forward(days=2)

    assert "Layanan terganggu" not in words(house.at("").get("/"))
    assert "selesai" in words(house.at("").get("/gangguan"))


def test_an_outage_without_an_end_or_with_a_link_is_refused(house):
    page = house.outage(sampai="", alasan="Lihat www.contoh.id")

    assert page.status_code == 422
    assert "Gangguan harus punya akhir" in words(page)
    assert "tidak boleh memuat alamat situs" in words(page)


@pytest.mark.parametrize("role", ["kadis", "kabid", "loket", ""])
def test_declaring_an_outage_and_reading_its_order_are_offered_to_whom_the_pages_open(house, role):
    order = house.outage().location
    page = house.at(role).get("/gangguan")

    for button, path in (("Nyatakan gangguan", "/gangguan/perintah"), ("Buka perintah ini", order)):
        assert (button in words(page)) == (house.at(role).get(path).status_code == 200), button


def test_an_outage_is_ended_by_hand(house):
    there = house.outage().location

    press(house.at("kadis"), there, "akhiri")

    assert "diakhiri lebih awal" in words(house.at("kadis").get(there))
    assert "Layanan terganggu" not in words(house.at("").get("/"))


def test_a_clerk_asks_for_more_time_and_a_supervisor_grants_it_from_one_place(house):
    page = f"/berkas/{house.case.reference}/perpanjang"
    house.at("loket").send(page, {"hari": "2", "alasan": "Survei ulang"})
    seen = house.at("kadis").get("/pengawasan")
    assert "Perpanjangan 2 hari" in words(seen)
    address = seen.text.split("/perpanjangan/")[1].split("/")[0]

    form = seen.text.partition("/setujui")[2].partition("</form>")[0]
    guard = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    house.at("kadis").client.post(f"/perpanjangan/{address}/setujui", data=guard)

    assert "Rabu, 2 Des 2026" in words(house.at("loket").get(page))
    assert "sudah pernah diperpanjang" in words(house.at("loket").get(page))
    told = words(house.at("").get(f"/t/{house.case.token}"))
    assert "Sen, 30 Nov → menjadi Rabu, 2 Des 2026 Waktu diperpanjang: Survei ulang." in told


def test_a_proposal_of_a_colleague_waits_in_the_list_of_decisions(house):
    house.propose()

    assert "Kantor tutup: Banjir" in words(house.at("sekda").get("/pengawasan"))
    assert "Kantor tutup: Banjir" not in words(house.at("kadis").get("/pengawasan"))


@pytest.mark.parametrize("path", ["/kalender", "/kalender/usul", "/kalender/andai", "/gangguan", "/gangguan/perintah"])
def test_the_pages_speak_english(house, path):
    page = house.at("kadis").get(f"{path}?bahasa=en")

    assert page.status_code == 200
    assert '<html lang="en">' in page.text
