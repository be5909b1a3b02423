"""JSON as Python reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]
"""A JSON object as it was read: text keys; text, numbers, booleans, None, lists and objects as values."""
