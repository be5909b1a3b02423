"""What is asked and what was accepted: forms from JSON Schema, their answers, verdicts, corrections. Knows no case."""

from .checklists import waived
from .files import lint_form
from .form import AskedField, Form, effective, fallen_away, fields, prefill, translated
from .masking import Span, blacked, coarse, cover, spans
from .personal import identity, masked, personal
from .publishing import ANSWER, proposals, released
from .reasons import OFFERS, with_reasons
from .validation import FormContext
from .verdicts import asked_for, value_at

__all__ = [
    "ANSWER",
    "OFFERS",
    "AskedField",
    "Form",
    "FormContext",
    "Span",
    "asked_for",
    "blacked",
    "coarse",
    "cover",
    "effective",
    "fallen_away",
    "fields",
    "identity",
    "lint_form",
    "masked",
    "personal",
    "prefill",
    "proposals",
    "released",
    "spans",
    "translated",
    "value_at",
    "waived",
    "with_reasons",
]
