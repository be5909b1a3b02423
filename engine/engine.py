"""Every verb of the engine on one object. Each verb is one transaction: all of it is stored, or none."""

from __future__ import annotations

from engine.forms import Form, effective
from engine.model import Case, PromiseStanding, Task
from engine.promises import standing
from engine.questions.asking import Asking
from engine.store import Reads
from engine.verbs.choosing import Choosing
from engine.verbs.clarifying import Clarifying
from engine.verbs.conflicts import StandingAside
from engine.verbs.covering import Covering
from engine.verbs.erasing import Erasing
from engine.verbs.extending import Extending
from engine.verbs.fieldwork import Fieldwork
from engine.verbs.guarding import Guarding
from engine.verbs.hearing import Hearing
from engine.verbs.joining import Joining
from engine.verbs.keeping import Keeping
from engine.verbs.leaving import Leaving
from engine.verbs.merging import Merging
from engine.verbs.noting import Noting
from engine.verbs.onward import Onward
from engine.verbs.ordering import Ordering
from engine.verbs.pressing import Pressing
from engine.verbs.putting_off import PuttingOff
from engine.verbs.rating import Rating
from engine.verbs.reaching import Reaching
from engine.verbs.releasing import Releasing
from engine.verbs.returning import Returning
from engine.verbs.sampling import Sampling
from engine.verbs.sending_back import SendingBack
from engine.verbs.sharing import SharingOut
from engine.verbs.starting import Starting
from engine.verbs.task_drafts import TaskDrafting
from engine.verbs.tending import Tending
from engine.verbs.watching import Watching
from engine.verbs.working import Working


class Engine(
    Starting,
    Fieldwork,
    Working,
    Noting,
    SendingBack,
    TaskDrafting,
    Onward,
    SharingOut,
    Leaving,
    StandingAside,
    PuttingOff,
    Covering,
    Choosing,
    Watching,
    Keeping,
    Tending,
    Pressing,
    Rating,
    Sampling,
    Guarding,
    Erasing,
    Ordering,
    Extending,
    Clarifying,
    Reaching,
    Returning,
    Hearing,
    Joining,
    Merging,
    Releasing,
):
    """The front of writing: `engine.complete(task_id, raw, uploads, by=clerk, key=key)`, …"""

    def promises(self, case_id: str) -> tuple[PromiseStanding, ...]:
        """Every promise of a case as it stands now."""
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            case = reads.case(case_id)
            if case is None:
                return ()
            ledger = reads.ledger(case_id)
            calendar = self._house.calendar_of(reads, case)
            rules = self._house.entry(reads, case.version).definition.facts.promises
        return tuple(standing(rule, ledger, calendar, now) for rule in rules)

    def form_of(self, reads: Reads, case: Case, task: Task) -> Form:
        """The form of a task as it is for this case: corrections and verdicts worked out."""
        asking, now = Asking(self._house), self._house.clock.now()
        held = asking.hold(reads, case, now)
        return effective(held.entry.form(task.element), asking.data_for(reads, held, task, now), held.entry.forms)
