"""Somebody who reads English goes through everything: every form part, act and letter, and meets no Indonesian.

English is chosen once, then links are followed. Pages on which scripts add words are looked at once more with scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.doing import ANSWERED, QUESTIONS, letters
from tests.browser.filling import asked_here, fill
from tests.browser.reading import english_only
from tests.browser.town import Town, open_town
from tests.builders import Application
from tests.issuing import work_on_krk
from tests.languages import left_indonesian
from tests.samples import sample

SCRIPTED = r"/ajukan|/v/"
REJECTED = {
    "putusan": {"*": {"hasil": "sesuai"}, "ktp": {"hasil": "tidak_sesuai", "keterangan": "Foto KTP tidak terbaca."}},
    "hasil": "perlu_perbaikan",
}
TYPED = 'input[type="text"], input[type="tel"], input[type="email"], textarea'


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Town]:
    with open_town(tmp_path_factory.mktemp("english"), browser, gateway_inbound_token="a token") as town:
        town.reads = english_only
        yield town
        town.look_again(at=SCRIPTED)
        town.everybody_leaves()


@pytest.fixture(scope="module")
def phone(town: Town) -> Page:
    town.go(town.phone(), "/?bahasa=en")
    return town.phone()


class Reader:
    """Somebody with a phone and one case, who makes every mistake once."""

    def __init__(self, town: Town, phone: Page) -> None:
        self._town = town
        self.phone = phone
        self.case: Application

    def press(self, what: str) -> None:
        """Press the first link or button of a kind that leads to another page."""
        self._town.press(self.phone.locator(what).first)

    def refused(self, what: str) -> None:
        self._town.refused(self.phone.locator(what).first)
        expect(self.phone.get_by_role("alert")).to_be_visible()

    def begin(self, service: str) -> None:
        """From the brand of any page to the first page of the form."""
        self.press("a.brand")
        self.press(f'main a[href$="/layanan/{service}"]')
        self.press(f'main a[href$="/layanan/{service}/ajukan"]')
        if self.phone.locator(".parts").count():
            self.press("main > .acts a.button")

    def go_on_elsewhere(self) -> None:
        """Have a way back to the form sent and go on at its beginning, on a phone that has never been here."""
        self.phone.locator("main details summary").last.click()
        self.phone.locator('[name="kontak"]').fill("siti@contoh.example")
        self.press('form[action$="/lanjut-nanti"] button')
        self.phone = self._town.phone("another")
        self._town.go(self.phone, letters(self._town)["lanjut"])
        self.press("main form button")
        self.press("main > .acts a.button")

    def nonsense(self) -> None:
        """A question mark wherever something can be written, a note for every paper: be told what is wrong."""
        form = self.phone.locator("main form").first
        for one in form.locator(TYPED).all():
            one.fill("?")
        for one in form.locator('input[type="file"]').all():
            one.set_input_files({"name": "note.txt", "mimeType": "text/plain", "buffer": b"no paper"})
        self.refused("main form .acts button")
        for one in form.locator(TYPED).all():
            one.fill("")

    def apply(self, answers: Mapping[str, Any]) -> Application:
        """Every part of the form from here on, the check, the receipt, the case."""
        left = dict(answers)
        while "/periksa" not in self.phone.url:
            self.nonsense()
            here = asked_here(self.phone, left)
            assert here, f"{self.phone.url} asks for none of {sorted(left)}"
            fill(self.phone, {name: left.pop(name) for name in here})
            self.press("main form .acts button")
        assert not left, "every answer was asked for"
        self.press(".sending button")
        reference, code = self.phone.locator(".facts .code").all_inner_texts()[:2]
        self.press("main .acts a")
        token = self.phone.url.rpartition("/")[2]
        self.case = Application(reference, token, code, self._town.office.queries.tracking(token).case.id)
        return self.case

    def look(self) -> None:
        self._town.go(self.phone, f"/t/{self.case.token}")

    def look_closely(self) -> None:
        """The case, the sum of its days once there is one, and what is held of its owner."""
        self.look()
        for link in ("/hitungan", "/data"):
            self.press(f'main a[href$="{link}"]')
            self.look()

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Do what waits for the citizen, first wrong, then right."""
        self.look()
        self.press(".card.next .acts a")
        self.nonsense()
        fill(self.phone, answers)
        self.press("main form .acts button")
        expect(self.phone.get_by_role("status")).to_be_visible()

    def rate(self) -> None:
        self.press('main a[href$="/survei"]')
        self.refused("main form .acts button")
        for question in self.phone.locator("fieldset.scores").all():
            question.locator("label").nth(2).click()
        self.press("main form .acts button")

    def go_for_good(self) -> None:
        """Take the data along, then have them forgotten."""
        self.look()
        self.press('main a[href$="/data"]')
        self.refused('form[action$="/unduh"] button')
        self.refused('form[action$="/hapus"] button')
        self.phone.locator("#kode-hapus").fill(self.case.code)
        self.phone.locator('label[for="yakin"]').click()
        self.press('form[action$="/hapus"] button')


@pytest.fixture
def reader(town: Town, phone: Page) -> Reader:
    return Reader(town, phone)


def test_a_krk_is_applied_for_corrected_paid_issued_checked_and_rated(town: Town, reader: Reader):
    reader.begin("krk")
    reader.go_on_elsewhere()
    case = reader.apply(sample("krk", "perorangan", salinan_cetak="2"))
    town.office.do(case, "verifikasi_berkas", REJECTED)
    reader.answer({"ktp": "berkas:ktp-baru.jpg"})
    work_on_krk(town.office, case)
    reader.answer({"tanggal_bayar": "2026-11-23", "bukti_bayar": "berkas:bukti.pdf"})
    town.office.do(case, "konfirmasi_pembayaran", {"hasil": "diterima", "nomor_bukti": "TT-0001"})
    town.print_due()
    reader.look_closely()
    reader.rate()
    reader.look()
    reader.press('.issued a[href*="/v/"]')
    reader.press('main .links a[href$="/v/periksa"]')
    reader.answer({"bagian": ["identitas"], "uraian": "My name is misspelt."})
    town.office.engine.hear("081200000101", f"LACAK {case.reference}")
    told_in_english(town)


def test_a_licence_is_applied_for_invited_withdrawn_and_forgotten(town: Town, reader: Reader):
    reader.begin("iptb")
    case = reader.apply(sample("iptb", "baru_struktur"))
    for element, given in (
        ("verifikasi_berkas", "lengkap"),
        ("konfirmasi_asosiasi", "rekomendasi_b"),
        ("jadwal_penilaian", "jadwal"),
    ):
        town.office.do(case, element, sample("iptb", given))
    reader.answer({"jawaban_hadir": "hadir"})
    reader.look_closely()
    reader.press('main a[href$="/tarik"]')
    reader.refused("main form .acts button")
    reader.phone.locator('label[for="yakin"]').click()
    reader.press("main form .acts button")
    reader.go_for_good()
    told_in_english(town)


def test_a_complaint_is_clarified_answered_disputed_and_asked_after(town: Town, reader: Reader):
    reader.begin("complaint")
    case = reader.apply(sample("complaint", "lampu_jalan"))
    town.office.do(case, "verifikasi_laporan", sample("complaint", "perlu_keterangan"))
    reader.answer(sample("complaint", "keterangan"))
    for element, given in zip(QUESTIONS, ANSWERED, strict=True):
        town.office.do(case, element, sample("complaint", given))
    reader.answer(sample("complaint", "belum_selesai"))
    town.office.do(case, "tindak_lanjut_ulang", sample("complaint", "bukti_baru"))
    town.office.do(case, "balasan_sanggahan", sample("complaint", "kirim"))
    reader.look()
    town.office.wait("+28d")
    reader.look()
    reader.press(".card.next button >> nth=-1")
    reader.look()
    told_in_english(town)


def told_in_english(town: Town) -> None:
    """Every mail and text message to applicants so far."""
    town.office.janji.outbox.send_due()
    sent = [one for one in (*town.office.mail.messages, *town.office.texts.messages) if one.to.language == "en"]
    assert sent
    office = town.office.janji.city.office.name
    left = left_indonesian(f"{one.subject}\n{one.body}".replace(office, "") for one in sent)
    assert left == [], "\n".join(left)
