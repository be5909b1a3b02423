"""What people say in a season: the services' own stories, told again on other days. Knows no case and no engine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from engine.stories.files import Line, Story, StoryRefused, read_story, stories
from engine.stories.spans import moved

if TYPE_CHECKING:
    from engine.calendars import Calendar

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?")
_SILENT = frozenset({"nothing", "comment"})
WITHDRAW = "withdraw"
SCATTER = 0.04
"""Degrees by which a point is moved, some four kilometres."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of a story, and the day on which the story says it."""

    line: Line
    on: date

    def answers(self, today: date) -> dict[str, Any]:
        """Its answers as they would be given today.

        Dates move along by whole weeks, so that they fall on the same weekday: what lay ahead still does, what was
        over still is.
        """
        return {name: self._again(value, today) for name, value in self.line.answers.items()}

    def _again(self, value: Any, today: date) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value):
            on = date.fromisoformat(value[:10])
            days = (today - self.on).days
            weeks = -(-days // 7) if on > self.on else days // 7
            return (on + timedelta(weeks=weeks)).isoformat() + value[10:]
        if isinstance(value, Mapping):
            return {name: self._again(inside, today) for name, inside in value.items()}
        return [self._again(one, today) for one in value] if isinstance(value, list) else value


class Part:
    """What the people of one case say: the lines of one story, each once and in their order."""

    def __init__(self, start: Said, lines: Sequence[Said]) -> None:
        self.start = start
        self._left = list(lines)

    def about(self, element: str) -> Said | None:
        """The next line that does this task; None when the story does not (any more)."""
        return next((said for said in self._left if said.line.does == element), None)

    def say(self, said: Said) -> None:
        """The line is said; so is whatever the story tells before it."""
        del self._left[: self._left.index(said) + 1]

    def withdrawal(self) -> Said | None:
        """The line that takes the application back, if that is the very next thing that is done."""
        doing = next((said for said in self._left if said.line.does not in _SILENT), None)
        return doing if doing and doing.line.does == WITHDRAW else None


class Cast:
    """The stories of a service that one case alone can live."""

    def __init__(self, folder: Path, calendar: Calendar) -> None:
        self._service = folder.name
        self._stories = {story.path.stem: _told(story, calendar) for story in _whole(folder)}
        self._lines: dict[str, list[Said]] = defaultdict(list)
        for _start, *lines in self._stories.values():
            for said in lines:
                if said.line.answers:
                    self._lines[said.line.does].append(said)

    @property
    def names(self) -> list[str]:
        return list(self._stories)

    def part(self, name: str) -> Part:
        """A story to be lived. Raises ValueError for one that is not there."""
        if name not in self._stories:
            raise ValueError(f"demo.toml: {self._service} has no story {name!r} that one applicant can live alone")
        start, *lines = self._stories[name]
        return Part(start, lines)

    def lines(self, element: str) -> Sequence[Said]:
        """What is said about a task in any of the stories."""
        return self._lines[element]


def scattered(answers: Mapping[str, Any], points: Sequence[str], chance: Random) -> dict[str, Any]:
    """Answers that are points of the map somewhere else in the city, or all of a season lies in one street."""
    return {**answers, **{name: _beside(answers[name], chance) for name in points if name in answers}}


def _beside(point: str, chance: Random) -> str:
    return ",".join(f"{float(part) + chance.uniform(-SCATTER, SCATTER):.3f}" for part in point.split(","))


def _whole(folder: Path) -> Iterator[Story]:
    """Stories of one case that begins without a refusal and speaks of no other case."""
    for path in stories(folder):
        try:
            story = read_story(path)
        except StoryRefused:
            continue
        starts = [line for line in story.lines if line.does == "start"]
        speaks_of_another = any("{" in str(value) for value in starts[0].answers.values() if _is_text(value))
        if len(starts) == 1 and not starts[0].refused and story.service == folder.name and not speaks_of_another:
            yield story


def _is_text(value: Any) -> bool:
    """Text that may name another case; the outline of a parcel is no such text."""
    return isinstance(value, str) and not value.startswith("{")


def _told(story: Story, calendar: Calendar) -> list[Said]:
    """Its lines, each with the day it is said on; refusals and messages are left out."""
    at: datetime = story.begin if story.begin.tzinfo else story.begin.replace(tzinfo=calendar.zone)
    told = []
    for line in story.lines:
        at = moved(at, line.wait, calendar) if line.wait else at
        if not line.refused and not line.does.startswith("message:"):
            told.append(Said(line, calendar.on(at)))
    return told
