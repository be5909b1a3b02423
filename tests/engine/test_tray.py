"""Papers that come with a task's form: sent once, however often the form comes back."""

from __future__ import annotations

import json

import pytest

from engine.errors import AnswersRejected, NotFound
from engine.stories.planting import plant
from engine.stories.samples import sample_pdf
from tests.builders import office_in, staff

CLERK = staff("loket", login="ratih")
ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
PAPER = {"bukti": [("bukti.pdf", sample_pdf("bukti"))]}


@pytest.fixture
def office(tmp_path):
    """An office whose clerk must add a paper to the answer."""
    office = office_in(tmp_path)
    (tmp_path / "processes").mkdir()
    plant("contoh", tmp_path / "processes", tmp_path / "forms")
    schema = tmp_path / "forms" / "contoh" / "periksa.schema.json"
    form = json.loads(schema.read_text())
    form["properties"]["bukti"] = {"title": "Bukti", "type": "string", "format": "document", "maxLength": 64}
    form["required"].append("bukti")
    schema.write_text(json.dumps(form))
    ui = tmp_path / "forms" / "contoh" / "periksa.ui.json"
    shown = json.loads(ui.read_text())
    shown["ui:groups"][0]["fields"].append("bukti")
    shown["bukti"] = {"ui:widget": "file"}
    ui.write_text(json.dumps(shown))
    office.publish(tmp_path / "processes" / "contoh", tmp_path / "forms")
    yield office
    office.janji.close()


@pytest.fixture
def task(office):
    return office.task(office.apply("contoh", ASKED), "periksa")


def test_a_rejected_form_keeps_its_paper_and_the_next_try_needs_only_its_id(office, task):
    with pytest.raises(AnswersRejected) as refused:
        office.engine.complete(task.id, {"jawaban": ""}, PAPER, CLERK, "first")

    office.engine.complete(task.id, {"jawaban": "Sudah kami kirim.", **refused.value.kept}, {}, CLERK, "second")

    with office.store.read() as reads:
        assert [paper.name for paper in reads.documents(task.case_id)] == ["bukti.pdf"]


def test_the_desk_shows_the_paper_that_waits_in_the_tray(office, task):
    with pytest.raises(AnswersRejected) as refused:
        office.engine.complete(task.id, {"jawaban": ""}, PAPER, CLERK, "first")

    assert refused.value.kept["bukti"] in office.queries.desk(task.id, CLERK).form.files
    assert office.queries.document(refused.value.kept["bukti"], actor=CLERK)[0].name == "bukti.pdf"


def test_a_colleague_sees_nothing_of_what_lies_in_anothers_tray(office, task):
    with pytest.raises(AnswersRejected) as refused:
        office.engine.complete(task.id, {"jawaban": ""}, PAPER, CLERK, "first")
    other = staff("loket", login="budi")

    assert refused.value.kept["bukti"] not in office.queries.desk(task.id, other).form.files
    with pytest.raises(NotFound):
        office.queries.document(refused.value.kept["bukti"], actor=other)
    with pytest.raises(AnswersRejected):
        office.engine.complete(task.id, {"jawaban": "Sudah kami kirim.", **refused.value.kept}, {}, other, "theirs")


def test_a_bad_paper_beside_good_answers_is_named_and_nothing_moves(office, task):
    bad = {"bukti": [("bukti.pdf", b"not a paper at all")]}

    with pytest.raises(AnswersRejected) as refused:
        office.engine.complete(task.id, {"jawaban": "Sudah kami kirim."}, bad, CLERK, "first")

    assert {p.code.partition(".")[0] for p in refused.value.problems if p.path == "bukti"} == {"document"}
    assert office.queries.desk(task.id, CLERK).task.closed_at is None
