"""Made-up papers for stories, the demo and trying out: small, valid and plainly not real."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw


@lru_cache(maxsize=64)
def sample_pdf(title: str) -> bytes:
    """A one-page PDF 1.4 that shows `title` and the word CONTOH (sample)."""
    shown = title.encode("latin-1", "replace").replace(b"\\", b"").replace(b"(", b"").replace(b")", b"")
    text = b"BT /F1 28 Tf 72 720 Td (CONTOH) Tj 0 -40 Td /F1 14 Tf (" + shown + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = BytesIO(b"%PDF-1.4\n")
    out.seek(0, 2)
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref))
    return out.getvalue()


@lru_cache(maxsize=64)
def sample_jpeg(title: str) -> bytes:
    """A 960 × 720 picture in one calm colour with `title` on it."""
    tone = sum(title.encode()) % 90
    picture = Image.new("RGB", (960, 720), (90 + tone, 130 + tone // 2, 120))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((40, 560, 920, 680), fill=(245, 245, 240))
    draw.text((60, 590), f"CONTOH  {title}", fill=(30, 40, 45), font_size=40)
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def sample_paper(name: str) -> bytes:
    """The sample for a file name, by its ending: a picture for .jpg, else a PDF."""
    return sample_jpeg(name) if name.lower().endswith((".jpg", ".jpeg")) else sample_pdf(name)
