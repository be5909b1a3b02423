"""What the store tells that is no noun of the whole house. Frozen; knows no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.model import Json, Post


class KeyTaken(Exception):
    """The request key was stored by someone else meanwhile. Let the transaction go and recall their result."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a case's link and code are derived from, and the hash that the code must match."""

    nonce: str
    code_hash: str


@dataclass(frozen=True, slots=True)
class Answered:
    """Accepted answers of one element; `round` counts from 1 within the case and element."""

    element: str
    answers: Json
    by: str
    at: datetime
    task_id: str | None
    round: int


@dataclass(frozen=True, slots=True)
class WorkDone:
    """One task that somebody finished."""

    case_id: str
    element: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StageVisit:
    stage: str
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Forewarning:
    """One warning that a promise may be missed. `at` the superior was told, `told_at` the citizen.

    `eased_at`: it looked better again before the citizen was told.
    """

    line: int
    promise: str
    stage: str
    estimate_on: date
    at: datetime
    told_at: datetime | None
    eased_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice in the outbox. `attempts` counts the tries begun; `next_at` None: sent, or given up when unsent.

    `case_id` None: it goes to a letter.
    """

    key: str
    case_id: str | None
    to: str
    text: str
    unit: str | None
    facts: Json
    at: datetime
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    message: str


@dataclass(frozen=True, slots=True)
class Draft:
    service: str
    language: str
    answers: Json
    data_key: str
    started_at: datetime
    saved_at: datetime
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A colleague. Not `active`: keeps the name in histories and cannot sign in. `given_at`: last given a task."""

    login: str
    name: str
    email: str
    password_hash: str
    active: bool
    posts: frozenset[Post]
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRow:
    login: str
    csrf: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """How long a case's audit chain is and its last hash, as repeated in the case."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class InForce:
    """A version that came into force, and by whom."""

    version: str
    since_at: datetime
    by: str
