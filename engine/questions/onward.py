"""The question that follows on finishing a task: which one now?"""

from __future__ import annotations

from engine.model import Actor
from engine.questions.worklists import ListQuestions
from engine.verbs.onward import doable
from engine.views import Work


class OnwardQuestions(ListQuestions):
    """Lists, and what stands first of all that one may do."""

    def next_work(self, actor: Actor) -> Work | None:
        """The most urgent task that this person may do now: theirs or nobody's. None: there is none."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            row = next(doable(self._house, reads, actor), None)
        return self._work(row, now) if row else None
