"""Analysts' stories: who does what, how time passes, and what must then be open, sent and promised.

A story runs on the real engine over a fresh store with a clock that stands still until the story moves it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any


class StoryRefused(ValueError):
    """A story's file is wrong; the sentence names the file, the step and what to write instead."""


_STEP_KEYS = {
    "wait",
    "who",
    "does",
    "answers",
    "refused",
    "expect",
    "case",
    "use",
    "service",
    "payload",
    "channel",
    "note",
}
_EXPECT_KEYS = {"open", "stage", "sent", "due", "promise", "outcome", "permit", "ended"}


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a story. `case` labels the case it is about.

    `who` is a role, `role@unit`, several posts of one person joined by `+`, or `pemohon`.
    """

    number: int
    does: str
    who: str
    case: str
    wait: str
    answers: Mapping[str, Any]
    payload: Mapping[str, Any]
    expect: Mapping[str, Any]
    refused: str
    service: str
    channel: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story as read from its file; `begin` is local time of the city."""

    path: Path
    title: str
    begin: datetime
    service: str
    lines: tuple[Line, ...]


def read_story(path: Path) -> Story:
    """Read one story. Raises StoryRefused with a sentence for anything that could not be played."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as wrong:
        raise StoryRefused(f"{path.name}: not TOML: {wrong}") from None
    for needed in ("title", "begin", "start"):
        if needed not in told:
            raise StoryRefused(f"{path.name}: has no `{needed}`")
    samples = _samples(path.parent)
    service = told.get("service", path.parent.parent.name)
    first = {"does": "start", "use": told.get("use", ""), **told["start"]}
    steps = [first, *told.get("steps", [])]
    lines = tuple(_line(path, number, step, service, samples) for number, step in enumerate(steps))
    return Story(path, told["title"], told["begin"], service, lines)


def stories(service_folder: Path) -> list[Path]:
    """The story files of a service, by name; files that begin with `_` are samples, not stories."""
    return sorted(p for p in (service_folder / "scenarios").glob("*.toml") if not p.name.startswith("_"))


def _samples(folder: Path) -> Mapping[str, Any]:
    path = folder / "_samples.toml"
    found = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    samples: Mapping[str, Any] = found.get("samples", found)
    return samples


def _line(path: Path, number: int, step: Mapping[str, Any], service: str, samples: Mapping[str, Any]) -> Line:
    where = f"{path.name}, step {number}"
    unknown = set(step) - _STEP_KEYS
    if unknown:
        raise StoryRefused(f"{where}: unknown {', '.join(sorted(unknown))}; known are {', '.join(sorted(_STEP_KEYS))}")
    expect = step.get("expect", {})
    if wrong := set(expect) - _EXPECT_KEYS:
        raise StoryRefused(f"{where}: cannot expect {', '.join(sorted(wrong))}; can: {', '.join(sorted(_EXPECT_KEYS))}")
    use = step.get("use", "")
    if use and use not in samples:
        raise StoryRefused(f"{where}: no sample {use!r} in _samples.toml")
    return Line(
        number=number,
        does=step.get("does", "nothing"),
        who=step.get("who", "pemohon"),
        case=step.get("case", "main"),
        wait=step.get("wait", ""),
        answers={**(samples[use] if use else {}), **step.get("answers", {})},
        payload=step.get("payload", {}),
        expect=expect,
        refused=step.get("refused", ""),
        service=step.get("service", service),
        channel=step.get("channel", "web"),
    )
