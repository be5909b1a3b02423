"""What the city holds of a person, for whoever holds the link of their case."""

from __future__ import annotations

from dataclasses import replace

from engine import keys
from engine.forms import personal
from engine.questions.asking import Asking
from engine.questions.sight import WHOLE
from engine.verbs.erasing import keeping_of, rule_today
from engine.views import OwnData


class OwnDataQuestions(Asking):
    """Whether a link is enough is the page's affair: values are shown only after the code."""

    def own_data(self, token: str) -> OwnData:
        """What is held of the citizen whose tracking token this is. Raises NotFound."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_secret(keys.hashed(token)), now)
            case = held.case
            start = held.entry.definition.facts.start_form
            given = [one for one in self._answered(reads, held, {}, WHOLE) if one.by == case.id or one.element == start]
            papers = [one for one in reads.documents(case.id) if one.origin in ("citizen", "issued")]
            return OwnData(
                case=case,
                facts=replace(held.entry.definition.facts, retention=rule_today(self._house, reads, case.service)),
                answered=tuple(given),
                sealed={one.element: personal(one.schema, one.ui) for one in given},
                documents=tuple(papers),
                looks=tuple(replace(look, login="") for look in reads.looks(case.id)),
                keeping=keeping_of(self._house, reads, case),
                asked_at=reads.erasure_asked_at(case.id),
                as_of=now,
            )
