"""What failed and when it is tried again. One open incident per case and kind. Knows no cause and no schedule."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from engine.views import Incident

from .base import Connected
from .tables import cases, incident

_OPEN = incident.c.resolved_at.is_(None)
_ONE = (incident.c.case_id == bindparam("of_case"), incident.c.kind == bindparam("of_kind"), _OPEN)
_ALL = (
    select(
        incident.c.id,
        incident.c.case_id,
        cases.c.reference,
        *(incident.c[n] for n in ("kind", "element", "message", "attempts", "first_at", "next_at", "resolved_at")),
    )
    .join(cases, cases.c.id == incident.c.case_id)
    .order_by(incident.c.first_at, incident.c.id)
)
_UNRESOLVED = _ALL.where(_OPEN)
_OF_CASE = _ALL.where(incident.c.case_id == bindparam("case_id"))
_OPEN_ONE = _ALL.where(*_ONE)
_ADD = insert(incident)
_CHANGE = update(incident).where(*_ONE)
_BUMP = _CHANGE.values(attempts=incident.c.attempts + 1)
_RETRY = update(incident).where(incident.c.id == bindparam("of_id"), _OPEN)


class IncidentReads(Connected):
    """Questions about incidents, the oldest first."""

    def incidents(self) -> tuple[Incident, ...]:
        """Those not resolved."""
        return tuple(Incident(*row) for row in self._all(_UNRESOLVED))

    def incidents_of(self, case_id: str) -> tuple[Incident, ...]:
        """All of a case, resolved or not."""
        return tuple(Incident(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def open_incident(self, case_id: str, kind: str) -> Incident | None:
        row = self._one(_OPEN_ONE, of_case=case_id, of_kind=kind)
        return row and Incident(*row)


class IncidentWrites(IncidentReads):
    """Changing incidents."""

    def add_or_bump_incident(
        self, case_id: str, kind: str, element: str, message: str, now: datetime, next_at: datetime | None
    ) -> None:
        """One more failed try. `next_at` None: no further try by itself."""
        told = {"element": element, "message": message, "next_at": next_at}
        if self._change(_BUMP, of_case=case_id, of_kind=kind, **told):
            return
        one = {"id": uuid.uuid4().hex, "case_id": case_id, "kind": kind, "attempts": 1}
        self._add(_ADD, [{**one, **told, "first_at": now, "resolved_at": None}])

    def resolve_incident(self, case_id: str, kind: str, at: datetime) -> bool:
        """False when none was open."""
        return self._change(_CHANGE, of_case=case_id, of_kind=kind, resolved_at=at) == 1

    def retry_incident(self, incident_id: str, now: datetime) -> bool:
        """An operator has it tried at once. False when there is no such open incident."""
        return self._change(_RETRY, of_id=incident_id, next_at=now) == 1
