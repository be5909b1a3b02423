"""Makes nouns for store tests: each call says the one fact that matters, the rest is ordinary."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.model import Case, ProcessVersion, Task
from engine.store import Store

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Nine in the morning in Semarang."""

VERSION = ProcessVersion("v1", "krk", {"process.bpmn": b"<xml/>", "texts/id.toml": b"a = 1"})


class Office:
    """A store with a published service, and a standing instant `at`."""

    def __init__(self, store: Store, at: datetime) -> None:
        self.store = store
        self.at = at
        self._count = itertools.count(1)
        with store.write() as w:
            w.add_version(VERSION)
            w.make_current("krk", "v1", at)

    def later(self, **span: float) -> datetime:
        return self.at + timedelta(**span)

    def case(self, tokens: bytes = b"tokens", **facts: Any) -> Case:
        """A stored case."""
        case = self.new_case(**facts)
        with self.store.write() as w:
            w.add_case(case, tokens, secret_hash=f"hash-{case.id}", code_hash="code", nonce="nonce")
        return case

    def new_case(self, **facts: Any) -> Case:
        number = next(self._count)
        case = Case(
            id=f"case-{number:06d}",
            reference=f"KRK-2026-{number:06d}",
            service="krk",
            version="v1",
            revision=0,
            stage="verifikasi",
            subject="Siti Aminah",
            place="Tembalang",
            channel="web",
            language="id",
            started_at=self.at,
        )
        return replace(case, **facts)

    def task(self, case: Case, **facts: Any) -> Task:
        """A stored open task."""
        task = self.new_task(case, **facts)
        with self.store.write() as w:
            w.add_task(task)
        return task

    def new_task(self, case: Case, **facts: Any) -> Task:
        number = next(self._count)
        task = Task(
            id=f"task-{number:06d}",
            case_id=case.id,
            element="verifikasi_berkas",
            role="verifikator",
            unit=None,
            holder=None,
            opened_at=self.at,
            due_at=None,
        )
        return replace(task, **facts)
