"""The outbox as rows: what is to be told, what is being tried, what was sent. Knows no channel and no address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update

from engine.model import Notice

from .base import Connected, columns, unless_there, values
from .columns import Deadline
from .figures import OutboxFigures
from .prepared import Prepared
from .rows import Waiting
from .tables import delivery, notice

_WAITING = columns(notice, Waiting)
_BY_KEY = select(*_WAITING).where(notice.c.key == bindparam("key"))
_OF_CASE = Prepared(
    select(*_WAITING).where(notice.c.case_id == bindparam("case_id")).order_by(notice.c.at, notice.c.key)
)
_UNSENT = notice.c.sent_at.is_(None)
_NEVER = bindparam("never", None, type_=Deadline())
_GIVEN_UP = notice.c.next_at == _NEVER
_DUE = (
    select(*_WAITING)
    .where(notice.c.next_at <= bindparam("now", type_=Deadline()))
    .order_by(notice.c.next_at, notice.c.at, notice.c.key)
    .limit(bindparam("most"))
)
_CLAIM = _DUE.with_for_update(skip_locked=True)
_FAILED = select(*_WAITING).where(_UNSENT, _GIVEN_UP).order_by(notice.c.at.desc()).limit(bindparam("most"))
_FIGURES = select(
    func.count().filter(notice.c.next_at < _NEVER),
    func.count().filter(_GIVEN_UP),
    func.min(notice.c.at).filter(notice.c.next_at < _NEVER),
).where(_UNSENT)
_DELIVERED = select(delivery.c.key).where(delivery.c.notice_key == bindparam("key"))
_ADD = unless_there(notice)
_SET = update(notice).where(notice.c.key == bindparam("of_key"))
_SET_UNSENT = _SET.where(_UNSENT)
_DROP_UNTRIED = delete(notice).where(notice.c.key == bindparam("of_key"), _UNSENT, notice.c.attempts == 0)
_ADD_DELIVERY = unless_there(delivery)
_OLD_LETTERS = (
    select(notice.c.key)
    .where(notice.c.case_id.is_(None), notice.c.at < bindparam("before", type_=notice.c.at.type))
    .scalar_subquery()
)
_DROP_OLD = (
    delete(delivery).where(delivery.c.notice_key.in_(_OLD_LETTERS)),
    delete(notice).where(notice.c.key.in_(_OLD_LETTERS)),
)


class NoticeReads(Connected):
    """Questions about the outbox."""

    def notice(self, key: str) -> Waiting | None:
        row = self._one(_BY_KEY, key=key)
        return row and Waiting(*row)

    def notices(self, case_id: str) -> tuple[Waiting, ...]:
        """All of a case, sent or not, in order of time."""
        return tuple(Waiting(*row) for row in self._all(_OF_CASE, case_id=case_id))

    def due_notices(self, now: datetime, limit: int) -> tuple[Waiting, ...]:
        return tuple(Waiting(*row) for row in self._all(_DUE, now=now, most=limit))

    def failed_notices(self, limit: int) -> tuple[Waiting, ...]:
        """Given up, newest first."""
        return tuple(Waiting(*row) for row in self._all(_FAILED, most=limit))

    def delivered(self, key: str) -> frozenset[str]:
        """Idempotency keys of the readers of a notice who have it already."""
        return frozenset(row[0] for row in self._all(_DELIVERED, key=key))

    def outbox_figures(self) -> OutboxFigures:
        row = self._one(_FIGURES)
        return OutboxFigures(*row) if row else OutboxFigures(0, 0, None)


class NoticeWrites(NoticeReads):
    """Changing the outbox."""

    def add_notices(
        self, case_id: str | None, notices: Iterable[Notice], at: datetime, send_at: datetime | None = None
    ) -> None:
        """To be sent from `send_at` on, else at once. A key that is there already is left: the same is told once.

        `case_id` None: they go to letters.
        """
        fresh = {"case_id": case_id, "at": at, "attempts": 0, "sent_at": None, "message": ""}
        fresh["next_at"] = send_at or at
        self._add(_ADD[self._dialect], [{**values(one), **fresh} for one in notices])

    def claim_notice(self, now: datetime, again_at: datetime) -> Waiting | None:
        """The next due notice, counted as tried and put off until `again_at`: whoever claims and dies loses nothing."""
        row = self._one(_CLAIM, now=now, most=1)
        if row is None:
            return None
        claimed = Waiting(*row)
        self._change(_SET, of_key=claimed.key, attempts=claimed.attempts + 1, next_at=again_at)
        return self.notice(claimed.key)

    def add_delivery(self, key: str, delivery_key: str, at: datetime) -> None:
        self._add(_ADD_DELIVERY[self._dialect], [{"key": delivery_key, "notice_key": key, "sent_at": at}])

    def drop_notice(self, key: str) -> None:
        """Take back what nobody has tried to send yet."""
        self._change(_DROP_UNTRIED, of_key=key)

    def notice_sent(self, key: str, at: datetime) -> None:
        self._change(_SET_UNSENT, of_key=key, sent_at=at, next_at=None, message="")

    def notice_failed(self, key: str, message: str, next_at: datetime | None) -> None:
        """`next_at` None: given up. `message` must not name a person."""
        self._change(_SET_UNSENT, of_key=key, message=message, next_at=next_at)

    def retry_notice(self, key: str, now: datetime) -> bool:
        """Try a notice that was given up afresh. False when it was sent or still waits."""
        again = _SET_UNSENT.where(_GIVEN_UP)
        return self._change(again, of_key=key, attempts=0, next_at=now) == 1

    def drop_letter_notices(self, before: datetime) -> None:
        """Forget what went to letters before an instant."""
        for statement in _DROP_OLD:
            self._change(statement, before=before)
