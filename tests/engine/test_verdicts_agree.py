"""What a verifier concludes must follow from the verdicts: on KRK's own form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.errors import AnswersRejected
from engine.forms import Form, FormContext, effective

FOLDER = Path(__file__).parents[2] / "forms" / "krk"
APPLIED = {"pendaftaran": {"nama": "Siti Rahmawati", "jalan": "Jl. Pekunden Timur 4"}}


def conclude(hasil, **rejected):
    """The problems of the verification form, by field, after that conclusion; all is ticked, what is not named fits."""
    forms = {name: form(name) for name in ("pendaftaran", "verifikasi_berkas")}
    asked = effective(forms["verifikasi_berkas"], APPLIED, forms)
    verdicts = {name: {"hasil": "sesuai"} for name in APPLIED["pendaftaran"]}
    verdicts |= {name: {"hasil": "tidak_sesuai", "alasan": reason} for name, reason in rejected.items()}
    context = FormContext(regions=(), documents={}, others=forms, data=APPLIED, today=date(2026, 11, 23))
    ticked = {"formulir": {"tanda": True}, "letak": {"tanda": True}}
    try:
        asked.accept({"putusan": verdicts, "daftar": ticked, "hasil": hasil}, context)
    except AnswersRejected as refused:
        return {problem.path: problem.code for problem in refused.problems}
    return {}


def form(name):
    return Form.read(name, (FOLDER / f"{name}.schema.json").read_bytes(), (FOLDER / f"{name}.ui.json").read_bytes())


def test_a_file_is_not_complete_while_a_part_of_it_is_rejected():
    assert conclude("lengkap", nama="Berbeda dari KTP") == {"hasil": "verdict.rejected"}


def test_nothing_goes_back_to_the_applicant_without_a_part_to_correct():
    assert conclude("perlu_perbaikan") == {"hasil": "verdict.none_rejected"}


@pytest.mark.parametrize(("hasil", "rejected"), [("lengkap", {}), ("perlu_perbaikan", {"nama": "Berbeda dari KTP"})])
def test_a_conclusion_that_follows_from_the_verdicts_is_taken(hasil, rejected):
    assert conclude(hasil, **rejected) == {}
