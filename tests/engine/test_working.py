"""People at work on tasks: every verb on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from engine.errors import AnswersRejected, NotFound, NotYours, Refusal, TaskGone, TaskHeld, WindowClosed
from tests.builders import staff
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
CLERK = staff("loket", login="ratih")
OTHER = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")


@pytest.fixture
def asked(office):
    return office.apply(SERVICE, ASKED)


def test_a_started_case_waits_for_its_clerk_with_a_promised_date(office, asked):
    case = office.case(asked)

    assert office.open(asked) == ["periksa"]
    assert case.reference == "CONT-2026-000001"
    assert office.janji.city.calendar.on(case.due_at).isoformat() == "2026-11-30"


def test_completing_the_last_task_ends_the_case_and_keeps_the_promise(office, asked):
    office.do(asked, "periksa", ANSWER, by=CLERK)

    case = office.case(asked)
    assert (case.outcome, case.promise_state, case.ended_at) == ("selesai", "kept", office.clock.now())
    assert "jawaban" in office.told(asked)


def test_a_double_click_has_one_effect(office, asked):
    task = office.task(asked, "periksa")

    once = office.engine.complete(task.id, ANSWER, {}, CLERK, "one-click")
    twice = office.engine.complete(task.id, ANSWER, {}, CLERK, "one-click")

    assert once.revision == twice.revision
    assert office.history(asked).count("complete") == 1


def test_the_second_clerk_learns_who_was_first_and_when(office, asked):
    task = office.task(asked, "periksa")
    office.engine.complete(task.id, ANSWER, {}, CLERK, "first")

    with pytest.raises(TaskGone) as gone:
        office.engine.complete(task.id, ANSWER, {}, OTHER, "second")

    assert (gone.value.by, gone.value.at) == ("ratih", office.clock.now())


def test_all_mistakes_of_a_form_are_named_at_once_and_nothing_is_stored(office, asked):
    before = office.case(asked).revision

    with pytest.raises(AnswersRejected) as refused:
        office.do(asked, "periksa", {"jawaban": ""}, by=CLERK)

    assert [problem.path for problem in refused.value.problems] == ["jawaban"]
    assert office.case(asked).revision == before


def test_work_of_another_role_is_refused(office, asked):
    with pytest.raises(NotYours):
        office.do(asked, "periksa", ANSWER, by=staff("surveyor"))


def test_a_citizen_cannot_do_the_offices_work(office, asked):
    with pytest.raises(NotYours):
        office.do(asked, "periksa", ANSWER, by=asked.citizen)


def test_a_task_held_by_a_colleague_cannot_be_taken_or_finished(office, asked):
    task = office.task(asked, "periksa")
    office.engine.claim(task.id, CLERK)

    with pytest.raises(TaskHeld, match="ratih"):
        office.engine.claim(task.id, OTHER)
    with pytest.raises(TaskHeld):
        office.engine.complete(task.id, ANSWER, {}, OTHER, "k")


def test_claiming_twice_is_no_mistake(office, asked):
    task = office.task(asked, "periksa")

    office.engine.claim(task.id, CLERK)
    office.engine.claim(task.id, CLERK)

    assert office.task(asked, "periksa").holder == "ratih"


def test_a_released_task_is_free_again(office, asked):
    task = office.task(asked, "periksa")
    office.engine.claim(task.id, CLERK)

    office.engine.release(task.id, CLERK)

    assert office.task(asked, "periksa").holder is None


def test_only_the_holder_or_a_supervisor_releases(office, asked):
    task = office.task(asked, "periksa")
    office.engine.claim(task.id, CLERK)

    with pytest.raises(NotYours):
        office.engine.release(task.id, OTHER)
    office.engine.release(task.id, HEAD)

    assert office.task(asked, "periksa").holder is None


def test_a_supervisor_assigns_within_the_role_and_the_reason_is_kept(office, asked):
    task = office.task(asked, "periksa")
    office.janji.accounts.add("sari", "Sari", "", "a long password", CLERK.posts)
    office.janji.accounts.add("tono", "Tono", "", "a long password", staff("surveyor").posts)

    office.engine.assign(task.id, "sari", HEAD, "cuti")

    assert office.task(asked, "periksa").holder == "sari"
    with pytest.raises(NotYours):
        office.engine.assign(task.id, "tono", HEAD, "")
    with pytest.raises(NotFound):
        office.engine.assign(task.id, "nobody", HEAD, "")


def test_a_late_click_does_not_beat_an_expired_deadline(office, asked):
    office.clock.forward(days=30)

    office.do(asked, "periksa", ANSWER, by=CLERK)

    assert office.case(asked).promise_state == "broken"
    assert office.told(asked).index("jatuh_tempo") < office.told(asked).index("jawaban")


def test_comments_claims_and_assignments_move_no_date(office, asked):
    due = office.case(asked).due_at
    task = office.task(asked, "periksa")

    office.engine.comment(asked.reference, "Sudah ditelepon.", CLERK, "c1")
    office.engine.claim(task.id, CLERK)
    office.engine.release(task.id, CLERK)
    office.engine.attach(asked.reference, "catatan.pdf", _paper(), CLERK, "a1")

    assert office.case(asked).due_at == due


def test_a_withdrawal_ends_the_case_and_cancels_the_promise(office, asked):
    office.engine.withdraw(asked.token, "Tidak jadi.", "w")

    assert (office.case(asked).outcome, office.case(asked).promise_state) == ("ditarik", "cancelled")
    assert office.open(asked) == []


def test_it_is_too_late_to_withdraw_what_has_ended(office, asked):
    office.do(asked, "periksa", ANSWER, by=CLERK)

    with pytest.raises(WindowClosed):
        office.engine.withdraw(asked.token, "", "w")


def test_starting_twice_with_one_key_begins_one_case(office):
    draft = office.engine.begin_draft(SERVICE, "id")
    office.engine.save_draft(draft, ASKED, {})

    one = office.engine.start(draft, "same")
    two = office.engine.start(draft, "same")

    assert (one.reference, one.secret) == (two.reference, two.secret)


def test_a_draft_keeps_what_was_typed_wrong(office):
    draft = office.engine.begin_draft(SERVICE, "id")

    office.engine.save_draft(draft, {**ASKED, "telepon": "bukan nomor"}, {})

    assert office.queries.draft(draft).values["telepon"] == "bukan nomor"
    with pytest.raises(AnswersRejected):
        office.engine.start(draft, "k")


def test_running_cases_stay_on_the_version_they_began_under(office, asked, tmp_path):
    began_under = office.case(asked).version
    diagram = tmp_path / "processes" / SERVICE / "process.bpmn"
    diagram.write_text(diagram.read_text().replace('budget="5"', 'budget="9"'))
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")

    later = office.apply(SERVICE, ASKED)
    office.do(asked, "periksa", ANSWER, by=CLERK)

    assert office.case(asked).version == began_under != office.case(later).version
    assert office.janji.city.calendar.on(office.case(later).due_at).isoformat() == "2026-12-04"


def test_two_clerks_at_once_one_completes_and_the_other_is_told(office, asked):
    task = office.task(asked, "periksa")
    results = _at_once(
        lambda: office.engine.complete(task.id, ANSWER, {}, CLERK, "a"),
        lambda: office.engine.complete(task.id, ANSWER, {}, OTHER, "b"),
    )

    assert sorted(type(result).__name__ for result in results) == ["Case", "TaskGone"]
    assert office.history(asked).count("complete") == 1


def test_two_clerks_claim_at_once_and_one_gets_it(office, asked):
    task = office.task(asked, "periksa")
    results = _at_once(lambda: office.engine.claim(task.id, CLERK), lambda: office.engine.claim(task.id, OTHER))

    assert sorted(type(result).__name__ for result in results) == ["TaskHeld", "str"]


def test_the_same_click_sent_twice_at_once_has_one_effect(office, asked):
    task = office.task(asked, "periksa")
    results = _at_once(*[lambda: office.engine.complete(task.id, ANSWER, {}, CLERK, "same")] * 2)

    assert [type(result).__name__ for result in results] == ["Case", "Case"]
    assert office.history(asked).count("complete") == 1


def test_two_workers_wake_one_case_and_its_timer_fires_once(office, asked):
    office.clock.forward(days=30)
    results = _at_once(*[lambda: office.engine.wake(asked.id)] * 2)

    assert sorted(results) == [False, True]
    assert office.told(asked).count("jatuh_tempo") == 1


def _at_once(*acts):
    """Do things at the same moment in threads; a refusal counts as the result."""
    barrier = Barrier(len(acts))

    def act(one):
        barrier.wait()
        try:
            return one()
        except Refusal as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))


def _paper():
    from engine.stories.samples import sample_pdf

    return sample_pdf("catatan")
