"""A made-up season of work: citizens apply, the office works, time passes, until the demo's present.

Each case lives one of its service's own stories, most of them at a pace that chance sets, so that the demo knows no
service; who applies comes from `demo.toml`. Everything goes through the engine's verbs: no row is written that a
person could not have caused.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.clock import MovableClock
from engine.demo.gathering import Gathering
from engine.demo.orders import Orders
from engine.demo.parts import Cast, Part, Said, scattered
from engine.demo.plan import Plan, Waiting
from engine.demo.seconding import awaited
from engine.demo.staff import Colleague
from engine.demo.sure import Start, Way, sure_starts
from engine.demo.teams import Teams
from engine.demo.unfinished import leave_unfinished
from engine.errors import Refusal
from engine.model import Actor, ActorKind, Case, Decision, PromiseState, Task
from engine.queries import Queries
from engine.roles import APPLICANT, may_work
from engine.satisfaction import ELEMENTS
from engine.stories.passing import let_pass
from engine.stories.playing import with_papers

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.house import House
    from engine.views import Receipt

Progress = Callable[[int, int], None]
"""Told after each day: how many of how many days have passed."""

BEATS = 4
"""How often a day people look at their lists."""
TRIES = 3
"""How many of the answers that others gave are tried where a case's own story has none."""
LOOKS_AT_NUMBERS = 0.06
"""The share of desks at which somebody shows an identity number whole."""
RATED = 0.8
"""How many of those who have their result answer the survey."""
OPINIONS = (2, 3, 3, 3, 4, 4)


@dataclass(frozen=True, slots=True)
class Living:
    """A case of the season: its secret link, what its people say, how they go about it, what is left to a visitor."""

    secret: str
    part: Part
    way: Way
    waiting: Waiting | None = None


class Season:
    """Plays a plan on a house whose clock stands at the season's beginning."""

    def __init__(
        self,
        engine: Engine,
        house: House,
        clock: MovableClock,
        plan: Plan,
        people: Sequence[Colleague],
        look: Callable[[], object] | None = None,
    ) -> None:
        self._orders = Orders(engine, house, clock, plan.outage, plan.change, people)
        self._teams = Teams(engine, house, clock, plan.teams, people)
        self._engine = engine
        self._house = house
        self._queries = Queries(house)
        self._desk = Gathering(engine, self._queries, house, people)
        self._clock = clock
        self._plan = plan
        self._people = people
        self._look = look
        self._random = random.Random(2017)  # noqa: S311 the same season each time, nothing secret
        self._casts: dict[str, Cast] = {}
        self._decks: dict[str, list[str]] = defaultdict(list)
        self._begun: Counter[str] = Counter()
        self._living: dict[str, Living] = {}
        self._keys = (f"demo-{n}" for n in range(10**9))

    def learn(self, service_folder: Path) -> None:
        """Take a service's stories as what people live in this season."""
        if service_folder.name in self._plan.services:
            self._casts[service_folder.name] = Cast(service_folder, self._house.city.calendar)

    def play(self, until: datetime, told: Progress) -> int:
        """Let the season pass up to `until`; returns how many cases were begun."""
        days = self._days(until)
        sure = self._sure(days, until)
        for number, on in enumerate(days, 1):
            self._orders.on_day(on, days)
            self._desk.on_day()
            for at in self._looks(on):
                if at < until:
                    self._pass(at)
                    for service, start in sure.pop(on, ()):
                        self._begin(service, start)
                    self._arrivals()
                    self._work()
            told(number, len(days))
        self._pass(until)
        self._rate()
        self._gather()
        self._orders.at_end()
        self._teams.at_end()
        leave_unfinished(self._engine, self._house, self._plan, self._actor, self._keys)
        return self._begun.total()

    def _gather(self) -> None:
        """The complaints desk at the end: by the story that is begun for certain, told once more."""
        for service, cast in self._casts.items():
            start = cast.part(self._plan.services[service].begun).start
            self._desk.at_end(service, self._of_somebody(service, start.answers(self._today)))

    # ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _days(self, until: datetime) -> list[date]:
        calendar = self._house.city.calendar
        first, last = calendar.on(self._clock.now()), calendar.on(until)
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [on for on in every if calendar.is_open(on)]

    def _looks(self, on: date) -> list[datetime]:
        """When people look at their lists on an open day."""
        opens, closes = self._house.city.calendar.opens_at(on), self._house.city.calendar.closes_at(on)
        return [opens + (closes - opens) * (beat + self._random.random()) / BEATS for beat in range(BEATS)]

    def _pass(self, until: datetime) -> None:
        let_pass(self._engine, self._house, self._clock, max(until, self._clock.now()), self._look)

    # ── beginning ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _sure(self, days: Sequence[date], until: datetime) -> dict[date, list[tuple[str, Start]]]:
        starts: dict[date, list[tuple[str, Start]]] = defaultdict(list)
        for service in self._casts:
            with self._house.store.read() as reads:
                rules = self._house.entry(reads, reads.current(service) or "").definition.facts.promises
            busy = self._plan.services[service]
            for on, start in sure_starts(busy, rules[0], days, until, self._house.city.calendar):
                starts[on].append((service, start))
        return starts

    def _arrivals(self) -> None:
        for service in self._casts:
            busy = self._plan.services[service]
            if self._random.random() < busy.arrivals_per_day / BEATS:
                slow = (self._begun[service] + 1) % busy.slow_every == 0
                self._begin(service, Start(self._drawn(service), Way.SLOW if slow else Way.USUAL))

    def _drawn(self, service: str) -> str:
        """A story, none twice before all had their turn."""
        if not self._decks[service]:
            names = self._casts[service].names
            self._decks[service] = self._random.sample(names, len(names))
        return self._decks[service].pop()

    def _begin(self, service: str, start: Start) -> None:
        part = self._casts[service].part(start.story)
        answers = self._of_somebody(service, part.start.answers(self._today))
        given, uploads = with_papers(answers, f"{self._begun[service]} ")
        try:
            receipt = self._started(service, part.start, given, uploads)
        except Refusal:
            return
        self._begun[service] += 1
        self._living[receipt.case_id] = Living(receipt.secret, part, start.way, start.waiting)

    def _started(self, service: str, said: Said, given: dict[str, Any], uploads: Any) -> Receipt:
        if said.line.who == APPLICANT:
            draft = self._engine.begin_draft(service, "id")
            self._engine.save_draft(draft, given, uploads)
            return self._engine.start(draft, next(self._keys))
        clerk = next(one.actor for one in self._people if said.line.who in one.actor.roles)
        return self._engine.start_at_counter(service, given, uploads, clerk, next(self._keys), said.line.channel)

    def _of_somebody(self, service: str, answers: dict[str, Any]) -> dict[str, Any]:
        """A story's answers as one of the plan's people would give them, about a place of their own."""
        busy, person = self._plan.services[service], self._random.choice(self._plan.people)
        facts = {field: person[fact] for field, fact in busy.person.items() if fact in person}
        facts[busy.kelurahan] = self._random.choice(list(self._house.city.kelurahan))
        return {**answers, **{field: fact for field, fact in facts.items() if field in answers}}

    # ── working ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _work(self) -> None:
        with self._house.store.read() as reads:
            waiting = reads.all_open_tasks()
            cases = {case.id: case for case in reads.cases([task.case_id for task in waiting])}
        for case_id in cases:
            self._withdraw(case_id)
        for task in waiting:
            case = cases[task.case_id]
            left, way = self._living[case.id].waiting, self._living[case.id].way
            if left is not None and left.task == task.element:
                self._hold(task, left)
            elif way is Way.ASKED_AGAIN and case.request is Decision.WAITING:
                continue
            elif not awaited(
                self._engine, self._house, self._people, case, task
            ) and self._random.random() < self._chance(case, task):
                self._do(case.service, task)

    def _chance(self, case: Case, task: Task) -> float:
        """The chance that a task is done now."""
        busy, way, theirs = self._plan.services[case.service], self._living[case.id].way, task.role == APPLICANT
        usual = busy.applicant_pace if theirs else busy.pace
        promised = case.promise_state is not PromiseState.NOT_STARTED
        if way is Way.SLOW and promised and not theirs:
            return usual / 2 if case.due_at is None or case.due_at < self._clock.now() else 0
        if way is Way.SHELVED:
            return 0 if promised else 1
        if way is Way.ASKED:
            return 0 if theirs else 1
        return 1 if way in (Way.PROMPT, Way.WAITING, Way.ASKED_AGAIN) else usual

    def _hold(self, task: Task, left: Waiting) -> None:
        """Leave a task to a visitor, among the tasks of its colleague where the plan says so."""
        if left.held and task.holder is None and (actor := self._actor(task)):
            self._engine.claim(task.id, actor, next(self._keys))

    def _withdraw(self, case_id: str) -> None:
        living = self._living[case_id]
        said = living.part.withdrawal()
        if said is None or (living.way is Way.USUAL and self._random.random() > 1 / BEATS):
            return
        living.part.say(said)
        with suppress(Refusal):
            self._engine.withdraw(living.secret, str(said.line.answers.get("alasan", "")), next(self._keys))

    def _do(self, service: str, task: Task) -> None:
        """Do a task as the case's own story tells it, else as another one does; what fits nowhere is left."""
        part, actor = self._living[task.case_id].part, self._actor(task)
        own = part.about(task.element)
        if actor is None or (own is None and task.role == APPLICANT):
            return
        if own is not None and self._done(service, task, own, actor):
            part.say(own)
            return
        others = self._casts[service].lines(task.element)
        for said in self._random.sample(others, min(len(others), TRIES)):
            if self._done(service, task, said, actor):
                return

    def _done(self, service: str, task: Task, said: Said, actor: Actor) -> bool:
        try:
            answers = scattered(said.answers(self._today), self._plan.services[service].points, self._random)
            given, uploads = with_papers(answers, f"{next(self._keys)} ")
            self._looked_at(task, actor)
            self._engine.complete(task.id, given, uploads, actor, next(self._keys))
        except Refusal:
            return False
        return True

    def _looked_at(self, task: Task, actor: Actor) -> None:
        """Whoever does a task opens it first, and now and then compares a number with a card: both leave a trace."""
        if actor.kind is not ActorKind.STAFF:
            return
        desk = self._queries.desk(task.id, actor)
        if desk.rounds == 1 and self._random.random() < LOOKS_AT_NUMBERS:
            self._engine.unmask(desk.case.reference, "cocokkan", actor, next(self._keys))

    def _actor(self, task: Task) -> Actor | None:
        if task.role == APPLICANT:
            return Actor(ActorKind.CITIZEN, task.case_id)
        return next((person.actor for person in self._people if may_work(person.actor, task)), None)

    # ── rating ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _rate(self) -> None:
        """Most of those who have their result say what they thought of it."""
        with self._house.store.read() as reads:
            over = [case.id for case in reads.cases(list(self._living)) if case.outcome]
        for case_id in over:
            if self._random.random() < RATED:
                scores = {name: str(self._random.choice(OPINIONS)) for name in ELEMENTS}
                self._engine.rate(self._living[case_id].secret, scores, next(self._keys))

    @property
    def _today(self) -> date:
        return self._house.city.calendar.on(self._clock.now())
