"""Process versions, cases and what hangs on a case. Column names are the field names of the nouns."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, false

from engine.model import Closing, Decision, Entry, PromiseState
from engine.store.columns import Deadline, Instant, JsonText, Word

from .base import count, key, line, maybe, metadata, of_case, words

# ── what a service is ─────────────────────────────────────────────────────────────────────────────────────────────

process_version = Table(
    "process_version",
    metadata,
    key(),
    words("service"),
    Column("published_at", Instant),
    words("published_by"),
    words("note"),
)
process_file = Table(
    "process_file",
    metadata,
    Column("version", ForeignKey("process_version.id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
current_version = Table(
    "current_version",
    metadata,
    Column("service", Text, primary_key=True),
    Column("version", ForeignKey("process_version.id"), nullable=False),
    Column("since_at", Instant, nullable=False),
)

in_force = Table(
    "in_force",
    metadata,
    line(),
    words("service"),
    Column("version", ForeignKey("process_version.id"), nullable=False),
    Column("since_at", Instant, nullable=False),
    words("by"),
    Index("ix_in_force_service", "service", "line"),
)

# ── the case and what hangs on it ─────────────────────────────────────────────────────────────────────────────────

cases = Table(
    "cases",  # "case" is a word of SQL
    metadata,
    key(),
    Column("reference", Text, nullable=False, unique=True),
    words("service"),
    Column("version", ForeignKey("process_version.id"), nullable=False),
    count("revision"),
    maybe("stage"),
    words("subject"),
    words("place"),
    words("channel"),
    words("language"),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    maybe("outcome"),
    Column("due_at", Deadline, nullable=False),
    Column("promise_state", Word(PromiseState), nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("applicant", Boolean, nullable=False),
    Column("erased_at", Instant),
    Column("secret_hash", Text, unique=True),
    words("code_hash"),
    words("nonce"),
    words("email"),  # sealed, as `phone`
    words("phone"),
    words("data_key"),  # wrapped; empty: of before answers were sealed, or erased
    words("search"),  # what the text search of lists looks in, folded: databases disagree on upper and lower case
    count("head_seq"),  # how long the audit chain is and its last hash: a tail cut off is seen
    words("head_hash"),
    Column("messages", JsonText, nullable=False),  # names of the BPMN messages it waits for
    Column("tokens", LargeBinary, nullable=False),  # late: lists read the columns before it
    Column("calendar", Integer, nullable=False, server_default="0"),  # the edition its dates are worked out by
    Column("email_confirmed_at", Instant),  # these three only parties.py reads
    Column("phone_confirmed_at", Instant),
    Column("stopped_at", Instant),
    Column("aside", Text, nullable=False, server_default=""),
    Column("asked_late", Boolean, nullable=False, server_default=false()),
    Column("request", Word(Decision)),
)
_going = cases.c.ended_at.is_(None)
Index("ix_cases_going", cases.c.due_at, cases.c.id, sqlite_where=_going, postgresql_where=_going)
Index(
    "ix_cases_going_service",
    *(cases.c[name] for name in ("service", "due_at", "id", "stage", "promise_state")),
    sqlite_where=_going,
    postgresql_where=_going,
)
_over = cases.c.ended_at.is_not(None)  # else SQLite would look for those going on in the index of those ended
Index("ix_cases_ended", cases.c.ended_at, cases.c.id, sqlite_where=_over, postgresql_where=_over)
Index("ix_cases_behind", cases.c.calendar, cases.c.id, sqlite_where=_going, postgresql_where=_going)
_kept = _over & cases.c.erased_at.is_(None)
Index("ix_cases_kept", cases.c.service, cases.c.ended_at, cases.c.id, sqlite_where=_kept, postgresql_where=_kept)
Index("ix_cases_started", cases.c.started_at, cases.c.id)

task = Table(
    "task",
    metadata,
    key(),
    of_case(),
    words("element"),
    words("role"),
    maybe("unit"),
    maybe("holder"),
    Column("opened_at", Instant, nullable=False),
    Column("due_at", Deadline, nullable=False),
    Column("closed_at", Instant),
    maybe("closed_by"),
    Column("closing", Word(Closing)),
    Column("drafted", Integer, nullable=False, server_default="0"),
    Index("ix_task_case", "case_id", "element", "opened_at"),
    Index("ix_task_done", "closed_by", "closed_at", "id"),
)
_open = task.c.closed_at.is_(None)
for _name, *_columns in (("all",), ("holder", "holder"), ("role", "role"), ("unit", "role", "unit")):
    Index(
        f"ix_task_open_{_name}",
        *(task.c[column] for column in (*_columns, "due_at", "id")),
        sqlite_where=_open,
        postgresql_where=_open,
    )

Index("ix_task_open_new", task.c.opened_at, sqlite_where=_open, postgresql_where=_open)

timer = Table(
    "timer",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("id", Text, primary_key=True),
    words("element"),
    Column("due_at", Deadline, nullable=False),
    Index("ix_timer_due", "due_at", "case_id"),
)
ledger = Table(
    "ledger",
    metadata,
    line(),
    of_case(),
    words("promise"),
    Column("kind", Word(Entry), nullable=False),
    Column("at", Instant, nullable=False),
    words("by"),
    words("element"),
    count("days"),
    words("reason"),
    Index("ix_ledger_case", "case_id", "line"),
)
answer = Table(
    "answer",
    metadata,
    line(),
    of_case(),
    maybe("task_id"),
    words("element"),
    Column("answers", JsonText, nullable=False),
    words("by"),
    Column("at", Instant, nullable=False),
    Index("ix_answer_case", "case_id", "line"),
)
stage_visit = Table(
    "stage_visit",
    metadata,
    line(),
    of_case(),
    words("stage"),
    Column("began_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Index("ix_stage_visit_case", "case_id", "line"),
)
comment = Table(
    "comment",
    metadata,
    line(),
    of_case(),
    Column("at", Instant, nullable=False),
    words("by"),
    words("text"),
    Column("public", Boolean, nullable=False),
    Column("taken_back_at", Instant),
    Index("ix_comment_case", "case_id", "line"),
)
link = Table(
    "link",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("other_id", ForeignKey("cases.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Index("ix_link_other", "other_id", "case_id"),
)
audit = Table(
    "audit",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    words("actor"),
    words("verb"),
    words("element"),
    Column("facts", JsonText, nullable=False),
    words("previous"),
    words("hash"),
)
incident = Table(
    "incident",
    metadata,
    key(),
    of_case(),
    words("kind"),
    words("element"),
    words("message"),
    count("attempts"),
    Column("first_at", Instant, nullable=False),
    Column("next_at", Deadline, nullable=False),
    Column("resolved_at", Instant),
)
_unresolved = incident.c.resolved_at.is_(None)
Index(
    "uq_incident_open",
    incident.c.case_id,
    incident.c.kind,
    unique=True,
    sqlite_where=_unresolved,
    postgresql_where=_unresolved,
)
