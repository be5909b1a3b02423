"""The five-step permit, as others measure theirs: start with data, fill, fee, check, inspect, review, approve.

Ours is engine verbs only: every step reads the case from the database and commits before it returns, and all that
Janji stores is stored. The baseline is SpiffWorkflow with its parsed spec put back and one row for each case, read and
written through SQLAlchemy's ORM with one commit for each step; it stores nothing else.
"""

from __future__ import annotations

import multiprocessing
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import Column, MetaData, Table, Text, create_engine, make_url
from sqlalchemy.orm import Session, registry

from engine.bpmn import codec
from tests.bench.measures import Measure, percentile
from tests.bench.rows import tuned
from tests.bench.stock import WithoutSpec
from tests.builders import office_in, staff

HERE = Path(__file__).parent
TARIFF = 2500
ROUNDS = 20
"""Ours and the baseline take turns at most so often, so that both meet the same machine."""
NOT_SLOWER = 1.0


@dataclass
class Ran:
    """What some cases took: `whole` are cases and `steps` completions in ms; `ended` are number and id of each case."""

    cases: int = 0
    seconds: float = 0.0
    whole: list[float] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    ended: list[tuple[int, str]] = field(default_factory=list)
    wrong: int = 0

    def add(self, other: Ran) -> None:
        self.cases += other.cases
        self.whole += other.whole
        self.steps += other.steps
        self.ended += other.ended

    @property
    def cases_per_s(self) -> float:
        return self.cases / self.seconds

    @property
    def completions_per_s(self) -> float:
        return len(self.steps) / self.seconds


def area_of(number: int) -> int:
    return 10 + number % 500


def work_of(number: int) -> tuple[tuple[str, dict[str, Any]], ...]:
    """The human tasks of a case with their answers."""
    return ("fill", {"area": area_of(number)}), ("review", {"ok": True}), ("approve", {"signed": "Kepala Dinas"})


class Contender:
    """Runs cases from start to end, one after the other."""

    def run(self, numbers: range) -> Ran:
        ran = Ran(cases=len(numbers))
        for number in numbers:
            first = perf_counter()
            case_id = self.start(number)
            for element, answers in work_of(number):
                step = self.step(case_id, element, answers)
                began = perf_counter()
                step()
                ran.steps.append((perf_counter() - began) * 1000)
            ran.whole.append((perf_counter() - first) * 1000)
            ran.ended.append((number, case_id))
        return ran

    def wrong(self, ended: list[tuple[int, str]]) -> int:
        """How many of these cases did not end with the fee that area and tariff give."""
        return sum(self.fee(case_id) != area_of(number) * TARIFF for number, case_id in ended)

    def start(self, number: int) -> str:
        raise NotImplementedError

    def step(self, case_id: str, element: str, answers: dict[str, Any]) -> Callable[[], object]:
        raise NotImplementedError

    def fee(self, case_id: str) -> int | None:
        """The fee of a case that has ended, None of one that has not."""
        raise NotImplementedError


class Ours(Contender):
    """The workload on our engine."""

    def __init__(self, url: str, folder: Path) -> None:
        self._office = office_in(folder, url)
        self._office.publish(HERE, HERE / "forms")
        self._clerk = staff("loket")
        self._keys = (f"{uuid.uuid4().hex}-{n}" for n in count())

    def start(self, number: int) -> str:
        name = {"name": f"Pemohon {number}"}
        return self._office.engine.start_at_counter("permit", name, {}, self._clerk, next(self._keys), "loket").case_id

    def step(self, case_id: str, element: str, answers: dict[str, Any]) -> Callable[[], object]:
        with self._office.store.read() as reads:
            task_id = next(task.id for task in reads.open_tasks(case_id) if task.element == element)
        return lambda: self._office.engine.complete(task_id, answers, {}, self._clerk, next(self._keys))

    def fee(self, case_id: str) -> int | None:
        with self._office.store.read() as reads:
            if reads.case(case_id).ended_at is None:
                return None
            found: int = codec.decode(reads.tokens(case_id))["d"]["fee"]
            return found

    def close(self) -> None:
        self._office.janji.close()


class Baseline(Contender):
    """The workload on SpiffWorkflow and one row for each case."""

    def __init__(self, url: str, table: str) -> None:
        self._stock = WithoutSpec("permit", {"process.bpmn": (HERE / "process.bpmn").read_bytes()})
        self._engine = tuned(create_engine(url))
        self.metadata = MetaData()
        rows = Table(table, self.metadata, Column("id", Text, primary_key=True), Column("state", Text, nullable=False))
        self.metadata.create_all(self._engine)
        self._row = type("Row", (), {})
        registry().map_imperatively(self._row, rows)

    def start(self, number: int) -> str:
        made: Any = self._row()
        made.id = uuid.uuid4().hex
        made.state = self._stock.dump(self._stock.begin({"start": {"name": f"Pemohon {number}"}}))
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            session.add(made)
        return str(made.id)

    def step(self, case_id: str, element: str, answers: dict[str, Any]) -> Callable[[], object]:
        return lambda: self._step(case_id, element, answers)

    def fee(self, case_id: str) -> int | None:
        with Session(self._engine) as session:
            found: Any = session.get(self._row, case_id)
            workflow = self._stock.load(found.state)
        return workflow.last_task.data.get("fee") if workflow.completed else None

    def _step(self, case_id: str, element: str, answers: dict[str, Any]) -> None:
        with Session(self._engine) as session, session.begin():
            found: Any = session.get(self._row, case_id)
            workflow = self._stock.load(found.state)
            self._stock.complete(workflow, element, answers)
            found.state = self._stock.dump(workflow)

    def drop(self) -> None:
        self.metadata.drop_all(self._engine)
        self._engine.dispose()


# ── in one process or in several ──────────────────────────────────────────────────────────────────────────────────────

Runner = Callable[[str, range], Ran]
_here: dict[str, Contender] = {}


def _equip(url: str, baseline_url: str, table: str, folder: str) -> None:
    _here["ours"], _here["baseline"] = Ours(url, Path(folder)), Baseline(baseline_url, table)


def _run(who: str, numbers: range) -> Ran:
    return _here[who].run(numbers)


@contextmanager
def _crew(procs: int, equipment: tuple[str, str, str, str]) -> Iterator[Runner]:
    """Something that runs cases: this process, or as many others as are asked for, each with its share."""
    if procs == 1:
        yield _run
        return
    fresh = multiprocessing.get_context("spawn")
    with ExitStack() as stack:
        pools = [
            stack.enter_context(ProcessPoolExecutor(1, mp_context=fresh, initializer=_equip, initargs=equipment))
            for _ in range(procs)
        ]

        def run(who: str, numbers: range) -> Ran:
            shares = [pool.submit(_run, who, numbers[place::procs]) for place, pool in enumerate(pools)]
            return _together([share.result() for share in shares])

        yield run


def _together(shares: Sequence[Ran]) -> Ran:
    whole = Ran()
    for share in shares:
        whole.add(share)
    return whole


def workload(url: str, cases: int, procs: int, told: Callable[[int], object] = lambda _done: None) -> tuple[Ran, Ran]:
    """Ours and the baseline on that many cases each, in turns. `told` hears how many are done, both counted.

    `url` empty: a SQLite file that is gone afterwards. The baseline has its own SQLite file, or a table of its own in
    the database that was named.
    """
    with TemporaryDirectory(prefix="janji-bench-") as folder:
        own = f"sqlite:///{folder}/ours.sqlite"
        other = f"sqlite:///{folder}/baseline.sqlite"
        named = url.replace("postgresql://", "postgresql+psycopg://", 1) or own
        table = f"bench_{uuid.uuid4().hex[:8]}"
        equipment = (named, named if named.startswith("postgresql") else other, table, folder)
        _equip(*equipment)
        try:
            with _crew(procs, equipment) as run:
                return _in_turns(run, cases, procs, told)
        finally:
            ours, baseline = _here.pop("ours"), _here.pop("baseline")
            if isinstance(ours, Ours) and isinstance(baseline, Baseline):
                ours.close()
                baseline.drop()


def _in_turns(run: Runner, cases: int, procs: int, told: Callable[[int], object]) -> tuple[Ran, Ran]:
    totals = {"ours": Ran(), "baseline": Ran()}
    for who in totals:
        run(who, range(3 * procs))  # warms up what is read and compiled once
    rounds = max(1, min(ROUNDS, cases // (2 * procs)))
    edges = [cases * turn // rounds for turn in range(rounds + 1)]
    for turn, (first, last) in enumerate(pairwise(edges)):
        for who in totals if turn % 2 else reversed(totals):
            began = perf_counter()
            part = run(who, range(first, last))
            totals[who].seconds += perf_counter() - began
            totals[who].add(part)
            told(part.cases)
    for who, total in totals.items():
        total.wrong = _here[who].wrong(total.ended)
    return totals["ours"], totals["baseline"]


def measures(ours: Ran, baseline: Ran, url: str, procs: int) -> Iterator[Measure]:
    """The figures of one run. Only SQLite with one process is bound to be no slower than the baseline."""
    database = make_url(url).get_backend_name() if url else "sqlite"
    about = f"permit ({database}, {procs} {'process' if procs == 1 else 'processes'})"
    bound = NOT_SLOWER if database == "sqlite" and procs == 1 else None
    yield Measure(f"{about}: a case", median(ours.whole), "ms", median(baseline.whole), bound=bound)
    yield Measure(f"{about}: cases", ours.cases_per_s, "1/s", baseline.cases_per_s)
    yield Measure(f"{about}: completions", ours.completions_per_s, "1/s", baseline.completions_per_s)
    for share in (50, 95):
        times = [percentile(ran.steps, share / 100) for ran in (ours, baseline)]
        yield Measure(f"{about}: a completion, p{share}", times[0], "ms", times[1])
    yield Measure(f"{about}: wrong fees", float(ours.wrong + baseline.wrong), "cases", bound=0)
