"""Letters: drawn alike everywhere, from nothing but their facts; QR codes, sketches and signatures on them."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from engine.clock import MovableClock
from engine.forms.geojson import NoOutline
from engine.letters import LetterFailed, qr_svg, render
from engine.signing import LABEL, LocalSigner
from engine.sketches import area_m2, outlines_in, parcel_svg

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = (Path(__file__).parent / "letters" / "contoh.typ").read_bytes()
FILES = {"letters/common.typ": (ROOT / "processes" / "letters" / "common.typ").read_bytes()}
AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
# 40 m to the east, 30 m to the north, at the latitude of Semarang.
EAST, NORTH = 40 / (111_320 * 0.99258), 30 / 110_574
OUTLINE = json.dumps(
    {
        "type": "Polygon",
        "coordinates": [
            [
                [110.409, -6.983],
                [110.409 + EAST, -6.983],
                [110.409 + EAST, -6.983 + NORTH],
                [110.409, -6.983 + NORTH],
                [110.409, -6.983],
            ]
        ],
    }
)
BARE = b'#let facts = json(bytes(sys.inputs.data))\n#set document(title: "x")\n'


def facts(**more):
    url = "https://janji.contoh.go.id/v/KRK-2026-000123"
    asked = {
        "nama": 'Siti #read("/etc/passwd")',
        "jalan": "Jalan Pemuda 12",
        "kelurahan": "Sekayu",
        "luas_tanah": 1250.5,
        "fungsi": "hunian",
        "jumlah_lantai": 2,
        "batas_persil": OUTLINE,
    }
    return {
        "number": "KRK-2026-000123",
        "version": 2,
        "issued_on": "2026-11-27",
        "valid_until_on": "2027-05-27",
        "case": {"reference": "KRK-2026-000045", "service": "krk"},
        "data": {"pendaftaran": asked},
        "texts": {"fungsi": {"hunian": "Hunian"}},
        "check_url": url,
        "qr_svg": qr_svg(url),
        "replaces": {"version": 1, "issued_on": "2026-11-20"},
        "outlines": outlines_in({"pendaftaran": {"batas_persil": OUTLINE}}),
        "signature_label": LABEL,
        "city": {"name": "Kota Semarang", "office": "Dinas Penataan Ruang Kota Semarang", "address": ""},
        **more,
    }


def drawn(template: bytes = SAMPLE, **more) -> bytes:
    return render(template, facts(**more), FILES)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


# ── drawing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_letter_says_what_it_is_how_often_it_was_made_and_where_to_check_it():
    shown = words(drawn())

    for said in ("KRK-2026-000123", "Versi 2", "27 November 2026", "27 Mei 2027", "KRK-2026-000045", "1.250,5 m²"):
        assert said in shown, said
    assert "https://janji.contoh.go.id/v/KRK-2026-000123" in shown
    assert "Hunian" in shown


def test_a_letter_says_plainly_that_its_signature_is_not_certified_and_never_names_another():
    shown = words(drawn())

    assert "tidak tersertifikasi" in shown
    assert "BSrE" not in shown
    assert "Balai Sertifikasi" not in shown


def test_what_a_person_wrote_stays_text():
    assert 'Siti #read("/etc/passwd")' in words(drawn())


def test_what_is_not_known_is_left_open_instead_of_made_up():
    assert "NPWP –" in words(drawn())


def test_the_same_facts_give_the_same_bytes():
    assert drawn() == drawn()


def test_a_letter_is_made_to_last():
    pdf = drawn()

    metadata = PdfReader(BytesIO(pdf)).trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"<pdfaid:part>2</pdfaid:part>" in metadata
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert PdfReader(BytesIO(pdf)).metadata.creation_date.date().isoformat() == "2026-11-27"


@pytest.mark.parametrize(
    "line",
    [
        b'#read("/etc/passwd")',
        b'#read("../../../../etc/passwd")',
        b'#image("/proc/self/environ")',
        b'#import "@preview/cetz:0.3.0"',
        b"#facts.tidak_ada",
        b"#while true { }",
        b"#let f(x) = f(x)\n#f(1)",
        b"#(",
    ],
)
def test_a_template_reaches_nothing_outside_and_its_mistakes_are_told(line):
    with pytest.raises(LetterFailed) as failed:
        drawn(BARE + line)

    assert str(failed.value)
    assert "janji-letter-" not in str(failed.value), "the folder of the moment tells an analyst nothing"


def test_files_beside_a_template_stay_inside_its_folder():
    with pytest.raises(LetterFailed):
        render(SAMPLE, facts(), {**FILES, "../outside.typ": b""})


def test_a_letter_without_a_day_is_not_drawn():
    with pytest.raises(LetterFailed):
        drawn(issued_on="besok")


@pytest.mark.parametrize("path", sorted(ROOT.glob("processes/*/letters/*.typ")), ids=lambda path: path.stem)
def test_letters_of_services_import_only_what_is_shipped_with_them(path):
    imports = [line for line in path.read_text().splitlines() if line.lstrip().startswith("#import")]

    assert all('"common.typ"' in line for line in imports)


# ── codes and sketches ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_qr_code_is_one_svg_with_its_quiet_zone():
    code = ElementTree.fromstring(qr_svg("https://janji.contoh.go.id/v/KRK-2026-000123"))

    assert code.tag.endswith("svg")
    assert code.attrib["width"] == code.attrib["height"]
    assert qr_svg("a") != qr_svg("b")


def test_a_parcel_of_forty_by_thirty_metres_is_drawn_to_scale():
    drawing = ElementTree.fromstring(parcel_svg(OUTLINE))

    polygon = next(one for one in drawing.iter() if one.tag.endswith("polygon"))
    xs, ys = zip(*(tuple(map(float, pair.split(","))) for pair in polygon.attrib["points"].split()), strict=True)
    assert (max(xs) - min(xs)) / (max(ys) - min(ys)) == pytest.approx(40 / 30, rel=0.01)
    assert "10 m" in [one.text for one in drawing.iter()]
    bar = next(one.attrib["d"] for one in drawing.iter() if "V" in one.attrib.get("d", ""))
    length = float(bar.split("H")[1].split("V")[0]) - float(bar.removeprefix("M").split(",")[0])
    assert length / (max(xs) - min(xs)) == pytest.approx(10 / 40, rel=0.02)


def test_the_area_inside_an_outline_is_known():
    assert area_m2(OUTLINE) == pytest.approx(1200, rel=0.002)


def test_north_is_up():
    north_corner = json.dumps(
        {
            "type": "Polygon",
            "coordinates": [[[110.409, -6.984], [110.410, -6.984], [110.4095, -6.983], [110.409, -6.984]]],
        }
    )

    drawing = ElementTree.fromstring(parcel_svg(north_corner))

    polygon = next(one for one in drawing.iter() if one.tag.endswith("polygon"))
    first, second, tip = [tuple(map(float, pair.split(","))) for pair in polygon.attrib["points"].split()]
    assert tip[1] < first[1] == second[1]


def test_every_outline_of_a_case_is_drawn_by_its_path():
    data = {"pendaftaran": {"batas_persil": OUTLINE, "nama": "{bukan}"}, "survei": {"a": {"b": OUTLINE}}, "n": 1}

    assert set(outlines_in(data)) == {"pendaftaran.batas_persil", "survei.a.b"}


def test_a_text_that_is_no_outline_is_not_drawn():
    with pytest.raises(NoOutline):
        parcel_svg("<svg onload=alert(1)>")


# ── signatures ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def letter():
    return drawn()


@pytest.fixture
def signer(tmp_path):
    return LocalSigner(tmp_path / "keys", MovableClock(AT))


def test_a_signed_letter_verifies_and_carries_the_offices_time(letter, signer):
    found = signer.verify(signer.sign(letter))

    assert found is not None
    assert found.good
    assert found.signed_at == AT


def test_signing_adds_and_changes_nothing_before_it(letter, signer):
    assert signer.sign(letter).startswith(letter)


def test_one_changed_byte_is_noticed(letter, signer):
    signed = bytearray(signer.sign(letter))
    signed[signed.index(b"stream") + 40] ^= 1

    found = signer.verify(bytes(signed))

    assert found is not None
    assert not found.intact
    assert not found.good


def test_something_added_after_signing_is_noticed(letter, signer):
    from pyhanko.pdf_utils.generic import pdf_name, pdf_string
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(signer.sign(letter)))
    writer.root[pdf_name("/Lang")] = pdf_string("en")
    writer.update_root()
    writer.write(out)

    found = signer.verify(out.getvalue())

    assert found is not None
    assert not found.good


def test_a_letter_signed_elsewhere_is_not_ours(letter, signer, tmp_path):
    elsewhere = LocalSigner(tmp_path / "other", MovableClock(AT))

    found = signer.verify(elsewhere.sign(letter))

    assert found is not None
    assert found.intact
    assert not found.trusted


def test_an_unsigned_letter_has_no_signature(letter, signer):
    assert signer.verify(letter) is None


def test_a_signature_still_verifies_years_later(letter, tmp_path):
    clock = MovableClock(AT)
    signed = LocalSigner(tmp_path, clock).sign(letter)
    clock.forward(days=5 * 365)

    found = LocalSigner(tmp_path, clock).verify(signed)

    assert found is not None
    assert found.good


def test_the_key_is_made_once_even_by_many_at_once_and_read_by_nobody_else(letter, tmp_path):
    folder = tmp_path / "keys"
    with ThreadPoolExecutor(4) as many:
        signed = list(many.map(lambda _: LocalSigner(folder, MovableClock(AT)).sign(letter), range(8)))

    assert all(found and found.good for found in map(LocalSigner(folder, MovableClock(AT)).verify, signed))
    assert [path.name for path in folder.iterdir()] == ["local"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder / "local").iterdir()} == {0o600}
    assert stat.S_IMODE((folder / "local").stat().st_mode) == 0o700


def test_the_certificate_says_what_it_is_not(letter, signer, tmp_path):
    from cryptography.x509 import load_pem_x509_certificate

    signer.sign(letter)

    certificate = load_pem_x509_certificate((tmp_path / "keys" / "local" / "signer.pem").read_bytes())
    assert "tidak tersertifikasi" in certificate.subject.rfc4514_string()
    assert certificate.not_valid_after_utc - AT > timedelta(days=3650)
