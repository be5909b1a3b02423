"""What a diagram asked for, turned into rows: notices, permits, messages to other cases. Performs none of it.

Printing a permit, sending a mail and delivering a message happen after the commit, from the outbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from engine.model import PARTING, THE_CLOCK, Case, Effect, Notice, Outcome, Permit, PermitState
from engine.verbs.news import TELL_MERGED, with_news

if TYPE_CHECKING:
    from engine.house import House
    from engine.library import Entry
    from engine.store import Transaction

TO_CASE = "@case"
"""Addressee of a notice that is a message to another case; the outbox delivers it through the engine."""


def concluded(outcome: Outcome) -> str | None:
    """The last result word that the step gave the case, None when it gave none."""
    words = [e.arguments["outcome"] for e in outcome.effects if e.kind == "conclude"]
    return words[-1] if words else None


def rungs(outcome: Outcome) -> list[str]:
    """The roles that the step escalated to, in order."""
    return [e.arguments["to"] for e in outcome.effects if e.kind == "escalate"]


def store(
    house: House,
    tx: Transaction,
    entry: Entry,
    before: Case,
    case: Case,
    outcome: Outcome,
    now: datetime,
    send_at: datetime | None = None,
) -> None:
    """Put every effect of a step into the store, in the order the diagram asked for them.

    `send_at`: so long what is told is held, because the step can still be undone.
    """
    key = f"{case.id}:{case.revision}"
    asked = [notice for index, effect in enumerate(outcome.effects) if (notice := _notice(effect, f"{key}:{index}"))]
    for effect in outcome.effects:
        if effect.kind == TELL_MERGED:
            asked += _to_carried(tx, case, effect.arguments, key, now)
    drawn = entry.definition
    told_them = with_news(drawn.facts, drawn.elements, before, case, outcome, asked, key)
    tx.add_notices(case.id, told_them, now, send_at)
    told = [effect.arguments for effect in outcome.effects if effect.kind == "escalate"]
    late = before.due_at is not None and before.due_at <= now
    tx.add_escalations(
        case.id,
        [{"role": one["to"], "unit": one.get("unit"), "stage": case.stage, "late": late} for one in told],
        now,
    )
    for effect in outcome.effects:
        if effect.kind == "issue":
            _issue(house, tx, entry, case, effect.arguments, outcome, now)
        elif effect.kind == "permit_state":
            _set_state(tx, case, effect.arguments, now)


def _notice(effect: Effect, key: str) -> Notice | None:
    given = effect.arguments
    if effect.kind == "notify":
        return Notice(f"{key}:{given['to']}", given["to"], given["text"], given.get("unit"))
    if effect.kind == "escalate":
        return Notice(f"{key}:{given['to']}", given["to"], given.get("text", "eskalasi"), given.get("unit"))
    if effect.kind == "send":
        return _message(f"{key}:case", given["reference"], given)
    return None


def _message(key: str, reference: str, given: Mapping[str, Any]) -> Notice:
    """A message to a case, with whatever else the script gave along."""
    payload = {name: value for name, value in given.items() if name not in ("message", "reference")}
    return Notice(key, TO_CASE, given["message"], facts={"reference": reference, "payload": payload})


def _to_carried(tx: Transaction, case: Case, given: Mapping[str, Any], key: str, now: datetime) -> list[Notice]:
    """A message to every case that this one carries and that waits for it; parted ones go by themselves from now on."""
    message = given["message"]
    waiting = [one for one in tx.carried_by(case.id) if message in tx.waiting_messages(one.id)]
    for one in waiting if message == PARTING else ():
        tx.part(one.id, now, THE_CLOCK.id, "")
    return [_message(f"{key}:{one.id}", one.reference, given) for one in waiting]


def _issue(
    house: House, tx: Transaction, entry: Entry, case: Case, given: Mapping[str, Any], outcome: Outcome, now: datetime
) -> None:
    """Enter a permit. A second one of the same kind in a case is a correction: same number, next version."""
    kind = given["kind"]
    earlier = [permit for permit in tx.permits(case.id) if permit.kind == kind]
    on = house.city.calendar.on(now)
    if earlier:
        number, version = earlier[-1].number, max(p.version for p in earlier) + 1
        for permit in earlier:
            if permit.state is not PermitState.REPLACED:
                tx.set_permit_state(permit.number, permit.version, PermitState.REPLACED, now)
    else:
        series = f"{kind.upper()}-{on.year}"
        number, version = f"{kind.upper()}.{on.year}.{tx.next_number(f'permit:{series}'):05d}", 1
    holder = str(given.get("holder") or case.subject)
    facts = {"data": _plain(outcome.data), "holder": holder, "service": entry.definition.facts.id}
    until = valid_until(on, given)
    replaces = earlier[-1].number if earlier else None
    tx.add_permit(Permit(number, version, kind, case.id, PermitState.ACTIVE, now, until, facts, "", replaces))


def valid_until(on: date, given: Mapping[str, Any]) -> date | None:
    """Last day of validity from `until` (ISO date), `years` or `months`; None when the diagram names none.

    A month that lacks the day ends on its last day: 31 Aug + 6 months is 28 or 29 Feb.
    """
    if given.get("until"):
        return date.fromisoformat(str(given["until"])[:10])
    months = int(given.get("months", 0)) + 12 * int(given.get("years", 0))
    if not months:
        return None
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    for day in range(on.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return None


def _set_state(tx: Transaction, case: Case, given: Mapping[str, Any], now: datetime) -> None:
    """Change what is in force. What is so already keeps its day: suspended since it was, not since today."""
    state = PermitState(given["state"])
    told = {"by": str(given.get("by") or ""), "ground": str(given.get("ground") or "")}
    other = str(given.get("replaced_by") or "").strip().upper() or None
    for permit in tx.permits(case.id):
        if permit.state not in (PermitState.REPLACED, state):
            tx.set_permit_state(permit.number, permit.version, state, now, replaced_by=other, **told)


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if not key.startswith("_")}
