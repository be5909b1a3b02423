"""A person is forgotten when the term is over, or when they ask and the law no longer holds the city to keeping."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import WindowClosed
from engine.model import ERASED, Permit, PermitState, Retention
from engine.model.diagrams import Basis
from engine.retention import Held, keeping, months_after
from tests.builders import Office, staff
from tests.builders_papers import sample_pdf
from tests.test_privacy import CANARY, REPORT, SAMPLES

RULE = Retention(24, 3, Basis.CONFIGURATION, "")
ENDED = date(2026, 11, 30)
OFFICE = staff("admin_pengaduan")


def withdrawn(office: Office):
    """A complaint that its reporter took back at once."""
    case = office.apply("complaint", REPORT)
    office.engine.withdraw(case.token, "sudah menyala", "w")
    return case


def answers(office: Office, case):
    return office.queries.case_file(case.reference, OFFICE).answered[0].answers


def test_a_case_that_runs_is_not_erased_by_asking(city_office):
    case = city_office.apply("complaint", REPORT)

    with pytest.raises(WindowClosed):
        city_office.engine.ask_erasure(case.token, "k")
    assert answers(city_office, case)["nama"] == CANARY["nama"]


def test_asked_too_early_it_is_noted_and_done_by_itself_on_the_day(city_office):
    case = withdrawn(city_office)
    city_office.engine.ask_erasure(case.token, "k")
    city_office.engine.forget_due()
    assert city_office.case(case).erased_at is None

    city_office.wait("+95d")
    assert city_office.engine.forget_due() == 1
    assert answers(city_office, case)["nama"] == ERASED
    assert city_office.history(case)[-2:] == ["erase_asked", "erase"]


def test_asked_when_the_least_term_is_over_it_is_done_at_once(city_office):
    case = withdrawn(city_office)
    city_office.wait("+95d")

    assert city_office.engine.ask_erasure(case.token, "k").erased_at == city_office.clock.now()
    assert city_office.engine.ask_erasure(case.token, "again").erased_at is not None


def test_without_asking_it_is_kept_for_the_whole_term_and_then_erased(city_office):
    case = withdrawn(city_office)
    city_office.wait("+720d")
    assert city_office.engine.forget_due() == 0

    city_office.wait("+15d")
    assert city_office.engine.forget_due() == 1
    assert city_office.engine.forget_due() == 0
    assert answers(city_office, case)["telepon"] == ERASED


def test_erasing_breaks_no_chain_and_leaves_no_way_to_the_contact(city_office):
    case = withdrawn(city_office)
    city_office.wait("+95d")
    city_office.engine.ask_erasure(case.token, "k")

    with city_office.store.read() as reads:
        assert [problems for _, problems in reads.audit_problems() if problems] == []
        contact = city_office.janji.house.party(reads, case.id)
        assert (contact.email, contact.phone, reads.data_key(case.id)) == ("", "", "")
        sealed = reads.answers(case.id)[0].answers["nama"]
    assert sealed.startswith("segel:1:"), "the row stays as the audit hashed it"


def test_papers_of_the_citizen_go_with_the_key_and_bytes_that_others_hold_stay(city_office):
    first = city_office.apply("krk", {**SAMPLES["titik_saja"], **CANARY})
    city_office.apply("krk", {**SAMPLES["titik_saja"], **CANARY})
    with city_office.store.read() as reads:
        held = {paper.sha256 for paper in reads.documents(first.id)}
    city_office.engine.withdraw(first.token, "salah isi", "w")
    city_office.wait("+370d")
    city_office.engine.ask_erasure(first.token, "k")

    with city_office.store.read() as reads:
        assert reads.documents(first.id) == ()
        assert reads.case(first.id).subject == "K. P. Z."
    assert all(city_office.janji.house.archive.has(one) for one in held), "the other applicant sent the same papers"


def test_a_paper_that_nobody_holds_any_more_is_gone_from_the_disk(city_office):
    case = city_office.apply("krk", {**SAMPLES["titik_saja"], **CANARY})
    with city_office.store.read() as reads:
        held = {paper.sha256 for paper in reads.documents(case.id)}
    city_office.engine.withdraw(case.token, "salah isi", "w")
    city_office.wait("+370d")
    city_office.engine.ask_erasure(case.token, "k")

    assert held
    assert not any(city_office.janji.house.archive.has(one) for one in held)


def test_the_papers_of_a_forgotten_draft_are_gone_from_the_disk_too(city_office):
    draft = city_office.engine.begin_draft("krk", "id")
    files = city_office.engine.save_draft(draft, {}, {"ktp": [("ktp.pdf", sample_pdf())]}).files
    [paper] = files.values()
    city_office.wait("+15d")
    city_office.janji.housekeeping.tidy()

    assert not city_office.janji.house.archive.has(paper.sha256)


@pytest.mark.parametrize("state", [PermitState.ACTIVE, PermitState.EXPIRING, PermitState.SUSPENDED])
def test_while_a_permit_may_be_relied_on_the_city_can_say_whose_it_is(state):
    permit = Permit("KRK.2026.00001", 1, "krk", "c", state, None, None, {}, "")  # type: ignore[arg-type]

    assert keeping(RULE, ENDED, [permit]).why is Held.PERMIT


def test_the_days_of_forgetting_are_whole_months_after_the_end():
    kept = keeping(RULE, ENDED, [])

    assert (kept.asked_from_on, kept.until_on) == (date(2027, 2, 28), date(2028, 11, 30))
    assert not kept.may_go(date(2027, 2, 27))
    assert kept.may_go(date(2027, 2, 28))
    assert keeping(None, ENDED, []).until_on is None
    assert months_after(date(2027, 3, 31), -1) == date(2027, 2, 28)
