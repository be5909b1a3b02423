"""A long form as a list of parts that may be filled in in any order: which are done, and what comes next.

Pure: a FormView with its problems and the groups drawn from it go in. Decides nothing about an answer: what is wrong,
needed or idle is what the engine said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.model import FieldProblem
from engine.views import FormView
from webapp.forms.widgets import Group


class State(StrEnum):
    """How far a part is. Each is a word, a shape and a colour on the page."""

    EMPTY = "belum_diisi"
    WRONG = "perlu_diperbaiki"
    DONE = "selesai"
    OPTIONAL = "boleh_kosong"
    NOT_NEEDED = "tidak_perlu"


WORDS = {
    State.EMPTY: "Belum diisi",
    State.WRONG: "Perlu diperbaiki",
    State.DONE: "Selesai",
    State.OPTIONAL: "Boleh dikosongkan",
    State.NOT_NEEDED: "Tidak perlu diisi",
}
UNFINISHED = frozenset({State.EMPTY, State.WRONG})


@dataclass(frozen=True, slots=True)
class Part:
    """One group of questions as a line of the list. `wrong` counts what is missing or not accepted in it."""

    id: str
    title: str
    about: str
    state: State
    wrong: int

    @property
    def word(self) -> str:
        return WORDS[self.state]

    @property
    def asks(self) -> bool:
        """Whether there is anything to fill in under what was answered."""
        return self.state is not State.NOT_NEEDED


def in_steps(view: FormView) -> bool:
    """Whether a form is asked one group a page."""
    return bool(view.ui.get("ui:steps"))


def parts(view: FormView, groups: Iterable[Group]) -> tuple[Part, ...]:
    """Every group with its state. `view` carries every problem that sending would find."""
    return tuple(_part(view, group) for group in groups)


def progress(of: Sequence[Part]) -> tuple[int, int]:
    """How many parts are done, of how many that ask for something."""
    asked = [part for part in of if part.state in UNFINISHED or part.state is State.DONE]
    return sum(part.state is State.DONE for part in asked), len(asked)


def onward(of: Sequence[Part], after: str = "") -> Part | None:
    """The next unfinished part after that one, else the first; None when there is no other."""
    place = next((index + 1 for index, part in enumerate(of) if part.id == after), 0)
    return next((one for one in (*of[place:], *of[:place]) if one.state in UNFINISHED and one.id != after), None)


def alone(view: FormView, group: str) -> FormView:
    """One group of a form as a form of its own: what its page asks, and what is wrong there.

    A question that other pages already answered for is left out, or asked without its "only if".
    """
    drawn = next(one for one in view.ui["ui:groups"] if one["id"] == group)
    names = [name for name in drawn["fields"] if name not in view.relevance.hidden]
    settled = [name for name in names if _settled(view, name, drawn["fields"])]
    plain = {name: {**view.ui.get(name, {}), "ui:showWhen": {}} for name in settled}
    required = {*view.schema.get("required", ()), *view.relevance.needed.intersection(settled)}
    return replace(
        view,
        schema={**view.schema, "required": sorted(required)},
        ui={**view.ui, **plain, "ui:groups": [{**drawn, "fields": names}]},
        problems=_of(view.problems, names),
    )


def unjudged(view: FormView) -> FormView:
    """The same questions before anything was answered: nobody is told of mistakes they had no chance to make."""
    return replace(view, problems=())


def sent(view: FormView) -> FormView:
    """The form without the questions whose answers stay behind."""
    asked = {name: spec for name, spec in view.schema["properties"].items() if name not in view.relevance.idle}
    return replace(view, schema={**view.schema, "properties": asked})


def set_aside(view: FormView, groups: Iterable[Group]) -> tuple[str, ...]:
    """Titles of what was answered and is not needed any more: kept in the draft, not sent."""
    fields = (field for group in groups for field in group.fields)
    return tuple(field.title for field in fields if field.path in view.relevance.idle and view.values.get(field.path))


def _part(view: FormView, group: Group) -> Part:
    names = {field.path for field in group.fields}
    wrong = len(_of(view.problems, names))
    return Part(group.id, group.title, group.description, _state(view, names, wrong), wrong)


def _state(view: FormView, names: set[str], wrong: int) -> State:
    if names <= view.relevance.idle:
        return State.NOT_NEEDED
    if names.intersection(view.values) - view.relevance.idle:
        return State.WRONG if wrong else State.DONE
    waits = names & (view.relevance.needed | view.relevance.open)
    return State.EMPTY if wrong or waits else State.OPTIONAL


def _of(problems: Iterable[FieldProblem], names: Iterable[str]) -> tuple[FieldProblem, ...]:
    known = set(names)
    return tuple(one for one in problems if one.path.partition(".")[0] in known)


def _settled(view: FormView, name: str, page: Sequence[str]) -> bool:
    """Whether other pages have decided that the question applies."""
    conditions = view.ui.get(name, {}).get("ui:showWhen", {})
    undecided = view.relevance.idle | view.relevance.open
    return name not in undecided and set(conditions).isdisjoint(page)
