"""What is wrong with answers, by JSON Schema 2020-12 and our formats: every problem at once, one for each field.

Reads answers as coercion left them. Knows neither pages nor words: a problem is a path, a code and facts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError, validators
from jsonschema.exceptions import FormatError
from referencing import Registry

from engine.model import Document, FieldProblem, Json

from . import formats, patterns
from .checklists import open_items
from .verdicts import rejections

MOST_PROBLEMS = 200
_RANK = {"required": 0, "document": 0, "verdict.missing": 0, "type": 1, "number": 1, "integer": 1}
_NO_REFERENCES: Registry[Any] = Registry()
"""Nothing is ever fetched: a schema that refers elsewhere fails instead."""
_KINDS = {
    "application/pdf": "PDF",
    "image/jpeg": "JPG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "application/geo+json": "GeoJSON",
}


@dataclass(frozen=True, slots=True)
class FormContext:
    """What answers are judged against: codes of regions, papers by id, the other forms of the version by id, the
    case's data so far, and the day in the city.
    """

    regions: Collection[str]
    documents: Mapping[str, Document]
    others: Mapping[str, Any]
    data: Json
    today: date


def problems_of(schema: Json, answers: Json, context: FormContext) -> list[FieldProblem]:
    """Everything that keeps `answers` from fitting `schema`, in the order of the schema, at most one for each path."""
    checker = _Validator(schema, registry=_NO_REFERENCES, format_checker=_Judge(context))
    found: dict[str, FieldProblem] = {}
    for error in checker.iter_errors(answers):
        problem = _called(_problem(error), schema)
        earlier = found.get(problem.path)
        if earlier is None or _RANK.get(problem.code, 2) < _RANK.get(earlier.code, 2):
            found[problem.path] = problem
        if len(found) >= MOST_PROBLEMS:
            break
    for name, item in open_items(schema, answers):
        found.setdefault(f"{name}.{item}", FieldProblem(f"{name}.{item}", "checklist.open"))
    order = {name: place for place, name in enumerate(schema.get("properties", {}))}
    return sorted(found.values(), key=lambda one: order.get(one.path.partition(".")[0], len(order)))


def kinds(accept: Collection[str]) -> str:
    """Media types in the words people know: `PDF, JPG`."""
    return ", ".join(_KINDS.get(one, one) for one in accept)


class _Judge(FormatChecker):  # type: ignore[misc]
    """Formats, with the city and the case at hand. Instance per judgement: nothing is shared between threads."""

    def __init__(self, context: FormContext) -> None:
        super().__init__(formats=())
        self.context = context

    def check(self, instance: object, format: str) -> None:  # noqa: A002 jsonschema's name
        if isinstance(instance, str) and not self._fits(format, instance):
            raise FormatError(format)

    def _fits(self, kind: str, text: str) -> bool:
        if kind == "kelurahan":
            return text in self.context.regions
        if kind == "document":
            return text in self.context.documents
        return formats.fits(kind, text)


def _required(_: Any, names: Any, answers: Any, spec: Json) -> Iterator[ValidationError]:
    for name in names if isinstance(answers, Mapping) else ():
        if name not in answers:
            yield ValidationError("missing", path=[name], validator=spec.get("x-missing", "required"))


def _called(problem: FieldProblem, schema: Json) -> FieldProblem:
    """How a missing answer is called: a paper is attached, a declaration is agreed to, the rest is filled in."""
    if problem.code != "required" or problem.facts:
        return problem
    part: Any = schema
    for step in problem.path.split("."):
        part = part.get("items", {}) if step.isdecimal() else part.get("properties", {}).get(step, {})
    if "document" in (part.get("format"), part.get("items", {}).get("format")):
        return FieldProblem(problem.path, "document")
    return FieldProblem(problem.path, "const") if part.get("const") is True else problem


def _dependent(_: Any, rules: Any, answers: Any, spec: Json) -> Iterator[ValidationError]:
    for given, names in rules.items() if isinstance(answers, Mapping) else ():
        if given in answers:
            yield from _required(_, names, answers, spec)


def _unknown(_: Any, allowed: Any, answers: Any, spec: Json) -> Iterator[ValidationError]:
    if allowed is False and isinstance(answers, Mapping):
        for name in answers:
            if name not in spec.get("properties", {}):
                yield ValidationError("unknown", path=[name])


def _pattern(_: Any, pattern: str, text: Any, spec: Json) -> Iterator[ValidationError]:
    short = isinstance(text, str) and len(text) <= spec.get("maxLength", patterns.UNBOUNDED)
    if short and not patterns.matches(pattern, text):
        yield ValidationError("pattern")


def _accepts(checker: Any, accept: Any, value: Any, _: Json) -> Iterator[ValidationError]:
    """`x-accept` speaks of papers, also of each in a list."""
    known = checker.format_checker.context.documents
    for one in value if isinstance(value, list) else [value]:
        paper = known.get(one) if isinstance(one, str) else None
        if paper is not None and paper.mime not in accept:
            facts = {"name": paper.name, "limit": kinds(accept)}
            yield ValidationError("paper", validator="document.type", validator_value=facts)


def _not_after(checker: Any, limit: Any, text: Any, _: Json) -> Iterator[ValidationError]:
    last = _limit_day(checker, limit)
    if isinstance(text, str) and formats.fits("date", text[:10]) and text[:10] > last:
        yield ValidationError("late", validator="date.not_after", validator_value=last)


def _not_before(checker: Any, limit: Any, text: Any, _: Json) -> Iterator[ValidationError]:
    first = _limit_day(checker, limit)
    if isinstance(text, str) and formats.fits("date", text[:10]) and text[:10] < first:
        yield ValidationError("early", validator="date.not_before", validator_value=first)


def _limit_day(checker: Any, limit: Any) -> str:
    return str(checker.format_checker.context.today.isoformat() if limit == "today" else limit)


def _agrees(_: Any, rules: Any, answers: Any, __: Json) -> Iterator[ValidationError]:
    """`x-agrees`: nothing is complete while a part is rejected, and nothing goes back without a part to correct."""
    for rule in rules if isinstance(answers, Mapping) else ():
        chosen, rejected = answers.get(rule["answer"]), rejections(answers.get(rule["verdicts"]))
        if rejected and chosen in rule.get("all_fit", ()):
            yield ValidationError("disagrees", path=[rule["answer"]], validator="verdict.rejected")
        if not rejected and chosen in rule.get("some_rejected", ()):
            yield ValidationError("disagrees", path=[rule["answer"]], validator="verdict.none_rejected")


def _reasoned(_: Any, rejected: Any, verdict: Any, __: Json) -> Iterator[ValidationError]:
    """`x-reasoned`: whoever rejects says why, by a reason from the list or in their own words."""
    said = isinstance(verdict, Mapping) and (verdict.get("alasan") or verdict.get("keterangan"))
    if isinstance(verdict, Mapping) and verdict.get("hasil") == rejected and not said:
        yield ValidationError("reason", path=["alasan"], validator="verdict.reason")


_Validator = validators.extend(
    Draft202012Validator,
    {
        "required": _required,
        "dependentRequired": _dependent,
        "additionalProperties": _unknown,
        "pattern": _pattern,
        "x-accept": _accepts,
        "x-agrees": _agrees,
        "x-not-after": _not_after,
        "x-not-before": _not_before,
        "x-reasoned": _reasoned,
    },
)


def _problem(error: ValidationError) -> FieldProblem:
    path = [str(step) for step in error.absolute_path]
    code, value = str(error.validator), error.validator_value
    if code in ("anyOf", "oneOf") and isinstance(error.instance, Mapping):
        return _one_of_several(path, value)
    if code == "format":
        return FieldProblem(".".join(path), f"format.{value}")
    if code == "type":
        code = str(value) if value in ("number", "integer") else "type"
    if isinstance(value, Mapping) and code == "document.type":
        return FieldProblem(".".join(path), code, value)
    facts = {"limit": value} if isinstance(value, (int, float, str)) and code not in ("type", "pattern") else {}
    return FieldProblem(".".join(path), code, facts)


def _one_of_several(path: list[str], rules: Any) -> FieldProblem:
    """`anyOf: [{required: [a]}, {required: [b]}]`: told at the first of them, naming all."""
    names = [name for rule in rules if isinstance(rule, Mapping) for name in rule.get("required", ())]
    return FieldProblem(".".join([*path, *names[:1]]), "required", {"fields": names} if names else {})
