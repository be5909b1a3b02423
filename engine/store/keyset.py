"""Paging by the last row seen: every page costs the same however far down it is. Knows no list.

A cursor is opaque text for a link. One that was tampered with leads to the first page, never to an error.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_

from .columns import NEVER, Deadline, instant, microseconds


@dataclass(frozen=True)
class Keyset:
    """Order by an instant and then by id, both upwards; `newest_first`: both downwards. An index must hold it."""

    at: ColumnElement[Any]
    id: ColumnElement[str]
    newest_first: bool = False

    def order(self) -> tuple[ColumnElement[Any], ...]:
        if self.newest_first:
            return self.at.desc(), self.id.desc()
        return self.at.asc(), self.id.asc()

    def beyond(self, cursor: str | None) -> tuple[ColumnElement[bool], ...]:
        """The condition for rows after the cursor; none for the first page."""
        last = _read(cursor)
        if last is None:
            return ()
        at, row_id = literal(last[0], Deadline()), last[1]
        # the first condition lets the index begin at the right place, the second settles ties
        if self.newest_first:
            return (and_(self.at <= at, or_(self.at < at, self.id < row_id)),)
        return (and_(self.at >= at, or_(self.at > at, self.id > row_id)),)

    def page(self, statement: Select[Any], cursor: str | None, limit: int) -> Select[Any]:
        """One row more than the page has, to know whether another follows."""
        return statement.where(*self.beyond(cursor)).order_by(*self.order()).limit(limit + 1)


def cursor_after(rows: Sequence[tuple[datetime | None, str]], limit: int) -> str | None:
    """From the instants and ids that `page` gave: the cursor for the next page; None when this is the last."""
    if len(rows) <= limit:
        return None
    at, row_id = rows[limit - 1]
    stored = NEVER if at is None else microseconds(at)
    return base64.urlsafe_b64encode(f"{stored}:{row_id}".encode()).decode().rstrip("=")


def _read(cursor: str | None) -> tuple[datetime | None, str] | None:
    if not cursor or not cursor.isascii():
        return None
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        stored, _, row_id = text.partition(":")
        number = int(stored)
        return (None if number == NEVER else instant(number)), row_id.replace("\0", "")
    except (ValueError, OverflowError, binascii.Error):
        return None
