"""Who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import Actor


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A member of staff with a session. `secret` only at sign-in: it goes into the cookie, its hash into the store."""

    actor: Actor
    csrf: str
    secret: str = ""
