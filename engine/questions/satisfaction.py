"""Questions about the survey of satisfaction: whether one may still answer it, and what all the answers come to."""

from __future__ import annotations

from engine import keys
from engine.errors import NotFound
from engine.model import Actor
from engine.questions.asking import Asking
from engine.questions.reading import month_before
from engine.satisfaction import ELEMENTS, grade, index, mean
from engine.views import ElementScore, Satisfaction, Survey, SurveyState

LEAST = 10
"""Fewer answers are not told: whose they are could be guessed."""
MONTHS = 12


class SatisfactionQuestions(Asking):
    """What people thought of a service, as numbers about many."""

    def survey(self, token: str) -> Survey:
        """The survey of the case behind a link. Raises NotFound."""
        with self._house.store.read() as reads:
            case = reads.case_by_secret(keys.hashed(token))
            if case is None:
                raise NotFound
            facts = self._house.entry(reads, case.version).definition.facts
            given = reads.survey_given(keys.survey_mark(self._house.key, case.id))
        if case.outcome is None:
            return Survey(case, facts, SurveyState.EARLY)
        return Survey(case, facts, SurveyState.GIVEN if given else SurveyState.OPEN)

    def satisfaction(self, service: str) -> Satisfaction:
        """The index of a service over the last twelve months, this one included."""
        today = self._house.city.calendar.on(self._house.clock.now())
        since, until = month_before(today, MONTHS - 1), month_before(today)
        with self._house.store.read() as reads:
            found = reads.survey_sums(service, since)
        if found.people < LEAST:
            return Satisfaction(service, found.people, LEAST, since, until)
        ikm = index(found.sums, found.people)
        scores = tuple(
            ElementScore(name, mean(total, found.people)) for name, total in zip(ELEMENTS, found.sums, strict=True)
        )
        return Satisfaction(service, found.people, LEAST, since, until, scores, ikm, grade(ikm))

    def survey_comments(self, service: str, actor: Actor) -> tuple[tuple[str, str], ...]:
        """What people added to their answers in the last twelve months. Raises NotFound unless one supervises."""
        self._require_supervisor(actor)
        today = self._house.city.calendar.on(self._house.clock.now())
        with self._house.store.read() as reads:
            return reads.survey_comments(service, month_before(today, MONTHS - 1))
