"""The tray: papers sent with the form of a task before its answers are accepted.

They are taken in first and by themselves, so that a form that comes back with a mistake still holds them, and so that
no case is locked while pictures are looked through. Accepting the answers moves them into the case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine import keys
from engine.model import Actor, ActorKind, FieldProblem
from engine.verbs.papers import Intake, Uploads

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.house import House
    from engine.model import Case, Document, Task
    from engine.store import Reads, Transaction


def tray_of(task_id: str, by: str) -> str:
    """The id of one person's tray for one task."""
    return keys.hashed(f"tray:{task_id}:{by}")


def draft_tray(task_id: str) -> str:
    """The id of the tray of a task's draft: it belongs to the task, so whoever holds that next finds the papers."""
    return tray_of(task_id, "")


def take_in(
    house: House, tx: Transaction, case: Case, task_id: str, form: Form, uploads: Uploads, by: Actor
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Put uploads into one's own tray; returns their ids by field, and what was wrong with the rest."""
    return _put(house, tx, case, task_id, tray_of(task_id, by.id), form, uploads, by)


def take_into_draft(
    house: House, tx: Transaction, case: Case, task_id: str, form: Form, uploads: Uploads, by: Actor
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """The same into the tray of the task's draft, with what lies in one's own already."""
    own, shared = tray_of(task_id, by.id), draft_tray(task_id)
    if tx.draft(own) is not None:
        _ready(house, tx, case, task_id, shared)
        tx.pass_documents(own, shared)
    return _put(house, tx, case, task_id, shared, form, uploads, by) if any(uploads.values()) else ({}, [])


def empty_into(tx: Transaction, case: Case, task: Task, form: Form, by: Actor) -> None:
    """Move what lies in the tray into the case and put the tray away. Forms without papers have none."""
    if not asks_papers(form):
        return
    for tray in (tray_of(task.id, by.id), *([draft_tray(task.id)] if task.drafted else ())):
        if tx.draft(tray) is not None:
            tx.move_documents(tray, case.id)
            tx.drop_draft(tray)


def _put(
    house: House, tx: Transaction, case: Case, task_id: str, tray: str, form: Form, uploads: Uploads, by: Actor
) -> tuple[dict[str, Any], list[FieldProblem]]:
    _ready(house, tx, case, task_id, tray)
    origin = "citizen" if by.kind is ActorKind.CITIZEN else "staff"
    return Intake(house, tx, {"draft_id": tray}, by.id, origin, house.clock.now()).papers(form, uploads)


def _ready(house: House, tx: Transaction, case: Case, task_id: str, tray: str) -> None:
    now = house.clock.now()
    if tx.draft(tray) is None:
        tx.add_draft(tray, case.service, case.language, now, tx.data_key(case.id))
    tx.save_draft(tray, {"task": task_id}, now)  # kept from housekeeping as long as somebody works on it


def papers_at_hand(reads: Reads, task: Task, by: str) -> tuple[Document, ...]:
    """The papers that an answer of this person may name: those of the case, of their tray, of the task's draft."""
    drafted = reads.draft_documents(draft_tray(task.id)) if task.drafted else ()
    return (*reads.documents(task.case_id), *reads.draft_documents(tray_of(task.id, by)), *drafted)


def asks_papers(form: Form) -> bool:
    """Whether any question of a form is answered with a paper."""
    specs = form.schema.get("properties", {}).values()
    return any((spec.get("items") or spec).get("format") == "document" for spec in specs)
