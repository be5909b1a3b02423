"""Where a case stands in its diagram, as a picture and as a list to read: for the case file and for its tasks."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Blueprint, render_template, url_for
from markupsafe import Markup

from engine.views import CaseFile, Desk
from webapp.drawings.diagram import Captions, Journey, draw
from webapp.drawings.outline import Step, outline
from webapp.frame.access import access, actor, janji
from webapp.frame.words import say as _
from webapp.staff.names import names

pages = Blueprint("journeys", __name__)


@pages.get("/tugas/<task_id>/alur")
@access("staff")
def of_task(task_id: str) -> Any:
    """The way of the case with the present step marked, what is open with its dates, and the picture of it."""
    desk: Desk = janji().queries.desk(task_id, actor())
    file: CaseFile = janji().queries.case_file(desk.case.reference, actor())
    svg, steps = drawn(file)
    due = {task.element: task.due_at for task in file.open if task.due_at}
    return render_template("staff/journey.html", desk=desk, svg=svg, steps=steps, due=due)


def drawn(file: CaseFile) -> tuple[Markup, tuple[Step, ...]]:
    """The picture of a case's diagram and the same as a list; open tasks lead to their desks."""
    captions = Captions(
        title=_("Alur %(service)s", service=file.facts.name),
        say=_,
        names=partial(names().translated, file.case.version),
        link={task.element: url_for("inbox.desk", task_id=task.id) for task in file.open}.get,
    )
    journey = Journey(file.at, file.been)
    return draw(file.drawing, captions, journey), outline(file.drawing, captions, journey)
