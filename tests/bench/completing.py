"""Completing one task of a KRK, from load to commit, on SQLite: Janji beside SpiffWorkflow as it comes with an ORM."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event

from engine.library import read_version
from tests.bench import rows
from tests.bench.measures import Measure, side_by_side
from tests.bench.office import ANALYSIS, KRK, ROOT, SAMPLES, SENT_BACK, an_office, at_analysis, reworked, tokens_of
from tests.bench.stock import Stock
from tests.builders import Application, Office, staff

MOST_BYTES = 4000
_keys = (f"bench-{n}" for n in count())


def measure(rounds: int, loops: int) -> Iterator[Measure]:
    """The measures of time and size. `loops` is how often the case with a past was sent back."""
    with an_office() as office, TemporaryDirectory(prefix="janji-bench-") as folder:
        office.publish(KRK)
        fresh = [at_analysis(office) for _ in range(rounds + 2)]
        long = [reworked(office, at_analysis(office), loops) for _ in range(max(1, rounds // 8))]
        yield from _sizes(office, fresh[-1], long[0], loops)
        yield Measure("statements of one completion", float(_statements(office, fresh.pop())), "statements")
        baseline = Baseline(Path(folder), office, fresh[0], loops)
        turns = count()
        ours, ours_long, stock, stock_long = side_by_side(
            rounds,
            (
                lambda: _ours(office, fresh.pop()),
                lambda: _ours_again(office, long[next(turns) % len(long)]),
                lambda: baseline.act(baseline.fresh),
                lambda: baseline.act(baseline.long),
            ),
        )
        yield Measure("complete one task, no history", ours, "ms", stock, bound=2.0, faster=True)
        yield Measure(f"complete one task, {loops} rework loops", ours_long, "ms", stock_long, bound=15.0, faster=True)
        yield Measure(f"complete one task, {loops} loops beside none", ours_long, "ms", ours, bound=1.3)


def _sizes(office: Office, fresh: Application, long: Application, loops: int) -> Iterator[Measure]:
    none, some = len(tokens_of(office, fresh)), len(tokens_of(office, long))
    yield Measure("stored state, no history", float(none), "bytes", MOST_BYTES, bound=1.0)
    yield Measure(f"stored state, {loops} rework loops", float(some), "bytes", float(none), bound=1.3)


def _ours(office: Office, case: Application) -> Callable[[], object]:
    element, answers = ANALYSIS
    task = office.task(case, element)
    clerk, key = staff(task.role, task.unit), next(_keys)
    return lambda: office.engine.complete(task.id, answers, {}, clerk, key)


def _ours_again(office: Office, case: Application) -> Callable[[], object]:
    """The same on a case with a past, which is sent back first unless it waits at the analysis already."""
    if office.open(case) != [ANALYSIS[0]]:
        office.do(case, *SENT_BACK)
    return _ours(office, case)


def _statements(office: Office, case: Application) -> int:
    act, heard = _ours(office, case), []
    engine = office.store._engine

    def hear(*_: Any) -> None:
        heard.append(1)

    event.listen(engine, "before_cursor_execute", hear)
    act()
    event.remove(engine, "before_cursor_execute", hear)
    return len(heard)


class Baseline:
    """The same diagram at the same task in SpiffWorkflow, once without and once with a past, as stored JSON."""

    def __init__(self, folder: Path, office: Office, like: Application, loops: int) -> None:
        version = read_version(KRK, ROOT / "forms" / "krk")
        self.stock = Stock("krk", version.files)
        self.engine = rows.database(folder / "stock.sqlite", version)
        self.like = rows.rows_of(office.store, like.id)
        self.now = office.clock.now()
        with office.store.read() as reads:
            data = {one.element: dict(one.answers) for one in reads.answers(like.id)}
            case = reads.case(like.id)
        about = {"reference": case.reference, "service": "krk", "channel": "web", "language": "id"}
        workflow = self.stock.begin({"pendaftaran": data["pendaftaran"], "case": about})
        self.stock.complete(workflow, "verifikasi_berkas", data["verifikasi_berkas"])
        self.stock.complete(workflow, "penugasan", data["penugasan"])
        self._give_tables(workflow)
        self.stock.complete(workflow, "plotting_zona", data["plotting_zona"])
        self.fresh = self.stock.dump(workflow)
        for _ in range(loops):
            self.stock.complete(workflow, *ANALYSIS)
            self.stock.complete(workflow, *SENT_BACK)
        self.long = self.stock.dump(workflow)

    def act(self, state: str) -> Callable[[], object]:
        task_id = rows.copied_case(self.engine, self.like, state, ANALYSIS[0], self.stock)
        key = next(_keys)
        return lambda: rows.complete(self.engine, self.stock, task_id, ANALYSIS[1], "juru_gambar", key, self.now)

    def _give_tables(self, workflow: Any) -> None:
        """Stock decision tables spread their columns over the data; our diagram reads them under the table's name."""
        table = {name: SAMPLES["analisis_sesuai_tabel"][name] for name in ("kdb", "klb", "kdh", "ktb", "gsb", "tinggi")}
        table |= {"lantai": 3, "putusan": "diperbolehkan", "fungsi": "Hunian", "gsp": 0, "jarak_bebas": 0}
        task = self.stock.human(workflow)[0]
        task.set_data(tabel_zona={**table, "lantai_bawah_tanah": 0}, kesesuaian={"putusan": "diperbolehkan"})
