"""Questions about colleagues: what each holds, who is away, who stands in. Every number is the length of a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.model import Absence, Actor, Load
from engine.questions.reading import soon
from engine.questions.work_asked import PAGE
from engine.questions.worklists import ListQuestions
from engine.roles import may_stand_in, oversees
from engine.store.lists import Tab, WorkFilter
from engine.views import Away, Named, People, Person, PersonPage

if TYPE_CHECKING:
    from engine.store import Reads
    from engine.store.rows import User

LATE, SOON = "lewat", "segera"
"""The two parts of what somebody holds that can be asked for by themselves."""


class PeopleQuestions(ListQuestions):
    """For supervisors, and about oneself."""

    def people(self, actor: Actor, role: str = "", unit: str = "") -> People:
        """Whose work one oversees, whoever holds most first; narrowed to a role or unit. Operators see all accounts.

        Raises NotFound for others.
        """
        if not (self._supervises(actor) or self._operates(actor)):
            raise NotFound
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            users = [one for one in reads.users() if one.active and one.posts and self._may_read_of(actor, one)]
            found = self._persons(reads, users, actor, now)
        wanted = [
            one for one in found if any(role in ("", post.role) and unit in ("", post.unit) for post in one.posts)
        ]
        posts = frozenset(post for one in found for post in one.posts)
        return People(tuple(sorted(wanted, key=lambda one: (-one.load.open, one.name))), now, posts)

    def person(self, login: str, actor: Actor, due: str = "", cursor: str | None = None) -> PersonPage:
        """One colleague and what they hold, all or `lewat` or `segera`; whoever only operates sees no tasks.

        Raises NotFound unless one oversees them, or is them, or operates.
        """
        now = self._house.clock.now()
        wanted = self._part(due, now)
        with self._house.store.read() as reads:
            user = self._known(reads, login, actor)
            page = reads.worklist((), login, Tab.MINE, wanted, cursor, PAGE)
            count = reads.worklist_counts((), login, wanted)[Tab.MINE]
            [person] = self._persons(reads, [user], actor, now)
            names = {one.login: one.name for one in reads.users()}
            absences = reads.absences_of(login, self._today)
        sees = login == actor.id or self._oversees(actor, user)
        return PersonPage(
            person=person,
            active=user.active,
            rows=tuple(self._work(row, now) for row in page.rows) if sees else (),
            count=count,
            next_cursor=page.next_cursor if sees else None,
            absences=tuple(self._away(one, names, actor, user) for one in absences),
            may_enter=user.active and sees,
            may_move=self._oversees(actor, user),
            may_let_go=user.active and login != actor.id and self._may_read_of(actor, user),
            as_of=now,
        )

    def substitutes_for(self, login: str, actor: Actor) -> tuple[tuple[Person, bool], ...]:
        """Who could stand in for somebody, and whether they hold the same roles: those first, then who holds least.

        One may name only those oneself; a supervisor anybody. Raises NotFound as `person`.
        """
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            user = self._known(reads, login, actor)
            others = [one for one in reads.users() if one.active and one.login != login and one.posts]
            same = {one.login for one in others if may_stand_in(one.posts, user.posts)}
            may = [one for one in others if one.login in same or self._oversees(actor, user)]
            found = [(one, one.login in same) for one in self._persons(reads, may, actor, now)]
        return tuple(sorted(found, key=lambda row: (not row[1], row[0].load.open, row[0].name)))

    def _persons(self, reads: Reads, users: Iterable[User], actor: Actor, now: datetime) -> list[Person]:
        """What is told of these colleagues, in their order."""
        asked, today = list(users), self._today
        absences = reads.absences(today)
        names = {one.login: one.name for one in reads.users()}
        away_today = [one for one in absences if one.lasts_on(today)]
        logins = {one.login for one in asked} | {one.login for one in away_today}
        loads = reads.loads(logins, now, soon(now, self._house.city.calendar))
        return [self._person(one, absences, names, loads, actor) for one in asked]

    def _person(
        self, user: User, absences: Iterable[Absence], names: dict[str, str], loads: dict[str, Load], actor: Actor
    ) -> Person:
        own = [self._away(one, names, actor, user) for one in absences if one.login == user.login]
        for_whom = [one.login for one in absences if one.lasts_on(self._today) and user.login in one.substitutes]
        return Person(
            login=user.login,
            name=user.name,
            posts=user.posts,
            load=loads.get(user.login, Load()),
            away=next((one for one in own if one.first_on <= self._today), None),
            ahead=next((one for one in own if one.first_on > self._today), None),
            stands_in=tuple(Named(login, names.get(login, login)) for login in for_whom),
            covered=sum(loads[login].open for login in for_whom if login in loads),
        )

    def _away(self, one: Absence, names: dict[str, str], actor: Actor, user: User) -> Away:
        """Why is told to them and who oversees them: hiding illness alone would tell it."""
        told = actor.id == one.login or self._oversees(actor, user)
        stand_in = tuple(Named(login, names.get(login, login)) for login in one.substitutes)
        return Away(one.id, one.first_on, one.last_on, one.kind if told else None, stand_in)

    def _part(self, due: str, now: datetime) -> WorkFilter:
        """All that somebody holds, or the part that a number counts: by the same bounds as `Reads.loads`."""
        if due == LATE:
            return WorkFilter(due_before=now)
        soon_at = soon(now, self._house.city.calendar)
        return WorkFilter(due_from=now, due_before=soon_at) if due == SOON else WorkFilter()

    def _known(self, reads: Reads, login: str, actor: Actor) -> User:
        user = reads.user(login)
        if user is None or not (login == actor.id or self._may_read_of(actor, user)):
            raise NotFound
        return user

    def _may_read_of(self, actor: Actor, user: User) -> bool:
        return self._operates(actor) or self._oversees(actor, user)

    def _oversees(self, actor: Actor, user: User) -> bool:
        return oversees(actor, user.posts, self._house.city.supervising)

    @property
    def _today(self) -> date:
        return self._house.city.calendar.on(self._house.clock.now())
