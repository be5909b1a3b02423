"""The lists of work: which tasks a colleague sees, most urgent first, a page at a time. Knows no rule of who may act.

Each post becomes a walk along an index in the order of the list, so a page costs the same with a hundred thousand
open tasks as with a thousand. The walks are merged; they never overlap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, exists, func, literal, or_, select, union_all

from engine.model import Case, FollowUp, Post, Task
from engine.views import COUNTED_UP_TO

from .base import Connected
from .caselist import case_limits
from .cases import CASE
from .columns import Deadline
from .follow_ups import FOLLOW_UP
from .keyset import Keyset, cursor_after
from .lists import Page, Tab, WorkFilter, WorkRow
from .tables import cases, follow_up, task, user_account
from .tasks import TASK

_URGENT = Keyset(task.c.due_at, task.c.id)
_LATEST = Keyset(task.c.closed_at, task.c.id, newest_first=True)
_BY_DAY = Keyset(follow_up.c.until_at, follow_up.c.task_id)
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
    select(*TASK, *CASE, _ROUND, user_account.c.name, *FOLLOW_UP)
    .join(cases, cases.c.id == task.c.case_id)
    .outerjoin(user_account, user_account.c.login == task.c.holder)
    .outerjoin(follow_up, and_(follow_up.c.task_id == task.c.id, follow_up.c.by == task.c.holder))
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
    ) -> Page[WorkRow]:
        """A page of a tab: by due date, those without one last; DONE: the latest closed first.

        ROLE leaves out the cases in which this colleague declared an interest, also where it is counted. ALL shows the
        work of everybody: whether this colleague supervises is asked elsewhere.
        """
        keyset = _LATEST if tab is Tab.DONE else _URGENT
        walks = [keyset.page(walk, cursor, limit) for walk in _walks(tab, login, posts, wanted)]
        return self._page(self._merged(walks, keyset, limit), limit)

    def resting(
        self,
        posts: Collection[Post],
        login: str,
        tab: Tab,
        wanted: WorkFilter,
        at: datetime,
        cursor: str | None = None,
        limit: int = 25,
    ) -> Page[WorkRow]:
        """A page of what rests at an instant, put off until a later day: the next to come back first."""
        rests = _that_rest(tab, login, posts, wanted, at)
        if rests is None:
            return Page((), None)
        found = [(row[0], row[1]) for row in self._all(_BY_DAY.page(rests, cursor, limit))]
        return self._page(found, limit)

    def count_resting(
        self,
        posts: Collection[Post],
        login: str,
        tab: Tab,
        wanted: WorkFilter,
        at: datetime,
        most: int = COUNTED_UP_TO,
    ) -> int:
        """How many of a tab rest, never more than `most`. They are counted in the tab, too."""
        rests = _that_rest(tab, login, posts, wanted, at)
        return 0 if rests is None else int(self._value(select(_count([rests], most))))

    def work(self, ids: Sequence[str]) -> list[WorkRow]:
        """The rows of these tasks, in no order."""
        return [_work_row(row) for row in self._all(_WHOLE, ids=list(ids))] if ids else []

    def opened_since(
        self, posts: Collection[Post], login: str, tab: Tab, wanted: WorkFilter, since: datetime, most: int = 100
    ) -> int:
        """How many tasks of a tab were opened after an instant, looking at no more than the `most` latest."""
        if tab is Tab.DONE:
            return 0
        latest = select(task).where(_OPEN, task.c.opened_at > since).order_by(task.c.opened_at.desc()).limit(most)
        # The few latest are all that is looked through: by any index of the tab there would be thousands.
        few = latest.subquery("latest")
        found = select(func.count()).where(*_theirs(tab, login, posts, few, wanted), *_limits(wanted, few))
        return int(self._value(found.select_from(few)))

    def due_counts(self, logins: Collection[str], now: datetime, today_ends_at: datetime) -> tuple[int, int]:
        """How many tasks of these holders are overdue, and how many fall due until the end of the day."""
        mine = select(task.c.id).where(_OPEN, task.c.holder.in_(sorted(logins)))
        late = mine.where(task.c.due_at < literal(now, Deadline()))
        today = mine.where(
            task.c.due_at >= literal(now, Deadline()), task.c.due_at < literal(today_ends_at, Deadline())
        )
        row: Any = self._one(select(_count([late]), _count([today])))
        return row[0], row[1]

    def worklist_counts(self, posts: Collection[Post], login: str, wanted: WorkFilter = _EVERYTHING) -> dict[Tab, int]:
        """How many rows each tab has, never more than COUNTED_UP_TO."""
        counts = [_count(_walks(tab, login, posts, wanted)).label(tab.value) for tab in Tab]
        row: Any = self._one(select(*counts))
        return dict(zip(Tab, row, strict=True))

    def _page(self, found: Sequence[tuple[datetime | None, str]], limit: int) -> Page[WorkRow]:
        """The rows of a page, from instants and ids in its order and one more than it has."""
        by_id = {row.task.id: row for row in self.work([task_id for _, task_id in found[:limit]])}
        return Page(tuple(by_id[task_id] for _, task_id in found[:limit]), cursor_after(found, limit))

    def _merged(self, walks: Sequence[Select[Any]], keyset: Keyset, limit: int) -> list[tuple[datetime | None, str]]:
        """Instants and ids of one page and one row more."""
        if not walks:
            return []
        merged = union_all(*(select(walk.subquery()) for walk in walks)).subquery()
        order = Keyset(merged.c[0], merged.c[1], keyset.newest_first).order()
        return [(row[0], row[1]) for row in self._all(select(merged).order_by(*order).limit(limit + 1))]


def _work_row(row: Any) -> WorkRow:
    first, second = len(TASK), len(TASK) + len(CASE)
    put_off = FollowUp(*row[second + 2 :]) if row[second + 2] else None
    return WorkRow(Task(*row[:first]), Case(*row[first:second]), row[second], row[second + 1], put_off)


def _walks(tab: Tab, login: str, posts: Collection[Post], wanted: WorkFilter) -> list[Select[Any]]:
    """The tasks of a tab as (instant, id) along indexes, without order yet."""
    limits = _limits(wanted, task)
    if tab is Tab.DONE:
        return [select(task.c.closed_at, task.c.id).where(task.c.closed_by == login, ~_OPEN, *limits)]
    walk = select(task.c.due_at, task.c.id).where(_OPEN, *limits)
    if tab is Tab.ROLE:
        return [walk.where(*place, *_not_aside(login, task)) for place in _places(posts, task)]
    if tab is Tab.MINE:
        return [walk.where(task.c.holder == holder) for holder in _holders(login, wanted)]
    return [walk]


def _holders(login: str, wanted: WorkFilter) -> list[str]:
    """Whose work stands among one's own: each is a walk, so that a page stays a page along an index."""
    return [login, *sorted(wanted.beside - {login})]


def _that_rest(tab: Tab, login: str, posts: Collection[Post], wanted: WorkFilter, at: datetime) -> Select[Any] | None:
    """What rests as (instant, id) along the days on which it comes back; None for a tab in which nothing can."""
    if tab is Tab.DONE:
        return None
    rests = select(follow_up.c.until_at, follow_up.c.task_id).join(task, task.c.id == follow_up.c.task_id)
    own = (follow_up.c.by.in_(_holders(login, wanted)),) if tab is Tab.MINE else ()
    theirs = _theirs(tab, login, posts, task, wanted)
    return rests.where(_OPEN, follow_up.c.until_at > at, *own, *_put_off(task), *theirs, *_limits(wanted, task))


def _put_off(of: FromClause) -> tuple[ColumnElement[bool], ...]:
    """When a follow-up counts, beside its day: `FollowUp.rests` says the same of one."""
    return follow_up.c.by == of.c.holder, of.c.due_at >= follow_up.c.until_at


def _theirs(
    tab: Tab, login: str, posts: Collection[Post], of: FromClause, wanted: WorkFilter
) -> tuple[ColumnElement[bool], ...]:
    """Whose open tasks a tab holds, as a condition."""
    if tab is Tab.MINE:
        return (of.c.holder.in_(_holders(login, wanted)),)
    if tab is Tab.ALL:
        return ()
    return or_(literal(value=False), *(and_(*place) for place in _places(posts, of))), *_not_aside(login, of)


def _not_aside(login: str, of: FromClause) -> tuple[ColumnElement[bool], ...]:
    """Leaves out of a group's list what its reader declared an interest in. Asked row by row along the walk."""
    logins = select(literal(" ") + cases.c.aside + " ").where(cases.c.id == of.c.case_id).scalar_subquery()
    return (~logins.contains(f" {login} ", autoescape=True),) if login else ()


def _places(posts: Collection[Post], of: FromClause) -> list[tuple[ColumnElement[bool], ...]]:
    """Where the work of these posts lies, without overlap. A task without unit is seen from every unit of its role."""
    whole = {post.role for post in posts if post.unit is None}
    parts = {post for post in posts if post.role not in whole}
    parts |= {Post(post.role) for post in parts}
    return [(of.c.role == role,) for role in sorted(whole)] + [
        (of.c.role == post.role, of.c.unit.is_(None) if post.unit is None else of.c.unit == post.unit)
        for post in sorted(parts, key=lambda post: (post.role, post.unit or ""))
    ]


def _limits(wanted: WorkFilter, of: FromClause) -> list[ColumnElement[bool]]:
    limits: list[ColumnElement[bool]] = []
    if wanted.due_from is not None:
        limits.append(of.c.due_at >= literal(wanted.due_from, Deadline()))
    if wanted.due_before is not None:
        limits.append(of.c.due_at < literal(wanted.due_before, Deadline()))
    if wanted.except_roles:
        limits.append(of.c.role.not_in(sorted(wanted.except_roles)))
    if wanted.awake_at is not None:
        rests = exists().where(follow_up.c.task_id == of.c.id, follow_up.c.until_at > wanted.awake_at, *_put_off(of))
        limits.append(~rests)
    of_case = case_limits(wanted)
    if of_case:
        # EXISTS, not a join: the walk along the tasks must stay the outer loop, or the order is lost to a sort
        limits.append(exists().where(cases.c.id == of.c.case_id, *of_case))
    return limits


def _count(walks: Sequence[Select[Any]], most: int = COUNTED_UP_TO) -> Any:
    if not walks:
        return literal(0)
    few = [select(walk.limit(most).subquery()) for walk in walks]
    return select(func.count()).select_from(union_all(*few).limit(most).subquery()).scalar_subquery()
