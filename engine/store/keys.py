"""Small facts of the installation: request keys, number series, counted tries, settings. Knows no case."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.model import Json

from .base import Connected, replacing, unless_there
from .prepared import Prepared
from .rows import KeyTaken
from .tables import request_key, series, setting, throttle

_RECALL = Prepared(select(request_key.c.verb, request_key.c.result).where(request_key.c.key == bindparam("key")))
# RETURNING, because PostgreSQL's driver does not tell how many rows an INSERT left out
_REMEMBER = {
    name: Prepared(add.statement.returning(request_key.c.key)) for name, add in unless_there(request_key).items()
}
_FORGET = delete(request_key).where(request_key.c.at < bindparam("before", type_=request_key.c.at.type))
_NEXT = {
    name: Prepared(
        add(series)
        .values(last=1)
        .on_conflict_do_update(index_elements=["name"], set_={"last": series.c.last + 1})
        .returning(series.c.last)
    )
    for name, add in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_SETTING = Prepared(select(setting.c.value).where(setting.c.name == bindparam("name")))
_SET = replacing(setting, ["name"], ["value"])
_SINCE = throttle.c.at > bindparam("since", type_=throttle.c.at.type)
_TRIES = select(func.count()).select_from(throttle).where(throttle.c.key == bindparam("key"), _SINCE)
_ADD_TRY = insert(throttle)
_FORGET_TRIES = delete(throttle).where(throttle.c.key == bindparam("of_key"))
_FORGET_OLD_TRIES = _FORGET_TRIES.where(~_SINCE)
_FORGET_ALL_TRIES = delete(throttle).where(~_SINCE)


class KeyReads(Connected):
    """Questions about small facts."""

    def recall(self, key: str) -> tuple[str, Json] | None:
        """Verb and result stored under a request key."""
        row = self._one(_RECALL, key=key)
        return row and (row[0], row[1])

    def tries(self, key: str, now: datetime, window_s: int) -> int:
        """How many within the window, without counting one."""
        return int(self._value(_TRIES, key=key, since=now - timedelta(seconds=window_s)))

    def setting(self, name: str) -> str | None:
        found = self._value(_SETTING, name=name)
        return None if found is None else str(found)


class KeyWrites(KeyReads):
    """Changing small facts."""

    def remember(self, key: str, verb: str, result: Json, at: datetime) -> None:
        """Raises KeyTaken when the key is there, also by a request running at the same time: let go and recall."""
        if self._value(_REMEMBER[self._dialect], key=key, verb=verb, result=result, at=at) is None:
            raise KeyTaken(key)

    def forget_keys(self, before: datetime) -> int:
        return self._change(_FORGET, before=before)

    def next_number(self, name: str) -> int:
        """The next of a series, from 1. No gaps: a transaction let go gives its number back, others wait for it."""
        return int(self._value(_NEXT[self._dialect], name=name))

    def count_try(self, key: str, now: datetime, window_s: int) -> int:
        """Tries within the window, this one counted. Commit it by itself, or a refusal takes its own count back."""
        self._change(_FORGET_OLD_TRIES, of_key=key, since=now - timedelta(seconds=window_s))
        self._add(_ADD_TRY, [{"key": key, "at": now}])
        return self.tries(key, now, window_s)

    def forget_tries(self, key: str) -> None:
        self._change(_FORGET_TRIES, of_key=key)

    def forget_tries_before(self, before: datetime) -> int:
        return self._change(_FORGET_ALL_TRIES, since=before)

    def set_setting(self, name: str, value: str) -> None:
        self._change(_SET[self._dialect], name=name, value=value)
