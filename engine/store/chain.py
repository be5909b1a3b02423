"""The audit chain as arithmetic: what one link covers and what is wrong with a row of them. Knows no database.

Each hash is SHA-256 over the canonical JSON of the entry and the hash before it. So an entry that is edited, removed
or put in later breaks the chain there; a tail that is cut off shows against the head, which the case repeats. Whoever
can rewrite every later hash and the head as well is not stopped by arithmetic: keep copies of heads elsewhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from engine.model import AuditEntry, OfficeAct

from .columns import canonical, microseconds
from .rows import Head

GENESIS = "0" * 64


def hash_of(entry: AuditEntry | OfficeAct) -> str:
    """What the hash of an entry must be, in hex; its own `hash` is not looked at. TypeError for facts beyond JSON."""
    covered = {name: getattr(entry, name) for name in entry.__dataclass_fields__ if name != "hash"}
    return hashlib.sha256(canonical({**covered, "at": microseconds(entry.at)})).hexdigest()


def verify(entries: Sequence[AuditEntry | OfficeAct], head: Head | None = None) -> list[str]:
    """What is wrong with a chain in order of `seq`, one sentence each; empty when it is whole.

    Without `head` a tail that was cut off cannot be seen.
    """
    problems: list[str] = []
    seq, previous = 0, GENESIS
    for entry in entries:
        problems += _broken(entry, seq + 1, previous)
        seq, previous = entry.seq, entry.hash
    if head is not None and seq < head.seq:
        problems.append(f"entries {seq + 1} to {head.seq} are missing at the end")
    elif head is not None and (seq, previous) != (head.seq, head.hash):
        problems.append(f"the chain ends with entry {seq}, the case says it ends otherwise with entry {head.seq}")
    return problems


def _broken(entry: AuditEntry | OfficeAct, expected: int, previous: str) -> list[str]:
    problems = []
    if entry.seq != expected:
        problems.append(f"entry {expected} is missing before entry {entry.seq}")
    if entry.previous != previous:
        problems.append(f"entry {entry.seq} does not follow the entry before it: one was removed or put in")
    if entry.hash != hash_of(entry):
        problems.append(f"entry {entry.seq} was changed after it was written")
    return problems
