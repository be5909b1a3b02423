"""What somebody takes along into the field from a case, and whether it still says the same. Pure; knows no form.

`janji:brings` of a task names the answers that matter on site. Whoever works without a connection sees them as they
were when they were taken along: the mark tells on return whether the case has moved under them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def picked(brings: Iterable[str], data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The named answers by form; what was never answered is left out."""
    found: dict[str, dict[str, Any]] = {}
    for path in brings:
        form, _, field = path.partition(".")
        answers = data.get(form)
        if isinstance(answers, Mapping) and field in answers:
            found.setdefault(form, {})[field] = answers[field]
    return found


def mark(brings: Iterable[str], data: Mapping[str, Any]) -> str:
    """Names the state of the named answers. From sealed data, so that it tells nothing of what they say."""
    text = json.dumps(picked(brings, data), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
