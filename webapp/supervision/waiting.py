"""All that waits for one supervisor, of whatever kind, the least time left first: one list to work down."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from engine.model import Case, Order
from engine.views import Decisions, Work
from webapp.frame.access import janji
from webapp.staff.tags import TimeTag
from webapp.staff.time_left import of_case, of_row

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing: `kind` says which template words it, `of` is what the engine told of it. `tag` None: no promise."""

    kind: str
    of: Any
    by: datetime
    case: Case | None = None
    tag: TimeTag | None = None


def waiting(decisions: Decisions, tasks: Iterable[Work], checks: Collection[str] = ()) -> list[Waiting]:
    """Requests and proposals of others, and tasks of one's own role, by the time that is left.

    `checks` are the ids of those tasks in which a second person looks before something goes out.
    """
    of_role = (_task(work, "check" if work.task.id in checks else "task") for work in tasks)
    return sorted((*_asked(decisions), *of_role), key=lambda one: one.by)


def _asked(decisions: Decisions) -> Iterator[Waiting]:
    for order in decisions.orders:
        yield Waiting("order", order, _takes_effect(order))
    kinds = {
        "request": decisions.requests,
        "extension": decisions.extensions,
        "release": decisions.releases,
        "returned": decisions.returned,
    }
    for kind, found in kinds.items():
        for asked, case in found:
            yield Waiting(kind, asked, case.due_at or NEVER, case, of_case(case))


def _task(work: Work, kind: str) -> Waiting:
    return Waiting(kind, work, work.case.due_at or NEVER, work.case, of_row(work))


def _takes_effect(order: Order) -> datetime:
    """When a proposal begins to count: after that it cannot be decided in time."""
    if order.from_at is not None:
        return order.from_at
    return janji().city.calendar.opens_at(order.first_on) if order.first_on else NEVER
