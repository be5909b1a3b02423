"""Staff accounts: who may sign in, their sessions, and how guessing is slowed down. Citizens have none."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine import keys
from engine.errors import NotFound, TooManyTries
from engine.house import House
from engine.model import Actor, ActorKind, Post
from engine.throttle import WINDOW_S, count
from engine.views import SignedIn

if TYPE_CHECKING:
    from datetime import datetime


IDLE = timedelta(hours=8)
"""A session nobody uses for a working day is over."""
LONGEST = timedelta(hours=14)
PER_ACCOUNT = 8
PER_SOURCE = 60
"""A whole office may share one address, so the address is throttled far later than the account."""
LEAST_PASSWORD = 10


@cache
def _hash_of_nobody() -> str:
    """What the password of an unknown login is compared with. Once a process: it costs a tenth of a second."""
    return PasswordHasher().hash(keys.random_token())


class Accounts:
    """Signs staff in and out."""

    def __init__(self, house: House, hasher: PasswordHasher | None = None) -> None:
        self._house = house
        self._hasher = hasher or PasswordHasher()
        self._nobody = hasher.hash(keys.random_token()) if hasher else _hash_of_nobody()

    def add(self, login: str, name: str, email: str, password: str, posts: frozenset[Post]) -> None:
        """Create an account. Raises ValueError for a short password, an unknown role or unit, or a taken login."""
        if len(password) < LEAST_PASSWORD:
            raise ValueError(f"a password needs at least {LEAST_PASSWORD} characters")
        for post in posts:
            if post.role not in self._house.city.roles:
                raise ValueError(f"no role {post.role!r} in city.toml")
            if post.unit is not None and post.unit not in self._house.city.units:
                raise ValueError(f"no unit {post.unit!r} in city.toml")
        with self._house.store.write() as tx:
            if tx.user(login) is not None:
                raise ValueError(f"login {login!r} is taken")
            tx.add_user(login, name, email, self._hasher.hash(password), posts, self._house.clock.now())

    def sign_in(self, login: str, password: str, source: str) -> SignedIn:
        """Open a session. Raises NotFound for a wrong login or password alike, and TooManyTries.

        An unknown login costs the same argon2 work as a known one, so that time does not tell which exist.
        """
        now = self._house.clock.now()
        self._throttle(login, source, now)
        with self._house.store.read() as reads:
            user = reads.user(login)
        if not self._matches(user.password_hash if user else self._nobody, password) or user is None or not user.active:
            raise NotFound
        secret, csrf = keys.random_token(), keys.random_token()
        with self._house.store.write() as tx:
            tx.forget_tries(f"sign-in:{login}")
            tx.add_session(keys.hashed(secret), login, csrf, now)
        return SignedIn(Actor(ActorKind.STAFF, login, user.name, user.posts), csrf=csrf, secret=secret)

    def session(self, secret: str) -> SignedIn | None:
        """Who holds this session, and for whom they work today beside their own tasks.

        None when it is unknown, idle too long, too old, or the account is closed.
        """
        now = self._house.clock.now()
        digest = keys.hashed(secret)
        with self._house.store.read() as reads:
            held = reads.session(digest)
            user = reads.user(held.login) if held else None
            actor = self._house.colleague(reads, user) if user else None
        if held is None or user is None or actor is None or not user.active:
            return None
        if now - held.seen_at > IDLE or now - held.began_at > LONGEST:
            return None
        if now - held.seen_at > timedelta(minutes=5):
            with self._house.store.write() as tx:
                tx.touch_session(digest, now)
        return SignedIn(actor, csrf=held.csrf)

    def sign_out(self, secret: str) -> None:
        """Close a session; unknown ones are no error."""
        with self._house.store.write() as tx:
            tx.drop_session(keys.hashed(secret))

    def _throttle(self, login: str, source: str, now: datetime) -> None:
        with self._house.store.write() as tx:
            over = count(tx, f"sign-in:{login}", PER_ACCOUNT, now) or count(
                tx, f"sign-in-from:{source}", PER_SOURCE, now
            )
        if over:
            raise TooManyTries(WINDOW_S)

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False
