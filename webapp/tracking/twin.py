"""The tracking page for programs: the same facts under stable English names, instants and days in ISO 8601.

Says nothing that the page does not say: no answers, no names of people, no tokens. `README.md` lists the fields.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from engine.model import DateMove, Permit, PromiseStanding, Spell
from engine.views import CarriedBy, Hop, StageRow, Tracking, Warned, Window
from webapp.frame.access import access, janji
from webapp.frame.filters import city_day
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import language
from webapp.tracking.history import Line, lines

pages = Blueprint("twin", __name__)


@pages.get("/t/<token>.json")
@access("token")
def tracking(token: str) -> Response:
    """A case for the program of whoever holds its link."""
    keep_to_oneself()
    return jsonify(as_json(janji().queries.tracking(token)))


def as_json(seen: Tracking) -> dict[str, Any]:
    """The facts of a tracking page. What is not known or not there is null, a list without entries is empty."""
    return {**_standing(seen), **_told(seen)}


def _standing(seen: Tracking) -> dict[str, Any]:
    """Where the case stands, until when, and whose turn it is."""
    case = seen.case
    return {
        "as_of": _at(seen.as_of),
        "reference": case.reference,
        "service": case.service,
        "state": seen.urgency.value,
        "stage": case.stage,
        "outcome": case.outcome,
        "started_at": _at(case.started_at),
        "ended_at": _at(case.ended_at),
        "promise": _promise(seen.promise),
        "moves": [_move(move) for move in seen.moves],
        "pauses": [_spell(spell) for spell in seen.spells],
        "stages": [_stage(row) for row in seen.stages],
        "turn": "applicant" if seen.task else "office" if seen.holder_role else None,
        "holder": {"role": seen.holder_role, "unit": seen.holder_unit},
        "wanted": [
            {"field": one.field, "title": one.title, "reason": f"{one.why(language())} {one.reason}".strip()}
            for one in seen.wanted
        ],
        "answer_by": _at(seen.task_due_at),
        "reply": seen.reason or None,
    }


def _told(seen: Tracking) -> dict[str, Any]:
    """What was said, done and issued, and what the applicant may do."""
    return {
        "warnings": [_warning(one) for one in seen.warnings],
        "pressed": [{"number": one.number, "at": _at(one.at), "to": list(one.to)} for one in seen.presses],
        "notes": [{"at": _at(note.at), "text": note.text} for note in seen.notes],
        "acts": [_window(window) for window in seen.windows],
        "permits": [_permit(permit) for permit in seen.permits],
        "carried_by": _main(seen.carried_by),
        "chain": [_hop(hop) for hop in seen.chain],
        "history": [_line(line) for line in lines(seen.history)],
        "linked": list(seen.linked),
    }


def _warning(one: Warned) -> dict[str, Any]:
    estimate_on = one.estimate_on.isoformat()
    return {"at": _at(one.at), "estimate_on": estimate_on, "stage": one.stage, "reason": one.reason or None}


def _permit(permit: Permit) -> dict[str, Any]:
    return {
        "number": permit.number,
        "version": permit.version,
        "state": permit.state.value,
        "issued_at": _at(permit.issued_at),
        "valid_until_on": permit.valid_until_on.isoformat() if permit.valid_until_on else None,
    }


def _line(line: Line) -> dict[str, Any]:
    return {"at": _at(line.at), "kind": line.kind, "element": line.element, "role": line.role or None, "to": line.to}


def _promise(promise: PromiseStanding | None) -> dict[str, Any] | None:
    if promise is None:
        return None
    return {
        "id": promise.rule.id,
        "state": promise.state.value,
        "budget": promise.budget,
        "unit": promise.rule.unit.value,
        "basis": promise.rule.basis.value,
        "source": promise.rule.source,
        "started_at": _at(promise.started_at),
        "due_at": _at(promise.due_at),
        "due_on": city_day(promise.due_at).isoformat() if promise.due_at else None,
        "closed_at": _at(promise.closed_at),
        "used": promise.used,
        "left": promise.left,
        "estimate": promise.estimate,
        "overdue": promise.overdue,
        "days": [
            {"on": day.on.isoformat(), "kind": day.kind.value, "name": day.name or None, "used": day.used}
            for day in promise.days
        ],
    }


def _move(move: DateMove) -> dict[str, Any]:
    return {
        "from_on": move.from_on.isoformat(),
        "to_on": move.to_on.isoformat(),
        "cause": move.cause.value,
        "element": move.element or None,
        "reason": move.reason or None,
        "by_role": move.by or None,
        "since": _at(move.since),
        "settled_at": None if move.goes_on else _at(move.at),
    }


def _spell(spell: Spell) -> dict[str, Any]:
    return {
        "cause": spell.cause.value,
        "since": _at(spell.since),
        "until": _at(spell.until),
        "element": spell.element or None,
        "reason": spell.reason or None,
        "by_role": spell.by or None,
    }


def _stage(row: StageRow) -> dict[str, Any]:
    return {
        "id": row.stage.id,
        "name": row.stage.name,
        "state": row.state.value,
        "target_on": row.due_on.isoformat() if row.due_on else None,
        "target_after_days": row.after_days,
        "began_at": _at(row.began_at),
        "ended_at": _at(row.ended_at),
        "office_days": row.ours,
        "applicant_days": row.theirs,
        "visits": row.visits,
        "late": row.late,
    }


def _main(main: CarriedBy | None) -> dict[str, Any] | None:
    if main is None:
        return None
    return {
        "reference": main.reference,
        "since": _at(main.since_at),
        "stage": main.stage,
        "outcome": main.outcome,
        "answers": [{"at": _at(at), "text": text} for at, text in main.answers],
    }


def _hop(hop: Hop) -> dict[str, Any]:
    return {
        "role": hop.role,
        "unit": hop.unit,
        "how": hop.how.value,
        "since": _at(hop.since_at),
        "until": _at(hop.until_at),
        "office_days": hop.days,
        "reason": hop.reason.choice if hop.reason else None,
    }


def _window(window: Window) -> dict[str, Any]:
    return {
        "act": window.act.value,
        "element": window.element or None,
        "open": window.closed is None,
        "closed_because": window.closed.value if window.closed else None,
        "until": _at(window.until),
        "at": _at(window.at),
    }


def _at(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
