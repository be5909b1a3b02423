"""Whether the city keeps its promises: the page and the file say the same, each figure says what it means."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from engine.model import Unit
from engine.performance import promise_figures
from engine.views import Fate, Performance, Tally
from tests.webapp.browsing import Visitor, words
from tests.webapp.fakes import janji
from tests.webapp.services_to_try import COMPLAINT, KRK, MONDAY
from webapp.public.figures import COLUMNS, HIDDEN, MEANINGS

RULE = KRK.promises[0].id


def tally(fate: Fate, count: int, month: str = "2026-11", service: str = "krk", ours: int = 4) -> Tally:
    return Tally(service, RULE, Unit.WORKING_DAYS, month, None, None, fate, ours, 2 * count, count)


SOME = (
    *(tally(Fate.KEPT, 20), tally(Fate.LATE, 3, ours=9), tally(Fate.OPEN, 4, ours=7), tally(Fate.CANCELLED, 2)),
    *(tally(Fate.KEPT, 5, "2026-10"), tally(Fate.KEPT, 11, "2026-09"), tally(Fate.KEPT, 30, "2026-08")),
    tally(Fate.KEPT, 12, "2026-11", "complaint"),
)


@pytest.fixture
def visitor() -> Visitor:
    front = janji()
    services = {facts.id: facts for facts in (KRK, COMPLAINT)}
    front.queries.performed = Performance(promise_figures(SOME), services, "2025-12", "2026-11", 10, MONDAY)
    return Visitor(front)


def on_screen(page: str) -> list[list[str]]:
    """The cells of every table of figures, read as text: the month first."""
    found = []
    for body in re.findall(r'<table class="numbers">.*?<tbody>(.*?)</tbody>', page, re.DOTALL):
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
            cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
            found.append([cell.replace("&lt; ", "<").replace("–", "").rstrip("%") for cell in cells])
    return found


@pytest.mark.parametrize("asked", ["", "?layanan=krk", "?bulan=2026-11", "?layanan=krk&bulan=2026-08"])
def test_the_file_has_the_very_figures_of_the_screen(visitor, asked):
    visitor.get("/?bahasa=en")  # where a decimal is written as in the file
    screen = on_screen(visitor.get(f"/kinerja{asked}").text)
    lines = list(csv.DictReader(io.StringIO(visitor.get(f"/kinerja.csv{asked}").text)))

    assert screen
    assert [row[1:] for row in screen] == [[line[name] for name in COLUMNS] for line in lines]


def test_what_is_overdue_and_open_counts_as_missed_and_both_ways_are_shown(visitor):
    text = words(visitor.get("/kinerja?layanan=krk&bulan=2026-11"))

    assert "74,0% 20 dari 27 janji" in text
    assert "86,9%" in text, "what it would be if only closed ones counted"
    assert "Dihitung meleset, sama dengan yang terlambat." in text


def test_every_figure_says_what_it_means_and_how_old_it_is(visitor):
    text = words(visitor.get("/kinerja"))

    assert [meaning for meaning in MEANINGS.values() if meaning not in text] == []
    assert "Janji yang jatuh tempo dari Desember 2025 sampai November 2026. Data per 10:00 WIB" in text


def test_a_month_of_few_is_hidden_with_another_so_that_the_total_does_not_betray_it(visitor):
    rows = {row[0]: row[1:] for row in on_screen(visitor.get("/kinerja?layanan=krk").text)}

    assert set(rows["Oktober 2026"]) == set(rows["September 2026"]) == {HIDDEN, ""}
    assert rows["Jumlah"][0] == "73"
    assert rows["Agustus 2026"][0] == "30"
    page = visitor.get("/kinerja").text
    assert ">5<" not in page
    assert ">11<" not in page


def test_an_unknown_service_or_month_shows_everything(visitor):
    everything = on_screen(visitor.get("/kinerja").text)

    assert on_screen(visitor.get("/kinerja?layanan=x&bulan=2020-01").text) == everything


def test_a_city_that_owes_nothing_yet_says_so(visitor):
    visitor.janji.queries.performed = replace(visitor.janji.queries.performed, promises=())

    assert "Belum ada janji yang jatuh tempo." in words(visitor.get("/kinerja"))
