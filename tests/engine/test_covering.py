"""Away from a day to a day: who may do whose tasks meanwhile, what the record says, and that it ends by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engine.errors import AnswersRejected, NotFound, NotYours, TaskHeld, WindowClosed
from engine.model import AbsenceKind, Hand, Notice
from tests.builders import staff
from tests.conftest import SERVICE
from tests.together import at_once

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
SARI = staff("loket", login="sari")
BUDI = staff("loket", login="budi")
TONO = staff("surveyor", login="tono")
HEAD = staff("kadis", login="rudi")
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)


@pytest.fixture
def office(office):
    for who in (SARI, BUDI, TONO, HEAD):
        office.janji.accounts.add(who.id, who.id.title(), f"{who.id}@kota.example", "a long password", who.posts)
    return office


def held_by(office, who, count=1):
    ids = [office.task(office.apply(SERVICE, ASKED), "periksa").id for _ in range(count)]
    for task_id in ids:
        office.engine.claim(task_id, who)
    return ids


def away(office, who="sari", substitutes=("budi",), by=HEAD, first_on=MONDAY, last_on=FRIDAY, key="", **more):
    kind = more.get("kind", AbsenceKind.LEAVE)
    return office.engine.be_away(who, kind, first_on, last_on, substitutes, by, key or f"{who}-{first_on}")


def today(office, who):
    """The colleague as their session knows them now."""
    with office.store.read() as reads:
        on = office.janji.city.calendar.on(office.clock.now())
        return replace(who, stands_in=reads.stands_in(who.id, on))


def problems(refused):
    return [(one.path, one.code) for one in refused.value.problems]


def mine(office, who):
    return [work.task.id for work in office.queries.worklist(today(office, who), "saya").rows]


def test_a_substitute_sees_and_finishes_the_tasks_of_whoever_is_away_and_both_are_named(office):
    application = office.apply(SERVICE, ASKED)
    task_id = office.task(application, "periksa").id
    office.engine.claim(task_id, SARI)
    away(office)

    assert mine(office, BUDI) == mine(office, SARI) == [task_id]
    assert office.queries.desk(task_id, today(office, BUDI)).mine
    office.engine.complete(task_id, ANSWER, {}, today(office, BUDI), "done")

    [event] = [one for one in office.queries.case_file(application.reference, HEAD).history if one.verb == "complete"]
    assert (event.role, event.people["for"]) == ("Budi", "Sari")


def test_it_ends_by_itself_and_nothing_has_moved(office):
    [task_id] = held_by(office, SARI)
    away(office)
    office.wait("2026-11-28T00:00")

    assert mine(office, BUDI) == []
    assert mine(office, SARI) == [task_id]
    with pytest.raises(TaskHeld):
        office.engine.complete(task_id, ANSWER, {}, today(office, BUDI), "late")


def test_before_its_first_day_nobody_stands_in(office):
    [task_id] = held_by(office, SARI)
    away(office, first_on=FRIDAY)

    assert mine(office, BUDI) == []
    office.wait("2026-11-27T00:00")
    assert mine(office, BUDI) == [task_id]


def test_whoever_is_away_may_still_work(office):
    [task_id] = held_by(office, SARI)
    away(office)

    office.engine.complete(task_id, ANSWER, {}, SARI, "done")


def test_a_substitute_of_another_role_sees_the_roles_work_and_takes_it_for_the_one_who_is_away(office):
    application = office.apply(SERVICE, ASKED)
    task_id = office.task(application, "periksa").id
    away(office, substitutes=("tono",))
    tono = today(office, TONO)

    assert [work.task.id for work in office.queries.worklist(tono, "kelompok").rows] == [task_id]
    office.engine.claim(task_id, tono)

    with office.store.read() as reads:
        assert reads.task(task_id).holder == "sari"
    office.wait("2026-11-28T00:00")
    with pytest.raises(NotFound):
        office.queries.desk(task_id, today(office, TONO))


def test_standing_in_lends_the_tasks_and_not_the_powers_of_a_supervisor(office):
    away(office, who="rudi", substitutes=("sari",))

    with pytest.raises(NotFound):
        office.queries.people(today(office, SARI))
    [task_id] = held_by(office, BUDI)
    with pytest.raises(NotYours):
        office.engine.release(task_id, today(office, SARI))


def test_a_substitute_may_pass_on_what_they_stand_in_for(office):
    [task_id] = held_by(office, SARI)
    away(office)

    office.engine.hand_over([task_id], Hand.RELEASE, "", "", today(office, BUDI), "release")

    with office.store.read() as reads:
        assert reads.task(task_id).holder is None
        [*_, last] = reads.audit(reads.task(task_id).case_id)
    assert (last.facts["from"], last.facts["for"]) == ("sari", "sari")


def test_the_reason_is_told_to_them_and_their_supervisors_alone(office):
    away(office, kind=AbsenceKind.SICK)

    told = {who.id: office.queries.person("sari", who).absences[0].kind for who in (SARI, HEAD)}
    seen_by_others = [one for one, _ in office.queries.substitutes_for("budi", BUDI) if one.login == "sari"]

    assert told == {"sari": AbsenceKind.SICK, "rudi": AbsenceKind.SICK}
    assert [one.away.kind for one in seen_by_others] == [None]
    with office.store.read() as reads:
        assert "sakit" not in str(reads.office_acts())
        assert reads.office_problems() == []


def test_only_they_themselves_or_a_supervisor_enter_an_absence_and_only_a_supervisor_names_another_role(office):
    with pytest.raises(NotFound):
        away(office, by=BUDI)
    with pytest.raises(AnswersRejected) as refused:
        away(office, by=SARI, substitutes=("tono",))

    assert problems(refused) == [("substitutes", "absence.unfit")]
    away(office, by=SARI, substitutes=("budi",))


@pytest.mark.parametrize(
    ("span", "problem"),
    [
        ({"first_on": None}, ("first_on", "absence.day")),
        ({"last_on": date(2026, 11, 20), "first_on": date(2026, 11, 19)}, ("last_on", "absence.over")),
        ({"last_on": MONDAY - timedelta(days=1)}, ("last_on", "absence.backwards")),
        ({"first_on": date(2026, 10, 1)}, ("first_on", "absence.too_old")),
        ({"last_on": date(2028, 1, 1)}, ("last_on", "absence.too_long")),
        ({"substitutes": ("sari",)}, ("substitutes", "absence.unfit")),
        ({"substitutes": ("nobody",)}, ("substitutes", "absence.unfit")),
    ],
)
def test_what_is_no_absence_says_so_at_its_field(office, span, problem):
    with pytest.raises(AnswersRejected) as refused:
        away(office, **span)

    assert problems(refused) == [problem]


def test_two_absences_do_not_overlap_and_nobody_stands_in_who_is_away_or_is_away_while_standing_in(office):
    away(office, "sari", ["budi"])

    for who, substitutes, expected in (
        ("sari", [], ("first_on", "absence.twice")),
        ("budi", [], ("first_on", "absence.stands_in")),
        ("tono", ["sari"], ("substitutes", "absence.away")),
    ):
        with pytest.raises(AnswersRejected) as refused:
            away(office, who, substitutes, first_on=FRIDAY, last_on=date(2026, 12, 4), key="another")
        assert problems(refused) == [expected]
    away(office, "budi", ["sari"], first_on=date(2026, 11, 28), last_on=date(2026, 12, 4))


def test_a_form_sent_twice_is_one_absence(office):
    assert away(office, key="one") == away(office, key="one")


def test_back_early_and_other_substitutes_count_from_now_on(office):
    [task_id] = held_by(office, SARI)
    absence = away(office)
    office.engine.set_substitutes(absence, ["tono"], HEAD)

    assert (mine(office, BUDI), mine(office, TONO)) == ([], [task_id])
    office.engine.end_absence(absence, SARI)
    office.engine.end_absence(absence, SARI)
    assert mine(office, TONO) == []
    with office.store.read() as reads:
        assert [act.verb for act in reads.office_acts()] == ["absence", "substitutes", "back"]


def test_what_is_over_cannot_be_changed(office):
    absence = away(office, last_on=MONDAY)
    office.wait("2026-11-24T00:00")

    with pytest.raises(WindowClosed):
        office.engine.end_absence(absence, SARI)


def test_long_after_it_nothing_of_it_is_left_but_the_record(office):
    away(office)
    office.wait("+100d")
    office.janji.housekeeping.tidy()

    with office.store.read() as reads:
        assert reads.absences(MONDAY) == ()
        assert [act.verb for act in reads.office_acts()] == ["absence"]


@pytest.mark.parametrize("first", ["back", "complete"])
def test_coming_back_and_the_substitute_finishing_one_after_the_other(office, first):
    [task_id] = held_by(office, SARI)
    absence = away(office)
    budi = today(office, BUDI)  # his page was asked for while it lasted

    if first == "back":
        office.engine.end_absence(absence, SARI)
        with pytest.raises(TaskHeld):
            office.engine.complete(task_id, ANSWER, {}, budi, "done")
    else:
        office.engine.complete(task_id, ANSWER, {}, budi, "done")
        office.engine.end_absence(absence, SARI)

    with office.store.read() as reads:
        assert (reads.task(task_id).closed_at is None) == (first == "back")


def test_coming_back_and_the_substitute_finishing_at_the_same_moment_leave_one_story(office):
    [task_id] = held_by(office, SARI)
    absence = away(office)
    budi = today(office, BUDI)

    _, finished = at_once(
        lambda: office.engine.end_absence(absence, SARI),
        lambda: office.engine.complete(task_id, ANSWER, {}, budi, "done"),
    )

    with office.store.read() as reads:
        assert (reads.task(task_id).closed_by == "budi") != isinstance(finished, TaskHeld)


def test_what_climbs_to_whoever_is_away_is_also_told_to_their_substitute(office):
    away(office, "rudi", ["tono"])
    case = office.case(office.apply(SERVICE, ASKED))
    with office.store.write() as tx:
        tx.add_notices(case.id, [Notice("rung", "kadis", "lewat_batas")], office.clock.now())
    with office.store.read() as reads:
        [rung] = [one for one in reads.notices(case.id) if one.key == "rung"]

    told = office.janji.outbox._addresses(rung)

    assert [one.where for one in told] == ["rudi@kota.example", "tono@kota.example"]


def test_taking_what_comes_next_leads_a_substitute_to_the_task_of_whoever_is_away(office):
    [task_id] = held_by(office, SARI)
    away(office, substitutes=("tono",))

    assert office.engine.take_next(today(office, TONO), "next").id == task_id
    with office.store.read() as reads:
        assert reads.task(task_id).holder == "sari"


def test_two_who_name_each_other_at_the_same_moment_are_not_both_away(office):
    entered = at_once(
        lambda: away(office, "sari", ["budi"]),
        lambda: away(office, "budi", ["sari"]),
    )

    assert sum(isinstance(one, AnswersRejected) for one in entered) == 1
