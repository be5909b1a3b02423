"""Who is away and what is shared out, as rows; and that both are found along an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from engine.model import Absence, AbsenceKind, Load, Post, Sharing

from .plans import plan_of

MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


@pytest.fixture
def staffed(office):
    with office.store.write() as w:
        for login in ("ana", "budi", "cici"):
            w.add_user(login, login.title(), "", "hash", [Post("kasi", "dpu")], office.at)
    return office


def an_absence(office, **facts):
    usual = Absence("a1", "ana", AbsenceKind.SICK, MONDAY, FRIDAY, "ana", office.at, None, ("budi", "cici"))
    one = replace(usual, **facts)
    with office.store.write() as w:
        w.add_absence(one)
    return one


def test_an_absence_comes_back_as_it_was_and_its_substitutes_stand_in_on_its_days_alone(staffed):
    one = an_absence(staffed)

    with staffed.store.read() as r:
        assert r.absence("a1") == one
        assert r.absences(FRIDAY) == r.absences_of("ana", FRIDAY) == r.stood_in_by("budi", FRIDAY) == (one,)
        [stand_in] = r.stands_in("budi", FRIDAY)
        assert (stand_in.login, stand_in.posts, stand_in.last_on) == ("ana", {Post("kasi", "dpu")}, FRIDAY)
        assert r.stand_ins_of(["ana"], MONDAY) == ("budi", "cici")
        assert r.covers("cici", "ana", MONDAY)
        assert r.absences(date(2026, 11, 28)) == r.stands_in("budi", date(2026, 11, 28)) == ()
        assert not r.covers("ana", "cici", MONDAY)


def test_what_was_ended_is_in_no_list_and_ends_once(staffed):
    an_absence(staffed)

    with staffed.store.write() as w:
        assert [w.end_absence("a1", staffed.at), w.end_absence("a1", staffed.at)] == [True, False]
        assert w.absences(MONDAY) == w.stands_in("budi", MONDAY) == ()
        assert w.absence("a1").ended_at == staffed.at


def test_loads_count_what_each_holds_by_the_bounds_that_are_asked_for(staffed):
    case = staffed.case()
    for hours in (-1, 0, 1, 5, None):
        staffed.task(case, holder="ana", due_at=None if hours is None else staffed.later(hours=hours))
    staffed.task(case, holder="budi")

    with staffed.store.read() as r:
        loads = r.loads(["ana", "budi", "cici"], staffed.at, staffed.later(hours=5))
    assert loads == {"ana": Load(5, 1, 2, staffed.later(hours=-1)), "budi": Load(1, 0, 0, None)}


def test_one_worker_at_a_time_shares_a_post_out(staffed):
    one = Sharing("kasi", "", "ana", staffed.at, staffed.at, staffed.at)
    with staffed.store.write() as w:
        w.share(one)
        assert w.take_sharing(one, staffed.at, staffed.later(minutes=2))
        assert not w.take_sharing(one, staffed.later(minutes=1), staffed.later(minutes=3))
        assert w.take_sharing(one, staffed.later(minutes=2), staffed.later(minutes=4))
        w.shared(one, staffed.later(minutes=1), staffed.later(minutes=2))
        assert w.take_sharing(one, staffed.later(minutes=2), staffed.later(minutes=4))
        assert w.sharings()[0].shared_at == staffed.later(minutes=1)


def test_who_somebody_stands_in_for_and_what_is_new_are_found_along_an_index(lite):
    stands_in = plan_of(lite, lambda r: r.stands_in("budi", MONDAY))
    free = plan_of(lite, lambda r: r.free_since(Post("kasi"), NOON, 200))

    assert not any(step.startswith("SCAN") for step in stands_in), stands_in
    assert any("ix_task_open_new" in step for step in free), free
    assert not any("ix_task_open_role" in step for step in free), free
