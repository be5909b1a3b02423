"""Two people at one task: in either order, and at the same moment, which must end as one of the orders does.

A row of PAIRS is what is tried; what each order leads to stands beside it. On both databases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from threading import Barrier
from typing import Any, NamedTuple

import pytest

from engine.errors import Refusal
from engine.model import Actor, Hand
from engine.verbs.putting_off import PutOff
from tests.builders import Office, staff
from tests.conftest import SERVICE, planted
from tests.databases import DATABASES, url_on

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
RATIH, BUDI = staff("loket", login="ratih"), staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")
TIMES = 4
"""How often each pair meets at the same moment."""
_keys = (f"race-{n}" for n in count())


class End(NamedTuple):
    """What became of the first act and of the second, who holds the task, and who finished it."""

    first: str
    second: str
    holder: str | None
    closed_by: str | None = None


@dataclass(frozen=True)
class Table:
    """A task on the table: the office, its id, and the act that brought it into somebody's hands."""

    office: Office
    task: str
    act: str = ""


Act = Callable[[Table], object]
Laid = Callable[[Office, str], str]


def claim(by: Actor) -> Act:
    return lambda table: table.office.engine.claim(table.task, by, next(_keys))


def release(by: Actor) -> Act:
    return lambda table: table.office.engine.release(table.task, by, next(_keys))


def give(to: Actor) -> Act:
    return lambda table: table.office.engine.assign(table.task, to.id, HEAD, "cuti", next(_keys))


def complete(by: Actor) -> Act:
    return lambda table: table.office.engine.complete(table.task, ANSWER, {}, by, next(_keys))


def undo(by: Actor) -> Act:
    return lambda table: table.office.engine.undo(table.act, by)


def bulk(hand: Hand, by: Actor, to: Actor | None = None) -> Act:
    """The task among others, and what came of it."""

    def act(table: Table) -> object:
        done = table.office.engine.hand_over([table.task], hand, to.id if to else "", "cuti", by, next(_keys))
        found = table.office.queries.handed_over(done, by)
        return found.refused[0].refused if found.refused else done

    return act


def put_off(by: Actor) -> Act:
    def act(table: Table) -> PutOff:
        tomorrow = table.office.janji.city.calendar.on(table.office.clock.now()) + timedelta(days=1)
        return table.office.engine.put_off([table.task], tomorrow, "", by)

    return act


def free(_office: Office, _task: str) -> str:
    return ""


def held_by_ratih(office: Office, task: str) -> str:
    return office.engine.claim(task, RATIH, next(_keys))


def given_to_budi(office: Office, task: str) -> str:
    return office.engine.assign(task, "budi", HEAD, "cuti", next(_keys))


PAIRS: dict[str, tuple[Laid, Act, Act, End, End]] = {
    # how the task lies, the one act and the other; what comes of it if the one is first, and if the other is
    "claim, claim": (
        *(free, claim(RATIH), claim(BUDI)),
        *(End("done", "TaskHeld", "ratih"), End("TaskHeld", "done", "budi")),
    ),
    "claim, complete": (
        *(free, claim(RATIH), complete(BUDI)),
        *(End("done", "TaskHeld", "ratih"), End("TaskGone", "done", None, "budi")),
    ),
    "complete, complete": (
        *(free, complete(RATIH), complete(BUDI)),
        *(End("done", "TaskGone", None, "ratih"), End("TaskGone", "done", None, "budi")),
    ),
    "undo, claim": (
        *(held_by_ratih, undo(RATIH), claim(BUDI)),
        *(End("done", "done", "budi"), End("done", "TaskHeld", None)),
    ),
    "undo, complete": (
        *(given_to_budi, undo(HEAD), complete(BUDI)),
        *(End("done", "done", None, "budi"), End("nothing", "done", "budi", "budi")),
    ),
    "undo, undo": (
        *(held_by_ratih, undo(RATIH), undo(RATIH)),
        *(End("done", "nothing", None), End("nothing", "done", None)),
    ),
    "give, complete": (
        *(held_by_ratih, give(BUDI), complete(RATIH)),
        *(End("done", "TaskHeld", "budi"), End("TaskGone", "done", "ratih", "ratih")),
    ),
    "release, complete": (
        *(held_by_ratih, release(RATIH), complete(RATIH)),
        *(End("done", "done", None, "ratih"), End("TaskGone", "done", "ratih", "ratih")),
    ),
    "bulk claim, claim": (
        *(free, bulk(Hand.CLAIM, RATIH), claim(BUDI)),
        *(End("done", "TaskHeld", "ratih"), End("held", "done", "budi")),
    ),
    "bulk claim, complete": (
        *(free, bulk(Hand.CLAIM, RATIH), complete(BUDI)),
        *(End("done", "TaskHeld", "ratih"), End("gone", "done", None, "budi")),
    ),
    "bulk claim, bulk claim": (
        *(free, bulk(Hand.CLAIM, RATIH), bulk(Hand.CLAIM, BUDI)),
        *(End("done", "held", "ratih"), End("held", "done", "budi")),
    ),
    "bulk give, undo": (
        *(held_by_ratih, bulk(Hand.ASSIGN, HEAD, BUDI), undo(RATIH)),
        *(End("done", "nothing", "budi"), End("done", "done", "budi")),
    ),
    "put off, give": (
        *(held_by_ratih, put_off(RATIH), give(BUDI)),
        *(End("done", "done", "budi"), End("nothing", "done", "budi")),
    ),
    "put off, complete": (
        *(held_by_ratih, put_off(RATIH), complete(RATIH)),
        *(End("done", "done", "ratih", "ratih"), End("nothing", "done", "ratih", "ratih")),
    ),
}


@pytest.fixture(scope="module", params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all pairs; each meets at tasks of its own. At the end every record must still hold."""
    folder = tmp_path_factory.mktemp("races")
    with url_on(request.param, folder) as url:
        office = planted(folder, url)
        for who in (RATIH, BUDI, HEAD):
            office.janji.accounts.add(who.id, who.id.title(), "", "a long password", who.posts)
        yield office
        with office.store.read() as reads:
            broken = [problems for _, problems in reads.audit_problems() if problems]
        office.janji.close()
        assert broken == []


@pytest.mark.parametrize("pair", PAIRS)
def test_in_either_order_each_learns_what_the_other_did(office: Office, pair: str) -> None:
    laid, one, other, one_first, other_first = PAIRS[pair]

    table = lay(office, laid)
    assert end(table, done(one, table), done(other, table)) == one_first

    table = lay(office, laid)
    second = done(other, table)
    assert end(table, done(one, table), second) == other_first


@pytest.mark.parametrize("pair", PAIRS)
def test_at_the_same_moment_it_ends_as_in_one_of_the_orders(office: Office, pair: str) -> None:
    laid, one, other, one_first, other_first = PAIRS[pair]
    ends = []
    for _ in range(TIMES):
        table = lay(office, laid)
        ends.append(end(table, *at_once(table, one, other)))

    assert set(ends) <= {one_first, other_first}


def lay(office: Office, laid: Laid) -> Table:
    task = office.task(office.apply(SERVICE, ASKED), "periksa").id
    return Table(office, task, laid(office, task))


def at_once(table: Table, *acts: Act) -> list[str]:
    barrier = Barrier(len(acts))

    def begin(act: Act) -> str:
        barrier.wait()
        return done(act, table)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))


def done(act: Act, table: Table) -> str:
    """What an act came to, in a word: `done`, `nothing`, or why not."""
    try:
        result: Any = act(table)
    except Refusal as refused:
        return type(refused).__name__
    if result == 0 or (isinstance(result, PutOff) and not result.done):
        return "nothing"
    return str(result.value) if hasattr(result, "value") else "done"


def end(table: Table, first: str, second: str) -> End:
    with table.office.store.read() as reads:
        task = reads.task(table.task)
    return End(first, second, task.holder, task.closed_by)
