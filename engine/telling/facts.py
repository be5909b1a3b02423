"""What a notice may say of a case: number, service, stage, date and a link. Never a name, an address or an answer."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from string import Template
from typing import TYPE_CHECKING

from babel.dates import format_date

from engine import keys
from engine.model import Party, PromiseState
from engine.telling.way import way
from engine.texts import COMMON
from engine.verbs.news import ANSWER_BY

if TYPE_CHECKING:
    from engine.house import House
    from engine.library import Entry
    from engine.model import Case
    from engine.store import Waiting


class Facts:
    """Fills the placeholders of notices for one installation."""

    def __init__(self, house: House, base_url: str, office: str) -> None:
        self._house = house
        self._base_url = base_url.rstrip("/")
        self._office = office

    @property
    def key(self) -> bytes:
        return self._house.key

    def of(self, notice: Waiting, case: Case, entry: Entry, language: str, party: Party | None) -> dict[str, str]:
        """Every placeholder that a notice about a case may name; `party` None: a colleague reads it.

        The stage is the one the notice was written about, also when it is sent later.
        """
        due, calendar = case.due_at, self._house.city.calendar
        told = {
            "days": str(calendar.working_days_between(calendar.on(notice.at), calendar.on(due))) if due else "",
            "estimate": self._estimate(notice, language),
            "link": self._link(case, party),
            ANSWER_BY: self._told_day(notice, ANSWER_BY, language),
        }
        if entry.texts.mentions(language, notice.text, "way"):
            told["way"] = self._way(case, notice.at, language)
        if then := str(notice.facts.get("stage", "")):
            told["stage"] = self.stage(entry, language, then)
        return {**self.about(case, entry, language), **told}

    def unsent(self, case: Case, entry: Entry, language: str, answer_by: datetime | None) -> dict[str, str]:
        """The same for a notice that is not written yet. The link stays out: it is the applicant's key."""
        due, calendar = case.due_at, self._house.city.calendar
        today = calendar.on(self._house.clock.now())
        days = str(calendar.working_days_between(today, calendar.on(due))) if due else ""
        ahead = {
            "days": days,
            "estimate": "",
            "way": "",
            "link": self.url("t", "…"),
            ANSWER_BY: self.day(answer_by, language),
        }
        return {**self.about(case, entry, language), **ahead}

    def about(self, case: Case, entry: Entry, language: str) -> dict[str, str]:
        """What may be said of a case to anybody who knows of it."""
        return {
            "reference": case.reference,
            "service": entry.texts.say(language, "service", "title", default=case.service),
            "stage": self.stage(entry, language, case.stage or ""),
            "due": self.day(case.due_at, language),
            "office": self._office,
            "promise": self.promise(case, language),
            "next": self.next(case, entry, language),
            "site": self._base_url,
        }

    def _way(self, case: Case, at: datetime, language: str) -> str:
        with self._house.store.read() as reads:
            said = way(self._house, reads, case, at, partial(self.phrase, language))
        return f" {said}" if said else ""

    def _told_day(self, notice: Waiting, fact: str, language: str) -> str:
        """The day of an instant that stands in a notice's facts; empty where there is none."""
        told = notice.facts.get(fact)
        return self.day(datetime.fromisoformat(str(told)), language) if told else ""

    def _estimate(self, notice: Waiting, language: str) -> str:
        """The day a warning reckons with, in words; empty in any other notice."""
        told = notice.facts.get("estimate_on")
        return format_date(date.fromisoformat(str(told)), "EEEE, d MMM y", locale=language) if told else ""

    def stage(self, entry: Entry, language: str, stage: str) -> str:
        """A stage by its name; empty before the first."""
        drawn = {one.id: one.name for one in entry.definition.facts.stages}
        return entry.texts.name(language, "stages", stage, drawn.get(stage, "")) if stage else ""

    def day(self, at: datetime | None, language: str, pattern: str = "EEEE, d MMM y") -> str:
        """A day of the city in words; empty for none."""
        return format_date(self._house.city.calendar.on(at), pattern, locale=language) if at else ""

    def promise(self, case: Case, language: str, pattern: str = "EEEE, d MMM y") -> str:
        """One sentence about the promised date; empty when there is none any more."""
        if case.due_at:
            phrase = "late" if case.due_at < self._house.clock.now() else "due"
            return self.phrase(language, phrase, due=self.day(case.due_at, language, pattern))
        if case.promise_state is PromiseState.NOT_STARTED and case.outcome is None and case.ended_at is None:
            return self.phrase(language, "not_yet")
        return ""

    def next(self, case: Case, entry: Entry, language: str) -> str:
        """Whose turn it is when it is the applicant's, else the stage that comes after this one; empty at the end."""
        if case.applicant and case.outcome is None:
            return self.phrase(language, "turn")
        order = [stage.id for stage in entry.definition.facts.stages]
        ahead = order[order.index(case.stage) + 1 :] if case.stage in order and case.outcome is None else []
        return self.phrase(language, "after", stage=self.stage(entry, language, ahead[0])) if ahead else ""

    def phrase(self, language: str, name: str, **given: str) -> str:
        """One of the phrases that all services share."""
        return self.common(language, "phrases", name, **given)

    def common(self, language: str, *path: str, **given: str) -> str:
        """Any of the words that all services share, filled."""
        return Template(COMMON.say(language, *path)).safe_substitute(given)

    def url(self, *path: str) -> str:
        """A page of this installation."""
        return "/".join((self._base_url, *path))

    def _link(self, case: Case, party: Party | None) -> str:
        if party is None:
            return self.url("berkas", case.reference)
        if not party.holds_link:
            return self.url("laporan", case.reference)
        return self.url("t", keys.tracking_token(self.key, party.nonce))
