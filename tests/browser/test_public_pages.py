"""What anybody may see, in both languages, once on a phone without JavaScript and once on a screen with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import answer
from tests.browser.reading import english_only
from tests.browser.town import Town, both_ways
from tests.samples import sample

PUBLIC = (
    "/",
    "/layanan/krk",
    "/layanan/iptb",
    "/layanan/complaint",
    "/janji",
    "/kinerja",
    "/laporan",
    "/lacak",
    "/lacak/hilang",
    "/lanjut",
    "/privasi",
    "/v/periksa",
    "/masuk",
)


pytestmark = both_ways


@pytest.fixture
def phone(town: Town) -> Page:
    return town.phone()


def test_public_pages_and_a_case_are_fit_for_everybody_in_both_languages(town: Town, phone: Page):
    report = town.office.apply("complaint", sample("complaint", "lampu_jalan"))
    answer(town.office, report)
    own = f"/t/{report.token}"
    for page in (*PUBLIC, f"/laporan/{report.reference}", own, f"{own}/hitungan", f"{own}/tarik", f"{own}/data"):
        for language in ("en", "id"):
            town.go(phone, f"{page}?bahasa={language}")
            expect(phone.locator("html")).to_have_attribute("lang", language)
            expect(phone.get_by_role("heading", level=1)).to_have_count(1)
            assert language == "id" or english_only(phone) == [], page
