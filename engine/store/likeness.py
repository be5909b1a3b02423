"""What cases are compared by, as rows: open cases like another. Knows no diagram and no distance but degrees."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, exists, insert, or_, select

from engine.model import Case, Likeness

from .base import Connected, columns, values
from .cases import CASE
from .prepared import Prepared
from .tables import cases, likeness, merger

_LIKENESS = columns(likeness, Likeness)
_NEAR = and_(
    likeness.c.latitude.between(bindparam("south"), bindparam("north")),
    likeness.c.longitude.between(bindparam("west"), bindparam("east")),
)
_LIKE = (
    select(*CASE, *_LIKENESS)
    .join_from(likeness, cases)
    .where(likeness.c.service == bindparam("service"), likeness.c.same == bindparam("same"))
    .where(or_(and_(likeness.c.area == bindparam("area"), likeness.c.area != ""), _NEAR))
    .where(cases.c.ended_at.is_(None), cases.c.outcome.is_(None), ~cases.c.confidential)
    .where(~exists().where(merger.c.case_id == cases.c.id, merger.c.parted_at.is_(None)))
    .order_by(cases.c.started_at.desc(), cases.c.id)
    .limit(bindparam("most"))
)
_BY_CASE = select(*_LIKENESS).where(likeness.c.case_id == bindparam("case_id"))
_ADD = Prepared(insert(likeness))
_WIDTH = len(CASE)


class LikenessReads(Connected):
    """Questions about cases like another."""

    def cases_like(
        self, service: str, like: Likeness, reach: tuple[float, float], most: int
    ) -> tuple[tuple[Case, Likeness], ...]:
        """Open cases that nothing carries, of the same area or within `reach` degrees up and across, newest first."""
        height, width = reach
        # Without a point the square lies where no point can be.
        latitude, longitude = (like.latitude, like.longitude) if like.latitude is not None else (999.0, 999.0)
        around = {"south": latitude - height, "north": latitude + height}
        around |= {"west": (longitude or 0) - width, "east": (longitude or 0) + width}
        rows = self._all(_LIKE, service=service, same=like.same, area=like.area, most=most, **around)
        return tuple((Case(*row[:_WIDTH]), Likeness(*row[_WIDTH:])) for row in rows)

    def likeness(self, case_id: str) -> Likeness | None:
        """What a case is compared by; None for one that is compared with nothing."""
        row = self._one(_BY_CASE, case_id=case_id)
        return row and Likeness(*row)


class LikenessWrites(LikenessReads):
    """Adding to it."""

    def add_likeness(self, case_id: str, service: str, like: Likeness) -> None:
        self._add(_ADD, [{"case_id": case_id, "service": service, **values(like)}])
