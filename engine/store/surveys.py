"""Answers to the survey of satisfaction. Counted, never read one by one; knows no case."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from .base import Connected, unless_there, values
from .figures import Rated, SurveySums
from .tables import survey

_SCORES = tuple(survey.c[f"u{number}"] for number in range(1, 10))
_OF_SERVICE = (survey.c.service == bindparam("service"), survey.c.month >= bindparam("since"))
_GIVEN = select(survey.c.mark).where(survey.c.mark == bindparam("mark"))
_SUMS = select(func.count(), *(func.coalesce(func.sum(score), 0) for score in _SCORES)).where(*_OF_SERVICE)
_COMMENTS = (
    select(survey.c.month, survey.c.comment)
    .where(*_OF_SERVICE, survey.c.comment != "")
    .order_by(survey.c.month.desc(), survey.c.mark)
)
_ADD = {name: add.statement.returning(survey.c.mark) for name, add in unless_there(survey).items()}


class SurveyReads(Connected):
    """Questions about the survey. Months are written like `2026-11`."""

    def survey_given(self, mark: str) -> bool:
        return self._value(_GIVEN, mark=mark) is not None

    def survey_sums(self, service: str, since: str) -> SurveySums:
        """How many answered from that month on, and the sum of each element."""
        people, *sums = self._one(_SUMS, service=service, since=since) or (0,)
        return SurveySums(int(people), tuple(int(one) for one in sums))

    def survey_comments(self, service: str, since: str) -> tuple[tuple[str, str], ...]:
        """What people added in words, as (month, text), newest month first."""
        return tuple((row.month, row.comment) for row in self._all(_COMMENTS, service=service, since=since))


class SurveyWrites(SurveyReads):
    """Adding to the survey."""

    def add_survey(self, rated: Rated) -> bool:
        """False when this mark has answered before: nothing is changed then."""
        row = {name: value for name, value in values(rated).items() if name != "scores"}
        row |= {f"u{number}": score for number, score in enumerate(rated.scores, 1)}
        return self._value(_ADD[self._dialect], **row) is not None
