"""What a step tells the people of a case, beyond what its diagram says. Pure: notices in, notices out.

Every change of stage is told once: by the diagram's own notice to the applicant if the step has one, else in the
words that all services share. Each notice carries its weight, because somebody may have stopped the news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from engine.forms import value_at
from engine.model import Case, Element, Json, Notice, Outcome, Rung, ServiceFacts, Timer
from engine.roles import APPLICANT

FOLLOWERS = "pengikut"
"""Addressee of what people who follow a complaint are told."""
PARTY = "party:"
"""Prefix of a notice to one party alone, by its id."""
TELL_MERGED = "tell_merged"
"""The word by which a diagram sends a message to every case that its own one carries."""
ANSWERED_THERE = "answered_there"
"""The fact of a notice to followers whose step also told carried cases: their own diagrams tell their reporters."""
ANSWER_BY = "answer_by"
"""The fact of a notice to the applicant that says until when they can answer what waits for them."""
_RESULTS = frozenset({"conclude", "issue", "permit_state"})


class Weight(StrEnum):
    """How much a notice matters to whoever asked. Stopping silences NEWS only."""

    NEWS = "kabar"
    TURN = "giliran"
    RESULT = "hasil"


def answer_by(elements: Mapping[str, Element], element: str, timers: Iterable[Timer]) -> datetime | None:
    """When the diagram takes a task away from the applicant: the interrupting timer on it or on its scope."""
    hosts = {element, elements[element].scope}
    limits = [
        timer.due_at
        for timer in timers
        if timer.due_at and elements[timer.element].interrupts and elements[timer.element].attached_to in hosts
    ]
    return min(limits, default=None)


def with_news(
    facts: ServiceFacts,
    elements: Mapping[str, Element],
    before: Case,
    after: Case,
    outcome: Outcome,
    asked: Sequence[Notice],
    key: str,
) -> list[Notice]:
    """The notices a diagram asked for, weighed, and those about a new stage that it did not ask for."""
    weight = _weight(after, outcome)
    more = {"weight": weight, **_answer_by(elements, outcome)}
    told = [replace(notice, facts={**notice.facts, **more}) if notice.to == APPLICANT else notice for notice in asked]
    if after.stage in (None, before.stage) or not (facts.email or facts.phone):
        return told
    stage = {"stage": after.stage, "weight": weight}
    if all(notice.to != APPLICANT for notice in asked):
        told.append(Notice(f"{key}:tahap", APPLICANT, "tahap", facts=stage))
    if facts.similar:
        there = {ANSWERED_THERE: True} if any(effect.kind == TELL_MERGED for effect in outcome.effects) else {}
        told.append(Notice(f"{key}:diikuti", FOLLOWERS, "tahap_diikuti", facts=stage | there))
    return told


def to_rung(rung: Rung, data: Json, key: str, text: str, facts: Json | None = None) -> Notice:
    """A notice to a rung of a case's ladder: to its role, in the unit that the case's data name."""
    unit = value_at(data, rung.unit_from)
    return Notice(key, rung.role, text, str(unit) if unit else None, facts or {})


def _weight(after: Case, outcome: Outcome) -> Weight:
    if outcome.ended or any(effect.kind in _RESULTS for effect in outcome.effects):
        return Weight.RESULT
    return Weight.TURN if after.applicant else Weight.NEWS


def _answer_by(elements: Mapping[str, Element], outcome: Outcome) -> Json:
    theirs = [one.element for one in outcome.open if elements[one.element].role == APPLICANT]
    limits = [limit for one in theirs if (limit := answer_by(elements, one, outcome.timers))]
    return {ANSWER_BY: min(limits).isoformat()} if limits else {}
