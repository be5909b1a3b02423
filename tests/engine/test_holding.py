"""Passing tasks from hand to hand, many at once, and undoing it within ten minutes. On both databases."""

from __future__ import annotations

import pytest

from engine.errors import NotFound, WindowClosed
from engine.model import Hand, NotHanded
from tests.builders import staff
from tests.conftest import SERVICE
from tests.together import at_once

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
CLERK = staff("loket", login="ratih")
OTHER = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")
SURVEYOR = staff("surveyor", login="tono")


@pytest.fixture
def office(office):
    for who in (CLERK, OTHER, HEAD, SURVEYOR):
        office.janji.accounts.add(who.id, who.id.title(), f"{who.id}@kota.example", "a long password", who.posts)
    return office


def tasks(office, count):
    return [office.task(office.apply(SERVICE, ASKED), "periksa").id for _ in range(count)]


def holders(office, ids):
    with office.store.read() as reads:
        return [reads.task(task_id).holder for task_id in ids]


def take(office, ids, by=CLERK, key="take"):
    return office.engine.hand_over(ids, Hand.CLAIM, "", "", by, key)


def give(office, ids, to, by=HEAD, key="give"):
    return office.engine.hand_over(ids, Hand.ASSIGN, to, "cuti", by, key)


def test_many_are_taken_at_once_and_each_that_is_not_says_why(office):
    free, held, finished = tasks(office, 3)
    office.engine.claim(held, OTHER)
    office.engine.complete(finished, ANSWER, {}, OTHER, "done")

    act = take(office, [free, held, finished, "no-such-task"])

    found = office.queries.handed_over(act, CLERK)
    assert [one.task.id for one in found.done] == [free]
    assert {one.task.id: (one.refused, one.who) for one in found.refused} == {
        held: (NotHanded.HELD, "Budi"),
        finished: (NotHanded.GONE, "Budi"),
    }
    assert holders(office, [free, held]) == ["ratih", "budi"]


def test_a_form_sent_twice_does_one_thing(office):
    ids = tasks(office, 2)
    once = take(office, ids)
    office.engine.release(ids[0], CLERK)

    twice = take(office, ids)

    assert once == twice
    assert holders(office, ids) == [None, "ratih"]


def test_only_the_holder_or_a_supervisor_gives_away_and_only_to_whom_it_fits(office):
    ids = tasks(office, 2)
    office.engine.claim(ids[0], CLERK)

    by_clerk = office.queries.handed_over(give(office, ids, "budi", by=CLERK), CLERK)
    unfit = office.queries.handed_over(give(office, ids, "tono"), HEAD)

    assert [one.refused for one in by_clerk.refused] == [NotHanded.NOT_HOLDER]
    assert [(one.refused, one.who) for one in unfit.refused] == [(NotHanded.UNFIT, ""), (NotHanded.UNFIT, "")]
    assert holders(office, ids) == ["budi", None]
    with pytest.raises(NotFound):
        give(office, ids, "nobody")


def test_colleagues_stand_in_order_of_what_they_could_take_and_how_much_they_hold(office):
    ids = tasks(office, 3)
    office.engine.claim(ids[0], CLERK)

    found = office.queries.offer(ids[1:], HEAD).colleagues

    assert [(one.person.login, one.person.load.open, one.fits) for one in found] == [("budi", 0, 2), ("ratih", 1, 2)]


def test_the_result_of_an_act_is_its_authors_alone(office):
    act = take(office, tasks(office, 1))

    with pytest.raises(NotFound):
        office.queries.handed_over(act, OTHER)
    with pytest.raises(NotFound):
        office.engine.undo(act, OTHER)


@pytest.mark.parametrize("hand", [Hand.CLAIM, Hand.RELEASE, Hand.ASSIGN])
def test_undoing_leads_back_to_the_former_holder_and_is_itself_on_record(office, hand):
    application = office.apply(SERVICE, ASKED)
    task_id = office.task(application, "periksa").id
    before = None if hand is Hand.CLAIM else "ratih"
    if before:
        office.engine.claim(task_id, CLERK)
    due = office.case(application).due_at

    act = office.engine.hand_over([task_id], hand, "budi", "cuti", CLERK, "act")
    assert office.engine.undo(act, CLERK) == 1

    assert holders(office, [task_id]) == [before]
    assert office.history(application)[-2:] == [hand.value, "undo"]
    assert office.case(application).due_at == due
    with office.store.read() as reads:
        assert [problems for _, problems in reads.audit_problems()] == [[]]


def test_after_ten_minutes_it_is_too_late(office):
    ids = tasks(office, 1)
    act = take(office, ids)
    office.clock.forward(minutes=10)

    with pytest.raises(WindowClosed):
        office.engine.undo(act, CLERK)

    assert holders(office, ids) == ["ratih"]
    assert office.queries.handed_over(act, CLERK).undo_until is None


def test_undoing_twice_changes_nothing_more(office):
    ids = tasks(office, 1)
    act = take(office, ids)

    assert [office.engine.undo(act, CLERK), office.engine.undo(act, CLERK)] == [1, 0]


def test_what_moved_on_since_stays_as_it_is(office):
    _, passed, finished = ids = tasks(office, 3)
    act = give(office, ids, "budi")
    office.engine.release(passed, OTHER)
    office.engine.claim(passed, OTHER)  # the same holder as the act left it with, by an act of their own
    office.engine.complete(finished, ANSWER, {}, OTHER, "done")

    assert office.engine.undo(act, HEAD) == 1

    assert holders(office, ids) == [None, "budi", "budi"]
    found = office.queries.handed_over(act, HEAD)
    assert [one.undone for one in found.done] == [True, False, False]
    assert found.undo_until is None


def test_undoing_two_hundred_gives_exactly_the_former_state(office):
    ids = tasks(office, 200)
    for task_id in ids[::3]:
        office.engine.claim(task_id, CLERK)
    before = holders(office, ids)

    act = give(office, ids, "budi")
    assert set(holders(office, ids)) == {"budi"}
    assert office.engine.undo(act, HEAD) == 200

    assert holders(office, ids) == before


def test_a_colleague_is_told_once_after_ten_minutes_that_work_was_given(office):
    give(office, tasks(office, 3), "budi")
    office.clock.forward(minutes=9)
    office.janji.outbox.send_due()
    assert mails(office, "budi") == []

    office.clock.forward(minutes=1)
    office.janji.outbox.send_due()

    assert len(mails(office, "budi")) == 1
    assert "Siti" not in mails(office, "budi")[0].body


def test_what_is_undone_in_time_is_never_told(office):
    office.engine.undo(give(office, tasks(office, 3), "budi"), HEAD)

    office.clock.forward(hours=1)
    office.janji.outbox.send_due()

    assert mails(office, "budi") == []


def test_a_day_later_the_result_is_forgotten_and_the_audit_is_not(office):
    application = office.apply(SERVICE, ASKED)
    act = take(office, [office.task(application, "periksa").id])

    office.clock.forward(days=2)
    office.janji.housekeeping.tidy()

    with pytest.raises(NotFound):
        office.queries.handed_over(act, CLERK)
    assert "claim" in office.history(application)


def test_two_take_the_same_many_at_once_and_each_task_has_one_holder(office):
    ids = tasks(office, 8)

    acts = at_once(lambda: take(office, ids), lambda: take(office, ids[::-1], by=OTHER))

    mine, theirs = (office.queries.handed_over(act, by) for act, by in zip(acts, (CLERK, OTHER), strict=True))
    assert sorted(one.task.id for one in (*mine.done, *theirs.done)) == sorted(ids)
    assert {one.refused for one in (*mine.refused, *theirs.refused)} <= {NotHanded.HELD}


def test_one_form_sent_twice_at_once_acts_once(office):
    (task_id,) = tasks(office, 1)

    acts = at_once(*[lambda: take(office, [task_id])] * 2)

    assert len(set(acts)) == 1
    found = office.queries.handed_over(acts[0], CLERK)
    assert ([one.task.id for one in found.done], found.refused) == ([task_id], ())


def mails(office, login):
    return [mail for mail in office.mail.messages if mail.to.where == f"{login}@kota.example"]
