"""Asks for the digests: every morning for who wants one, and once a week for those who supervise. Writes no words.

A beat of the background. What a digest says is read when it is sent (`telling.digests`), so that its figures are those
of that instant; here only a notice is put into the outbox, whose key lets nobody have the same one twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from engine.house import House
from engine.model import Notice, Preferences, Told
from engine.roles import USER
from engine.texts import DAILY, WEEKLY

if TYPE_CHECKING:
    from engine.store import Reads, User

_DAY = "digest_on"
_WEEK = "digest_week"


class Digests:
    """Asks for digests. Any number may run on one store."""

    def __init__(self, house: House) -> None:
        self._house = house

    def ask_if_time(self) -> int:
        """Ask for what is due since the office opened today; how many. On a closed day, and a second time, for none.

        Whoever is away is told nothing of the day: what is due is on the lists of their substitutes, and in their mail.

        The week's is due on its first open day; one that nobody could ask for then is caught up with on the next.
        """
        now, calendar = self._house.clock.now(), self._house.city.calendar
        today = calendar.on(now)
        if not calendar.is_open(today) or now < calendar.opens_at(today):
            return 0
        with self._house.store.read() as reads:
            if reads.setting(_DAY) == today.isoformat():
                return 0
            weekly = reads.setting(_WEEK) != _week(today)
            notices = list(self._notices(reads, today, weekly=weekly))
        with self._house.store.write() as tx:
            tx.add_notices(None, notices, now)
            tx.set_setting(_DAY, today.isoformat())
            tx.set_setting(_WEEK, _week(today))
        return len(notices)

    def _notices(self, reads: Reads, today: date, *, weekly: bool) -> Iterator[Notice]:
        chosen = reads.all_preferences()
        away = {one.login for one in reads.absences(today) if one.lasts_on(today)}
        for user in reads.users():
            wants = chosen.get(user.login, Preferences(user.login))
            if user.active and user.login not in away and wants.told is Told.DAILY:
                yield Notice(f"{DAILY}:{user.login}:{today}", f"{USER}{user.login}", DAILY)
            if weekly and user.active and wants.weekly and self._supervises(user):
                yield Notice(f"{WEEKLY}:{user.login}:{_week(today)}", f"{USER}{user.login}", WEEKLY)

    def _supervises(self, user: User) -> bool:
        return any(post.role in self._house.city.supervising for post in user.posts)


def _week(on: date) -> str:
    """The week of a day, from Monday on: `2026-W48`."""
    year, week, _ = on.isocalendar()
    return f"{year}-W{week:02d}"
