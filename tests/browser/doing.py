"""What a citizen does on a page in one sentence, and what the office did before through the engine."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.filling import fill
from tests.browser.town import Town
from tests.builders import Application, Office
from tests.samples import sample

ANSWERED = ("lengkap", "ke_disperkim", "ditindaklanjuti", "bukti", "kirim")
QUESTIONS = ("verifikasi_laporan", "disposisi", "jawaban_unit", "tindak_lanjut", "balasan")
LINK = re.compile(r"http://[^/\s]+(/(\w+)/\S+)")


def answer(office: Office, report: Application) -> None:
    """A street lamp is mended and answered on the first day."""
    for element, given in zip(QUESTIONS, ANSWERED, strict=True):
        office.do(report, element, sample("complaint", given))


def path(case: Application) -> str:
    return f"/t/{case.token}"


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def button(page: Page, words: str | re.Pattern[str]) -> Any:
    return page.locator("main").get_by_role("button", name=words).first


def letters(town: Town) -> dict[str, str]:
    """Where the links of everything that was sent lead, by page; the newest counts."""
    town.office.janji.outbox.send_due()
    sent = [*town.office.mail.messages, *town.office.texts.messages]
    return {page: at for message in sent for at, page in LINK.findall(message.body)}


def do_now(town: Town, phone: Page, case: Application, answers: dict[str, Any], **wrong: Any) -> None:
    """Open what waits for the citizen, send it wrong first, be told so, then send it right."""
    town.go(phone, path(case))
    town.press(phone.locator(".card.next .acts a"))
    send = phone.locator("main form .acts button")
    if wrong:
        fill(phone, wrong)
        town.refused(send)
        expect(phone.get_by_role("alert")).to_be_visible()
    fill(phone, answers)
    town.press(send)
    expect(phone.get_by_role("status")).to_have_text("Jawaban Anda sudah kami terima.")
