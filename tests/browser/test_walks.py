"""One KRK, one IPTB and one complaint from application to issue: on a phone without JavaScript, on a screen with it."""

from __future__ import annotations

import re
from datetime import date

from playwright.sync_api import expect

from tests.browser.town import Town, both_ways
from tests.browser.walk import Walk

pytestmark = both_ways


def test_a_krk_runs_late_in_the_open_and_is_issued(town: Town):
    walk = Walk(town, "krk", "terlambat_lalu_terbit")

    walk.through("start")
    expect(walk.phone.get_by_text("Belum mulai dihitung")).to_be_visible()

    walk.through("verifikasi_berkas")
    expect(walk.phone.locator(".promise-date")).to_have_text("Senin, 30 Nov 2026")
    assert walk.dates(".history[reversed] li:first-child") == ["2026-11-23"]

    walk.through("koreksi_kasi")
    assert walk.here()[:3] == ["Pemeriksaan hasil", "Sedang berjalan", "sejak Sen, 23 Nov"]
    walk.picture("6-running")

    walk.wait("2026-11-27T09:00")
    expect(walk.look().get_by_text("Mendekati batas")).to_be_visible()

    walk.through("nothing")
    expect(walk.phone.get_by_text("Lewat batas")).to_be_visible()
    expect(walk.phone.get_by_text("Kami terlambat 1 hari kerja. Kami mohon maaf.")).to_be_visible()
    expect(walk.phone.locator(".history").get_by_text("Dinaikkan ke atasan").first).to_be_visible()
    walk.picture("8-late")
    walk.work("opd_admin", "tindak_lanjut_opd_admin", FOLLOWED_UP)

    walk.through("tanda_tangan_kadis")
    expect(walk.phone.get_by_text("Seharusnya selesai Senin, 30 Nov 2026")).to_be_visible()
    issued(town, walk, "KRK", date(2026, 12, 1))


FOLLOWED_UP = {
    "penyebab": "antrean",
    "jawaban": "Pekerjaan dialihkan ke petugas lain.",
    "perkiraan_selesai": "2026-12-04",
}


def issued(town: Town, walk: Walk, kind: str, on: date) -> None:
    """The paper is printed and signed, comes to the phone, and anybody can check it."""
    town.print_due()
    phone = walk.look()
    assert on.isoformat() in walk.dates(".history[reversed]")
    number = phone.locator(".issued h2").inner_text()
    assert number.startswith(kind)
    walk.picture("8-issued")

    with phone.expect_download() as download:
        phone.get_by_role("link", name="Unduh PDF").click()
    paper = download.value.path().read_bytes()
    assert paper.startswith(b"%PDF")
    assert b"/ByteRange" in paper, "it bears no signature"
    assert b"/Type /Sig" in paper or b"/Type/Sig" in paper

    town.press(phone.get_by_role("link", name="Periksa keasliannya"))
    assert re.search(rf"/v/{re.escape(number)}$", phone.url)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dokumen ini asli dan berlaku")
    walk.picture("9-check")


def test_an_iptb_passes_its_interview_and_stands_in_the_register(town: Town):
    walk = Walk(town, "iptb", "baru_lulus")

    walk.through("verifikasi_berkas")
    expect(walk.phone.locator(".promise-date")).to_have_text("Jumat, 8 Jan 2027")

    walk.through("jadwal_penilaian")
    assert "sejak Rab, 25 Nov" in walk.here()
    expect(walk.ask().get_by_text("Selasa, 8 Des 2026, 09:00 WIB")).to_be_visible()
    walk.picture("6-invited")

    walk.through("penilaian")
    assert "2026-12-08" in walk.dates(".history[reversed]")

    walk.through("koreksi_kabid")
    expect(walk.phone.get_by_text("Sesuai janji")).to_be_visible()

    walk.through("tanda_tangan_kadis")
    expect(walk.phone.get_by_text("Lebih cepat dari janji kami, Jumat, 8 Jan 2027.")).to_be_visible()
    issued(town, walk, "IPTB", date(2026, 12, 10))
    expect(walk.phone.get_by_text(re.compile("^Berlaku sampai .* 2029"))).to_be_visible()


def test_a_complaint_nobody_answers_goes_up_the_ladder_and_is_answered_late(town: Town):
    walk = Walk(town, "complaint", "unit_terlambat_menjawab")

    walk.through("start")
    expect(walk.phone.locator(".promise-date")).to_have_text("Kamis, 3 Des 2026")

    walk.through("disposisi")
    assert walk.here()[1:3] == ["Sedang berjalan", "sejak Sen, 23 Nov"]

    walk.through("nothing")
    expect(walk.phone.locator(".history").get_by_text("Dinaikkan ke atasan").first).to_be_visible()

    walk.wait("2026-12-02T09:00")
    expect(walk.look().get_by_text("Mendekati batas")).to_be_visible()

    walk.through("nothing")
    expect(walk.phone.get_by_text("Lewat batas")).to_be_visible()
    walk.picture("8-late")

    walk.through("balasan")
    walk.picture("8-answered")

    walk.through("tanggapan_pelapor")
    expect(walk.phone.get_by_text("Seharusnya selesai Kamis, 3 Des 2026")).to_be_visible()
    assert walk.dates(".history[reversed] li:first-child") == ["2026-12-05"]
    walk.picture("9-closed")
