"""The list of work as a file, over a real office: the rows of the pages, no formula, nobody's name too many."""

from __future__ import annotations

import csv
import io
import re

import pytest

from engine.errors import ListTooLong
from tests.builders import staff
from tests.conftest import SERVICE
from tests.samples import sample
from tests.webapp.conftest import CLERK, sign_in
from webapp import create_app
from webapp.frame.spreadsheet import harmless
from webapp.worklist.worksheet import COLUMNS, _cells

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}


def lines(answer):
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def on_pages(client, address):
    """The references of a list, page by page, as somebody reads them."""
    found = []
    while address:
        text = client.get(address).text
        found += re.findall(r'class="cell-case"><a href="/berkas/([^"]+)"', text)
        following = re.search(r'class="further" href="([^"]+)"', text)
        address = following and following[1].replace("&amp;", "&")
    return found


def test_the_file_has_exactly_the_rows_of_the_view_in_their_order(town, ratih):
    for n in range(30):
        town.apply(SERVICE, {**ASKED, "nama": f"Siti {n:02d}"})

    every = lines(ratih.get("/tugas.csv?tab=kelompok"))
    some = lines(ratih.get("/tugas.csv?tab=kelompok&q=000007"))

    assert tuple(every[0]) == COLUMNS
    assert len(every) == 30
    assert [line["berkas"] for line in every] == on_pages(ratih, "/tugas?tab=kelompok")
    assert [line["berkas"] for line in some] == on_pages(ratih, "/tugas?tab=kelompok&q=000007") == ["CONT-2026-000007"]


def test_the_view_offers_its_own_file(town, ratih):
    town.apply(SERVICE, ASKED)

    text = ratih.get(f"/tugas?tab=kelompok&layanan={SERVICE}").text

    assert f'href="/tugas.csv?tab=kelompok&amp;layanan={SERVICE}"' in text


def test_what_somebody_typed_is_no_formula(town, ratih):
    town.apply(SERVICE, {**ASKED, "nama": '=HYPERLINK("https://jahat.example")'})

    (line,) = lines(ratih.get("/tugas.csv?tab=kelompok"))

    assert line["perihal"].startswith("'=HYPERLINK")
    assert int(line["hari_kerja_tersisa"]) == 5


@pytest.mark.parametrize("trap", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_every_way_to_begin_a_formula_is_covered(trap):
    assert harmless(trap) == f"'{trap}"


def test_days_left_past_the_date_stay_a_number(town, ratih):
    town.apply(SERVICE, ASKED)
    town.clock.forward(days=14)
    sign_in(ratih)

    (line,) = lines(ratih.get("/tugas.csv?tab=kelompok"))

    assert int(line["hari_kerja_tersisa"]) < 0


def test_taking_the_list_along_is_recorded_with_each_case_once_a_day(town, ratih):
    application = town.apply(SERVICE, ASKED)
    ratih.get("/tugas.csv?tab=kelompok")
    ratih.get("/tugas.csv?tab=kelompok")

    with town.store.read() as reads:
        looks = [(look.login, look.what, look.role) for look in reads.looks(application.id)]
    assert looks == [("ratih", "daftar", "loket")]


def test_an_anonymous_or_confidential_complaint_says_nothing_of_who_or_what(city_office):
    city_office.apply("complaint", sample("complaint", "rahasia"))
    city_office.apply("complaint", sample("complaint", "lampu_jalan", anonim=True))
    admin = staff("admin_pengaduan")

    found = city_office.queries.exported(admin, "kelompok")

    secret, anonymous = sorted(found, key=lambda work: work.case.reference)
    assert (secret.case.confidential, secret.case.subject, secret.case.place) == (True, "", "")
    app = create_app(city_office.janji)
    with app.test_request_context():
        assert _cells(anonymous)[COLUMNS.index("perihal")] == "anonim"


def test_a_list_that_nobody_could_work_through_is_asked_to_be_narrowed(town):
    for _ in range(3):
        town.apply(SERVICE, ASKED)

    assert len(town.queries.exported(CLERK, "kelompok", most=3)) == 3
    with pytest.raises(ListTooLong):
        town.queries.exported(CLERK, "kelompok", most=2)
