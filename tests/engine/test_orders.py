"""Orders that move dates: the calendar by editions, outages, and extensions, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from functools import partial
from threading import Barrier

import pytest

from engine.errors import AnswersRejected, NotFound, NotYours, Refusal, WindowClosed
from engine.model import DaySort, Entry, OrderKind, OutageProposal, Proposal
from engine.verbs.ordering import moved_cases
from tests.builders import office_in, staff
from tests.conftest import SERVICE

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
KEEPER, SECOND, CLERK = staff("kadis", login="rudi"), staff("sekda", login="ida"), staff("loket", login="ratih")
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def asked(office):
    return office.apply(SERVICE, ASKED)


def closing(first_on: date = THURSDAY, last_on: date | None = None, **said) -> Proposal:
    return Proposal(OrderKind.CLOSED, said.pop("number", "800/12"), first_on, last_on or first_on, "Banjir", **said)


def outage(office, hours: float = 24, starts_h: float = 0, **said) -> OutageProposal:
    since = office.clock.now() + timedelta(hours=starts_h)
    told = {"number": "G-1/2026", "services": (), "reason": "Pusat data padam.", **said}
    return OutageProposal(from_at=since, to_at=since + timedelta(hours=hours), **told)


def dates_told(office, case) -> list[str]:
    """What an applicant was told of a date that moved."""
    return [text for text in office.told(case) if text.startswith("tanggal_")]


def due_on(office, case) -> str:
    return due_on_of(office, case.id)


def due_on_of(office, case_id: str) -> str:
    with office.store.read() as reads:
        return office.janji.city.calendar.on(reads.case(case_id).due_at).isoformat()


def in_force(office, proposal: Proposal, key: str = "1"):
    order = office.engine.propose(proposal, KEEPER, f"p{key}")
    return office.engine.approve(order.id, SECOND, f"a{key}")


def ledger(office, case) -> list[tuple[str, str]]:
    with office.store.read() as reads:
        return [(line.kind.value, line.reason) for line in reads.ledger(case.id)]


# ── the calendar ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_proposal_moves_nothing_until_a_second_person_approves_and_the_cases_have_followed(office, asked):
    order = office.engine.propose(closing(), KEEPER, "p")
    office.engine.follow_orders()
    assert due_on(office, asked) == "2026-11-30"

    office.engine.approve(order.id, SECOND, "a")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-12-01"
    assert ledger(office, asked)[-1] == ("calendar", "2026-11-30 → 2026-12-01 · Banjir (800/12)")
    assert dates_told(office, asked) == ["tanggal_bergeser"]


def test_what_the_preview_says_is_what_the_approval_does(office):
    cases = [office.apply(SERVICE, ASKED) for _ in range(3)]
    office.do(cases[0], "periksa", ANSWER)
    order = office.engine.propose(closing(), KEEPER, "p")
    with office.store.read() as reads:
        told = {
            (case.reference, one.before.due_at, one.after.due_at)
            for case, found in moved_cases(office.janji.house, reads, order)
            for one in found
        }

    office.engine.approve(order.id, SECOND, "a")
    office.engine.follow_orders()

    with office.store.read() as reads:
        done = {(move.reference, move.from_at, move.to_at) for move in reads.moves(order.id)}
    assert done == told
    assert len(done) == 2


def test_whoever_proposed_does_not_approve(office):
    order = office.engine.propose(closing(), KEEPER, "p")

    with pytest.raises(NotYours) as refused:
        office.engine.approve(order.id, KEEPER, "a")

    assert refused.value.reason == "four_eyes"


def test_only_keepers_of_the_calendar_propose_and_approve(office):
    order = office.engine.propose(closing(), KEEPER, "p")

    with pytest.raises(NotFound):
        office.engine.propose(closing(), CLERK, "p2")
    with pytest.raises(NotFound):
        office.engine.approve(order.id, staff("kabid"), "a")


def test_the_timers_of_a_promise_ring_by_the_new_date(office, asked):
    in_force(office, closing())
    office.engine.follow_orders()

    office.wait("2026-11-30T16:01")
    assert "jatuh_tempo" not in office.told(asked)
    office.wait("2026-12-01T16:01")
    assert "jatuh_tempo" in office.told(asked)


def test_a_batch_that_was_cut_off_goes_on_and_does_nothing_twice(office):
    cases = [office.apply(SERVICE, ASKED) for _ in range(3)]
    in_force(office, closing())
    office.engine.follow(cases[1].id)

    office.engine.follow_orders()
    office.engine.follow_orders()

    assert [due_on(office, case) for case in cases] == ["2026-12-01"] * 3
    assert all([kind for kind, _ in ledger(office, case)].count("calendar") == 1 for case in cases)
    assert all(office.history(case).count("calendar") == 1 for case in cases)


def test_what_has_ended_keeps_the_calendar_it_ended_under(office, asked):
    office.clock.forward(days=1)
    office.do(asked, "periksa", ANSWER)
    before = office.engine.promises(asked.id)

    in_force(office, closing())
    office.engine.follow_orders()

    assert office.engine.promises(asked.id) == before


def test_a_new_case_begins_under_the_calendar_of_the_day(office):
    in_force(office, closing())

    case = office.apply(SERVICE, ASKED)
    office.engine.follow_orders()

    assert due_on(office, case) == "2026-12-01"
    assert dates_told(office, case) == []


def test_days_that_are_over_stay_as_they_were(office):
    with pytest.raises(AnswersRejected) as refused:
        office.engine.propose(closing(date(2026, 11, 20)), KEEPER, "p")
    assert [(p.path, p.code) for p in refused.value.problems] == [("first_on", "order.past")]

    order = office.engine.propose(closing(), KEEPER, "p")
    office.clock.forward(days=4)
    with pytest.raises(WindowClosed):
        office.engine.approve(order.id, SECOND, "a")


def test_a_closing_that_is_taken_back_leaves_the_days_that_are_over_closed_and_tells_the_earlier_date(office):
    case = office.apply(SERVICE, ASKED)
    closed = in_force(office, closing(date(2026, 11, 24), THURSDAY))
    office.engine.follow_orders()
    assert due_on(office, case) == "2026-12-03"
    office.clock.forward(days=1, hours=9)

    back = office.engine.revoke(closed.id, "800/13", "Air sudah surut", SECOND, "r")
    office.engine.approve(back.id, KEEPER, "ra")
    office.engine.follow_orders()

    assert due_on(office, case) == "2026-12-01"
    assert [office.janji.city.calendar.is_open(date(2026, 11, day)) for day in (24, 25, 26)] == [False, True, True]
    assert dates_told(office, case)[-1] == "tanggal_lebih_awal"


def test_other_hours_move_the_hour_of_the_promise_and_send_no_mail(office, asked):
    hours = {"0": "08:00-15:00"}
    in_force(office, Proposal(OrderKind.HOURS, "SE 4", THURSDAY, date(2026, 12, 20), week=hours))
    office.engine.follow_orders()

    assert office.case(asked).due_at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert dates_told(office, asked) == []
    assert office.janji.city.calendar.sort_of(date(2026, 11, 30)) is DaySort.HOURS


def test_of_two_approvals_at_once_one_is_told_that_the_other_was_quicker(office, asked):
    order = office.engine.propose(closing(), KEEPER, "p")
    others = [staff("sekda", login="ida"), staff("pengawas", login="tuti")]

    outcomes = _at_once([lambda who=who: office.engine.approve(order.id, who, f"a-{who.id}") for who in others])

    assert sorted(outcomes) == ["WindowClosed", "done"]
    with office.store.read() as reads:
        assert [one.edition for one in reads.orders_in_force()] == [1]


def test_two_orders_approved_at_once_are_two_editions_and_both_move_the_date(office, asked):
    orders = [
        office.engine.propose(closing(date(2026, 11, day), number=f"n{day}"), KEEPER, f"p{day}") for day in (25, 26)
    ]

    outcomes = _at_once([lambda one=one: office.engine.approve(one.id, SECOND, f"a{one.id}") for one in orders])
    office.engine.follow_orders()

    assert outcomes == ["done", "done"]
    assert due_on(office, asked) == "2026-12-02"
    assert [kind for kind, _ in ledger(office, asked)].count("calendar") == 2


def test_a_case_that_is_finished_while_it_should_follow_is_whole_either_way(office):
    for round_ in range(4):
        case = office.apply(SERVICE, ASKED)
        task = office.task(case, "periksa")
        in_force(office, closing(THURSDAY + timedelta(days=7 * round_), number=f"n{round_}"), key=str(round_))

        finish = partial(office.engine.complete, task.id, ANSWER, {}, staff("loket"), f"done{round_}")
        outcomes = _at_once([finish, office.engine.follow_orders])

        assert set(outcomes) == {"done"}
        assert office.case(case).promise_state == "kept"
        with office.store.read() as reads:
            assert list(reads.audit_problems())[round_][1] == []


def test_a_process_that_has_not_heard_of_an_order_works_nothing_out_wrongly(office, asked, tmp_path):
    other = office_in(tmp_path, office.janji.settings.database_url)
    in_force(office, closing())
    office.engine.follow_orders()

    draft = other.engine.begin_draft(SERVICE, "id")
    other.engine.save_draft(draft, ASKED, {})
    late = other.engine.start(draft, "elsewhere")

    assert other.engine.promises(asked.id) == office.engine.promises(asked.id)
    assert due_on_of(office, late.case_id) == "2026-11-30"
    office.engine.follow_orders()
    assert due_on_of(office, late.case_id) == "2026-12-01"
    other.janji.close()


def test_orders_stand_in_a_record_of_the_office_that_shows_tampering(office):
    in_force(office, closing())
    office.engine.follow_orders()

    with office.store.read() as reads:
        assert [act.verb for act in reads.office_acts()] == ["propose", "approve", "followed"]
        assert reads.office_problems() == []


# ── outages ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_outage_moves_the_date_by_its_days_and_says_its_number(office, asked):
    office.engine.declare_outage(outage(office, hours=48), KEEPER, "o")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-12-01"
    assert ("calendar", "2026-11-30 → 2026-12-01 · Pusat data padam (G-1/2026)") in ledger(office, asked)
    assert dates_told(office, asked) == ["tanggal_gangguan"]
    lost = [(day.on.day, day.name) for day in office.engine.promises(asked.id)[0].days if day.kind == "outage"]
    assert lost == [(24, "G-1/2026")]


def test_what_begins_in_an_outage_stands_still_until_its_end(office):
    office.engine.declare_outage(outage(office, hours=72), KEEPER, "o")
    office.clock.forward(hours=24)

    case = office.apply(SERVICE, ASKED)
    office.engine.follow_orders()

    assert [kind for kind, _ in ledger(office, case)] == ["start", "outage", "resume"]
    assert due_on(office, case) == "2026-12-02"


def test_an_outage_that_ends_early_gives_the_days_back_with_a_notice(office, asked):
    order = office.engine.declare_outage(outage(office, hours=24 * 7), KEEPER, "o")
    office.engine.follow_orders()
    office.clock.forward(hours=48)

    office.engine.end_outage(order.id, KEEPER, "e")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-12-01"
    assert dates_told(office, asked)[-1] == "tanggal_lebih_awal"
    with pytest.raises(WindowClosed):
        office.engine.end_outage(order.id, KEEPER, "again")


def test_an_outage_needs_an_end_and_may_not_last_longer_than_the_city_allows(office):
    endless = OutageProposal("G-2", (), office.clock.now(), None, "Padam.")

    with pytest.raises(AnswersRejected) as refused:
        office.engine.declare_outage(endless, KEEPER, "o")
    assert [(p.path, p.code) for p in refused.value.problems] == [("to_at", "order.no_end")]

    with pytest.raises(AnswersRejected) as refused:
        office.engine.declare_outage(outage(office, hours=15 * 24), KEEPER, "o")
    assert refused.value.problems[0].facts == {"days": 14}


def test_an_outage_of_another_service_moves_nothing(office, asked):
    office.engine.declare_outage(outage(office, services=("krk",)), KEEPER, "o")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-11-30"


def test_an_outage_that_reaches_back_over_a_missed_date_waits_for_a_second_person(office, asked):
    office.wait("2026-12-01T09:00")
    order = office.engine.declare_outage(outage(office, hours=32, starts_h=-120), KEEPER, "o")
    assert order.edition is None

    with pytest.raises(NotYours):
        office.engine.approve(order.id, KEEPER, "a")
    office.engine.approve(order.id, SECOND, "a")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-12-02"


def test_an_outage_is_lengthened_by_a_new_order_with_a_second_person(office, asked):
    first = office.engine.declare_outage(outage(office, hours=24), KEEPER, "o")
    more = office.engine.declare_outage(
        outage(office, hours=24, starts_h=24, number="G-2/2026", lengthens=first.id), KEEPER, "o2"
    )
    assert more.edition is None

    office.engine.follow_orders()
    assert due_on(office, asked) == "2026-11-30"

    office.engine.approve(more.id, SECOND, "a")
    office.engine.follow_orders()

    assert due_on(office, asked) == "2026-12-01"


# ── extensions ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def extensible(office, tmp_path):
    diagram = tmp_path / "processes" / SERVICE / "process.bpmn"
    diagram.write_text(diagram.read_text().replace('budget="5"', 'budget="5" extend_days="3"'))
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")
    return office.apply(SERVICE, ASKED)


def test_a_supervisor_extends_once_with_a_reason_and_the_applicant_is_told(office, extensible):
    rule = office.engine.promises(extensible.id)[0].rule.id

    assert office.engine.extend(extensible.reference, rule, 2, "Survei ulang", KEEPER, "x") == "approved"

    assert due_on(office, extensible) == "2026-12-02"
    assert dates_told(office, extensible) == ["tanggal_diperpanjang"]
    assert (Entry.EXTEND.value, "Survei ulang") in ledger(office, extensible)
    with pytest.raises(WindowClosed) as refused:
        office.engine.extend(extensible.reference, rule, 1, "Lagi", KEEPER, "x2")
    assert refused.value.why == "twice"


def test_a_clerk_asks_and_a_supervisor_grants(office, extensible):
    rule = office.engine.promises(extensible.id)[0].rule.id
    assert office.engine.extend(extensible.reference, rule, 2, "Survei ulang", CLERK, "x") == "waiting"
    assert due_on(office, extensible) == "2026-11-30"
    with office.store.read() as reads:
        (waiting,) = reads.extensions_waiting(10)

    with pytest.raises(NotYours):
        office.engine.grant_extension(waiting.id, CLERK, "g")
    office.engine.grant_extension(waiting.id, KEEPER, "g")
    office.engine.grant_extension(waiting.id, KEEPER, "g")

    assert due_on(office, extensible) == "2026-12-02"


def test_nobody_extends_a_case_in_which_they_have_an_interest_of_their_own(office, extensible):
    rule, task = office.engine.promises(extensible.id)[0].rule.id, office.open(extensible)[0]
    office.engine.stand_aside(office.task(extensible, task).id, "", CLERK)

    with pytest.raises(NotYours, match="conflict"):
        office.engine.extend(extensible.reference, rule, 2, "Survei ulang", CLERK, "x")


def test_a_missed_date_is_not_extended(office, extensible):
    rule = office.engine.promises(extensible.id)[0].rule.id
    office.wait("2026-11-30T16:01")

    with pytest.raises(WindowClosed) as refused:
        office.engine.extend(extensible.reference, rule, 2, "Maaf", KEEPER, "x")

    assert refused.value.why == "too_late"


def test_more_days_than_the_service_allows_or_no_reason_are_both_named(office, extensible):
    rule = office.engine.promises(extensible.id)[0].rule.id

    with pytest.raises(AnswersRejected) as refused:
        office.engine.extend(extensible.reference, rule, 4, " ", KEEPER, "x")

    assert [(p.path, p.code) for p in refused.value.problems] == [("days", "order.days"), ("reason", "order.missing")]


def test_a_service_that_says_nothing_of_extensions_allows_none(office, asked):
    rule = office.engine.promises(asked.id)[0].rule.id

    with pytest.raises(WindowClosed) as refused:
        office.engine.extend(asked.reference, rule, 1, "Perlu waktu", KEEPER, "x")

    assert refused.value.why == "not_allowed"


def _at_once(acts) -> list[str]:
    """What became of acts that begin at the same moment: `done`, or the refusal's name."""
    ready = Barrier(len(acts))

    def one(act) -> str:
        ready.wait()
        try:
            act()
        except Refusal as refused:
            return type(refused).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))
