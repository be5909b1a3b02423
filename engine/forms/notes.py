"""Collecting what is wrong with one form's files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from engine.model import Problem, Severity

LARGEST_BYTES = 256_000


class Notes:
    """Collects problems of one form."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def error(self, file: str, element: str, code: str, message: str) -> None:
        self.problems.append(Problem(Severity.ERROR, f"{self._name}.{file}.json", element, code, message))

    def warning(self, file: str, element: str, code: str, message: str) -> None:
        self.problems.append(Problem(Severity.WARNING, f"{self._name}.{file}.json", element, code, message))

    def json(self, file: str, content: bytes) -> dict[str, Any] | None:
        if len(content) > LARGEST_BYTES:
            self.error(file, "", "too-large", f"is larger than {LARGEST_BYTES // 1000} kB")
            return None
        try:
            found = json.loads(content)
        except (ValueError, RecursionError) as wrong:
            self.error(file, "", "not-json", f"is not JSON: {wrong}")
            return None
        if not isinstance(found, dict):
            self.error(file, "", "not-an-object", "must hold one JSON object")
            return None
        return found


def as_object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
