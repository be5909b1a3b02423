"""Numbers that an answer names: permits and cases that must exist. This is what connects the services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from engine.forms.formats import UNREGISTERED
from engine.model import FieldProblem, PermitState

if TYPE_CHECKING:
    from engine.library import Entry
    from engine.store import Reads

_VALID = (PermitState.ACTIVE, PermitState.EXPIRING)


def unknown_numbers(tx: Reads, entry: Entry, raw: Mapping[str, Any]) -> list[FieldProblem]:
    """Permit numbers and case references that nobody issued, or that no longer hold.

    This is what connects the services: a KRK names the practitioner's IPTB, a complaint the permit it is about.
    """
    problems = []
    for name, spec in entry.start_form.schema.get("properties", {}).items():
        given = str(raw.get(name) or "").strip().upper()
        if not given:
            continue
        if spec.get("format") == "permit-number":
            problems += _permit_problems(tx, name, spec, given)
        elif spec.get("format") == "case-reference" and tx.case_by_reference(given) is None:
            problems.append(FieldProblem(name, "case.unknown", {"reference": given}))
    return problems


def _permit_problems(tx: Reads, name: str, spec: Mapping[str, Any], given: str) -> list[FieldProblem]:
    """A field may name the kind it takes, as `x-permit-kind`, and the states, as `x-permit-states`.

    A renewal takes what has ended, and numbers older than the list.
    """
    found, states = tx.permit(given), spec.get("x-permit-states", _VALID)
    if not found:
        return [] if UNREGISTERED in states else [FieldProblem(name, "permit.unknown", {"number": given})]
    if found[0].kind != spec.get("x-permit-kind", found[0].kind):
        return [FieldProblem(name, "permit.other_kind", {"number": given})]
    if found[0].state not in states:
        return [FieldProblem(name, "permit.not_valid", {"number": given, "state": found[0].state})]
    return []
