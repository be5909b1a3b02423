"""Walks a case through the pages as an analyst's story tells it: each line is done by somebody at their own browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from engine.roles import APPLICANT
from engine.stories.files import Line, read_story
from tests.browser.filling import asked_here, fill, finisher
from tests.browser.town import PASSWORD, Town, login
from tests.builders import ROOT


class Walk:
    """One case. The citizen holds a phone; every colleague sits at a screen of their own."""

    def __init__(self, town: Town, service: str, story: str) -> None:
        told = read_story(ROOT / "processes" / service / "scenarios" / f"{story}.toml")
        self._town = town
        self._service = service
        self._lines: Iterator[Line] = iter(told.lines)
        self.phone = town.phone()
        self.reference = ""
        self.path = ""
        """The secret link of the case."""

    def through(self, element: str) -> None:
        """Do the story's lines up to the first that does `element`; after each the citizen looks at the phone."""
        for line in self._lines:
            if line.refused:
                continue
            self.wait(line.wait)
            self._do(line)
            self.look()
            if line.does == element:
                return
        raise AssertionError(f"the story never comes to {element}")

    def wait(self, span: str) -> None:
        """Let time pass in the town; what falls due on the way fires at its own instant."""
        if span:
            self._town.office.wait(span)

    # ── the citizen ───────────────────────────────────────────────────────────────────────────────────────────────

    def look(self) -> Page:
        """Open the case on the phone."""
        self._town.go(self.phone, self.path)
        return self.phone

    def here(self) -> list[str]:
        """The lines of the stage that is marked as the present one: its name, then its state and its date."""
        shown = self.phone.locator('.stages [aria-current="step"]').inner_text()
        return [line.strip() for line in shown.splitlines() if line.strip()]

    def dates(self, of: str) -> list[str]:
        """The days shown by a part of the page, as ISO dates."""
        return [str(one.get_attribute("datetime")) for one in self.phone.locator(f"{of} time").all()]

    def apply(self, answers: Mapping[str, Any]) -> None:
        """From the first page to the receipt, and on to the case."""
        phone, town = self.phone, self._town
        town.go(phone, "/")
        town.picture(phone, f"{self._service}-1-home")
        town.press(phone.locator(f'a[href$="/layanan/{self._service}"]').first)
        town.picture(phone, f"{self._service}-2-service")
        town.press(phone.locator(f'a[href$="/layanan/{self._service}/ajukan"]').first)
        if phone.locator(".parts").count():
            self._fill_in_parts(answers)
        else:
            fill(phone, answers)
            town.picture(phone, f"{self._service}-3-form")
            town.press(phone.get_by_role("button", name="Lanjut: periksa jawaban"))
        expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa jawaban Anda")
        town.picture(phone, f"{self._service}-4-check")
        town.press(phone.locator(".sending button"))
        expect(phone.get_by_role("heading", level=1)).to_have_text("Sudah kami terima")
        town.picture(phone, f"{self._service}-5-received")
        assert len(PdfReader(BytesIO(phone.pdf(format="A4"))).pages) == 1, "the receipt is more than one sheet"
        self.reference = phone.locator(".facts .code").first.inner_text()
        town.press(phone.get_by_role("link", name="Lihat perjalanan berkas"))
        self.path = phone.url.removeprefix(town.address)

    def _fill_in_parts(self, answers: Mapping[str, Any]) -> None:
        """A long form from its list: each part in turn, as the pages lead on; the last one leads to the check."""
        phone, left = self.phone, dict(answers)
        self._town.picture(phone, f"{self._service}-3-parts")
        self._town.press(phone.get_by_role("link", name=re.compile("^Mulai: ")))
        while left:
            here = asked_here(phone, left)
            assert here, f"{phone.url} asks for none of {sorted(left)}"
            fill(phone, {name: left.pop(name) for name in here})
            self._town.picture(phone, f"{self._service}-3-{phone.url.rpartition('/')[2]}")
            self._town.press(phone.get_by_role("button", name="Simpan dan lanjut"))

    def ask(self) -> Page:
        """Open what waits for the citizen, without doing it yet."""
        self._town.press(self.look().locator(".card.next .acts a"))
        return self.phone

    def answer(self, answers: Mapping[str, Any]) -> None:
        """Do what waits for the citizen."""
        self.ask()
        fill(self.phone, answers)
        self._town.picture(self.phone, f"{self._service}-7-answer")
        self._town.press(self.phone.locator("main form .acts button"))
        expect(self.phone.get_by_role("status")).to_have_text("Jawaban Anda sudah kami terima.")

    def picture(self, name: str) -> None:
        self._town.picture(self.phone, f"{self._service}-{name}")

    # ── the office ────────────────────────────────────────────────────────────────────────────────────────────────

    def work(self, who: str, element: str, answers: Mapping[str, Any]) -> None:
        """A colleague finds the task in the group's list, takes it, fills in its form and sends it."""
        screen, name = self._town.desk(who), self._name(element)
        self._town.go(screen, "/tugas?tab=kelompok")
        self._sign_in(screen, who)
        self._town.picture(screen, f"{self._service}-tugas-{login(who)}")
        self._town.press(screen.get_by_role("button", name=f"Ambil {name}, {self.reference}"))
        expect(screen.get_by_role("heading", level=1)).to_have_text(name)
        expect(screen.locator(".holder")).to_contain_text("Anda memegang tugas ini.")
        fill(screen, answers)
        self._town.picture(screen, f"{self._service}-tugas-{element}")
        self._town.press(finisher(screen, answers))
        if screen.url.endswith("/lihat"):
            self._town.press(finisher(screen, {}))
        expect(screen.get_by_role("status")).to_contain_text(self.reference)
        expect(screen).to_have_url(re.compile(r"/tugas\?"))

    def _sign_in(self, screen: Page, who: str) -> None:
        """Sessions end with the working day, so most mornings begin here."""
        if "/masuk" not in screen.url:
            return
        screen.get_by_label("Nama pengguna").fill(login(who))
        screen.get_by_label("Kata sandi").fill(PASSWORD)
        self._town.press(screen.get_by_role("button", name="Masuk"))
        expect(screen.get_by_role("heading", level=1)).to_have_text("Tugas")

    def _name(self, element: str) -> str:
        with self._town.office.store.read() as reads:
            case = reads.case_by_reference(self.reference)
        assert case is not None
        return self._town.office.janji.texts.element(case.version, "id", element)

    def _do(self, line: Line) -> None:
        if line.does == "start":
            self.apply(line.answers)
        elif line.does != "nothing" and line.who == APPLICANT:
            self.answer(line.answers)
        elif line.does != "nothing":
            self.work(line.who, line.does, line.answers)
