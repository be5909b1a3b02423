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
    from engine.model import Case
    from engine.store import Transaction


def tray_of(task_id: str, by: str) -> str:
    """The id of one person's tray for one task."""
    return keys.hashed(f"tray:{task_id}:{by}")


def take_in(
    house: House, tx: Transaction, case: Case, task_id: str, form: Form, uploads: Uploads, by: Actor
) -> tuple[dict[str, Any], list[FieldProblem]]:
    """Put uploads into the tray; returns their ids by field, and what was wrong with the rest."""
    tray, now = tray_of(task_id, by.id), house.clock.now()
    if tx.draft(tray) is None:
        tx.add_draft(tray, case.service, case.language, now, tx.data_key(case.id))
        tx.save_draft(tray, {"task": task_id}, now)
    origin = "citizen" if by.kind is ActorKind.CITIZEN else "staff"
    return Intake(house, tx, {"draft_id": tray}, by.id, origin, now).papers(form, uploads)


def empty_into(tx: Transaction, case: Case, task_id: str, form: Form, by: Actor) -> None:
    """Move what lies in the tray into the case and put the tray away. Forms without papers have none."""
    if not asks_papers(form):
        return
    tray = tray_of(task_id, by.id)
    if tx.draft(tray) is not None:
        tx.move_documents(tray, case.id)
        tx.drop_draft(tray)


def asks_papers(form: Form) -> bool:
    """Whether any question of a form is answered with a paper."""
    specs = form.schema.get("properties", {}).values()
    return any((spec.get("items") or spec).get("format") == "document" for spec in specs)
