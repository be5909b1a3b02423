"""Rules for `janji:clarification`: what asks the applicant for more, and when asking needs a second person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.model import Basis

from .facts import Facts, declarations, role_of
from .graph import HUMAN, Node, Scope
from .notes import WHOLE, Notes, listed, meant, shown

APPLICANT = "pemohon"
_PERCENT = re.compile(r"[1-9]\d?|100")


def check_clarifications(process: Scope, nodes: Iterable[Node], facts: Facts, notes: Notes) -> None:
    """Each must speak of a promise and of tasks of the applicant, in numbers whose basis is known; one a promise."""
    known = {node.id: node for node in nodes}
    said = [dict(element.attrib) for name, element in declarations(process) if name == "clarification"]
    for one in said:
        _promise(one, said, process, facts, notes)
        _tasks(one, known, process, facts, notes)
        _numbers(one, process, notes)


def _promise(one: Mapping[str, str], said: list[dict[str, str]], process: Scope, facts: Facts, notes: Notes) -> None:
    promise = one.get("promise", "")
    if promise and promise not in facts.promise_ids:
        hint = meant(promise, facts.promise_ids)
        notes.error("unknown-promise", process.id, f"janji:clarification names “{shown(promise)}”, no promise{hint}")
    if sum(other.get("promise") == promise for other in said) > 1:
        notes.error("clarification-twice", process.id, f"one janji:clarification for “{shown(promise)}” is enough")


def _tasks(one: Mapping[str, str], known: Mapping[str, Node], process: Scope, facts: Facts, notes: Notes) -> None:
    asking, repeated = one.get("tasks", "").split(), one.get("repeats", "").split()
    for task in (*asking, *repeated):
        node = known.get(task)
        if node is None or node.kind not in HUMAN or role_of(node, facts) != APPLICANT:
            told = f"janji:clarification names “{shown(task)}”, which is no task of the applicant"
            notes.error("clarification-task", process.id, f"{told}{meant(task, known)}")
        elif task in repeated and (task in asking or node.janji("pauses") != one.get("promise")):
            told = f"“{shown(task)}” stands in repeats, so it must pause the same promise and not stand in tasks"
            notes.error("clarification-repeats", process.id, told)


def _numbers(one: Mapping[str, str], process: Scope, notes: Notes) -> None:
    late, days, basis = (one.get(name, "") for name in ("late_after", "pause_days", "basis"))
    if late and not _PERCENT.fullmatch(late):
        notes.error("clarification-late", process.id, f"“{shown(late)}” is no share of a budget; write 1 to 100")
    if days and not WHOLE.fullmatch(days):
        notes.error("clarification-pause", process.id, f"“{shown(days)}” is no number of days; write 1 to 9999")
    if basis and basis not in set(Basis):
        told = f"“{shown(basis)}” is no basis{meant(basis, Basis)}; known are {listed(Basis)}"
        notes.error("clarification-basis", process.id, told)
