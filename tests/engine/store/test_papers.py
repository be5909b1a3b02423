"""Drafts become cases with their documents; permits keep every version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from engine.model import Document, Permit, PermitState


def paper(office, name, **facts):
    return replace(
        Document(name, "a" * 64, f"{name}.pdf", "application/pdf", 1234, "citizen", "ktp", office.at, "citizen"),
        **facts,
    )


def krk(case, **facts):
    issued = Permit("KRK/1/2026", 1, "krk", case.id, PermitState.ACTIVE, case.started_at, None, {"kdb": 60}, "b" * 64)
    return replace(issued, **facts)


def test_a_draft_and_its_papers_become_a_case(office):
    case = office.case()
    with office.store.write() as w:
        w.add_draft("d1", "krk", "en", office.at)
        assert w.save_draft("d1", {"nama": "Siti"}, office.later(hours=1))
        w.add_document(paper(office, "ktp"), draft_id="d1")
        w.add_document(paper(office, "foto", added_at=office.later(hours=1)), draft_id="d1")
        draft = w.draft("d1")
        assert [one.id for one in w.draft_documents("d1")] == ["ktp", "foto"]
        assert w.document("ktp") == (paper(office, "ktp"), None, "d1")
        assert w.move_documents("d1", case.id) == 2
        w.drop_draft("d1")

    assert (draft.language, draft.answers, draft.saved_at) == ("en", {"nama": "Siti"}, office.later(hours=1))
    with office.store.read() as r:
        assert r.draft("d1") is None
        assert [one.id for one in r.documents(case.id)] == ["ktp", "foto"]
        assert r.document("ktp") == (paper(office, "ktp"), case.id, None)
        assert r.document("nothing") is None


def test_a_draft_that_is_gone_takes_its_papers_along_and_cannot_be_saved(office):
    with office.store.write() as w:
        w.add_draft("old", "krk", "id", office.at)
        w.add_draft("new", "krk", "id", office.later(days=2))
        w.add_document(paper(office, "ktp"), draft_id="old")
        assert w.drop_stale_drafts(office.later(days=1)) == 1
        assert not w.save_draft("old", {}, office.at)
        assert w.document("ktp") is None
        assert w.draft("new") is not None


def test_a_document_lies_in_a_case_or_in_a_draft(office):
    with office.store.write() as w:
        w.add_draft("d1", "krk", "id", office.at)
        with pytest.raises(ValueError, match="in a case or in a draft"):
            w.add_document(paper(office, "ktp"))
        with pytest.raises(ValueError, match="in a case or in a draft"):
            w.add_document(paper(office, "ktp"), case_id="case-1", draft_id="d1")


def test_a_correction_is_the_next_version_and_comes_first(office):
    case = office.case()
    first = krk(case, valid_until_on=date(2029, 2, 28))
    second = krk(case, version=2, replaces="KRK/1/2026", issued_at=office.later(days=1))
    with office.store.write() as w:
        w.add_permit(first)
        w.add_permit(second)
        assert w.set_permit_state(first.number, 1, PermitState.REPLACED, office.later(days=1))
        assert not w.set_permit_state(first.number, 3, PermitState.REVOKED, office.at)

    first = replace(first, state=PermitState.REPLACED, state_at=office.later(days=1))
    second = replace(second, state_at=second.issued_at)
    with office.store.read() as r:
        assert r.permit(first.number) == (second, first)
        assert r.permits(case.id) == (first, second)
        assert r.permit("KRK/2/2026") == ()


def test_the_same_version_cannot_be_issued_twice(office):
    case = office.case()
    with office.store.write() as w:
        w.add_permit(krk(case))

    def issue_again() -> None:
        with office.store.write() as w:
            w.add_permit(krk(case))

    with pytest.raises(IntegrityError):
        issue_again()


def test_an_issued_permit_waits_for_its_paper_and_gets_it_once(office):
    case = office.case()
    with office.store.write() as w:
        w.add_permit(krk(case))
        w.add_permit(krk(case, version=2, document_sha256="", issued_at=office.later(hours=2)))
        w.add_permit(krk(case, number="KRK/2/2026", document_sha256=""))

        assert [(one.number, one.version) for one in w.unprinted_permits(9)] == [("KRK/2/2026", 1), ("KRK/1/2026", 2)]
        assert len(w.unprinted_permits(1)) == 1
        assert w.set_permit_paper("KRK/1/2026", 2, "c" * 64, "1:A")
        assert not w.set_permit_paper("KRK/1/2026", 2, "d" * 64, "1:B")
        printed = w.permit("KRK/1/2026")[0]
        assert (printed.document_sha256, printed.stamp) == ("c" * 64, "1:A")


def test_permits_whose_last_day_is_over_are_found(office):
    case = office.case()
    last_days = [date(2026, 11, 22), date(2026, 11, 23), None, date(2025, 1, 1)]
    with office.store.write() as w:
        for number, day in enumerate(last_days):
            w.add_permit(krk(case, number=f"IPTB/{number}", valid_until_on=day))
        found = w.permits_ending(PermitState.ACTIVE, date(2026, 11, 23))

    assert [one.number for one in found] == ["IPTB/3", "IPTB/0"]
