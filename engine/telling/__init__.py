"""Who is told a notice, where, and in which words. Looks addresses up when the notice is sent; keeps none.

A message carries the reference, the service and a link. It never carries a name, an identity number or an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine.channels import Address, Message
from engine.house import House
from engine.model import Party, Told
from engine.roles import APPLICANT, USER
from engine.telling import footers, letters, standing_in
from engine.telling.digests import Digests
from engine.telling.facts import Facts
from engine.telling.short import one_sms
from engine.texts import DAILY, DEFAULT, GIVEN, STANDS_IN, WEEKLY
from engine.verbs.effects import TO_CASE
from engine.verbs.news import ANSWERED_THERE, FOLLOWERS, PARTY, Weight

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.model import Case
    from engine.store import Reads, User, Waiting

DIGESTS = frozenset({DAILY, WEEKLY})
CARRIED = "tahap_gabungan"
"""The text in which a reporter reads of the stage of the case that carries their own."""
CHANNEL = "channel"
"""The fact of a notice that lets it go by one channel only."""


class Telling:
    """Finds addresses and words for the outbox."""

    def __init__(self, house: House, base_url: str, office: str) -> None:
        self._house = house
        self._facts = Facts(house, base_url, office)
        self._digests = Digests(house, self._facts)

    def addresses(self, notice: Waiting) -> tuple[Address, ...]:
        """Everyone to whom a notice goes: parties by mail and telephone, or each colleague of a role and unit."""
        if notice.to == TO_CASE:
            return (Address(TO_CASE, notice.facts["reference"]),)
        if notice.text in DIGESTS:
            return self._digests.addresses(notice)
        with self._house.store.read() as reads:
            if notice.text == STANDS_IN:
                return standing_in.addresses(reads, notice)
            if notice.case_id is None:
                return letters.addresses(self._house, reads, notice)
            if notice.to in (APPLICANT, FOLLOWERS) or notice.to.startswith(PARTY):
                parties = self._house.parties(reads, notice.case_id)
                return (*_of_parties(parties, notice), *self._of_carried(reads, notice))
            if notice.to.startswith(USER):
                user = reads.user(notice.to.removeprefix(USER))
                wanted = notice.text != GIVEN or reads.preferences(notice.to.removeprefix(USER)).told is Told.AT_ONCE
                people = [user] if user is not None and wanted else []
            else:
                people = self._at_work(reads, reads.users_holding(notice.to, notice.unit))
        return tuple(Address("mail", user.email, DEFAULT) for user in people if user.email and user.active)

    def _at_work(self, reads: Reads, holding: Sequence[User]) -> list[User]:
        """Who holds a post, and whoever stands in for one of them today: a rung of the ladder must not go unread."""
        today = self._house.city.calendar.on(self._house.clock.now())
        logins = {user.login for user in holding}
        stand_ins = (reads.user(login) for login in reads.stand_ins_of(logins, today) if login not in logins)
        return [*holding, *(user for user in stand_ins if user is not None)]

    def draft(self, text: str, case: Case, entry: Entry, answer_by: datetime | None) -> tuple[str, str]:
        """Subject and body of a notice to the applicant as it would be now, without the link, to be looked at."""
        return entry.texts.notice(case.language, text, self._facts.unsent(case, entry, case.language, answer_by))

    def message(self, notice: Waiting, address: Address) -> Message:
        """The words of a notice for one address, in its language; to another case, a message and what goes along."""
        if address.channel == TO_CASE:
            return Message(address, notice.text, json.dumps(notice.facts.get("payload", {})), notice.key)
        if notice.text in DIGESTS:
            return self._digests.message(notice, address)
        with self._house.store.read() as reads:
            if notice.text == STANDS_IN:
                return standing_in.message(self._facts, reads, notice, address)
            if notice.case_id is None:
                return letters.message(self._house, self._facts, reads, notice, address)
            party = self._house.party(reads, address.reader) if address.reader else None
            case = reads.case(party.case_id if party else notice.case_id)
            entry = self._house.entry(reads, case.version)
        if case.id != notice.case_id:
            notice = replace(notice, text=CARRIED)
        if party is None:
            return self._mail(notice, address, case, entry)
        if address.channel == "text":
            return self._text(notice, address, case, entry, party)
        return self._mail_to(party, notice, address, case, entry)

    def _of_carried(self, reads: Reads, notice: Waiting) -> Iterator[Address]:
        """The reporters of cases that this one carries, who are told of its stages like people who follow it.

        Not of the one that answers: their own cases tell them that.
        """
        if notice.to == FOLLOWERS and notice.case_id and not notice.facts.get(ANSWERED_THERE):
            to_reporters = replace(notice, to=APPLICANT)
            for case in reads.carried_by(notice.case_id):
                yield from _of_parties(self._house.parties(reads, case.id), to_reporters)

    def _mail(self, notice: Waiting, address: Address, case: Case, entry: Entry, party: Party | None = None) -> Message:
        facts = self._facts.of(notice, case, entry, address.language, party)
        return Message(address, *entry.texts.notice(address.language, notice.text, facts), notice.key)

    def _mail_to(self, party: Party, notice: Waiting, address: Address, case: Case, entry: Entry) -> Message:
        """A mail with what stands below it. Who stopped the news, or asked for this mail alone, is offered no stop."""
        written = self._mail(notice, address, case, entry, party)
        may_stop = not notice.to.startswith(PARTY) and party.stopped_at is None
        below = footers.below_mail(self._facts, party, address, may_stop=may_stop)
        stop_at = footers.stop_link(self._facts, party) if may_stop else ""
        return Message(address, written.subject, written.body + below, notice.key, stop_at)

    def _text(self, notice: Waiting, address: Address, case: Case, entry: Entry, party: Party) -> Message:
        """A text message: in one SMS where the words have a short form."""
        facts = self._facts.of(notice, case, entry, address.language, party)
        facts |= footers.codes(self._facts, party, address)
        if parts := entry.texts.sms(address.language, notice.text, facts):
            return Message(address, "", one_sms(*parts), notice.key)
        subject, body = entry.texts.notice(address.language, notice.text, facts)
        return Message(address, subject, f"{body} {facts['confirm_code']}".rstrip(), notice.key)


def _of_parties(parties: Iterable[Party], notice: Waiting) -> Iterator[Address]:
    """Where the parties that a notice is for can be told; who follows a case must have confirmed the address.

    An address that two of them share is told once, with the link of whoever asked.
    """
    only = notice.facts.get(CHANNEL)
    alone, told = notice.to.startswith(PARTY), set[str]()
    for party in parties:
        for channel, where in (("mail", party.email), ("text", party.phone)):
            known = alone or party.holds_link or party.confirmed(where)
            if where and where not in told and known and only in (None, channel) and _is_for(party, notice):
                told.add(where)
                yield Address(channel, where, party.language, party.id)


def _is_for(party: Party, notice: Waiting) -> bool:
    if notice.to.startswith(PARTY):
        return party.id == notice.to.removeprefix(PARTY)
    if party.holds_link != (notice.to == APPLICANT):
        return False
    return party.stopped_at is None or (party.holds_link and notice.facts.get("weight") != Weight.NEWS)
