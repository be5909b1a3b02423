"""Papers from issue to replacement: what stands on them, what anybody may ask, what becomes of the old one."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from io import BytesIO
from math import cos, pi, sin
from shutil import which

import pytest
from pypdf import PdfReader

from engine.errors import NotFound
from engine.model import PermitState
from engine.stamps import read
from tests.issuing import REVOKED, SUSPENDED, correct_krk, issue_iptb, issue_krk, paper, printed


def shown(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def star(corners: int) -> str:
    """A parcel with many corners, none of its sides crossing another."""
    ring = [
        [110.4172 + 4e-4 * cos(2 * pi * n / corners), -6.9881 + 3e-4 * sin(2 * pi * n / corners) * (1 + 0.1 * (n % 2))]
        for n in range(corners)
    ]
    return json.dumps({"type": "Polygon", "coordinates": [[*ring, ring[0]]]})


# ── the code on the paper ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_krk_vouches_for_its_number_parcel_and_dates_and_names_nobody(city_office):
    [krk] = printed(city_office, issue_krk(city_office))

    judged = city_office.janji.stamps.judged(krk.stamp)

    assert judged.outcome == "genuine"
    stamp = judged.stamp
    assert (stamp.number, stamp.version, stamp.kind) == (krk.number, 1, "KRK")
    assert (stamp.holder, stamp.about) == ("S.R.", "PEKUNDEN*240+M2")
    assert (stamp.issued_on, stamp.valid_until_on) == (date(2026, 11, 23), date(2027, 5, 23))
    assert not any(word in krk.stamp for word in ("SITI", "RAHMAWATI", "3374015203850001", "0812"))


def test_an_iptb_vouches_for_its_field_and_class(city_office):
    [iptb] = printed(city_office, issue_iptb(city_office))

    assert read(iptb.stamp)[0].about == "PENGAWAS+PELAKSANAAN+ARSITEKTUR*C"


def test_two_papers_that_differ_in_one_hidden_fact_have_different_seals(city_office):
    one, other = (printed(city_office, issue_krk(city_office, jumlah_lantai=n))[0] for n in (1, 2))

    assert read(one.stamp)[0].seal != read(other.stamp)[0].seal


@pytest.mark.skipif(
    which("zbarimg") is None or which("pdftoppm") is None, reason="zbarimg or pdftoppm is not installed"
)
def test_a_scanner_reads_the_code_off_a_page_of_a_cheap_printer(city_office, tmp_path):
    [krk] = printed(city_office, issue_krk(city_office))
    (tmp_path / "krk.pdf").write_bytes(paper(city_office, krk))

    subprocess.run(["pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", "krk.pdf", "page"], cwd=tmp_path, check=True)
    page = next(tmp_path.glob("page*.png")).name
    seen = subprocess.run(["zbarimg", "-q", "--raw", page], cwd=tmp_path, check=True, capture_output=True, text=True)

    assert seen.stdout.strip() == f"http://127.0.0.1:8000/v/{krk.number}?versi=1#{krk.stamp}"


# ── what anybody may ask ──────────────────────────────────────────────────────────────────────────────────────────────


def test_the_paper_of_version_one_leads_to_version_two_and_says_since_when(city_office):
    case = issue_krk(city_office)
    city_office.wait("+2wd")
    correct_krk(city_office, case, nama="Siti Rahmawati Putri")
    old, new = printed(city_office, case)

    check = city_office.queries.permit(old.number, 1)

    assert check.state is PermitState.REPLACED
    assert check.replaced_by == (new.number, 2)
    assert check.permit.state_at == new.issued_at
    assert not check.valid
    assert city_office.queries.permit(old.number).permit.version == 2
    with pytest.raises(NotFound):
        city_office.queries.permit(old.number, 3)


def test_a_corrected_name_is_the_one_that_is_checked(city_office):
    case = issue_krk(city_office)
    correct_krk(city_office, case, nama="Budi Santosa")
    old, new = printed(city_office, case)

    assert city_office.queries.permit(new.number).holder == "B. S."
    assert city_office.queries.permit(old.number, 1).holder == "S. R."
    assert read(new.stamp)[0].holder == "B.S."


def test_the_third_version_leaves_the_day_on_which_the_first_was_replaced(city_office):
    case = issue_krk(city_office)
    correct_krk(city_office, case)
    replaced_at = city_office.clock.now()
    city_office.wait("+2wd")
    correct_krk(city_office, case)

    first, second, third = printed(city_office, case)

    assert first.state_at == replaced_at
    assert second.state_at == third.issued_at
    assert city_office.queries.permit(first.number, 1).replaced_by == (first.number, 3)


def test_the_day_after_its_last_day_a_krk_has_ended_without_anybody_touching_it(city_office):
    [krk] = printed(city_office, issue_krk(city_office))
    city_office.wait("2027-05-23T23:00")
    assert city_office.queries.permit(krk.number).valid

    city_office.wait("2027-05-24T00:01")

    assert city_office.queries.permit(krk.number).state is PermitState.EXPIRED


def test_a_revoked_licence_tells_since_when_by_which_role_and_on_what_ground(city_office):
    case = issue_iptb(city_office)
    [iptb] = printed(city_office, case)
    city_office.wait("+5wd")
    city_office.do(case, "pengawasan_izin", REVOKED)

    check = city_office.queries.permit(iptb.number)

    assert check.state is PermitState.REVOKED
    assert check.permit.state_at == city_office.clock.now()
    assert check.permit.state_by == "kadis"
    assert check.ground == {"id": "Dokumen palsu", "en": "Forged papers"}


def test_a_licence_stays_suspended_since_the_day_it_was_even_when_its_end_draws_near(city_office):
    case = issue_iptb(city_office)
    [iptb] = printed(city_office, case)
    city_office.do(case, "pengawasan_izin", SUSPENDED)
    suspended_at = city_office.clock.now()

    city_office.wait("2029-09-01T09:00")

    check = city_office.queries.permit(iptb.number)
    assert check.state is PermitState.SUSPENDED
    assert check.permit.state_at == suspended_at


def test_a_licence_replaced_by_another_number_names_it(city_office):
    case = issue_iptb(city_office)
    [old] = printed(city_office, case)
    [new] = printed(city_office, issue_iptb(city_office, nama="Tono Kusuma", nik="3374060412750002"))
    replaced = {"tindakan": "diganti", "nomor_pengganti": new.number, "alasan": "Naik golongan."}
    city_office.do(case, "pengawasan_izin", replaced)

    assert city_office.queries.permit(old.number).replaced_by == (new.number, None)


# ── the sheet ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_corrected_krk_says_on_its_face_which_version_it_replaces(city_office):
    case = issue_krk(city_office)
    city_office.wait("+2wd")
    correct_krk(city_office, case)
    old, new = printed(city_office, case)

    assert "menggantikan versi 1 yang terbit 23 November 2026" in shown(paper(city_office, new))
    assert "menggantikan" not in shown(paper(city_office, old))


def test_the_file_of_the_old_version_is_never_touched(city_office):
    case = issue_krk(city_office)
    before = paper(city_office, printed(city_office, case)[0])
    correct_krk(city_office, case)

    assert paper(city_office, printed(city_office, case)[0]) == before


def test_a_krk_says_where_its_numbers_come_from_and_what_it_is_not(city_office):
    [krk] = printed(city_office, issue_krk(city_office, analysis={"gsb": 5, "alasan_gsb": "Jalan sempit."}))

    sheet = shown(paper(city_office, krk))

    assert "(GSB) minimum 5 m petugas" in sheet
    assert "(KDH) minimum 20 % contoh" in sheet
    for said in (
        "bukan ketetapan peraturan zonasi",
        "bukan izin dan bukan bukti kepemilikan",
        "Masa berlaku 6 bulan adalah pengaturan",
        "Batal bila kemudian ada sengketa",
        "Perda Kota Semarang 5/2009",
        "Denah bukan hasil ukur",
        "tidak tersertifikasi",
    ):
        assert said in sheet, said
    assert "BSrE" not in sheet


def test_a_parcel_of_forty_corners_and_the_longest_answers_fit_and_every_corner_is_listed(city_office):
    long = "Sempadan sungai Banjir Kanal Timur lima belas meter dari tepi palung. " * 10
    case = issue_krk(
        city_office,
        analysis={"sempadan_lain": long[:300], "utilitas": long[:300], "fungsi": long[:200], "keterangan": long[:500]},
        batas_persil=star(40),
        nama="Raden Mas Haryo Kusumo Wardhana Tjokrodiningrat bin Abdurrahman Wahid Hasyim Notonegoro",
    )
    [krk] = printed(city_office, case)

    pages = PdfReader(BytesIO(paper(city_office, krk))).pages
    last = " ".join(pages[-1].extract_text().split())

    assert len(pages) == 3
    assert "Jumlah titik batas 40" in last
    assert last.count("110.4") == 40


def test_a_paper_is_tagged_titled_in_indonesian_and_stays_pdf_one_point_seven_when_signed(city_office):
    [krk] = printed(city_office, issue_krk(city_office))
    pdf = paper(city_office, krk)

    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    metadata = root["/Metadata"].get_object().get_data()
    assert pdf.startswith(b"%PDF-1.7")
    assert "/Version" not in root, "PDF/A-2 is PDF 1.7"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "id"
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert PdfReader(BytesIO(pdf)).metadata.title == f"Keterangan Rencana Kota {krk.number}"
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_a_licence_has_a_letter_and_a_card_of_the_size_of_an_identity_card_with_the_holders_photo(city_office):
    [iptb] = printed(city_office, issue_iptb(city_office))

    letter, card = PdfReader(BytesIO(paper(city_office, iptb))).pages

    assert "Kewajiban dan larangan" in letter.extract_text()
    assert "85,6 × 54 mm" in card.extract_text()
    assert [image.name for image in card.images]
    assert not letter.images


def test_facts_are_read_aloud_in_their_order(city_office):
    [krk] = printed(city_office, issue_krk(city_office))
    sheet = shown(paper(city_office, krk))

    heads = [
        "Pemohon dan persil",
        "Kesesuaian",
        "Ketentuan bangunan",
        "Berlakunya",
        "Dasar",
        "Kepala Dinas",
        "Lampiran",
    ]
    found = [sheet.index(head) for head in heads]
    assert found == sorted(found)
