"""Places without a map: what a sketch shows, and the same in words."""

from __future__ import annotations

import json
import re

import pytest

from engine.city.map_view import MapView
from webapp.forms.sketch import corner_lines, parcel, pin

SEMARANG = MapView(-6.9932, 110.4203, 13)
RING = [[110.409, -6.983], [110.41, -6.983], [110.41, -6.984], [110.409, -6.984], [110.409, -6.983]]
SQUARE = json.dumps({"type": "Polygon", "coordinates": [RING]})


def say(text: str, **facts: object) -> str:
    return text % facts if facts else text


def test_an_outline_is_shown_with_its_area_and_every_corner_in_words():
    shown = parcel(SQUARE, say, "id")

    assert "4 sudut, luas kira-kira 12.218 m²" in shown
    assert re.findall(r"<li>([^<]+)</li>", shown)[0] == "-6.983000, 110.409000"
    assert 'role="img" aria-label="Sketsa bidang: 4 sudut' in shown


def test_areas_and_distances_are_written_in_the_readers_language():
    assert "luas kira-kira 12,218 m²" in parcel(SQUARE, say, "en")
    assert "11.1 km" in pin("-6.8932,110.4203", SEMARANG, say, "en")


def test_an_outline_is_edited_as_lines_and_anything_else_as_it_was_typed():
    assert corner_lines(SQUARE).splitlines()[1] == "-6.983000, 110.410000"
    assert corner_lines("bukan bidang") == "bukan bidang"


@pytest.mark.parametrize(
    ("point", "told"),
    [
        ("-6.8932,110.4203", "11,1 km di utara pusat kota"),
        ("-6.9932,110.5203", "11,0 km di timur pusat kota"),
        ("-7.0632,110.3497", "11,0 km di barat daya pusat kota"),
        ("-6.9932,110.4203", "0,0 km di timur pusat kota"),
    ],
)
def test_a_point_is_told_by_where_it_lies_from_the_middle_of_the_city(point, told):
    assert told in pin(point, SEMARANG, say, "id")


@pytest.mark.parametrize("text", ["di depan <b>pasar</b>", "1,2,3", "40.7,-74.0", "nan,inf"])
def test_what_is_no_point_near_the_city_is_only_text(text):
    shown = pin(text, SEMARANG, say, "id")

    assert "<svg" not in shown
    assert "<b>" not in shown


def test_without_a_centre_a_point_is_its_coordinates():
    assert pin("-6.98,110.41", None, say, "id") == "-6.98,110.41"
