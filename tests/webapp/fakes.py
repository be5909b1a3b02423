"""A front door without an engine behind it: real nouns, the real city and calendar, cases that a test puts together.

It answers as the engine does as far as pages can tell: what is unknown raises NotFound, a form with mistakes raises
AnswersRejected with every one, the same key does a thing once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any

from engine.city import City, read_city
from engine.clock import MovableClock
from engine.errors import AnswersRejected, NotFound, TaskGone, TooManyTries, WindowClosed
from engine.model import (
    Case,
    Document,
    Entry,
    FieldProblem,
    LedgerEntry,
    Permit,
    PermitState,
    PromiseRule,
    PromiseStanding,
    Task,
)
from engine.promises import standing
from engine.stamping import StampKeys
from engine.texts import Texts
from engine.views import (
    Act,
    CaseRules,
    Closed,
    Event,
    FormView,
    OutageNotice,
    Performance,
    PermitCheck,
    PublicCase,
    PublicList,
    PublicPage,
    Receipt,
    RecordedPromise,
    Satisfaction,
    ServicePage,
    ServiceStep,
    StageRow,
    StageState,
    Standard,
    Survey,
    SurveyState,
    Tracking,
    Urgency,
    VersionInForce,
    Window,
)
from tests.webapp.forms_to_try import APPLICATION, APPLICATION_UI
from tests.webapp.services_to_try import COMPLAINT, ELEMENTS, KRK, MONDAY, RULE, STAGES, TEXTS

TOKEN = "abcdefghijklmnopqrstuvwx23"
CODE = "K7M2XQ"
REFERENCE = "KRK-2026-000123"
CORRECTION = {
    "type": "object",
    "title": "Perbaiki berkas yang belum sesuai",
    "required": ["nama", "ktp"],
    "properties": {name: APPLICATION["properties"][name] for name in ("nama", "ktp")},
}
SCAN = Document("dok-ktp", "a" * 64, "ktp siti.pdf", "application/pdf", 212_000, "citizen", "ktp", MONDAY, "case-1")


def promise(
    clock_at: datetime, *entries: tuple[Entry, datetime], city: City, rule: PromiseRule = RULE
) -> PromiseStanding:
    """A promise by its ledger, as the engine derives it."""
    lines = [
        LedgerEntry(rule.id, kind, at, "x", element="pembayaran" if kind is Entry.PAUSE else "") for kind, at in entries
    ]
    return standing(rule, lines, city.calendar, clock_at)


def stage_rows(present: int, state: StageState = StageState.RUNNING) -> tuple[StageRow, ...]:
    """All stages of the KRK: those before `present` done, that one in `state`, the others ahead."""
    rows = []
    for index, stage in enumerate(STAGES):
        if index < present:
            rows.append(StageRow(stage, StageState.DONE, MONDAY, MONDAY, 1))
        elif index == present:
            rows.append(StageRow(stage, state, MONDAY, None, 1))
        else:
            rows.append(StageRow(stage, StageState.AHEAD))
    return tuple(rows)


def tracking(city: City, **changes: Any) -> Tracking:
    """A KRK under verification, its promise begun on Monday, nothing asked of the citizen."""
    case = Case(
        "case-1", REFERENCE, "krk", "v1", 3, "verifikasi", "Siti", "33.74.01.1001", "web", "id", MONDAY, due_at=None
    )
    usual = Tracking(
        case=case,
        facts=KRK,
        promise=promise(MONDAY, (Entry.START, MONDAY), city=city),
        stages=stage_rows(1),
        task=None,
        task_due_at=None,
        holder_role="verifikator",
        holder_unit=None,
        documents=(SCAN,),
        permits=(),
        history=(Event(MONDAY, "start", "pendaftaran", "case-1", "pemohon", True),),
        linked=(),
        may_withdraw=True,
        reason="",
        as_of=MONDAY,
        urgency=Urgency.ON_TIME,
        windows=(Window(Act.TASK, Closed.NOT_YET, element="perbaikan_berkas"), Window(Act.WITHDRAW, None)),
    )
    return replace(usual, **changes)


def citizens_task(due_at: datetime | None = None) -> Task:
    return Task("task-1", "case-1", "perbaikan_berkas", "pemohon", None, None, MONDAY, due_at)


def permit(state: PermitState = PermitState.ACTIVE) -> Permit:
    return Permit("KRK-2026-0001", 1, "krk", "case-1", state, MONDAY, MONDAY.date(), {}, "c" * 64, state_at=MONDAY)


@dataclass
class Queries:
    """The questions pages of citizens ask. `cases` by token and `permits` by number are the test's to fill."""

    city: City
    clock: MovableClock
    services_offered: list[ServicePage]
    cases: dict[str, Tracking] = field(default_factory=dict)
    forms: dict[tuple[str, str], FormView] = field(default_factory=dict)
    papers: dict[tuple[str, str], tuple[Document, bytes]] = field(default_factory=dict)
    permits: dict[str, PermitCheck] = field(default_factory=dict)
    drafts: dict[str, FormView] = field(default_factory=dict)
    tries: int = 0
    rated: dict[str, dict[str, str]] = field(default_factory=dict)
    satisfied: Satisfaction | None = None
    performed: Performance | None = None
    published: list[PublicCase] = field(default_factory=list)
    wanted: dict[str, Any] = field(default_factory=dict)
    in_force: tuple[VersionInForce, ...] = (VersionInForce("v1" * 32, MONDAY, None, ""),)
    recorded: list[RecordedPromise] = field(default_factory=list)
    rules: CaseRules | None = None
    outages_told: tuple[OutageNotice, ...] = ()

    def outages_now(self) -> tuple[OutageNotice, ...]:
        return self.outages_told

    def services(self) -> tuple[ServicePage, ...]:
        return tuple(self.services_offered)

    def service(self, service: str) -> ServicePage:
        return _found({page.facts.id: page for page in self.services_offered}, service)

    def public_list(self, **wanted: Any) -> PublicList:
        self.wanted = wanted
        return PublicList(tuple(self.published), None, (), tuple(self.published), (COMPLAINT,), self.clock.now())

    def public_case(self, reference: str) -> PublicPage:
        case = _found({one.reference: one for one in self.published}, reference)
        return PublicPage(case, COMPLAINT, None, (), (), self.clock.now())

    def public_photo(self, reference: str, document_id: str) -> tuple[Document, bytes]:
        return _found(self.papers, (reference, document_id))

    def standard(self, service: str) -> Standard:
        page = self.service(service)
        steps = tuple(ServiceStep(stage, ("verifikator",), stage is STAGES[1]) for stage in page.facts.stages)
        return Standard(page, steps, self.in_force)

    def register(self) -> tuple[RecordedPromise, ...]:
        return tuple(self.recorded)

    def rules_of(self, token: str) -> CaseRules:
        return self.rules or CaseRules(self.tracking(token).case.version, MONDAY, None, None)

    def promised_if_started(self, service: str) -> PromiseStanding | None:
        rules = self.service(service).facts.promises
        now = self.clock.now()
        return promise(now, (Entry.START, now), city=self.city, rule=rules[0]) if rules else None

    def draft(self, token: str) -> FormView:
        return _found(self.drafts, token)

    def alike(self, token: str) -> tuple[Any, ...]:
        """Nothing here is like anything else."""
        self.draft(token)
        return ()

    def tracking(self, token: str) -> Tracking:
        return _found(self.cases, token)

    def worked_out(self, token: str) -> Tracking:
        return self.tracking(token)

    def token_by_code(self, reference: str, code: str, source: str) -> str:
        self.tries += 1
        if self.tries > 10:
            raise TooManyTries(900)
        token = next((t for t, seen in self.cases.items() if seen.case.reference == reference.upper()), None)
        if token is None or code.upper() != CODE:
            raise NotFound
        return token

    def citizen_form(self, token: str, task_id: str) -> FormView:
        return _found(self.forms, (token, task_id))

    def document(self, document_id: str, *, token: str | None = None) -> tuple[Document, bytes]:
        return _found(self.papers, (token, document_id))

    def permit(self, number: str, version: int | None = None) -> PermitCheck:
        found: PermitCheck = _found(self.permits, number)
        if version not in (None, found.permit.version):
            raise NotFound
        return found

    def survey(self, token: str) -> Survey:
        seen = self.tracking(token)
        state = SurveyState.GIVEN if token in self.rated else SurveyState.OPEN
        return Survey(seen.case, seen.facts, state if seen.case.outcome else SurveyState.EARLY)

    def performance(self) -> Performance:
        return self.performed or Performance((), {}, "2025-12", "2026-11", 10, self.clock.now())

    def satisfaction(self, service: str) -> Satisfaction:
        return self.satisfied or Satisfaction(service, 0, 10, "2025-12", "2026-11")


@dataclass
class Engine:
    """The verbs of citizens; keeps what it was told in `done`, once per key."""

    queries: Queries
    clock: MovableClock
    done: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    receipts: dict[str, Receipt] = field(default_factory=dict)
    gone: bool = False

    def begin_draft(self, service: str, language: str) -> str:
        page = self.queries.service(service)
        token = f"draft-{len(self.queries.drafts)}"
        self.queries.drafts[token] = page.form
        return token

    def save_draft(self, token: str, raw: dict[str, Any], uploads: dict[str, Any]) -> FormView:
        view = self.queries.draft(token)
        papers, problems = dict(view.files), []
        values = dict(raw)
        for name, files in uploads.items():
            for file_name, content in files:
                if not content.startswith(b"%PDF"):
                    problems.append(FieldProblem(name, "document.type", {"name": file_name, "limit": "PDF"}))
                    continue
                paper = replace(SCAN, id=f"dok-{len(papers)}", name=file_name, size=len(content), field=name)
                papers[paper.id] = paper
                self.queries.papers[token, paper.id] = (paper, content)
                values[name] = paper.id
        kept = replace(view, values=values, files=papers, problems=())
        self.queries.drafts[token] = kept
        return replace(kept, problems=tuple(problems))

    def checked_draft(self, token: str) -> FormView:
        view = self.queries.draft(token)
        missing = [name for name in view.schema.get("required", ()) if not view.values.get(name)]
        return replace(view, problems=tuple(FieldProblem(name, "required") for name in missing))

    def start(self, draft_token: str, key: str) -> Receipt:
        if key in self.receipts:
            return self.receipts[key]
        checked = self.checked_draft(draft_token)
        if checked.problems:
            raise AnswersRejected(checked.problems)
        del self.queries.drafts[draft_token]
        now, city = self.clock.now(), self.queries.city
        self.queries.cases[TOKEN] = tracking(city)
        receipt = Receipt("case-1", REFERENCE, TOKEN, CODE, now, city.calendar.received_on(now), None, "lengkap")
        self.receipts[key] = receipt
        return receipt

    def answer(self, token: str, task_id: str, raw: dict[str, Any], uploads: dict[str, Any], key: str) -> None:
        view = self.queries.citizen_form(token, task_id)
        if self.gone:
            raise TaskGone(task_id, None, self.clock.now())
        given = {**raw, **uploads}
        missing = [name for name in view.schema["required"] if not given.get(name)]
        if missing:
            raise AnswersRejected([FieldProblem(name, "required") for name in missing])
        self.done.setdefault(key, ("answer", token, task_id, raw))

    def rate(self, token: str, answers: dict[str, str], key: str) -> None:
        missing = [name for name, score in answers.items() if name != "saran" and score not in ("1", "2", "3", "4")]
        if missing:
            raise AnswersRejected([FieldProblem(name, "required") for name in missing])
        if token in self.queries.rated:
            raise WindowClosed("rate", "given")
        self.queries.rated[token] = answers

    def withdraw(self, token: str, reason: str, key: str) -> None:
        if not self.queries.tracking(token).may_withdraw:
            raise WindowClosed("withdraw", "too_late")
        self.done.setdefault(key, ("withdraw", token, reason))


class Words:
    """The services' words, as the engine finds them."""

    def __init__(self, city: City) -> None:
        self._city = city

    def texts(self, of: str) -> Texts | None:
        return TEXTS.get(of) or TEXTS["krk"]

    def element(self, of: str, language: str, element: str) -> str:
        return ELEMENTS.get(element, element)

    def role(self, role: str, language: str, of: str | None = None) -> str:
        known = self._city.roles[role]
        return known.title if language == "id" else known.title_en


class NoAccounts:
    """Nobody is signed in."""

    def session(self, secret: str) -> None:
        return None


@cache
def the_stamps() -> StampKeys:
    """Real keys that sign codes, made once."""
    return StampKeys(Path(mkdtemp(prefix="janji-keys-")), MovableClock(MONDAY))


@cache
def the_city() -> City:
    """The real city, read once: it never changes."""
    return read_city(Path(__file__).parents[2] / "processes")


def janji(**settings: Any) -> SimpleNamespace:
    """A front door with a KRK and complaints on offer, standing at MONDAY."""
    city = the_city()
    clock = MovableClock(MONDAY)
    form = FormView("pendaftaran", "krk", APPLICATION, APPLICATION_UI)
    offered = [ServicePage(facts, replace(form, service=facts.id), "v1", MONDAY) for facts in (KRK, COMPLAINT)]
    queries = Queries(city, clock, offered)
    usual = {
        "trusted_proxies": 0,
        "base_url": "http://127.0.0.1:8000",
        "key": b"k" * 32,
        "upload_mb": 1,
        "demo": False,
        "production": False,
        "tile_url": "",
        "tile_attribution": "",
    }
    return SimpleNamespace(
        city=city,
        clock=clock,
        settings=SimpleNamespace(**{**usual, **settings}),
        queries=queries,
        engine=Engine(queries, clock),
        texts=Words(city),
        accounts=NoAccounts(),
        move_clock=None,
        stamps=the_stamps(),
    )


def _found(known: dict[Any, Any], key: Any) -> Any:
    if key not in known:
        raise NotFound
    return known[key]
