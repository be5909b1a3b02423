"""Who is away, and who does their tasks meanwhile. Knows not what a substitute may."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.model import Absence, Post, StandIn

from .base import Connected, names, values
from .prepared import Prepared
from .tables import absence, substitute, user_account, user_post

_FIELDS = [name for name in names(Absence) if name != "substitutes"]
_ABSENCE = [absence.c[name] for name in _FIELDS]
_GOING = absence.c.ended_at.is_(None)
_ONE = select(*_ABSENCE).where(absence.c.id == bindparam("id"))
_SINCE = absence.c.last_on >= bindparam("since_on")
_ORDER = (absence.c.first_on, absence.c.id)
_AHEAD = select(*_ABSENCE).where(_GOING, _SINCE).order_by(*_ORDER)
_OF = _AHEAD.where(absence.c.login == bindparam("login"))
_STOOD_IN_BY = (
    select(*_ABSENCE)
    .join(substitute, substitute.c.absence_id == absence.c.id)
    .where(substitute.c.login == bindparam("login"), _GOING, _SINCE)
    .order_by(*_ORDER)
)
_SUBSTITUTES = (
    select(substitute.c.absence_id, substitute.c.login)
    .where(substitute.c.absence_id.in_(bindparam("ids", expanding=True)))
    .order_by(substitute.c.login)
)
_TODAY = (_GOING, absence.c.first_on <= bindparam("on"), absence.c.last_on >= bindparam("on"))
_STANDS_IN = Prepared(
    select(absence.c.login, user_account.c.name, absence.c.last_on)
    .join(substitute, substitute.c.absence_id == absence.c.id)
    .join(user_account, user_account.c.login == absence.c.login)
    .where(substitute.c.login == bindparam("login"), *_TODAY)
    .order_by(user_account.c.name, absence.c.login)
)
_COVERS = Prepared(
    select(absence.c.id)
    .join(substitute, substitute.c.absence_id == absence.c.id)
    .where(substitute.c.login == bindparam("login"), absence.c.login == bindparam("away"), *_TODAY)
)
_STAND_INS_OF = (
    select(substitute.c.login)
    .join(absence, absence.c.id == substitute.c.absence_id)
    .where(absence.c.login.in_(bindparam("logins", expanding=True)), *_TODAY)
    .distinct()
    .order_by(substitute.c.login)
)
_POSTS = select(user_post.c.login, user_post.c.role, user_post.c.unit).where(
    user_post.c.login.in_(bindparam("logins", expanding=True))
)
_ADD = insert(absence)
_ADD_SUBSTITUTES = insert(substitute)
_END = update(absence).where(absence.c.id == bindparam("of_id"), _GOING)
_DROP_SUBSTITUTES = delete(substitute).where(substitute.c.absence_id == bindparam("of_id"))
_DROP_SUBSTITUTE = delete(substitute).where(substitute.c.login == bindparam("of_login"))
_LONG_OVER = select(absence.c.id).where(
    or_(
        absence.c.last_on < bindparam("before_on"),
        absence.c.ended_at < bindparam("before", type_=absence.c.ended_at.type),
    )
)
_FORGET_SUBSTITUTES = delete(substitute).where(substitute.c.absence_id.in_(_LONG_OVER))
_FORGET = delete(absence).where(absence.c.id.in_(_LONG_OVER))


class AbsenceReads(Connected):
    """Questions about absences. What was ended early is in no list."""

    def absence(self, absence_id: str) -> Absence | None:
        return next(iter(self._whole(self._all(_ONE, id=absence_id))), None)

    def absences(self, since_on: date) -> tuple[Absence, ...]:
        """Everybody's that last on that day or later, the earliest first."""
        return self._whole(self._all(_AHEAD, since_on=since_on))

    def absences_of(self, login: str, since_on: date) -> tuple[Absence, ...]:
        """Those of one colleague."""
        return self._whole(self._all(_OF, login=login, since_on=since_on))

    def stood_in_by(self, login: str, since_on: date) -> tuple[Absence, ...]:
        """Those in which a colleague is a substitute."""
        return self._whole(self._all(_STOOD_IN_BY, login=login, since_on=since_on))

    def stands_in(self, login: str, on: date) -> tuple[StandIn, ...]:
        """For whom a colleague works on a day, by name; nearly always nobody, and then it is one statement."""
        rows = self._all(_STANDS_IN, login=login, on=on)
        posts: defaultdict[str, set[Post]] = defaultdict(set)
        for away, role, unit in self._all(_POSTS, logins=[row[0] for row in rows]) if rows else ():
            posts[away].add(Post(role, unit or None))
        return tuple(StandIn(away, name, frozenset(posts[away]), last_on) for away, name, last_on in rows)

    def stand_ins_of(self, logins: Collection[str], on: date) -> tuple[str, ...]:
        """Who works for any of these colleagues on a day."""
        return tuple(row[0] for row in self._all(_STAND_INS_OF, logins=list(logins), on=on)) if logins else ()

    def covers(self, login: str, away: str, on: date) -> bool:
        """Whether a colleague stands in for another on a day."""
        return self._value(_COVERS, login=login, away=away, on=on) is not None

    def _whole(self, rows: Sequence[Any]) -> tuple[Absence, ...]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for absence_id, login in self._all(_SUBSTITUTES, ids=[row.id for row in rows]) if rows else ():
            found[absence_id].append(login)
        return tuple(replace(Absence(*row), substitutes=tuple(found[row.id])) for row in rows)


class AbsenceWrites(AbsenceReads):
    """Changing absences."""

    def add_absence(self, entered: Absence) -> None:
        row = values(entered)
        self._add(_ADD, [{name: row[name] for name in _FIELDS}])
        self._add_substitutes(entered.id, entered.substitutes)

    def end_absence(self, absence_id: str, at: datetime) -> bool:
        """False when it was ended already."""
        return self._change(_END, of_id=absence_id, ended_at=at) == 1

    def set_substitutes(self, absence_id: str, logins: Iterable[str]) -> None:
        """These are all of them from now on."""
        self._change(_DROP_SUBSTITUTES, of_id=absence_id)
        self._add_substitutes(absence_id, logins)

    def drop_substitute(self, login: str) -> None:
        """A colleague stands in for nobody any more."""
        self._change(_DROP_SUBSTITUTE, of_login=login)

    def forget_absences(self, before_on: date, before: datetime) -> int:
        """Those that were over before a day, or ended before an instant. How many."""
        given = {"before_on": before_on, "before": before}
        self._change(_FORGET_SUBSTITUTES, **given)
        return self._change(_FORGET, **given)

    def _add_substitutes(self, absence_id: str, logins: Iterable[str]) -> None:
        rows = [{"login": login, "absence_id": absence_id} for login in dict.fromkeys(logins)]
        self._add(_ADD_SUBSTITUTES, rows)
