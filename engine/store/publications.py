"""What was made public of cases, apart from the cases themselves: what is not here cannot be shown by mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, insert, select, update

from engine.model import Decision, PromiseState, ProposedRelease, Release
from engine.views import PlaceCount, PublicCase, PublicOrder, PublicState

from .base import Connected, columns, values, written
from .columns import Deadline
from .keyset import Keyset, cursor_after
from .lists import PublicFilter
from .tables import cases, proposed_release, publication, released

_P = publication.c
_NOW = bindparam("now", type_=Deadline())
_GOING = cases.c.ended_at.is_(None)
_LATE = and_(_GOING, cases.c.promise_state == PromiseState.RUNNING, cases.c.due_at < _NOW)
_STATES = {PublicState.GOING: _GOING, PublicState.LATE: _LATE, PublicState.ENDED: cases.c.ended_at.is_not(None)}
_KEYSETS = {
    PublicOrder.NEWEST: Keyset(_P.started_at, _P.case_id, newest_first=True),
    PublicOrder.OLDEST: Keyset(_P.started_at, _P.case_id),
}
_LINE = (
    *(cases.c[name] for name in ("reference", "service", "version", "stage")),
    _P.started_at,
    *(cases.c[name] for name in ("ended_at", "outcome", "due_at", "promise_state")),
    *(_P[name] for name in ("category", "place", "summary", "point", "photos", "released_at")),
)
_PUBLIC = (cases.c.id == _P.case_id, cases.c.confidential.is_(False))
_BY_REFERENCE = select(cases.c.id, *_LINE).where(*_PUBLIC, cases.c.reference == bindparam("reference"))
_PLACES = (
    select(_P.place, func.count(), func.count().filter(_GOING), func.count().filter(_LATE))
    .where(*_PUBLIC)
    .group_by(_P.place)
    .order_by(_P.place)
)
_RELEASES = (
    select(*columns(released, Release)).where(released.c.case_id == bindparam("case_id")).order_by(released.c.line)
)
_ADD = insert(publication)
_ADD_RELEASE = insert(released)
_RELEASE = update(publication).where(_P.case_id == bindparam("of_case"))
_POINTS = select(_P.case_id, _P.point).where(_P.case_id.in_(bindparam("case_ids", expanding=True)), _P.point != "")
_OUT = select(_P.case_id).where(_P.case_id == bindparam("case_id"), _P.released_at.is_not(None))
_PROPOSED = columns(proposed_release, ProposedRelease)
_PROPOSAL_OF = select(*_PROPOSED).where(proposed_release.c.case_id == bindparam("case_id"))
_PROPOSALS = (
    select(*_PROPOSED)
    .join(cases, cases.c.id == proposed_release.c.case_id)
    .where(cases.c.confidential.is_(False), proposed_release.c.decision == bindparam("decision"))
    .order_by(proposed_release.c.asked_at, proposed_release.c.case_id)
    .limit(bindparam("most"))
)
_PROPOSE = insert(proposed_release)
_DROP_PROPOSAL = delete(proposed_release).where(proposed_release.c.case_id == bindparam("of_case"))
_SEND_BACK = update(proposed_release).where(proposed_release.c.case_id == bindparam("of_case"))


class PublicationReads(Connected):
    """Questions about what is public. A confidential case is never in an answer."""

    def public_list(
        self, wanted: PublicFilter, now: datetime, cursor: str | None, limit: int
    ) -> tuple[tuple[PublicCase, ...], str | None]:
        """A page of the list, and the cursor of the next one."""
        keyset = _KEYSETS[wanted.order]
        statement = select(*_LINE, _P.case_id).where(*_PUBLIC, *_limits(wanted))
        rows = self._all(keyset.page(statement, cursor, limit), **_given(wanted, now))
        following = cursor_after([(row.started_at, row.case_id) for row in rows], limit)
        return tuple(PublicCase(*row[:-1]) for row in rows[:limit]), following

    def public_points(self, wanted: PublicFilter, now: datetime, limit: int) -> tuple[PublicCase, ...]:
        """The latest that have a released point."""
        statement: Select[Any] = select(*_LINE).where(*_PUBLIC, *_limits(wanted), _P.point != "")
        latest = statement.order_by(_P.started_at.desc(), _P.case_id.desc()).limit(limit)
        return tuple(PublicCase(*row) for row in self._all(latest, **_given(wanted, now)))

    def public_case(self, reference: str) -> tuple[str, PublicCase] | None:
        """The id and the public line of a case, as people type its reference; None when it has none."""
        row = self._one(_BY_REFERENCE, reference=written(reference))
        return row and (row[0], PublicCase(*row[1:]))

    def releases(self, case_id: str) -> tuple[Release, ...]:
        """Every version of what was made public, the oldest first."""
        return tuple(Release(*row) for row in self._all(_RELEASES, case_id=case_id))

    def released_points(self, case_ids: Sequence[str]) -> dict[str, str]:
        """The points that were released, by case; cases without one are left out."""
        return dict(self._all(_POINTS, case_ids=case_ids)) if case_ids else {}

    def is_public(self, case_id: str) -> bool:
        """Whether words or photos of a case stand before everybody now."""
        return self._value(_OUT, case_id=case_id) is not None

    def proposed_release(self, case_id: str) -> ProposedRelease | None:
        """What waits for a second person in a case, or what they sent back."""
        row = self._one(_PROPOSAL_OF, case_id=case_id)
        return row and ProposedRelease(*row)

    def proposed_releases(self, decision: Decision, limit: int) -> tuple[ProposedRelease, ...]:
        """Those that wait, or those that were sent back, the oldest first."""
        rows = self._all(_PROPOSALS, decision=decision, most=limit)
        return tuple(ProposedRelease(*row) for row in rows)

    def public_places(self, now: datetime) -> tuple[PlaceCount, ...]:
        return tuple(PlaceCount(*row) for row in self._all(_PLACES, now=now))


class PublicationWrites(PublicationReads):
    """Making public."""

    def announce(self, case_id: str, category: str, place: str, started_at: datetime) -> None:
        """From now on everybody can see that there is such a case; not a word that somebody typed."""
        row = {"case_id": case_id, "category": category, "place": place, "started_at": started_at}
        self._add(_ADD, [{**row, "summary": "", "point": "", "photos": [], "released_at": None}])

    def release(self, version: Release) -> bool:
        """Put this version in the place of what was public before; False for a case that was not announced."""
        public = {
            "summary": version.summary,
            "point": version.point,
            "photos": [one["document"] for one in version.photos],
            "released_at": None if version.taken_back else version.at,
        }
        if not self._change(_RELEASE, of_case=version.case_id, **public):
            return False
        self._add(_ADD_RELEASE, [values(version)])
        return True


class ProposalWrites(PublicationWrites):
    """What waits for a second person. The lock of the case keeps two who decide apart."""

    def propose_release(self, proposed: ProposedRelease) -> None:
        """In the place of whatever was proposed before."""
        self.drop_proposed_release(proposed.case_id)
        self._add(_PROPOSE, [values(proposed)])

    def drop_proposed_release(self, case_id: str) -> bool:
        """False when there was none."""
        return self._change(_DROP_PROPOSAL, of_case=case_id) == 1

    def send_back_release(self, case_id: str, answer: str, by: str, at: datetime) -> None:
        said = {"decision": Decision.REJECTED, "decided_by": by, "decided_at": at, "answer": answer}
        self._change(_SEND_BACK, of_case=case_id, **said)


def _limits(wanted: PublicFilter) -> list[ColumnElement[bool]]:
    limits = [] if wanted.state is None else [_STATES[wanted.state]]
    if wanted.place:
        # A kecamatan's code begins those of its kelurahan.
        limits.append(_P.place.startswith(wanted.place, autoescape=True))
    if wanted.category:
        limits.append(_P.category == wanted.category)
    return limits


def _given(wanted: PublicFilter, now: datetime) -> dict[str, datetime]:
    return {"now": now} if wanted.state is PublicState.LATE else {}
