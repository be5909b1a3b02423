"""The analysts' sample answers by service and name, for tests that need a real form filled in."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from tests.builders import ROOT


@cache
def _samples(service: str) -> dict[str, Any]:
    path = ROOT / "processes" / service / "scenarios" / "_samples.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["samples"])


def sample(service: str, name: str, **over: Any) -> dict[str, Any]:
    """One sample, with answers of the test's own over it; None takes an answer out."""
    answers = {**_samples(service)[name], **over}
    return {field: value for field, value in answers.items() if value is not None}
