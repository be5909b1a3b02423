"""What services promise, and promised before: told from the diagrams that are and were in force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine.model import PromiseRule, ServiceFacts, Stage

from .public import ServicePage


@dataclass(frozen=True, slots=True)
class VersionInForce:
    """A version of a service from `since_at` on; `until_at` None: still. `role` put it into force; empty: unknown."""

    version: str
    since_at: datetime
    until_at: datetime | None
    role: str


@dataclass(frozen=True, slots=True)
class ServiceStep:
    """A stage with the roles of the office that work in it. `yours`: the applicant may be asked for something here."""

    stage: Stage
    roles: tuple[str, ...]
    yours: bool


@dataclass(frozen=True, slots=True)
class Standard:
    """A service as its diagram publishes it. `versions`: the present one first."""

    page: ServicePage
    steps: tuple[ServiceStep, ...]
    versions: tuple[VersionInForce, ...]


@dataclass(frozen=True, slots=True)
class RecordedPromise:
    """One promise in the register, from the version that first made it so until one that did not."""

    facts: ServiceFacts
    rule: PromiseRule
    version: str
    since_at: datetime
    until_at: datetime | None
    role: str

    def until(self, at: datetime) -> RecordedPromise:
        return replace(self, until_at=at)


@dataclass(frozen=True, slots=True)
class CaseRules:
    """The version a case keeps. `newer`: the promise of new cases, where its days differ; in force `newer_since_at`."""

    version: str
    since_at: datetime | None
    newer: PromiseRule | None
    newer_since_at: datetime | None
