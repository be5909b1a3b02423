"""JSON as Python reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = Mapping[str, Any]
"""A JSON object as it was read: text keys; text, numbers, booleans, None, lists and objects as values."""

ERASED = "(sudah dihapus)"
"""What stands where an answer was sealed and its key is gone. Pages say it in the reader's language."""
UNREADABLE = "(tidak dapat dibaca)"
"""The same where a seal does not open: it was changed, or the city's secret is another than it was."""
