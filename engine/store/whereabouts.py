"""Where the open work of a case lies and in whose hands, as conditions. The expression that groups is the one that
filters, so that a number and its list cannot part. Knows no state.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, select

from .lists import CaseFilter, Hands, Place
from .tables import cases, task

OFFICE = "kantor"
"""The office that signs: there lies the work of roles that sit in no unit."""
NOWHERE = "tanpa-tugas"
"""Cases of which nobody has a task: they wait for a timer or a message."""
NOBODY = "belum-diambil"
"""Instead of a login: work that nobody has taken."""

_OPEN = task.c.closed_at.is_(None)


def place_of(seats: tuple[tuple[str, str], ...]) -> ColumnElement[Any]:
    """The place of an open task: the unit it was given to, else where its role sits, else the office."""
    return case(
        (task.c.unit.is_not(None), task.c.unit), *((task.c.role == role, where) for role, where in seats), else_=OFFICE
    )


def by_place(seats: tuple[tuple[str, str], ...]) -> Select[Any]:
    """Every (place, case) with open work, once."""
    return select(place_of(seats).label("name"), task.c.case_id).where(_OPEN).distinct()


def by_hands() -> Select[Any]:
    """Every (login, case) with work that somebody holds, once."""
    return select(task.c.holder.label("name"), task.c.case_id).where(_OPEN, task.c.holder.is_not(None)).distinct()


def where_limits(wanted: CaseFilter) -> list[ColumnElement[bool]]:
    """What a filter asks of the open tasks of a case."""
    limits: list[ColumnElement[bool]] = []
    if wanted.place is not None:
        limits.append(_lies(wanted.place))
    if wanted.hands is not None:
        limits.append(_any_task(*_held(wanted.hands)))
    return limits


def _lies(place: Place) -> ColumnElement[bool]:
    return ~_any_task() if place.name == NOWHERE else _any_task(place_of(place.seats) == place.name)


def _any_task(*that: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(task.c.case_id == cases.c.id, _OPEN, *that)


def _held(hands: Hands) -> list[ColumnElement[bool]]:
    if hands.login is not None:
        return [task.c.holder == hands.login]
    return [task.c.holder.is_(None), task.c.role.not_in(sorted(hands.waiting))]
