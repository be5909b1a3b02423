"""A service whose one page asks for everything that JavaScript makes easier, and a phone that stands before it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from engine.stories.planting import plant
from tests.builders import Office

SERVICE = "taman"
ADDRESS = f"/layanan/{SERVICE}/ajukan"
PICTURES = {"type": "string", "format": "document", "x-accept": ["image/jpeg", "image/png"]}
ASKED: Mapping[str, Any] = {
    "foto": {"title": "Foto", "type": "array", "maxItems": 4, "items": PICTURES},
    "kelurahan": {"title": "Kelurahan", "type": "string", "format": "kelurahan"},
    "titik": {"title": "Titik", "type": "string", "format": "point", "maxLength": 40},
    "bidang": {"title": "Bidang", "type": "string", "format": "geojson-polygon", "maxLength": 20000},
    "jenis": {
        "title": "Jenis",
        "type": "string",
        "oneOf": [{"const": "orang", "title": "Orang"}, {"const": "badan", "title": "Badan"}],
    },
    "akta": {"title": "Nomor akta", "type": "string", "maxLength": 60},
    "tetangga": {
        "title": "Tetangga",
        "type": "array",
        "maxItems": 5,
        "items": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"nama": {"title": "Nama tetangga", "type": "string", "maxLength": 80}},
        },
    },
}


def publish(office: Office, folder: Path) -> None:
    """Put the service into force: the seedling of `janji new` with questions of its own, all of them optional."""
    plant(SERVICE, folder / "processes", folder / "forms")
    start = folder / "forms" / SERVICE / "permohonan"
    _change(start.with_suffix(".schema.json"), properties=ASKED, required=[])
    groups = [{"id": "permohonan", "title": "Permohonan", "fields": ["nama", "telepon", "email", "uraian", *ASKED]}]
    _change(
        start.with_suffix(".ui.json"),
        **{"ui:groups": groups, "foto": {"ui:widget": "photos"}, "akta": {"ui:showWhen": {"jenis": ["badan"]}}},
    )
    office.publish(folder / "processes" / SERVICE, folder / "forms")


def field(page: Page, name: str) -> Locator:
    """The field that is posted under a name."""
    return page.locator(f'[name="{name}"]')


def send(page: Page) -> None:
    """Send the page to the office and be at its answer."""
    with page.expect_event("load"):
        page.locator("main form .acts button").first.click()


def _change(path: Path, **parts: Any) -> None:
    told = json.loads(path.read_text(encoding="utf-8"))
    for name, part in parts.items():
        told[name] = {**told[name], **part} if name == "properties" else part
    path.write_text(json.dumps(told), encoding="utf-8")
