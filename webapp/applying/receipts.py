"""A receipt as the session keeps it: one at a time, in this browser only, so that it can be printed until the next."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from flask import session

from engine.views import Receipt

NAME = "receipt"


def keep(receipt: Receipt) -> None:
    """Remember a receipt in this browser's session."""
    kept = {one.name: getattr(receipt, one.name) for one in fields(Receipt)}
    session[NAME] = {name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()}


def kept(secret: str) -> Receipt | None:
    """The receipt of the case that this secret opens; None in any other browser."""
    found = session.get(NAME) or {}
    if found.get("secret") != secret:
        return None
    return Receipt(**{name: _read(name, value) for name, value in found.items()})


def _read(name: str, value: Any) -> Any:
    if name.endswith("_at") and value:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name.endswith("_on") else value
