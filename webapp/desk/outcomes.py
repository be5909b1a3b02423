"""The ways in which a task can be finished: each with the button that names it, what follows, and what only it asks.

What follows is told by the engine, which took the step on a copy of the case; here it becomes sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from engine.model import Case, Json
from engine.views import Ahead, ClockTurn, Foreseen, FormView
from webapp.forms.fields import groups_of, some_fields
from webapp.forms.showing import Around
from webapp.forms.widgets import Choice, Field
from webapp.frame.filters import day
from webapp.frame.words import say as _
from webapp.staff.names import names
from webapp.staff.sheets import submit_words

APPLICANT = "pemohon"
CLOCK = {
    ClockTurn.WAITS: "Jam janji belum berjalan.",
    ClockTurn.STARTS: "Jam janji mulai berjalan, paling lambat %(due)s.",
    ClockTurn.RUNS: "Jam janji terus berjalan, paling lambat %(due)s.",
    ClockTurn.STOPS: "Jam janji berhenti.",
    ClockTurn.STANDS: "Jam janji tetap berhenti.",
    ClockTurn.RESUMES: "Jam janji berjalan lagi, paling lambat %(due)s.",
    ClockTurn.KEPT: "Janji ditepati.",
    ClockTurn.BROKEN: "Janji selesai, tetapi lewat batas.",
    ClockTurn.LAPSES: "Janji gugur: berkas berakhir.",
}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to finish. `fields` asks what only this way needs; `open`: just chosen, or something is wrong there.

    `ready`: all that it asks is proposed already. `outward`: it is looked at before it goes out; `tells`: the applicant
    is told of it.
    """

    value: str
    title: str
    button: str
    then: tuple[str, ...]
    fields: Markup
    open: bool
    ready: bool
    outward: bool
    tells: bool


@dataclass(frozen=True, slots=True)
class Finishing:
    """The deciding question, asked by one button for each of its answers. `asked`: all questions that stand here."""

    title: str
    about: str
    ways: tuple[Way, ...]
    asked: frozenset[str]


def by_buttons(form: FormView) -> bool:
    """Whether the deciding question is asked by buttons, one for each answer."""
    return form.ui.get("ui:outcomes", {}).get("as") == "buttons"


def deciding(form: FormView) -> str:
    """The name of the question whose answer decides; empty without one."""
    return str(form.ui.get("ui:outcomes", {}).get("field", ""))


def finishing(form: FormView, around: Around, foreseen: Mapping[str, Foreseen], case: Case) -> Finishing | None:
    """How a form is finished by buttons; None for one that is finished by a single one."""
    groups = groups_of(form, around)
    home = next((group for group in groups if any(one.path == deciding(form) for one in group.fields)), None)
    if home is None or not by_buttons(form):
        return None
    own = own_fields(form, [field for group in groups for field in group.fields])
    here = frozenset({deciding(form), *(one.path for fields in own.values() for one in fields)})
    decides = next(one for one in home.fields if one.path == deciding(form))
    return Finishing(
        title=decides.title,
        about=home.description if here.issuperset(one.path for one in home.fields) else "",
        ways=tuple(_way(one, own.get(one.value, []), form, around, foreseen, case) for one in decides.choices),
        asked=here,
    )


def named(form: FormView, around: Around, value: str) -> str:
    """What the button that finishes the form with this answer says."""
    fields = (one for group in groups_of(form, around) for one in group.fields if one.path == deciding(form))
    chosen = next((choice for field in fields for choice in field.choices if choice.value == value), None)
    return (chosen.button or chosen.title) if chosen else submit_words(form, around)


def own_fields(form: FormView, asked: Sequence[Field]) -> dict[str, list[Field]]:
    """The questions that matter under one answer to the deciding question only, by that answer."""
    decides, found = deciding(form), dict[str, list[Field]]()
    for field in asked:
        when = field.ui.get("ui:showWhen", {})
        wanted = when.get(decides) if set(when) == {decides} else None
        values = wanted if isinstance(wanted, list) else [wanted]
        if wanted is not None and len(values) == 1:
            needed = field.path in _needed(form.schema, decides, str(values[0]))
            found.setdefault(str(values[0]), []).append(
                replace(field, when="", ui=_unhidden(field), need="always" if needed else "never")
            )
    return found


def sentences(foreseen: Foreseen, case: Case) -> tuple[str, ...]:
    """What would happen, one sentence each: the papers, who comes next, the clock, who is told."""
    if foreseen.second_person:
        return (_("Permintaan ini terlambat: orang kedua harus menyetujuinya dulu. Jam janji terus berjalan."),)
    papers = [names().paper(case.version, kind) for kind in foreseen.papers]
    said = [_("Diterbitkan: %(paper)s.", paper=paper) for paper in papers]
    said += [_next(one, case.version) for one in foreseen.opened]
    if foreseen.outcome and not papers:
        said.append(_("Hasil: %(outcome)s.", outcome=names().outcome(case.version, foreseen.outcome)))
    said.append(_clock(foreseen))
    if foreseen.told:
        said.append(_("Pemohon dikabari."))
    return tuple(filter(None, said))


def _way(
    choice: Choice,
    own: Sequence[Field],
    form: FormView,
    around: Around,
    foreseen: Mapping[str, Foreseen],
    case: Case,
) -> Way:
    ahead = foreseen.get(choice.value)
    return Way(
        value=choice.value,
        title=choice.title,
        button=choice.button or choice.title,
        then=sentences(ahead, case) if ahead else (choice.then,) if choice.then else (),
        fields=some_fields(own, form, around),
        open=form.values.get(deciding(form)) == choice.value or any(one.problem for one in own),
        ready=all(one.widget == "term" for one in own),
        outward=bool(ahead and ahead.outward),
        tells=bool(ahead and ahead.told),
    )


def _next(ahead: Ahead, version: str) -> str:
    task = names().element(version, ahead.element)
    if ahead.role == APPLICANT:
        return _("Giliran pemohon: %(task)s.", task=task)
    who = names().role(ahead.role, version) + (f", {names().unit(ahead.unit)}" if ahead.unit else "")
    return _("Berikutnya: %(task)s (%(who)s).", task=task, who=who)


def _clock(ahead: Foreseen) -> str:
    due = day(ahead.due_at) if ahead.due_at else ""
    said = _(CLOCK[ahead.clock], due=due) if ahead.clock in CLOCK else ""
    if ahead.answer_by:
        said += " " + _("Pemohon punya waktu sampai %(day)s.", day=day(ahead.answer_by))
    return said.strip()


def _unhidden(field: Field) -> Json:
    return {name: value for name, value in field.ui.items() if name != "ui:showWhen"}


def _needed(schema: Json, decides: str, value: str) -> set[str]:
    """What the schema asks for when the deciding answer is this one."""
    rules = [rule for rule in schema.get("allOf", ()) if rule.get("if", {}).get("required") == [decides]]
    of = [rule for rule in rules if rule["if"].get("properties", {}).get(decides, {}).get("const") == value]
    return {name for rule in of for name in rule.get("then", {}).get("required", ())}
