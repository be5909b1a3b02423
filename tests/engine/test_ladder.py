"""Who was told up the ladder is written down, each rung once; when it is over, they are told that too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.errors import AnswersRejected, NotFound, NotYours, WindowClosed
from engine.verbs.sampling import chosen
from engine.views import Ladder
from tests.builders import Application, Office, staff

from .test_journey import KRK

SUPERVISOR = staff("pengawas")


@pytest.fixture
def office(city_office: Office) -> Office:
    return city_office


@pytest.fixture
def shelved(office: Office) -> Application:
    """A KRK that is complete on Monday at nine, due on Monday the 30th, and then left lying."""
    case = office.apply("krk", KRK["perorangan"])
    office.do(case, "verifikasi_berkas", KRK["lengkap"])
    return case


def told(seen: Ladder) -> list[str]:
    return [one.role for one, _ in seen.rows]


def late(seen: Ladder) -> list[str]:
    return [one.role for one, _ in seen.rows if one.late]


def cleared(office: Office, case: Application) -> list[str]:
    with office.store.read() as reads:
        return sorted(one.to for one in reads.notices(case.id) if one.text == "eskalasi_selesai")


def test_each_rung_that_was_told_stands_in_the_log_once_though_nobody_holds_the_task(office, shelved):
    office.wait("2026-12-04T09:00")

    seen = office.queries.ladder(SUPERVISOR)

    assert late(seen)[-1] == "opd_admin", "the first rung, told first"
    assert len(set(late(seen))) == len(late(seen)) >= 3
    assert all(one.cleared_at is None and one.stage == "penugasan" for one, _ in seen.rows if one.late)
    assert seen.total == len(seen.rows)
    assert seen.standing == office.queries.cases(SUPERVISOR, ladder="berdiri")[1] == 1


def test_when_the_promise_is_over_everybody_who_was_told_is_told_so_once(office, shelved):
    office.wait("2026-12-02T09:00")
    rungs = set(told(office.queries.ladder(SUPERVISOR)))
    assert office.janji.clearing.clear() == 0, "it is late still"

    office.engine.withdraw(shelved.token, "", "tarik")
    assert office.janji.clearing.clear() == 1

    assert set(cleared(office, shelved)) == rungs
    assert office.queries.ladder(SUPERVISOR).standing == 0
    assert office.queries.ladder(SUPERVISOR, standing=True).rows == ()
    assert office.queries.ladder(SUPERVISOR, standing=True).total == 0
    assert office.queries.cases(SUPERVISOR, ladder="berdiri")[1] == 0
    assert office.janji.clearing.clear() == 0
    assert office.history(shelved).count("clear") == 1


def test_the_mail_that_it_is_over_goes_to_whoever_got_the_mail_that_it_was_late(office, shelved):
    office.janji.accounts.add("wati", "Wati", "wati@kota.example", "a long password", staff("opd_admin").posts)

    def mails() -> list[str]:
        office.janji.outbox.send_due()
        return [one.subject for one in office.mail.messages if one.to.where == "wati@kota.example"]

    office.wait("2026-12-02T09:00")
    assert mails()
    office.engine.withdraw(shelved.token, "", "tarik")
    office.janji.clearing.clear()
    assert mails()[-1] == f"{shelved.reference}: keterlambatan yang dinaikkan kepada Anda sudah selesai"
    assert mails().count(mails()[-1]) == 1


def test_a_date_that_was_lawfully_moved_ahead_clears_the_alarm(office, shelved):
    office.wait("2026-12-01T09:00")
    assert late(office.queries.ladder(SUPERVISOR, standing=True))

    with office.store.write() as tx:
        case = tx.case_for_update(shelved.id)
        moved = replace(case, due_at=office.clock.now().replace(day=9))
        tx.save_case(case, moved, tx.tokens(case.id))
    office.janji.clearing.clear()

    assert late(office.queries.ladder(SUPERVISOR, standing=True)) == []


def test_the_log_is_for_supervisors_alone(office):
    with pytest.raises(NotFound):
        office.queries.ladder(staff("verifikator"))
    with pytest.raises(NotFound):
        office.queries.sample(staff("verifikator"))


# ── the second look ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def closed(office: Office) -> list[Application]:
    """Five KRK that a verifier refused last week, each by hand."""
    cases = [office.apply("krk", KRK["perorangan"]) for _ in range(5)]
    for case in cases:
        office.do(case, "verifikasi_berkas", KRK["lengkap"])
        office.engine.withdraw(case.token, "", f"tarik-{case.id}")
    office.wait("2026-11-30T09:00")
    return cases


def test_chance_draws_once_a_week_and_its_seed_draws_the_same_again(office, closed):
    assert office.engine.draw_samples() == 2
    assert office.engine.draw_samples() == 0, "once for a service and week"

    page = office.queries.sample(SUPERVISOR)

    (draw,) = [one for one in page.draws if one.service == "krk"]
    assert (draw.population, draw.wanted) == (5, 2)
    population = office.queries.promises_closed("krk", f"{draw.week_on:%G-W%V}", SUPERVISOR)
    assert sorted(row.case.id for row in population.rows) == sorted(case.id for case in closed)
    drawn = sorted(row.case.id for row in page.rows)
    assert drawn == sorted(chosen(sorted(case.id for case in closed), 2, draw.seed))


def test_what_the_second_look_found_stands_in_the_cases_history_and_in_the_figure(office, closed):
    office.engine.draw_samples()
    first, second = (row.case for row in office.queries.sample(SUPERVISOR).rows)

    office.engine.review(first.reference, "sesuai", "", SUPERVISOR, "k1")
    office.engine.review(first.reference, "sesuai", "", SUPERVISOR, "k1")
    with pytest.raises(AnswersRejected):
        office.engine.review(second.reference, "perlu_perbaikan", " ", SUPERVISOR, "k2")
    office.engine.review(second.reference, "perlu_perbaikan", "Alasan terlalu pendek.", SUPERVISOR, "k2")

    page = office.queries.sample(SUPERVISOR)
    assert (page.drawn, page.reviewed, page.wanting) == (2, 2, 1)
    with office.store.read() as reads:
        verdicts = [entry.facts["verdict"] for entry in reads.audit(second.id) if entry.verb == "review"]
    assert verdicts == ["perlu_perbaikan"]
    with pytest.raises(WindowClosed):
        office.engine.review(first.reference, "perlu_perbaikan", "Lagi.", SUPERVISOR, "k3")


def test_nobody_reviews_their_own_work_nor_a_case_that_chance_did_not_choose(office, closed):
    office.engine.draw_samples()
    page = office.queries.sample(SUPERVISOR)
    drawn = page.rows[0].case
    other = next(case for case in closed if case.id not in {row.case.id for row in page.rows})
    worked = staff("pengawas", login="verifikator")

    assert [row.mine for row in office.queries.sample(worked).rows] == [False, False]
    with pytest.raises(NotYours):
        office.engine.review(drawn.reference, "sesuai", "", worked, "k1")
    with pytest.raises(NotFound):
        office.engine.review(other.reference, "sesuai", "", SUPERVISOR, "k2")
    with pytest.raises(NotFound):
        office.engine.review(drawn.reference, "sesuai", "", staff("verifikator"), "k3")
