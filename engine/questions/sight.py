"""How much of who somebody is a reader sees: nothing of it, numbers masked, or whole. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from engine.forms import masked, personal
from engine.model import Actor, Case, Json, ServiceFacts


@dataclass(frozen=True, slots=True)
class Sight:
    """`identity`: sees what tells who somebody is; `numbers`: sees identity numbers whole."""

    identity: bool = True
    numbers: bool = True

    def of(self, schema: Json, ui: Json, answers: Json) -> Json:
        """Opened answers of one form as this reader sees them."""
        hidden = frozenset() if self.identity else personal(schema, ui)
        seen = {name: value for name, value in answers.items() if name not in hidden}
        return seen if self.numbers else masked(schema, seen)


WHOLE = Sight()
"""Whose own data it is, or a letter that names them."""


def sight(actor: Actor, case: Case, facts: ServiceFacts, *, numbers: bool) -> Sight:
    """What staff see of a case that they may read.

    Of an anonymous case nobody sees who reported it; of others whoever holds one of the service's `identity` roles,
    or everybody where it names none. What the person gave stays in the case, since they are still told how it goes.
    """
    known = not facts.identity or bool(actor.work_roles & set(facts.identity))
    return Sight(identity=known and not case.anonymous, numbers=numbers)
