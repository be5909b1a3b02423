"""What a step of a diagram means for its promises: from shapes passed and tasks open to ledger lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from engine.model import Element, Entry, LedgerEntry, Outcome, ServiceFacts

from .counting import Account


def entries_for(
    facts: ServiceFacts,
    elements: Mapping[str, Element],
    outcome: Outcome,
    entries_so_far: Iterable[LedgerEntry],
    now: datetime,
    by: str,
) -> tuple[LedgerEntry, ...]:
    """The ledger lines that one step of a diagram means, in order. Asking again with them entered gives none.

    A step that both keeps a promise and concludes the case keeps it; one that concludes or ends the case without
    keeping it cancels what is still open.
    """
    before = tuple(entries_so_far)
    lines: list[LedgerEntry] = []
    for rule in facts.promises:
        lines += _lines(rule.id, Account(rule.id, before), elements, outcome, now, by)
    return tuple(lines)


def _lines(
    promise: str, account: Account, elements: Mapping[str, Element], outcome: Outcome, now: datetime, by: str
) -> Iterator[LedgerEntry]:
    for kind, element in _meant(promise, account, elements, outcome):
        line = LedgerEntry(promise, kind, now, by, element)
        account.enter(line)
        yield line


def _meant(
    promise: str, account: Account, elements: Mapping[str, Element], outcome: Outcome
) -> Iterator[tuple[Entry, str]]:
    """Kinds of line with the shape that causes each. The account has entered one before the next is asked for."""
    for passed in outcome.passed:
        element = elements.get(passed.element)
        if element and element.starts == promise and account.started is None:
            yield Entry.START, element.id
        if element and element.keeps == promise and account.open:
            yield Entry.KEEP, element.id
    if account.open and _is_over(outcome):
        yield Entry.CANCEL, ""
    if account.open:
        yield from _turns(promise, account, elements, outcome)


def _turns(
    promise: str, account: Account, elements: Mapping[str, Element], outcome: Outcome
) -> Iterator[tuple[Entry, str]]:
    waiting = (elements[task.element] for task in outcome.open if task.element in elements)
    pausing = next((element.id for element in waiting if element.pauses == promise), None)
    if pausing and account.pause is None:
        yield Entry.PAUSE, pausing
    if pausing is None and account.pause:
        yield Entry.RESUME, account.pause.element


def _is_over(outcome: Outcome) -> bool:
    return outcome.ended or any(effect.kind == "conclude" for effect in outcome.effects)
