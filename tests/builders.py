"""A whole office for tests: the real store in a folder, the real services, a clock that moves, papers that are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from engine.channels import Recorder
from engine.clock import MovableClock
from engine.library import read_version
from engine.model import Actor, ActorKind, Case, Post, ProcessVersion, Task
from engine.roles import APPLICANT
from engine.settings import Settings
from engine.stories.passing import let_pass
from engine.stories.playing import with_papers
from engine.stories.spans import moved
from engine.wiring import Janji, wire
from tests.databases import copy_tables

ROOT = Path(__file__).resolve().parent.parent
MONDAY_NINE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Monday 23 November 2026, 09:00 in Semarang."""
_CHECKED: set[tuple[Path, Path]] = set()
"""Services that this process has put into force before, with their forms."""


def staff(role: str, unit: str | None = None, login: str = "") -> Actor:
    """A colleague in a role; two with different logins are two people."""
    return Actor(ActorKind.STAFF, login or role, role.title(), frozenset({Post(role, unit)}))


@dataclass
class Application:
    """A case as its applicant holds it: the reference, the link's token and the code."""

    reference: str
    token: str
    code: str
    id: str

    @property
    def citizen(self) -> Actor:
        return Actor(ActorKind.CITIZEN, self.id)


class Office:
    """An installation one test works in."""

    def __init__(self, janji: Janji, clock: MovableClock, mail: Recorder, texts: Recorder) -> None:
        self.janji = janji
        self.engine = janji.engine
        self.queries = janji.queries
        self.store = janji.house.store
        self.clock = clock
        self.mail = mail
        self.texts = texts
        self._keys = (f"key-{n}" for n in count())

    def publish(self, folder: Path, forms: Path = ROOT / "forms") -> str:
        """Put a service's files into force; returns the version's id.

        The repository's own do not change while tests run, so each process checks them once.
        """
        if (folder, forms) in _CHECKED:
            return self._put_into_force(read_version(folder, forms / folder.name))
        version = self.engine.publish(folder, forms, by="test")
        if folder.parent == ROOT / "processes" and forms == ROOT / "forms":
            _CHECKED.add((folder, forms))
        return version.id

    def _put_into_force(self, version: ProcessVersion) -> str:
        now = self.clock.now()
        with self.store.write() as tx:
            tx.add_version(replace(version, published_at=now, published_by="test"))
            tx.make_current(version.service, version.id, now, "test")
        return version.id

    def apply(self, service: str, answers: Mapping[str, Any]) -> Application:
        """A citizen applies; papers may be written as `berkas:ktp.pdf`."""
        given, uploads = with_papers(answers)
        draft = self.engine.begin_draft(service, "id")
        self.engine.save_draft(draft, given, uploads)
        receipt = self.engine.start(draft, next(self._keys))
        return Application(receipt.reference, receipt.secret, receipt.code, receipt.case_id)

    def case(self, application: Application) -> Case:
        with self.store.read() as reads:
            return reads.case(application.id)

    def open(self, application: Application) -> list[str]:
        """The elements of the tasks that wait now, sorted."""
        with self.store.read() as reads:
            return sorted(task.element for task in reads.open_tasks(application.id))

    def task(self, application: Application, element: str) -> Task:
        """The open task of an element. Raises StopIteration when there is none."""
        with self.store.read() as reads:
            return next(task for task in reads.open_tasks(application.id) if task.element == element)

    def inbox(self, role: str) -> list[Task]:
        """Every open task of a role."""
        with self.store.read() as reads:
            return [task for task in reads.all_open_tasks() if task.role == role]

    def do(
        self,
        application: Application,
        element: str,
        answers: Mapping[str, Any],
        by: Actor | None = None,
        key: str = "",
    ) -> Case:
        """Finish an open task, by default as its role or as the citizen."""
        task = self.task(application, element)
        given, uploads = with_papers(answers)
        actor = by or (application.citizen if task.role == APPLICANT else staff(task.role, task.unit))
        return self.engine.complete(task.id, given, uploads, actor, key or next(self._keys))

    def confirm_release(self, application: Application, by: Actor | None = None) -> None:
        """A second coordinator lets out what waits to be public."""
        with self.store.read() as reads:
            waiting = reads.proposed_release(application.id)
        assert waiting, "nothing waits for a second person"
        second = by or staff("admin_pengaduan", login="orang-kedua")
        self.engine.confirm_release(application.reference, waiting.id, second, next(self._keys))

    def wait(self, span: str) -> None:
        """Let time pass: `+3wd`, `+10d`, or a local instant; whatever falls due on the way fires at its instant."""
        until = moved(self.clock.now(), span, self.janji.city.calendar)
        let_pass(self.engine, self.janji.house, self.clock, until)

    def work_through(self, span: str) -> None:
        """The same, with the background looking ahead every morning: it warns of promises that will be missed."""
        until = moved(self.clock.now(), span, self.janji.city.calendar)
        let_pass(self.engine, self.janji.house, self.clock, until, self.janji.forecasting.look_if_time)

    def wake_due(self) -> None:
        """Fire what is due now, as the scheduler would."""
        self.janji.sweep.sweep()

    def told(self, application: Application) -> list[str]:
        """The notices written for a case so far, by text id."""
        with self.store.read() as reads:
            return [notice.text for notice in reads.notices(application.id)]

    def history(self, application: Application) -> list[str]:
        """The verbs of a case's audit, oldest first."""
        with self.store.read() as reads:
            return [entry.verb for entry in reads.audit(application.id)]


def office_in(
    folder: Path,
    database_url: str = "",
    at: datetime = MONDAY_NINE,
    base_url: str = "http://127.0.0.1:8000",
    **more: Any,
) -> Office:
    """Open an office in a folder, on SQLite unless another database is named; `more` are further settings."""
    settings = Settings(
        environment="development",
        database_url=database_url or f"sqlite:///{folder / 'janji.sqlite'}",
        folder=folder,
        secret_key="a key for tests",  # type: ignore[arg-type]
        base_url=base_url,
        **more,
    )
    clock, mail, texts = MovableClock(at), Recorder(), Recorder()
    made = copy_tables(settings.database_url)
    janji = wire(settings, clock, {"mail": mail, "text": texts})
    if not made:
        janji.house.store.migrate()
    return Office(janji, clock, mail, texts)
