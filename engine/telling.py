"""Who is told a notice, where, and in which words. Looks addresses up when the notice is sent; keeps none.

A message carries the reference, the service and a link. It never carries a name, an identity number or an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from engine import keys
from engine.channels import Address, Message
from engine.house import House
from engine.roles import APPLICANT
from engine.texts import DEFAULT, Texts, common_notices
from engine.verbs.effects import TO_CASE

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.model import Case
    from engine.store import Reads, Waiting

USER = "user:"


class Telling:
    """Finds addresses and words for the outbox."""

    def __init__(self, house: House, base_url: str, office: str) -> None:
        self._house = house
        self._base_url = base_url.rstrip("/")
        self._office = office

    def addresses(self, notice: Waiting) -> tuple[Address, ...]:
        """Everyone to whom a notice goes: the applicant's mail and telephone, or each colleague of a role and unit."""
        if notice.to == TO_CASE:
            return (Address(TO_CASE, notice.facts["reference"]),)
        with self._house.store.read() as reads:
            if notice.to == APPLICANT:
                contact = self._house.contact(reads, notice.case_id)
                given = (("mail", contact.email), ("text", contact.phone))
                return tuple(Address(channel, where, contact.language) for channel, where in given if where)
            if notice.to.startswith(USER):
                user = reads.user(notice.to.removeprefix(USER))
                people = [user] if user is not None else []
            else:
                people = list(reads.users_holding(notice.to, notice.unit))
        return tuple(Address("mail", user.email, DEFAULT) for user in people if user.email and user.active)

    def message(self, notice: Waiting, address: Address) -> Message:
        """The words of a notice for one address, in its language; to another case, the message's name alone."""
        if address.channel == TO_CASE:
            return Message(address, notice.text, "", notice.key)
        with self._house.store.read() as reads:
            case = reads.case(notice.case_id)
            entry = self._house.entry(reads, case.version)
            facts = self._facts(reads, notice, case, entry, address.language)
        subject, body = self._texts(entry, notice.text).notice(address.language, notice.text, facts)
        return Message(address, subject, body, notice.key)

    def _texts(self, entry: Entry, text: str) -> Texts:
        """The service's own words for a notice; the city's where it has none: running cases stay on older versions."""
        if entry.texts.find(DEFAULT, "notices", text):
            return entry.texts
        return common_notices(self._house.city.notices)

    def _facts(self, reads: Reads, notice: Waiting, case: Case, entry: Entry, language: str) -> dict[str, str]:
        calendar = self._house.city.calendar
        due = case.due_at
        drawn = {stage.id: stage.name for stage in entry.definition.facts.stages}
        stage = case.stage or ""
        return {
            "reference": case.reference,
            "service": entry.texts.say(language, "service", "title", default=case.service),
            "stage": entry.texts.name(language, "stages", stage, drawn.get(stage, "")) if stage else "",
            "due": format_date(calendar.on(due), "EEEE, d MMM y", locale=language) if due else "",
            "days": str(calendar.working_days_between(calendar.on(notice.at), calendar.on(due))) if due else "",
            "link": self._link(reads, notice, case),
            "office": self._office,
        }

    def _link(self, reads: Reads, notice: Waiting, case: Case) -> str:
        if notice.to != APPLICANT:
            return f"{self._base_url}/berkas/{case.reference}"
        nonce = reads.secrets(case.id).nonce
        return f"{self._base_url}/t/{keys.tracking_token(self._house.key, nonce)}"
