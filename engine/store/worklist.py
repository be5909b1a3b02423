"""The lists of work: which tasks a colleague sees, most urgent first, a page at a time. Knows no rule of who may act.

Each post becomes a walk along an index in the order of the list, so a page costs the same with a hundred thousand
open tasks as with a thousand. The walks are merged; they never overlap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, literal, select, union_all

from engine.model import Case, Post, Task

from .base import Connected
from .caselist import case_limits
from .cases import CASE
from .columns import Deadline
from .keyset import Keyset, cursor_after
from .rows import Tab, WorkFilter, WorkPage, WorkRow
from .tables import cases, task, user_account
from .tasks import TASK

COUNTED_UP_TO = 1000
"""A tab's count stops here: "999+" tells as much, and counting on would cost more than the page itself."""

_URGENT = Keyset(task.c.due_at, task.c.id)
_LATEST = Keyset(task.c.closed_at, task.c.id, newest_first=True)
_OPEN = task.c.closed_at.is_(None)
_EVERYTHING = WorkFilter()
_before = task.alias("before")
_ROUND = (
    select(func.count())
    .select_from(_before)
    .where(
        _before.c.case_id == task.c.case_id,
        _before.c.element == task.c.element,
        _before.c.opened_at <= task.c.opened_at,
    )
    .scalar_subquery()
)
_WHOLE = (
    select(*TASK, *CASE, _ROUND, user_account.c.name)
    .join(cases, cases.c.id == task.c.case_id)
    .outerjoin(user_account, user_account.c.login == task.c.holder)
    .where(task.c.id.in_(bindparam("ids", expanding=True)))
)


class WorklistReads(Connected):
    """Questions about work."""

    def worklist(
        self,
        posts: Collection[Post],
        login: str,
        tab: Tab,
        wanted: WorkFilter = _EVERYTHING,
        cursor: str | None = None,
        limit: int = 25,
    ) -> WorkPage:
        """A page of a tab: by due date, those without one last; DONE: the latest closed first.

        ALL shows the work of everybody: whether this colleague supervises is asked elsewhere.
        """
        keyset = _LATEST if tab is Tab.DONE else _URGENT
        walks = [keyset.page(walk, cursor, limit) for walk in _walks(tab, login, posts, wanted)]
        found = self._merged(walks, keyset, limit)
        by_id = {row.task.id: row for row in self.work([task_id for _, task_id in found[:limit]])}
        rows = tuple(by_id[task_id] for _, task_id in found[:limit])
        return WorkPage(rows, cursor_after(found, limit))

    def work(self, ids: Sequence[str]) -> list[WorkRow]:
        """The rows of these tasks, in no order."""
        rows = self._all(_WHOLE, ids=list(ids)) if ids else ()
        first, second = len(TASK), len(TASK) + len(CASE)
        return [
            WorkRow(Task(*row[:first]), Case(*row[first:second]), round=row[second], holder_name=row[second + 1])
            for row in rows
        ]

    def opened_since(
        self, posts: Collection[Post], login: str, tab: Tab, wanted: WorkFilter, since: datetime, most: int = 100
    ) -> int:
        """How many tasks of a tab were opened after an instant, looking at no more than the `most` latest."""
        latest = select(task.c.id).where(_OPEN, task.c.opened_at > since).order_by(task.c.opened_at.desc()).limit(most)
        if tab is Tab.DONE:
            return 0
        walks = [walk.where(task.c.id.in_(latest)) for walk in _walks(tab, login, posts, wanted)]
        return int(self._value(select(_count(walks))))

    def worklist_counts(self, posts: Collection[Post], login: str, wanted: WorkFilter = _EVERYTHING) -> dict[Tab, int]:
        """How many rows each tab has, never more than COUNTED_UP_TO."""
        counts = [_count(_walks(tab, login, posts, wanted)).label(tab.value) for tab in Tab]
        row: Any = self._one(select(*counts))
        return dict(zip(Tab, row, strict=True))

    def _merged(self, walks: Sequence[Select[Any]], keyset: Keyset, limit: int) -> list[tuple[datetime | None, str]]:
        """Instants and ids of one page and one row more."""
        if not walks:
            return []
        merged = union_all(*(select(walk.subquery()) for walk in walks)).subquery()
        order = Keyset(merged.c[0], merged.c[1], keyset.newest_first).order()
        return [(row[0], row[1]) for row in self._all(select(merged).order_by(*order).limit(limit + 1))]


def _walks(tab: Tab, login: str, posts: Collection[Post], wanted: WorkFilter) -> list[Select[Any]]:
    """The tasks of a tab as (instant, id) along indexes, without order yet."""
    limits = _limits(wanted)
    if tab is Tab.DONE:
        return [select(task.c.closed_at, task.c.id).where(task.c.closed_by == login, ~_OPEN, *limits)]
    walk = select(task.c.due_at, task.c.id).where(_OPEN, *limits)
    if tab is Tab.MINE:
        return [walk.where(task.c.holder == login)]
    if tab is Tab.ALL:
        return [walk]
    return [walk.where(*place) for place in _places(posts)]


def _places(posts: Collection[Post]) -> list[tuple[ColumnElement[bool], ...]]:
    """Where the work of these posts lies, without overlap. A task without unit is seen from every unit of its role."""
    whole = {post.role for post in posts if post.unit is None}
    parts = {post for post in posts if post.role not in whole}
    parts |= {Post(post.role) for post in parts}
    return [(task.c.role == role,) for role in sorted(whole)] + [
        (task.c.role == post.role, task.c.unit.is_(None) if post.unit is None else task.c.unit == post.unit)
        for post in sorted(parts, key=lambda post: (post.role, post.unit or ""))
    ]


def _limits(wanted: WorkFilter) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.due_from is not None:
        limits.append(task.c.due_at >= literal(wanted.due_from, Deadline()))
    if wanted.due_before is not None:
        limits.append(task.c.due_at < literal(wanted.due_before, Deadline()))
    if wanted.except_roles:
        limits.append(task.c.role.not_in(sorted(wanted.except_roles)))
    of_case = case_limits(wanted)
    if of_case:
        # EXISTS, not a join: the walk along the tasks must stay the outer loop, or the order is lost to a sort
        limits.append(exists().where(cases.c.id == task.c.case_id, *of_case))
    return limits


def _count(walks: Sequence[Select[Any]]) -> Any:
    if not walks:
        return literal(0)
    few = [select(walk.limit(COUNTED_UP_TO).subquery()) for walk in walks]
    return select(func.count()).select_from(union_all(*few).limit(COUNTED_UP_TO).subquery()).scalar_subquery()
