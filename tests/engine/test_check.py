"""What is said of a service's files when they are held against each other: one seeded gap each, silence when whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.check import check
from engine.city import City, read_city
from engine.library import services_in
from engine.model import Problem, Severity

from .drawing import (
    boundary,
    diagram,
    either,
    end,
    flow,
    line,
    on_message,
    said,
    script,
    shape,
    start,
    sub,
    timer,
    user,
)

ROOT = Path(__file__).parents[2]

DIAGRAM = diagram(
    said(
        'service code="IZIN" starters="pemohon" subject="pendaftaran.nama"',
        'stage id="periksa" name="Periksa" now="Kami memeriksa"',
        'promise id="layanan" name="Izin" budget="5" unit="working_days" basis="configuration" source="contoh"',
    ),
    start("pendaftaran"),
    sub(
        "permohonan",
        start("mulai"),
        user("verifikasi", name="Verifikasi", janji_role="verifikator", janji_stage="periksa", janji_starts="layanan"),
        either("lengkap", "lengkap__golongan"),
        user("perbaikan", name="Perbaikan", janji_role="pemohon", janji_stage="periksa"),
        shape(
            "businessRuleTask",
            "golongan",
            "<bpmn:extensionElements><spiffworkflow:calledDecisionId>tarif</spiffworkflow:calledDecisionId>"
            "</bpmn:extensionElements>",
        ),
        script("terbitkan", 'notify("pemohon", "terbit")\nissue("izin")\nconclude("terbit")\nfee = golongan.tarif'),
        shape("endEvent", "terbit", "<bpmn:terminateEventDefinition/>", janji_keeps="layanan"),
        line("mulai", "verifikasi", "lengkap", "golongan", "terbitkan", "terbit"),
        flow("lengkap", "perbaikan", 'verifikasi.hasil == "kurang"'),
        flow("perbaikan", "verifikasi"),
    ),
    boundary("penarikan", "permohonan", on_message()),
    boundary("jatuh_tempo", "permohonan", timer("timeDate", 'due("layanan")'), "false"),
    script("tegur", 'escalate("kepala_opd")'),
    end("ditarik"),
    end("ditegur"),
    end("selesai"),
    line("pendaftaran", "permohonan", "selesai"),
    flow("penarikan", "ditarik"),
    line("jatuh_tempo", "tegur", "ditegur"),
    head='<bpmn:message id="msg" name="penarikan"/>',
    process='id="izin" name="Izin" isExecutable="true"',
)

TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:t">
<decision id="tarif" name="Tarif"><decisionTable id="t" hitPolicy="FIRST">
<input id="i"><inputExpression id="ie"><text>pendaftaran.luas</text></inputExpression></input>
<output id="o" name="tarif"/>
<rule id="r1"><inputEntry id="c1"><text>? &gt;= 10 and ? &lt; 50</text></inputEntry>
<outputEntry id="v1"><text>100</text></outputEntry></rule>
<rule id="r2"><inputEntry id="c2"><text>-</text></inputEntry><outputEntry id="v2"><text>0</text></outputEntry></rule>
</decisionTable></decision></definitions>"""

INDONESIAN = """
[service]
title = "Izin"
summary = "Mintalah izin."
[papers.izin]
name = "Izin"
[outcomes]
terbit = "Terbit"
[notices.terbit]
subject = "$reference terbit"
body = "Lihat: $link"
[notices.eskalasi]
subject = "$reference lewat batas"
body = "Buka: $link"
"""

ENGLISH = """
[service]
title = "Permit"
summary = "Ask for a permit."
[outcomes]
terbit = "Issued"
[elements]
verifikasi = "Check"
perbaikan = "Correct"
[stages.periksa]
name = "Check"
[promises.layanan]
name = "Permit"
[notices.terbit]
subject = "$reference issued"
body = "See: $link"
[notices.eskalasi]
subject = "$reference overdue"
body = "Open: $link"
[forms.pendaftaran]
title = "Apply"
nama = { title = "Name" }
luas = { title = "Area" }
[forms.verifikasi]
title = "Check"
hasil = { title = "Result" }
[forms.perbaikan]
title = "Correct"
nama = { title = "Name" }
"""

Edit = Callable[[str], str]


def form(title: str, **fields: dict[str, object]) -> dict[str, str]:
    """A schema and its page with all fields in one group."""
    properties = {name: {"title": name, **said} for name, said in fields.items()}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "title": title,
        "properties": properties,
        "additionalProperties": False,
    }
    ui = {"ui:groups": [{"id": "isian", "title": title, "fields": list(fields)}]}
    return {"schema": json.dumps(schema), "ui": json.dumps(ui)}


TEXT = {"type": "string", "maxLength": 80}


class Service:
    """A whole service on disk, whose files a test then spoils."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "processes" / "izin"
        self.forms = root / "forms"
        self.write("process.bpmn", DIAGRAM.decode())
        self.write("tarif.dmn", TABLE)
        self.write("letters/izin.typ", "= Izin")
        self.write("texts/id.toml", INDONESIAN)
        self.write("texts/en.toml", ENGLISH)
        self.write("scenarios/tepat.toml", 'title = "Tepat waktu"')
        self.form("pendaftaran", form("Daftar", nama=TEXT, luas={"type": "integer"}))
        self.form("verifikasi", form("Verifikasi", hasil=TEXT))
        self.form("perbaikan", form("Perbaikan", nama=TEXT))

    def write(self, path: str, text: str) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    def form(self, name: str, files: dict[str, str]) -> None:
        (self.forms / "izin").mkdir(parents=True, exist_ok=True)
        for ending, text in files.items():
            (self.forms / "izin" / f"{name}.{ending}.json").write_text(text)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def remove(self, path: str) -> None:
        (self.folder / path).unlink()

    def problems(self, city: City | None = None) -> list[Problem]:
        return check(self.folder, self.forms, city)

    def told(self, severity: Severity = Severity.ERROR, city: City | None = None) -> set[str]:
        return {problem.code for problem in self.problems(city) if problem.severity is severity}


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


@pytest.fixture(scope="module")
def city() -> City:
    return read_city(ROOT / "processes")


def test_a_whole_service_earns_only_the_warning_about_its_missing_drawing(service: Service, city: City) -> None:
    assert [problem.code for problem in service.problems(city)] == ["no-drawing"]


def test_a_missing_form_names_the_file_to_add(service: Service) -> None:
    (service.forms / "izin" / "verifikasi.schema.json").unlink()

    [told] = [problem for problem in service.problems() if problem.code == "no-form"]
    assert (told.file, told.element) == ("processes/izin/process.bpmn", "verifikasi")
    assert told.message == "has no form; add forms/izin/verifikasi.schema.json"


def test_the_start_form_is_missed_like_any_other(service: Service) -> None:
    (service.forms / "izin" / "pendaftaran.ui.json").unlink()

    assert "no-form" in service.told()


def test_a_form_that_is_no_json_schema_is_an_error_in_its_own_file(service: Service) -> None:
    service.form("verifikasi", {"schema": '{"type": 7}'})

    assert any(p.severity is Severity.ERROR and p.file.startswith("forms/izin/verifikasi") for p in service.problems())


def test_a_form_of_no_step_is_a_warning(service: Service) -> None:
    service.form("verfikasi", form("Salah ketik", hasil=TEXT))

    assert "form-unused" in service.told(Severity.WARNING)


def test_a_correction_of_a_form_that_is_not_there_is_an_error(service: Service) -> None:
    correcting = {"ui:groups": [], "x-corrects": "pendaftarn", "x-rejected-by": "verifikasi.putusan"}
    service.form("perbaikan", {"schema": '{"type": "object"}', "ui": json.dumps(correcting)})

    assert "form-refers" in service.told()


def test_a_condition_on_a_question_that_nobody_asks_is_an_error_with_the_nearest(service: Service) -> None:
    service.edit("process.bpmn", "verifikasi.hasil", "verifikasi.hasl")

    [told] = [problem for problem in service.problems() if problem.code == "unknown-answer"]
    assert "did you mean “verifikasi.hasil”" in told.message


def test_what_is_taken_into_the_field_must_be_asked_somewhere_and_only_a_user_task_takes_it(service: Service) -> None:
    service.edit("process.bpmn", 'janji:starts="layanan"', 'janji:starts="layanan" janji:brings="pendaftaran.nam"')
    service.edit("process.bpmn", 'janji:keeps="layanan"', 'janji:keeps="layanan" janji:brings="pendaftaran.nama"')

    assert {"unknown-answer", "brings-nothing"} <= set(service.told())


def test_a_table_that_reads_what_no_form_asks_is_an_error_in_the_table(service: Service) -> None:
    service.edit("tarif.dmn", "pendaftaran.luas", "pendaftaran.lebar")

    assert any(p.code == "unknown-answer" and p.file == "processes/izin/tarif.dmn" for p in service.problems())


def test_a_result_that_a_table_does_not_give_is_an_error(service: Service) -> None:
    service.edit("process.bpmn", "golongan.tarif", "golongan.harga")

    assert "unknown-answer" in service.told()


def test_a_missing_table_is_an_error(service: Service) -> None:
    service.remove("tarif.dmn")

    assert "table-missing" in service.told()


def test_a_table_nobody_asks_is_a_warning(service: Service) -> None:
    service.write("denda.dmn", TABLE.replace('id="tarif"', 'id="denda"'))

    assert "table-unused" in service.told(Severity.WARNING)


def test_a_table_that_is_not_called_like_its_file_is_an_error(service: Service) -> None:
    service.write("denda.dmn", TABLE)

    assert "table-name" in service.told()


CELLS = {
    "[10..50]": "table-range",
    "]10..50[": "table-range",
    "<30,>100": "table-list",
    "not(20)": "table-not",
    "10,20": "table-list",
    "hunian": "table-unquoted",
    "in ['a', 'b']": "table-cell",
    "luas > 3": "table-cell",
    "= 3": "expression-foreign",
    "''.join(x)": "expression-refused",
    "> 10 and < 20": "expression-syntax",
    "9 ** 9": "expression-refused",
}


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_of_another_language_is_told_by_its_own_code(service: Service, cell: str) -> None:
    written = cell.replace("<", "&lt;").replace(">", "&gt;")
    service.edit("tarif.dmn", "? &gt;= 10 and ? &lt; 50", written)

    assert CELLS[cell] in service.told()


@pytest.mark.parametrize(
    "cell", ["&gt;= 10", "10", "-", "", "? in [1, 2]", "10 &lt; ?", "? != 20", '"a"', "None", "-5"]
)
def test_a_cell_that_is_evaluated_as_written_is_no_problem(service: Service, cell: str) -> None:
    service.edit("tarif.dmn", "? &gt;= 10 and ? &lt; 50", cell)

    assert {code for code in service.told() if code.startswith(("table", "expression"))} <= {"table-same-row"}


@pytest.mark.parametrize("policy", ["COLLECT", "ANY", "RULE ORDER"])
def test_a_hit_policy_that_is_not_carried_out_is_an_error(service: Service, policy: str) -> None:
    service.edit("tarif.dmn", "FIRST", policy)

    assert "hit-policy" in service.told()


def test_a_row_for_everything_in_a_unique_table_is_an_error(service: Service) -> None:
    service.edit("tarif.dmn", "FIRST", "UNIQUE")

    assert "table-overlap" in service.told()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_notice_without_words_in_a_language_is_an_error(service: Service, language: str) -> None:
    service.edit(f"texts/{language}.toml", "[notices.terbit]", "[notices.terbti]")

    assert "no-notice" in service.told()


def test_an_escalation_without_a_text_of_its_own_needs_the_common_one(service: Service) -> None:
    service.edit("texts/id.toml", "[notices.eskalasi]", "[notices.lain]")

    assert "no-notice" in service.told()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_kept_sentence_that_names_what_nobody_fills_is_an_error(service: Service, language: str) -> None:
    for one in ("id", "en"):
        body = "Kepada $nama" if one == language else "$reference"
        path = service.folder / "texts" / f"{one}.toml"
        path.write_text(path.read_text(encoding="utf-8") + f'\n[replies.salam]\ntitle = "Salam"\nbody = "{body}"\n')

    assert service.told() == {"unknown-placeholder"}


def test_a_placeholder_that_nobody_fills_is_an_error(service: Service) -> None:
    service.edit("texts/id.toml", "$reference terbit", "$nama: terbit")

    assert "unknown-placeholder" in service.told()


def test_an_outcome_without_a_word_is_an_error(service: Service) -> None:
    service.edit("texts/id.toml", 'terbit = "Terbit"', "")

    assert "no-outcome-text" in service.told()


MISSING_ENGLISH = [
    'verifikasi = "Check"',
    '[stages.periksa]\nname = "Check"',
    '[promises.layanan]\nname = "Permit"',
    'hasil = { title = "Result" }',
]


@pytest.mark.parametrize("line_of_text", MISSING_ENGLISH)
def test_a_missing_english_word_is_a_warning(service: Service, line_of_text: str) -> None:
    service.edit("texts/en.toml", line_of_text, "")

    assert "no-english" in service.told(Severity.WARNING)


def test_texts_and_stories_that_are_no_toml_are_errors(service: Service) -> None:
    service.write("texts/en.toml", "title = ")
    service.write("scenarios/tepat.toml", "[[")

    assert [problem.file for problem in service.problems() if problem.code == "toml"] == [
        "processes/izin/scenarios/tepat.toml",
        "processes/izin/texts/en.toml",
    ]


def test_a_permit_without_its_letter_is_an_error(service: Service) -> None:
    service.remove("letters/izin.typ")

    assert "no-letter" in service.told()


def test_a_role_that_the_city_does_not_have_is_an_error(service: Service, city: City) -> None:
    service.edit("process.bpmn", 'janji:role="verifikator"', 'janji:role="verfikator"')

    assert "unknown-role" in service.told(city=city)


def test_a_rung_that_the_city_does_not_have_is_an_error(service: Service, city: City) -> None:
    service.edit("process.bpmn", 'escalate("kepala_opd")', 'escalate("presiden")')

    assert "unknown-role" in service.told(city=city)


def test_a_step_that_nobody_does_may_be_drawn_alone_but_not_published(service: Service) -> None:
    service.edit("process.bpmn", ' janji:role="verifikator"', "")
    alone = check(service.folder / "process.bpmn", service.forms)

    assert "no-role" in service.told()
    assert [p.severity for p in alone if p.code == "no-role"] == [Severity.WARNING]


def test_a_diagram_alone_lacks_its_forms_and_tables_as_warnings(tmp_path: Path, city: City) -> None:
    file = tmp_path / "gambar.bpmn"
    file.write_bytes(DIAGRAM)

    found = check(file, tmp_path / "forms", city)
    assert {problem.severity for problem in found} == {Severity.WARNING}
    assert {"no-form", "table-missing"} <= {problem.code for problem in found}


def test_a_diagram_alone_that_cannot_run_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "gambar.bpmn"
    file.write_bytes(b"bukan gambar")

    assert [problem.severity for problem in check(file, tmp_path)] == [Severity.ERROR]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('title = "Nama"', "check-incomplete"),
        ('title = "Luas"\nfrom = "pendaftaran.luas"\nas = "huruf"', "check-as"),
        ('title = "NIK"\nfrom = "pendaftaran.nik"', "check-personal"),
    ],
)
def test_what_anybody_may_read_of_a_paper_is_said_whole_and_names_nobody(service: Service, row: str, code: str) -> None:
    service.form("pendaftaran", form("Daftar", nama=TEXT, nik={"type": "string", "format": "nik", "maxLength": 16}))
    service.edit("texts/id.toml", "[papers.izin]", f"[check.satu]\n{row}\n[papers.izin]")

    assert code in service.told()


def test_a_paper_without_a_name_on_its_check_page_is_a_warning(service: Service) -> None:
    service.edit("texts/id.toml", '[papers.izin]\nname = "Izin"\n', "")

    assert "no-paper-name" in service.told(Severity.WARNING)


def test_the_folder_and_the_process_must_have_one_name(service: Service) -> None:
    service.edit("process.bpmn", 'id="izin"', 'id="perizinan"')

    assert "service-id" in service.told()


def test_faults_in_several_files_are_all_told_at_once(service: Service) -> None:
    service.edit("process.bpmn", 'due("layanan")', "P5D")
    service.remove("letters/izin.typ")
    service.edit("tarif.dmn", "FIRST", "COLLECT")
    service.write("texts/en.toml", "=")

    assert {"timer-quotes", "no-letter", "hit-policy", "toml"} <= service.told()


def test_bytes_that_are_no_text_anywhere_become_problems(service: Service) -> None:
    for path in [*service.folder.rglob("*"), *service.forms.rglob("*")]:
        if path.is_file():
            path.write_bytes(b"\xff\xfe\x00")

    assert service.told()


@pytest.mark.parametrize("folder", services_in(ROOT / "processes"), ids=lambda folder: folder.name)
def test_the_services_of_the_city_are_without_errors(folder: Path, city: City) -> None:
    assert [p for p in check(folder, ROOT / "forms", city) if p.severity is Severity.ERROR] == []


# ── what becomes public ───────────────────────────────────────────────────────────────────────────────────────────────

RELEASES = 'subject="pendaftaran.nama" category="pendaftaran.nama" public="verifikasi"'


def publishing(mark: object = "summary") -> dict[str, str]:
    """The verification with a field that is released."""
    made = form("Verifikasi", hasil=TEXT, ringkas=TEXT)
    return {**made, "ui": json.dumps({**json.loads(made["ui"]), "ringkas": {"ui:published": mark}})}


def test_a_service_whose_step_releases_a_summary_is_whole_but_for_confidential_cases(service: Service) -> None:
    service.edit("process.bpmn", 'subject="pendaftaran.nama"', RELEASES)
    service.form("verifikasi", publishing())

    assert service.told() == set()
    assert "public-without-confidential" in service.told(Severity.WARNING)


def test_a_public_list_that_no_step_releases_for_is_an_error(service: Service) -> None:
    service.edit("process.bpmn", 'subject="pendaftaran.nama"', RELEASES.replace("verifikasi", "verfikasi"))

    assert "public-step" in service.told()


def test_a_step_that_releases_without_a_summary_is_an_error(service: Service) -> None:
    service.edit("process.bpmn", 'subject="pendaftaran.nama"', RELEASES)

    assert service.told() == {"no-summary"}


def test_a_field_marked_where_nobody_releases_is_an_error(service: Service) -> None:
    service.form("verifikasi", publishing())

    assert service.told() == {"published-nowhere"}


def test_a_mark_of_another_kind_is_an_error(service: Service) -> None:
    service.edit("process.bpmn", 'subject="pendaftaran.nama"', RELEASES)
    service.form("verifikasi", publishing("ringkasan"))

    assert service.told() == {"no-summary", "published"}
