"""What somebody is told of how we reach them: their addresses with the middle left out, and whether news goes there."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import PartyKind


@dataclass(frozen=True, slots=True)
class Contact:
    """One address: `channel` is `mail` or `text`; `masked` is enough to know one's own by."""

    channel: str
    masked: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """How one party of a case is reached. `by_proxy`: the case has another side of a *surat kuasa*."""

    kind: PartyKind
    contacts: tuple[Contact, ...]
    stopped: bool
    by_proxy: bool = False

    @property
    def unconfirmed(self) -> tuple[Contact, ...]:
        return tuple(contact for contact in self.contacts if not contact.confirmed)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a page behind a letter's link shows: which case, and how its reader is reached."""

    reference: str
    service: str
    language: str
    reach: Reach


@dataclass(frozen=True, slots=True)
class WayBack:
    """A link to go on with a draft. `service` is empty when the draft is gone; `leads`: it has not been used yet.

    `language` is the one in which it was begun; empty when the draft is gone.
    """

    service: str
    leads: bool
    language: str = ""
