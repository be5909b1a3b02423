"""What every verb needs at hand: the store, the shelf of process versions, the city, the clock, the papers, the key.

Put together once, in settings' wiring; a verb never builds any of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from engine import keys, sealing
from engine.forms import Form, FormContext, personal, value_at
from engine.library import Entry, Shelf
from engine.model import Actor, ActorKind, Case, Document, Json, Letter, Party
from engine.sealing import Seal

if TYPE_CHECKING:
    from engine.almanac import Almanac
    from engine.calendars import Calendar
    from engine.city import City
    from engine.clock import Clock
    from engine.documents import Archive
    from engine.store import Draft, Reads, Store, Transaction, User


Told = TypeVar("Told", Party, Letter)


@dataclass(frozen=True, slots=True)
class House:
    """The parts of one running installation. Safe to share between threads."""

    store: Store
    shelf: Shelf
    almanac: Almanac
    clock: Clock
    archive: Archive
    key: bytes
    upload_bytes: int

    @property
    def city(self) -> City:
        """The city as its files describe it, with the calendar as its orders have made it since."""
        return self.almanac.city

    def calendar_of(self, reads: Reads, case: Case) -> Calendar:
        """The calendar that a case's dates are worked out by: that of its own edition, also after it has ended."""
        return self.almanac.calendar(reads, case.calendar)

    def entry(self, reads: Reads, version: str) -> Entry:
        """A published version with its parsed diagram, from the cache or the store."""
        return self.shelf.entry(version, reads.version)

    def context(self, entry: Entry, data: Mapping[str, Any], documents: Mapping[str, Document]) -> FormContext:
        """What a form is checked against: the city's regions, the case's papers and its earlier answers."""
        return FormContext(
            regions=self.city.kelurahan,
            documents=documents,
            others=entry.forms,
            data=data,
            today=self.city.calendar.on(self.clock.now()),
        )

    def fresh_key(self) -> str:
        """A new data key for a draft or a case, as it is stored."""
        return sealing.fresh_key(sealing.master(self.key))

    def seal(self, data_key: str) -> Seal | None:
        """The same, None when there is no key (any more)."""
        return self.seal_under(data_key) if data_key else None

    def closed(self, form: Form, answers: Json, seal: Callable[[], Seal]) -> dict[str, Any]:
        """Accepted answers as they are stored and as diagrams see them: what tells who somebody is is sealed.

        What the case itself gave, for questions that are only shown, is sealed already.
        """
        shown = (name for name, part in form.schema.get("properties", {}).items() if part.get("readOnly"))
        return sealing.closed(answers, personal(form.schema, form.ui).difference(shown), seal)

    def opened(self, reads: Reads, case_id: str, data: Any) -> Any:
        """Data of a case with its seals opened, ERASED where it was erased. The key is read when it is needed."""
        return sealing.opened(data, lambda: self.seal(reads.data_key(case_id)))

    def parties(self, reads: Reads, case_id: str) -> tuple[Party, ...]:
        """Everybody who is told about a case, whoever asked first, with their addresses opened."""
        return tuple(self.addressed(party) for party in reads.parties(case_id))

    def party(self, reads: Reads, party_id: str) -> Party:
        """One of them by id. Raises NotFound."""
        return self.addressed(reads.party(party_id))

    def party_by_link(self, reads: Reads, token: str) -> Party:
        """One of them by the secret of their link. Raises NotFound."""
        return self.addressed(reads.party_by_secret(keys.hashed(token)))

    def addressed(self, told: Told) -> Told:
        """A party or a letter with its addresses opened. Empty what was not given or was erased."""
        seal = self.seal(told.data_key)
        return replace(told, email=_told(told.email, seal), phone=_told(told.phone, seal))

    def colleague(self, reads: Reads, user: User) -> Actor:
        """A member of staff as they may act now: with whom they stand in for today."""
        stands_in = reads.stands_in(user.login, self.city.calendar.on(self.clock.now()))
        return Actor(ActorKind.STAFF, user.login, user.name, user.posts, stands_in=stands_in)

    def draft(self, draft: Draft) -> Draft:
        """A draft with what was typed, which is stored under one seal."""
        return replace(
            draft, answers=sealing.opened(draft.answers.get(TYPED, draft.answers), lambda: self.seal(draft.data_key))
        )

    def typed(self, data_key: str, typed: Json) -> dict[str, Any]:
        """What was typed into a draft as it is stored: all of it under one seal, since nobody has judged it yet."""
        seal = self.seal(data_key)
        return {TYPED: seal.close(dict(typed))} if seal else dict(typed)

    def own_seal(self, tx: Transaction, case_id: str) -> Seal:
        """The seal of a case that is being moved; one from before answers were sealed is given its key now."""
        key = tx.data_key(case_id)
        if not key:
            tx.set_data_key(case_id, key := self.fresh_key())
        return self.seal_under(key)

    def seal_under(self, data_key: str) -> Seal:
        """What opens and closes under a stored data key. Raises SealBroken."""
        return Seal(sealing.unwrapped(sealing.master(self.key), data_key))


TYPED = "tersegel"
"""The name under which a draft holds what was typed, sealed."""


def _told(kept: str, seal: Seal | None) -> str:
    if not sealing.is_sealed(kept):
        return kept
    return str(seal.open(kept)) if seal else ""


def text_at(data: Mapping[str, Any], path: str) -> str:
    """The value at a path as text, empty when there is none."""
    found = value_at(data, path)
    return "" if found is None else str(found)
