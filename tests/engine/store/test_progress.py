"""The past of a case comes back in the order it was written."""

from __future__ import annotations

from dataclasses import replace

from engine.model import Entry, LedgerEntry
from engine.store import StageVisit
from engine.views import Comment


def test_the_ledger_comes_back_equal_and_in_order_also_within_one_instant(office):
    case, other = office.case(), office.case()
    lines = [
        LedgerEntry("layanan", Entry.START, office.at, "staff:ana", "berkas_lengkap"),
        LedgerEntry("layanan", Entry.PAUSE, office.at, "clock", "pembayaran"),
        LedgerEntry("layanan", Entry.EXTEND, office.at, "ana", days=3, reason="banjir"),
    ]
    with office.store.write() as w:
        w.add_ledger(case.id, lines[:2])
        w.add_ledger(other.id, lines)
        w.add_ledger(case.id, lines[2:])
        w.add_ledger(case.id, [])

    with office.store.read() as r:
        assert r.ledger(case.id) == tuple(lines)


def test_answers_are_counted_in_rounds_by_element(office):
    case = office.case()
    task = office.task(case)
    with office.store.write() as w:
        w.add_answers(case.id, None, "pendaftaran", {"nama": "Siti", "luas": 12.5, "ok": True}, "citizen", office.at)
        w.add_answers(case.id, task.id, "verifikasi", {"hasil": "kurang"}, "ana", office.at)
        w.add_answers(case.id, task.id, "verifikasi", {"hasil": "lengkap"}, "ana", office.later(days=1))

    with office.store.read() as r:
        first, *rest = r.answers(case.id)
    assert (first.task_id, first.answers, first.round) == (None, {"nama": "Siti", "luas": 12.5, "ok": True}, 1)
    assert [(one.answers["hasil"], one.round, one.task_id) for one in rest] == [
        ("kurang", 1, task.id),
        ("lengkap", 2, task.id),
    ]


def test_a_case_is_in_one_stage_at_a_time_and_may_come_back(office):
    case = office.case()
    with office.store.write() as w:
        w.enter_stage(case.id, "verifikasi", office.at)
        w.enter_stage(case.id, "survei", office.later(days=1))
        w.enter_stage(case.id, "verifikasi", office.later(days=2))
        w.leave_stage(case.id, office.later(days=3))

    with office.store.read() as r:
        assert r.stage_visits(case.id) == (
            StageVisit("verifikasi", office.at, office.later(days=1)),
            StageVisit("survei", office.later(days=1), office.later(days=2)),
            StageVisit("verifikasi", office.later(days=2), office.later(days=3)),
        )


def test_comments_come_back_with_whom_they_are_for(office):
    case = office.case()
    said = [Comment(office.at, "ana", "di dalam", public=False), Comment(office.at, "ana", "untuk Anda", public=True)]
    with office.store.write() as w:
        lines = [w.add_comment(case.id, comment) for comment in said]

    with office.store.read() as r:
        assert r.comments(case.id) == tuple(replace(one, line=line) for one, line in zip(said, lines, strict=True))


def test_a_link_is_seen_from_both_ends_and_made_once(office):
    complaint, permit, stranger = (office.case() for _ in range(3))
    with office.store.write() as w:
        w.add_link(complaint.id, permit.id, "tentang")
        w.add_link(complaint.id, permit.id, "tentang")

    with office.store.read() as r:
        assert r.linked(complaint.id) == (permit.id,)
        assert r.linked(permit.id) == (complaint.id,)
        assert r.linked(stranger.id) == ()
        assert r.cases(r.linked(permit.id)) == (complaint,)
        assert r.cases([]) == ()
