"""Questions of whoever oversees the work of others: what is late, at risk, running, waiting, and where it lies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from engine.model import Actor
from engine.questions.reading import soon
from engine.questions.work_asked import PAGE
from engine.questions.worklists import ListQuestions
from engine.store import NOBODY
from engine.store.lists import CaseState, OversightRow, Tab, WhereRow, WorkFilter, WorkRow
from engine.views import Checked, Counted, Oversight, Where

if TYPE_CHECKING:
    from engine.store import Reads

FOUR = (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING, CaseState.APPLICANT)


class OversightQuestions(ListQuestions):
    """Answers for supervisors; each number is a list."""

    def oversight(self, actor: Actor) -> Oversight:
        """What is late, at risk, running, and waiting for applicants. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        with self._house.store.read() as reads:
            rows = reads.oversight(now, risk_until)
            mine = reads.worklist(actor.work_posts, actor.id, Tab.ROLE, WorkFilter(), None, PAGE)
            counts = reads.worklist_counts(actor.work_posts, actor.id) if mine.next_cursor else {}
            checks = self._checks(reads, mine.rows, actor)
            places = _where(reads.counts_by_place(now, risk_until, self._seats()))
            people = self._people(reads, reads.counts_by_hands(now, risk_until, self._citizens()))
        total = _counted({state: sum(row.counts[state] for row in rows) for state in FOUR})
        return Oversight(
            late=total.late,
            at_risk=total.at_risk,
            running=total.running,
            applicant=total.applicant,
            rows=tuple(_stage_counts(row) for row in rows),
            escalated=tuple(self._work(row, now) for row in mine.rows),
            checks=checks,
            waiting=counts.get(Tab.ROLE, len(mine.rows)),
            as_of=now,
            places=places,
            people=people,
        )

    def regions(self, actor: Actor) -> tuple[Where, ...]:
        """Open cases by kecamatan of their matter, in the order of the city's file.

        Confidential cases, and those without a place that the city knows, are in none. Raises NotFound unless one
        supervises.
        """
        self._require_supervisor(actor)
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            rows = reads.counts_by_region(now, soon(now, self._house.city.calendar))
        wholes = [region for region in self._house.city.regions.values() if region.level == "kecamatan"]
        within = {one.code: _sum(row for row in rows if (row.name or "").startswith(one.code)) for one in wholes}
        return tuple(Where(one.code, within[one.code], one.name) for one in wholes if within[one.code].any)

    def colleague(self, login: str, actor: Actor) -> str:
        """The name of a colleague, whose lists a supervisor looks at. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        with self._house.store.read() as reads:
            return reads.names([login]).get(login, login)

    def _checks(self, reads: Reads, rows: Iterable[WorkRow], actor: Actor) -> dict[str, Checked]:
        """By task what a second person looks at in it, where the diagram says that it is a check."""
        looks_at = {row.task.id: checks for row in rows if (checks := self._looks_at(reads, row))}
        asked = [row for row in rows if row.task.id in looks_at]
        done = reads.work_done([row.case.id for row in asked], {one for of in looks_at.values() for one in of})
        names = reads.names(one.by for one in done)
        return {
            row.task.id: Checked(one.element, names.get(one.by, one.by), one.at, one.by == actor.id)
            for row in asked
            for one in done
            if one.case_id == row.case.id and one.element in looks_at[row.task.id]
        }

    def _looks_at(self, reads: Reads, row: WorkRow) -> tuple[str, ...]:
        element = self._house.entry(reads, row.case.version).definition.elements.get(row.task.element)
        return element.checks if element else ()

    def _people(self, reads: Reads, rows: Iterable[WhereRow]) -> tuple[Where, ...]:
        found = [row for row in rows if _counted(row.counts).any]
        names = reads.names(row.name for row in found)
        return tuple(
            Where(row.name or NOBODY, _counted(row.counts), names.get(row.name or "", row.name or "")) for row in found
        )


def _where(rows: Iterable[WhereRow]) -> tuple[Where, ...]:
    return tuple(found for row in rows if (found := Where(row.name or "", _counted(row.counts))).counts.any)


def _stage_counts(row: OversightRow) -> tuple[str, str, int, int, int, int]:
    found = _counted(row.counts)
    return row.service, row.stage or "", found.late, found.at_risk, found.running, found.applicant


def _sum(rows: Iterable[WhereRow]) -> Counted:
    found = list(rows)
    return _counted({state: sum(row.counts[state] for row in found) for state in FOUR})


def _counted(counts: Mapping[CaseState, int]) -> Counted:
    return Counted(*(counts.get(state, 0) for state in FOUR))
