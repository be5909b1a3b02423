"""Papers that must prove something new: of a question marked `x-fresh` at least one was not in the case before.

Compared by their bytes. What whoever asked sent themselves proves nothing of what the office did.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engine.model import FieldProblem

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.model import Document
    from engine.store import Transaction

THEIRS, KNOWN = "evidence.theirs", "evidence.known"


def stale(
    tx: Transaction, case_id: str, form: Form, answers: Mapping[str, Any], papers: Mapping[str, Document]
) -> list[FieldProblem]:
    """What is wrong with the evidence among accepted answers. Asks the store only for a form that wants some."""
    fresh = [name for name, part in form.schema.get("properties", {}).items() if part.get("x-fresh")]
    given = [name for name in fresh if answers.get(name)]
    if not given:
        return []
    before = tx.documents(case_id)
    return [problem for name in given for problem in _stale(name, answers[name], papers, before)]


def _stale(
    name: str, ids: list[str], papers: Mapping[str, Document], before: tuple[Document, ...]
) -> Iterator[FieldProblem]:
    hashes = {papers[one].sha256 for one in ids}
    theirs = {paper.sha256 for paper in before if paper.origin == "citizen"}
    if hashes & theirs:
        yield FieldProblem(name, THEIRS)
    elif hashes <= {paper.sha256 for paper in before}:
        yield FieldProblem(name, KNOWN)
