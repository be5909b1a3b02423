"""What the kill test kills: one of several workers doing the same 500 acts, each act under a key of its own.

All workers walk through one plan, so that every act is tried at least twice: by each worker, and again by whoever was
killed in the middle of it. What an act aims at (which draft, which task) is settled by the first to come to it and
lies in a file; how far a worker has come lies in another. Nothing else survives a kill but the database.
"""

from __future__ import annotations

import fcntl
import json
import os
import random
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from engine.channels import Message
from engine.errors import CaseMovedOn, MessageUnexpected, TaskGone, TaskHeld, WindowClosed
from engine.model import Actor, ActorKind
from engine.settings import Settings
from engine.wiring import Janji, wire
from tests.builders import MONDAY_NINE, ROOT, staff

SERVICE = "complaint"
ACTS = 500
HOURS_PER_ACT = 1.5
TOO_LATE = (TaskGone, TaskHeld, WindowClosed, MessageUnexpected)
"""What may happen to anybody: a timer or the applicant was first."""

_SAMPLES = tomllib.loads((ROOT / "processes" / SERVICE / "scenarios" / "_samples.toml").read_text())["samples"]
_ANSWERED = (
    ("claim", "verifikasi_laporan"),
    ("complete", "verifikasi_laporan", "lengkap"),
    ("comment",),
    ("complete", "disposisi", "ke_diskominfo"),
    ("complete", "jawaban_unit", "dijawab"),
    ("complete", "balasan", "kirim"),
    ("answer", "tanggapan_pelapor", "terima"),
)
_ASKED_BACK = (
    ("complete", "verifikasi_laporan", "perlu_keterangan"),
    ("answer", "lengkapi_laporan", "keterangan"),
    ("comment",),
    ("complete", "verifikasi_laporan", "lengkap"),
    ("claim", "disposisi"),
)
_WITHDRAWN = (("comment",), ("withdraw",))
_ENDED_BY_MESSAGE = (("claim", "verifikasi_laporan"), ("deliver",))
_FORGOTTEN: tuple[tuple[str, ...], ...] = (("comment",),)
_LIVES = (_ANSWERED, _ANSWERED, _ASKED_BACK, _WITHDRAWN, _ENDED_BY_MESSAGE, _FORGOTTEN)


@dataclass(frozen=True)
class Act:
    """One line of the plan: what is done to which case, and where it matters to which element with which sample."""

    number: int
    case: int
    does: str
    element: str = ""
    sample: str = ""

    @property
    def key(self) -> str:
        return f"act-{self.number}"


def planned(chance: random.Random) -> list[Act]:
    """The acts of many cases, shuffled; those of one case stay in order."""
    waiting: list[tuple[int, list[tuple[str, ...]]]] = []
    acts: list[Act] = []
    cases = 0
    while len(acts) < ACTS:
        if len(waiting) < 25:
            waiting.append((cases, [("start", "", "informasi"), *chance.choice(_LIVES)]))
            cases += 1
            continue
        case, life = chance.choice(waiting)
        acts.append(Act(len(acts), case, *life.pop(0)))
        waiting = [one for one in waiting if one[1]]
    return acts


class SharedClock:
    """A clock in a file: every process tells the same time, and nobody turns it back."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "clock"

    def now(self) -> datetime:
        return datetime.fromisoformat(self._file.read_text()) if self._file.exists() else MONDAY_NINE

    def move_to(self, at: datetime) -> None:
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if at > self.now():
                beside = self._file.with_suffix(".new")
                beside.write_text(at.isoformat())
                beside.replace(self._file)


class Letterbox:
    """A channel that writes the key of each message into a file, in one piece."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "letterbox"

    def send(self, message: Message) -> None:
        with self._file.open("ab", buffering=0) as box:
            box.write(f"{message.key}\n".encode())

    def keys(self) -> list[str]:
        return self._file.read_text().split() if self._file.exists() else []


def opened(folder: Path, url: str) -> Janji:
    """The installation in a folder, as each process opens it for itself."""
    settings = Settings(
        environment="development",
        database_url=url,
        folder=folder,
        secret_key="a key for tests",  # type: ignore[arg-type]
    )
    box = Letterbox(folder)
    return wire(settings, SharedClock(folder), {"mail": box, "text": box})


def work(folder: Path, url: str, name: str, allowed: int, line: Connection) -> None:
    """Do what is left of the plan with the background work in between, and tell over the line the number of each act.

    No further than the act that is `allowed`: then it waits to be told a later one. Without that a worker whom nobody
    watches is through before its turn to be killed has come.
    """
    worker = _Worker(folder, opened(folder, url), name)
    for act in worker.left():
        while act.number > allowed:
            allowed = line.recv()
        worker.surely(lambda act=act: worker.do(act))
        if act.number % 3 == 0:
            worker.surely(worker.tend)
        worker.note()
        line.send(act.number)


class _Worker:
    def __init__(self, folder: Path, janji: Janji, name: str) -> None:
        self._folder = folder
        self._janji = janji
        self._engine = janji.engine
        self._progress = folder / f"progress-{name}"
        self._name = name

    def left(self) -> Iterator[Act]:
        done = len(self._progress.read_bytes()) if self._progress.exists() else 0
        yield from [Act(**line) for line in json.loads((self._folder / "plan.json").read_text())][done:]

    def note(self) -> None:
        with self._progress.open("ab", buffering=0) as progress:
            progress.write(b".")

    def surely(self, act: Callable[[], None]) -> None:
        """Press the button again when the line to the database was cut or somebody else wrote in between."""
        while True:
            try:
                return act()
            except (DBAPIError, CaseMovedOn) as cut:
                with (self._folder / "cuts").open("a") as cuts:
                    cuts.write(f"{type(cut).__name__}\n")

    def tend(self) -> None:
        self._janji.sweep.sweep()
        self._janji.outbox.send_due(20)

    def do(self, act: Act) -> None:
        self._janji.clock.move_to(MONDAY_NINE + timedelta(hours=HOURS_PER_ACT * act.number))  # type: ignore[attr-defined]
        if act.does == "start":
            self._start(act)
            return
        case = json.loads((self._folder / f"case-{act.case}").read_text())
        with suppress(*TOO_LATE):
            getattr(self, f"_{act.does}")(act, case)

    def _start(self, act: Act) -> None:
        receipt = self._engine.start(self._settled(act, lambda: self._draft(act)), act.key)
        about = {"id": receipt.case_id, "reference": receipt.reference, "token": receipt.secret}
        self._settled_in(self._folder / f"case-{act.case}", lambda: about)

    def _draft(self, act: Act) -> str:
        draft = self._engine.begin_draft(SERVICE, "id")
        self._engine.save_draft(draft, _SAMPLES[act.sample], {})
        return str(draft)

    def _complete(self, act: Act, case: Any) -> None:
        task = self._task(act, case)
        if task:
            by = staff(task["role"], task["unit"])
            self._engine.complete(task["id"], _typed(act.sample), {}, by, act.key)

    def _answer(self, act: Act, case: Any) -> None:
        task = self._task(act, case)
        if task:
            self._engine.answer(case["token"], task["id"], _typed(act.sample), {}, act.key)

    def _claim(self, act: Act, case: Any) -> None:
        task = self._task(act, case)
        if task:
            self._engine.claim(task["id"], staff(task["role"], task["unit"]))

    def _comment(self, act: Act, case: Any) -> None:
        self._engine.comment(case["reference"], act.key, staff("admin_pengaduan"), act.key)

    def _withdraw(self, act: Act, case: Any) -> None:
        self._engine.withdraw(case["token"], "Tidak jadi.", act.key)

    def _deliver(self, act: Act, case: Any) -> None:
        by = Actor(ActorKind.SYSTEM, "test")
        self._engine.deliver(case["reference"], "penarikan", {"alasan": "dicabut"}, by, act.key)

    def _task(self, act: Act, case: Any) -> Any:
        return self._settled(act, lambda: self._open_task(case["id"], act.element))

    def _open_task(self, case_id: str, element: str) -> Any:
        with self._janji.house.store.read() as reads:
            found = [task for task in reads.open_tasks(case_id) if task.element == element]
        return {"id": found[0].id, "role": found[0].role, "unit": found[0].unit} if found else None

    def _settled(self, act: Act, choose: Callable[[], Any]) -> Any:
        return self._settled_in(self._folder / f"aim-{act.number}", choose)

    def _settled_in(self, path: Path, choose: Callable[[], Any]) -> Any:
        """What the first worker to come here chose, whole or not at all."""
        if not path.exists():
            beside = path.with_name(f"{path.name}.{self._name}")
            beside.write_text(json.dumps(choose()))
            with suppress(FileExistsError):
                os.link(beside, path)
        return json.loads(path.read_text())


def _typed(sample: str) -> dict[str, Any]:
    """A sample without its papers: five hundred pictures would only make the test slow."""
    return {name: value for name, value in _SAMPLES[sample].items() if not str(value).startswith(("berkas:", "['berk"))}


def written(folder: Path, chance: random.Random) -> list[Act]:
    """Make a plan and put it where the workers look."""
    plan = planned(chance)
    (folder / "plan.json").write_text(json.dumps([asdict(act) for act in plan]))
    return plan


def people(janji: Janji) -> None:
    """A colleague with a mailbox for each role that a complaint tells something."""
    roles = ("admin_pengaduan", "penghubung", "opd_admin", "kepala_opd", "sekda", "wali_kota")
    with janji.house.store.write() as tx:
        for role in roles:
            tx.add_user(role, role, f"{role}@contoh.example", "-", staff(role).posts, MONDAY_NINE)
