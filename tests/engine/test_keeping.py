"""What the background does besides timers: printing that fails, tidying up, and trying again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import NotFound, StepFailed
from engine.incidents import PRINT, STEP
from engine.model import Actor, ActorKind, PermitState, Post
from engine.model.cases import Permit
from tests.builders import staff
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
OPERATOR = Actor(ActorKind.STAFF, "op", "Operator", frozenset({Post("operator")}))


def unprintable(office, application, number):
    with office.store.write() as tx:
        now = office.clock.now()
        tx.add_permit(
            Permit(number, 1, "nothing", application.id, PermitState.ACTIVE, now, None, {"data": {}}, "", None)
        )


def test_a_permit_that_cannot_be_printed_is_an_incident_and_holds_nobody_up(office):
    one, other = (office.apply(SERVICE, ASKED) for _ in range(2))
    unprintable(office, one, "X.2026.00001")
    unprintable(office, other, "X.2026.00002")

    assert office.janji.printing.print_due() == 0
    with office.store.read() as reads:
        assert sorted(one.case_id for one in reads.incidents()) == sorted([one.id, other.id])


def test_a_failed_printing_waits_for_its_next_try_unless_an_operator_asks(office):
    application = office.apply(SERVICE, ASKED)
    unprintable(office, application, "X.2026.00001")
    office.janji.printing.print_due()
    office.janji.printing.print_due()
    with office.store.read() as reads:
        [incident] = reads.incidents()
    assert (incident.kind, incident.attempts) == (PRINT, 1)

    office.engine.retry(incident.id, OPERATOR)
    office.clock.forward(seconds=1)
    office.janji.printing.print_due()

    with office.store.read() as reads:
        assert reads.incidents()[0].attempts == 2


def test_only_an_operator_tries_an_incident_again(office):
    application = office.apply(SERVICE, ASKED)
    unprintable(office, application, "X.2026.00001")
    office.janji.printing.print_due()
    with office.store.read() as reads:
        [incident] = reads.incidents()

    with pytest.raises(NotFound):
        office.engine.retry(incident.id, staff("loket"))
    with pytest.raises(NotFound):
        office.engine.retry("no such incident", OPERATOR)


def test_an_act_that_the_diagram_fails_is_an_incident_and_the_case_stays_as_it_was(office, tmp_path):
    diagram = tmp_path / "processes" / SERVICE / "process.bpmn"
    broken = diagram.read_text().replace('conclude("selesai")', 'answer = 1 / len("")\nconclude("selesai")')
    diagram.write_text(broken)
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")
    application = office.apply(SERVICE, ASKED)

    with pytest.raises(StepFailed):
        office.do(application, "periksa", {"jawaban": "Sudah kami kirim."})

    assert office.open(application) == ["periksa"]
    with office.store.read() as reads:
        [incident] = reads.incidents()
    assert (incident.kind, incident.element, incident.case_id) == (STEP, "kirim_jawaban", application.id)
    office.engine.retry(incident.id, OPERATOR)
    with office.store.read() as reads:
        assert reads.incidents() == ()


def test_a_draft_nobody_sends_is_forgotten_after_two_weeks(office):
    draft = office.engine.begin_draft(SERVICE, "id")
    office.engine.save_draft(draft, ASKED, {})

    office.clock.forward(days=13)
    office.janji.housekeeping.tidy()
    assert office.queries.draft(draft).values["nama"] == "Siti Rahmawati"

    office.clock.forward(days=2)
    office.janji.housekeeping.tidy()
    with pytest.raises(NotFound):
        office.queries.draft(draft)


def test_tidying_waits_some_hours_between_rounds(office):
    assert office.janji.housekeeping.tidy()
    assert not office.janji.housekeeping.tidy()

    office.clock.forward(hours=timedelta(hours=6).total_seconds() / 3600)
    assert office.janji.housekeeping.tidy()
