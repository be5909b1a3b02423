"""The complaints desk of a made-up season: its second looks, and last a call about the same matter and two photos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from engine.errors import Refusal
from engine.model import MERGING, Actor, Case, Decision, PublicPhoto, ServiceFacts
from engine.stories.playing import with_papers
from engine.verbs.releasing import may_confirm

if TYPE_CHECKING:
    from engine.demo.staff import Colleague
    from engine.engine import Engine
    from engine.house import House
    from engine.queries import Queries
    from engine.store import Reads

CHANNEL = "telepon"
BLACK = ((30.0, 20.0, 35.0, 30.0),)
"""The part of the released photo that is black."""
WAITS = timedelta(hours=12)
"""So long nobody looks at what is to be released."""
MOST = 200
WHY_SAME, WHY_RELEASED = "Contoh: hal dan tempat yang sama.", "Contoh: bagian yang dapat mengenali orang dihitamkan."


@dataclass(frozen=True, slots=True)
class Gathering:
    """The desk of services whose cases are compared and made public; others have none."""

    engine: Engine
    queries: Queries
    house: House
    people: Sequence[Colleague]

    def at_end(self, service: str, answers: Mapping[str, Any]) -> None:
        """Enter what `answers` tell by telephone, about the matter of the newest open case, and merge it into that one;
        then release photos with a part of them black.
        """
        with self.house.store.read() as reads:
            facts = self.house.entry(reads, reads.current(service) or "").definition.facts
            open_ = [case for case in self._open(reads, service) if MERGING in reads.waiting_messages(case.id)]
            likes = {case.id: like for case in open_ if (like := reads.likeness(case.id))}
        main = max((case for case in open_ if case.id in likes), key=lambda case: case.started_at, default=None)
        if facts.similar and main:
            same = dict(zip(facts.similar.same, likes[main.id].same.split("\n"), strict=True))
            told = {_field(path): value for path, value in {**same, facts.place: main.place}.items()}
            self._call(facts, {**answers, **told}, main)
        if facts.public:
            self._release(facts, open_)

    def _open(self, reads: Reads, service: str) -> list[Case]:
        found = reads.cases(sorted({task.case_id for task in reads.all_open_tasks()}))
        return [case for case in found if case.service == service and not case.confidential]

    def _call(self, facts: ServiceFacts, answers: Mapping[str, Any], main: Case) -> None:
        given, uploads = with_papers(answers, "telepon ")
        clerk = next(iter(self._in_roles(set(facts.starters))), None)
        if clerk is None:
            return
        receipt = self.engine.start_at_counter(facts.id, given, uploads, clerk, "demo-call", CHANNEL)
        with self.house.store.read() as reads:
            roles = {task.role for task in reads.open_tasks(receipt.case_id)}
        for colleague in self._in_roles(roles):
            self.engine.merge(receipt.reference, main.reference, WHY_SAME, colleague, "demo-merge")
            return

    def on_day(self) -> None:
        """A second colleague looks at what others proposed to release the day before; the newest wait for a visitor."""
        with self.house.store.read() as reads:
            waiting = reads.proposed_releases(Decision.WAITING, MOST)
            cases = {case.id: case for case in reads.cases([one.case_id for one in waiting])}
        for one in waiting:
            if one.asked_at <= self.house.clock.now() - WAITS:
                self._confirm(cases[one.case_id])

    def _release(self, facts: ServiceFacts, cases: Sequence[Case]) -> None:
        """Two photos with a part black: one is public, one waits for a visitor."""
        with self.house.store.read() as reads:
            step = self.house.entry(reads, reads.current(facts.id) or "").definition.elements[facts.public]
        colleague = next(self._in_roles({step.role or ""}), None)
        if colleague is None:
            return
        with_photos = (case for case in cases if self._propose(case, colleague))
        first = next(with_photos, None)
        if first:
            self._confirm(first)
            next(with_photos, None)

    def _propose(self, case: Case, colleague: Actor) -> bool:
        try:
            desk = self.queries.release_desk(case.reference, colleague)
        except Refusal:
            return False
        if not desk.photos:
            return False
        words, photo = desk.public.summary or desk.proposed, PublicPhoto(desk.photos[0].id, BLACK)
        key = f"demo-release:{case.id}"
        self.engine.release_to_public(case.reference, words, desk.point, [photo], WHY_RELEASED, colleague, key)
        return True

    def _confirm(self, case: Case) -> None:
        with self.house.store.read() as reads:
            asked = reads.proposed_release(case.id)
            fit = (
                []
                if asked is None
                else [one.actor for one in self.people if may_confirm(self.house, reads, case, asked, one.actor)]
            )
        if asked and fit:
            self.engine.confirm_release(case.reference, asked.id, fit[0], f"second:{asked.id}")

    def _in_roles(self, roles: set[str]) -> Iterator[Actor]:
        return (one.actor for one in self.people if one.actor.roles & roles)


def _field(path: str) -> str:
    return path.rpartition(".")[2]
