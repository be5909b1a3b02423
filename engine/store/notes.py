"""Notes on a case: written, and taken back within a while. Decides nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from engine.views import Comment

from .base import Connected, columns
from .prepared import Prepared
from .tables import comment

_OF_CASE = Prepared(
    select(*columns(comment, Comment)).where(comment.c.case_id == bindparam("case_id")).order_by(comment.c.line)
)
_ADD = insert(comment).returning(comment.c.line)
_TAKE_BACK = update(comment).where(comment.c.line == bindparam("of_line"), comment.c.taken_back_at.is_(None))


class NoteReads(Connected):
    """Questions about notes."""

    def comments(self, case_id: str) -> tuple[Comment, ...]:
        """In the order in which they were written; those taken back without their text."""
        return tuple(Comment(*row) for row in self._all(_OF_CASE, case_id=case_id))


class NoteWrites(NoteReads):
    """Writing them."""

    def add_comment(self, case_id: str, said: Comment) -> int:
        """Returns the line it stands on."""
        given = {"at": said.at, "by": said.by, "text": said.text, "public": said.public}
        return int(self._value(_ADD, case_id=case_id, **given))

    def take_back_comment(self, line: int, at: datetime) -> None:
        """Its text goes; that it was written stays."""
        self._change(_TAKE_BACK, of_line=line, text="", taken_back_at=at)
