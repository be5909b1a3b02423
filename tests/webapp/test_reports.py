"""The public pages of complaints over a real office: what was released is there, and nothing else ever."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from engine.model import PromiseState, PublicPhoto
from engine.views import PublicCase
from tests.builders import ROOT, Application, Office, office_in, staff
from tests.webapp.browsing import Visitor, words
from tests.webapp.services_to_try import MONDAY
from webapp.drawings.dots import EDGE, HEIGHT, WIDTH, grid

SERVICE = ROOT / "processes" / "complaint"
SAMPLES: dict[str, Any] = tomllib.loads((SERVICE / "scenarios" / "_samples.toml").read_text(encoding="utf-8"))[
    "samples"
]
TO_UNIT = {"kelas": "tidak_berkadar_pengawasan", "unit": "disperkim"}


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    opened = office_in(tmp_path)
    opened.publish(SERVICE)
    yield opened
    opened.janji.close()


@pytest.fixture
def visitor(office: Office) -> Visitor:
    return Visitor(office.janji)


def released(office: Office, **more: Any) -> Application:
    complaint = office.apply("complaint", SAMPLES["lampu_jalan"])
    office.do(complaint, "verifikasi_laporan", SAMPLES["lengkap"])
    office.do(complaint, "disposisi", {**TO_UNIT, **more})
    if more:
        office.confirm_release(complaint)
    return complaint


def test_the_list_and_the_page_show_what_was_released_and_where_the_complaint_is(office, visitor):
    complaint = released(office, ringkasan_publik="Tiga lampu mati.", titik_publik="-6.988,110.417")

    listed, page = visitor.get("/laporan"), words(visitor.get(f"/laporan/{complaint.reference}"))

    assert "Lampu jalan (PJU) mati" in words(listed)
    assert "Tiga lampu mati." in words(listed)
    assert "Pekunden, Kec. Semarang Tengah" in words(listed)
    assert listed.text.count('r="9"') == 1
    assert "Kamis, 3 Des 2026" in page
    assert "Disperkim : Jawaban unit" in page
    assert "sekarang di sini" in page


def test_no_page_says_what_nobody_released(office, visitor):
    complaint = released(office)
    typed = SAMPLES["lampu_jalan"]

    for address in ("/laporan", f"/laporan/{complaint.reference}", "/laporan?bahasa=en"):
        text = visitor.get(address).text
        for field in ("judul", "uraian", "lokasi", "nama", "telepon", "email"):
            assert typed[field] not in text
        assert "110.4173" not in text
        assert "<img" not in text


def test_a_confidential_complaint_looks_like_one_that_is_not_there(office, visitor):
    hidden = office.apply("complaint", SAMPLES["rahasia"])

    there, nowhere = visitor.get(f"/laporan/{hidden.reference}"), visitor.get("/laporan/ADU-2026-000999")

    assert there.status_code == nowhere.status_code == 404
    assert words(there) == words(nowhere)
    assert hidden.reference not in visitor.get("/laporan").text


def test_a_photo_is_shown_only_as_it_was_drawn_for_everybody_and_nobody_may_keep_it(office, visitor):
    complaint = released(office)
    with office.store.read() as reads:
        original = reads.documents(complaint.id)[0].id
    admin = staff("admin_pengaduan")
    office.engine.release_to_public(complaint.reference, "x", "", [PublicPhoto(original)], "x", admin, "r")
    base = f"/laporan/{complaint.reference}"
    assert "<img" not in visitor.get(base).text, "it waits for a second person"
    office.confirm_release(complaint)

    [drawn] = office.queries.public_case(complaint.reference).case.photos
    picture = visitor.get(f"{base}/foto/{drawn}")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")
    assert visitor.get(f"{base}/foto/{original}").status_code == 404
    for address in ("/laporan", base, f"{base}/foto/{drawn}"):
        answer = visitor.get(address)
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["X-Robots-Tag"] == "noindex"

    office.engine.take_back(complaint.reference, "Keliru.", admin, "t")
    assert visitor.get(f"{base}/foto/{drawn}").status_code == 404
    assert "<img" not in visitor.get(base).text
    assert "1 foto" not in visitor.get("/laporan").text


def test_the_desk_proposes_covered_words(office, visitor):
    complaint = office.apply("complaint", {**SAMPLES["lampu_jalan"], "uraian": "Hubungi 0812-3456-7890, lampu mati."})
    office.do(complaint, "verifikasi_laporan", SAMPLES["lengkap"])
    office.janji.accounts.add("admin", "Admin", "", "sandi-yang-panjang", staff("admin_pengaduan").posts)
    visitor.send("/masuk", {"pengguna": "admin", "sandi": "sandi-yang-panjang"})

    page = visitor.get(f"/tugas/{office.task(complaint, 'disposisi').id}").text

    proposed = page.partition('id="f-ringkasan_publik"')[2].partition("</textarea>")[0]
    assert "Hubungi [disamarkan], lampu mati." in proposed


def test_filters_are_plain_links_and_unknown_ones_mean_all(office, visitor):
    lamp = released(office)
    flood = office.apply("complaint", SAMPLES["banjir"])

    def shown(query: str) -> set[str]:
        text = visitor.get(f"/laporan?{query}").text
        return {one for one in (lamp.reference, flood.reference) if f'href="/laporan/{one}"' in text}

    assert shown("kategori=banjir") == shown("kelurahan=33.74.10") == {flood.reference}
    assert shown("kelurahan=33.74.01.1013&status=berjalan") == {lamp.reference}
    assert shown("status=selesai") == set()
    assert shown("kelurahan=99&status=x&urut=y&halaman=z") == {lamp.reference, flood.reference}


def test_the_counts_by_place_come_with_a_link_to_each(office, visitor):
    released(office)

    whole, one = words(visitor.get("/laporan")), words(visitor.get("/laporan?kelurahan=33.74.01"))

    assert "Kec. Semarang Tengah 1 1 0" in whole
    assert "Kec. Semarang Tengah 1 1 0 Pekunden 1 1 0" in one


# ── dots ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def case(point: str) -> PublicCase:
    going = ("complaint", "v", None, MONDAY, None, None, None, PromiseState.RUNNING)
    return PublicCase("ADU-2026-000001", *going, "jalan", "", "", point, (), None)


def test_dots_lie_north_up_and_inside_the_drawing():
    drawn = grid([case("-7.000,110.400"), case("-6.950,110.450"), case("")])

    south_west, north_east = drawn.dots
    assert south_west.x < north_east.x
    assert south_west.y > north_east.y
    assert all(EDGE <= dot.x <= WIDTH - EDGE and EDGE <= dot.y <= HEIGHT - EDGE for dot in drawn.dots)
    assert [text for _, text in drawn.level] == sorted((text for _, text in drawn.level), reverse=True)


def test_one_dot_alone_stands_in_the_middle_and_none_makes_no_drawing():
    (dot,) = grid([case("-6.988,110.417")]).dots

    assert (dot.x, dot.y) == (WIDTH / 2, HEIGHT / 2)
    assert grid([case("")]) is None
