"""The audit trail finds whoever edits, removes or puts in an entry, wherever they do it."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from sqlalchemy import delete, insert, update

from engine.model import THE_CLOCK, Actor, ActorKind
from engine.store import Head
from engine.store.base import values
from engine.store.chain import GENESIS, hash_of, verify
from engine.store.tables import audit

ANA = Actor(ActorKind.STAFF, "ana", "Ana Wijaya")


@pytest.fixture
def case(office):
    """A case with five entries."""
    case = office.case()
    for number in range(5):
        with office.store.write() as w:
            w.add_audit(case.id, office.later(hours=number), ANA, "complete", "verifikasi", {"n": number, "b": 0.1})
    return case


def problems(office):
    with office.store.read() as r:
        return {reference: found for reference, found in r.audit_problems() if found}


def tamper(office, statement):
    with office.store.write() as w:
        w._connection.execute(statement)


def at(case, seq):
    return (audit.c.case_id == case.id) & (audit.c.seq == seq)


def test_an_untouched_trail_is_whole(office, case):
    with office.store.read() as r:
        entries = r.audit(case.id)
        head = r.head(case.id)

    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous == GENESIS
    assert entries[0].actor == "staff:ana"
    assert head == Head(5, entries[-1].hash)
    assert problems(office) == {}


@pytest.mark.parametrize(
    "edit",
    [{"verb": "return"}, {"actor": "staff:budi"}, {"element": "x"}, {"facts": {"n": 9}}, {"hash": "f" * 64}],
)
@pytest.mark.parametrize("seq", [1, 3, 5])
def test_an_edited_entry_is_found(office, case, seq, edit):
    tamper(office, update(audit).where(at(case, seq)).values(**edit))

    assert f"entry {seq} was changed after it was written" in problems(office)[case.reference]


def test_a_moved_instant_is_found(office, case):
    tamper(office, update(audit).where(at(case, 2)).values(at=office.later(days=-1)))

    assert problems(office)[case.reference] == ["entry 2 was changed after it was written"]


@pytest.mark.parametrize("seq", [1, 3])
def test_a_removed_entry_is_found(office, case, seq):
    tamper(office, delete(audit).where(at(case, seq)))

    assert f"entry {seq} is missing before entry {seq + 1}" in problems(office)[case.reference]


def test_a_removed_entry_is_found_also_when_the_later_ones_are_numbered_anew(office, case):
    tamper(office, delete(audit).where(at(case, 3)))
    for seq in (4, 5):
        tamper(office, update(audit).where(at(case, seq)).values(seq=seq - 1))

    assert any("does not follow" in problem for problem in problems(office)[case.reference])


@pytest.mark.parametrize("left", [4, 1, 0])
def test_a_tail_that_was_cut_off_is_found(office, case, left):
    tamper(office, delete(audit).where((audit.c.case_id == case.id) & (audit.c.seq > left)))

    assert problems(office)[case.reference] == [f"entries {left + 1} to 5 are missing at the end"]


def test_an_entry_put_in_is_found_even_with_a_right_hash_of_its_own(office, case):
    with office.store.read() as r:
        entries = r.audit(case.id)
    forged = replace(entries[2], verb="withdraw", previous=entries[1].hash)
    forged = replace(forged, hash=hash_of(forged))
    for seq in (5, 4, 3):
        tamper(office, update(audit).where(at(case, seq)).values(seq=seq + 1))
    tamper(office, insert(audit).values(**values(forged)))

    found = problems(office)[case.reference]
    assert any("entry 4 does not follow" in problem for problem in found)


def test_an_entry_put_in_at_the_end_is_found(office, case):
    with office.store.read() as r:
        last = r.audit(case.id)[-1]
    forged = replace(last, seq=6, previous=last.hash)
    tamper(office, insert(audit).values(**values(replace(forged, hash=hash_of(forged)))))

    assert problems(office)[case.reference] == [
        "the chain ends with entry 6, the case says it ends otherwise with entry 5"
    ]


def test_entries_of_one_transaction_are_chained_and_seen_in_it(office):
    case = office.case()

    with office.store.write() as w:
        seen = w.case_for_update(case.id)
        first = w.add_audit(case.id, office.at, ANA, "complete")
        w.save_case(seen, seen)
        second = w.add_audit(case.id, office.at, THE_CLOCK, "wake", "peringatan_50")
        assert w.audit(case.id) == (first, second)
        assert w.head(case.id) == Head(2, second.hash)

    assert second.previous == first.hash
    assert problems(office) == {}


def test_an_entry_let_go_with_its_transaction_leaves_no_trace(office, case):
    class Stop(Exception):
        pass

    def write_and_stop():
        with office.store.write() as w:
            w.add_audit(case.id, office.at, ANA, "complete")
            w.audit(case.id)
            raise Stop

    with pytest.raises(Stop):
        write_and_stop()

    assert problems(office) == {}
    with office.store.read() as r:
        assert r.head(case.id).seq == 5


def test_facts_may_be_any_json_and_hash_alike_when_read_back(office):
    facts = MappingProxyType({"ü": [1, 2.5, None, True, {"a": "𝒳\u0000"}], "big": 2**53, "neg": -0.0, "t": ("x",)})
    case = office.case()
    with office.store.write() as w:
        w.add_audit(case.id, office.at, ANA, "answer", "pendaftaran", facts)

    assert problems(office) == {}


def test_facts_beyond_json_are_refused(office):
    case = office.case()
    with office.store.write() as w, pytest.raises(TypeError):
        w.add_audit(case.id, office.at, ANA, "answer", "x", {"at": office.at})


def test_verify_without_a_head_cannot_know_of_a_tail(office, case):
    with office.store.read() as r:
        entries = r.audit(case.id)

    assert verify(entries[:3]) == []
    assert verify(entries[:3], Head(5, entries[4].hash)) != []
