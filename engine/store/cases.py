"""Cases: adding, finding, locking and saving by compare-and-set. Knows no list and nothing that hangs on a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from engine.errors import CaseMovedOn, NotFound
from engine.model import Case

from .base import Connected, columns, values, written
from .chain import GENESIS
from .prepared import Prepared
from .rows import Head, Secrets
from .tables import cases, party, task
from .trail import TrailWrites

CASE = columns(cases, Case)
_WIDTH = len(CASE)
_ID = cases.c.id == bindparam("case_id")
_BY_ID = Prepared(select(*CASE).where(_ID))
_BY_REFERENCE = Prepared(select(*CASE).where(cases.c.reference == bindparam("reference")))
_BY_SECRET = Prepared(select(*CASE).where(cases.c.secret_hash == bindparam("secret_hash")))
_BY_OTHER_SECRET = Prepared(
    select(*CASE).where(
        cases.c.id == select(party.c.case_id).where(party.c.secret_hash == bindparam("secret_hash")).scalar_subquery()
    )
)
_BY_IDS = (
    select(*CASE)
    .where(cases.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(cases.c.started_at, cases.c.reference)
)
_UNDER_LOCK = (cases.c.head_seq, cases.c.head_hash, cases.c.data_key, cases.c.tokens)
_WHOLE = select(*CASE, *_UNDER_LOCK).where(_ID)
# key_share: a row that merely refers to the case (a new task, a link) neither waits for the lock nor deadlocks with it
_LOCKED = Prepared(_WHOLE.with_for_update(key_share=True))
_OF_TASK = Prepared(
    select(*CASE, *_UNDER_LOCK)
    .where(cases.c.id == select(task.c.case_id).where(task.c.id == bindparam("task_id")).scalar_subquery())
    .with_for_update(key_share=True)
)
_OF_REFERENCE = Prepared(
    select(*CASE, *_UNDER_LOCK).where(cases.c.reference == bindparam("reference")).with_for_update(key_share=True)
)
_IF_FREE = Prepared(_WHOLE.with_for_update(key_share=True, skip_locked=True))
_MESSAGES = Prepared(select(cases.c.messages).where(_ID))
_TOKENS = Prepared(select(cases.c.tokens).where(_ID))
_SECRETS = Prepared(select(cases.c.nonce, cases.c.code_hash).where(_ID))
_DATA_KEY = Prepared(select(cases.c.data_key).where(_ID))
_GOING = select(func.count()).select_from(cases).where(cases.c.ended_at.is_(None))
_SEARCHED = frozenset({"reference", "subject", "place"})
_ADD = Prepared(insert(cases))
_SAVE = Prepared(
    update(cases).where(cases.c.id == bindparam("seen_id"), cases.c.revision == bindparam("seen_revision"))
)
_SET = update(cases).where(cases.c.id == bindparam("of_case"))


class CaseReads(Connected):
    """Questions about one case. Found by what a person typed: None when there is none. By id: raises NotFound."""

    def case(self, case_id: str) -> Case:
        return Case(*self._fact(_BY_ID, case_id))

    def cases(self, case_ids: Sequence[str]) -> tuple[Case, ...]:
        """Those there are, oldest first."""
        return tuple(Case(*row) for row in self._all(_BY_IDS, ids=list(case_ids))) if case_ids else ()

    def case_by_reference(self, reference: str) -> Case | None:
        """Letters small or large, as people type them."""
        row = self._one(_BY_REFERENCE, reference=written(reference))
        return row and Case(*row)

    def case_by_secret(self, secret_hash: str) -> Case | None:
        """By the link of whoever asked, else by that of another party."""
        row = self._one(_BY_SECRET, secret_hash=secret_hash) or self._one(_BY_OTHER_SECRET, secret_hash=secret_hash)
        return row and Case(*row)

    def tokens(self, case_id: str) -> bytes:
        return bytes(self._fact(_TOKENS, case_id)[0])

    def waiting_messages(self, case_id: str) -> frozenset[str]:
        """Names of the BPMN messages the case waits for."""
        return frozenset(self._fact(_MESSAGES, case_id)[0])

    def secrets(self, case_id: str) -> Secrets:
        return Secrets(*self._fact(_SECRETS, case_id))

    def data_key(self, case_id: str) -> str:
        """The wrapped key of what is sealed in the case; empty when there is none (any more)."""
        return str(self._fact(_DATA_KEY, case_id)[0])

    def cases_open(self) -> int:
        return int(self._value(_GOING))

    def _fact(self, statement: Any, case_id: str) -> Any:
        row = self._one(statement, case_id=case_id)
        if row is None:
            raise NotFound(case_id)
        return row


class CaseWrites(CaseReads, TrailWrites):
    """Changing a case. Tokens read under the lock are kept, since nobody else can change them until we end."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._held: dict[str, bytes] = {}
        self._data_keys: dict[str, str] = {}

    def add_case(
        self,
        case: Case,
        tokens: bytes,
        *,
        secret_hash: str | None,
        code_hash: str,
        nonce: str,
        email: str = "",
        phone: str = "",
        data_key: str = "",
        waiting_messages: Collection[str] = (),
    ) -> None:
        """A new case with an empty audit chain. `secret_hash` None: no link opens it."""
        secret = {"secret_hash": secret_hash, "code_hash": code_hash, "nonce": nonce}
        rest: dict[str, Any] = {"email": email, "phone": phone, "search": _folded(case), "tokens": tokens}
        rest["data_key"] = self._data_keys[case.id] = data_key
        rest["messages"] = sorted(waiting_messages)
        head = {"head_seq": 0, "head_hash": GENESIS}
        self._add(_ADD, [{**values(case), **secret, **rest, **head}])
        self._heads[case.id] = Head(0, GENESIS)
        self._held[case.id] = tokens

    def case_for_update(self, case_id: str) -> Case:
        """The case, locked until the transaction ends; waits for whoever holds it. Raises NotFound."""
        self.flush()
        return self._keep(self._fact(_LOCKED, case_id))

    def case_of_task_for_update(self, task_id: str) -> Case:
        """The case that a task belongs to, locked as by `case_for_update`. Raises NotFound when there is no such task.

        Read the task after this and not before: while we waited for the lock somebody may have closed it.
        """
        self.flush()
        row = self._one(_OF_TASK, task_id=task_id)
        if row is None:
            raise NotFound(task_id)
        return self._keep(row)

    def case_of_reference_for_update(self, reference: str) -> Case:
        """The case that a person named, locked as by `case_for_update`. Raises NotFound."""
        self.flush()
        row = self._one(_OF_REFERENCE, reference=written(reference))
        if row is None:
            raise NotFound(reference)
        return self._keep(row)

    def case_if_free(self, case_id: str) -> Case | None:
        """The case, locked; None when another transaction holds it just now (or there is none)."""
        self.flush()
        row = self._one(_IF_FREE, case_id=case_id)
        return None if row is None else self._keep(row)

    def tokens(self, case_id: str) -> bytes:
        held = self._held.get(case_id)
        return super().tokens(case_id) if held is None else held

    def data_key(self, case_id: str) -> str:
        held = self._data_keys.get(case_id)
        return super().data_key(case_id) if held is None else held

    def set_data_key(self, case_id: str, data_key: str) -> None:
        """For a case of before answers were sealed."""
        self._change(_SET, of_case=case_id, data_key=data_key)
        self._data_keys[case_id] = data_key

    def save_case(
        self, seen: Case, now_is: Case, tokens: bytes | None = None, waiting_messages: Collection[str] | None = None
    ) -> Case:
        """Store `now_is` over the revision that was seen and return it with its new revision.

        None leaves the tokens or the messages that are waited for as they are.

        Raises CaseMovedOn when the stored revision is another: the transaction must then be let go.
        """
        saved = replace(now_is, id=seen.id, revision=seen.revision + 1)
        changed = {**_differences(seen, saved), **self._take_head(seen.id)}
        if tokens is not None:
            changed["tokens"] = tokens
        if waiting_messages is not None:
            changed["messages"] = sorted(waiting_messages)
        if self._change(_SAVE, seen_id=seen.id, seen_revision=seen.revision, **changed) != 1:
            raise CaseMovedOn(seen.id, seen.revision)
        self._held.pop(seen.id, None)
        return saved

    def renew_secrets(self, case_id: str, *, secret_hash: str | None, code_hash: str, nonce: str) -> None:
        """From now on the old link and code open nothing."""
        self._change(_SET, of_case=case_id, secret_hash=secret_hash, code_hash=code_hash, nonce=nonce)

    def _keep(self, row: Any) -> Case:
        head_seq, head_hash, data_key, tokens = row[_WIDTH:]
        case = Case(*row[:_WIDTH])
        self._heads[case.id] = Head(head_seq, head_hash)
        self._held[case.id] = bytes(tokens)
        self._data_keys[case.id] = data_key
        return case


def _differences(seen: Case, now_is: Case) -> dict[str, Any]:
    """The columns that must be written. Writing the others too would rewrite every index a case stands in."""
    before, after = values(seen), values(now_is)
    changed = {name: value for name, value in after.items() if value != before[name]}
    if changed.keys() & _SEARCHED:
        changed["search"] = _folded(now_is)
    return changed


def folded(text: str) -> str:
    """Text as the search of lists compares it: upper and lower case are the same in every language."""
    return " ".join(text.casefold().split())


def _folded(case: Case) -> str:
    return folded(f"{case.reference} {case.subject} {case.place}")
