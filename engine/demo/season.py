"""A made-up season of work: citizens apply, the office works, time passes, until the demo's present.

Answers come from the services' own stories, so that the demo knows no service; who applies comes from `demo.toml`.
Everything goes through the engine's verbs: no row is written that a person could not have caused.
"""

from __future__ import annotations

import random
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.clock import MovableClock
from engine.demo.staff import Colleague
from engine.errors import Refusal
from engine.model import Actor, ActorKind, Task
from engine.roles import APPLICANT, may_work
from engine.stories.files import Line, StoryRefused, read_story, stories
from engine.stories.passing import let_pass
from engine.stories.playing import with_papers

if TYPE_CHECKING:
    from engine.engine import Engine
    from engine.house import House

Progress = Callable[[int, int], None]
"""Told after each day: how many of how many days have passed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`demo.toml`: how many open days, who lives in the city, and per service how busy it is.

    `pace` is the chance that a waiting task is done on a given half day, `applicant_pace` the same for citizens, `rare`
    names tasks that people seldom do; every `slow_every`th case is worked on slowly, so that some promises are broken.
    """

    open_days: int
    people: Sequence[Mapping[str, str]]
    services: Mapping[str, Mapping[str, Any]]
    in_units: Mapping[str, Sequence[str]]
    colleagues: Sequence[str]
    slow_every: int


def read_plan(path: Path) -> Plan:
    """The plan of a city's demo."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Plan(
        open_days=told["open_days"],
        people=told["people"],
        services=told["services"],
        in_units=told.get("in_units", {}),
        colleagues=told["colleagues"],
        slow_every=told["slow_every"],
    )


class Season:
    """Plays a plan on a house whose clock stands at the season's beginning."""

    def __init__(
        self, engine: Engine, house: House, clock: MovableClock, plan: Plan, people: Sequence[Colleague]
    ) -> None:
        self._engine = engine
        self._house = house
        self._clock = clock
        self._plan = plan
        self._people = people
        self._random = random.Random(2017)  # noqa: S311 the same season each time, nothing secret
        self._starts: dict[str, list[Line]] = defaultdict(list)
        self._answers: dict[tuple[str, str], list[Line]] = defaultdict(list)
        self._keys = (f"demo-{n}" for n in range(10**9))
        self._begun = 0

    def learn(self, service_folder: Path) -> None:
        """Take the answers of a service's stories as what people say in this season."""
        for path in stories(service_folder):
            try:
                story = read_story(path)
            except StoryRefused:
                continue
            for line in story.lines:
                if line.refused or line.service != service_folder.name:
                    continue
                if line.does == "start" and line.who == APPLICANT:
                    self._starts[story.service].append(line)
                elif line.answers:
                    self._answers[story.service, line.does].append(line)

    def play(self, until: datetime, told: Progress) -> int:
        """Let the season pass up to `until`; returns how many cases were begun."""
        days = self._days(until)
        for number, day in enumerate(days, 1):
            for hour in (9, 13):
                self._half_day(day, hour, until)
            told(number, len(days))
        let_pass(self._engine, self._house, self._clock, max(until, self._clock.now()))
        return self._begun

    def _days(self, until: datetime) -> list[datetime]:
        calendar = self._house.city.calendar
        on, last = calendar.on(self._clock.now()), calendar.on(until)
        days = []
        while on <= last:
            if calendar.is_open(on):
                days.append(datetime.combine(on, time(8), calendar.zone))
            on += timedelta(days=1)
        return days

    def _half_day(self, day: datetime, hour: int, until: datetime) -> None:
        at = day.replace(hour=hour, minute=self._random.randrange(55))
        if at >= until:
            return
        let_pass(self._engine, self._house, self._clock, max(at, self._clock.now()))
        for service, busy in self._plan.services.items():
            if self._random.random() < busy["arrivals_per_day"] / 2:
                self._apply(service)
        self._work()

    def _apply(self, service: str) -> None:
        if not self._starts[service]:
            return
        line = self._random.choice(self._starts[service])
        person = self._random.choice(list(self._plan.people))
        mapped = self._plan.services[service].get("person", {})
        answers = {**line.answers, **{field: person[fact] for field, fact in mapped.items() if fact in person}}
        kelurahan = self._plan.services[service].get("kelurahan")
        if kelurahan:
            answers[kelurahan] = self._random.choice(list(self._house.city.kelurahan))
        given, uploads = with_papers(answers)
        try:
            draft = self._engine.begin_draft(service, "id")
            self._engine.save_draft(draft, given, uploads)
            self._engine.start(draft, next(self._keys))
            self._begun += 1
        except Refusal:
            return

    def _work(self) -> None:
        with self._house.store.read() as reads:
            waiting = reads.all_open_tasks()
            cases = {case.id: case for case in reads.cases([task.case_id for task in waiting])}
        for task in waiting:
            case = cases[task.case_id]
            busy = self._plan.services[case.service]
            pace = busy["applicant_pace"] if task.role == APPLICANT else busy["pace"]
            if task.element in busy.get("rare", ()):
                pace /= 20
            if int(case.reference[-6:]) % self._plan.slow_every == 0:
                pace /= 6
            if self._random.random() < pace:
                self._do(case.service, task)

    def _do(self, service: str, task: Task) -> None:
        """Do a task with one of the answers the stories give for it; one that does not fit this case is left."""
        lines = self._answers[service, task.element]
        actor = self._actor(task)
        if not lines or actor is None:
            return
        for line in self._random.sample(lines, min(len(lines), 3)):
            try:
                given, uploads = with_papers(line.answers)
                self._engine.complete(task.id, given, uploads, actor, next(self._keys))
            except Refusal:
                continue
            return

    def _actor(self, task: Task) -> Actor | None:
        if task.role == APPLICANT:
            return Actor(ActorKind.CITIZEN, task.case_id)
        return next((person.actor for person in self._people if may_work(person.actor, task)), None)
