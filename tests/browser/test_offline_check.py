"""Checking a paper on a phone without a connection, with JavaScript on: true from forged, and what it cannot know."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from engine.model import Permit
from tests.browser.town import PHONE, Town
from tests.issuing import REVOKED, correct_krk, issue_iptb, issue_krk


@pytest.fixture
def phone(town: Town) -> Iterator[Page]:
    """A phone with scripts; whatever a page throws ends the test."""
    context = town.browser.new_context(viewport=PHONE, locale="id-ID")
    page = context.new_page()
    page.on("pageerror", lambda broken: town.faults.append(str(broken)))
    yield page
    context.close()


def print_in(town: Town, case) -> Permit:
    """The newest permit of a case, printed."""
    town.print_due()
    with town.office.store.read() as reads:
        return reads.permits(case.id)[-1]


def visit_once(town: Town, phone: Page) -> None:
    """Open the check page while connected, until it is kept and served by its worker."""
    town.go(phone, "/v/periksa")
    phone.wait_for_function("navigator.serviceWorker.controller?.state === 'activated'")
    phone.wait_for_function("async () => (await (await caches.open('periksa')).keys()).length > 6")


def check(phone: Page, code: str) -> None:
    phone.get_by_label("Isi kode").fill(code)
    phone.get_by_role("button", name="Periksa kode").click()


def comes_out(phone: Page, outcome: str) -> None:
    """The one outcome that is awake, once the page has made up its mind: connected, it also asks our records."""
    expect(phone.locator("[data-outcome]:visible")).to_have_count(1)
    expect(phone.locator("[data-outcome]:visible")).to_have_attribute("data-outcome", outcome)


def address(permit: Permit) -> str:
    return f"/v/{permit.number}?versi={permit.version}#{permit.stamp}"


def test_in_airplane_mode_a_true_code_passes_a_changed_letter_does_not_and_revocation_shows_once_connected(town, phone):
    case = issue_iptb(town.office)
    permit = print_in(town, case)
    visit_once(town, phone)
    phone.context.set_offline(True)
    phone.reload()

    check(phone, permit.stamp)
    expect(phone.get_by_role("heading", name="Asli menurut tanda tangan")).to_be_visible()
    expect(phone.get_by_text("hanya dapat diketahui bila ponsel ini tersambung")).to_be_visible()
    check(phone, permit.stamp.replace(":L.W.:", ":L.V.:"))
    expect(phone.get_by_role("heading", name="Kode ini tidak asli")).to_be_visible()

    town.office.do(case, "pengawasan_izin", REVOKED)
    check(phone, permit.stamp)
    expect(phone.get_by_role("heading", name="Asli menurut tanda tangan")).to_be_visible()
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", name="Dokumen ini sudah dicabut")).to_be_visible(timeout=60_000)


def test_a_scanned_address_opens_the_kept_page_when_nobody_answers(town, phone):
    permit = print_in(town, issue_krk(town.office))
    visit_once(town, phone)
    phone.context.set_offline(True)

    town.go(phone, address(permit))

    expect(phone.get_by_role("heading", level=1)).to_have_text("Periksa keaslian dokumen")
    comes_out(phone, "genuine")
    expect(phone.locator('[data-fact="about"] dd')).to_contain_text("PEKUNDEN · 240 M2")


def test_the_page_of_a_number_agrees_with_its_own_code_and_warns_of_any_other(town, phone):
    case = issue_krk(town.office)
    permit, other = print_in(town, case), print_in(town, issue_iptb(town.office))

    town.go(phone, address(permit))
    comes_out(phone, "agrees")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dokumen ini asli dan berlaku")

    phone.goto("about:blank")
    town.go(phone, f"/v/{permit.number}?versi=1#{other.stamp}")
    comes_out(phone, "other_paper")
    expect(phone.locator(".paper-state")).to_be_hidden()

    phone.goto("about:blank")
    town.go(phone, address(permit).replace("240+M2", "940+M2"))
    comes_out(phone, "forged")
    expect(phone.locator('[data-fact="about"] [data-record]')).to_contain_text("PEKUNDEN · 240 M2")


def test_a_paper_that_is_replaced_while_its_page_is_open_is_shown_replaced(town, phone):
    case = issue_krk(town.office)
    permit = print_in(town, case)
    town.go(phone, address(permit))
    comes_out(phone, "agrees")

    correct_krk(town.office, case)
    phone.context.set_offline(True)
    phone.context.set_offline(False)

    expect(phone.get_by_role("heading", level=1)).to_have_text("Dokumen ini sudah diganti", timeout=60_000)


def test_no_code_ever_reaches_the_server(town, phone):
    permit = print_in(town, issue_krk(town.office))
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.partition("#")[0] + (request.post_data or "")))

    town.go(phone, address(permit))
    comes_out(phone, "agrees")
    visit_once(town, phone)
    check(phone, permit.stamp)
    comes_out(phone, "aktif")

    assert asked
    assert not any(permit.stamp[20:60] in url for url in asked)
