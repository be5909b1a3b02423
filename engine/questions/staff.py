"""Questions of staff: worklist, desk, case file, lists of cases, oversight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound
from engine.forms import effective, prefill
from engine.model import Actor, ActorKind, Case, Document, Task
from engine.questions.asking import Asking, Held, shareable
from engine.questions.reading import days_left, history, soon, urgency
from engine.roles import may_work
from engine.store.rows import CaseFilter, CaseState, OversightRow, Tab, WorkFilter, WorkRow
from engine.verbs.tray import tray_of
from engine.views import CaseFile, CaseRow, Desk, FormView, Oversight, Work, Worklist

if TYPE_CHECKING:
    from engine.store import Reads

PAGE = 25
TABS = {"saya": Tab.MINE, "kelompok": Tab.ROLE, "semua": Tab.ALL, "selesai": Tab.DONE}
STATES = {
    "terlambat": CaseState.LATE,
    "mendekati": CaseState.AT_RISK,
    "berjalan": CaseState.RUNNING,
    "menunggu": CaseState.APPLICANT,
    "selesai": CaseState.ENDED,
    "berlaku": CaseState.SETTLED,
}


class StaffQuestions(Asking):
    """Answers for people who sign in. Confidential complaints are shown only to those who work on them."""

    def worklist(
        self,
        actor: Actor,
        tab: str,
        *,
        service: str | None = None,
        stage: str | None = None,
        due: str | None = None,
        text: str = "",
        cursor: str | None = None,
    ) -> Worklist:
        """A page of work, least time left first.

        `due` is `lewat`, `hari-ini` or `minggu-ini`. Raises NotFound for an unknown tab, and for `semua` unless one
        supervises.
        """
        kind = TABS.get(tab)
        if kind is None or (kind is Tab.ALL and not self._supervises(actor)):
            raise NotFound
        now = self._house.clock.now()
        wanted = WorkFilter(service, stage, *self._bounds(due, now), text=text.strip())
        with self._house.store.read() as reads:
            page = reads.worklist(actor.posts, actor.id, kind, wanted, cursor, PAGE)
            counts = reads.worklist_counts(actor.posts, actor.id, wanted)
        named = {word: counts[tab_] for word, tab_ in TABS.items() if tab_ in counts}
        return Worklist(tuple(self._work(row, now) for row in page.rows), named, page.next_cursor, now)

    def desk(self, task_id: str, actor: Actor) -> Desk:
        """A task with its form beside the whole case. Raises NotFound for a task outside one's posts;
        a closed task is shown with who closed it."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            task = reads.task(task_id)
            if task is None or not self._may_see(actor, task):
                raise NotFound
            held = self.hold(reads, reads.case(task.case_id), now)
            self._require_may_read(reads, held, actor)
            return self._desk(reads, held, task, actor, now)

    def case_file(self, reference: str, actor: Actor) -> CaseFile:
        """Everything of a case. Raises NotFound, also for a confidential one that is not one's work."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            held = self.hold(reads, reads.case_by_reference(reference.upper()), now)
            self._require_may_read(reads, held, actor)
            return self._file(reads, held, now)

    def cases(
        self,
        actor: Actor,
        *,
        state: str = "",
        service: str | None = None,
        stage: str | None = None,
        text: str = "",
        cursor: str | None = None,
    ) -> tuple[tuple[CaseRow, ...], int, str | None]:
        """A page of cases, how many there are in all, and the cursor of the next page."""
        self._require_staff(actor)
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        if state and state not in STATES:
            raise NotFound
        with self._house.store.read() as reads:
            known = None if self._supervises(actor) else self._services_of(reads, actor)
            wanted = CaseFilter(service, stage, STATES.get(state), text=text.strip(), services=known)
            page = reads.case_list(wanted, now, risk_until, cursor, PAGE)
            total = reads.count_cases(wanted, now, risk_until)
        return tuple(self._row(case, now, risk_until) for case in page.rows), total, page.next_cursor

    def oversight(self, actor: Actor) -> Oversight:
        """What is late, at risk, running, and waiting for applicants. Raises NotFound unless one supervises."""
        if not self._supervises(actor):
            raise NotFound
        now = self._house.clock.now()
        risk_until = soon(now, self._house.city.calendar)
        with self._house.store.read() as reads:
            rows = reads.oversight(now, risk_until)
            mine = reads.worklist(actor.posts, actor.id, Tab.ROLE, WorkFilter(), None, PAGE)
        total = {state: sum(row.counts.get(state, 0) for row in rows) for state in CaseState}
        return Oversight(
            late=total[CaseState.LATE],
            at_risk=total[CaseState.AT_RISK],
            running=total[CaseState.RUNNING],
            applicant=total[CaseState.APPLICANT],
            rows=tuple(_stage_counts(row) for row in rows),
            escalated=tuple(self._work(row, now) for row in mine.rows),
            as_of=now,
        )

    def colleagues(self, task_id: str, actor: Actor) -> tuple[tuple[str, str, int], ...]:
        """Who could be given a task: login, name and how many open tasks they hold, fewest first."""
        with self._house.store.read() as reads:
            task = reads.task(task_id)
            if task is None or not self._may_see(actor, task):
                raise NotFound
            load = reads.open_tasks_by_holder()
            found = [(u.login, u.name, load.get(u.login, 0)) for u in reads.users_holding(task.role, task.unit)]
        return tuple(sorted(found, key=lambda person: (person[2], person[1])))

    def counter_form(self, service: str, actor: Actor) -> FormView:
        """The start form for the counter. Raises NotFound unless a post of the actor may start the service."""
        with self._house.store.read() as reads:
            version = reads.current(service)
            if version is None:
                raise NotFound
            entry = self._house.entry(reads, version)
        if not actor.roles & set(entry.definition.facts.starters):
            raise NotFound
        form = entry.start_form
        return FormView(form.id, service, form.schema, form.ui)

    def document(
        self, document_id: str, *, token: str | None = None, actor: Actor | None = None
    ) -> tuple[Document, bytes]:
        """A paper and its bytes, for the citizen of its case or draft, or for staff who may read the case.

        Raises NotFound for everyone else.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            found = reads.document(document_id)
            if found is None:
                raise NotFound
            document, case_id, draft_id = found
            if case_id is None and draft_id and self._in_tray(reads, draft_id, token, actor):
                return document, self._house.archive.get(document.sha256)
            if actor is not None and actor.kind is ActorKind.STAFF and case_id:
                self._require_may_read(reads, self.hold(reads, reads.case(case_id), now), actor)
            elif not token or not self._opens(reads, token, case_id, draft_id):
                raise NotFound
        return document, self._house.archive.get(document.sha256)

    def _in_tray(self, reads: Reads, draft_id: str, token: str | None, actor: Actor | None) -> bool:
        """Whether a paper lies in this person's own tray: sent with a form that was not yet accepted."""
        tray = reads.draft(draft_id)
        task = str(tray.answers.get("task", "")) if tray else ""
        case = reads.case_by_secret(keys.hashed(token)) if token else None
        holders = [one.id for one in (actor, case) if one is not None]
        return bool(task) and draft_id in {tray_of(task, holder) for holder in holders}

    def _opens(self, reads: Reads, token: str, case_id: str | None, draft_id: str | None) -> bool:
        digest = keys.hashed(token)
        if draft_id is not None and case_id is None:
            return digest == draft_id
        case = reads.case_by_secret(digest)
        return case is not None and case.id == case_id

    def _bounds(self, due: str | None, now: datetime) -> tuple[datetime | None, datetime | None]:
        calendar = self._house.city.calendar
        if due == "lewat":
            return None, now
        if due == "hari-ini":
            return now, calendar.plus_working_days(now, 1)
        if due == "minggu-ini":
            return now, calendar.plus_working_days(now, 5)
        return None, None

    def _services_of(self, reads: Reads, actor: Actor) -> frozenset[str]:
        """The services in whose diagrams one of the actor's roles stands."""
        return frozenset(
            service
            for service in reads.services()
            if actor.roles
            & {e.role for e in self._house.entry(reads, reads.current(service) or "").definition.elements.values()}
        )

    def _may_see(self, actor: Actor, task: Task) -> bool:
        return actor.kind is ActorKind.STAFF and (may_work(actor, task) or self._supervises(actor))

    def _require_may_read(self, reads: Reads, held: Held, actor: Actor) -> None:
        """Who works on the case; unless it is confidential also whose role its service knows, and who supervises."""
        self._require_staff(actor)
        if any(may_work(actor, task) for task in reads.tasks(held.case.id)):
            return
        drawn = {element.role for element in held.entry.definition.elements.values()}
        if held.case.confidential or not (self._supervises(actor) or actor.roles & drawn):
            raise NotFound

    def _desk(self, reads: Reads, held: Held, task: Task, actor: Actor, now: datetime) -> Desk:
        data = self.data_for(reads, held, task, now)
        form = effective(held.entry.form(task.element), data, held.entry.forms)
        files = self._files(reads, task, actor.id)
        answered = self._answered(reads, held, self._names(reads, (row.by for row in reads.answers(held.case.id))))
        view = FormView(
            form.id,
            held.case.service,
            form.schema,
            form.ui,
            prefill(form, data),
            shown=_objects(held, data),
            files=files,
        )
        holder = self._names(reads, [task.holder]).get(task.holder) if task.holder else None
        return Desk(
            task=task,
            case=held.case,
            form=view,
            answered=answered,
            documents=tuple(files.values()),
            promise=held.promise,
            rounds=1 + sum(a.element == task.element for a in answered),
            mine=task.closed_at is None and may_work(actor, task) and task.holder in (None, actor.id),
            holder_name=holder,
            urgency=urgency(held.case, now, soon(now, self._house.city.calendar)),
            key=keys.random_token(),
        )

    def _file(self, reads: Reads, held: Held, now: datetime) -> CaseFile:
        case, definition = held.case, held.entry.definition
        entries = reads.audit(case.id)
        names = self._names(reads, (entry.actor.partition(":")[2] for entry in entries))
        passed = dict.fromkeys(step for entry in entries for step in entry.facts.get("passed", ()))
        return CaseFile(
            case=case,
            facts=definition.facts,
            promises=held.promises,
            stages=self._stages(reads, held),
            open=held.open,
            answered=self._answered(reads, held, names),
            documents=tuple(reads.documents(case.id)),
            permits=tuple(reads.permits(case.id)),
            history=history(entries, names),
            comments=tuple(replace(said, by=names.get(said.by, said.by)) for said in reads.comments(case.id)),
            linked=reads.cases(reads.linked(case.id)),
            at=tuple(task.element for task in held.open),
            been=tuple(passed),
            drawing=definition.drawing,
            as_of=now,
        )

    def _work(self, row: WorkRow, now: datetime) -> Work:
        calendar = self._house.city.calendar
        state = urgency(row.case, now, soon(now, calendar))
        left = days_left(row.case, now, calendar)
        return Work(row.task, _masked(row.case), state, left, row.task.unit or "", row.round, row.holder_name)

    def _row(self, case: Case, now: datetime, risk_until: datetime) -> CaseRow:
        return CaseRow(
            _masked(case), urgency(case, now, risk_until), days_left(case, now, self._house.city.calendar), ""
        )


def _masked(case: Case) -> Case:
    """A case as a row of a list: a confidential one is counted and can be found, and says nothing of its matter."""
    return replace(case, subject="", place="") if case.confidential else case


def _stage_counts(row: OversightRow) -> tuple[str, str, int, int, int, int]:
    late, at_risk, running, applicant = (
        row.counts.get(state, 0)
        for state in (CaseState.LATE, CaseState.AT_RISK, CaseState.RUNNING, CaseState.APPLICANT)
    )
    return row.service, row.stage or "", late, at_risk, running, applicant


def _objects(held: Held, data: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    forms = held.entry.forms
    ui = {name: forms[name].ui for name in data if name in forms}
    return {
        name: shareable(ui.get(name, {}), value, held.case) for name, value in data.items() if isinstance(value, dict)
    }
