"""Plays a story on the real engine: begins its cases, does its steps, moves the clock, and compares.

The clock moves from one due timer to the next, so that everything fires at its own instant, as it would in the office.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from engine import errors
from engine.house import House
from engine.keys import hashed
from engine.model import Actor, ActorKind, Case, Decision, Post
from engine.roles import APPLICANT
from engine.stories.files import Line, Story
from engine.stories.passing import let_pass
from engine.stories.samples import sample_paper
from engine.stories.spans import moved

if TYPE_CHECKING:
    from engine.clock import MovableClock
    from engine.engine import Engine
    from engine.forms import Form

_ABOUT = re.compile(r"\{(\w+)\.(reference|permit)\}")
"""`{izin.reference}`, `{izin.permit}`: what the case labelled `izin` is called, and the number of what it was given."""

DECIDES = ("grant", "refuse")
"""What a second person says to a late request, with `alasan` as its reason."""

PAPER = "berkas:"
"""An answer `berkas:ktp.pdf` stands for an upload of a sample paper with that name."""


@dataclass
class Played:
    """What a story came to: sentences about what was not as expected, and every shape its cases went through."""

    title: str
    failures: list[str] = field(default_factory=list)
    passed: set[str] = field(default_factory=set)

    @property
    def ok(self) -> bool:
        return not self.failures


class Stage:
    """One story being played on one fresh house."""

    def __init__(self, engine: Engine, house: House, clock: MovableClock, story: Story) -> None:
        self._engine = engine
        self._house = house
        self._clock = clock
        self._story = story
        self._cases: dict[str, tuple[str, str]] = {}
        self._told: dict[str, int] = {}
        self._keys = (f"story-{n}" for n in range(1, 10_000))
        self.played = Played(story.title)

    def play(self) -> Played:
        """Do every line; after a line that cannot be done the rest is skipped, since it would only add noise."""
        for line in self._story.lines:
            try:
                self._wait(line)
                self._do(line)
            except (errors.Refusal, ValueError, LookupError) as stopped:
                self._fail(line, f"could not be done: {_sentence(stopped)}")
                break
            self._compare(line)
        self._collect()
        return self.played

    # ── time ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _wait(self, line: Line) -> None:
        if not line.wait:
            return
        let_pass(self._engine, self._house, self._clock, moved(self._clock.now(), line.wait, self._house.city.calendar))

    # ── acts ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _do(self, line: Line) -> None:
        if not line.refused:
            self._act(line)
            return
        try:
            self._act(line)
        except errors.Refusal as refused:
            if type(refused).__name__ != line.refused:
                self._fail(line, f"expected {line.refused}, was refused with {_sentence(refused)}")
        else:
            self._fail(line, f"expected {line.refused}, but it was accepted")

    def _act(self, line: Line) -> None:
        key = next(self._keys)
        if line.does == "nothing":
            return
        if line.does == "start":
            self._start(line, key)
        elif line.does == "withdraw":
            self._engine.withdraw(self._cases[line.case][1], str(line.answers.get("alasan", "")), key)
        elif line.does.startswith("message:"):
            message = line.does.removeprefix("message:")
            self._engine.deliver(self._cases[line.case][0], message, self._filled(line.payload), self._actor(line), key)
        elif line.does == "comment":
            self._engine.comment(self._cases[line.case][0], str(line.answers.get("text", "")), self._actor(line), key)
        elif line.does in DECIDES:
            self._decide(line, key)
        else:
            self._complete(line, key)

    def _decide(self, line: Line, key: str) -> None:
        """What a second person says to the late request that waits in the case."""
        with self._house.store.read() as reads:
            asked = [one for one in reads.late_requests(self._case(line.case).id) if one.decision is Decision.WAITING]
        if not asked:
            raise LookupError("no late request waits")
        reason, by = str(line.answers.get("alasan", "")), self._actor(line)
        decide = self._engine.grant_request if line.does == "grant" else self._engine.refuse_request
        decide(asked[-1].id, reason, by, key)

    def _start(self, line: Line, key: str) -> None:
        with self._house.store.read() as reads:
            form = self._house.entry(reads, reads.current(line.service) or "").start_form
        answers, uploads = self._answers(form, line)
        if line.who == APPLICANT:
            draft = self._engine.begin_draft(line.service, "id")
            self._engine.save_draft(draft, answers, uploads)
            receipt = self._engine.start(draft, key)
        else:
            channel = line.channel if line.channel != "web" else "loket"
            receipt = self._engine.start_at_counter(line.service, answers, uploads, self._actor(line), key, channel)
        self._cases[line.case] = (receipt.reference, receipt.secret)

    def _complete(self, line: Line, key: str) -> None:
        case = self._case(line.case)
        with self._house.store.read() as reads:
            waiting = [task for task in reads.open_tasks(case.id) if task.element == line.does]
            if not waiting:
                open_now = ", ".join(sorted(t.element for t in reads.open_tasks(case.id))) or "nothing"
                raise LookupError(f"{line.does} is not open; open: {open_now}")
            form = self._engine.form_of(reads, case, waiting[0])
        answers, uploads = self._answers(form, line)
        self._engine.complete(waiting[0].id, answers, uploads, self._actor(line), key)

    def _answers(self, form: Form, line: Line) -> tuple[dict[str, Any], dict[str, list[tuple[str, bytes]]]]:
        """What a line answers. Raises ValueError for a name the form does not ask: a slip that would pass unseen."""
        filled = self._filled(line.answers)
        unknown = form.unknown(filled)
        if unknown:
            raise ValueError(f"{form.id} does not ask {', '.join(unknown)}")
        return with_papers(filled)

    def _actor(self, line: Line) -> Actor:
        if line.who == APPLICANT:
            return Actor(ActorKind.CITIZEN, self._case(line.case).id)
        held = [one.partition("@") for one in line.who.split("+")]
        posts = frozenset(Post(role, unit or None) for role, _, unit in held)
        return Actor(ActorKind.STAFF, line.who.replace("@", "."), held[0][0], posts)

    def _filled(self, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._fill(value) for name, value in given.items()}

    def _fill(self, value: Any) -> Any:
        found = _ABOUT.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return value
        label, what = found.groups()
        return self._cases[label][0] if what == "reference" else self._permit_number(label)

    # ── comparing ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _compare(self, line: Line) -> None:
        if line.case not in self._cases:
            return
        case = self._case(line.case)
        with self._house.store.read() as reads:
            notices = [n.text for n in reads.notices(case.id)]
            found = {
                "open": sorted(task.element for task in reads.open_tasks(case.id)),
                "stage": case.stage,
                "outcome": case.outcome,
                "ended": case.ended_at is not None,
            }
        new = notices[self._told.get(line.case, 0) :]
        self._told[line.case] = len(notices)
        for what, wanted in line.expect.items():
            if what == "sent":
                for text in sorted(set(wanted) - set(new)):
                    self._fail(line, f"expected the notice {text}; sent: {', '.join(new) or 'none'}")
            elif what in ("due", "promise"):
                self._compare_promises(line, what, wanted)
            else:
                got = self._permit_state(line.case) if what == "permit" else found[what]
                wanted = sorted(wanted) if what == "open" else wanted
                if got != wanted:
                    self._fail(line, f"expected {what} {wanted!r}, found {got!r}")

    def _compare_promises(self, line: Line, what: str, wanted: Mapping[str, Any]) -> None:
        standings = {s.rule.id: s for s in self._engine.promises(self._case(line.case).id)}
        for promise, value in wanted.items():
            held = standings.get(promise)
            if held is None:
                self._fail(line, f"there is no promise {promise}")
                continue
            calendar = self._house.city.calendar
            due_on = calendar.on(held.due_at) if held.due_at else None
            got: object = due_on if what == "due" else held.state.value
            if str(got) != str(value):
                self._fail(line, f"expected {what} of {promise} {value}, found {got}")

    def _collect(self) -> None:
        with self._house.store.read() as reads:
            for _, secret in self._cases.values():
                case = reads.case_by_secret(hashed(secret))
                if case is not None:
                    for entry in reads.audit(case.id):
                        self.played.passed.update(entry.facts.get("passed", ()))

    def _case(self, label: str) -> Case:
        with self._house.store.read() as reads:
            found = reads.case_by_reference(self._cases[label][0])
        if found is None:
            raise LookupError(f"no case {label}")
        return found

    def _permit_state(self, label: str) -> str | None:
        with self._house.store.read() as reads:
            found = reads.permits(self._case(label).id)
        return max(found, key=lambda permit: permit.version).state.value if found else None

    def _permit_number(self, label: str) -> str:
        with self._house.store.read() as reads:
            return reads.permits(self._case(label).id)[-1].number

    def _fail(self, line: Line, sentence: str) -> None:
        self.played.failures.append(f"step {line.number} ({line.does}): {sentence}")


def with_papers(given: Mapping[str, Any], mark: str = "") -> tuple[dict[str, Any], dict[str, list[tuple[str, bytes]]]]:
    """Answers and uploads of a form as a story tells them: with sample papers made, drawn apart by a `mark`."""
    answers: dict[str, Any] = {}
    uploads: dict[str, list[tuple[str, bytes]]] = {}
    for name, value in given.items():
        papers = value if isinstance(value, list) else [value]
        if papers and all(isinstance(p, str) and p.startswith(PAPER) for p in papers):
            uploads[name] = [(p.removeprefix(PAPER), sample_paper(mark + p)) for p in papers]
        else:
            answers[name] = value
    return answers, uploads


def _sentence(refused: BaseException) -> str:
    detail = "; ".join(f"{p.path}: {p.code}" for p in getattr(refused, "problems", ())) or str(refused)
    return f"{type(refused).__name__} {detail}"
