"""Verbs of the draft of a task's form: keeping what a colleague typed so far, wrong values included. Moves no case.

A draft belongs to its task: whoever holds that next goes on with it. Two pages that began with the same draft do not
write over each other: the second is told, and its text is on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from engine.errors import DraftMovedOn, NotFound, NotYours
from engine.forms import effective
from engine.house import TYPED, House
from engine.model import Actor, ActorKind, FieldProblem, Task, TaskDraft
from engine.roles import require_open
from engine.verbs.behalf import require_may_do
from engine.verbs.papers import Uploads, with_uploads
from engine.verbs.step import Step
from engine.verbs.tray import asks_papers, take_into_draft

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.model import Case
    from engine.store import Reads, Transaction


@dataclass(frozen=True, slots=True)
class Click:
    """Where something came from: the key of the page, and what stood on it.

    `seen`: the version of the draft; `brought`: the mark of what was taken along into the field.
    """

    page: str
    seen: int | None = None
    brought: str = ""


class TaskDrafting:
    """Keeps drafts of tasks. Part of the engine's front."""

    def __init__(self, house: House) -> None:
        self._house = house

    def save_task_draft(
        self, task_id: str, raw: Mapping[str, Any], uploads: Uploads, by: Actor, page: str, seen: int
    ) -> tuple[TaskDraft, tuple[FieldProblem, ...]]:
        """Keep what was typed, with the papers that were good; the rest of these is named.

        Raises NotFound, TaskGone, NotYours, TaskHeld, and DraftMovedOn when another page saved since version `seen`.
        """
        with self._house.store.write() as tx:
            case, task = tx.case_of_task_for_update(task_id), tx.task(task_id)
            if task is None:
                raise NotFound
            require_open(task)
            if by.kind is not ActorKind.STAFF:
                raise NotYours(task.role)
            require_may_do(self._house, tx, by, task, case)
            standing = require_known(self._house, tx, task, Click(page, seen))
            form = self._form_of(tx, case, task)
            taken, problems = self._papers(tx, case, task, form, uploads, by)
            typed = with_uploads(form.typed(raw), taken)
            if standing is None or standing.typed != typed or standing.by != by.id:
                standing = self._keep(tx, task, typed, by, page)
        return standing, tuple(problems)

    def _keep(self, tx: Transaction, task: Task, typed: dict[str, Any], by: Actor, page: str) -> TaskDraft:
        now = self._house.clock.now()
        kept = TaskDraft(task.id, task.case_id, task.drafted + 1, page, by.id, now, typed)
        keep_sealed(self._house, tx, kept)
        return kept

    def _form_of(self, tx: Transaction, case: Case, task: Task) -> Form:
        step = Step(self._house, tx, case, self._house.clock.now())
        return effective(step.entry.form(task.element), step.run.data_at(task.id), step.entry.forms)

    def _papers(
        self, tx: Transaction, case: Case, task: Task, form: Form, uploads: Uploads, by: Actor
    ) -> tuple[dict[str, Any], list[FieldProblem]]:
        if not asks_papers(form):
            return {}, []
        return take_into_draft(self._house, tx, case, task.id, form, uploads, by)


def require_known(house: House, reads: Reads, task: Task, click: Click) -> TaskDraft | None:
    """The standing draft of a task, opened. Raises DraftMovedOn when it is one that the page does not know."""
    standing = standing_draft(house, reads, task)
    if standing is not None and standing.version != click.seen and standing.page != click.page:
        raise DraftMovedOn(standing)
    return standing


def keep_sealed(house: House, tx: Transaction, draft: TaskDraft) -> None:
    """Keep what was typed in the place of the draft before, under the seal of its case."""
    house.own_seal(tx, draft.case_id)
    tx.keep_task_draft(replace(draft, typed=house.typed(tx.data_key(draft.case_id), draft.typed)))


def standing_draft(house: House, reads: Reads, task: Task) -> TaskDraft | None:
    """The draft of a task, opened; None when there is none."""
    kept = reads.task_draft(task.id) if task.drafted else None
    if kept is None:
        return None
    opened = house.opened(reads, task.case_id, kept.typed)
    return replace(kept, typed=opened.get(TYPED, opened))
