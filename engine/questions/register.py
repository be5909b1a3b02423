"""What a service promises and promised: its standard from the diagram itself, and the register of all promises."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine import keys
from engine.errors import NotFound
from engine.model import PromiseRule, ServiceFacts
from engine.questions.services import ServiceQuestions
from engine.roles import APPLICANT
from engine.store.rows import InForce
from engine.views import CaseRules, RecordedPromise, ServiceStep, Standard, VersionInForce

if TYPE_CHECKING:
    from engine.library import Entry as Book
    from engine.store import Reads

REMEMBERED = 20
"""So many changes of a service are read for its register; each costs a diagram."""
_PEOPLE = ("userTask", "manualTask")


class RegisterQuestions(ServiceQuestions):
    """Answers for everybody, about rules and no case; but one, which holds a case's rules against today's."""

    def standard(self, service: str) -> Standard:
        """A service as its diagram publishes it: steps with who does them, and since when. Raises NotFound."""
        with self._house.store.read() as reads:
            page = self._page(reads, service)
            book = self._in_force(reads, service)
            return Standard(page, tuple(_steps(book)), self._versions(reads, service))

    def register(self) -> tuple[RecordedPromise, ...]:
        """Every promise of every service in force, the present ones first, then what was promised before."""
        with self._house.store.read() as reads:
            found = [one for service in self._offered(reads) for one in self._recorded(reads, service)]
        return tuple(sorted(found, key=lambda one: one.until_at is not None))

    def rules_of(self, token: str) -> CaseRules:
        """The version a case runs under, and what new cases are promised where that differs. Raises NotFound."""
        with self._house.store.read() as reads:
            case = reads.case_by_secret(keys.hashed(token))
            if case is None:
                raise NotFound
            own = self._house.entry(reads, case.version).definition.facts
            lines = reads.versions_in_force(case.service, REMEMBERED)
            now = self._house.entry(reads, lines[0].version).definition.facts if lines else own
            since_at = next((one.since_at for one in lines if one.version == case.version), None)
        newer = _differs(own, now) if now is not own else None
        return CaseRules(case.version, since_at, newer, lines[0].since_at if newer else None)

    def _versions(self, reads: Reads, service: str) -> tuple[VersionInForce, ...]:
        lines = reads.versions_in_force(service, REMEMBERED)
        until = [None, *(line.since_at for line in lines)]
        return tuple(
            VersionInForce(line.version, line.since_at, ended_at, self._role_of(reads, line))
            for line, ended_at in zip(lines, until, strict=False)
        )

    def _recorded(self, reads: Reads, service: str) -> Iterator[RecordedPromise]:
        """From the oldest change to the newest: a promise that a new version repeats goes on as it was."""
        kept: dict[str, RecordedPromise] = {}
        for one in reversed(self._versions(reads, service)):
            facts = self._house.entry(reads, one.version).definition.facts
            now = {rule.id: rule for rule in facts.promises}
            for name in [name for name, said in kept.items() if now.get(name) != said.rule]:
                yield kept.pop(name).until(one.since_at)
            for name, rule in now.items():
                kept.setdefault(name, RecordedPromise(facts, rule, one.version, one.since_at, None, one.role))
        yield from kept.values()

    def _role_of(self, reads: Reads, line: InForce) -> str:
        """The role of whoever put a version into force, never a name; empty when no colleague did."""
        user = reads.user(line.by)
        return min((post.role for post in user.posts), default="") if user else ""


def _steps(book: Book) -> Iterator[ServiceStep]:
    elements = book.definition.elements.values()
    for stage in book.definition.facts.stages:
        roles = [one.role for one in elements if one.stage == stage.id and one.kind in _PEOPLE and one.role]
        yield ServiceStep(stage, tuple(dict.fromkeys(role for role in roles if role != APPLICANT)), APPLICANT in roles)


def _differs(own: ServiceFacts, now: ServiceFacts) -> PromiseRule | None:
    """The main promise of today, where its days are not those of the case's own."""
    if own.main is None or now.main is None:
        return None
    return now.main if (own.main.budget, own.main.unit) != (now.main.budget, now.main.unit) else None
