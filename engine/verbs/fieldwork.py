"""Verbs of people who come back from the field: what they hand in may come in pieces, late, and more than once."""

from __future__ import annotations

from engine.errors import DocumentRefused
from engine.model import Actor, FieldProblem
from engine.roles import require_open
from engine.verbs.behalf import require_may_do
from engine.verbs.step import Step
from engine.verbs.tray import take_in
from engine.verbs.working import Working


class Fieldwork(Working):
    """Takes in a task's papers one by one. Part of the engine's front."""

    def send_paper(self, task_id: str, field: str, name: str, content: bytes, by: Actor, key: str) -> str:
        """Lay one paper of a task's form into this person's tray and return its id; the same key again gives the same.

        A thick form over a thin line: each paper that arrived stays, until the form is finished with their ids.
        Raises NotFound, TaskGone, NotYours, TaskHeld, DocumentRefused.
        """
        known_as = f"{by.id}:{key}"
        with self._house.store.write() as tx:
            # Two tabs may send at once: the second waits here, and a phone's pictures are small.
            case = tx.case_of_task_for_update(task_id)
            task = self._task(tx, task_id)
            if known := tx.recall(known_as):
                return str(known[1]["document"])
            require_open(task)
            require_may_do(self._house, tx, by, task, case)
            form = self._form(Step(self._house, tx, case, self._house.clock.now()), task)
            taken, problems = take_in(self._house, tx, case, task_id, form, {field: [(name, content)]}, by)
            if field not in taken:
                raise _refused(field, name, problems)
            document = taken[field][-1] if isinstance(taken[field], list) else taken[field]
            tx.remember(known_as, "send_paper", {"document": document}, self._house.clock.now())
            return str(document)


def _refused(field: str, name: str, problems: list[FieldProblem]) -> DocumentRefused:
    """Why a paper was not taken; a field that asks for no paper takes none of any type."""
    if not problems:
        return DocumentRefused(field, name, "type")
    return DocumentRefused(field, name, problems[0].code.removeprefix("document."), problems[0].facts.get("limit", ""))
