"""Papers: what they really are, what is refused, what is left of a photo, and where bytes are kept."""

from __future__ import annotations

import os
import stat
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.documents import LONGEST_SIDE, Archive, inspect, safe_name
from engine.errors import DocumentRefused, NotFound
from engine.stories.samples import sample_jpeg as story_jpeg
from engine.stories.samples import sample_pdf as story_pdf
from tests.builders_papers import (
    bomb_png,
    hidden_objects,
    located,
    sample_jpeg,
    sample_pdf,
    sample_png,
    stream,
)

ALL = ("application/pdf", "image/jpeg", "image/png", "image/webp")
MEGABYTE = 1024 * 1024


def taken(content: bytes, accept=ALL):
    return inspect("berkas.pdf", content, "ktp", accept, 10 * MEGABYTE)


def refusal(content: bytes, accept=ALL, limit=10 * MEGABYTE) -> DocumentRefused:
    with pytest.raises(DocumentRefused) as refused:
        inspect("berkas.pdf", content, "ktp", accept, limit)
    assert refused.value.field == "ktp"
    return refused.value


def picture(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content))


# ── PDF ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_ordinary_pdf_is_kept_byte_for_byte():
    assert taken(sample_pdf()) == ("application/pdf", sample_pdf())


def test_the_papers_of_stories_are_taken():
    assert taken(story_pdf("KTP"))[0] == "application/pdf"
    assert taken(story_jpeg("Foto"))[0] == "image/jpeg"


def test_a_pdf_with_packed_objects_is_taken_when_nothing_acts_in_them():
    packed = sample_pdf("x", hidden_objects(b"<< /Type /Font >>"))

    assert taken(packed) == ("application/pdf", packed)


@pytest.mark.parametrize(
    "extra",
    [
        b"<< /S /JavaScript /JS (app.alert(1)) >>",
        b"<< /S /J#61vaScript /JS (app.alert(1)) >>",
        b"<< /S /#4AavaScript >>",
        b"<< /S /#4aavaScript >>",
        b"<< /S /Launch /F (cmd.exe) >>",
        b"<< /Type /EmbeddedFile >>",
        b"<< /Names << /EmbeddedFiles 9 0 R >> >>",
        b"<< /Type /Filespec /EF << /F 9 0 R >> >>",
        b"<< /Subtype /RichMedia >>",
        b"<< /S /SubmitForm /F (http://x) >>",
        b"<< /AcroForm << /XFA 9 0 R >> >>",
        hidden_objects(b"<< /S /JavaScript /JS (x) >>"),
        hidden_objects(b"<< /S /J#61vaScript >>"),
        hidden_objects(b"<< /S /Launch >>", b"/Filter [/FlateDecode]"),
        stream(b"/Type /ObjStm /N 1 /First 4", b"9 0 << /S /JavaScript >>"),
        hidden_objects(b"<< /S /JavaScript >>").replace(b"stream\n", b"stream\r", 1),
        hidden_objects(b"<< /S /JavaScript >>", b"/Filter /FlateDecode /X (" + b"obj " * 2000 + b")"),
        hidden_objects(b"<< /S /JavaScript >>").replace(b"/Type /ObjStm", b""),
    ],
)
def test_a_pdf_that_would_do_something_is_refused(extra):
    assert refusal(sample_pdf("x", extra)).code == "active"


def test_a_pdf_with_an_outline_before_a_packed_picture_is_taken():
    outline = sample_pdf(
        "x", b"<< /Type /Outlines /First 12 0 R /Count 3 >>", stream(b"/Filter /DCTDecode", b"\xff\xd8")
    )

    assert taken(outline)[0] == "application/pdf"


def test_three_letters_inside_a_packed_picture_are_no_script():
    assert taken(sample_pdf("x", stream(b"/Subtype /Image", b"\x00/JS \x01/EF \x02/XFA \xff")))[0] == "application/pdf"


@pytest.mark.parametrize(
    "content",
    [
        sample_pdf()[:300],
        sample_pdf(trailer=b"/Encrypt 9 0 R"),
        sample_pdf("x", hidden_objects(b"<< >>", b"/Filter [/ASCIIHexDecode /FlateDecode]")),
        sample_pdf("x", hidden_objects(b"<< >>", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 >>")),
        sample_pdf("x", stream(b"/Type /ObjStm /Filter /FlateDecode", b"torn")),
        sample_pdf("x", stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b" " * 70_000_000))),
    ],
    ids=["cut", "encrypted", "twice packed", "predicted", "torn", "bomb"],
)
def test_a_pdf_nobody_can_look_into_is_refused(content):
    assert refusal(content).code == "unreadable"


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_but_the_picture_is_left_of_a_photo():
    original = sample_jpeg(exif=located())
    assert picture(original).getexif().get_ifd(0x8825), "the sample does say where it was taken"

    mime, kept = taken(original)

    assert mime == "image/jpeg"
    assert not picture(kept).getexif()
    assert b"Siti" not in kept
    assert b"Exif" not in kept


def test_a_photo_taken_upright_stands_upright_without_its_note_saying_so():
    _, kept = taken(sample_jpeg(640, 480, located(orientation=6)))

    turned = picture(kept)
    assert turned.size == (480, 640)
    assert turned.getpixel((240, 20))[0] > 150, "red was left and is now above"
    assert turned.getpixel((240, 620))[2] > 150


def test_a_large_photo_is_made_small_enough_to_read():
    _, kept = taken(sample_jpeg(4000, 3000))

    assert max(picture(kept).size) == LONGEST_SIDE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_taken(mode):
    mime, kept = taken(sample_png(mode=mode))

    assert (mime, picture(kept).size) == ("image/png", (64, 48))


def test_text_hidden_in_a_picture_does_not_survive():
    from PIL.PngImagePlugin import PngInfo

    info, out = PngInfo(), BytesIO()
    info.add_text("Comment", "<script>alert(1)</script>")
    Image.new("RGB", (8, 8)).save(out, "PNG", pnginfo=info)

    assert b"script" not in taken(out.getvalue())[1]


def test_a_remark_hidden_in_a_photo_does_not_survive():
    out = BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", comment=b"<?php system(1)", icc_profile=b"dari kamera Siti")

    _, kept = taken(out.getvalue())

    assert b"php" not in kept
    assert b"Siti" not in kept


@pytest.mark.filterwarnings("ignore:Image size")
def test_a_small_file_of_a_hundred_million_pixels_is_refused():
    plain = sample_png(10_000, 10_000, "1")

    assert len(plain) < 100_000
    assert refusal(plain).code == "unreadable"


def test_a_picture_of_billions_of_pixels_is_refused_before_it_is_drawn():
    assert refusal(bomb_png()).code == "unreadable"


@pytest.mark.parametrize("content", [sample_jpeg()[:200], sample_png()[:60], b"\xff\xd8\xff" + b"\0" * 50])
def test_a_torn_picture_is_refused(content):
    assert refusal(content).code == "unreadable"


# ── what it is, how large, how named ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + b"\0" * 40,
        b"MZ" + b"\0" * 100,
        b"<html>%PDF-1.4 ... startxref %%EOF",
        b"GIF89a" + b"\0" * 30,
        b"halo",
    ],
)
def test_what_a_browser_claims_is_not_believed(content):
    refused = refusal(content)

    assert (refused.code, refused.limit) == ("type", "PDF, JPG, PNG, WEBP")


def test_a_pdf_where_a_photo_is_wanted_is_refused_with_what_is_wanted():
    refused = refusal(sample_pdf(), accept=("image/jpeg",))

    assert (refused.code, refused.limit) == ("type", "JPG")


def test_empty_and_too_large_files_are_refused_with_the_limit_in_words():
    assert refusal(b"").code == "empty"
    refused = refusal(sample_pdf(), limit=100)
    assert refused.code == "too_large"
    assert refusal(b"x" * (MEGABYTE * 2 + 1), limit=2 * MEGABYTE).limit == "2 MB"


def test_an_outline_file_is_taken_only_when_it_is_one():
    ring = b"[[110.409,-6.983],[110.4094,-6.983],[110.4094,-6.9834],[110.409,-6.983]]"
    good = b'{"type":"Polygon","coordinates":[' + ring + b"]}"

    assert taken(good, ("application/geo+json",)) == ("application/geo+json", good)
    assert refusal(b'{"a": 1}', ("application/geo+json",)).code == "unreadable"


@settings(deadline=None, max_examples=150)
@given(st.sampled_from([b"%PDF-1.4\n", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"{", b""]), st.binary(max_size=400))
def test_whatever_bytes_come_they_are_taken_or_refused(head, rest):
    with suppress(DocumentRefused):
        mime, kept = taken(head + rest, (*ALL, "application/geo+json"))
        assert mime == "application/pdf" or taken(kept, (mime,))[0] == mime, "what was taken is taken again"


@pytest.mark.parametrize(
    ("name", "mime", "shown"),
    [
        ("KTP Budi.pdf", "application/pdf", "KTP Budi.pdf"),
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\Users\\Siti\\foto.JPEG", "image/jpeg", "foto.jpg"),
        ("foto.pdf.exe", "image/jpeg", "foto.pdf.exe.jpg"),
        ("\u202egpj.exe\x00", "application/pdf", "gpj.exe.pdf"),
        ('a"b<c>|*?.pdf', "application/pdf", "abc.pdf"),
        ("", "application/pdf", "berkas.pdf"),
        (".pdf", "application/pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "application/pdf", "x" * 76 + ".pdf"),
        ("surat kuasa.pdf", "", "surat kuasa.pdf"),
        ("..", "", "berkas"),
    ],
)
def test_a_file_name_is_safe_to_show_and_to_save_under(name, mime, shown):
    assert safe_name(name, mime) == shown


# ── the archive ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_kept_comes_back_under_its_hash(tmp_path):
    archive = Archive(tmp_path / "papers")

    name = archive.put(b"isi")

    assert archive.get(name) == b"isi"
    assert archive.has(name)
    assert not archive.has("0" * 64)
    assert (tmp_path / "papers" / name[:2] / name[2:4] / name).is_file()


def test_the_same_bytes_are_kept_once_and_leave_nothing_half_written(tmp_path):
    archive = Archive(tmp_path)

    with ThreadPoolExecutor(8) as many:
        names = set(many.map(archive.put, [b"sama"] * 40))

    assert len(names) == 1
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == list(names)


def test_papers_are_readable_by_the_owner_alone(tmp_path):
    archive = Archive(tmp_path)

    name = archive.put(b"rahasia")

    mode = stat.S_IMODE((tmp_path / name[:2] / name[2:4] / name).stat().st_mode)
    assert mode == 0o600


def test_bytes_the_disk_changed_are_never_handed_out(tmp_path):
    archive = Archive(tmp_path)
    name = archive.put(b"asli")
    (tmp_path / name[:2] / name[2:4] / name).write_bytes(b"lain")

    with pytest.raises(OSError, match="damaged"):
        archive.get(name)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0" * 64, "", "A" * 64, f"{'0' * 63}/"])
def test_a_name_that_is_no_hash_of_ours_opens_nothing(tmp_path, name):
    with pytest.raises(NotFound):
        Archive(tmp_path).get(name)


def test_a_write_that_fails_leaves_no_trace(tmp_path):
    archive = Archive(tmp_path)
    with pytest.raises(TypeError):
        archive.put("not bytes")  # type: ignore[arg-type]

    assert os.listdir(tmp_path) == []
