"""Diagrams on the page: complete, safe under a strict content policy, and readable without seeing them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

from engine.model import Drawing, Edge, Shape
from webapp.drawings.diagram import Captions, Journey, Standing, draw
from webapp.drawings.lettering import wrap
from webapp.drawings.outline import outline

from .drawings import KRK

CAPTIONS = Captions("Alur KRK", say=lambda text, **facts: text % facts if facts else text)
HALFWAY = Journey(
    at=("analisis",), been=("pendaftaran", "mulai", "verifikasi_berkas", "hasil_verifikasi", "berkas_lengkap")
)
SVG = "{http://www.w3.org/2000/svg}"


def node(svg: str, element: str) -> ET.Element:
    found = [one for one in ET.fromstring(svg).iter(f"{SVG}g") if one.get("id") == f"jd-{element}"]
    assert len(found) == 1
    return found[0]


def test_every_shape_and_every_flow_is_drawn_once():
    svg = draw(KRK, CAPTIONS)

    for shape in KRK.shapes:
        assert node(svg, shape.id) is not None
    assert svg.count("marker-end") == len(KRK.edges)


def test_where_the_case_stands_is_a_class_a_sign_and_a_sentence():
    svg = draw(KRK, CAPTIONS, HALFWAY)

    here = node(svg, "analisis")
    assert "jd-here" in here.get("class", "")
    assert here.find(f"{SVG}title").text == "Analisis tata ruang: sedang di sini"
    assert "jd-token" in ET.tostring(here, "unicode")
    assert "jd-been" in node(svg, "verifikasi_berkas").get("class", "")
    assert "jd-ahead" in node(svg, "kirim").get("class", "")
    assert "Sekarang di: Analisis tata ruang." in svg


def test_only_flows_between_places_the_case_has_been_to_are_marked():
    svg = draw(KRK, CAPTIONS, HALFWAY)

    travelled = [one.get("d") for one in ET.fromstring(svg).iter(f"{SVG}path") if one.get("class") == "jd-flow jd-been"]
    assert "M500 290L545 290" in travelled
    assert "M570 265L570 195" not in travelled


def test_a_diagram_without_a_case_marks_nothing():
    svg = draw(KRK, CAPTIONS)

    assert not re.search("jd-(here|been|ahead|token|passed)", svg)


def test_nothing_in_it_needs_a_style_or_a_script():
    svg = draw(KRK, CAPTIONS, HALFWAY)

    assert not re.search(r"style|<script|\son\w+=|javascript:", svg)
    assert set(re.findall(r'class="([^"]+)"', svg)) - {"jd jd-journey"}
    for names in re.findall(r'class="([^"]+)"', svg):
        assert all(name == "jd" or name.startswith("jd-") for name in names.split())


def test_a_name_cannot_become_markup():
    hostile = Drawing((Shape("x", "userTask", '<script>alert("1")</script>', 0, 0, 100, 80),), ())

    svg = draw(hostile, replace(CAPTIONS, title="<b>"))

    assert "<script" not in svg
    assert "<b>" not in svg
    ET.fromstring(svg)


def test_two_diagrams_on_one_page_share_no_id():
    one, two = draw(KRK, CAPTIONS), draw(KRK, replace(CAPTIONS, prefix="jd-lain"))

    assert not set(re.findall(r'\bid="([^"]+)"', one)) & set(re.findall(r'\bid="([^"]+)"', two))


def test_everything_lies_within_the_picture():
    svg = ET.fromstring(draw(KRK, CAPTIONS))

    left, top, width, height = map(float, svg.get("viewBox", "").split())
    for shape in KRK.shapes:
        assert left <= shape.x
        assert shape.x + shape.width <= left + width
        assert top <= shape.y
        assert shape.y + shape.height <= top + height


def test_an_empty_drawing_is_still_a_picture():
    ET.fromstring(draw(Drawing((), ()), CAPTIONS))


def test_a_long_name_is_cut_with_an_ellipsis_and_whole_in_its_title():
    name = (
        "Pemeriksaan kelengkapan berkas permohonan keterangan rencana kota oleh petugas verifikasi pada loket pelayanan"
    )
    svg = draw(Drawing((Shape("x", "userTask", name, 0, 0, 100, 80),), ()), CAPTIONS)

    drawn = node(svg, "x")
    lines = [span.text or "" for span in drawn.iter(f"{SVG}tspan")]
    assert len(lines) * 14 <= 80
    assert lines[-1].endswith("…")
    assert drawn.find(f"{SVG}title").text == name


def test_labels_are_wrapped_between_words_and_lose_none():
    text = "Terbitkan KRK dan beri tahu pemohon"

    assert " ".join(wrap(text, 90)) == text
    assert len(wrap(text, 90)) > 1


def test_shapes_can_be_links():
    svg = draw(KRK, replace(CAPTIONS, link=lambda element: "/tugas/7" if element == "analisis" else None))

    assert svg.count("<a href") == 1
    assert '<a href="/tugas/7"><g class="jd-node jd-businessRuleTask" id="jd-analisis">' in svg


def test_the_outline_reads_from_left_to_right_and_knows_what_lies_inside():
    steps = outline(KRK, CAPTIONS, HALFWAY)

    assert [step.id for step in steps][:2] == ["pendaftaran", "layanan"]
    inside = [step.id for step in steps[1].parts]
    assert inside.index("verifikasi_berkas") < inside.index("berkas_lengkap") < inside.index("selesai")
    assert "jatuh_tempo" in inside, "an event on the rim follows what it sits on"
    assert "gabung" not in inside, "a gateway without a name says nothing"


def test_the_outline_says_who_what_and_whether_the_case_is_there():
    inside = {step.id: step for step in outline(KRK, CAPTIONS, HALFWAY)[1].parts}

    assert inside["analisis"].standing is Standing.HERE
    assert inside["analisis"].lane == "Verifikator"
    assert inside["analisis"].kind == "tabel keputusan"
    assert inside["jatuh_tempo"].kind == "pengingat waktu"
    assert [step.id for step in inside["perbaikan"].parts] == ["pengingat"]


def test_a_flow_of_a_single_point_does_not_break_the_picture():
    ET.fromstring(draw(Drawing((), (Edge("e", "ya", ((1, 1),)),)), CAPTIONS, HALFWAY))
