"""What a finished task leaves behind: its answers, its papers, what it makes public, and the step of its case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.forms import waived
from engine.verbs import publishing
from engine.verbs.step import Act, Step, fingerprint
from engine.verbs.tray import empty_into

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.house import House
    from engine.model import Actor, Case, Json, Task
    from engine.store import Transaction


def finish(
    house: House,
    tx: Transaction,
    step: Step,
    task: Task,
    form: Form,
    kept: Json,
    by: Actor,
    opened: Mapping[str, Any],
    facts: Json | None = None,
) -> Case:
    """Store a task that the step's run has completed. `kept` are its answers as stored, `opened` as people read."""
    tx.add_answers(task.case_id, task.id, task.element, kept, by.id, step.now)
    empty_into(tx, step.case, task, form, by)
    if task.drafted:
        tx.drop_task_draft(task.id)
    publishing.release(house, tx, step.entry.definition.facts, step.case, form, opened, by, step.now)
    said = {"task": task.id, "answers": fingerprint(kept), **(facts or {})}
    if titles := waived(form.schema, opened):
        said["waived"] = ", ".join(titles)
    return step.save(Act("complete", task.element, by, said))
