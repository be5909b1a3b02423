"""A draft is found again from another browser, once per letter, and nobody learns whether there was one."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pytest

from engine.errors import AnswersRejected, LinkUsed, NotFound, TooManyTries
from tests.builders import Office
from tests.conftest import SERVICE

MAILBOX, PHONE = "siti@contoh.example", "+6281200000101"


def draft_of(office: Office) -> str:
    return str(office.engine.begin_draft(SERVICE, "id"))


def link(office: Office) -> str:
    """The token of the newest mailed link."""
    office.janji.outbox.send_due()
    return re.search(r"/lanjut/(\w+)", office.mail.messages[-1].body).group(1)


def code(office: Office) -> str:
    office.janji.outbox.send_due()
    return re.search(r"\b(\d{6})\b", office.texts.messages[-1].body).group(1)


def test_a_mailed_link_leads_back_to_the_very_draft(office):
    draft = draft_of(office)
    office.engine.send_way_back(draft, MAILBOX, "s", "k")
    resumed = office.engine.resume(link(office), "a")

    assert (resumed.service, resumed.token) == (SERVICE, draft)


def test_opening_the_link_does_not_use_it_up(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    token = link(office)
    for _ in range(3):
        assert office.queries.way_back(token).leads

    office.engine.resume(token, "a")
    assert not office.queries.way_back(token).leads


def test_a_link_works_once_but_a_double_click_is_one_click(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    token = link(office)
    first = office.engine.resume(token, "a")

    assert office.engine.resume(token, "a") == first
    with pytest.raises(LinkUsed):
        office.engine.resume(token, "b")
    office.clock.forward(seconds=31)
    with pytest.raises(LinkUsed):
        office.engine.resume(token, "a")


def test_of_two_browsers_that_use_a_link_at_once_one_gets_the_draft(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    token, got, refused = link(office), [], []
    ready = threading.Barrier(4)

    def use(key: str) -> None:
        ready.wait()
        try:
            got.append(office.engine.resume(token, key))
        except LinkUsed:
            refused.append(key)

    threads = [threading.Thread(target=use, args=(f"b{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(got), len(refused)) == (1, 3)


def test_a_link_runs_out_and_dies_with_its_draft(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    old = link(office)
    office.clock.forward(days=14)

    with pytest.raises(LinkUsed):
        office.engine.resume(old, "a")
    with pytest.raises(NotFound):
        office.engine.resume("x" * 26, "a")


def test_a_used_link_can_have_a_new_one_sent_to_the_same_mailbox(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    old = link(office)
    office.engine.resume(old, "a")
    office.engine.send_link_again(old, "s")
    fresh = link(office)

    assert fresh != old
    assert office.mail.messages[-1].to.where == MAILBOX
    office.engine.resume(fresh, "b")


def test_a_telephone_gets_a_code_that_opens_the_draft_for_a_quarter_of_an_hour(office):
    draft = draft_of(office)
    office.engine.send_way_back(draft, "0812-0000-0101", "s", "k")
    digits = code(office)

    assert office.texts.messages[-1].to.where == PHONE
    office.clock.forward(minutes=14)
    assert office.engine.resume_by_code("0812 0000 0101", digits, "s", "a").token == draft
    with pytest.raises((NotFound, LinkUsed)):
        office.engine.resume_by_code(PHONE, digits, "s", "b")


def test_a_code_of_a_quarter_of_an_hour_ago_opens_nothing(office):
    office.engine.send_way_back(draft_of(office), PHONE, "s", "k")
    digits = code(office)
    office.clock.forward(minutes=15)

    with pytest.raises(NotFound):
        office.engine.resume_by_code(PHONE, digits, "s", "a")


def test_after_five_wrong_codes_the_right_one_opens_nothing(office):
    office.engine.send_way_back(draft_of(office), PHONE, "s", "k")
    digits = code(office)
    for n in range(5):
        with pytest.raises(NotFound):
            office.engine.resume_by_code(PHONE, "000000" if digits != "000000" else "000001", f"s{n}", "a")

    with pytest.raises(TooManyTries):
        office.engine.resume_by_code(PHONE, digits, "s9", "a")


def test_a_stranger_asking_for_a_way_back_learns_nothing(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    office.janji.outbox.send_due()
    for contact in (MAILBOX, "budi@contoh.example", "0812", ""):
        assert office.engine.send_again(contact, "x") is None
    office.janji.outbox.send_due()

    assert [mail.to.where for mail in office.mail.messages] == [MAILBOX, MAILBOX]


def test_letters_to_one_address_are_few(office):
    draft = draft_of(office)
    for n in range(3):
        office.engine.send_way_back(draft, MAILBOX, f"s{n}", f"k{n}")

    with pytest.raises(TooManyTries):
        office.engine.send_way_back(draft, MAILBOX.upper(), "s9", "k9")


@pytest.mark.parametrize("typed", ["", "siti", "siti@", "12345", "+62 812 abc", "a@b.c\nBcc: x@y.z"])
def test_what_is_no_address_is_refused_and_nothing_is_sent(office, typed):
    with pytest.raises(AnswersRejected):
        office.engine.send_way_back(draft_of(office), typed, "s", "k")


def test_a_letter_keeps_no_readable_address_and_is_forgotten_in_time(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    office.janji.outbox.send_due()
    with office.store.read() as reads:
        kept = str(reads._connection.exec_driver_sql("SELECT * FROM letter").all())
    office.clock.forward(days=31)
    office.janji.housekeeping.tidy()
    with office.store.read() as reads:
        left = [
            reads._connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("letter", "notice", "delivery")
        ]

    assert "siti" not in kept
    assert left == [0, 0, 0]


def test_a_letter_that_cannot_be_sent_now_is_tried_again(office):
    office.engine.send_way_back(draft_of(office), MAILBOX, "s", "k")
    with office.store.write() as tx:
        claimed = tx.claim_notice(office.clock.now(), office.clock.now() + timedelta(minutes=10))
    office.janji.outbox.send_due()
    before = len(office.mail.messages)
    office.clock.forward(minutes=10)
    office.janji.outbox.send_due()

    assert claimed.case_id is None
    assert (before, len(office.mail.messages)) == (0, 1)
