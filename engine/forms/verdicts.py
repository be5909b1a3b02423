"""Forms that speak of another form: verdicts on each of its answers, and the correction of those that were rejected.

Works on schemas and data only. A verdict is `{"hasil": "sesuai" | "tidak_sesuai", "alasan": "…"}` under the name of the
answer it judges. Where the form offers reasons, `alasan` is one of their names and `keterangan` the writer's own words;
one of the two is enough. A correction asks again for what was rejected and for nothing that was accepted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.model import Json

from .reasons import OFFERS, because, choices_for

FITS, REJECTED = "sesuai", "tidak_sesuai"
LONGEST_REASON = 1000
EVERY = "*"
"""The name under which one verdict stands for every answer that was not judged singly."""
_RULES = ("allOf", "if", "then", "else", "dependentRequired")


def value_at(data: Any, path: str) -> Any:
    """The value at a dotted path, None when there is none or the path is empty."""
    found = data if path else None
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def judged(schema: Json, answers: Json) -> list[str]:
    """The answers that need a verdict: all that were given, except declarations, which are agreed to, not judged."""
    return [
        name
        for name, part in schema.get("properties", {}).items()
        if answers.get(name) not in (None, "", [], {}) and not (part.get("const") is True or part.get("readOnly"))
    ]


def verdict_schema(spec: Json, about: Json, answers: Json) -> dict[str, Any]:
    """The schema of a table of verdicts on `answers`, which were given to the form with schema `about`."""
    names = judged(about, answers)
    parts = {name: about["properties"][name] for name in names}
    return {
        **spec,
        "type": "object",
        "properties": {name: _verdict(part.get("title", name), part, spec) for name, part in parts.items()},
        "required": names,
        "additionalProperties": False,
        "x-missing": "verdict.missing",
    }


def _verdict(title: str, about: Json, spec: Json) -> dict[str, Any]:
    return {
        "type": "object",
        "title": title,
        "properties": {
            "hasil": {
                "type": "string",
                "title": "Putusan",
                "oneOf": [{"const": FITS, "title": "Sesuai"}, {"const": REJECTED, "title": "Tidak sesuai"}],
            },
            **_reasoned(about, spec),
        },
        "required": ["hasil"],
        "x-missing": "verdict.missing",
        "additionalProperties": False,
        "x-reasoned": REJECTED,
    }


def _reasoned(about: Json, spec: Json) -> dict[str, Any]:
    own = {"type": "string", "title": "Alasan", "maxLength": LONGEST_REASON}
    choices = choices_for(spec.get(OFFERS, ()), about)
    if not choices:
        return {"alasan": own}
    chosen = {"type": "string", "title": "Alasan", "oneOf": choices}
    return {"alasan": chosen, "keterangan": {**own, "title": "Penjelasan"}}


def spread(spec: Json, given: Mapping[str, Any]) -> dict[str, Any]:
    """Verdicts with the one under `*` given to every answer that has none of its own.

    An answer with a reason but no verdict keeps waiting for one: whoever wrote the reason meant something by it.
    """
    rest = given.get(EVERY)
    own = {name: one for name, one in given.items() if name != EVERY}
    if not rest:
        return own
    verdict = dict(rest) if isinstance(rest, Mapping) else {"hasil": rest}
    untouched = [name for name in spec.get("properties", {}) if not _touched(own.get(name))]
    return {**own, **dict.fromkeys(untouched, verdict)}


def _touched(verdict: Any) -> bool:
    return any(bool(said) for said in verdict.values()) if isinstance(verdict, Mapping) else bool(verdict)


def asked_for(schema: Json, answers: Json) -> tuple[str, ...]:
    """The names of what accepted answers ask the applicant for, item by item."""
    tables = (n for n, part in schema.get("properties", {}).items() if {"x-verdicts-of", "x-asks-of"} & set(part))
    return tuple(name for table in tables for name in rejections(answers.get(table)))


def rejections(verdicts: Any, spec: Json | None = None) -> dict[str, dict[str, str]]:
    """What was rejected or asked for by name, each with `reasons.because`. `spec`: the schema of it, for its words."""
    if isinstance(verdicts, list):
        choices = value_at(spec, "items.properties.alasan.oneOf")
        return {str(row["isian"]): because(row, choices) for row in verdicts if isinstance(row, Mapping)}
    if not isinstance(verdicts, Mapping):
        return {}
    return {
        str(name): because(one, (spec or {}).get(OFFERS))
        for name, one in verdicts.items()
        if isinstance(one, Mapping) and one.get("hasil") == REJECTED
    }


def still_good(verdicts: Any) -> dict[str, Any]:
    """Earlier verdicts that may be proposed again: what was accepted has not changed since."""
    given = verdicts if isinstance(verdicts, Mapping) else {}
    return {n: {"hasil": FITS} for n, one in given.items() if isinstance(one, Mapping) and one.get("hasil") == FITS}


def correction_schema(own: Json, corrected: Json, rejected: Mapping[str, Any], standing: Json) -> dict[str, Any]:
    """The schema that asks again for the `rejected` answers of a form, of which `standing` was answered before.

    Rules of the corrected form stay in force, so a changed answer may ask for one that was not needed before; that one
    is asked for too, but is not obligatory by itself.
    """
    parts = corrected.get("properties", {})
    wrong = [name for name in parts if name in rejected]
    added = [name for name in _may_become_needed(corrected, set(wrong)) if name in parts and name not in standing]
    shown = {name: parts[name] for name in parts if name in wrong or name in added}
    rules = {name: corrected[name] for name in _RULES if name in corrected}
    return {
        **own,
        "type": "object",
        "title": own.get("title") or corrected.get("title", ""),
        "properties": {**shown, **own.get("properties", {})},
        "required": [*wrong, *own.get("required", ())],
        **rules,
    }


def _may_become_needed(corrected: Json, wrong: set[str]) -> list[str]:
    rules = [*corrected.get("allOf", ()), corrected]
    return [
        name
        for rule in rules
        if wrong & set(rule.get("if", {}).get("properties", {}))
        for branch in ("then", "else")
        for name in rule.get(branch, {}).get("required", ())
    ]


def correction_ui(own: Json, corrected: Json, shown: Mapping[str, Any], rejected: Mapping[str, Any]) -> dict[str, Any]:
    """The UI of a correction: the corrected form's groups with only what is asked again, each with why."""
    groups = [
        {**group, "fields": [name for name in group.get("fields", ()) if name in shown]}
        for group in corrected.get("ui:groups", ())
    ]
    # Prefill of the corrected form has had its time: what stands now is what the citizen wrote.
    parts = {
        name: {key: value for key, value in (corrected.get(name) or {}).items() if key not in ("ui:prefill",)}
        for name in shown
    }
    for name in shown:
        if name in rejected:
            parts[name]["ui:rejected"] = rejected[name]
        parts[name].update(own.get(name) or {})
    kept = [group for group in groups if group["fields"]]
    return {**own, **parts, "ui:groups": [*kept, *own.get("ui:groups", ())]}
