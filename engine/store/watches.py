"""Cases that members of staff follow. Knows not who may read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, delete, exists, func, select, update

from engine.model import ActorKind, Watch

from .base import Connected, columns, unless_there, values
from .columns import Instant
from .tables import audit, cases, watch

_ROW = columns(watch, Watch)
_OF = select(*_ROW).where(watch.c.login == bindparam("login"))
_ONE = _OF.where(watch.c.case_id == bindparam("case_id"))
_NEWS = (
    select(func.count())
    .select_from(watch)
    .where(
        watch.c.login == bindparam("login"),
        exists().where(
            audit.c.case_id == watch.c.case_id, audit.c.seq > watch.c.seen_seq, audit.c.actor != bindparam("own")
        ),
    )
)
_ADD = unless_there(watch)
_THIS = (watch.c.login == bindparam("of_login"), watch.c.case_id == bindparam("of_case"))
_SEEN = update(watch).where(*_THIS)
_DROP = delete(watch).where(*_THIS)
_DROP_OVER = delete(watch).where(
    exists().where(cases.c.id == watch.c.case_id, cases.c.ended_at < bindparam("before", type_=Instant()))
)


class WatchReads(Connected):
    """Questions about followed cases."""

    def watch(self, login: str, case_id: str) -> Watch | None:
        row = self._one(_ONE, login=login, case_id=case_id)
        return row and Watch(*row)

    def watches(self, login: str) -> tuple[Watch, ...]:
        """In the order in which they were begun."""
        return tuple(Watch(*row) for row in self._all(_OF.order_by(watch.c.since_at, watch.c.case_id), login=login))

    def watched_news(self, login: str) -> int:
        """How many of them others have moved since they were last looked at."""
        return int(self._value(_NEWS, login=login, own=f"{ActorKind.STAFF}:{login}"))


class WatchWrites(WatchReads):
    """Following cases."""

    def add_watch(self, wanted: Watch) -> None:
        """One that is there already stays as it was."""
        self._add(_ADD[self._dialect], [values(wanted)])

    def set_watch_seen(self, login: str, case_id: str, seq: int) -> None:
        self._change(_SEEN, of_login=login, of_case=case_id, seen_seq=seq)

    def drop_watch(self, login: str, case_id: str) -> bool:
        """False when there was none."""
        return self._change(_DROP, of_login=login, of_case=case_id) == 1

    def drop_watches_of_ended(self, before: datetime) -> int:
        """Of cases that ended before an instant. How many."""
        return self._change(_DROP_OVER, before=before)
