"""Tells before a promise is missed: first the superior who can still help, then the citizen. Moves no promise.

A beat of the background, at most once an hour: looks at open cases that fall due within a few days, reckons each by
`promises.forecast`, and stores what it tells in the transaction of the case. A case that was late without a warning
gets an entry that says why none was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from engine.house import House
from engine.model import THE_CLOCK, Case, Notice, PromiseState
from engine.promises.forecast import Forecast, forecast
from engine.questions.reckoning import HORIZON_WORKING_DAYS, MEMORY, MOST_VISITS, ahead, usual_lengths
from engine.roles import APPLICANT
from engine.texts import AT_RISK, FORETOLD
from engine.verbs.news import to_rung
from engine.verbs.step import Step

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.library import Entry
    from engine.store import Forewarning, Transaction

EVERY = timedelta(hours=1)
MOST_CASES = 500
NEWS_WORKING_DAYS = 2
"""An estimate that moves by no more than this is not told again."""
LAST_DAY = 1.0
"""With no more working days left than this, the citizen is told at once."""
_LOOKED_AT = "forecast_at"
_log = structlog.get_logger()

Usual = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look told, in cases."""

    superiors: int = 0
    citizens: int = 0
    unforeseen: int = 0


class Forecasting:
    """Looks ahead. Any number may run on one store: what is told is decided while the case is locked."""

    def __init__(self, house: House) -> None:
        self._house = house

    def look_if_time(self) -> Looked | None:
        """Look, unless somebody did within the hour."""
        now, store = self._house.clock.now(), self._house.store
        with store.read() as reads:
            last = reads.setting(_LOOKED_AT)
        if last and now - datetime.fromisoformat(last) < EVERY:
            return None
        with store.write() as tx:
            tx.set_setting(_LOOKED_AT, now.isoformat())
        return self.look(datetime.fromisoformat(last) if last else None)

    def look(self, before: datetime | None = None) -> Looked:
        """Reckon every case that falls due soon and tell what there is to tell. `before` is when one last looked."""
        now, calendar = self._house.clock.now(), self._house.city.calendar
        with self._house.store.read() as reads:
            soon = reads.due_soon(calendar.plus_working_days(now, HORIZON_WORKING_DAYS), MOST_CASES)
            usual = usual_lengths(reads.ended_visits(now - MEMORY, MOST_VISITS), calendar) if soon else {}
        done = Looked()
        for case in soon:
            try:
                done = self._case(case.id, usual, done, before)
            except Exception as broken:
                _log.error("case not foretold", case_id=case.id, why=type(broken).__name__)
        return done

    def _case(self, case_id: str, usual: Usual, done: Looked, before: datetime | None) -> Looked:
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_if_free(case_id)
            if case is None or case.due_at is None or case.promise_state is not PromiseState.RUNNING:
                return done
            entry, told = self._house.entry(tx, case.version), tx.forewarnings(case.id)
            if case.due_at < now:
                return replace(done, unforeseen=done.unforeseen + self._unforeseen(tx, case, told, before))
            seen = self._reckoned(tx, case, entry, usual.get(case.service, {}), now)
            return done if seen is None else self._told(tx, case, entry, seen, told, done)

    def _reckoned(
        self, tx: Transaction, case: Case, entry: Entry, usual: Mapping[str, int], now: datetime
    ) -> Forecast | None:
        visits = tx.stage_visits(case.id)
        if not visits or case.due_at is None:
            return None
        calendar = self._house.calendar_of(tx, case)
        return forecast(ahead(entry, visits[-1].stage), visits[-1].began_at, case.due_at, usual, calendar, now)

    def _told(
        self, tx: Transaction, case: Case, entry: Entry, seen: Forecast, told: tuple[Forewarning, ...], done: Looked
    ) -> Looked:
        now, calendar = self._house.clock.now(), self._house.calendar_of(tx, case)
        last = next((one for one in reversed(told) if one.eased_at is None), None)
        if not seen.late:
            if last is not None and last.told_at is None:
                tx.set_forewarning(last.line, {"eased_at": now})
            return done
        if last is None or (last.told_at and _is_news(last, seen, calendar)):
            self._tell_superior(tx, case, entry, seen)
            done, last = replace(done, superiors=done.superiors + 1), tx.forewarnings(case.id)[-1]
        if last.told_at is None and (seen.left <= LAST_DAY or now >= _one_day_after(last.at, calendar)):
            self._tell_citizen(tx, case, last, seen)
            done = replace(done, citizens=done.citizens + 1)
        return done

    def _tell_superior(self, tx: Transaction, case: Case, entry: Entry, seen: Forecast) -> None:
        now, promise = self._house.clock.now(), entry.definition.facts.promises[0].id
        facts = {"stage": seen.slow, "estimate_on": seen.estimate_on.isoformat()}
        tx.add_forewarning(case.id, promise, seen.slow, seen.estimate_on, now)
        for rung in entry.definition.ladder[:1]:
            data, key = Step(self._house, tx, case, now).run.outcome().data, f"{case.id}:foretold:{now.isoformat()}"
            tx.add_notices(case.id, [to_rung(rung, data, f"{key}:{rung.role}", AT_RISK, facts)], now)
        tx.add_audit(case.id, now, THE_CLOCK, "foresee", "", facts)

    def _tell_citizen(self, tx: Transaction, case: Case, last: Forewarning, seen: Forecast) -> None:
        now = self._house.clock.now()
        facts = {"stage": seen.slow, "estimate_on": seen.estimate_on.isoformat()}
        tx.set_forewarning(last.line, {"told_at": now, "stage": seen.slow, "estimate_on": seen.estimate_on})
        tx.add_notices(case.id, [Notice(f"{case.id}:foretold:{last.line}", APPLICANT, FORETOLD, None, facts)], now)
        tx.add_audit(case.id, now, THE_CLOCK, "warn", "", facts)

    def _unforeseen(self, tx: Transaction, case: Case, told: tuple[Forewarning, ...], before: datetime | None) -> int:
        """Say once why a case became late without a warning; 0 when there was one, or it was said."""
        if any(one.told_at for one in told) or any(entry.verb == "unforeseen" for entry in tx.audit(case.id)):
            return 0
        started_at = max((line.at for line in tx.ledger(case.id)), default=case.started_at)
        why = "nobody_looked" if before is None or before < started_at else "seemed_in_time"
        tx.add_audit(case.id, self._house.clock.now(), THE_CLOCK, "unforeseen", "", {"why": why})
        return 1


def _is_news(last: Forewarning, seen: Forecast, calendar: Calendar) -> bool:
    return abs(calendar.working_days_between(last.estimate_on, seen.estimate_on)) > NEWS_WORKING_DAYS


def _one_day_after(at: datetime, calendar: Calendar) -> datetime:
    """When a superior has had a working day to act: as the office opens on the next open day."""
    return calendar.opens_at(calendar.next_open(calendar.on(at)))
