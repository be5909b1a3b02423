"""Papers: what an upload really is, whether it is taken, and where its bytes are kept. Knows no case and no person.

The name and the type a browser claims are never believed. Pictures are drawn anew, so that nothing but the picture
remains: no place, no camera, no owner. PDFs are kept byte for byte, or refused when they would do something.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Collection
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import filetype
from PIL import Image, ImageDraw, ImageOps

from . import pdfs
from .errors import DocumentRefused, NotFound
from .forms.geojson import NoOutline, read_polygon
from .forms.validation import kinds
from .model import Box

LONGEST_SIDE = 2560
"""Pixels a picture is kept at most: enough to read a land certificate photographed whole."""
MOST_PIXELS = 50_000_000
"""Pixels of a picture that is opened at all, before a few bytes become gigabytes."""
_PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_ENDINGS = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/geo+json": ".geojson",
}
_LONGEST_NAME, _LONGEST_ENDING = 80, 9


def inspect(name: str, content: bytes, field: str, accept: Collection[str], max_bytes: int) -> tuple[str, bytes]:
    """The media type a paper really has, and the bytes to keep of it.

    Raises DocumentRefused with the code `empty`, `too_large`, `type` (none of `accept`), `unreadable` (torn, encrypted,
    or too many pixels) or `active` (a PDF with scripts, programs, sending forms or files inside).
    """
    shown = safe_name(name)
    if not content:
        raise DocumentRefused(field, shown, "empty")
    if len(content) > max_bytes:
        raise DocumentRefused(field, shown, "too_large", _megabytes(max_bytes))
    mime = _sniffed(content)
    if mime not in accept:
        raise DocumentRefused(field, shown, "type", kinds(accept))
    try:
        return mime, _cleaned(mime, content)
    except pdfs.Active:
        raise DocumentRefused(field, shown, "active") from None
    except (pdfs.Unreadable, NoOutline, _Torn):
        raise DocumentRefused(field, shown, "unreadable") from None


def safe_name(name: str, mime: str = "") -> str:
    """A file name to show and to save under: no folders, no control or direction signs, at most 80 characters.

    With `mime` it gets the ending of what it is, so that `foto.pdf.exe` is saved as `foto.pdf.jpg` at worst.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(one for one in last if unicodedata.category(one)[0] != "C" and one not in '<>:"|?*%')
    whole = " ".join(kept.split()).rstrip(". ")
    stem, ending = os.path.splitext(whole)
    own = _ENDINGS.get(mime, "")
    if own and ending.lower() not in (own, ".jpeg" if own == ".jpg" else own):
        stem = whole
    ending = own or ending[:_LONGEST_ENDING]
    stem = stem.strip(". ") or "berkas"
    return stem[: _LONGEST_NAME - len(ending)].rstrip(". ") + ending


class Archive:
    """A folder of bytes named by their SHA-256, two levels deep. Safe for many writers; nothing is ever changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep bytes and return their name. On return they are on the disk, whole; twice is once."""
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._write(path, content)
        return name

    def get(self, sha256: str) -> bytes:
        """The bytes of that name. Raises NotFound when there are none, OSError when the disk gave back others."""
        try:
            content = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound from None
        if hashlib.sha256(content).hexdigest() != sha256:
            raise OSError(f"the archive's {sha256[:12]}… is damaged")
        return content

    def has(self, sha256: str) -> bool:
        """Whether bytes of that name are kept."""
        return self._path(sha256).exists()

    def remove(self, sha256: str) -> None:
        """Let go of bytes that nobody holds any more; none there is none to remove."""
        self._path(sha256).unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise NotFound
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _write(self, path: Path, content: bytes) -> None:
        # A reader sees the whole file or none: the name appears only after the bytes have reached the disk.
        with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as new:
            try:
                new.write(content)
                new.flush()
                os.fsync(new.fileno())
                Path(new.name).replace(path)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
        _settle(path.parent)


def blackened(content: bytes, mime: str, boxes: Collection[Box]) -> bytes:
    """A new picture with these parts black: what lay there is in no byte of it. The given bytes stay as they are.

    Raises DocumentRefused for what is no picture of ours.
    """
    kind = _PICTURES.get(mime)
    if kind is None:
        raise DocumentRefused("foto", "", "type")
    with Image.open(BytesIO(content), formats=(kind,)) as opened:
        picture = opened.convert("RGB")
    drawing = ImageDraw.Draw(picture)
    for left, top, width, height in boxes:
        corner = (left * picture.width / 100, top * picture.height / 100)
        other = ((left + width) * picture.width / 100, (top + height) * picture.height / 100)
        drawing.rectangle((*corner, *other), fill=(0, 0, 0))
    out = BytesIO()
    picture.save(out, kind, quality=85)
    return out.getvalue()


class _Torn(ValueError):
    """A picture that cannot be drawn."""


def _settle(folder: Path) -> None:
    """Make a new name in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sniffed(content: bytes) -> str:
    if content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "application/pdf"
    guessed = filetype.guess_mime(content[:8192])
    if guessed is None and content.lstrip()[:1] == b"{":
        return "application/geo+json"
    return str(guessed or "")


def _cleaned(mime: str, content: bytes) -> bytes:
    if mime == "application/pdf":
        pdfs.require_inert(content)
        return content
    if mime == "application/geo+json":
        read_polygon(content.decode("utf-8", "replace"))
        return content
    return _redrawn(content, _PICTURES[mime])


def _redrawn(content: bytes, kind: str) -> bytes:
    """The picture alone, the right way up, no larger than needed."""
    try:
        with Image.open(BytesIO(content), formats=(kind,)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _Torn
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            picture = ImageOps.exif_transpose(opened)
            picture = picture.convert("RGBA" if kind != "JPEG" and _clear(picture) else "RGB")
    except _Torn:
        raise
    except Exception:  # a decoder fed by strangers fails in any way it likes: each of them means the same to us
        raise _Torn from None
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, kind, quality=85)
    return out.getvalue()


def _clear(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info


def _megabytes(count: int) -> str:
    return f"{count / 1_048_576:.1f}".rstrip("0").rstrip(".").replace(".", ",") + " MB"
