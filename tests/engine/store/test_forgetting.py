"""Who looked, which cases are to be forgotten, and what forgetting leaves behind, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from engine.model import Look, PermitState
from tests.engine.store.office import MONDAY
from tests.engine.store.plans import plan_of
from tests.engine.store.test_papers import krk, paper

DAY = date(2026, 11, 23)


def look(office, case, what="berkas", **facts):
    return replace(Look(case.id, DAY, "rina", what, office.at, "verifikator"), **facts)


def ended(office, **facts):
    return office.case(ended_at=office.at, **facts)


def test_the_first_look_of_a_day_stays_and_the_next_day_is_another(office):
    case = office.case()
    with office.store.write() as w:
        w.add_look(look(office, case))
        w.add_look(look(office, case, at=office.later(hours=2)))
        w.add_look(look(office, case, at=office.later(days=1), seen_on=date(2026, 11, 24), unit="dpu"))

    with office.store.read() as r:
        assert [(one.at, one.unit) for one in r.looks(case.id)] == [(office.later(days=1), "dpu"), (office.at, None)]
        assert r.looks_of_day(case.id, DAY, "rina") == {"berkas": office.at}
        assert r.looks_of_day(case.id, DAY, "bagus") == {}


def test_what_opens_something_for_a_while_is_dated_by_the_last_time(office):
    case = office.case()
    with office.store.write() as w:
        w.add_look_again(look(office, case, "nomor"))
        w.add_look_again(look(office, case, "nomor", at=office.later(hours=2)))

    with office.store.read() as r:
        assert r.looks_of_day(case.id, DAY, "rina") == {"nomor": office.later(hours=2)}


def test_what_ended_long_enough_ago_is_to_be_forgotten_unless_a_permit_is_in_force(office):
    old, young, holds, gone = ended(office), office.case(ended_at=office.later(days=9)), ended(office), ended(office)
    office.case()
    with office.store.write() as w:
        w.add_permit(krk(holds, number="KRK/2"))
        w.add_permit(krk(gone, number="KRK/3", state=PermitState.EXPIRED))
        w.ask_erasure(gone.id, office.at)
        w.ask_erasure(gone.id, office.later(days=1))

    with office.store.read() as r:
        assert r.cases_to_forget("krk", office.later(days=5), 10) == (old.id, gone.id)
        assert r.cases_asked_to_forget("krk", office.later(days=5), 10) == (gone.id,)
        assert r.erasure_asked_at(gone.id) == office.at
        assert r.erasure_asked_at(young.id) is None


def test_shredding_takes_the_key_and_the_papers_and_leaves_the_bytes_to_be_burnt(office):
    case, other = ended(office), office.case()
    with office.store.write() as w:
        w.set_data_key(case.id, "kunci:1:x")
        for one in (paper(office, "ktp"), paper(office, "foto", sha256="c" * 64), paper(office, "s", origin="staff")):
            w.add_document(one, case_id=case.id)
        w.add_document(paper(office, "sama"), case_id=other.id)
        assert w.shred(case.id) == 2

    with office.store.read() as r:
        assert r.data_key(case.id) == ""
        assert [one.id for one in r.documents(case.id)] == ["s"]
        assert sorted(r.waste(10)) == [("a" * 64, True), ("c" * 64, False)]


def test_the_cases_to_be_forgotten_are_found_by_an_index_that_erased_ones_leave(lite):
    plan = plan_of(lite, lambda r: r.cases_to_forget("krk", MONDAY, 10))

    assert any("ix_cases_kept" in step for step in plan), plan
    assert not any("SCAN cases" in step or "TEMP B-TREE" in step for step in plan), plan
