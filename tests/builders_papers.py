"""Papers as people and attackers send them: small, made in memory, named by what is special about them."""

from __future__ import annotations

import zlib
from io import BytesIO

from PIL import Image


def sample_pdf(text: str = "Contoh", *extra: bytes, version: bytes = b"1.4", trailer: bytes = b"") -> bytes:
    """A one-page PDF that shows `text`; `extra` are further objects, `trailer` further entries of its trailer."""
    shown = text.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"")
    drawing = b"BT /F1 24 Tf 72 720 Td (" + shown + b") Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        stream(b"", drawing),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *extra,
    ]
    out = bytearray(b"%PDF-" + version + b"\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, xref)
    return bytes(out)


def stream(entries: bytes, content: bytes) -> bytes:
    """A stream object with its dictionary."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def hidden_objects(inside: bytes, entries: bytes = b"/Filter /FlateDecode") -> bytes:
    """An object stream: where a PDF hides objects from whoever only looks at the bytes."""
    return stream(b"/Type /ObjStm /N 1 /First 4 " + entries, zlib.compress(b"9 0 " + inside))


def sample_jpeg(width: int = 640, height: int = 480, exif: Image.Exif | None = None) -> bytes:
    """A picture, left half red and right half blue, so that a turn shows."""
    picture = Image.new("RGB", (width, height), (200, 30, 30))
    picture.paste((30, 30, 200), (width // 2, 0, width, height))
    out = BytesIO()
    picture.save(out, "JPEG", quality=90, exif=exif or Image.Exif())
    return out.getvalue()


def sample_png(width: int = 64, height: int = 48, mode: str = "RGBA") -> bytes:
    """A plain picture in any of Pillow's modes."""
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG")
    return out.getvalue()


def located(orientation: int = 1) -> Image.Exif:
    """EXIF of a phone: where the photo was taken, by whom, and how the phone was held."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Siti Rahmawati"
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 59.0, 24.0)
    return exif


def bomb_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG of a few bytes that claims to be 3.6 billion pixels."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")
