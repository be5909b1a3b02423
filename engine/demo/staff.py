"""Made-up colleagues, one for each role of the city, so that a visitor can sit at every desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.accounts import Accounts
from engine.city import City
from engine.model import Actor, ActorKind, Post

PASSWORD = "semarang-2026"  # noqa: S105 printed by the demo for everybody; the demo refuses any other database


@dataclass(frozen=True, slots=True)
class Colleague:
    """A made-up member of staff."""

    login: str
    name: str
    title: str
    posts: frozenset[Post]

    @property
    def actor(self) -> Actor:
        return Actor(ActorKind.STAFF, self.login, self.name, self.posts)


def colleagues(
    city: City, names: Sequence[str], in_units: Mapping[str, Sequence[str]], teams: Mapping[str, int]
) -> list[Colleague]:
    """One colleague per role that works in the office; for roles in `in_units`, one per unit named there.

    At the end those who share a role with another: `teams` says how many hold it.
    """
    people = []
    waiting = iter(names)
    for role in city.roles.values():
        if role.citizen:
            continue
        for unit in in_units.get(role.id, [""]):
            login = f"{role.id}.{unit}" if unit else role.id
            title = f"{role.title} {city.units[unit].short}" if unit else role.title
            people.append(Colleague(login, next(waiting, title), title, frozenset({Post(role.id, unit or None)})))
    return [*people, *(_one_more(city, role, at, waiting) for role in teams for at in range(2, teams[role] + 1))]


def _one_more(city: City, role: str, number: int, waiting: Iterator[str]) -> Colleague:
    title = city.roles[role].title
    return Colleague(f"{role}.{number}", next(waiting, title), title, frozenset({Post(role)}))


def hire(accounts: Accounts, people: Sequence[Colleague], domain: str) -> None:
    """Give every colleague an account with the demo's password."""
    for person in people:
        accounts.add(person.login, person.name, f"{person.login}@{domain}", PASSWORD, person.posts)
