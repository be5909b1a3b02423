"""What is asked and what was accepted: forms from JSON Schema, their answers, verdicts, corrections. Knows no case."""

from .files import lint_form
from .form import AskedField, Form, effective, fields, prefill, translated
from .validation import FormContext
from .verdicts import value_at

__all__ = ["AskedField", "Form", "FormContext", "effective", "fields", "lint_form", "prefill", "translated", "value_at"]
