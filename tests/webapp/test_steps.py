"""A long form in parts: any order, wrong values kept, nothing asked that does not apply, and a list that knows it all.

Against a real office: what is wrong with a part, and which questions matter, is the engine's to say.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.builders import ROOT, Office, office_in
from tests.webapp.browsing import Visitor, asked, fill_in_parts, send_as_told, words

LIST = "/layanan/krk/ajukan"
CHECK = f"{LIST}/periksa"
GROUPS = ("pemohon", "badan", "kuasa", "tanah", "lokasi", "rencana", "dokumen", "hasil")
SAMPLES = tomllib.loads((ROOT / "processes/krk/scenarios/_samples.toml").read_text())["samples"]
PERSON = SAMPLES["perorangan"]


@pytest.fixture(scope="module")
def standing_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all of these: every visitor has a draft of their own, and nobody moves its clock."""
    office = office_in(tmp_path_factory.mktemp("kantor"))
    for service in ("krk", "iptb", "complaint"):
        office.publish(ROOT / "processes" / service)
    yield office
    office.janji.close()


@pytest.fixture
def visitor(standing_office: Office) -> Visitor:
    return Visitor(standing_office.janji)  # type: ignore[arg-type]


def state(visitor: Visitor, group: str) -> str:
    """What the list says of a part."""
    found = re.search(rf'id="keadaan-{group}">.*?</svg>(.*?)</span>\s*</li>', visitor.get(LIST).text, re.DOTALL)
    assert found, f"the list does not name {group}"
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found.group(1))).strip()


def fill(visitor: Visitor, group: str, answers: dict[str, Any], act: str = "lanjut", how: str = "") -> Any:
    """Send what a part's page asks."""
    return send_as_told(visitor, f"{LIST}/{group}{how}", {**answers, "aksi": act})


def part_of(visitor: Visitor, group: str, answers: dict[str, Any]) -> dict[str, Any]:
    """Those answers that the page of a part asks for."""
    names = asked(visitor.get(f"{LIST}/{group}"))
    return {name: value for name, value in answers.items() if name in names}


def fill_all(visitor: Visitor, answers: dict[str, Any], *but: str) -> None:
    fill_in_parts(visitor, LIST, answers, but)


def test_the_list_begins_empty_and_says_where_to_begin_and_by_when(visitor):
    page = visitor.get(LIST)

    text = words(page)
    assert "0 dari 8 bagian selesai" in text
    assert text.count("Belum diisi") == 8
    assert "Mulai: Pemohon" in text
    assert "Bila berkas lengkap hari ini, selesai paling lambat Senin, 30 Nov 2026" in text
    assert "Formulir permohonan, ditandatangani pemohon dan diketahui Lurah" in text


def test_looking_begins_no_draft(visitor):
    for group in GROUPS:
        assert visitor.get(f"{LIST}/{group}").status_code == 200

    with visitor.client.session_transaction() as session:
        assert "drafts" not in session


def test_a_part_with_a_mistake_is_kept_told_and_need_not_be_mended_now(visitor):
    wrong = fill(visitor, "pemohon", {"nama": "Siti", "nik": "12"})

    assert wrong.status_code == 422
    assert "<title>Keliru: Pemohon" in wrong.text
    assert "NIK harus 16 angka" in words(wrong)
    assert "Lanjut dulu, perbaiki nanti" in words(wrong)
    assert state(visitor, "pemohon") == "Perlu diperbaiki (4 hal)"
    assert 'value="12"' in visitor.get(f"{LIST}/pemohon").text

    onward = fill(visitor, "pemohon", {"nama": "Siti", "nik": "13"}, act="nanti")

    assert onward.headers["Location"] == f"{LIST}/badan"
    assert 'value="13"' in visitor.get(f"{LIST}/pemohon").text


def test_going_back_to_the_list_saves_first_and_says_until_when(visitor):
    fill(visitor, "tanah", {"nomor_surat_tanah": "SHM 7"}, act="daftar")

    assert "sampai Senin, 7 Des 2026" in words(visitor.get(LIST))
    assert 'value="SHM 7"' in visitor.get(f"{LIST}/tanah").text


def test_one_part_saved_leaves_every_other_as_it_was(visitor):
    fill_all(visitor, PERSON)
    fill(visitor, "kuasa", {"dikuasakan": "tidak"}, act="daftar")

    assert "7 dari 7 bagian selesai" in words(visitor.get(LIST))
    assert "ktp.jpg" in visitor.get(f"{LIST}/dokumen").text


def test_parts_may_be_done_in_any_order_and_the_last_one_leads_to_the_check(visitor):
    fill_all(visitor, PERSON, "rencana")

    last = fill(visitor, "rencana", part_of(visitor, "rencana", PERSON))

    assert last.headers["Location"] == CHECK
    assert visitor.get(CHECK).status_code == 200


def test_on_goes_to_the_next_part_that_is_not_done(visitor):
    fill_all(visitor, PERSON, "tanah", "hasil")

    assert fill(visitor, "rencana", part_of(visitor, "rencana", PERSON)).headers["Location"] == f"{LIST}/hasil"
    assert fill(visitor, "hasil", part_of(visitor, "hasil", PERSON)).headers["Location"] == f"{LIST}/tanah"


def test_what_another_part_decides_is_asked_or_left_out_and_the_list_says_so(visitor):
    assert "Diisi bila Pemohon adalah: Badan hukum" in words(visitor.get(f"{LIST}/badan"))

    fill(visitor, "pemohon", {"jenis_pemohon": "perorangan"}, act="daftar")
    assert state(visitor, "badan") == "Tidak perlu diisi"
    assert f'href="{LIST}/badan"' not in visitor.get(LIST).text
    assert "tidak perlu diisi" in words(visitor.get(f"{LIST}/badan"))
    assert "Akta pendirian" not in words(visitor.get(f"{LIST}/dokumen"))

    fill(visitor, "pemohon", {"jenis_pemohon": "badan"}, act="daftar")
    assert state(visitor, "badan") == "Belum diisi"
    page = words(visitor.get(f"{LIST}/dokumen"))
    assert "Akta pendirian badan hukum (wajib)" in page
    assert "Diisi bila Pemohon adalah" not in page, "it is decided"


def test_a_question_turned_on_its_own_page_stays_there_with_its_sentence(visitor):
    fill(visitor, "kuasa", {"dikuasakan": "tidak"}, act="daftar")

    assert "Diisi bila Permohonan diurus orang lain? Ya" in words(visitor.get(f"{LIST}/kuasa"))


def test_a_part_that_was_done_asks_again_when_another_part_makes_it_necessary(visitor):
    fill_all(visitor, PERSON)
    assert state(visitor, "dokumen") == "Selesai"

    fill(visitor, "rencana", {**part_of(visitor, "rencana", PERSON), "jumlah_lantai": "9"}, act="daftar")

    assert state(visitor, "dokumen") == "Perlu diperbaiki (1 hal)"
    assert "Lampirkan berkas untuk Rekomendasi ketinggian bangunan." in words(visitor.get(f"{LIST}/dokumen"))
    assert visitor.get(CHECK).headers["Location"] == LIST
    assert "Belum dapat dikirim" in words(visitor.get(LIST))


def test_what_no_longer_applies_is_kept_told_and_not_sent_however_wrong_it_is(visitor, standing_office):
    fill_all(visitor, PERSON)
    fill(visitor, "kuasa", {"dikuasakan": "ya", "nama_kuasa": "Budi", "nik_kuasa": "salah"}, act="daftar")
    fill(visitor, "dokumen", {**part_of(visitor, "dokumen", PERSON), "surat_kuasa": "berkas:kuasa.pdf"}, act="daftar")
    assert state(visitor, "kuasa") == "Perlu diperbaiki (1 hal)"

    fill(visitor, "kuasa", {"dikuasakan": "tidak", "nama_kuasa": "Budi", "nik_kuasa": "salah"}, act="daftar")
    page = visitor.get(CHECK)
    assert "tidak diperlukan lagi: Nama penerima kuasa, NIK penerima kuasa, Surat kuasa." in words(page)

    token = visitor.send(CHECK, {}, page).headers["Location"].split("/")[2]
    case = standing_office.queries.tracking(token).case
    with standing_office.store.read() as reads:
        answers = next(row.answers for row in reads.answers(case.id))
        papers = {paper.field for paper in reads.documents(case.id)}
    assert "nama" in answers
    assert not {"nama_kuasa", "nik_kuasa", "surat_kuasa"} & set(answers)
    assert "ktp" in papers
    assert "surat_kuasa" not in papers


def test_what_is_hidden_comes_back_with_what_was_typed_there(visitor):
    fill(visitor, "pemohon", {"jenis_pemohon": "badan"}, act="daftar")
    fill(visitor, "badan", {"nama_badan": "PT Maju"}, act="daftar")
    fill(visitor, "pemohon", {"jenis_pemohon": "perorangan"}, act="daftar")
    fill(visitor, "badan", {}, act="daftar")
    fill(visitor, "pemohon", {"jenis_pemohon": "badan"}, act="daftar")

    assert 'value="PT Maju"' in visitor.get(f"{LIST}/badan").text


def test_a_change_from_the_check_comes_back_to_the_check(visitor):
    fill_all(visitor, PERSON)
    page = visitor.get(CHECK)
    assert f'href="{LIST}/pemohon?dari=periksa"' in page.text

    changed = fill(visitor, "pemohon", {**part_of(visitor, "pemohon", PERSON), "nama": "Sri"}, how="?dari=periksa")

    assert changed.headers["Location"] == CHECK
    assert "Sri" in words(visitor.get(CHECK))


def test_a_refused_file_is_told_even_on_the_way_to_the_list(visitor):
    answer = visitor.send(f"{LIST}/dokumen", {"ktp": (io.BytesIO(b"MZ"), "ktp.exe"), "aksi": "daftar"})

    assert answer.status_code == 422
    assert "Berkas “ktp.exe” bukan jenis yang diterima" in words(answer)


def test_a_part_takes_only_its_own_questions(visitor):
    fill(visitor, "kuasa", {"dikuasakan": "tidak", "nama": "Orang Lain"}, act="daftar")

    assert "Orang Lain" not in visitor.get(f"{LIST}/pemohon").text
    assert state(visitor, "pemohon") == "Belum diisi"


def test_sending_twice_begins_one_case_and_forgets_the_draft(visitor):
    fill_all(visitor, PERSON)
    page = visitor.get(CHECK)

    first, second = visitor.send(CHECK, {}, page), visitor.send(CHECK, {}, page)

    assert first.headers["Location"] == second.headers["Location"]
    assert "0 dari 8 bagian selesai" in words(visitor.get(LIST))


def test_after_closing_the_check_names_the_next_working_day(city_office):
    visitor = Visitor(city_office.janji)
    fill_all(visitor, PERSON)
    assert "Dikirim sampai pukul 16:00 WIB hari ini" in words(visitor.get(CHECK))

    city_office.wait("2026-11-28T10:00")

    text = words(visitor.get(CHECK))
    assert (
        "Kantor sedang tutup. Yang dikirim sekarang kami catat diterima hari kerja berikut, Senin, 30 Nov 2026." in text
    )
    assert "tidak dapat diubah sendiri" in text


@pytest.mark.parametrize(
    "path", ["/layanan/krk/ajukan/tidak_ada", "/layanan/complaint/ajukan/foto", "/layanan/x/ajukan/y"]
)
def test_a_part_that_is_not_there_is_not_found(visitor, path):
    assert visitor.get(path).status_code == 404


def test_a_whole_form_posted_at_the_list_wipes_nothing(visitor):
    fill(visitor, "pemohon", {"nama": "Siti"}, act="daftar")

    visitor.send(LIST, {"aksi": "simpan"}, visitor.get(f"{LIST}/pemohon"))

    assert 'value="Siti"' in visitor.get(f"{LIST}/pemohon").text


@pytest.mark.parametrize("path", [LIST, f"{LIST}/lokasi", "/layanan/iptb/ajukan", "/layanan/complaint/ajukan"])
def test_the_first_page_of_a_service_is_light_for_a_cheap_phone(visitor, path):
    """The page with every sheet and picture it loads, before any compression."""
    page = visitor.get(path).text
    loaded = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert len(page.encode()) + sum(len(visitor.get(address).data) for address in set(loaded)) <= 100_000


def test_a_kelurahan_whose_name_is_not_the_only_one_says_its_kecamatan(visitor):
    page = visitor.get(f"{LIST}/lokasi").text

    assert page.count("<optgroup") == 16
    assert len(re.findall(r">Purwosari, \w", page)) == 2
    assert ">Pekunden<" in page
