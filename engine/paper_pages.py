"""A page of a paper as a picture, so that a stranger's PDF is never opened by the browser of whoever reads it.

typst reads the page; nothing in it runs. It does so in a process of its own, with bounds on time, memory and pixels:
this file is also that process, and therefore imports nothing of ours.
"""

from __future__ import annotations

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import typst
from PIL import Image

MIME: Final = "image/webp"
"""What the pictures are."""
LONGEST_S = 10
MOST_MEMORY = 2_000_000_000
"""Bytes of address space; typst itself asks for a good part of it."""
_PAPER, _PICTURE = "paper.pdf", "page.webp"
_PPI = 144
_SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#context {
  let number = int(sys.inputs.page)
  let size = measure(image("paper.pdf", page: number))
  let scale = calc.min(620pt / size.width, 1240pt / size.height)
  image("paper.pdf", page: number, width: size.width * scale, height: size.height * scale)
}
"""
"""At most 1240 by 2480 pixels, whatever size a page says it has."""
_BEYOND = 2**31 - 1
"""A page that no paper has: typst answers how many there are."""
_HAS = re.compile(r"only has (\d+) page")


class NotDrawn(ValueError):
    """No such page, or one that cannot be drawn within the bounds."""


def drawn(content: bytes, page: int) -> tuple[bytes, int]:
    """A page of a PDF as a picture, counted from 1, and how many pages the paper has. Raises NotDrawn."""
    with TemporaryDirectory(prefix="janji-page-") as folder:
        (Path(folder) / _PAPER).write_bytes(content)
        try:
            # -I: sees neither our modules nor the settings of the environment. The arguments are a folder and a number.
            told = subprocess.run(  # noqa: S603
                [sys.executable, "-I", __file__, folder, str(page)],
                capture_output=True,
                check=True,
                env={},
                timeout=LONGEST_S,
            )
            return (Path(folder) / _PICTURE).read_bytes(), int(told.stdout)
        except (subprocess.SubprocessError, OSError, ValueError):
            raise NotDrawn from None


def _draw(folder: Path, page: int) -> int:
    """Draw a page into the folder and return how many there are."""
    count = _count(folder)
    if not 1 <= page <= count:
        raise NotDrawn
    picture = Image.open(BytesIO(_compiled(folder, page)))
    picture.convert("RGB").save(folder / _PICTURE, "WEBP", quality=85, method=2)
    return count


def _count(folder: Path) -> int:
    try:
        _compiled(folder, _BEYOND)
    except typst.TypstError as beyond:
        if found := _HAS.search(" ".join(beyond.hints)):
            return int(found[1])
    raise NotDrawn


def _compiled(folder: Path, page: int) -> bytes:
    sheet = folder / "sheet.typ"
    sheet.write_text(_SHEET)
    return typst.compile(
        sheet, root=folder, format="png", ppi=_PPI, ignore_system_fonts=True, sys_inputs={"page": str(page)}
    )


def _bounded() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_S, LONGEST_S))


if __name__ == "__main__":
    _bounded()
    sys.stdout.write(str(_draw(Path(sys.argv[1]), int(sys.argv[2]))))
