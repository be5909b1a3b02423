"""The outbox tells everyone once, tries again when it must, and says when it gives up."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.channels import Address, Fault, Message, NotDelivered, Recorder
from engine.clock import MovableClock
from engine.model import Notice
from engine.outbox import LEASE, RETRY_AFTER, Outbox, Sent
from tests.databases import DATABASES, store_on
from tests.engine.store.office import MONDAY, Office

SITI = Address("mail", "siti@example.org")


class Channel(Recorder):
    """Takes messages until told to refuse those to some addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: dict[str, Fault] = {}
        self.tries = 0

    def send(self, message: Message) -> None:
        self.tries += 1
        fault = self.faults.get(message.to.where)
        if fault:
            raise NotDelivered("refused by the test", fault)
        super().send(message)

    @property
    def reached(self) -> list[str]:
        return [message.to.where for message in self.messages]


class House:
    """An outbox on a real store, with readers and channels that a test can change."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.store = office.store
        self.clock = MovableClock(office.at)
        self.mail, self.text = Channel(), Channel()
        self.readers: list[Address] = [SITI]
        self.case = office.case()
        self.outbox = self.another()

    def another(self) -> Outbox:
        return Outbox(self.store, {"mail": self.mail, "text": self.text}, self._addresses, self._words, self.clock)

    def tell(self, key: str = "n1") -> None:
        with self.store.write() as w:
            w.add_notices(self.case.id, [Notice(key, "pemohon", "berkas_lengkap")], self.clock.now())

    def notice(self, key: str = "n1"):
        with self.store.read() as r:
            return r.notice(key)

    def figures(self) -> tuple[int, int]:
        with self.store.read() as r:
            figures = r.outbox_figures()
        return figures.waiting, figures.failed

    def _addresses(self, _notice):
        return self.readers

    def _words(self, notice, address):
        if address.where.startswith("broken"):
            raise KeyError(address.where)
        return Message(address, notice.text, "isi", notice.key)


@pytest.fixture(params=DATABASES)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    with store_on(request.param, tmp_path) as store:
        yield House(Office(store, MONDAY))


def test_a_notice_is_sent_once(house):
    house.tell()

    assert house.outbox.send_due() == Sent(sent=1)
    assert house.outbox.send_due() == Sent()
    assert house.mail.reached == ["siti@example.org"]
    assert house.notice().sent_at == house.clock.now()
    assert house.figures() == (0, 0)


def test_the_same_notice_told_twice_is_sent_once(house):
    house.tell()
    house.outbox.send_due()
    house.tell()

    assert house.outbox.send_due() == Sent()


def test_each_reader_gets_a_key_of_their_own_that_stays_the_same(house):
    house.readers = [SITI, Address("mail", "budi@example.org"), Address("text", "+628123456789")]
    house.text.faults = {"+628123456789": Fault.LATER}
    house.tell()
    house.outbox.send_due()
    first = [message.key for message in house.mail.messages]
    house.text.faults = {}
    house.clock.forward(minutes=1)
    house.outbox.send_due()

    assert len({*first, house.text.messages[0].key}) == 3
    assert house.mail.reached == ["siti@example.org", "budi@example.org"]
    assert "siti" not in first[0]
    assert house.notice().sent_at is not None


def test_a_refusal_is_tried_again_later_and_later_and_then_given_up(house):
    house.mail.faults = {"siti@example.org": Fault.LATER}
    house.tell()

    for pause in RETRY_AFTER:
        assert house.outbox.send_due() == Sent(put_off=1)
        assert house.notice().next_at == house.clock.now() + pause
        house.clock.forward(seconds=pause.total_seconds() - 1)
        assert house.outbox.send_due() == Sent()
        house.clock.forward(seconds=1)
    assert house.outbox.send_due() == Sent(given_up=1)

    house.clock.forward(days=30)
    assert house.outbox.send_due() == Sent()
    assert house.figures() == (0, 1)
    with house.store.read() as r:
        [failed] = r.failed_notices(10)
    assert (failed.key, failed.message, failed.attempts) == ("n1", "refused by the test", len(RETRY_AFTER) + 1)


def test_an_operator_can_have_it_tried_afresh(house):
    house.mail.faults = {"siti@example.org": Fault.MESSAGE}
    house.tell()
    house.outbox.send_due()
    house.mail.faults = {}
    with house.store.write() as w:
        assert w.retry_notice("n1", house.clock.now())
        assert not w.retry_notice("n1", house.clock.now())

    assert house.outbox.send_due() == Sent(sent=1)
    with house.store.write() as w:
        assert not w.retry_notice("n1", house.clock.now())


def test_a_message_refused_for_good_is_given_up_at_once_and_the_others_are_told(house):
    house.readers = [Address("mail", "gone@example.org"), SITI]
    house.mail.faults = {"gone@example.org": Fault.MESSAGE}
    house.tell()

    assert house.outbox.send_due() == Sent(given_up=1)
    assert house.mail.reached == ["siti@example.org"]


def test_a_notice_with_nobody_to_tell_is_done(house):
    house.readers = []
    house.tell()

    assert house.outbox.send_due() == Sent(sent=1)


def test_one_notice_that_fails_does_not_stop_the_next(house):
    house.tell("a")
    house.tell("b")
    house.readers = [Address("mail", "broken@example.org"), SITI]

    assert house.outbox.send_due() == Sent(put_off=2)
    assert house.mail.reached == ["siti@example.org", "siti@example.org"]


def test_a_dead_relay_is_asked_once_a_round_and_the_other_channel_goes_on(house):
    phone = Address("text", "+628123456789")
    house.readers = [SITI, phone]
    house.mail.faults = {"siti@example.org": Fault.CHANNEL}
    for number in range(5):
        house.tell(f"n{number}")

    assert house.outbox.send_due() == Sent(put_off=5)
    assert house.mail.tries == 1
    assert house.text.reached == [phone.where] * 5


def test_a_channel_that_is_not_set_up_is_said_so(house):
    house.readers = [Address("pigeon", "roof")]
    house.tell()
    house.outbox.send_due()

    assert house.notice().message == "no channel named pigeon"


def test_who_claims_and_dies_loses_nothing(house):
    house.tell()
    with house.store.write() as w:
        claimed = w.claim_notice(house.clock.now(), house.clock.now() + LEASE)
    assert claimed.attempts == 1

    assert house.outbox.send_due() == Sent()
    house.clock.forward(seconds=LEASE.total_seconds())
    assert house.outbox.send_due() == Sent(sent=1)


def test_who_dies_between_two_readers_tells_the_second_alone(house):
    class Killed(BaseException):
        pass

    class Deadly(Channel):
        def send(self, message):
            raise Killed

    house.readers = [SITI, Address("text", "+628123456789")]
    house.tell()
    dying = Outbox(house.store, {"mail": house.mail, "text": Deadly()}, house._addresses, house._words, house.clock)
    with pytest.raises(Killed):
        dying.send_due()

    house.clock.forward(seconds=LEASE.total_seconds())
    assert house.outbox.send_due() == Sent(sent=1)
    assert (house.mail.reached, house.text.reached) == (["siti@example.org"], ["+628123456789"])


def test_two_outboxes_at_once_tell_everything_once(house):
    for number in range(40):
        house.tell(f"n{number}")
    both = [house.outbox, house.another()]
    gate = threading.Barrier(2)
    done: list[Sent] = []

    def run(outbox):
        gate.wait()
        done.append(outbox.send_due())

    threads = [threading.Thread(target=run, args=(outbox,)) for outbox in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(one.sent for one in done) == 40
    keys = [message.key for message in house.mail.messages]
    assert len(keys) == len(set(keys)) == 40


def test_nothing_is_sent_before_its_time_and_no_more_than_asked(house):
    for number in range(3):
        house.tell(f"n{number}")

    assert house.outbox.send_due(limit=2) == Sent(sent=2)
    assert house.figures() == (1, 0)


def test_no_log_and_no_row_names_a_person(house, caplog):
    house.readers = [SITI, Address("mail", "broken-budi@example.org")]
    house.mail.faults = {"siti@example.org": Fault.LATER}
    house.tell()
    with caplog.at_level(logging.DEBUG):
        house.outbox.send_due()

    told = caplog.text + str([vars(record) for record in caplog.records]) + house.notice().message
    assert "our own error: KeyError; refused by the test" in told
    assert "siti" not in told
    assert "budi" not in told


def test_the_figures_know_the_oldest_that_waits(house):
    house.tell("old")
    began = house.clock.now()
    house.clock.forward(hours=1)
    house.tell("new")

    with house.store.read() as r:
        figures = r.outbox_figures()
    assert (figures.waiting, figures.oldest_at) == (2, began)
    assert timedelta(hours=1) == house.clock.now() - began
