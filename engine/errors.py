"""Every refusal the engine can give, each with its facts. The words for a person are texts of the web, by class name.

The docstring of a refusal says what happened; the attributes are all that a page needs to explain it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from .model import FieldProblem, Json, Problem, TaskDraft


class Refusal(Exception):
    """Base of everything the engine refuses politely. Never raised itself."""


class NotFound(Refusal):
    """No such thing, or not for you: the two look the same on purpose."""


class NotYours(Refusal):
    """The task belongs to a role or unit the actor does not hold, or a rule keeps this person out of it.

    `reason` is `role`, `conflict`, `holder` (only whoever holds it may pass it on), or that a colleague has no post.
    """

    def __init__(self, role: str, reason: str = "role") -> None:
        super().__init__(role, reason)
        self.role = role
        self.reason = reason


class TaskGone(Refusal):
    """Someone finished the task first, or the diagram took it away."""

    def __init__(self, task_id: str, by: str | None, at: datetime | None) -> None:
        super().__init__(task_id)
        self.task_id = task_id
        self.by = by
        self.at = at


class TaskHeld(Refusal):
    """Another person holds the task."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


class DraftMovedOn(Refusal):
    """Somebody saved a draft of this form since this page was opened. Both texts are kept until one person chooses.

    `standing` is that draft, opened.
    """

    def __init__(self, standing: TaskDraft) -> None:
        super().__init__(standing.task_id, standing.version)
        self.standing = standing


class AnswersRejected(Refusal):
    """The form did not accept the answers; all problems at once.

    `kept` are the ids of papers that came with them and need not be sent again, by field.
    """

    def __init__(self, problems: Sequence[FieldProblem], kept: Json | None = None) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)
        self.kept = kept or {}


class CaseMovedOn(Refusal):
    """The case was written by someone else since it was read. Read again and retry."""

    def __init__(self, case_id: str, revision: int) -> None:
        super().__init__(case_id, revision)
        self.case_id = case_id
        self.revision = revision


class FactsMoved(Refusal):
    """What somebody had taken along from the case has changed since: their answers may rest on what no longer holds."""


class LinkUsed(Refusal):
    """A link or code that works once was used, ran out, or what it led to is gone."""


class WindowClosed(Refusal):
    """The act was possible once or will be later, not now. `why` is a text id."""

    def __init__(self, act: str, why: str) -> None:
        super().__init__(act, why)
        self.act = act
        self.why = why


class CannotMerge(Refusal):
    """Two cases cannot go together.

    `why` is `same`, `circular` (the other is carried by this one), `confidential` (nobody else may learn of the other),
    `service`, `not_open` (this one is answered or over) or `main_not_open` (the other one is).
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FilesRefused(Refusal):
    """The service's files have errors; nothing was published."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class CityRefused(Refusal):
    """The city's files have mistakes; nothing starts until they are gone. The message lists every one of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(f"{p.file} · {p.element}: {p.message}" for p in problems))
        self.problems = tuple(problems)


class DocumentRefused(Refusal):
    """An upload was not taken. `code` is one of `empty`, `too_large`, `too_many`, `type`, `unreadable`, `active`.

    `active`: a PDF that carries scripts, programs, forms that send themselves, or other files.
    """

    def __init__(self, field: str, name: str, code: str, limit: int | str = "") -> None:
        super().__init__(field, code)
        self.field = field
        self.name = name
        self.code = code
        self.limit = limit


class DayUnfit(Refusal):
    """The day is sooner than `first_on` or later than `last_on`."""

    def __init__(self, first_on: date, last_on: date) -> None:
        super().__init__(first_on, last_on)
        self.first_on = first_on
        self.last_on = last_on


class ListTooLong(Refusal):
    """The list has more rows than can be given out in one file."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self.limit = limit


class Erased(Refusal):
    """Who the case was about has been erased: nothing that names them can be made any more."""

    def __init__(self, at: datetime) -> None:
        super().__init__(at)
        self.at = at


class TooManyTries(Refusal):
    """Throttled. `retry_after_s` tells when to come back."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class StepFailed(Refusal):
    """The diagram failed while running: a bad expression, a missing table row, a limit. The case is as it was."""

    def __init__(self, element: str, message: str) -> None:
        super().__init__(element, message)
        self.element = element
        self.message = message


class MessageUnexpected(Refusal):
    """Nothing in the case waits for that message."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TokensUnreadable(Refusal):
    """Stored tokens are of an unknown version or do not fit their process version."""
