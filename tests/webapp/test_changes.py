"""What a later answer changed, old value beside new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from engine.views import AnsweredForm
from webapp.casefile.changes import changes

NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SCHEMA = {"properties": {"nama": {"title": "Nama"}, "alamat": {"title": "Alamat"}}}


def answered(minute: int, element: str, answers: dict[str, Any], **ui: Any) -> AnsweredForm:
    return AnsweredForm(element, SCHEMA, ui, answers, "rina", NOW + timedelta(minutes=minute))


def test_a_correction_tells_what_stood_in_the_form_it_corrects():
    found = changes(
        [
            answered(0, "pendaftaran", {"nama": "Siti", "alamat": "Jl. A"}),
            answered(1, "perbaikan", {"alamat": "Jl. B"}, **{"x-corrects": "pendaftaran"}),
            answered(2, "perbaikan", {"alamat": "Jl. C"}, **{"x-corrects": "pendaftaran"}),
        ]
    )

    assert [(key[0], change.titles, change.before.answers) for key, change in found.items()] == [
        ("perbaikan", ("Alamat",), {"alamat": "Jl. A"}),
        ("perbaikan", ("Alamat",), {"alamat": "Jl. B"}),
    ]


def test_a_first_answer_and_the_same_answer_again_change_nothing():
    assert changes([answered(0, "telaah", {"nama": "a"}), answered(1, "telaah", {"nama": "a", "alamat": "x"})]) == {}
