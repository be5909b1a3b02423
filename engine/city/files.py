"""Reading a city's files with patience: every mistake is noted with its place and reading goes on. Knows no City.

A reader that meets a mistake returns something harmless instead; whoever reads must refuse the whole when notes exist.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from engine.calendars import WEEKDAYS, Hours
from engine.model import Problem, Severity

BY_NAME = {name.lower(): number for number, name in enumerate(WEEKDAYS)}


class Notes:
    """The mistakes found so far, in the order of reading."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def wrong(self, file: str, element: str, code: str, message: str) -> None:
        self.problems.append(Problem(Severity.ERROR, file, element, code, message))

    def toml(self, path: Path) -> Section:
        """The top table of a TOML file, empty when it cannot be read."""
        try:
            return Section(self, path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
        except OSError:
            self.wrong(path.name, "file", "file-missing", f"cannot be read; put it into {path.parent.name}/")
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
            self.wrong(path.name, "file", "file-broken", f"is not TOML in UTF-8: {broken}")
        return Section(self, path.name, "", None)

    def rows(self, path: Path, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
        """Rows of a CSV file with the place of each (`line 7`). Lines that begin with `#` are comments."""
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            self.wrong(path.name, "file", "file-missing", f"cannot be read as UTF-8; put it into {path.parent.name}/")
            return
        kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
        cells = [[cell.strip() for cell in row] for row in csv.reader(line for _, line in kept)]
        if not cells or tuple(cells[0]) != columns:
            self.wrong(path.name, "heading", "columns", f"the first line must read {','.join(columns)}")
            return
        for (number, _), row in zip(kept[1:], cells[1:], strict=False):
            if len(row) == len(columns):
                yield f"line {number}", dict(zip(columns, row, strict=True))
            else:
                self.wrong(path.name, f"line {number}", "columns", f"has {len(row)} cells instead of {len(columns)}")


class Section:
    """One table of a TOML file. Each key is asked for by name; `done` notes those that nobody asked for."""

    def __init__(self, notes: Notes, file: str, path: str, table: Mapping[str, Any] | None) -> None:
        self._notes = notes
        self._file = file
        self._path = path
        self._left = dict(table or {})
        self.readable = table is not None

    def wrong(self, key: str, code: str, message: str) -> None:
        self._notes.wrong(self._file, self._at(key), code, message)

    def text(self, key: str) -> str:
        """A text that must be there and must say something."""
        found: str | None = self._needed(key, str, "a text")
        if found is not None and not found.strip():
            self.wrong(key, "empty", "must say something")
        return (found or "").strip()

    def text_or_nothing(self, key: str) -> str:
        """A text that may be empty or absent: it is not known yet."""
        found: str = self._take(key, str, "a text", "")
        return found.strip()

    def year(self, key: str) -> int:
        found: int = self._needed(key, int, "a year") or 2000
        if not 2000 <= found <= 2100:
            self.wrong(key, "range", f"must be a year from 2000 to 2100, not {found}")
        return found

    def whole_or(self, key: str, otherwise: int) -> int:
        """A whole number, or `otherwise` where none stands."""
        found: int = self._take(key, int, "a whole number", otherwise)
        return found

    def number(self, key: str) -> int:
        """A whole number from 1 to 366 that must be there."""
        found: int = self._needed(key, int, "a number") or 1
        if not 1 <= found <= 366:
            self.wrong(key, "range", f"must be a number from 1 to 366, not {found}")
        return found

    def says(self, key: str) -> bool:
        """Whether a mark is set; absent means no."""
        found: bool = self._take(key, bool, "true or false", False)
        return found

    def day(self, key: str) -> date:
        return self._needed(key, date, "a date like 2026-02-18") or date.min

    def names(self, key: str) -> tuple[str, ...]:
        found = self._take(key, list, "a list of texts", [])
        if not all(isinstance(name, str) for name in found):
            self.wrong(key, "type", "must be a list of texts")
            return ()
        return tuple(found)

    def section(self, key: str) -> Section:
        """The table under a key, empty when absent. One that is no table has no keys to miss: its mistake is noted."""
        absent = self.readable and key not in self._left
        table = {} if absent else self._take(key, dict, "a table", None)
        return Section(self._notes, self._file, self._at(key), table)

    def sections(self, key: str) -> list[Section]:
        """The tables of an array, each with its position as its name."""
        found = self._take(key, list, "a list of tables", [])
        named = ((f"{self._at(key)}[{place}]", table) for place, table in enumerate(found, 1))
        return [Section(self._notes, self._file, name, table) for name, table in named if isinstance(table, dict)]

    def each(self) -> Iterator[tuple[str, Section]]:
        """Every table in this one by its id, which must be a plain word: it becomes a name in diagrams."""
        for key in list(self._left):
            if not (key.isidentifier() and key.isascii() and key == key.lower()):
                self.wrong(key, "id", "an id is small letters, digits and underscores, beginning with a letter")
            yield key, self.section(key)

    def week(self, key: str) -> dict[int, Hours]:
        """Hours by weekday from `senin = "08:00-16:00"`; empty when the table is empty or absent."""
        days = self.section(key)
        found = {BY_NAME[day]: hours for day in BY_NAME if day in days._left and (hours := days._hours(day))}
        days.done()
        return found

    def done(self) -> None:
        for key in self._left:
            self.wrong(key, "unknown-key", "nobody reads this key; is it misspelt?")

    def _hours(self, key: str) -> Hours | None:
        text = self.text(key)
        if not text:
            return None
        try:
            return Hours.read(text)
        except ValueError as broken:
            self.wrong(key, "hours", f"must read like 08:00-16:00, not {text!r} ({broken})")
            return None

    def _take(self, key: str, kind: type, wanted: str, otherwise: Any) -> Any:
        found = self._left.pop(key, otherwise)
        # In Python a bool is an int, and TOML's local date-time is a date: exactly the type, then.
        if found is not otherwise and type(found) is not kind:
            self.wrong(key, "type", f"must be {wanted}, not {found!r}")
            return otherwise
        return found

    def _needed(self, key: str, kind: type, wanted: str) -> Any:
        if key not in self._left and self.readable:
            self.wrong(key, "missing", f"is missing; write {wanted} here")
        return self._take(key, kind, wanted, None)

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key
