"""Colleagues with their posts and sessions. Knows hashes of passwords and secrets, never these themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from engine.model import Post

from .base import Connected, columns
from .prepared import Prepared
from .rows import SessionRow, User
from .tables import session, user_account, user_post

_EVERY_UNIT = ""
_USER = [user_account.c[name] for name in ("login", "name", "email", "password_hash", "active", "given_at")]
_BY_LOGIN = select(*_USER).where(user_account.c.login == bindparam("login"))
_ACTIVE = Prepared(
    select(user_account.c.active)
    .where(user_account.c.login == bindparam("login"))
    .with_for_update(read=True, key_share=True)
)
_LOCK = _BY_LOGIN.with_for_update()
_NAMES = select(user_account.c.login, user_account.c.name).where(
    user_account.c.login.in_(bindparam("logins", expanding=True))
)
_USERS = select(*_USER).order_by(user_account.c.login)
_POSTS = select(user_post.c.login, user_post.c.role, user_post.c.unit)
_POSTS_OF = _POSTS.where(user_post.c.login == bindparam("login"))
_LOGINS_IN_ROLE = select(user_post.c.login).where(user_post.c.role == bindparam("role"))
_LOGINS_IN_UNIT = _LOGINS_IN_ROLE.where(
    or_(user_post.c.unit == _EVERY_UNIT, user_post.c.unit == bindparam("unit")),
)
_ADD = insert(user_account)
_SET = update(user_account).where(user_account.c.login == bindparam("of_login"))
_ADD_POSTS = insert(user_post)
_DROP_POSTS = delete(user_post).where(user_post.c.login == bindparam("of_login"))
_SESSION = select(*columns(session, SessionRow)).where(session.c.id_hash == bindparam("id_hash"))
_ADD_SESSION = insert(session)
_TOUCH = update(session).where(session.c.id_hash == bindparam("of_hash"))
_DROP_SESSION = delete(session).where(session.c.id_hash == bindparam("of_hash"))
_DROP_SESSIONS = delete(session).where(session.c.login == bindparam("of_login"))
_DROP_STALE = delete(session).where(session.c.seen_at < bindparam("before", type_=session.c.seen_at.type))


class OfficeReads(Connected):
    """Questions about colleagues. None: nobody of that name, no such session."""

    def user(self, login: str) -> User | None:
        row, posts = self._one(_BY_LOGIN, login=login), _posts(self._all(_POSTS_OF, login=login))
        return row and _user(row, posts)  # both are asked for in either case: time must not tell which logins exist

    def names(self, logins: Iterable[str | None]) -> dict[str, str]:
        """By login what colleagues are called; whoever is none is not in it."""
        wanted = sorted({login for login in logins if login})
        return {row[0]: row[1] for row in self._all(_NAMES, logins=wanted)} if wanted else {}

    def users(self) -> tuple[User, ...]:
        """Everybody ever added, by login."""
        posts = _posts(self._all(_POSTS))
        return tuple(_user(row, posts) for row in self._all(_USERS))

    def users_holding(self, role: str, unit: str | None = None) -> tuple[User, ...]:
        """Active colleagues with a post of the role that covers the unit; `unit` None: any."""
        if unit is None:
            found = self._all(_LOGINS_IN_ROLE, role=role)
        else:
            found = self._all(_LOGINS_IN_UNIT, role=role, unit=unit)
        users = (self.user(login) for login in sorted({row[0] for row in found}))
        return tuple(user for user in users if user is not None and user.active)

    def session(self, id_hash: str) -> SessionRow | None:
        row = self._one(_SESSION, id_hash=id_hash)
        return row and SessionRow(*row)


class OfficeWrites(OfficeReads):
    """Changing colleagues and sessions."""

    def has_left(self, login: str) -> bool:
        """Whether the account is closed. Until the transaction ends nobody can close it."""
        return self._value(_ACTIVE, login=login) is False

    def add_user(
        self, login: str, name: str, email: str, password_hash: str, posts: Iterable[Post], at: datetime
    ) -> None:
        """The same login twice is an error of the database: look first."""
        account = {"name": name, "email": email, "password_hash": password_hash, "active": True}
        self._add(_ADD, [{"login": login, "added_at": at, **account}])
        self._add_posts(login, posts)

    def set_posts(self, login: str, posts: Iterable[Post]) -> None:
        """These are all the posts from now on."""
        self._change(_DROP_POSTS, of_login=login)
        self._add_posts(login, posts)

    def set_password(self, login: str, password_hash: str) -> None:
        self._change(_SET, of_login=login, password_hash=password_hash)

    def given(self, login: str, at: datetime) -> None:
        """Remember that a colleague was given a task."""
        self._change(_SET, of_login=login, given_at=at)

    def deactivate_user(self, login: str) -> None:
        """Ends every session too. Waits for whoever is about to give them a task (`has_left`)."""
        self._one(_LOCK, login=login)
        self._change(_SET, of_login=login, active=False)
        self.drop_sessions(login)

    def add_session(self, id_hash: str, login: str, csrf: str, at: datetime) -> None:
        self._add(_ADD_SESSION, [{"id_hash": id_hash, "login": login, "csrf": csrf, "began_at": at, "seen_at": at}])

    def touch_session(self, id_hash: str, at: datetime) -> None:
        self._change(_TOUCH, of_hash=id_hash, seen_at=at)

    def drop_session(self, id_hash: str) -> None:
        self._change(_DROP_SESSION, of_hash=id_hash)

    def drop_sessions(self, login: str) -> None:
        """Everywhere the colleague is signed in."""
        self._change(_DROP_SESSIONS, of_login=login)

    def drop_stale_sessions(self, before: datetime) -> int:
        """All not seen since. How many."""
        return self._change(_DROP_STALE, before=before)

    def _add_posts(self, login: str, posts: Iterable[Post]) -> None:
        rows = [{"login": login, "role": post.role, "unit": post.unit or _EVERY_UNIT} for post in set(posts)]
        self._add(_ADD_POSTS, rows)


def _user(row: Any, posts: Mapping[str, frozenset[Post]]) -> User:
    held = posts.get(row.login, frozenset())
    return User(row.login, row.name, row.email, row.password_hash, row.active, held, row.given_at)


def _posts(rows: Iterable[Any]) -> Mapping[str, frozenset[Post]]:
    found: defaultdict[str, set[Post]] = defaultdict(set)
    for login, role, unit in rows:
        found[login].add(Post(role, unit or None))
    return {login: frozenset(posts) for login, posts in found.items()}
