"""The rows of our own tables as an application on SQLAlchemy's ORM would write them. The baseline's half of storing.

Same tables, indexes and column types as ours, mapped class by class; one session and one commit for each step.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.orm import Session, registry

from engine.model import Closing, ProcessVersion
from engine.store import Store
from engine.store.tables import cases, metadata, task

from .stock import Stock

_mapped = registry(metadata=metadata)
ROWS: dict[str, type] = {}
for _name in ("cases", "task", "timer", "ledger", "answer", "stage_visit", "audit", "notice", "request_key"):
    ROWS[_name] = type(_name.title(), (), {})
    _mapped.map_imperatively(ROWS[_name], metadata.tables[_name])


def row(table: str, **values: Any) -> Any:
    """A new object of a table's class."""
    made = ROWS[table]()
    for name, value in values.items():
        setattr(made, name, value)
    return made


def database(path: Path, version: ProcessVersion) -> Engine:
    """A fresh SQLite file with our tables and one published version, opened with the same settings as ours."""
    store = Store.open(f"sqlite:///{path}")
    store.migrate()
    with store.write() as tx:
        tx.add_version(version)
    store.close()
    return tuned(create_engine(f"sqlite:///{path}"))


def tuned(engine: Engine) -> Engine:
    """SQLite as we run it; any other database as it is."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _pragmas)
    return engine


def _pragmas(connection: Any, _record: object) -> None:
    settings = ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "busy_timeout = 10000")
    settings += ("wal_autocheckpoint = 4000",)
    for pragma in (*settings, "temp_store = MEMORY", "cache_size = -16000", "mmap_size = 268435456"):
        connection.execute(f"PRAGMA {pragma}")


def copied_case(engine: Engine, of: Mapping[str, Mapping[str, Any]], state: str, element: str, stock: Stock) -> str:
    """A case in a given state with its open task and armed timers. Returns the id of the task."""
    case_id, task_id = uuid.uuid4().hex, uuid.uuid4().hex
    workflow = stock.load(state)
    with Session(engine) as session, session.begin():
        changed = {"id": case_id, "reference": case_id, "secret_hash": case_id, "tokens": state.encode()}
        session.add(row("cases", **{**of["cases"], **changed}))
        session.flush()
        session.add(row("task", **{**of["task"], "id": task_id, "case_id": case_id, "element": element}))
        session.add(row("stage_visit", case_id=case_id, stage="analisis", began_at=of["task"]["opened_at"]))
        for line in of["ledger"]:
            session.add(row("ledger", **{**line, "case_id": case_id, "line": None}))
        for name, (shape, at) in stock.timers(workflow).items():
            session.add(row("timer", case_id=case_id, id=name, element=shape, due_at=at))
    return task_id


def complete(
    engine: Engine, stock: Stock, task_id: str, answers: Mapping[str, Any], by: str, key: str, now: datetime
) -> None:
    """Load a case, finish its task, store everything that Janji stores of it: one session, one commit."""
    stock.effects.clear()
    with Session(engine) as session, session.begin():
        if session.get(ROWS["request_key"], key) is not None:
            return
        done: Any = session.get(ROWS["task"], task_id)
        case: Any = session.get(ROWS["cases"], done.case_id)
        session.scalars(select(ROWS["ledger"]).filter_by(case_id=case.id)).all()
        workflow = stock.load(case.tokens.decode())
        before = {one.id.hex for one in stock.human(workflow)}
        stock.complete(workflow, done.element, answers)
        _close_and_open(session, stock, case, done, workflow, before, by, now)
        _rearm(session, stock, case, workflow)
        session.add(
            row("answer", case_id=case.id, task_id=task_id, element=done.element, answers=answers, by=by, at=now)
        )
        _tell(session, stock, case, now)
        _audit(session, case, done, answers, by, now)
        session.add(row("request_key", key=key, verb="complete", result={"case_id": case.id}, at=now))
        case.tokens = stock.dump(workflow).encode()
        case.revision += 1


def _close_and_open(
    session: Session, stock: Stock, case: Any, done: Any, workflow: Any, before: set[str], by: str, now: datetime
) -> None:
    done.closed_at, done.closed_by, done.closing = now, by, Closing.COMPLETED
    for one in stock.human(workflow):
        if one.id.hex in before:
            continue
        opened = {"opened_at": now, "due_at": case.due_at, "element": one.task_spec.bpmn_id, "role": "kasi"}
        session.add(row("task", id=one.id.hex, case_id=case.id, **opened))
    visits = ROWS["stage_visit"]
    for visit in session.scalars(select(visits).filter_by(case_id=case.id, ended_at=None)):
        visit.ended_at = now
    case.stage = "koreksi"
    session.add(row("stage_visit", case_id=case.id, stage=case.stage, began_at=now))


def _rearm(session: Session, stock: Stock, case: Any, workflow: Any) -> None:
    stored = {one.id: one for one in session.scalars(select(ROWS["timer"]).filter_by(case_id=case.id))}
    armed = stock.timers(workflow)
    for name in stored.keys() - armed.keys():
        session.delete(stored[name])
    for name in armed.keys() - stored.keys():
        element, at = armed[name]
        session.add(row("timer", case_id=case.id, id=name, element=element, due_at=at))


def _tell(session: Session, stock: Stock, case: Any, now: datetime) -> None:
    """What the diagram asked for, else the news of the new stage, as ours has it."""
    asked = [told for kind, told in stock.effects if kind == "notify"] or [("pemohon", "tahap")]
    for place, told in enumerate(asked):
        facts = {"key": f"{case.id}:{case.revision}:{place}", "to": told[0], "text": told[1], "facts": {}}
        session.add(row("notice", case_id=case.id, at=now, next_at=now, attempts=0, message="", **facts))


def _audit(session: Session, case: Any, done: Any, answers: Mapping[str, Any], by: str, now: datetime) -> None:
    digest = hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()
    facts = {"task": done.id, "answers": digest, "stage": case.stage, "outcome": case.outcome}
    entry = {"case_id": case.id, "seq": case.head_seq + 1, "actor": f"staff:{by}", "verb": "complete"}
    entry |= {"element": done.element, "facts": facts, "previous": case.head_hash}
    covered = json.dumps({**entry, "at": now.isoformat()}, sort_keys=True).encode()
    entry["hash"] = hashlib.sha256(covered).hexdigest()
    session.add(row("audit", at=now, **entry))
    case.head_seq, case.head_hash = entry["seq"], entry["hash"]


def rows_of(store: Store, case_id: str) -> dict[str, Any]:
    """A case of ours as values, for `copied_case`."""
    with store.read() as reads:
        connection = reads._connection
        case = dict(connection.execute(select(cases).where(cases.c.id == case_id)).mappings().one())
        open_task = select(task).where(task.c.case_id == case_id, task.c.closed_at.is_(None))
        lines = metadata.tables["ledger"]
        return {
            "cases": case,
            "task": dict(connection.execute(open_task).mappings().first() or {}),
            "ledger": [dict(one) for one in connection.execute(select(lines).filter_by(case_id=case_id)).mappings()],
        }
