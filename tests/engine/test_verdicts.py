"""Verdicts on every answer of a form: one by one, and all the rest at once."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import AnswersRejected
from engine.forms import Form, FormContext, effective

ASKED = Form(
    "pendaftaran",
    {"type": "object", "properties": {name: {"type": "string", "maxLength": 50} for name in ("nama", "nik", "ktp")}},
    {},
)
JUDGING = Form(
    "verifikasi",
    {
        "type": "object",
        "properties": {"putusan": {"type": "object", "x-verdicts-of": "pendaftaran"}},
        "required": ["putusan"],
    },
    {},
)
DATA = {"pendaftaran": {"nama": "Siti", "nik": "3374015203850001", "ktp": "dokumen"}}


def judge(**posted):
    form = effective(JUDGING, DATA, {"pendaftaran": ASKED})
    context = FormContext(regions=(), documents={}, others={"pendaftaran": ASKED}, data=DATA, today=date(2026, 11, 23))
    return form.accept({f"putusan.{name}": said for name, said in posted.items()}, context)["putusan"]


def test_one_tick_says_that_everything_else_is_correct():
    found = judge(**{"nik.hasil": "tidak_sesuai", "nik.alasan": "Tidak terbaca", "*.hasil": "sesuai"})

    assert found["nik"] == {"hasil": "tidak_sesuai", "alasan": "Tidak terbaca"}
    assert found["nama"] == found["ktp"] == {"hasil": "sesuai"}


def test_without_the_tick_each_missing_verdict_is_named():
    with pytest.raises(AnswersRejected) as refused:
        judge(**{"nik.hasil": "sesuai"})

    assert {problem.path for problem in refused.value.problems} == {"putusan.nama", "putusan.ktp"}


def test_a_reason_without_a_verdict_is_not_waved_through_by_the_tick():
    with pytest.raises(AnswersRejected) as refused:
        judge(**{"ktp.alasan": "Buram", "*.hasil": "sesuai"})

    assert [problem.path.split(".")[1] for problem in refused.value.problems] == ["ktp"]
