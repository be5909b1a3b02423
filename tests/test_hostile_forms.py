"""Every form of every service against what hostile or careless hands send: refused in words, kept, escaped, not stored.

Each form lies on the desk of a clerk in a small service of its own, so that it can be reached without its story.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.library import version_id
from engine.model import Post
from engine.stories.planting import plant
from tests.builders import ROOT, Application, Office, office_in
from tests.databases import url_on
from tests.webapp.browsing import Visitor, words

SERVICE = "uji"
ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
PASSWORD = "sandi untuk uji"
IN_STEPS = ("krk", "iptb")
FORMS = sorted(path for path in (ROOT / "forms").glob("*/*.schema.json"))
MARKUP = "<script>alert('x')</script><img src=x onerror=alert(1)>"
HOSTILE = {
    "markup": MARKUP,
    "sql": "'; DROP TABLE cases; --",
    "nul": "a\0b\0",
    "emoji": "👩‍👩‍👧‍👦🇮🇩",
    "right to left": "\u202egnp.exe\u202c\u200f",
    "template": "{{ 7 * 7 }}{% include '/etc/passwd' %}${7*7}",
    "path": "../../../../etc/passwd",
    "negative": "-99999999999999999999",
    "not a number": "NaN",
    "no such day": "0000-00-00",
    "huge number": "9" * 400,
    "long": "x" * 6000,
    "a megabyte": "y" * 1_000_000,
}
CLOSED_FORMATS = frozenset(
    "date date-time email nik nop npwp phone-id kelurahan point geojson-polygon document".split()  # noqa: SIM905
)


class Counter:
    """A clerk's desk on which any form can be laid."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.office: Office = office_in(folder, url)
        plant(SERVICE, folder / "processes", folder / "forms")
        self.office.publish(folder / "processes" / SERVICE, folder / "forms")
        posts = frozenset({Post("loket", None)})
        self.office.janji.accounts.add("lulu", "Lulu", "lulu@contoh.example", PASSWORD, posts)
        self.clerk = Visitor(self.office.janji)  # type: ignore[arg-type]
        self.clerk.send("/masuk", {"pengguna": "lulu", "sandi": PASSWORD})
        with self.office.store.read() as reads:
            self._seedling = reads.version(reads.current(SERVICE))

    def lay(self, schema: Path) -> Application:
        """Begin a case whose next task has this form, with the service's other forms at hand."""
        beside = {f"forms/{path.name}": path.read_bytes() for path in schema.parent.glob("*.json")}
        ui = schema.with_name(schema.name.replace(".schema.", ".ui."))
        own = {"forms/periksa.schema.json": schema.read_bytes(), "forms/periksa.ui.json": ui.read_bytes()}
        files = {**beside, **self._seedling.files, **own}
        laid = replace(self._seedling, id=version_id(files), files=files)
        with self.office.store.write() as tx:
            tx.add_version(laid)
            tx.make_current(SERVICE, laid.id, self.office.clock.now())
        return self.office.apply(SERVICE, ASKED)

    def send(self, case: Application, answers: Mapping[str, Any]) -> Any:
        address = f"/tugas/{self.office.task(case, 'periksa').id}"
        return self.clerk.send(address, dict(answers), self.clerk.get(address))

    def answered(self, case: Application) -> list[Any]:
        with self.office.store.read() as reads:
            return [row.answers for row in reads.answers(case.id) if row.task_id]


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    counter = Counter(tmp_path_factory.mktemp("loket"))
    yield counter
    counter.office.janji.close()


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.name.partition('.')[0]}")
def test_no_hostile_value_gets_past_a_form_or_breaks_a_page(counter, path):
    case = counter.lay(path)
    schema = json.loads(path.read_text())
    for name, text in HOSTILE.items():
        strange = {"__proto__.polluted": text, "typename": text, "a.b.c": text}
        answer = counter.send(case, {**filled(schema, text), **strange})
        judge(counter, case, schema, answer, name, text)
        if answer.status_code == 303:
            case = counter.lay(path)


@pytest.mark.parametrize("path", FORMS, ids=lambda path: f"{path.parent.name}/{path.name.partition('.')[0]}")
def test_an_empty_form_names_everything_that_is_missing(counter, path):
    case = counter.lay(path)
    schema = json.loads(path.read_text())
    answer = counter.send(case, {})

    asked = [name for name in schema.get("required", ()) if not schema["properties"][name].get("readOnly")]
    summary = told(answer)
    assert answer.status_code in ((422,) if asked else (303, 422))
    for name in asked:
        spec = schema["properties"][name]
        if "x-verdicts-of" not in spec:
            assert spec["title"] in summary, f"{name} is missing and nobody says so"
    assert counter.answered(case) == [] or answer.status_code == 303


@pytest.mark.parametrize("shape", ["objects", "lists", "numbered", "many names"])
@pytest.mark.parametrize("path", FORMS[::4], ids=lambda path: f"{path.parent.name}/{path.name.partition('.')[0]}")
def test_values_of_another_shape_are_no_error_of_ours(counter, path, shape):
    case = counter.lay(path)
    names = list(json.loads(path.read_text()).get("properties", {})) or ["x"]
    shapes: dict[str, dict[str, Any]] = {
        "objects": {f"{name}.dalam.lagi.lagi.lagi.lagi.lagi": "1" for name in names},
        "lists": {name: ["a", "b", "c"] for name in names},
        "numbered": {f"{name}.{number}": "x" for name in names for number in (0, 1, 99999999, "x", "-1")},
        "many names": {f"n{number}": "x" for number in range(1500)},
    }
    answer = counter.send(case, shapes[shape])

    assert answer.status_code in (422, 303)


def test_nul_characters_reach_no_database(tmp_path, any_database):
    """PostgreSQL refuses them anywhere; SQLite would keep them."""
    with url_on(any_database, tmp_path) as url:
        counter = Counter(tmp_path, url)
        case = counter.lay(ROOT / "forms" / "complaint" / "laporan.schema.json")
        clerk, stranger = counter.clerk, Visitor(counter.office.janji)
        answers = [
            counter.send(case, {"judul": "a\0b", "x\0y": "z"}),
            stranger.send("/lacak", {"nomor": "\0", "kode": "\0"}),
            stranger.send("/masuk", {"pengguna": "a\0", "sandi": "\0", "lanjut": "/\0"}),
            clerk.send(f"/berkas/{case.reference}/catatan", {"catatan": "a\0b"}, clerk.get("/tugas")),
            clerk.get("/tugas?q=%00"),
            clerk.get("/kasus?q=%00&dari=%00"),
            clerk.get("/tugas/%00"),
            clerk.get("/dokumen/%00"),
            stranger.get("/v/%00"),
            stranger.get("/layanan/%00"),
            stranger.get("/t/%00"),
        ]

        assert [one.status_code for one in answers] == [422, 422, 422, 303, 200, 200, 404, 404, 404, 404, 404]
        counter.office.janji.close()


def judge(counter: Counter, case: Application, schema: Any, answer: Any, name: str, text: str) -> None:
    """What must hold of the answer to any post, however wrong."""
    assert answer.status_code in (422, 303), f"{name}: {answer.status_code}"
    if answer.status_code == 303:
        assert not closed(schema), f"{name} was accepted by {closed(schema)}"
        for one in counter.answered(case):
            assert set(one) <= set(schema.get("properties", {})), "a name of nobody's form was stored"
            assert "\0" not in json.dumps(one)
        return
    assert counter.answered(case) == [], "refused and stored all the same"
    assert counter.office.open(case) == ["periksa"]
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "49" not in re.findall(r'value="([^"]*)"', answer.text), "a template was carried out"
    summary = told(answer)
    assert re.search("Ada [1-9]", summary), f"{name}: refused without a word"
    if "terlalu panjang untuk sekali kirim" not in summary:
        for title in closed(schema):
            assert title in summary, f"{name}: nobody says what is wrong with {title}"
    if name == "markup" and free(schema):
        assert "&lt;script&gt;alert" in answer.text, "what was typed is gone"


def told(answer: Any) -> str:
    """The list of problems on top of the page, as words."""
    found = re.search(r'<div class="error-summary".*?</div>', answer.text, flags=re.DOTALL)
    return words(_Part(found.group(0))) if found else ""


class _Part:
    def __init__(self, text: str) -> None:
        self.text = text


def filled(spec: Any, text: str, path: str = "") -> dict[str, str]:
    """The same text in every field of a form, at any depth."""
    found: dict[str, str] = {}
    for name, part in spec.get("properties", {}).items():
        inside = part.get("items", part)
        row = f"{path}{name}.0." if "items" in part else f"{path}{name}."
        found |= filled(inside, text, row) if inside.get("properties") else {path + name: text}
    return found


def closed(schema: Any) -> list[str]:
    """Titles of the fields that take no free text, so that none of the hostile values can be right for them."""
    return [
        part["title"]
        for part in schema.get("properties", {}).values()
        if not part.get("readOnly") and _takes_no_text(part.get("items", part))
    ]


def _takes_no_text(part: Any) -> bool:
    choices = "oneOf" in part or "enum" in part or part.get("const") is True
    return choices or part.get("type") in ("number", "integer") or part.get("format") in CLOSED_FORMATS


def free(schema: Any) -> bool:
    """Whether a form has a field that one writes into."""
    return any(
        part.get("type") == "string" and not part.get("readOnly") and "oneOf" not in part and "enum" not in part
        and part.get("format") not in ("document", "kelurahan")
        for part in schema.get("properties", {}).values()
    )  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = office_in(tmp_path_factory.mktemp("kota"))
    for service in IN_STEPS:
        office.publish(ROOT / "processes" / service)
    yield office
    office.janji.close()


@pytest.mark.parametrize("name", ["markup", "nul", "template", "huge number", "a megabyte"])
@pytest.mark.parametrize("service", IN_STEPS)
def test_no_part_of_a_long_form_breaks_on_a_hostile_value_or_lets_it_run(city, service, name):
    """Strangers reach these pages. Whatever is kept of it is shown as text, and the list still opens."""
    ui = json.loads((ROOT / "forms" / service / "pendaftaran.ui.json").read_text())
    schema = json.loads((ROOT / "forms" / service / "pendaftaran.schema.json").read_text())
    stranger, text = Visitor(city.janji), HOSTILE[name]  # type: ignore[arg-type]
    page = stranger.get(f"/layanan/{service}/ajukan/pemohon")
    for group in ui["ui:groups"]:
        fields = {"properties": {one: schema["properties"][one] for one in group["fields"]}}
        strange = {"__proto__.polluted": text, "a.b.c": text, "aksi": "lanjut"}
        answer = stranger.send(f"/layanan/{service}/ajukan/{group['id']}", {**filled(fields, text), **strange}, page)
        assert answer.status_code in (303, 422), group["id"]
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text

    listed = stranger.get(f"/layanan/{service}/ajukan")
    assert listed.status_code == 200
    assert "Perlu diperbaiki" in words(listed)
    assert stranger.get(f"/layanan/{service}/ajukan/periksa").status_code == 303
