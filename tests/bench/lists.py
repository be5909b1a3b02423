"""What a clerk asks of the list of work must not take longer because the city is busy: a page, a filter, the numbers.

Two offices side by side, each with its crowd of open tasks, of which every tenth is put off until a later day. Each
part of a list is measured alone, and the whole page as a clerk opens it and reads on in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from engine.model import Actor, ActorKind, Post
from engine.store import Reads, Tab, WorkFilter
from engine.views import RESTING_UP_TO
from tests.bench.measures import Measure, side_by_side
from tests.builders import Office

TWICE = 2.0
PAGE = 25
KASI = Actor(ActorKind.STAFF, "kasi", "Kasi", frozenset({Post("kasi"), Post("penghubung", "dpu"), Post("verifikator")}))
Ask = Callable[[Office, Reads], int]
"""One part of a list; how many it found."""


def measure(rounds: int, few: int, many: int, offices: Sequence[Office]) -> Iterator[Measure]:
    """`offices` hold `few` and `many` tasks."""
    for tab in (Tab.ROLE, Tab.ALL):
        for part, ask in _parts(tab):
            quiet, busy = side_by_side(rounds, [partial(_timed, office, ask) for office in offices])
            name = f"worklist ({tab.value}), {part} of {many:,} open tasks beside {few:,}"
            yield Measure(name, busy, "ms", quiet, TWICE)
    for part, since in (("a clerk's whole page", None), ("the same, reading on", timedelta(minutes=1))):
        quiet, busy = side_by_side(rounds, [partial(_whole, office, since) for office in offices])
        yield Measure(f"worklist, {part}, {many:,} beside {few:,}", busy, "ms", quiet, TWICE)


def _parts(tab: Tab) -> Iterator[tuple[str, Ask]]:
    def awake(office: Office, **narrowed: Any) -> WorkFilter:
        return WorkFilter(awake_at=office.clock.now(), **narrowed)

    def first_page(office: Office, reads: Reads) -> int:
        return len(reads.worklist(KASI.posts, KASI.id, tab, awake(office)).rows)

    def narrowed(office: Office, reads: Reads) -> int:
        now = office.clock.now()
        wanted = awake(office, service="krk", stage="koreksi", due_from=now, due_before=now + timedelta(days=30))
        return len(reads.worklist(KASI.posts, KASI.id, tab, wanted).rows)

    def put_off(office: Office, reads: Reads) -> int:
        return len(reads.resting(KASI.posts, KASI.id, tab, WorkFilter(), office.clock.now()).rows)

    def counted(office: Office, reads: Reads) -> int:
        counts = reads.worklist_counts(KASI.posts, KASI.id)
        return counts[tab] and reads.count_resting(
            KASI.posts, KASI.id, tab, WorkFilter(), office.clock.now(), RESTING_UP_TO
        )

    yield "first page", first_page
    yield "a filter", narrowed
    yield "what is put off", put_off
    yield "the counts", counted


def _timed(office: Office, ask: Ask) -> Callable[[], object]:
    def act() -> None:
        with office.store.read() as reads:
            if not ask(office, reads):
                raise ValueError("the list is empty")

    return act


def _whole(office: Office, since: timedelta | None) -> Callable[[], object]:
    """The first page, or the second as somebody opens it who began to read a while ago."""
    first = office.queries.worklist(KASI, "kelompok")
    later = {"cursor": first.next_cursor, "since": office.clock.now() - since} if since else {}

    def act() -> None:
        found = office.queries.worklist(KASI, "kelompok", **later)
        if len(found.rows) != PAGE or (since and not found.fresh):
            raise ValueError(f"the page has {len(found.rows)} rows, {found.fresh} are new")

    return act
