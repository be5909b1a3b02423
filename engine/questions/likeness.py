"""Questions of somebody who is about to send a case: is there one like it already?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import AnswersRejected, NotFound
from engine.questions.asking import Asking
from engine.verbs.likeness import box, likeness_of, metres_between
from engine.views import Alike

if TYPE_CHECKING:
    from engine.model import Case, Likeness, Similar
    from engine.store import Reads

MOST = 5
"""Cases shown: the newest. Whoever reads more has stopped reading."""
LOOKED_AT = 50
"""Cases that are measured; more are of one place and kind, and the newest are the likeliest."""


class LikenessQuestions(Asking):
    """Answers without an account, so they say nothing that another person typed."""

    def alike(self, draft_token: str) -> tuple[Alike, ...]:
        """Open cases like a draft that could be sent, the newest first; none when it could not be sent yet.

        Never a confidential one. Raises NotFound.
        """
        with self._house.store.read() as reads:
            stored = reads.draft(keys.hashed(draft_token))
            version = reads.current(stored.service) if stored else None
            if stored is None or version is None:
                raise NotFound
            draft, entry = self._house.draft(stored), self._house.entry(reads, version)
            rule = entry.definition.facts.similar
            if rule is None:
                return ()
            papers = {paper.id: paper for paper in reads.draft_documents(keys.hashed(draft_token))}
            try:
                answers = entry.start_form.accept(draft.answers, self._house.context(entry, {}, papers))
            except AnswersRejected:
                return ()
            mine = likeness_of(rule, {entry.start_form.id: answers})
            return _found(reads, draft.service, rule, mine) if mine else ()


def near(rows: Iterable[tuple[Case, Likeness]], mine: Likeness, rule: Similar) -> Iterator[tuple[Case, Likeness]]:
    """Of cases in a square around those of the same area and those as near as the rule says, in their order."""
    for case, like in rows:
        if (like.area and like.area == mine.area) or _within(metres_between(mine, like), rule.metres):
            yield case, like


def _within(metres: float | None, most: int) -> bool:
    return metres is not None and metres <= most


def _told_to_strangers(reads: Reads, rows: Iterable[tuple[Case, Likeness]]) -> list[tuple[Case, Likeness]]:
    """The same with the points that were released in the place of those that were given.

    Whoever moves a draft about would else learn, answer by answer, where somebody lives.
    """
    found = list(rows)
    points = reads.released_points([case.id for case, _ in found])
    return [(case, _placed(like, points.get(case.id, ""))) for case, like in found]


def _placed(like: Likeness, point: str) -> Likeness:
    if not point:
        return replace(like, latitude=None, longitude=None)
    latitude, longitude = map(float, point.split(","))
    return replace(like, latitude=latitude, longitude=longitude)


def _found(reads: Reads, service: str, rule: Similar, mine: Likeness) -> tuple[Alike, ...]:
    rows = reads.cases_like(service, mine, box(mine, rule.metres), LOOKED_AT)
    return tuple(
        Alike(
            case.reference,
            case.version,
            case.started_at,
            case.stage or "",
            dict(zip(rule.same, like.same.split("\n"), strict=True)),
            like.area,
        )
        for case, like in islice(near(_told_to_strangers(reads, rows), mine, rule), MOST)
    )
