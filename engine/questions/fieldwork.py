"""Questions of people who work out in the field: their tasks there, and one of them with what they take along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.bringing import mark, picked
from engine.errors import NotFound
from engine.model import Actor
from engine.questions.asking import Held
from engine.questions.desks import DeskQuestions
from engine.questions.looking import Looking
from engine.questions.worklists import ListQuestions
from engine.store.lists import Tab, WorkFilter
from engine.views import AnsweredForm, FieldList, FieldTask

if TYPE_CHECKING:
    from engine.store import Reads

TAKEN = "lapangan"
"""What is looked at by taking a task along: it leaves the building."""
MOST = 200
"""Tasks of a list for the field: nobody has more before them than they can drive to."""


class FieldQuestions(DeskQuestions, ListQuestions):
    """Only a task whose diagram says what it brings is done in the field."""

    def field_list(self, actor: Actor) -> FieldList:
        """The tasks in the field that this person holds, and those they could take."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            beside = WorkFilter(beside=actor.stood_in_for)
            own = reads.worklist(actor.work_posts, actor.id, Tab.MINE, beside, None, MOST).rows
            group = reads.worklist(actor.work_posts, actor.id, Tab.ROLE, WorkFilter(), None, MOST).rows
            outside = {row.task.id for row in (*own, *group) if self._brings(reads, row.case.version, row.task.element)}
        free = (row for row in group if row.task.holder is None)
        return FieldList(
            tuple(self._work(row, now) for row in own if row.task.id in outside),
            tuple(self._work(row, now) for row in free if row.task.id in outside),
        )

    def field_task(self, task_id: str, actor: Actor) -> FieldTask:
        """A task with what is taken along. Written down as such. Raises NotFound as `desk`, and for work at a desk."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            task, held = self._task_at(reads, task_id, actor, now)
            brings = self._brings(reads, held.case.version, task.element)
            if not brings:
                raise NotFound
            looking = Looking(self._house, reads, held.case, held.entry, actor)
            desk = self._desk(reads, held, task, actor, looking, now)
            seen = "" if task.closed_at else mark(brings, self.sealed_for(reads, held, task, now))
        looking.write(TAKEN)
        needed = held.entry.form(task.element).needed()
        return FieldTask(desk, _brought(held, picked(brings, desk.form.shown)), seen, needed)

    def _brings(self, reads: Reads, version: str, element: str) -> tuple[str, ...]:
        return self._house.entry(reads, version).definition.elements[element].brings


def _brought(held: Held, answers: Mapping[str, Mapping[str, object]]) -> tuple[AnsweredForm, ...]:
    """Those answers as forms that ask nothing else."""
    return tuple(_only(held, form, dict(given)) for form, given in answers.items())


def _only(held: Held, name: str, given: dict[str, object]) -> AnsweredForm:
    form = held.entry.form(name)
    parts = form.schema.get("properties", {})
    schema = {**form.schema, "properties": {field: parts[field] for field in given if field in parts}}
    ui = {word: said for word, said in form.ui.items() if word in given}
    return AnsweredForm(name, schema, ui, given, "", held.case.started_at)
