"""Begins a new service from the seedling: the smallest set of files that `check` and `play` accept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SEEDLING = Path(__file__).parent / "seedling"
_NAME = re.compile(r"[a-z][a-z0-9_]{1,30}")


def plant(service: str, processes: Path, forms: Path) -> list[Path]:
    """Write the seedling's files for a new service and return their paths.

    `service` is its id in lower case, as it will stand in addresses. Raises ValueError for a name that is no id, or
    when a folder of that name is already there; nothing is then written.
    """
    if not _NAME.fullmatch(service):
        raise ValueError(
            f"{service!r} cannot be a service's id: use small letters, digits and _, beginning with a letter"
        )
    for folder in (processes / service, forms / service):
        if folder.exists():
            raise ValueError(f"{folder} is already there")
    return list(_written(service, processes / service, forms / service))


def _written(service: str, process: Path, form: Path) -> Iterator[Path]:
    for source in sorted(path for path in SEEDLING.rglob("*") if path.is_file()):
        inside = source.relative_to(SEEDLING)
        target = form / inside.name if inside.parts[0] == "forms" else process / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_named(source.read_text(encoding="utf-8"), service), encoding="utf-8")
        yield target


def _named(text: str, service: str) -> str:
    title = service.replace("_", " ").capitalize()
    text = text.replace("Seedling title", title).replace('code="CODE"', f'code="{service[:4].upper()}"')
    return re.sub(r"\bseedling\b|(?<=_)seedling\b", service, text)
