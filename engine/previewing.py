"""What would go out if a task were finished as its draft says: letters, mails, words. Sends, signs and stores nothing.

The draft is accepted by its form, the step is taken on a copy of the case, and what the diagram then asks for is drawn
by the same templates and texts as the real thing, marked as a preview and without a number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import structlog

from engine import roles
from engine.errors import NotFound
from engine.forms import effective
from engine.house import House
from engine.letter_facts import Issue, letter_facts, letter_files
from engine.letters import LetterFailed, pictured
from engine.model import Actor, Case, Outcome, Permit, PermitState
from engine.questions.foreseeing import ForeseeingQuestions, Trial
from engine.questions.looking import PAPER, Looking
from engine.questions.reading import said_to_citizen
from engine.verbs.conflicts import kept_out
from engine.verbs.effects import valid_until
from engine.verbs.papers import Papers
from engine.verbs.task_drafts import standing_draft
from engine.verbs.tray import papers_at_hand
from engine.views import Mail, Preview

if TYPE_CHECKING:
    from engine.store import Reads
    from engine.telling import Telling

MARK = "PRATINJAU"
_log = structlog.get_logger()


class Previewing:
    """Shows what a task would send out."""

    def __init__(self, house: House, base_url: str, telling: Telling) -> None:
        self._house = house
        self._base_url = base_url
        self._telling = telling
        self._ahead = ForeseeingQuestions(house)

    def preview(self, task_id: str, actor: Actor) -> Preview:
        """What finishing a task as its draft says would send out.

        Raises NotFound (also without a draft), NotYours, TaskHeld, AnswersRejected with every problem, and StepFailed.
        """
        with self._house.store.read() as reads:
            trial = self._ahead.trial(reads, task_id, actor)
            task, case, entry = trial.task, trial.held.case, trial.held.entry
            roles.require_may_complete(actor, task, kept_out(self._house, reads, task, case))
            answers = self._accepted(reads, trial, actor)
            tried = trial.step(answers, actor.id)
            after = trial.after(tried)
            asked = [effect.arguments for effect in tried.outcome.effects if effect.kind == "issue"]
            issues = [self._issue(reads, trial, after, tried.outcome, one) for one in asked]
            looking = Looking(self._house, reads, case, entry, actor)
        for issue in issues:
            looking.write(PAPER + issue.permit.kind)
        foreseen = trial.told(tried)
        return Preview(
            foreseen=foreseen,
            letters={issue.permit.kind: self._drawn(issue) for issue in issues},
            mails=tuple(Mail(*self._telling.draft(text, after, entry, foreseen.answer_by)) for text in foreseen.told),
            said=said_to_citizen(entry.form(task.element).ui, answers),
        )

    def _accepted(self, reads: Reads, trial: Trial, actor: Actor) -> dict[str, Any]:
        draft = standing_draft(self._house, reads, trial.task)
        if draft is None:
            raise NotFound
        entry, task = trial.held.entry, trial.task
        data = trial.data()
        form = effective(entry.form(task.element), data, entry.forms)
        papers = Papers(lambda: papers_at_hand(reads, task, actor.id))
        return form.accept(draft.typed, self._house.context(entry, data, papers))

    def _issue(self, reads: Reads, trial: Trial, after: Case, outcome: Outcome, given: Mapping[str, Any]) -> Issue:
        """The permit as it would be entered, but for its number."""
        case, kind = trial.held.case, given["kind"]
        earlier = tuple(one for one in reads.permits(case.id) if one.kind == kind)
        data = {name: value for name, value in outcome.data.items() if not name.startswith("_")}
        facts = {"data": data, "holder": str(given.get("holder") or case.subject), "service": case.service}
        until = valid_until(self._house.city.calendar.on(trial.now), given)
        permit = Permit(MARK, len(earlier) + 1, kind, case.id, PermitState.ACTIVE, trial.now, until, facts, "")
        plain = self._house.opened(reads, case.id, facts)
        return Issue(permit, after, trial.held.entry, earlier, reads.documents(case.id), plain)

    def _drawn(self, issue: Issue) -> tuple[bytes, ...]:
        files = letter_files(self._house, issue)
        facts = letter_facts(self._house, issue, self._base_url, MARK)
        try:
            return pictured(files[f"letters/{issue.permit.kind}.typ"], facts, files, MARK)
        except LetterFailed as failed:
            _log.error("letter not drawn", kind=issue.permit.kind, why=str(failed))
            return ()
