"""What a step tells the people of a case, beyond what its diagram says. Pure: notices in, notices out.

Every change of stage is told once: by the diagram's own notice to the applicant if the step has one, else in the
words that all services share. Each notice carries its weight, because somebody may have stopped the news.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from engine.model import Case, Notice, Outcome, ServiceFacts
from engine.roles import APPLICANT

FOLLOWERS = "pengikut"
"""Addressee of what people who follow a complaint are told."""
PARTY = "party:"
"""Prefix of a notice to one party alone, by its id."""
TELL_MERGED = "tell_merged"
"""The word by which a diagram sends a message to every case that its own one carries."""
ANSWERED_THERE = "answered_there"
"""The fact of a notice to followers whose step also told carried cases: their own diagrams tell their reporters."""
_RESULTS = frozenset({"conclude", "issue", "permit_state"})


class Weight(StrEnum):
    """How much a notice matters to whoever asked. Stopping silences NEWS only."""

    NEWS = "kabar"
    TURN = "giliran"
    RESULT = "hasil"


def with_news(
    facts: ServiceFacts, before: Case, after: Case, outcome: Outcome, asked: Sequence[Notice], key: str
) -> list[Notice]:
    """The notices a diagram asked for, weighed, and those about a new stage that it did not ask for."""
    weight = _weight(after, outcome)
    told = [_weighed(notice, weight) if notice.to == APPLICANT else notice for notice in asked]
    if after.stage in (None, before.stage) or not (facts.email or facts.phone):
        return told
    stage = {"stage": after.stage, "weight": weight}
    if all(notice.to != APPLICANT for notice in asked):
        told.append(Notice(f"{key}:tahap", APPLICANT, "tahap", facts=stage))
    if facts.similar:
        there = {ANSWERED_THERE: True} if any(effect.kind == TELL_MERGED for effect in outcome.effects) else {}
        told.append(Notice(f"{key}:diikuti", FOLLOWERS, "tahap_diikuti", facts=stage | there))
    return told


def _weight(after: Case, outcome: Outcome) -> Weight:
    if outcome.ended or any(effect.kind in _RESULTS for effect in outcome.effects):
        return Weight.RESULT
    return Weight.TURN if after.applicant else Weight.NEWS


def _weighed(notice: Notice, weight: Weight) -> Notice:
    return replace(notice, facts={**notice.facts, "weight": weight})
