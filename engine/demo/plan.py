"""`demo.toml`: who lives in the made-up city, who works there, and how busy each service is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Waiting:
    """A story lived up to a task that is left to a visitor, once for each number of open days before the present.

    `held`: its colleague has taken it, so that it stands among their own.
    """

    story: str
    task: str
    days_ago: Sequence[int]
    held: bool = False


@dataclass(frozen=True, slots=True)
class Busy:
    """How one service fares in a season.

    `pace` is the chance that a waiting task is done within a quarter of a day, `applicant_pace` the same for citizens;
    every `slow_every`th case is left lying until its promise is broken. `person` says which answers tell of a person
    and which fact of them, `kelurahan` names the answer that is a place, `points` those that are points: they are
    scattered about the city.

    The rest are names of stories that are lived for certain, so that no state is missing whatever chance brings:
    `finished` shortly before the present from start to end, `asked` up to what its applicant is asked for,
    `asked_again` up to asking once more, which is left to a second person, `begun` up to the running promise, once so
    that it is late, once so that it soon will be, and once in good time. `waiting`
    gives every post something to do. `unfinished` says by task what somebody has begun to type there: the first of its
    kind that is open at the end has a draft.
    """

    arrivals_per_day: float
    pace: float
    applicant_pace: float
    slow_every: int
    begun: str
    asked: str
    finished: Sequence[str]
    asked_again: str = ""
    waiting: Sequence[Waiting] = ()
    unfinished: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    person: Mapping[str, str] = field(default_factory=dict)
    kelurahan: str = ""
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A season of `open_days`, long enough for the longest promise to be broken.

    `outage` is declared `days_ago` open days before the present and lasts `hours`; `change` proposes at the end to
    close the office `days_ahead` open days later. `teams`: roles held by so many people; the others by one.
    """

    open_days: int
    people: Sequence[Mapping[str, str]]
    services: Mapping[str, Busy]
    in_units: Mapping[str, Sequence[str]]
    colleagues: Sequence[str]
    outage: Mapping[str, Any] = field(default_factory=dict)
    change: Mapping[str, Any] = field(default_factory=dict)
    teams: Mapping[str, int] = field(default_factory=dict)


def read_plan(path: Path) -> Plan:
    """The plan of a city's demo."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return Plan(
        open_days=told["open_days"],
        people=told["people"],
        services={service: _busy(**busy) for service, busy in told["services"].items()},
        in_units=told.get("in_units", {}),
        colleagues=told["colleagues"],
        outage=told.get("outage", {}),
        change=told.get("change", {}),
        teams=told.get("teams", {}),
    )


def _busy(waiting: Sequence[Mapping[str, Any]] = (), **told: Any) -> Busy:
    return Busy(**told, waiting=tuple(Waiting(**one) for one in waiting))
