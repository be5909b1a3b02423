"""A citizen presses for an overdue case: somebody higher up is told, a number is given, and no date moves."""

from __future__ import annotations

import pytest

from engine.errors import NotFound, WindowClosed
from engine.views import Closed
from tests.builders import ROOT, Application, Office, office_in

from .test_journey import ADU, KRK, REJECTED, window


@pytest.fixture
def office(city_office: Office) -> Office:
    return city_office


@pytest.fixture
def overdue(office: Office) -> Application:
    """A KRK due on Monday the 30th that nobody touched; it is Tuesday, and the first rung of its ladder was told."""
    case = office.apply("krk", KRK["perorangan"])
    office.do(case, "verifikasi_berkas", KRK["lengkap"])
    office.wait("2026-12-01T09:00")
    return case


def notices(office: Office, case: Application) -> list[tuple[str, str | None]]:
    with office.store.read() as reads:
        return [(one.to, one.unit) for one in reads.notices(case.id) if one.text == "desakan"]


def test_a_case_that_was_withdrawn_owes_nothing_and_says_that_it_was_withdrawn(office, overdue):
    office.engine.withdraw(overdue.token, "pindah kota", "k1")

    assert window(office, overdue, "press").closed is Closed.WITHDRAWN
    with pytest.raises(WindowClosed) as refused:
        office.engine.press(overdue.token, "k2")
    assert refused.value.why is Closed.WITHDRAWN


def test_a_case_that_was_closed_before_its_promise_began_owes_nothing(office):
    case = office.apply("krk", KRK["perorangan"])
    office.do(case, "verifikasi_berkas", REJECTED)

    office.wait("+40wd")

    assert office.queries.tracking(case.token).case.ended_at
    assert window(office, case, "press").closed is Closed.NEVER


def test_while_the_promise_can_be_kept_there_is_nothing_to_press_for(office):
    case = office.apply("complaint", ADU["lampu_jalan"])

    with pytest.raises(WindowClosed) as refused:
        office.engine.press(case.token, "k1")

    assert refused.value.why is Closed.NOT_LATE
    assert window(office, case, "press").closed is Closed.NOT_LATE


def test_pressing_tells_the_rungs_that_know_and_the_next_one_and_gives_a_number(office, overdue):
    made = office.engine.press(overdue.token, "k1")

    assert made.number == f"{overdue.reference}-D1"
    assert made.to == ("opd_admin", "kepala_opd")
    assert notices(office, overdue) == [("kepala_opd", "distaru"), ("opd_admin", "distaru")]
    assert office.queries.tracking(overdue.token).presses == (made,)


def test_pressing_moves_neither_the_date_nor_a_task(office, overdue):
    before = office.queries.tracking(overdue.token)
    office.engine.press(overdue.token, "k1")
    after = office.queries.tracking(overdue.token)

    assert (after.promise, after.stages, after.moves) == (before.promise, before.stages, before.moves)
    assert after.case.revision == before.case.revision


def test_the_same_request_again_is_the_same_receipt(office, overdue):
    assert office.engine.press(overdue.token, "k1") == office.engine.press(overdue.token, "k1")
    assert office.history(overdue).count("press") == 1


def test_a_second_time_within_two_working_days_is_refused_with_the_day_from_which_it_is_possible(office, overdue):
    office.engine.press(overdue.token, "k1")
    office.wait("+1wd")

    with pytest.raises(WindowClosed):
        office.engine.press(overdue.token, "k2")

    shut = window(office, overdue, "press")
    assert (shut.closed, office.janji.city.calendar.on(shut.at).isoformat()) == (Closed.JUST_PRESSED, "2026-12-03")

    office.wait("2026-12-03T08:00")
    assert office.engine.press(overdue.token, "k3").number.endswith("-D2")


def test_once_everybody_up_to_the_top_knows_all_of_them_are_told_again(office, overdue):
    office.wait("+5wd")

    assert office.engine.press(overdue.token, "k1").to == ("opd_admin", "kepala_opd", "sekda", "wali_kota")


def test_a_link_that_opens_nothing_presses_nothing(office, overdue):
    with pytest.raises(NotFound):
        office.engine.press("x" * 26, "k1")


@pytest.mark.parametrize("service", ["krk", "iptb", "complaint"])
def test_the_ladder_is_the_diagrams_own_from_the_first_rung_to_the_mayor(office, service):
    with office.store.read() as reads:
        ladder = office.janji.house.entry(reads, reads.current(service)).definition.ladder

    assert [rung.role for rung in ladder] == ["opd_admin", "kepala_opd", "sekda", "wali_kota"]
    assert [bool(rung.unit_from) for rung in ladder] == [True, True, False, False]


def test_a_chain_with_a_press_in_it_still_verifies(office, overdue):
    office.engine.press(overdue.token, "k1")

    with office.store.read() as reads:
        assert not any(problems for _, problems in reads.audit_problems())


@pytest.mark.parametrize("service", ["krk", "iptb", "complaint"])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_service_names_the_remedy_with_its_law(tmp_path, service, language):
    office = office_in(tmp_path)
    office.publish(ROOT / "processes" / service)

    remedy = " ".join(office.janji.texts.find(service, language, "service.remedy"))

    assert "21" in remedy
    assert "30/2014" in remedy
    office.janji.close()
