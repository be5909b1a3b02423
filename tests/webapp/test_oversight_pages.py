"""A supervisor's pages: each table has a twin for a spreadsheet, the heat says in words and signs what it colours."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest

from engine.errors import AnswersRejected, NotYours
from engine.model import FieldProblem
from engine.views import Fate
from webapp import create_app

from .fakes_staff import Office
from .test_staff import Browser


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def kabid(office) -> Browser:
    app = create_app(office)
    app.config.update(WTF_CSRF_ENABLED=False)
    return Browser(app, "kabid")


@pytest.mark.parametrize(
    "name", ["tahap", "unit", "petugas", "wilayah", "perkiraan", "ketepatan", "tangga", "langkah-krk"]
)
def test_every_table_is_a_file_too_with_when_it_was_read(kabid, name):
    answer = kabid.get(f"/pengawasan/{name}.csv")

    columns, *rows = csv.reader(io.StringIO(answer.text))
    assert answer.mimetype == "text/csv"
    assert columns[-1] == "data_per"
    assert rows
    assert {len(row) for row in rows} == {len(columns)}
    assert {row[-1] for row in rows} == {"2026-11-23T07:05+00:00"}


def test_a_table_nobody_knows_is_not_there(kabid):
    assert kabid.get("/pengawasan/rahasia.csv").status_code == 404
    assert kabid.get("/pengawasan/langkah-tidakada.csv").status_code == 404


def test_the_numbers_of_the_file_are_those_of_the_page(kabid):
    columns, *rows = csv.reader(io.StringIO(kabid.get("/pengawasan/tahap.csv?hari=30").text))
    row = dict(zip(columns, next(row for row in rows if "Verifikasi" in row[1] or "verifikasi" in row[1]), strict=True))

    assert (row["terlambat"], row["median"], row["p90"], row["hari_kita"]) == ("1", "2.0", "4", "20")
    page = kabid.text("/pengawasan?hari=30")
    assert "2 / 1" in page
    assert "kita 20 · unit lain 0 · pemohon 3" in page
    assert "30 hari terakhir" in page


def test_each_service_is_named_once_above_its_stages(kabid):
    table = kabid.get("/pengawasan").text.partition("stages")[2].partition("</table>")[0]
    named = re.findall(r'scope="rowgroup"[^>]*>([^<]+)<', table)

    assert named
    assert len(named) == len(set(named)) == table.count("<tbody")
    assert all(table.count(name) == 1 for name in named)


def test_the_heat_of_a_step_is_a_class_a_badge_and_a_sentence(kabid):
    page = kabid.get("/pengawasan/alur/krk").text

    assert "jd-heat-over" in page
    assert "▲ 1,5 / 1" in page
    assert "median 1,5 hari kerja, target 1, 12 tugas: di atas target" in page
    assert re.search(r"<caption>.*Waktu kerja", page), "the same figures as a table"


def test_a_span_that_is_not_offered_means_the_usual_one(kabid):
    assert "90 hari terakhir, sejak" in kabid.text("/pengawasan/alur/krk?hari=7")
    assert "30 hari terakhir, sejak" in kabid.text("/pengawasan/alur/krk?hari=30")


def test_the_forecast_says_how_many_of_how_many_and_until_when_or_why_it_does_not(kabid):
    seen = kabid.text("/pengawasan")

    assert "Dengan laju ini 4 dari 8 berkas akan terlambat sampai Jumat, 27 Nov 2026." in seen
    assert "Belum diperkirakan: baru 3 dari 30 berkas selesai" in seen
    assert "KRK-2026" in kabid.text("/pengawasan/perkiraan/krk/2026-11-27")
    assert kabid.get("/pengawasan/perkiraan/krk/besok").status_code == 404


def test_both_ways_of_counting_stand_beside_each_other(kabid):
    seen = kabid.text("/pengawasan")

    assert "November 2026 75,0 % 20 15 3 2 3 / 6 n = 18 83,3 %" in seen


def test_a_silent_scheduler_is_told_to_whoever_oversees(office, kabid):
    assert "Berjalan, putaran terakhir" in kabid.text("/pengawasan")
    office.operations = replace(office.operations, tick_at=office.operations.as_of - timedelta(minutes=5))

    assert "Diam sejak" in kabid.text("/pengawasan")


def test_what_was_typed_in_a_second_look_stays_when_something_is_missing(office, kabid):
    office.refusals["review"] = AnswersRejected([FieldProblem("note", "required")])

    answer = kabid.post("/pengawasan/sampel/KRK-2026-000002", hasil="perlu_perbaikan", catatan="")

    assert answer.status_code == 422
    assert "Tulis apa yang perlu diperbaiki." in answer.text
    assert re.search(r'value="perlu_perbaikan" checked', answer.text)


def test_whoever_worked_on_a_case_is_told_that_a_colleague_looks_at_it(office, kabid):
    office.refusals["review"] = NotYours("", "conflict")

    answer = kabid.post("/pengawasan/sampel/KRK-2026-000002", hasil="sesuai", catatan="")

    assert answer.status_code == 303
    assert "rekan lain yang memeriksanya" in kabid.text(answer.location)


def test_every_number_of_a_month_opens_the_promises_that_it_counts(kabid):
    page = kabid.get("/pengawasan").text

    for number, fate in ((20, ""), (15, "tepat"), (3, "terlambat"), (2, "terbuka"), (18, "ditutup")):
        nasib = f"&amp;nasib={fate}" if fate else ""
        assert f'<a href="/pengawasan/janji/krk?bulan=2026-11{nasib}">{number}</a>' in page


def test_a_list_of_promises_says_what_it_counts_and_turns_its_pages(office, kabid):
    seen = kabid.text("/pengawasan/janji/krk?bulan=2026-11&nasib=terlambat")

    assert "Keterangan Rencana Kota: terlambat" in seen
    assert "1 janji jatuh tempo November 2026 · data per 14:05 WIB" in seen
    assert office.asked[-1] == ("promises_due", {"month": "2026-11", "fates": frozenset({Fate.LATE}), "cursor": None})
    assert '/pengawasan/janji/krk?bulan=2026-11&amp;nasib=terlambat&amp;dari=lanjut"' in (
        kabid.get("/pengawasan/janji/krk?bulan=2026-11&nasib=terlambat").text
    )
    assert kabid.get("/pengawasan/janji/krk?nasib=hilang").status_code == 404


def test_what_comes_in_and_goes_out_a_day_is_bars_and_a_table_of_lists(kabid):
    page = kabid.get("/pengawasan/laju/krk").text

    assert page.count('<rect class="rate-') == 4
    assert '<a href="/kasus?layanan=krk&amp;masuk=2026-11-23">3</a>' in page
    assert '<a href="/pengawasan/janji/krk/ditutup/2026-11-20">2</a>' in page
    assert "masuk sampai penutupan kantor Sen, 23 Nov" in kabid.text("/kasus?layanan=krk&masuk=2026-11-23")


def test_the_number_beside_a_median_opens_the_visits_and_tasks_that_it_is_of(kabid):
    assert 'href="/pengawasan/kunjungan/krk/verifikasi?hari=30">12</a>' in kabid.get("/pengawasan?hari=30").text
    assert 'href="/pengawasan/langkah/krk/verifikasi_berkas?hari=90">12</a>' in kabid.get("/pengawasan/alur/krk").text

    seen = kabid.text("/pengawasan/kunjungan/krk/verifikasi?hari=30")
    assert "12 kunjungan yang selesai dalam 30 hari terakhir" in seen
    assert "2,4" in seen
    assert "kita 3 · unit lain 0 · pemohon 1" in seen
    assert "hari=30&amp;dari=25" in kabid.get("/pengawasan/kunjungan/krk/verifikasi?hari=30").text
    assert "12 tugas" in kabid.text("/pengawasan/langkah/krk/verifikasi_berkas")


def test_what_breaks_next_says_when_why_and_lets_its_tasks_be_handed_on_from_there(kabid):
    page = kabid.get("/pengawasan").text
    part = page.partition('id="segera"')[2].partition("</section>")[0]

    assert "Dengan laju ini akan lewat." in part
    assert re.search(r'<form id="tuas" method="post" action="/tugas/serentak">', part)
    assert re.search(r'name="tugas" value="[^"]+" form="tuas"', part)
    assert 'value="/pengawasan"' in part, "the way back"
    assert "/perpanjang" in part


def test_a_tile_is_a_kecamatan_and_each_of_its_numbers_a_list(office, kabid):
    page = kabid.get("/pengawasan").text
    tiles = page.partition('class="tiles"')[2].partition("</svg>")[0]

    assert len(re.findall('class="tile-ground"', tiles)) == 16
    assert re.search(r'href="/kasus\?keadaan=terbuka&amp;wilayah=33.74.01" aria-label="Semarang Tengah 1 belum', tiles)
    assert re.search(r'href="/kasus\?keadaan=terlambat&amp;wilayah=33.74.01"', tiles)
    assert tiles.count("<a ") == 2, "no address where there is nothing"
    assert "bukan batas wilayah" in page


def test_a_city_that_arranges_no_tiles_shows_its_table(office, kabid):
    office.city = replace(office.city, tiles=())

    page = kabid.get("/pengawasan").text

    assert 'class="tiles"' not in page
    assert '<details class="figures-table" open>' in page
    assert "Semarang Tengah" in page


def test_a_second_persons_check_is_a_kind_of_its_own_and_says_whose_work_it_is(kabid):
    part = kabid.text("/pengawasan").partition("Keputusan menunggu saya")[2]

    assert "Pemeriksaan orang kedua: " in part
    assert "dikerjakan Rina Wulandari pada Sen, 23 Nov." in part


def test_what_happened_leaves_as_xes_with_roles_and_no_person(kabid):
    answer = kabid.get("/pengawasan/log/krk.xes?hari=30")

    log = ElementTree.fromstring(answer.data)
    of = {"x": "http://www.xes-standard.org/"}
    first, second = log.findall("x:trace", of)
    said = [
        {one.get("key"): one.get("value") for one in event} for event in (*first.findall("x:event", of), *second[-1:])
    ]
    named = [one["concept:name"] for one in said]
    assert named == ["masuk", *["Verifikasi berkas"] * 2, "berakhir", "Verifikasi berkas"]
    assert [one["lifecycle:transition"] for one in said[1:3]] == ["start", "complete"]
    assert said[1]["org:role"] == "verifikator"
    assert said[1]["org:group"] == "dpu"
    assert said[1]["time:timestamp"] == "2026-11-23T07:05:00.000+00:00"
    assert "org:resource" not in answer.text
    assert "KRK-2026" not in answer.text


def test_the_same_events_leave_as_ocel_related_to_case_and_unit(kabid):
    log = kabid.get("/pengawasan/log/krk.jsonocel").json

    assert [one["id"] for one in log["objects"]] == ["berkas-1", "berkas-2", "unit-dpu"]
    known = {one["id"] for one in log["objects"]}
    assert all(link["objectId"] in known for one in log["events"] for link in one["relationships"])
    assert {one["type"] for one in log["events"]} == {one["name"] for one in log["eventTypes"]}
    assert len({one["id"] for one in log["events"]}) == len(log["events"]) == 6


def test_the_list_behind_a_number_is_a_file_too_with_the_same_filters(office, kabid):
    page = kabid.get("/kasus?keadaan=terlambat&wilayah=33.74.01").text
    assert "/kasus.csv?keadaan=terlambat&amp;wilayah=33.74.01" in page

    answer = kabid.get("/kasus.csv?keadaan=terlambat&wilayah=33.74.01")

    columns, *rows = csv.reader(io.StringIO(answer.text))
    assert columns[5] == "berkas"
    assert len(rows) == 1
    assert len(rows[0]) == len(columns)
    asked = office.asked[-1][1]
    assert (asked["state"], asked["region"]) == ("terlambat", "33.74.01")
