"""A city's worth of open work, put into the tables at once: cases, their open tasks and their waiting timers. Every
tenth task is held and put off until a later day.

The rows are what a year of an office looks like to an index: many roles, some units, due dates on many days, some
without one. They are not cases that could go on; what is to be woken for real is begun by the engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert

from engine.store import Store
from engine.store.tables import cases, follow_up, task, timer
from tests.bench.rows import rows_of
from tests.builders import Application, Office

ROLES = (
    *(("verifikator", None), ("kasi", None), ("kabid", None), ("juru_gambar", None), ("surveyor", None)),
    *(("penghubung", "dpu"), ("penghubung", "dinkes"), ("penghubung", "disperkim"), ("pemohon", None)),
)
ELEMENTS = ("verifikasi_berkas", "penugasan", "analisis_tata_ruang", "koreksi_kasi", "koreksi_kabid")
STAGES = ("verifikasi", "penugasan", "analisis", "koreksi")
COLLEAGUES = 40
BATCH = 5_000


def fill(office: Office, like: Application, first: int, last: int) -> None:
    """Add the cases numbered from `first` to before `last`, each with an open task and a timer far away."""
    model, now = rows_of(office.store, like.id)["cases"], office.clock.now()
    numbers = iter(range(first, last))
    with office.store.write() as tx:
        while batch := list(islice(numbers, BATCH)):
            for table, rows in _rows(model, now, batch):
                tx._connection.execute(insert(table), rows)
    settle(office.store)


def _rows(model: dict[str, Any], now: datetime, numbers: list[int]) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
    chance = Random(numbers[0])  # the same crowd in every run
    found: dict[Any, list[dict[str, Any]]] = {cases: [], task: [], timer: [], follow_up: []}
    for number in numbers:
        name = f"crowd-{number:07d}-{chance.randrange(1 << 32):08x}"
        due_at = None if chance.random() < 0.1 else now + timedelta(minutes=chance.randrange(-20_000, 60_000))
        role, unit = chance.choice(ROLES)
        identity = {"id": name, "reference": name, "secret_hash": name, "search": name, "due_at": due_at}
        found[cases].append({**model, **identity, "tokens": b"", "stage": chance.choice(STAGES)})
        work = {"element": chance.choice(ELEMENTS), "role": role, "unit": unit, "due_at": due_at}
        work["holder"] = holder = f"rekan-{number % COLLEAGUES}" if number % 10 == 0 else None
        over = {"closed_at": None, "closed_by": None, "closing": None}
        found[task].append({"id": name, "case_id": name, "opened_at": now, **work, **over})
        rings_at = now + timedelta(minutes=chance.randrange(20_000, 200_000))
        found[timer].append({"case_id": name, "id": name, "element": "jatuh_tempo", "due_at": rings_at})
        if holder:
            rests = {"until_at": now + timedelta(hours=chance.randrange(1, 40)), "note": "", "at": now}
            found[follow_up].append({"task_id": name, "by": holder, **rests})
    yield from found.items()


def settle(store: Store) -> None:
    """Let the database write back what was filled in, or the first question afterwards would pay for it."""
    if store._engine.dialect.name == "sqlite":
        with store._engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
