"""Sharing work out in an office: the plan, a queue passed on, new tasks by themselves, and somebody who leaves."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from engine.errors import NotFound, TaskHeld
from engine.model import AbsenceKind, Hand, NotHanded
from engine.verbs.passing import MOST
from tests.builders import staff
from tests.conftest import SERVICE
from tests.together import at_once

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
SARI = staff("loket", login="sari")
BUDI = staff("loket", login="budi")
CICI = staff("loket", login="cici")
HEAD = staff("kadis", login="rudi")
OTHER_HEAD = staff("kadis", login="dewi")
MACHINE = staff("operator", login="ops")
TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)
PASSWORD = "a long password"


@pytest.fixture
def office(office):
    for who in (SARI, BUDI, CICI, HEAD, OTHER_HEAD, MACHINE):
        office.janji.accounts.add(who.id, who.id.title(), f"{who.id}@kota.example", PASSWORD, who.posts)
    return office


def tasks(office, count, holder=None):
    ids = [office.task(office.apply(SERVICE, ASKED), "periksa").id for _ in range(count)]
    for task_id in ids if holder else ():
        office.engine.claim(task_id, holder)
    return ids


def held(office, ids):
    with office.store.read() as reads:
        return Counter(reads.task(task_id).holder for task_id in ids)


def away(office, who, substitutes=(), on=TODAY):
    return office.engine.be_away(who, AbsenceKind.LEAVE, on, on, substitutes, HEAD, f"away-{who}")


def test_a_plan_levels_what_people_hold_and_moves_nothing(office):
    tasks(office, 2, SARI)
    ids = tasks(office, 4)

    plan = office.queries.plan(ids, HEAD)

    assert {person.login: count for person, count in plan.gets} == {"sari": 0, "budi": 2, "cici": 2}
    assert held(office, ids) == {None: 4}


def test_the_tasks_of_whoever_one_stands_in_for_count_as_ones_own(office):
    tasks(office, 3, SARI)
    away(office, "sari", ["budi"])

    offer = office.queries.offer(tasks(office, 1), HEAD)

    assert offer.suggested.login == "cici"
    assert [one.person.login for one in offer.colleagues] == ["cici", "budi", "sari"]


def test_whoever_has_an_interest_is_not_suggested(office):
    [task_id] = tasks(office, 1)
    office.engine.stand_aside(task_id, "", BUDI)

    assert office.queries.offer([task_id], HEAD).suggested.login == "cici"


def test_a_plan_is_carried_out_as_it_was_shown_and_undone_as_one(office):
    ids = tasks(office, 4, SARI)
    plan = {row.task.id: row.to for row in office.queries.plan(ids, HEAD, ["budi", "cici"]).rows}

    act = office.engine.share_out(plan, "merata", HEAD, "share", "sari")

    assert held(office, ids) == {"budi": 2, "cici": 2}
    found = office.queries.handed_over(act, HEAD)
    assert set(found.to) == {"Budi", "Cici"}
    assert office.engine.undo(act, HEAD) == 4
    assert held(office, ids) == {"sari": 4}


@pytest.mark.parametrize("order", [(HEAD, OTHER_HEAD), (OTHER_HEAD, HEAD)])
def test_two_supervisors_who_pass_on_the_same_queue_do_not_undo_each_other(office, order):
    ids = tasks(office, 3, SARI)
    first, second = order

    office.engine.hand_over(ids, Hand.ASSIGN, "budi", "cuti", first, "one", "sari")
    act = office.engine.hand_over(ids, Hand.ASSIGN, "cici", "cuti", second, "two", "sari")

    assert held(office, ids) == {"budi": 3}
    refused = office.queries.handed_over(act, second).refused
    assert {(one.refused, one.who) for one in refused} == {(NotHanded.MOVED, "Budi")}


def test_two_supervisors_who_pass_on_the_same_queue_at_once_leave_each_task_with_one(office):
    ids = tasks(office, 4, SARI)

    acts = at_once(
        lambda: office.engine.hand_over(ids, Hand.ASSIGN, "budi", "cuti", HEAD, "one", "sari"),
        lambda: office.engine.hand_over(ids[::-1], Hand.ASSIGN, "cici", "cuti", OTHER_HEAD, "two", "sari"),
    )

    mine, theirs = (office.queries.handed_over(act, by) for act, by in zip(acts, (HEAD, OTHER_HEAD), strict=True))
    assert held(office, ids) == Counter({"budi": len(mine.done), "cici": len(theirs.done)})
    assert len(mine.done) + len(theirs.done) == 4


def test_a_queue_is_what_somebody_holds_and_is_shown_only_to_those_over_them(office):
    ids = tasks(office, 2, SARI)

    assert set(office.queries.queue("sari", HEAD)) == set(ids)
    assert office.queries.queue("sari", HEAD, "lewat") == ()
    with pytest.raises(NotFound):
        office.queries.queue("sari", BUDI)
    with pytest.raises(NotFound):
        office.queries.queue("sari", MACHINE)


# ── new tasks by themselves ───────────────────────────────────────────────────────────────────────────────────────


def test_new_tasks_of_a_post_that_shares_go_round_and_the_record_says_why(office):
    before = tasks(office, 1)
    office.clock.forward(minutes=10)
    office.engine.share_by_itself("loket", "", HEAD)
    office.engine.share_by_itself("loket", "", HEAD)
    ids = tasks(office, 6)

    office.janji.work_once()

    assert held(office, ids) == {"sari": 2, "budi": 2, "cici": 2}
    assert held(office, before) == {None: 1}
    with office.store.read() as reads:
        last = [reads.audit(reads.task(task_id).case_id)[-1] for task_id in ids]
        assert [act.verb for act in reads.office_acts()] == ["share"]
    assert {entry.actor for entry in last} == {"system:system"}
    assert sorted(entry.facts["shared"]["open"] for entry in last) == [0, 0, 0, 1, 1, 1]
    assert {entry.facts["shared"]["of"] for entry in last} == {3}


def test_what_somebody_puts_back_is_left_to_the_group(office):
    office.engine.share_by_itself("loket", "", HEAD)
    [task_id] = tasks(office, 1)
    office.janji.work_once()
    [holder] = held(office, [task_id])
    office.engine.release(task_id, staff("loket", login=holder))

    office.janji.work_once()

    assert held(office, [task_id]) == {None: 1}


def test_what_nobody_can_have_now_is_given_out_as_soon_as_somebody_is_back(office):
    absences = [away(office, who) for who in ("sari", "budi", "cici")]
    office.engine.share_by_itself("loket", "", HEAD)
    ids = tasks(office, 1)
    office.janji.work_once()
    assert held(office, ids) == {None: 1}
    office.clock.forward(hours=2)
    office.janji.work_once()

    office.engine.end_absence(absences[1], HEAD)
    office.janji.work_once()

    assert held(office, ids) == {"budi": 1}


def test_tasks_that_nobody_can_have_do_not_hide_what_came_after_them(office):
    office.engine.share_by_itself("loket", "", HEAD)
    first = office.task(office.apply(SERVICE, ASKED), "periksa")
    for who in (SARI, BUDI, CICI):
        office.engine.stand_aside(first.id, "", who)
    with office.store.write() as tx:
        tx.add_tasks([replace(first, id=f"stuck-{count}") for count in range(MOST)])
    office.clock.forward(minutes=10)
    later = tasks(office, 1)

    office.janji.work_once()

    assert held(office, later)[None] == 0
    assert held(office, [first.id]) == {None: 1}


def test_switched_off_new_tasks_wait_in_the_group_again(office):
    office.engine.share_by_itself("loket", "", HEAD)
    office.engine.share_by_hand("loket", "", HEAD)
    ids = tasks(office, 1)

    assert office.engine.share_due() == 0
    assert held(office, ids) == {None: 1}
    with pytest.raises(NotFound):
        office.engine.share_by_itself("loket", "", SARI)
    with pytest.raises(NotFound):
        office.engine.share_by_itself("pemohon", "", HEAD)


def test_two_workers_at_once_give_each_task_out_once_and_evenly(office):
    office.engine.share_by_itself("loket", "", HEAD)
    ids = tasks(office, 6)

    given = at_once(office.engine.share_due, office.engine.share_due)

    assert sum(given) == 6
    assert held(office, ids) == {"sari": 2, "budi": 2, "cici": 2}


# ── somebody who leaves ───────────────────────────────────────────────────────────────────────────────────────────


def test_whoever_leaves_can_do_nothing_more_and_what_they_held_goes_back(office):
    ids = tasks(office, 3, SARI)
    session = office.janji.accounts.sign_in("sari", PASSWORD, "here").secret
    away(office, "sari", ["budi"])
    away(office, "cici", ["sari"], TOMORROW)

    assert office.engine.leave("sari", HEAD) == 3
    assert office.engine.leave("sari", MACHINE) == 0

    assert held(office, ids) == {None: 3}
    assert office.janji.accounts.session(session) is None
    with pytest.raises(NotFound):
        office.janji.accounts.sign_in("sari", PASSWORD, "here")
    with office.store.read() as reads:
        assert [(one.login, one.substitutes) for one in reads.absences(TODAY)] == [("cici", ())]
        trail = [(entry.verb, entry.facts.get("from")) for entry in reads.audit(reads.task(ids[0]).case_id)]
        assert trail[-1] == ("leave", "sari")
        assert [act.verb for act in reads.office_acts()].count("leave") == 1
        assert [problems for _, problems in reads.audit_problems() if problems] == []


def test_nobody_lets_themselves_go_and_no_clerk_a_colleague(office):
    for login, by in (("rudi", HEAD), ("budi", SARI), ("nobody", HEAD)):
        with pytest.raises(NotFound):
            office.engine.leave(login, by)


def test_undoing_does_not_give_a_task_back_to_somebody_who_has_left(office):
    ids = tasks(office, 1, SARI)
    act = office.engine.hand_over(ids, Hand.ASSIGN, "budi", "pindah", HEAD, "act")
    office.engine.leave("sari", HEAD)

    office.engine.undo(act, HEAD)

    assert held(office, ids) == {None: 1}


@pytest.mark.parametrize("first", ["leave", "claim"])
def test_leaving_and_taking_one_after_the_other(office, first):
    ids = tasks(office, 1)

    if first == "leave":
        office.engine.leave("sari", HEAD)
        with pytest.raises(NotFound):
            office.engine.claim(ids[0], SARI)
    else:
        office.engine.claim(ids[0], SARI)
        office.engine.leave("sari", HEAD)

    assert held(office, ids) == {None: 1}


def test_leaving_and_taking_at_the_same_moment_leave_nothing_in_the_hands_of_whoever_left(office):
    ids = tasks(office, 1)

    _, taken = at_once(lambda: office.engine.leave("sari", HEAD), lambda: office.engine.claim(ids[0], SARI))

    assert held(office, ids) == {None: 1}
    assert isinstance(taken, str | NotFound)


def test_leaving_and_being_given_at_the_same_moment_leave_nothing_in_the_hands_of_whoever_left(office):
    ids = tasks(office, 2)

    at_once(
        lambda: office.engine.leave("sari", HEAD),
        lambda: office.engine.hand_over(ids, Hand.ASSIGN, "sari", "beban", OTHER_HEAD, "give"),
    )

    assert held(office, ids) == {None: 2}


def test_sharing_and_a_claim_at_the_same_moment_leave_one_holder(office):
    office.engine.share_by_itself("loket", "", HEAD)
    ids = tasks(office, 1)

    _, taken = at_once(office.engine.share_due, lambda: office.engine.claim(ids[0], CICI))

    [holder] = held(office, ids)
    assert holder == "cici" or isinstance(taken, TaskHeld)
