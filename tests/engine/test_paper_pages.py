"""Pages of a stranger's PDF as pictures: each page, how many, never larger than a screen needs, nothing beyond."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from engine.paper_pages import NotDrawn, drawn
from tests.builders_papers import sample_pdf


def pages_of(count: int) -> bytes:
    """A PDF of so many pages."""
    kids = b" ".join([b"3 0 R"] * count)
    return sample_pdf("Sertifikat").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [" + kids + b"] /Count %d" % count)


def wide(box: bytes) -> bytes:
    """A PDF whose page says that it is of this size."""
    return sample_pdf("Peta").replace(b"[0 0 595 842]", box)


def test_a_page_is_a_picture_of_what_it_shows():
    picture, count = drawn(sample_pdf("Sertifikat"), 1)

    image = Image.open(BytesIO(picture))
    assert (image.format, count) == ("WEBP", 1)
    assert min(image.convert("L").tobytes()) < 60, "something dark is written on it"


def test_every_page_is_counted_and_none_beyond_the_last_is_drawn():
    assert drawn(pages_of(3), 3)[1] == 3
    for beyond in (4, 0, -1):
        with pytest.raises(NotDrawn):
            drawn(pages_of(3), beyond)


@pytest.mark.parametrize("box", [b"[0 0 9000 900]", b"[0 0 900 9000]", b"[0 0 14400 14400]", b"[0 0 60 80]"])
def test_no_page_is_larger_than_its_bounds_whatever_it_says(box):
    width, height = Image.open(BytesIO(drawn(wide(box), 1)[0])).size

    assert width <= 1242
    assert height <= 2482


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 torn", sample_pdf("x")[:200]], ids=["empty", "torn", "cut"])
def test_what_cannot_be_read_is_not_drawn(content):
    with pytest.raises(NotDrawn):
        drawn(content, 1)
