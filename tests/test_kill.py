"""Killed at any moment: two workers do 500 acts, are killed again and again, and nothing is lost or done twice."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.bpmn.run import Run
from engine.bpmn.words import Words
from engine.house import House
from engine.model import Actor, ActorKind, AuditEntry, Case, Json
from engine.outbox import delivery_key
from engine.promises import Ledgers
from engine.store import Reads
from engine.wiring import Janji
from tests.builders import ROOT, Application, Office, office_in, staff
from tests.databases import cluster, url_on
from tests.killing import ACTS, SERVICE, Act, Letterbox, opened, people, work, written

KILLS = 12
SEED = 20261123
STEPS = ("start", "complete", "deliver", "wake")
"""The verbs that move a case; a claim or a note does not."""
LEAD = 40
"""Acts that a worker may be ahead of the next kill: enough to be killed in the middle of, whatever the machine."""
PATIENCE_S = 60


@dataclass
class Aftermath:
    """What is left when all is over: the installation, what was planned, and what was sent."""

    janji: Janji
    plan: list[Act]
    sent: list[str]
    folder: Path

    def cases(self) -> list[Case]:
        with self.janji.house.store.read() as reads:
            found = [reads.case_by_reference(reference) for reference, _ in reads.audit_problems()]
        return [case for case in found if case is not None]

    def steps(self, case: Case) -> list[AuditEntry]:
        with self.janji.house.store.read() as reads:
            return [entry for entry in reads.audit(case.id) if entry.verb in STEPS]

    def run(self, case: Case) -> Run:
        """The case as its tokens tell it."""
        house = self.janji.house
        with house.store.read() as reads:
            definition = house.entry(reads, case.version).definition
            ledgers = Ledgers(definition.facts.promises, reads.ledger(case.id), house.city.calendar, house.clock.now())
            return Run(definition, Words(house.clock.now(), house.city.calendar, ledgers), reads.tokens(case.id))


def test_two_workers_killed_at_any_moment_lose_nothing_and_do_nothing_twice(any_database, tmp_path):
    with url_on(any_database, tmp_path) as url, aftermath(tmp_path, url, any_database) as left:
        every_case_is_there_once(left)
        no_task_is_lost_or_doubled(left)
        no_timer_is_lost_and_each_fired_once(left)
        every_notice_is_stored_once_and_sent_under_one_key(left)
        the_record_is_whole_and_counts_what_moved(left)
        a_double_submit_had_one_effect(left)
        every_sum_of_days_holds(left)
        told_again_from_its_own_record_each_case_comes_out_the_same(left)


# ── killing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def aftermath(folder: Path, url: str, database: str) -> Iterator[Aftermath]:
    chance = random.Random(SEED)
    janji = opened(folder, url)
    janji.house.store.migrate()
    janji.engine.publish(ROOT / "processes" / SERVICE, ROOT / "forms", by="test")
    people(janji)
    plan = written(folder, chance)
    cut = (lambda: cut_all_lines(url)) if database == "postgresql" else (lambda: None)
    kill_and_restart(folder, url, chance, cut)
    settle(janji)
    yield Aftermath(janji, plan, Letterbox(folder).keys(), folder)
    janji.close()


def kill_and_restart(folder: Path, url: str, chance: random.Random, cut: Callable[[], None]) -> None:
    """Two workers at a time until both are through; the plug is pulled on one of them again and again."""
    workers = {name: Worker(folder, url, name) for name in ("a", "b")}
    moments = sorted(chance.sample(range(10, ACTS - 10), KILLS))
    for count, moment in enumerate(moments):
        for one in workers.values():
            one.allow(moment + LEAD)
        worker = workers[chance.choice("ab")]
        worker.wait_for(moment)
        worker.kill_after(chance.uniform(0, 0.05))
        if count == KILLS // 2:
            cut()
        worker.begin()
    for worker in workers.values():
        worker.allow(ACTS)
        worker.finish()


class Worker:
    """A process that does the plan, and its successors after each kill."""

    def __init__(self, folder: Path, url: str, name: str) -> None:
        self._what = (folder, url, name)
        self._allowed = 0
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(["tests.killing"])
        self.begin()

    def begin(self) -> None:
        self._line, theirs = self._context.Pipe()
        self._process = self._context.Process(target=work, args=(*self._what, self._allowed, theirs), daemon=True)
        self._process.start()
        theirs.close()

    def allow(self, act: int) -> None:
        """It may go on up to this act of the plan."""
        self._allowed = act
        self._line.send(act)

    def wait_for(self, act: int) -> None:
        """Until it has come at least as far as this act of the plan."""
        while self._line.poll(PATIENCE_S) and self._line.recv() < act:
            pass

    def kill_after(self, seconds: float) -> None:
        self._process.join(seconds)
        assert self._process.is_alive(), "it was through before it could be killed, or fell over by itself"
        self._process.kill()
        self._process.join()

    def finish(self) -> None:
        self._process.join(PATIENCE_S)
        assert self._process.exitcode == 0, "a worker got stuck or fell over by itself"


def cut_all_lines(url: str) -> None:
    """End every connection to the database, as a restart of PostgreSQL would."""
    name = url.rpartition("/")[2]
    cluster().run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


def settle(janji: Janji) -> None:
    """Let leases and retries run out and everything due be done."""
    for _ in range(4):
        janji.clock.move_to(janji.clock.now() + timedelta(hours=3))  # type: ignore[attr-defined]
        janji.sweep.sweep()
        while janji.outbox.send_due(100).sent:
            pass


# ── what must hold ────────────────────────────────────────────────────────────────────────────────────────────────────


def every_case_is_there_once(left: Aftermath) -> None:
    starts = sum(act.does == "start" for act in left.plan)
    references = sorted(case.reference for case in left.cases())

    assert references == [f"{references[0][:-6]}{number:06d}" for number in range(1, starts + 1)]


def no_task_is_lost_or_doubled(left: Aftermath) -> None:
    for case in left.cases():
        with left.janji.house.store.read() as reads:
            rows = sorted((task.id, task.element, task.unit) for task in reads.open_tasks(case.id))
        waiting = sorted((one.id, one.element, one.unit) for one in left.run(case).open())
        assert rows == waiting, case.reference
        assert not (case.ended_at and rows)


def no_timer_is_lost_and_each_fired_once(left: Aftermath) -> None:
    now = left.janji.clock.now()
    fired: Counter[str] = Counter()
    for case in left.cases():
        with left.janji.house.store.read() as reads:
            elements = left.janji.house.entry(reads, case.version).definition.elements
            stored = [timer for timer in reads.timers(case.id) if not timer.id.startswith("pause:")]  # no shape's
            rows = sorted((timer.id, timer.element, timer.due_at) for timer in stored)
            tasks = Counter(task.element for task in reads.tasks(case.id))
        assert rows == sorted((one.id, one.element, one.due_at) for one in left.run(case).outcome().timers)
        assert not [row for row in rows if row[2] and row[2] <= now], "due and not fired"
        passed = Counter(name for entry in left.steps(case) for name in entry.facts["passed"])
        for name, times in passed.items():
            host = elements[name].attached_to
            if host and name != "penarikan":
                fired[name] += times
                assert times <= max(tasks[host], passed[host], 1), f"{case.reference}: {name} fired {times} times"
    assert {"batas_verifikasi", "peringatan_50", "peringatan_75", "jatuh_tempo"} <= set(fired), "too little time passed"


def every_notice_is_stored_once_and_sent_under_one_key(left: Aftermath) -> None:
    sent = Counter(left.sent)
    delivered: set[str] = set()
    for case in left.cases():
        with left.janji.house.store.read() as reads:
            notices = reads.notices(case.id)
            for notice in notices:
                assert notice.sent_at, f"{notice.text} to {notice.to} was never sent"
                delivered |= reads.delivered(notice.key)
        promised = {
            delivery_key(notice.key, address) for notice in notices for address in left.janji.outbox._addresses(notice)
        }
        assert promised <= set(sent), "somebody was told nothing"
        rungs = sum(len(entry.facts["rungs"]) for entry in left.steps(case))
        assert sum(notice.text == "eskalasi" for notice in notices) == rungs
    assert set(sent) == delivered, "something was sent that the books do not know"
    assert sum(sent.values()) - len(sent) <= 2 * KILLS, "only a kill between sending and writing it down may repeat one"


def the_record_is_whole_and_counts_what_moved(left: Aftermath) -> None:
    with left.janji.house.store.read() as reads:
        assert [found for found in reads.audit_problems() if found[1]] == []
        assert reads.incidents() == ()
    for case in left.cases():
        assert case.revision == len(left.steps(case)), case.reference


def a_double_submit_had_one_effect(left: Aftermath) -> None:
    """Each act was sent at least twice under one key: by both workers."""
    done: Counter[str] = Counter()
    for case in left.cases():
        with left.janji.house.store.read() as reads:
            done.update(comment.text for comment in reads.comments(case.id))
            answered = Counter(row.task_id for row in reads.answers(case.id))
            closed = {task.id for task in reads.tasks(case.id) if task.closing == "completed"}
        completed = Counter(e.facts["task"] for e in left.steps(case) if e.verb == "complete")
        assert set(completed) == closed == set(answered) - {None}
        assert set(completed.values()) <= {1}
        assert set(answered.values()) == {1}
        assert sum(entry.verb == "deliver" for entry in left.steps(case)) <= 1
    assert done == Counter(act.key for act in left.plan if act.does == "comment")


def every_sum_of_days_holds(left: Aftermath) -> None:
    for case in left.cases():
        main, *others = left.janji.engine.promises(case.id)
        assert main.started_at == case.started_at, "a complaint's promise begins at once"
        for promise in (main, *others):
            assert promise.used + promise.left == promise.budget


# ── the same story, told again in one go ──────────────────────────────────────────────────────────────────────────────


def told_again_from_its_own_record_each_case_comes_out_the_same(left: Aftermath) -> None:
    """Acts and instants as the audit has them, on an undisturbed machine: a lost or doubled effect would show."""
    (left.folder / "again").mkdir()
    again = office_in(left.folder / "again")
    with left.janji.house.store.read() as reads, again.store.write() as tx:
        version = reads.version(reads.current(SERVICE))
        tx.add_version(version)
        tx.make_current(SERVICE, version.id, version.published_at)
    told: dict[str, Application] = {}
    everything = [(entry.at, entry.seq, case.id, case, entry) for case in left.cases() for entry in left.steps(case)]
    for at, _seq, _id, case, entry in sorted(everything, key=lambda one: one[:3]):
        again.clock.move_to(at)
        retell(left, again, told, case, entry)
    again.clock.move_to(left.janji.clock.now())
    for case in left.cases():
        same_tale(left, case, again, told[case.id])
    again.janji.close()


def retell(left: Aftermath, again: Office, told: dict[str, Application], case: Case, entry: AuditEntry) -> None:
    with left.janji.house.store.read() as reads:
        answers = {row.task_id: said(left.janji.house, reads, case.id, row.answers) for row in reads.answers(case.id)}
        tasks = {task.id: task for task in reads.tasks(case.id)}
    if entry.verb == "start":
        told[case.id] = again.apply(SERVICE, answers[None])
    elif entry.verb == "wake":
        assert again.engine.wake(told[case.id].id)
    elif entry.verb == "deliver":
        again.engine.deliver(
            told[case.id].reference, entry.element, {"alasan": ""}, _actor(entry, told[case.id]), case.id
        )
    else:
        task = tasks[entry.facts["task"]]
        again.do(told[case.id], task.element, answers[task.id], by=_by(entry, told[case.id], task.role, task.unit))


def said(house: House, reads: Reads, case_id: str, answers: Json) -> Any:
    """Answers with their seals opened: the same words are never sealed alike twice."""
    return house.opened(reads, case_id, answers)


def same_tale(left: Aftermath, case: Case, again: Office, retold: Application) -> None:
    with left.janji.house.store.read() as one, again.store.read() as other:
        facts = [
            [
                {**entry.facts, "task": "", "answers": "", "verb": entry.verb, "at": entry.at}
                for entry in entries
                if entry.verb in STEPS
            ]
            for entries in (one.audit(case.id), other.audit(retold.id))
        ]
        assert facts[0] == facts[1], case.reference
        assert [said(left.janji.house, one, case.id, row.answers) for row in one.answers(case.id)] == [
            said(again.janji.house, other, retold.id, row.answers) for row in other.answers(retold.id)
        ], case.reference
        first, second = case, other.case(retold.id)
        for name in ("stage", "outcome", "ended_at", "due_at", "promise_state", "revision"):
            assert getattr(first, name) == getattr(second, name), f"{case.reference}: {name}"
        for rows in ("notices", "ledger", "timers", "tasks", "stage_visits"):
            assert _plain(rows, getattr(one, rows)(case.id)) == _plain(rows, getattr(other, rows)(retold.id)), rows


def _plain(rows: str, found: Any) -> list[Any]:
    """Rows without the ids that chance gave them."""
    shapes: dict[str, Callable[[Any], Any]] = {
        "notices": lambda n: (n.at, n.text, n.to, n.unit or ""),
        "ledger": lambda e: (e.at, e.promise, e.kind, e.element),
        "timers": lambda t: (t.element, str(t.due_at)),
        "tasks": lambda t: (t.opened_at, t.element, t.role, t.unit or "", str(t.closed_at), str(t.closing)),
        "stage_visits": lambda v: (v.began_at, v.stage, str(v.ended_at)),
    }
    return sorted(shapes[rows](one) for one in found)


def _by(entry: AuditEntry, retold: Application, role: str, unit: str | None) -> Actor:
    return retold.citizen if entry.actor.startswith("citizen:") else staff(role, unit)


def _actor(entry: AuditEntry, retold: Application) -> Actor:
    kind, _, name = entry.actor.partition(":")
    return retold.citizen if kind == "citizen" else Actor(ActorKind(kind), name)
