"""Putting off from the list and from a task, the group it stands in, the same rows as a file, and one's own page."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest

from tests.conftest import SERVICE
from tests.webapp.browsing import words
from tests.webapp.conftest import CLERK

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
WEDNESDAY = "2026-11-25"


@pytest.fixture
def tasks(town):
    """Three that ratih holds."""
    found = [town.task(town.apply(SERVICE, ASKED), "periksa").id for _ in range(3)]
    for task in found:
        town.engine.claim(task, CLERK)
    return found


def put_off(ratih, tasks, **fields):
    return ratih.post("/tugas/tunda", data={"tugas": tasks, **fields}, follow_redirects=True)


def test_the_day_is_asked_for_kept_when_it_cannot_be_and_then_said(ratih, tasks):
    asked = put_off(ratih, tasks[:2])
    assert (asked.status_code, "Tunda 2 tugas" in asked.text, "error-summary" in asked.text) == (200, True, False)

    wrong = put_off(ratih, tasks[:2], sampai="2026-11-23", catatan="Tunggu BPN")
    assert (wrong.status_code, "Pilih hari mulai Selasa, 24 Nov 2026" in words(wrong)) == (422, True)
    assert 'value="Tunggu BPN"' in wrong.text

    done = put_off(ratih, tasks[:2], sampai=WEDNESDAY)
    assert "2 tugas ditunda sampai Rabu, 25 Nov 2026. Tanggal janjinya tidak berubah." in words(done)


def test_the_group_its_filter_and_its_file_hold_the_same_rows_also_under_a_name(ratih, tasks):
    put_off(ratih, tasks[:2], sampai=WEDNESDAY, catatan="Tunggu BPN")

    page = ratih.get("/tugas?tab=saya")
    assert "2 tugas ditunda" in words(page)
    assert re.findall(r"<caption[^>]*>([^<]+)<", page.text) == ["Paling mendesak dulu", "Ditunda"]

    ratih.post("/tugas/tampilan", data={"tab": "saya", "tempo": "ditunda", "nama": "Nanti", "peran": ""})
    link = unescape(re.search(r'href="(/tugas\?[^"]+)"[^>]*>Nanti', ratih.get("/tugas").text)[1])
    kept = ratih.get(link)
    assert kept.text.count("data-row") == 2
    assert re.search(r'aria-current="page">Tugas saya <span class="count">(\d+)<', kept.text)[1] == "2"
    rows = list(csv.reader(io.StringIO(ratih.get(link.replace("/tugas?", "/tugas.csv?")).text)))
    assert len(rows) == 1 + 2


def test_on_its_page_a_task_says_until_when_and_is_taken_up_again(ratih, tasks):
    put_off(ratih, tasks[:1], sampai=WEDNESDAY)
    assert "Anda minta diingatkan pada Rabu, 25 Nov 2026." in words(ratih.get(f"/tugas/{tasks[0]}"))

    back = ratih.post(f"/tugas/{tasks[0]}/tunda/akhiri", follow_redirects=True)

    assert "Tugas kembali ke daftar Anda." in words(back)
    assert "rest-line" not in ratih.get("/tugas?tab=saya").text


def test_what_one_chooses_on_ones_own_page_is_kept_and_keys_can_be_switched_off(ratih, tasks):
    assert 'data-comfort="keys"' in ratih.get("/tugas").text

    ratih.post("/saya", data={"kabar": "daily"})

    assert 'data-comfort="keys"' not in ratih.get("/tugas").text
    page = ratih.get("/saya").text
    assert re.search(r'value="daily" checked', page)
    assert "Ringkasan mingguan" not in page, "only supervisors are sent one"


def test_the_next_task_is_the_one_after_in_ones_own_list(ratih, tasks):
    shown = re.findall(r'data-key="o" href="/tugas/(\w+)"', ratih.get("/tugas?tab=saya").text)

    assert ratih.get(f"/tugas/berikut?sesudah={shown[0]}").location.endswith(shown[1])
    assert ratih.get(f"/tugas/berikut?sesudah={shown[-1]}").location.endswith("/tugas")
