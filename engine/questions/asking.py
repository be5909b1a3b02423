"""What every question shares: reading a case with its version, promises, papers and the names of who acted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from engine.bpmn.run import Run
from engine.bpmn.words import Words
from engine.errors import NotFound
from engine.forms import cover, effective, identity
from engine.house import House
from engine.model import ERASED, UNREADABLE, Actor, ActorKind, Case, Document, Json, LedgerEntry, PromiseStanding, Task
from engine.promises import Ledgers, standing
from engine.questions.reading import said_to_all, stage_rows
from engine.questions.sight import Sight
from engine.roles import APPLICANT, may_work
from engine.sealing import opened
from engine.verbs.tray import papers_at_hand
from engine.views import AnsweredForm, StageRow

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Answered, Reads


@dataclass(frozen=True, slots=True)
class Held:
    """A case as read in one transaction, with what nearly every page of it needs."""

    case: Case
    entry: Entry
    ledger: tuple[LedgerEntry, ...]
    promises: tuple[PromiseStanding, ...]
    open: tuple[Task, ...]

    @property
    def promise(self) -> PromiseStanding | None:
        return self.promises[0] if self.promises else None


class Asking:
    """Base of all questions: the house, and the readers they share."""

    def __init__(self, house: House) -> None:
        self._house = house

    def hold(self, reads: Reads, case: Case | None, now: datetime) -> Held:
        if case is None:
            raise NotFound
        entry = self._house.entry(reads, case.version)
        ledger = reads.ledger(case.id)
        calendar = self._house.calendar_of(reads, case)
        promises = tuple(standing(rule, ledger, calendar, now) for rule in entry.definition.facts.promises)
        return Held(case, entry, ledger, promises, tuple(reads.open_tasks(case.id)))

    def _in_force(self, reads: Reads, service: str) -> Entry:
        """The version under which new cases of a service start. Raises NotFound."""
        version = reads.current(service)
        if version is None:
            raise NotFound
        return self._house.entry(reads, version)

    def _offered(self, reads: Reads) -> list[str]:
        """The ids of the services in force, in the order of the city's file; one that is not named there comes last."""
        named, known = self._house.city.services, set(reads.services())
        return [service for service in named if service in known] + sorted(known - set(named))

    def _unit_of(self, task: Task | None) -> str | None:
        """Where a task lies: in the unit it was given to, else where its role sits; None: the office that signs."""
        if task is None:
            return None
        role = self._house.city.roles.get(task.role)
        return task.unit or (role.unit if role else "") or None

    def _seats(self) -> tuple[tuple[str, str], ...]:
        """By role the place of work that was given to no unit; that of applicants is a place of its own."""
        roles = self._house.city.roles.values()
        return tuple((role.id, role.id if role.citizen else role.unit) for role in roles if role.citizen or role.unit)

    def _citizens(self) -> frozenset[str]:
        """The roles that are no colleague's."""
        return frozenset(role.id for role in self._house.city.roles.values() if role.citizen)

    def _identities(self, held: Held, data: Json) -> list[str]:
        """The answers that tell who somebody is, as texts to look for; `data` opened."""
        forms = held.entry.forms
        marked = {name: identity(forms[name].ui) for name in data if name in forms}
        found = (_mapping(data[name]).get(field) for name, fields in marked.items() for field in fields)
        return [value for value in found if isinstance(value, str) and value not in ("", ERASED, UNREADABLE)]

    def _stages(self, reads: Reads, held: Held) -> tuple[StageRow, ...]:
        promise = held.promise
        late = bool(promise and promise.overdue)
        visits = reads.stage_visits(held.case.id)
        return stage_rows(held.entry.definition, visits, held.case, held.open, late=late)

    def _answered(self, reads: Reads, held: Held, names: Mapping[str, str], seen: Sight) -> tuple[AnsweredForm, ...]:
        """Every accepted form of a case, oldest first, with the form as it was when it was answered."""
        shown = []
        seal = cache(lambda: self._house.seal(reads.data_key(held.case.id)))
        data: dict[str, object] = {}
        for row in reads.answers(held.case.id):
            form = effective(held.entry.form(row.element), data, held.entry.forms)
            by = names.get(row.by, row.by)
            answers = seen.of(form.schema, form.ui, opened(row.answers, seal))
            shown.append(AnsweredForm(row.element, form.schema, form.ui, answers, by, row.at, row.round))
            corrects = form.ui.get("x-corrects")
            if corrects:
                data[corrects] = {**_mapping(data.get(corrects)), **row.answers}
            data[row.element] = row.answers
        return tuple(shown)

    def _told(self, reads: Reads, held: Held) -> Iterator[tuple[datetime, str]]:
        """The office's answers to the matter, as its forms mark them, with the name of whoever asked covered."""
        if held.case.erased_at is not None:
            return  # nobody can say any more which words would have to be covered
        known = self._identities(held, self._opened(reads, held, self.data(reads, held)))
        for row in reads.answers(held.case.id):
            said = said_to_all(held.entry.form(row.element).ui, row.answers) if row.by != held.case.id else ""
            if said:
                yield row.at, cover(said, known)

    def data(self, reads: Reads, held: Held) -> dict[str, object]:
        """The case data as the answers tell it, sealed: the newest of each element, corrections merged in."""
        return told_by(held, reads.answers(held.case.id))

    def data_for(self, reads: Reads, held: Held, task: Task, now: datetime) -> Json:
        """The case data as the form of a task sees it, opened: for an open one also what tables and scripts worked out.

        Only the tokens know that; a proposal from a decision table would otherwise never reach the person it is for.
        """
        if task.closed_at is not None:
            return self._opened(reads, held, self.data(reads, held))
        return self._opened(reads, held, self.sealed_for(reads, held, task, now))

    def sealed_for(self, reads: Reads, held: Held, task: Task, now: datetime) -> Json:
        """The case data at an open task as the tokens hold it."""
        definition, calendar = held.entry.definition, self._house.calendar_of(reads, held.case)
        words = Words(now, calendar, Ledgers(definition.facts.promises, held.ledger, calendar, now))
        data: Json = Run(definition, words, reads.tokens(held.case.id)).data_at(task.id)
        return data

    def _opened(self, reads: Reads, held: Held, data: Json) -> Json:
        found: Json = self._house.opened(reads, held.case.id, data)
        return found

    def _supervises(self, actor: Actor) -> bool:
        return bool(actor.roles & self._house.city.supervising)

    def _operates(self, actor: Actor) -> bool:
        return bool(actor.roles & self._house.city.operating)

    def _require_staff(self, actor: Actor) -> None:
        if actor.kind is not ActorKind.STAFF:
            raise NotFound

    def _require_supervisor(self, actor: Actor) -> None:
        if not self._supervises(actor):
            raise NotFound

    def _files(self, reads: Reads, task: Task, by: str) -> dict[str, Document]:
        """The papers of a case, and those that were sent with the task's form by this person or its draft."""
        return {document.id: document for document in papers_at_hand(reads, task, by)}

    def _may_see(self, actor: Actor, task: Task) -> bool:
        return actor.kind is ActorKind.STAFF and (may_work(actor, task) or self._supervises(actor))

    def _task_at(self, reads: Reads, task_id: str, actor: Actor, now: datetime) -> tuple[Task, Held]:
        """A task, open or closed, with its case. Raises NotFound unless the actor may see both."""
        task = reads.task(task_id)
        if task is None or not self._may_see(actor, task):
            raise NotFound
        held = self.hold(reads, reads.case(task.case_id), now)
        self._require_may_read(reads, held, actor)
        return task, held

    def _may_read(self, reads: Reads, case: Case, actor: Actor) -> bool:
        """Who works on the case; unless it is confidential also whose role its service knows, and who supervises."""
        if actor.kind is not ActorKind.STAFF:
            return False
        if any(may_work(actor, task) for task in reads.tasks(case.id)):
            return True
        drawn = {element.role for element in self._house.entry(reads, case.version).definition.elements.values()}
        return not case.confidential and (self._supervises(actor) or bool(actor.work_roles & drawn))

    def _require_may_read(self, reads: Reads, held: Held, actor: Actor) -> None:
        if not self._may_read(reads, held.case, actor):
            raise NotFound


def told_by(held: Held, answers: Iterable[Answered]) -> dict[str, object]:
    """The case data that rows of answers tell, oldest first and as they are: newest of each, corrections merged in."""
    data: dict[str, object] = {}
    for row in answers:
        data[row.element] = row.answers
        corrects = held.entry.form(row.element).ui.get("x-corrects")
        if corrects:
            data[corrects] = {**_mapping(data.get(corrects)), **row.answers}
    return data


def waits_for_citizen(tasks: Iterable[Task]) -> Task | None:
    """The task that waits for the applicant, the oldest if there are several."""
    own = [task for task in tasks if task.role == APPLICANT]
    return min(own, key=lambda task: task.opened_at, default=None)


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}
