"""Where the checks put what they find across the files of a service, and the files as they see them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.model import Problem, Severity
from engine.reasons import OWN, SHARED

SCHEMA = ".schema.json"
UI = ".ui.json"

IN_A_SERVICE = frozenset({"no-role", "lane-without-role", "no-service", "no-stages"})
"""What a diagram alone may leave out, but a service may not."""


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a service by their path in a version, and the names under which a person knows them."""

    service: str
    contents: Mapping[str, bytes]
    processes: str
    forms: str

    def shown(self, path: str) -> str:
        """`processes/krk/process.bpmn`, `forms/krk/survei.schema.json`."""
        if path == SHARED:
            return f"{self.processes.rpartition('/')[0]}/{OWN}".lstrip("/")
        if path.startswith("forms/"):
            return f"{self.forms}/{path.removeprefix('forms/')}"
        return f"{self.processes}/{path}"

    def below(self, folder: str, ending: str) -> list[str]:
        """The names in a folder with an ending, without both."""
        return sorted(
            path.removeprefix(folder).removesuffix(ending)
            for path in self.contents
            if path.startswith(folder) and path.endswith(ending)
        )

    @property
    def tables(self) -> dict[str, bytes]:
        return {path: content for path, content in self.contents.items() if path.endswith(".dmn")}


class Found:
    """Problems over several files."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._problems: list[Problem] = []

    def error(self, path: str, element: str, code: str, message: str) -> None:
        self._problems.append(Problem(Severity.ERROR, self._files.shown(path), element, code, message))

    def warn(self, path: str, element: str, code: str, message: str) -> None:
        self._problems.append(Problem(Severity.WARNING, self._files.shown(path), element, code, message))

    def add(self, problems: Iterable[Problem], path: str = "") -> None:
        """Take over what another room found; `path` names the file when that room did not know where it lies."""
        for problem in problems:
            named = replace(problem, file=self._files.shown(path)) if path else problem
            self._problems.append(in_a_service(named))

    def all(self) -> list[Problem]:
        """Errors first, then by file, otherwise in the order found."""
        unique = list(dict.fromkeys(self._problems))
        return sorted(unique, key=lambda problem: (problem.severity is not Severity.ERROR, problem.file))


def in_a_service(problem: Problem) -> Problem:
    """The same problem as it weighs in a service that is to be published."""
    return replace(problem, severity=Severity.ERROR) if problem.code in IN_A_SERVICE else problem


def places(folder: Path, forms: Path) -> tuple[str, str]:
    """How a person names the two folders: relative to the one that holds `processes/` and `forms/`."""
    base = folder.resolve().parent.parent
    return _near(folder.resolve(), base), _near(forms.resolve(), base)


def _near(folder: Path, base: Path) -> str:
    return folder.relative_to(base).as_posix() if folder.is_relative_to(base) else folder.as_posix()


def json_object(content: bytes) -> Mapping[str, Any]:
    """The JSON object in a file, empty when there is none: that fault is told by the rules of forms."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, Mapping) else {}
