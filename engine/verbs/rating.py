"""The verb by which a citizen says what they thought of a service: once for each case, after its result, unnamed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import keys
from engine.errors import AnswersRejected, NotFound, WindowClosed
from engine.forms.masking import cover
from engine.house import House
from engine.model import FieldProblem
from engine.satisfaction import ELEMENTS, HIGHEST, LOWEST
from engine.store.figures import Rated

COMMENT = "saran"
LONGEST_COMMENT = 1000
_SCORES = {str(score): score for score in range(LOWEST, HIGHEST + 1)}


class Rating:
    """Takes the answers to the survey. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def rate(self, token: str, answers: Mapping[str, Any], key: str) -> None:
        """Take what somebody answered to the nine elements (`1` to `4` each) and, if they like, `saran` in words.

        Numbers and addresses in those words are covered: people write them although they are asked not to.

        The same key again changes nothing. Nothing is written into the case, not even into its audit: an entry beside
        an answer would tell whose it is. Raises NotFound, AnswersRejected with every problem, WindowClosed before there
        is a result and when it was answered before.
        """
        now = self._house.clock.now()
        with self._house.store.write() as tx:
            case = tx.case_by_secret(keys.hashed(token))
            if case is None:
                raise NotFound
            if case.outcome is None:
                raise WindowClosed("rate", "early")
            mark = keys.survey_mark(self._house.key, case.id)
            # Hashed: request keys have an instant, and a mark beside it would tell when this case answered.
            once = keys.hashed(f"{mark}:{key}")
            if tx.recall(once):
                return
            scores, comment = _accepted(answers)
            month = self._house.city.calendar.on(now).strftime("%Y-%m")
            if not tx.add_survey(Rated(mark, case.service, case.version, month, scores, comment)):
                raise WindowClosed("rate", "given")
            tx.remember(once, "rate", {}, now)


def _accepted(answers: Mapping[str, Any]) -> tuple[tuple[int, ...], str]:
    given = {name: str(answers.get(name, "")).strip() for name in (*ELEMENTS, COMMENT)}
    problems = [FieldProblem(name, "required") for name in ELEMENTS if given[name] not in _SCORES]
    if len(given[COMMENT]) > LONGEST_COMMENT:
        problems.append(FieldProblem(COMMENT, "maxLength", {"limit": LONGEST_COMMENT}))
    if problems:
        raise AnswersRejected(problems)
    return tuple(_SCORES[given[name]] for name in ELEMENTS), cover(given[COMMENT])
