"""Who is told about a case: whoever asked, a proxy or the one they act for, and people who follow a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .actors import Actor, ActorKind


class PartyKind(StrEnum):
    APPLICANT = "pemohon"
    PROXY = "kuasa"
    """The other side of a *surat kuasa*: the proxy, or the one they act for. Holds a link and may answer."""
    FOLLOWER = "pengikut"
    """Follows somebody else's complaint: is told its stages and holds no link."""


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is told about a case, and where. The applicant's `id` is the case's; others have their own.

    `nonce` is what their link, codes and letters are derived from. An address confirmed at None may be a slip of the
    pen. `stopped_at`: wants no news of stages any more. As stored, addresses are sealed under the case's `data_key`;
    `House.party` opens them.
    """

    id: str
    case_id: str
    kind: PartyKind
    nonce: str
    secret_hash: str | None
    email: str
    phone: str
    language: str
    email_confirmed_at: datetime | None = None
    phone_confirmed_at: datetime | None = None
    stopped_at: datetime | None = None
    data_key: str = ""

    def __repr__(self) -> str:
        return f"Party({self.kind}, {self.id!r})"  # a log or a traceback must not name a person

    @property
    def holds_link(self) -> bool:
        return self.kind is not PartyKind.FOLLOWER

    @property
    def actor(self) -> Actor:
        """Who acts when this party does."""
        applies = self.kind is PartyKind.APPLICANT
        return Actor(ActorKind.CITIZEN, self.case_id, party="" if applies else self.kind)

    def confirmed(self, where: str) -> bool:
        """Whether this address of theirs was confirmed."""
        known = ((self.email, self.email_confirmed_at), (self.phone, self.phone_confirmed_at))
        return any(at is not None and address.casefold() == where.casefold() for address, at in known)


@dataclass(frozen=True, slots=True)
class Letter:
    """Something told to somebody who has no case: a way back to a draft, an answer to a text message.

    `draft_id` is empty for an answer. `used_by` is the key of the one request that used the way back.
    """

    id: str
    draft_id: str
    email: str
    phone: str
    language: str
    data_key: str
    where_hash: str
    nonce: str
    secret_hash: str | None
    added_at: datetime
    until_at: datetime
    used_at: datetime | None = None
    used_by: str | None = None

    def __repr__(self) -> str:
        return f"Letter({self.id!r})"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a case is compared by: the answers that must agree, the area, and a point if one was given."""

    same: str
    area: str
    latitude: float | None = None
    longitude: float | None = None
