"""Logs as events with keys. Knows what may never be written: whatever could name a person or open a case.

Everything passes here: our own loggers, the web server's and those of libraries. In production an error is written by
its kind and place and never by its text, which may repeat what a citizen typed or a whole row of the database.
"""

from __future__ import annotations

import logging
import re
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from typing import IO, Any

import structlog

_SECRET_PATH = re.compile(r"/(t|lanjut|konfirmasi|berhenti|ajukan/d)/[A-Za-z0-9_-]{8,}")
_LONG_NUMBER = re.compile(r"\b\d{15,18}\b")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_PHONE = re.compile(r"(?<!\d)(\+62|0)8\d{7,11}\b")
_NOISY = ("alembic", "fontTools", "pyhanko", "PIL", "spiff")
"""Libraries whose news nobody reads; SpiffWorkflow would write every change of a step, with its data."""
_MOST_FRAMES = 12

Event = MutableMapping[str, Any]


def begin_logging(production: bool, stream: IO[str] | None = None) -> None:
    """JSON lines in production, readable lines otherwise, on `stream` (None: standard error); both are scrubbed."""
    last: Any = structlog.processors.JSONRenderer() if production else structlog.dev.ConsoleRenderer(colors=False)
    error: Any = kind_of_error if production else structlog.processors.format_exc_info
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                error,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                scrub,
                last,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # A beat that takes longer than the next is due is what the metronome is for: no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def kind_of_error(_logger: Any, _method: str, event: Event) -> Event:
    """An error as its kind and the places it came through, innermost first."""
    raised = event.pop("exc_info", None)
    if isinstance(raised, tuple) and raised[0] is not None:
        frames = traceback.extract_tb(raised[2])[-_MOST_FRAMES:]
        event["error"] = raised[0].__name__
        event["where"] = [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in reversed(frames)]
    return event


def scrub(_logger: Any, _method: str, event: Event) -> Event:
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
