"""Sends what waits in the outbox: at least once, each reader once if all goes well. Knows no words and no addresses.

A notice is claimed in one transaction, sent outside of any, and what came of it stored in the next. Whoever claims and
dies leaves a notice that is due again after the lease; readers who already have it are remembered by a hash of their
address, and a relay that sees the same key twice may drop the second.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .channels import Address, Channel, Fault, Message, NotDelivered
from .clock import Clock
from .store import Store, Waiting

LEASE = timedelta(minutes=10)
"""How long a claimed notice is left to whoever claimed it. Longer than all its readers can take."""

RETRY_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""Pauses after the first, second … failed try. After the last the notice is given up and shown to the operator."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did, in notices."""

    sent: int = 0
    put_off: int = 0
    given_up: int = 0


class Outbox:
    """The way out of the house. Any number of them may run on one store."""

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        addresses: Callable[[Waiting], Iterable[Address]],
        render: Callable[[Waiting, Address], Message],
        clock: Clock,
    ) -> None:
        """`channels` by the name that addresses carry; `addresses` and `render` open their own transactions."""
        self._store = store
        self._channels = channels
        self._addresses = addresses
        self._render = render
        self._clock = clock

    def send_due(self, limit: int = 100) -> Sent:
        """Send what is due now, at most `limit` notices. One that fails is put off and does not stop the others."""
        done, down = Sent(), set[str]()
        for _ in range(limit):
            claimed = self._claim()
            if claimed is None:
                break
            done = self._settle(claimed, self._try(claimed, down), done)
        return done

    def _claim(self) -> Waiting | None:
        now = self._clock.now()
        with self._store.write() as w:
            return w.claim_notice(now, again_at=now + LEASE)

    def _try(self, notice: Waiting, down: set[str]) -> list[NotDelivered]:
        """Send to every reader who has not got it; what went wrong, by reader.

        A channel found down is not tried again in this round: waiting for it a hundred times would stop the clock.
        """
        try:
            addresses = tuple(self._addresses(notice))
        except Exception as broken:
            return [_blamed(notice, broken)]
        with self._store.read() as r:
            delivered = r.delivered(notice.key)
        failed = []
        for address in addresses:
            key = delivery_key(notice.key, address)
            refused = None if key in delivered else self._refusal(notice, address, key, down)
            if refused is not None:
                failed.append(refused)
        return failed

    def _refusal(self, notice: Waiting, address: Address, key: str, down: set[str]) -> NotDelivered | None:
        if address.channel in down:
            return NotDelivered(f"{address.channel} is down", Fault.CHANNEL)
        try:
            self._send(notice, address, key)
        except NotDelivered as refused:
            if refused.fault is Fault.CHANNEL:
                down.add(address.channel)
            return refused
        except Exception as broken:  # the words for one reader must not stop the others
            return _blamed(notice, broken)
        return None

    def _send(self, notice: Waiting, address: Address, key: str) -> None:
        channel = self._channels.get(address.channel)
        if channel is None:
            raise NotDelivered(f"no channel named {address.channel}", Fault.CHANNEL)
        channel.send(replace(self._render(notice, address), key=key))
        with self._store.write() as w:
            w.add_delivery(notice.key, key, self._clock.now())

    def _settle(self, notice: Waiting, failed: list[NotDelivered], done: Sent) -> Sent:
        now = self._clock.now()
        if not failed:
            with self._store.write() as w:
                w.notice_sent(notice.key, now)
            return replace(done, sent=done.sent + 1)
        why = "; ".join(sorted({one.why for one in failed}))
        next_at = _next_try(notice, failed, now)
        with self._store.write() as w:
            w.notice_failed(notice.key, why, next_at)
        _log.warning("notice not sent", extra={"notice_text": notice.text, "why": why, "attempts": notice.attempts})
        if next_at is None:
            return replace(done, given_up=done.given_up + 1)
        return replace(done, put_off=done.put_off + 1)


def _next_try(notice: Waiting, failed: list[NotDelivered], now: datetime) -> datetime | None:
    """None: no try can help, or all are used up."""
    if notice.attempts > len(RETRY_AFTER) or all(one.fault is Fault.MESSAGE for one in failed):
        return None
    return now + RETRY_AFTER[notice.attempts - 1]


def delivery_key(notice_key: str, address: Address) -> str:
    """The idempotency key of a notice for one reader: a hash, so that no address is kept. Hex, fit for a header."""
    return hashlib.sha256(f"{notice_key}\n{address.channel}\n{address.where}".encode()).hexdigest()


def _blamed(notice: Waiting, broken: Exception) -> NotDelivered:
    """An error of ours. Only its kind is kept: its text may repeat what a citizen typed."""
    why = type(broken).__name__
    _log.error("notice failed in our own code", extra={"notice_text": notice.text, "why": why})
    return NotDelivered(f"our own error: {why}", Fault.LATER)
