"""Pages that few citizens meet, as somebody reads them who knows no Indonesian: late, moved, disrupted, withdrawn.

The other pages are walked through in `tests/browser/test_english.py`.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.model import OutageProposal
from tests.builders import Application, Office, staff
from tests.engine.test_journey import KRK
from tests.languages import left_in_page
from tests.webapp.browsing import Visitor
from tests.webapp.test_journey_pages import path, press


@pytest.fixture
def office(city_office: Office) -> Office:
    return city_office


@pytest.fixture
def moved(office: Office) -> Application:
    """A KRK whose date an outage moved and an extension again; the outage is not over."""
    case = office.apply("krk", KRK["perorangan"])
    office.do(case, "verifikasi_berkas", KRK["lengkap"])
    office.engine.extend(case.reference, "layanan", 2, "Survei ulang.", staff("kadis"), "extend")
    now = office.clock.now()
    outage = OutageProposal("G-1", ("krk",), now, now + timedelta(days=1), "Pusat data padam.")
    office.engine.declare_outage(outage, staff("sekda"), "outage")
    return case


@pytest.fixture
def visitor(office: Office) -> Visitor:
    visitor = Visitor(office.janji)
    visitor.get("/?bahasa=en")
    return visitor


def test_a_date_that_an_outage_and_an_extension_moved_is_told_in_english(office, visitor, moved):
    banner, sum_of_days = visitor.get("/"), visitor.get(f"{path(moved)}/hitungan")

    assert "Pusat data padam." in banner.text
    assert "Survei ulang." in visitor.get(path(moved)).text
    for page in (banner, sum_of_days, visitor.get("/gangguan"), visitor.get(path(moved))):
        assert left_in_page(page.text) == []


def test_a_case_that_is_late_is_pressed_for_in_english_and_its_receipt_too(office, visitor, moved):
    office.work_through("2026-12-09T09:00")
    late = visitor.get(path(moved))
    receipt = visitor.get(press(visitor, moved).location)

    assert f"{moved.reference}-D1" in receipt.text
    for page in (late, receipt, visitor.get(path(moved)), visitor.get(f"{path(moved)}/hitungan")):
        assert left_in_page(page.text) == []


def test_a_case_that_was_withdrawn_says_in_english_that_nothing_is_owed(office, visitor, moved):
    office.engine.withdraw(moved.token, "pindah kota", "k1")

    page = visitor.get(path(moved))
    assert "We owe nothing any more: you withdrew this case." in page.text
    assert left_in_page(page.text) == []
