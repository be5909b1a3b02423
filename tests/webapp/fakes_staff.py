"""A small office in memory for the tests of staff pages: the engine's front door with a few cases behind it.

It remembers every verb it was asked for (`office.done`) and refuses what a test puts into `office.refusals`. That the
real engine keeps the rules is proven by the engine's own tests; here it is what pages make of its answers.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from engine.city import read_city
from engine.clock import MovableClock
from engine.errors import NotFound, TooManyTries
from engine.model import (
    Actor,
    ActorKind,
    Basis,
    Came,
    Case,
    CountedDay,
    DayKind,
    Document,
    Draw,
    Escalation,
    Load,
    Permit,
    PermitState,
    Post,
    Preferences,
    PromiseRule,
    PromiseStanding,
    PromiseState,
    Sampled,
    ServiceFacts,
    Stage,
    Task,
    Unit,
)
from engine.settings import Settings
from engine.views import (
    AnsweredForm,
    CaseFile,
    CaseRow,
    Checked,
    Colleague,
    Comment,
    Counted,
    Day,
    DayRate,
    Decisions,
    Desk,
    Event,
    EventLog,
    Fate,
    Figures,
    FormView,
    Heat,
    Incident,
    Ladder,
    LateRequestFigures,
    Length,
    LogEvent,
    MonthFigures,
    Near,
    NearTask,
    Offer,
    OnTime,
    Operations,
    Oversight,
    PaperPage,
    Person,
    PromiseFigures,
    PromiseLine,
    PromiseList,
    Pulse,
    Queue,
    QueueDay,
    Rates,
    Receipt,
    SampledCase,
    SamplePage,
    ServicePage,
    SignedIn,
    StageRow,
    StageState,
    StageTime,
    TaskTime,
    Times,
    TookLine,
    TookList,
    Trace,
    Urgency,
    Warmth,
    Where,
    WillBeLate,
    Work,
    Worklist,
)

from .drawings import KRK as DRAWING
from .forms_to_try import ANSWERS, APPLICATION, APPLICATION_UI, APPLIED, KTP, PHOTO, VERIFICATION, VERIFICATION_UI

NOW = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
PASSWORD = "rahasia sekali"
HERE = Path(__file__).resolve().parents[2]
RULE = PromiseRule(
    "layanan", "Penerbitan KRK", 5, Unit.WORKING_DAYS, Basis.CONFIGURATION, "Belum ada angka resmi yang kami temukan."
)
STAGES = (
    Stage("pendaftaran", "Pendaftaran", "Kami menerima permohonan Anda"),
    Stage("verifikasi", "Verifikasi berkas", "Kami sedang memeriksa berkas Anda", 1),
    Stage("survei", "Survei lapangan", "Petugas meninjau lokasi"),
    Stage("analisis", "Analisis tata ruang", "Kami menyusun KRK"),
    Stage("terbit", "Terbit", "KRK siap"),
)
FACTS = ServiceFacts(
    "krk", "KRK", "Keterangan Rencana Kota", "pendaftaran", ("pemohon", "loket"), STAGES, (RULE,), "pendaftaran.nama"
)
PEOPLE = {
    "rina": Actor(ActorKind.STAFF, "rina", "Rina Wulandari", frozenset({Post("verifikator")})),
    "bagus": Actor(ActorKind.STAFF, "bagus", "Bagus Prasetyo", frozenset({Post("verifikator")})),
    "lulu": Actor(ActorKind.STAFF, "lulu", "Lulu Handayani", frozenset({Post("loket")})),
    "kabid": Actor(ActorKind.STAFF, "kabid", "Hendra Wijaya", frozenset({Post("kabid")})),
    "ops": Actor(ActorKind.STAFF, "ops", "Joko Santoso", frozenset({Post("operator")})),
}
VERIFY_RULE = "verifikasi_berkas"


def case(number: int, **fields: Any) -> Case:
    made = Case(
        id=f"{number:032x}",
        reference=f"KRK-2026-{number:06d}",
        service="krk",
        version="versi-1",
        revision=3,
        stage="verifikasi",
        subject=f"Pemohon {number}",
        place="33.74.01.1001",
        channel="web",
        language="id",
        started_at=NOW - timedelta(days=4),
        due_at=datetime(2026, 11, 26, 9, 0, tzinfo=UTC),
        promise_state=PromiseState.RUNNING,
    )
    return replace(made, **fields)


def task(number: int, **fields: Any) -> Task:
    made = Task(f"tugas-{number}", f"{number:032x}", VERIFY_RULE, "verifikator", None, None, NOW, None)
    return replace(made, **fields)


WORK = (
    Work(
        task(1, holder="rina"),
        case(1, due_at=datetime(2026, 11, 19, 9, 0, tzinfo=UTC), subject="Budi <b>Santoso</b>"),
        Urgency.LATE,
        -2,
        "",
        2,
        "Rina Wulandari",
    ),
    Work(task(2), case(2, due_at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC)), Urgency.AT_RISK, 1, "dpu", 1, None),
    Work(task(3, holder="bagus"), case(3, confidential=True), Urgency.ON_TIME, 3, "", 1, "Bagus Prasetyo"),
    Work(
        task(4, element="perbaikan", role="pemohon"),
        case(4, promise_state=PromiseState.PAUSED, due_at=None, anonymous=True),
        Urgency.APPLICANT,
        None,
        "",
        1,
        None,
    ),
)
DAYS = (
    CountedDay(date(2026, 11, 19), DayKind.RECEIVED, "", 0),
    CountedDay(date(2026, 11, 20), DayKind.COUNTED, "", 1),
    CountedDay(date(2026, 11, 21), DayKind.CLOSED, "Sabtu", 1),
    CountedDay(date(2026, 11, 22), DayKind.CLOSED, "Minggu", 1),
    CountedDay(date(2026, 11, 23), DayKind.APPLICANT, "", 1),
)
PROMISE = PromiseStanding(
    RULE, PromiseState.RUNNING, NOW - timedelta(days=4), datetime(2026, 11, 26, 9, 0, tzinfo=UTC), None,
    2, 3, 5, False, False, False, DAYS,
)  # fmt: skip


class Accounts:
    """Everybody's password is PASSWORD; the session's secret names its owner and how often they signed in."""

    def __init__(self) -> None:
        self.open: dict[str, str] = {}
        self._count = 0

    def sign_in(self, login: str, password: str, source: str) -> SignedIn:
        if login == "terkunci":
            raise TooManyTries(900)
        if login not in PEOPLE or password != PASSWORD:
            raise NotFound
        self._count += 1
        secret = f"rahasia-{login}-{self._count}"
        self.open[secret] = login
        return SignedIn(PEOPLE[login], "csrf", secret)

    def session(self, secret: str) -> SignedIn | None:
        login = self.open.get(secret)
        return SignedIn(PEOPLE[login], "csrf") if login else None

    def sign_out(self, secret: str) -> None:
        self.open.pop(secret, None)


class Texts:
    def texts(self, of: str | None) -> None:
        return None

    def say(self, of: str | None, language: str, key: str, **facts: object) -> str:
        return string.Template(key.rpartition(".")[2].capitalize()).safe_substitute(facts)

    def find(self, of: str | None, language: str, key: str) -> None:
        return None

    def element(self, of: str | None, language: str, element: str) -> str:
        return element.replace("_", " ").capitalize()

    def stage(self, of: str | None, language: str, stage: str, what: str = "name") -> str:
        return next((str(getattr(one, what)) for one in STAGES if one.id == stage), stage)

    def role(self, role: str, language: str, of: str | None = None) -> str:
        return role.capitalize()


class Queries:
    def __init__(self, office: Office) -> None:
        self._office = office

    def services(self) -> tuple[ServicePage, ...]:
        form = FormView("pendaftaran", "krk", APPLICATION, APPLICATION_UI)
        return (ServicePage(FACTS, form, "versi-1", NOW),)

    def tracking(self, secret: str) -> Any:
        """Of whoever was just given a receipt: no address to reach them by."""
        return SimpleNamespace(reach=None)

    def worklist(self, actor: Actor, tab: str, **narrowed: Any) -> Worklist:
        self._office.asked.append(("worklist", tab, narrowed))
        if tab == "semua" and "kabid" not in actor.roles:
            raise NotFound
        mine = [work for work in WORK if work.task.holder == actor.id]
        lists = {"saya": mine, "kelompok": list(WORK[1:2]), "semua": list(WORK), "selesai": []}
        if tab not in lists:
            raise NotFound
        rows = [work for work in lists[tab] if narrowed.get("due") != "lewat" or work.urgency is Urgency.LATE]
        rows = [work for work in rows if narrowed.get("text", "") in work.case.reference]
        counts = {"saya": len([w for w in mine if w in rows or tab != "saya"]), "kelompok": 1, "selesai": 0}
        if "kabid" in actor.roles:
            counts["semua"] = len(WORK)
        return Worklist(tuple(rows), counts, "lanjutan" if tab == "semua" else None, NOW)

    def preferences(self, actor: Actor) -> Preferences:
        return Preferences(actor.id)

    def watched_news(self, actor: Actor) -> int:
        return 0

    def day(self, actor: Actor) -> Day:
        return Day(sum(work.task.holder == actor.id and work.urgency is Urgency.LATE for work in WORK), 0)

    def saved_views(self, actor: Actor) -> tuple[()]:
        return ()

    def exported(self, actor: Actor, tab: str, **narrowed: Any) -> tuple[Work, ...]:
        return self.worklist(actor, tab, **narrowed).rows

    def desk(self, task_id: str, actor: Actor) -> Desk:
        work = next((work for work in WORK if work.task.id == task_id), None)
        if work is None or not actor.roles & {work.task.role, "kabid"}:
            raise NotFound
        found = replace(work.task, **self._office.task_changes)
        held = found.holder not in (None, actor.id)
        view = FormView(
            VERIFY_RULE, "krk", VERIFICATION, VERIFICATION_UI, shown={"pendaftaran": ANSWERS},
            files={KTP.id: KTP, PHOTO.id: PHOTO},
        )  # fmt: skip
        return Desk(
            task=found,
            case=work.case,
            form=view,
            answered=(APPLIED,),
            documents=(KTP, PHOTO),
            promise=PROMISE,
            rounds=work.round,
            mine=found.closed_at is None and not held and found.role in actor.roles,
            holder_name=work.holder_name if found.holder else None,
            urgency=work.urgency,
            key="kunci-1",
            whole_until=self._office.whole_until,
        )

    def next_work(self, actor: Actor) -> Work | None:
        return next((work for work in WORK if work.task.holder == actor.id), None)

    def foreseen(self, task_id: str, typed: Mapping[str, Any], actor: Actor) -> dict[str, Any]:
        return {}

    def case_file(self, reference: str, actor: Actor) -> CaseFile:
        work = next((work for work in WORK if work.case.reference == reference.upper()), None)
        if work is None:
            raise NotFound
        done = (StageState.DONE, StageState.RUNNING, StageState.SKIPPED, StageState.AHEAD, StageState.AHEAD)
        verdict = AnsweredForm(
            VERIFY_RULE, VERIFICATION, VERIFICATION_UI,
            {"putusan": {"ktp": {"hasil": "tidak_sesuai", "alasan": "Buram"}, "nama": {"hasil": "sesuai"}},
             "hasil": "kurang"},
            "Rina Wulandari", NOW - timedelta(days=1),
        )  # fmt: skip
        return CaseFile(
            case=work.case,
            facts=FACTS,
            promises=(PROMISE,),
            stages=tuple(
                StageRow(stage, state, NOW - timedelta(days=4), NOW if state is StageState.DONE else None, 1 + (n == 1))
                for n, (stage, state) in enumerate(zip(STAGES, done, strict=True))
            ),
            open=(work.task,),
            answered=(APPLIED, verdict),
            documents=(KTP, PHOTO),
            permits=(
                Permit("KRK.000123/2026", 1, "krk", work.case.id, PermitState.ACTIVE, NOW, None, {}, "a" * 64),
            ),
            history=(
                Event(NOW, "comment", "", "rina", "Rina Wulandari", True, {"audience": "public"}),
                Event(NOW - timedelta(hours=1), "assign", VERIFY_RULE, "kabid", "Hendra Wijaya", False,
                      {"to": "rina", "reason": "Bagus cuti"}),
                Event(NOW - timedelta(days=4), "start", "pendaftaran", work.case.id, work.case.id, True),
            ),
            comments=(Comment(NOW, "Rina Wulandari", "Sertifikat <i>asli</i> sudah dilihat.", False),),
            linked=(case(3),),
            at=(VERIFY_RULE,),
            been=("pendaftaran", "mulai"),
            drawing=DRAWING,
            as_of=NOW,
        )  # fmt: skip

    def cases(self, actor: Actor, **narrowed: Any) -> tuple[tuple[CaseRow, ...], int, str | None]:
        self._office.asked.append(("cases", narrowed))
        states = {
            "terlambat": Urgency.LATE, "mendekati": Urgency.AT_RISK,
            "berjalan": Urgency.ON_TIME, "menunggu": Urgency.APPLICANT,
        }  # fmt: skip
        wanted = states.get(narrowed.get("state", ""))
        rows = tuple(
            CaseRow(work.case, work.urgency, work.days_left, work.unit)
            for work in WORK
            if wanted in (None, work.urgency)
        )
        return rows, len(rows), None

    def exported_cases(self, actor: Actor, **narrowed: Any) -> tuple[CaseRow, ...]:
        return self.cases(actor, **narrowed)[0]

    def oversight(self, actor: Actor) -> Oversight:
        return Oversight(
            *(1, 1, 1, 1, (("krk", "verifikasi", 1, 1, 0, 1), ("krk", "", 0, 0, 1, 0)), WORK[:1], NOW),
            places=(Where("kantor", Counted(1, 1, 1, 1)),),
            people=(Where("rina", Counted(1, 0, 0, 0), "Rina Wulandari"),),
            waiting=1,
            checks={WORK[0].task.id: Checked(VERIFY_RULE, "Rina Wulandari", NOW, own=False)},
        )

    def stage_times(self, actor: Actor, days: int = 90) -> Times:
        took = Length(12, Decimal("2.0"), Decimal(4), 1, Warmth.FAR)
        return Times((StageTime("krk", "verifikasi", took, 20, 3, 0),), days, NOW.date(), True, NOW)

    def nearest(self, actor: Actor, most: int = 5) -> tuple[Near, ...]:
        works = [work for work in WORK if work.urgency in (Urgency.AT_RISK, Urgency.ON_TIME)]
        return tuple(
            Near(
                *(work.case, work.urgency, work.days_left, (NearTask(work.task, work.holder_name or ""),)),
                *(number == 0, "verifikasi", date(2026, 12, 1), True),
            )
            for number, work in enumerate(works)
        )

    def queues(self, actor: Actor) -> tuple[Queue, ...]:
        days = tuple(QueueDay(date(2026, 11, 23 + n), n) for n in range(5))
        one = Queue("krk", 9, 1, days, (("verifikasi", 4),), Decimal(2), Decimal("1.5"), 40, 30, True, NOW)
        return (one, replace(one, service="iptb", days=(), known=3))

    def will_be_late(self, service: str, on: date, actor: Actor) -> tuple[WillBeLate, ...]:
        return (WillBeLate(case(2), "verifikasi", date(2026, 12, 1)),)

    def on_time(self, actor: Actor) -> OnTime:
        told = Figures(20, 15, 3, 2, 0, Decimal("75.0"), Decimal("83.3"), Decimal("3.0"), 6, 60, 9)
        months = (MonthFigures("2026-11", told),)
        return OnTime((PromiseFigures("krk", "layanan", Unit.WORKING_DAYS, told, months),), "2025-12", "2026-11", NOW)

    def promises_due(self, service: str, actor: Actor, **narrowed: Any) -> PromiseList:
        self._office.asked.append(("promises_due", narrowed))
        rows = (
            PromiseLine(case(2), NOW - timedelta(days=2), NOW, Fate.LATE, 6, 1),
            PromiseLine(case(3), NOW - timedelta(days=1), None, Fate.OPEN, 0, 0),
        )
        found = tuple(row for row in rows if row.fate in narrowed.get("fates", Fate))
        return PromiseList(service, RULE, found, len(found), "lanjut", NOW)

    def promises_closed(self, service: str, when: str, actor: Actor, *, cursor: str | None = None) -> PromiseList:
        return self.promises_due(service, actor)

    def rates(self, service: str, actor: Actor) -> Rates:
        return Rates(service, (DayRate(NOW.date(), 3, 0), DayRate(NOW.date() - timedelta(days=3), 1, 2)), NOW)

    def visits(self, service: str, stage: str, actor: Actor, days: int = 90, start: int = 0) -> TookList:
        row = TookLine(case(2), NOW - timedelta(days=3), NOW, Decimal("2.4"), 3, 1, 0)
        return TookList((row,), 12, start + 25, days, NOW.date(), True, NOW)

    done = visits

    def event_log(self, service: str, actor: Actor, days: int = 90) -> EventLog:
        events = (
            LogEvent(0, VERIFY_RULE, "start", "verifikator", "dpu", NOW),
            LogEvent(0, VERIFY_RULE, "complete", "verifikator", "dpu", NOW),
        )
        ended = Trace("v1", "web", NOW, NOW, "terbit", events)
        return EventLog(service, (ended, Trace("v1", "loket", NOW, None, "", events[:1])), days, NOW.date(), NOW)

    def regions(self, actor: Actor) -> tuple[Where, ...]:
        return (Where("33.74.01", Counted(1, 0, 0, 0), "Semarang Tengah"),)

    def ladder(self, actor: Actor, most: int = 200, *, standing: bool = False) -> Ladder:
        return Ladder(((Escalation(1, "c", "kasi", None, "verifikasi", True, NOW, None), case(2)),), 1, 1, NOW)

    def sample(self, actor: Actor) -> SamplePage:
        one = SampledCase(Sampled("c", "krk", NOW.date()), case(2), mine=True)
        return SamplePage((one,), (Draw("krk", NOW.date(), "benih", 9, 2, NOW),), 1, 0, 0, NOW)

    def pulse(self, actor: Actor) -> Pulse:
        return Pulse(self._office.operations.tick_at, 4.0, NOW)

    def heat(self, service: str, actor: Actor, days: int = 90) -> Heat:
        if service != "krk":
            raise NotFound
        tasks = (TaskTime("verifikasi_berkas", "verifikasi", Length(12, Decimal("1.5"), Decimal(4), 1, Warmth.OVER)),)
        return Heat(FACTS, "v1", DRAWING, self.stage_times(actor).stages, tasks, days, NOW.date(), True, NOW)

    def colleague(self, login: str, actor: Actor) -> str:
        return {"rina": "Rina Wulandari"}.get(login, login)

    def outages_now(self) -> tuple[()]:
        return ()

    def decisions(self, actor: Actor) -> Decisions:
        return Decisions((), (), {})

    def send_back_until(self, task_id: str, actor: Actor) -> None:
        return None

    def late_requests(self, actor: Actor) -> LateRequestFigures:
        return LateRequestFigures((), NOW.date(), NOW)

    def survey_comments(self, service: str, actor: Actor) -> tuple[tuple[str, str], ...]:
        return (("2026-11", "Loketnya ramah, antreannya lama."),) if service == "krk" else ()

    def operations(self, actor: Actor) -> Operations:
        return self.figures()

    def figures(self) -> Operations:
        return self._office.operations

    def document(self, document_id: str, *, actor: Actor) -> tuple[Document, bytes]:
        papers = {KTP.id: (KTP, b"%PDF-1.7"), PHOTO.id: (PHOTO, b"\xff\xd8\xff")}
        if document_id not in papers:
            raise NotFound
        return papers[document_id]

    def paper_page(self, document_id: str, page: int, actor: Actor) -> PaperPage:
        return PaperPage(self.document(document_id, actor=actor)[0])

    def colleagues(self, task_id: str, actor: Actor) -> dict[str, str]:
        return {"bagus": "Bagus Prasetyo", "rina": "Rina Wulandari"}

    def offer(self, task_ids: Any, actor: Actor) -> Offer:
        bagus = Person("bagus", "Bagus Prasetyo", frozenset({Post("verifikator")}), Load(open=2))
        rina = Person("rina", "Rina Wulandari", frozenset({Post("verifikator")}), Load(open=5))
        return Offer((Colleague(bagus, 1), Colleague(rina, 1)), bagus)

    def alike(self, draft_token: str) -> tuple[Any, ...]:
        return ()

    def channels(self, actor: Actor) -> dict[str, int]:
        return {"loket": 3}

    def counter_form(self, service: str, actor: Actor) -> FormView:
        if service != "krk":
            raise NotFound
        return FormView("pendaftaran", "krk", APPLICATION, APPLICATION_UI)


class Engine:
    """Writes down what it was asked; the same key twice is one act."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._keys: set[str] = set()

    def __getattr__(self, verb: str) -> Any:
        def act(*given: Any) -> Any:
            return self._do(verb, given)

        return act

    def saw(self, case_id: str, by: Actor) -> bool:
        return False

    def claim(self, *given: Any) -> str:
        self._do("claim", given)
        return "serahan-1"

    def release(self, *given: Any) -> str:
        self._do("release", given)
        return "serahan-1"

    def assign(self, *given: Any) -> str:
        self._do("assign", given)
        return "serahan-1"

    def complete(
        self, task_id: str, raw: Mapping[str, Any], files: Any, by: Actor, key: str, seen: int | None = None
    ) -> Case:
        if key not in self._keys:
            self._do("complete", (task_id, raw, files, by, key))
        self._keys.add(key)
        return case(1)

    def begin_draft(self, service: str, language: str) -> str:
        return "draf"

    def save_draft(self, token: str, raw: Mapping[str, Any], files: Any) -> FormView:
        if token != "draf":
            raise NotFound
        return FormView("pendaftaran", "krk", APPLICATION, APPLICATION_UI, dict(raw))

    def started(self, by: Actor, key: str) -> None:
        return None

    def start_at_counter(
        self,
        service: str,
        raw: Mapping[str, Any],
        files: Any,
        by: Actor,
        key: str,
        channel: str,
        came: Came,
        draft: str,
    ) -> Receipt:
        if key not in self._keys:
            self._do("start_at_counter", (service, raw, files, by, key, channel))
        self._keys.add(key)
        return Receipt("c", "KRK-2026-000099", "s" * 26, "ABC234", NOW, date(2026, 11, 23), None, "berkas_lengkap")

    def _do(self, verb: str, given: tuple[Any, ...]) -> None:
        if verb in self._office.refusals:
            raise self._office.refusals[verb]
        self._office.done.append((verb, *given))


class Office:
    """What `create_app` takes, with everything a test wants to look at or to change."""

    def __init__(self) -> None:
        self.settings = Settings(environment="development", secret_key="k" * 40, base_url="http://localhost")  # type: ignore[arg-type]
        self.city = read_city(HERE / "processes")
        self.clock = MovableClock(NOW)
        self.texts = Texts()
        self.accounts = Accounts()
        self.queries = Queries(self)
        self.engine = Engine(self)
        self.house = SimpleNamespace()
        self.move_clock = None
        self.done: list[tuple[Any, ...]] = []
        self.asked: list[tuple[Any, ...]] = []
        self.refusals: dict[str, Exception] = {}
        self.task_changes: dict[str, Any] = {}
        self.whole_until: datetime | None = None
        self.operations = Operations(
            incidents=(
                Incident("i1", "c", "KRK-2026-000002", "wake", "analisis", "tidak ada baris tabel yang cocok", 2,
                         NOW - timedelta(hours=1), NOW + timedelta(minutes=5), None),
                Incident("i2", "c", "KRK-2026-000003", "notice", "", "relay menolak", 3,
                         NOW - timedelta(days=1), None, NOW - timedelta(hours=3)),
            ),
            timers_due=2, timers_next_day=14, lag_s=4.0, tick_at=NOW - timedelta(seconds=3),
            outbox_waiting=3, outbox_oldest_s=40.0, outbox_failed=0, cases_open=4, as_of=NOW,
        )  # fmt: skip
