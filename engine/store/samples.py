"""Closed cases that chance chose to be looked at again. Chooses none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from engine.model import Draw, Sampled, Verdict

from .base import Connected, columns, unless_there, values
from .columns import Instant
from .tables import cases, closed_promise, draw, sample

_SAMPLED = columns(sample, Sampled)
_POPULATION = (
    select(closed_promise.c.case_id)
    .join(cases, cases.c.id == closed_promise.c.case_id)
    .where(
        closed_promise.c.service == bindparam("service"),
        closed_promise.c.promise == bindparam("promise"),
        closed_promise.c.closed_at >= bindparam("since", type_=Instant()),
        closed_promise.c.closed_at < bindparam("until", type_=Instant()),
        cases.c.confidential.is_(False),
    )
    .order_by(closed_promise.c.case_id)
)
_OF_CASE = select(*_SAMPLED).where(sample.c.case_id == bindparam("case_id"))
_SINCE = select(*_SAMPLED).where(sample.c.week_on >= bindparam("since_on", type_=sample.c.week_on.type))
_DRAWS = (
    select(*columns(draw, Draw))
    .where(draw.c.week_on >= bindparam("since_on", type_=draw.c.week_on.type))
    .order_by(draw.c.week_on.desc(), draw.c.service)
)
_ADD_DRAW = unless_there(draw)
_ADD = insert(sample)
_REVIEW = update(sample).where(sample.c.case_id == bindparam("of_case"), sample.c.verdict.is_(None))


class SampleReads(Connected):
    """Questions about samples."""

    def closed_between(self, service: str, promise: str, since: datetime, until: datetime) -> Sequence[str]:
        """Ids of the cases whose promise was closed in a time, in order; a confidential one is not among them."""
        given = {"service": service, "promise": promise, "since": since, "until": until}
        return [row[0] for row in self._all(_POPULATION, **given)]

    def sampled(self, case_id: str) -> Sampled | None:
        row = self._one(_OF_CASE, case_id=case_id)
        return row and Sampled(*row)

    def samples(self, since_on: date) -> tuple[Sampled, ...]:
        """Of the weeks from a Monday on, the latest week first."""
        order = (sample.c.week_on.desc(), sample.c.service, sample.c.case_id)
        return tuple(Sampled(*row) for row in self._all(_SINCE.order_by(*order), since_on=since_on))

    def draws(self, since_on: date) -> tuple[Draw, ...]:
        return tuple(Draw(*row) for row in self._all(_DRAWS, since_on=since_on))


class SampleWrites(SampleReads):
    """Keeping what was drawn and found."""

    def add_draw(self, drawn: Draw, chosen: Iterable[str]) -> bool:
        """False when somebody drew for this service and week before; nothing is added then."""
        if self._change(_ADD_DRAW[self._dialect], **values(drawn)) != 1:
            return False
        self._add(_ADD, [values(Sampled(case_id, drawn.service, drawn.week_on)) for case_id in chosen])
        return True

    def review_sample(self, case_id: str, verdict: Verdict, note: str, by: str, at: datetime) -> bool:
        """False when it was reviewed before."""
        return self._change(_REVIEW, of_case=case_id, verdict=verdict, note=note, by=by, reviewed_at=at) == 1
