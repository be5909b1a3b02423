import pytest

from engine.bpmn.reader import read
from engine.errors import FilesRefused
from engine.model import Basis, Flow, PromiseRule, Stage, Unit

from .drawing import (
    boundary,
    choice,
    decision,
    diagram,
    end,
    flow,
    message,
    part,
    path,
    script,
    start,
    table,
    timer,
    user,
)

SERVICE = """
<janji:service code="KRK" starters="pemohon loket" subject="pendaftaran.nama" place="pendaftaran.kelurahan"
  email="pendaftaran.email"
  phone="pendaftaran.telepon" anonymous="pendaftaran.anonim" confidential="pendaftaran.rahasia"
  links="pendaftaran.induk"/>
<janji:stage id="periksa" name="Pemeriksaan" now="Kami sedang memeriksa" days="1"/>
<janji:stage id="terbit" name="Penerbitan" now="Kami sedang menerbitkan"/>
<janji:promise id="layanan" name="Penerbitan" budget="5" unit="working_days" basis="configuration"
  source="belum ada angka resmi"/>
<janji:promise id="bayar" name="Bayar" budget="14" unit="calendar_days" basis="law" source="Perda"/>
"""
LANES = """
<bpmn:laneSet id="ls"><bpmn:lane id="luar" name="Dinas" janji:role="dinas">
<bpmn:flowNodeRef>mulai</bpmn:flowNodeRef>
<bpmn:flowNodeRef>hidup</bpmn:flowNodeRef><bpmn:flowNodeRef>ketua</bpmn:flowNodeRef>
<bpmn:childLaneSet id="cs">
<bpmn:lane id="dalam" name="Kepala" janji:role="kepala"><bpmn:flowNodeRef>ketua</bpmn:flowNodeRef>
</bpmn:lane></bpmn:childLaneSet>
</bpmn:lane><bpmn:lane id="polos" name="Pemohon"><bpmn:flowNodeRef>bebas</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
"""
DRAWN = diagram(
    LANES,
    start(),
    part(
        "hidup",
        start("a"),
        user("isi", "<bpmn:documentation>Periksa berkas.</bpmn:documentation>"),
        user("bayar", role="pemohon", stage="terbit", pauses="layanan", unit="isi.unit", excludes="linked_handlers"),
        end("z"),
        path("a", "isi", "bayar", "z"),
        stage="periksa",
    ),
    boundary("tarik", "hidup", message("penarikan")),
    boundary("ingat", "hidup", timer("days(3)", "timeDuration"), interrupting=False),
    user("ketua"),
    choice("pilih", default="bebas"),
    user("bebas"),
    end(),
    end("e1"),
    end("e2"),
    path("mulai", "hidup", "ketua", "pilih", "bebas", "selesai"),
    flow("pilih", "e1", 'isi.hasil == "ya"'),
    path("tarik", "e2"),
    path("ingat", "e1"),
    service=SERVICE,
    messages=("penarikan",),
    name="krk",
)


@pytest.fixture(scope="module")
def definition():
    return read({"process.bpmn": DRAWN, "texts/id.toml": b"", "README.md": b""})


def test_the_service_is_read_with_its_stages_and_promises(definition):
    facts = definition.facts
    assert (facts.id, facts.code, facts.name, facts.start_form) == ("krk", "KRK", "Uji", "mulai")
    assert facts.starters == ("pemohon", "loket")
    assert (facts.subject, facts.place) == ("pendaftaran.nama", "pendaftaran.kelurahan")
    assert (facts.email, facts.phone) == ("pendaftaran.email", "pendaftaran.telepon")
    assert (facts.anonymous, facts.confidential, facts.links) == (
        "pendaftaran.anonim",
        "pendaftaran.rahasia",
        "pendaftaran.induk",
    )
    assert facts.stages == (
        Stage("periksa", "Pemeriksaan", "Kami sedang memeriksa", 1),
        Stage("terbit", "Penerbitan", "Kami sedang menerbitkan", None),
    )
    assert facts.promises[0] == PromiseRule(
        "layanan", "Penerbitan", 5, Unit.WORKING_DAYS, Basis.CONFIGURATION, "belum ada angka resmi"
    )
    assert facts.promises[1].unit is Unit.CALENDAR_DAYS


def test_a_role_comes_from_the_shape_else_the_innermost_lane_else_the_part_around_it(definition):
    roles = {name: element.role for name, element in definition.elements.items()}
    assert roles["ketua"] == "kepala"
    assert roles["hidup"] == "dinas"
    assert roles["isi"] == "dinas"
    assert roles["bayar"] == "pemohon"
    assert roles["bebas"] is None


def test_a_stage_of_a_part_holds_for_what_is_inside_it(definition):
    stages = {name: element.stage for name, element in definition.elements.items()}
    assert (stages["isi"], stages["bayar"], stages["hidup"], stages["ketua"]) == ("periksa", "terbit", "periksa", None)


def test_marks_hosts_and_documentation_are_read(definition):
    bayar, tarik, ingat = (definition.elements[name] for name in ("bayar", "tarik", "ingat"))
    assert (bayar.pauses, bayar.unit_from, bayar.excludes, bayar.scope) == (
        "layanan",
        "isi.unit",
        "linked_handlers",
        "hidup",
    )
    assert (tarik.kind, tarik.attached_to, tarik.interrupts) == ("boundaryEvent", "hidup", True)
    assert (ingat.attached_to, ingat.interrupts, bayar.interrupts) == ("hidup", False, False)
    assert definition.elements["isi"].documentation == "Periksa berkas."


def test_flows_keep_their_conditions(definition):
    assert Flow("pilih_e1", "pilih", "e1", "", 'isi.hasil == "ya"') in definition.flows
    assert Flow("pilih_bebas", "pilih", "bebas") in definition.flows


def test_what_was_read_cannot_be_changed(definition):
    with pytest.raises(TypeError):
        definition.elements["isi"] = None
    with pytest.raises(AttributeError):
        definition.facts = None


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no process.bpmn"),
        ({"process.bpmn": b"<x"}, "not well-formed"),
        ({"process.bpmn": b"<!DOCTYPE x><x/>"}, "DOCTYPE"),
        ({"process.bpmn": b"<x/>"}, "exactly one process"),
        (
            {"process.bpmn": diagram(start(), decision("d", "tarif"), end(), path("mulai", "d", "selesai"))},
            "no decision table tarif",
        ),
        (
            {"process.bpmn": diagram(start(), script("s", "import os"), end(), path("mulai", "s", "selesai"))},
            "neither name = expression",
        ),
        (
            {"process.bpmn": diagram(start(), choice("g"), end(), path("mulai", "g"), flow("g", "selesai", "a.b()"))},
            "not one of our words",
        ),
        ({"process.bpmn": diagram(end())}, "No start event"),
        ({"process.bpmn": DRAWN.replace(b'budget="5"', b'budget="lima"')}, "lima"),
        ({"process.bpmn": DRAWN, "a.dmn": table("a", ("x",), ("y",), ("[1..2]", "1"))}, "cannot be read"),
    ],
)
def test_files_that_cannot_run_are_refused_with_a_reason(files, said):
    with pytest.raises(FilesRefused) as refused:
        read(files)
    assert said in refused.value.problems[0].message


def test_a_refusal_names_the_file_and_the_shape():
    with pytest.raises(FilesRefused) as refused:
        read({"process.bpmn": diagram(start(), decision("hitung", "tarif"), end(), path("mulai", "hitung", "selesai"))})
    assert (refused.value.problems[0].file, refused.value.problems[0].element) == ("process.bpmn", "hitung")
