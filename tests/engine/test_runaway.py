"""Diagrams that run away: refused by the checker; published around it, stopped at run, and other cases go on."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import update

from engine.bpmn.lint import lint
from engine.commands.files import check as check_command
from engine.errors import FilesRefused, StepFailed
from engine.library import version_id
from engine.model import Severity
from engine.scheduler import Swept
from engine.store.tables import process_file
from engine.stories.planting import SEEDLING, plant
from tests.builders import Office, office_in
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
DOUBLING = "\n".join(["besar = [1]", *["besar = [besar, besar]"] * 60])
WRITING = "\n".join(['besar = "xxxxxxxxxx"', *["besar = besar + besar"] * 60])
HIDDEN_DOUBLING = "\n".join(["besar = case", *["besar = [besar, besar]"] * 60])
"""What the case holds weighs nothing to the checker, so this one gets past it and must be stopped when it runs."""
REACHING = {
    "reads a file": "x = open('/etc/passwd')",
    "imports": "x = __import__('os').system('id')",
    "climbs": "x = case.__class__.__mro__",
    "raises powers": "x = 9 ** 9 ** 9",
    "multiplies text": "x = 'x' * 1000000000",
    "formats": "x = '%999999999d' % 1",
    "doubles lists": DOUBLING,
    "doubles text": WRITING,
    "repeats": "while True:\n    x = 1",
}
ROUND = (
    '<bpmn:exclusiveGateway id="putar"/>'
    '<bpmn:sequenceFlow id="ke_putar_dari_eskalasi" sourceRef="eskalasi" targetRef="putar"/>'
    '<bpmn:sequenceFlow id="ke_eskalasi_dari_putar" sourceRef="putar" targetRef="eskalasi"/>'
)
"""After the escalation back to it, with nobody to wait for."""
MEMORY = 1 << 30
"""Bytes a step may take at the very most, beyond what the tests hold already."""
DRAWN = (SEEDLING / "process.bpmn").read_text(encoding="utf-8")


def with_script(drawn: str, script: str) -> bytes:
    """The seedling whose escalation, on the way from a timer, does something else."""
    before, _, rest = drawn.partition('<bpmn:scriptTask id="eskalasi"')
    head, _, rest = rest.partition("<bpmn:script>")
    _, _, after = rest.partition("</bpmn:script>")
    said = script.replace("<", "&lt;")
    return f'{before}<bpmn:scriptTask id="eskalasi"{head}<bpmn:script>{said}</bpmn:script>{after}'.encode()


def going_round(drawn: str) -> bytes:
    """The seedling whose escalation leads back to itself."""
    flow = '<bpmn:sequenceFlow id="ke_akhir_eskalasi_dari_eskalasi"'
    before, _, rest = drawn.partition(flow)
    _, _, after = rest.partition("/>")
    drawn = before + ROUND + after
    return drawn.replace("ke_akhir_eskalasi_dari_eskalasi", "ke_putar_dari_eskalasi").encode()


def diagram_of(office: Office) -> str:
    with office.store.read() as reads:
        return reads.version(reads.current(SERVICE)).files["process.bpmn"].decode()


def smuggle(office: Office, diagram: bytes) -> None:
    """Put a version into force around the checker, as whoever can write to the database could."""
    with office.store.write() as tx:
        sound = tx.version(tx.current(SERVICE))
        files = {**sound.files, "process.bpmn": diagram}
        bad = replace(sound, id=version_id(files), files=files)
        tx.add_version(bad)
        tx.make_current(SERVICE, bad.id, office.clock.now())


@contextmanager
def little_memory() -> Iterator[None]:
    """Whoever eats more than this is ended by the machine and not by us, and the test with it."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize("script", REACHING.values(), ids=REACHING)
def test_a_script_that_reaches_or_grows_is_refused_by_the_checker(script):
    found = lint(with_script(DRAWN, script), "process.bpmn")

    assert [one for one in found if one.severity is Severity.ERROR and one.element == "eskalasi"]


def test_a_diagram_that_goes_round_for_ever_is_refused_by_the_checker():
    found = lint(going_round(DRAWN), "process.bpmn")

    assert "endless-loop" in {one.code for one in found if one.severity is Severity.ERROR}


@pytest.mark.parametrize("runaway", ["round", "memory"])
def test_smuggled_past_the_checker_it_is_stopped_at_run_and_the_others_go_on(office, runaway):
    sound = office.apply(SERVICE, ASKED)
    drawn = diagram_of(office)
    smuggle(office, going_round(drawn) if runaway == "round" else with_script(drawn, HIDDEN_DOUBLING))
    stuck = office.apply(SERVICE, ASKED)
    before = office.case(stuck)
    office.clock.forward(days=30)

    with little_memory():
        assert office.janji.sweep.sweep() == Swept(woken=1, failed=1)

    assert office.told(sound).count("jatuh_tempo") == 1
    [incident] = incidents(office)
    assert (incident.case_id, incident.element in ("eskalasi", "putar")) == (stuck.id, True)
    assert {"round": "round in circles", "memory": "fill the memory"}[runaway] in incident.message
    assert office.case(stuck) == before
    assert office.open(stuck) == ["periksa"]


def test_a_clerk_at_a_stuck_case_is_refused_and_the_case_stays_as_it_was(office):
    drawn = diagram_of(office)
    smuggle(office, with_script(drawn, HIDDEN_DOUBLING))
    stuck = office.apply(SERVICE, ASKED)
    office.clock.forward(days=30)

    with pytest.raises(StepFailed):
        office.do(stuck, "periksa", ANSWER)
    assert office.open(stuck) == ["periksa"]
    assert office.history(stuck) == ["start"]


def test_a_version_that_reaches_for_files_cannot_even_be_read(office):
    sound = office.apply(SERVICE, ASKED)
    smuggle(office, with_script(diagram_of(office), REACHING["climbs"]))

    with pytest.raises(FilesRefused):
        office.apply(SERVICE, ASKED)
    office.clock.forward(days=30)
    assert office.janji.sweep.sweep() == Swept(woken=1, failed=0)
    assert office.told(sound).count("jatuh_tempo") == 1


def test_files_changed_under_a_running_case_make_an_incident_and_no_more(office, tmp_path):
    stuck = office.apply(SERVICE, ASKED)
    bad = with_script(diagram_of(office), REACHING["imports"])
    with office.store.write() as tx:
        tx._connection.execute(update(process_file).where(process_file.c.path == "process.bpmn").values(content=bad))
    again = office_in(tmp_path, office.janji.settings.database_url, at=office.clock.now())
    again.clock.forward(days=30)

    assert again.janji.sweep.sweep() == Swept(woken=0, failed=1)
    assert [one.case_id for one in incidents(again)] == [stuck.id]
    again.janji.close()


def incidents(office: Office) -> list:
    with office.store.read() as reads:
        return list(reads.incidents())


# ── the checker as a command ──────────────────────────────────────────────────────────────────────────────────────────

HOSTILE_XML = {
    "xml-doctype": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "xml-malformed": b"<a>&lol9;</a>",
    "xml-too-deep": b"<a>" * 230 + b"</a>" * 230,
    "xml-too-large": b"<a>" + b" " * (2 * 1024 * 1024) + b"</a>",
    "xml-too-many-elements": b"<a>" + b"<b/>" * 20_001 + b"</a>",
    "xml-encoding": "<a/>".encode("utf-16"),
}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(check_command, list(arguments))


@pytest.mark.parametrize("code", HOSTILE_XML)
def test_hostile_xml_ends_the_check_with_status_1_and_a_sentence(tmp_path, code):
    (tmp_path / "process.bpmn").write_bytes(HOSTILE_XML[code])
    for path in (tmp_path / "process.bpmn", tmp_path):
        told = run(str(path))
        assert told.exit_code == 1
        assert f"[{code}]" in told.output
        assert "root:" not in told.output, "an entity was read"
        assert told.exception is None or isinstance(told.exception, SystemExit)


def test_the_json_of_a_check_is_a_list_of_problems_with_five_facts_each(tmp_path):
    diagram = tmp_path / "satu.bpmn"
    diagram.write_bytes(going_round(DRAWN))
    told = run(str(diagram), "--json")
    problems = json.loads(told.output)

    assert told.exit_code == 1
    assert {tuple(one) for one in problems} == {("severity", "file", "element", "code", "message")}
    assert {one["severity"] for one in problems} <= {"error", "warning"}
    assert "endless-loop" in {one["code"] for one in problems}


def test_a_sound_service_ends_with_0_and_what_is_no_service_with_2(tmp_path):
    plant(SERVICE, tmp_path / "processes", tmp_path / "forms")
    sound = run(str(tmp_path / "processes" / SERVICE), "--forms", str(tmp_path / "forms"), "--json")

    assert (sound.exit_code, {one["severity"] for one in json.loads(sound.output)} <= {"warning"}) == (0, True)
    assert run(str(tmp_path / "tiada")).exit_code == 2
    assert run(str(tmp_path)).exit_code == 2
    assert run("--bukan-pilihan").exit_code == 2
