"""Letters as PDF/A: a template of the version and the facts of a case go in, bytes come out.

A template reads its facts from `sys.inputs.data` and sees only the files given with it: no other file, no clock. It
draws with the fonts inside typst, so that the same letter comes out on every machine.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, time
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, Final

import segno
import typst

from .forms.formats import fits
from .model import Json

STANDARD: Final = "a-2a"
"""PDF/A-2a: made to be read in fifty years, and aloud: tagged. typst refuses what would break it."""
_MAIN = "letters/_main.typ"
_MARK = b"""#set page(foreground: rotate(-35deg, text(size: 72pt, weight: "bold", fill: rgb("#9b1c1c40"))[%b]))
"""
_PREVIEW_PPI = 110
"""Enough to read the small print on a screen."""
_PACKAGE = re.compile(r"[\"']@[a-z]")


class LetterFailed(ValueError):
    """A template that cannot be drawn with these facts. The message says where, to an analyst."""


def pictured(template: bytes, facts: Json, files: Mapping[str, bytes], mark: str) -> tuple[bytes, ...]:
    """The letter as pictures of its pages (PNG), each with `mark` across it: to be looked at, and kept nowhere.

    The mark lies over whatever the template draws. Raises LetterFailed.
    """
    with _laid_out(_MARK % mark.encode() + template, files) as root:
        pages = _compiled(root, facts, format="png", ppi=_PREVIEW_PPI)
    return tuple(pages) if isinstance(pages, list) else (pages,)


def render(template: bytes, facts: Json, files: Mapping[str, bytes]) -> bytes:
    """The letter as PDF/A-2a, byte for byte the same for the same template, facts and files.

    `files` are what the template may import or show, by path (`letters/common.typ`); the template itself stands in
    `letters/`. Dated by `facts["issued_on"]`. Raises LetterFailed.
    """
    with _laid_out(template, files) as root:
        made: bytes = _compiled(root, facts, format="pdf", pdf_standards=STANDARD)
    return made


def qr_svg(*parts: str) -> str:
    """A QR code as an SVG document of black squares on nothing, with its quiet zone. Readable when a fifteenth is lost.

    Each part is packed in the way that suits it: capitals and digits take a third less room than an address.
    Raises ValueError when the text is too long for any code.
    """
    out = BytesIO()
    # segno takes a list and packs each part in its own mode; its annotations say one text only.
    segno.make(list(parts), error="m", micro=False, boost_error=False).save(  # type: ignore[arg-type]
        out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None
    )
    return out.getvalue().decode()


@contextmanager
def _laid_out(template: bytes, files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with the template and everything it may see, for as long as it is drawn."""
    with TemporaryDirectory(prefix="janji-letter-") as folder:
        root = Path(folder)
        for path, content in {**files, _MAIN: template}.items():
            _put(root, path, content)
        yield root


def _put(root: Path, path: str, content: bytes) -> None:
    parts = PurePosixPath(path)
    if parts.is_absolute() or ".." in parts.parts:
        raise LetterFailed(f"{path} lies outside the letters")
    if path.endswith(".typ") and _PACKAGE.search(content.decode("utf-8", "replace")):
        # typst would fetch it from the network, at whatever version is there that day.
        raise LetterFailed(f"{path} imports a package; copy what it needs into letters/")
    place = root / parts
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


def _compiled(root: Path, facts: Json, **how: Any) -> Any:
    try:
        return typst.compile(
            root / _MAIN,
            root=root,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(facts, ensure_ascii=False, default=str)},
            timestamp=_dated(facts),
            **how,
        )
    except typst.TypstError as failed:
        raise LetterFailed(_where(failed, root)) from None


def _dated(facts: Json) -> datetime:
    issued_on = str(facts.get("issued_on", ""))
    if not fits("date", issued_on):
        raise LetterFailed("issued_on is not a day")
    return datetime.combine(datetime.fromisoformat(issued_on).date(), time(), UTC)


def _where(failed: Exception, root: Path) -> str:
    said = str(getattr(failed, "diagnostic", "") or failed)
    # typst names files by their way from where the program runs, which differs from machine to machine.
    return re.sub(rf"\S*{re.escape(root.name)}/?", "", said).strip()
