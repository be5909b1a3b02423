"""What a digest says: one's own work for the day, or a supervisor's week. Read when it is sent, from the same questions
as the pages; by reference and stage only, never by a name or an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from engine.channels import Address, Message
from engine.errors import NotFound
from engine.model import Actor
from engine.queries import Queries
from engine.roles import USER
from engine.texts import COMMON, DEFAULT, WEEKLY
from engine.views import CaseRow, Urgency, Work

if TYPE_CHECKING:
    from engine.house import House
    from engine.store import Reads, Waiting
    from engine.telling.facts import Facts

LINES = 10
"""Cases named in each part; a mail is read on a phone, the rest stands behind its link."""
Row = Work | CaseRow
_GAPS = re.compile(r"\n{3,}")
"""Where a list has no rows."""


class Digests:
    """Finds the reader and the words of a digest."""

    def __init__(self, house: House, facts: Facts) -> None:
        self._house = house
        self._facts = facts
        self._queries = Queries(house)

    def addresses(self, notice: Waiting) -> tuple[Address, ...]:
        """The mail of whoever it is for; none for who has nothing to read in it, or supervises no more."""
        with self._house.store.read() as reads:
            user = reads.user(notice.to.removeprefix(USER))
            actor = self._house.colleague(reads, user) if user else None
        if user is None or actor is None or not user.active or not user.email or not self._concerns(notice, actor):
            return ()
        return (Address("mail", user.email, DEFAULT),)

    def _concerns(self, notice: Waiting, actor: Actor) -> bool:
        """Whether there is anything to say. Asked apart from the words, which are not written twice."""
        if notice.text == WEEKLY:
            return bool(actor.roles & self._house.city.supervising)
        return bool(self._queries.worklist(actor, "saya").rows)

    def message(self, notice: Waiting, address: Address) -> Message:
        """The words, with the figures of this instant."""
        subject, body = COMMON.notice(address.language, notice.text, self._facts_of(notice))
        return Message(address, subject, _GAPS.sub("\n\n", body), notice.key)

    def _facts_of(self, notice: Waiting) -> dict[str, str]:
        """What the words of a digest name; empty when there is nothing to say."""
        with self._house.store.read() as reads:
            actor = self._actor(reads, notice.to.removeprefix(USER))
        return self._week(actor) if notice.text == WEEKLY else self._day(actor)

    def _day(self, actor: Actor) -> dict[str, str]:
        page, day = self._queries.worklist(actor, "saya"), self._queries.day(actor)
        if not page.rows:
            return {}
        count = page.counts["saya"]
        facts = {"count": str(count), "late": str(day.late), "lines": self._lines(page.rows, count)}
        return {**facts, **self._common(page.as_of)}

    def _week(self, actor: Actor) -> dict[str, str]:
        try:
            seen = self._queries.oversight(actor)
        except NotFound:
            return {}
        facts = {"waiting": str(seen.waiting), "waiting_lines": self._lines(seen.escalated, seen.waiting)}
        for name, state, count in (
            ("late", "terlambat", seen.late),
            ("at_risk", "mendekati", seen.at_risk),
            ("applicant", "menunggu", seen.applicant),
        ):
            rows, _total, _further = self._queries.cases(actor, state=state)
            facts |= {name: str(count), f"{name}_lines": self._lines(rows, count)}
        return {**facts, **self._common(seen.as_of)}

    def _common(self, at: datetime) -> dict[str, str]:
        local = at.astimezone(self._house.city.zone)
        return {"at": f"{self._facts.day(at, DEFAULT)}, {local:%H:%M} {local.tzname()}", "site": self._facts.url()}

    def _lines(self, rows: Iterable[Row], count: int) -> str:
        """One line for each of the first rows, and how many more there are."""
        said = [self._line(row) for row in list(rows)[:LINES]]
        more = [self._facts.phrase(DEFAULT, "digest_more", count=str(count - len(said)))] if count > len(said) else []
        return "\n".join((*said, *more))

    def _line(self, row: Row) -> str:
        case = row.case
        with self._house.store.read() as reads:
            entry = self._house.entry(reads, case.version)
        stage = self._facts.stage(entry, DEFAULT, case.stage or "")
        return self._facts.phrase(DEFAULT, "digest_line", left=self._left(row), reference=case.reference, stage=stage)

    def _left(self, row: Row) -> str:
        """The time left in words."""
        left = row.days_left
        if row.urgency is Urgency.APPLICANT:
            return self._facts.phrase(DEFAULT, "left_waits")
        if left is None:
            return self._facts.phrase(DEFAULT, "left_none")
        if left == 0:
            return self._facts.phrase(DEFAULT, "left_late_today" if row.urgency is Urgency.LATE else "left_today")
        return self._facts.phrase(DEFAULT, "left_late" if left < 0 else "left", days=str(abs(left)))

    def _actor(self, reads: Reads, login: str) -> Actor:
        """Whoever it is for, as if they had signed in now."""
        user = reads.user(login)
        if user is None:
            raise NotFound
        return self._house.colleague(reads, user)
