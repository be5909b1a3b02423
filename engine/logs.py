"""Logs as events with keys. Knows which keys may never be written: whatever could name a person or open a case."""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

_SECRET_PATH = re.compile(r"/(t|ajukan/d)/[A-Za-z0-9_-]{8,}")
_LONG_NUMBER = re.compile(r"\b\d{15,18}\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<!\d)(\+62|0)8\d{7,11}\b")


def begin_logging(production: bool) -> None:
    """JSON lines in production, readable lines otherwise; both pass through the same scrubbing."""
    last: Any = structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            scrub,
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=True,
    )
    logging.getLogger("apscheduler").setLevel(logging.WARNING)


def scrub(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take tokens, identity numbers, mail addresses and telephone numbers out of every text of an event."""
    for key, value in event.items():
        if isinstance(value, str) and key not in ("timestamp", "level"):
            event[key] = scrubbed(value)
    return event


def scrubbed(text: str) -> str:
    """The text with anything personal that could be recognised replaced by a mark that says what it was."""
    text = _SECRET_PATH.sub(r"/\1/…", text)
    text = _LONG_NUMBER.sub("[nomor]", text)
    text = _MAIL.sub("[surel]", text)
    return _PHONE.sub("[telepon]", text)
