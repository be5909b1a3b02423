"""Taking in papers: every upload is inspected, kept by its hash outside the rows, and entered where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.documents import inspect, safe_name
from engine.errors import DocumentRefused
from engine.keys import random_token
from engine.model import Document, FieldProblem

if TYPE_CHECKING:
    from engine.forms import Form
    from engine.house import House
    from engine.store import Transaction

Uploads = Mapping[str, Sequence[tuple[str, bytes]]]
"""Files as they came in: (name, content) by form field."""


class Papers(Mapping[str, Document]):
    """Papers by id, read when somebody asks for one: most forms speak of none."""

    def __init__(self, read: Callable[[], Iterable[Document]]) -> None:
        self._read = read

    @cached_property
    def _by_id(self) -> dict[str, Document]:
        return {paper.id: paper for paper in self._read()}

    def __getitem__(self, paper_id: str) -> Document:
        return self._by_id[paper_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


MOST_AT_ONCE = 20
"""Papers one post may add to a field that sets no limit of its own."""
MOST_IN_DRAFT = 100
"""Papers of a draft, those included that were replaced by others since."""
ANY_PAPER = ("application/pdf", "image/jpeg", "image/png", "image/webp")


@dataclass(frozen=True, slots=True)
class Intake:
    """The tray into which papers go for one `owner` (`{"case_id": …}` or `{"draft_id": …}`)."""

    house: House
    tx: Transaction
    owner: Mapping[str, str]
    by: str
    origin: str
    now: datetime

    def paper(self, field: str, name: str, content: bytes, accept: Sequence[str] = ANY_PAPER) -> str:
        """Enter one paper and return its id. Raises DocumentRefused."""
        mime, clean = inspect(name, content, field, accept, self.house.upload_bytes)
        kept = self.house.archive.put(clean)
        # A citizen's own name for a file often names the citizen, and everybody who opens the case reads it.
        shown = safe_name(field if self.origin == "citizen" else name, mime)
        document = Document(random_token(), kept, shown, mime, len(clean), self.origin, field, self.now, self.by)
        self.tx.add_document(document, **self.owner)
        return document.id

    def papers(self, form: Form, uploads: Uploads) -> tuple[dict[str, Any], list[FieldProblem]]:
        """Enter the uploads of a form: ids by field (a list for a field of several), and what was wrong with the rest.

        A refused file does not stop the others, so that nobody uploads twice what was good.
        """
        taken: dict[str, Any] = {}
        problems: list[FieldProblem] = []
        for field, files in uploads.items():
            spec = form.schema.get("properties", {}).get(field)
            if spec is None or not _is_paper(spec):
                continue
            ids = self._field(field, spec, self._few(field, spec, files, problems), problems)
            if ids:
                taken[field] = ids if spec.get("type") == "array" else ids[-1]
        return taken, problems

    def _few(
        self, field: str, spec: Mapping[str, Any], files: Sequence[tuple[str, bytes]], problems: list[FieldProblem]
    ) -> Sequence[tuple[str, bytes]]:
        """No more than the field holds, nor than a draft may hold in all: a draft is open to strangers."""
        most = int(spec.get("maxItems", MOST_AT_ONCE)) if spec.get("type") == "array" else 1
        draft = self.owner.get("draft_id")
        if draft:
            most = min(most, MOST_IN_DRAFT - len(self.tx.draft_documents(draft)))
        if len(files) > most:
            problems.append(FieldProblem(field, "document.too_many", {"limit": max(most, 0)}))
        return files[: max(most, 0)]

    def _field(
        self, field: str, spec: Mapping[str, Any], files: Sequence[tuple[str, bytes]], problems: list[FieldProblem]
    ) -> list[str]:
        accept = spec.get("items", spec).get("x-accept") or spec.get("x-accept") or ANY_PAPER
        ids = []
        for name, content in files:
            try:
                ids.append(self.paper(field, name, content, accept))
            except DocumentRefused as refused:
                problems.append(FieldProblem(field, f"document.{refused.code}", {"name": name, "limit": refused.limit}))
        return ids


def _is_paper(spec: Mapping[str, Any]) -> bool:
    return "document" in (spec.get("format"), spec.get("items", {}).get("format"))


def with_uploads(raw: Mapping[str, Any], taken: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed together with the new papers; a field of several keeps those it already had."""
    merged = dict(raw)
    for name, ids in taken.items():
        before = merged.get(name, [])
        if isinstance(ids, list):
            had = before if isinstance(before, list) else [before]
            merged[name] = [*(one for one in had if one), *ids]
        else:
            merged[name] = ids
    return merged
