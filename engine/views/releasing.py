"""What a coordinator is told who releases a complaint's words and photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.model import Case, Document, ProposedRelease, Release

from .published import PublicCase


class ReleaseState(StrEnum):
    """How far the release of a case is. What waits or was sent back may stand beside an earlier version that is out."""

    HIDDEN = "hidden"
    WAITING = "waiting"
    RETURNED = "returned"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the reporter's text; `kind` tells by which plain pattern it might name somebody, empty: by none."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDesk:
    """A complaint as it came and as everybody reads it. `proposed`: the text with every suggested passage covered.

    `names` are those of whoever released or decided, by login. `pending` waits for a second person (`may_confirm`: this
    one may be it) or came back from them; `pending_passages` are its words with what patterns still find in them.
    `second_look`: whether the city wants one.
    """

    case: Case
    public: PublicCase
    passages: tuple[Passage, ...]
    proposed: str
    point: str
    photos: tuple[Document, ...]
    history: tuple[Release, ...]
    names: Mapping[str, str]
    pending: ProposedRelease | None = None
    pending_passages: tuple[Passage, ...] = ()
    may_confirm: bool = False
    second_look: bool = False
