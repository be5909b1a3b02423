"""Forms as HTML: what is asked, what was typed, what is wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import pytest

from engine.forms import coercion
from engine.model import FieldProblem
from engine.views import FormView
from webapp.forms.fields import Around, error_summary, form_fields, group_fields, render_answers
from webapp.forms.problems import SENTENCES
from webapp.frame.words import speaker

from .forms_to_try import (
    ANSWERS,
    APPLICATION,
    APPLICATION_UI,
    APPLIED,
    KTP,
    PHOTO,
    VERIFICATION,
    VERIFICATION_UI,
)


@dataclass(frozen=True)
class Place:
    code: str
    name: str
    level: str
    parent: str


REGIONS = {
    "33.74.01": Place("33.74.01", "Semarang Tengah", "kecamatan", "33.74"),
    "33.74.01.1001": Place("33.74.01.1001", "Miroto", "kelurahan", "33.74.01"),
    "33.74.02": Place("33.74.02", "Candisari", "kecamatan", "33.74"),
    "33.74.02.1002": Place("33.74.02.1002", "Jatingaleh", "kelurahan", "33.74.02"),
}
FILES = {KTP.id: KTP, PHOTO.id: PHOTO}
AROUND = Around(
    say=lambda text, **facts: text % facts if facts else text,
    regions=REGIONS,
    document_url=lambda document: f"/dokumen/{document}",
    files=FILES,
)


def application(**fields):
    return replace(FormView("pendaftaran", "krk", APPLICATION, APPLICATION_UI, files=FILES), **fields)


def tag(html: str, **attributes: str) -> str:
    """The first tag with these attributes, as written."""
    found = [
        one
        for one in re.findall(r"<[a-z]+\b[^>]*>", html)
        if all(f'{name}="{value}"' in one for name, value in attributes.items())
    ]
    assert found, f"no tag with {attributes} in\n{html}"
    return found[0]


def test_every_question_of_the_schema_is_asked_once_also_those_in_no_group():
    html = form_fields(application(), AROUND)

    for name in APPLICATION["properties"]:
        if name != "tetangga":
            assert f'name="{name}"' in html, name
    assert html.count('<fieldset class="group"') == 4


def test_a_form_of_several_pages_shows_one_group():
    html = group_fields(application(), AROUND, "berkas")

    assert 'name="ktp"' in html
    assert 'name="nama"' not in html


def test_what_was_typed_comes_back_escaped_even_when_it_was_wrong():
    html = form_fields(application(values={"nama": '"><script>', "luas": "seribu", "mulai": "31 Februari"}), AROUND)

    assert "<script>" not in html
    assert 'value="seribu"' in tag(html, name="luas")
    wrong_date = tag(html, name="mulai")
    assert 'value="31 Februari"' in wrong_date
    assert 'type="text"' in wrong_date


def test_a_good_date_gets_the_phones_own_date_picker():
    assert 'type="date"' in tag(form_fields(application(values=ANSWERS), AROUND), name="mulai")


def test_a_problem_stands_at_its_field_and_in_the_summary_with_a_link():
    view = application(problems=(FieldProblem("nik", "nik"), FieldProblem("pendaftaran.jenis", "required")))

    html, summary = form_fields(view, AROUND), error_summary(view, AROUND)

    nik = tag(html, name="nik")
    assert 'aria-invalid="true"' in nik
    assert 'aria-describedby="f-nik-problem"' in nik
    assert 'id="f-nik-problem"' in html
    assert 'href="#f-nik"' in summary
    assert 'href="#f-jenis-1"' in summary, "a link to radios leads to the first of them"
    assert "Ada 2 hal yang perlu diperbaiki" in summary


def test_every_link_of_the_summary_leads_to_something_on_the_page():
    names = [*APPLICATION["properties"], "tetangga.0.nama"]
    view = application(problems=tuple(FieldProblem(name, "required") for name in names), values=ANSWERS)

    html, summary = form_fields(view, AROUND), error_summary(view, AROUND)

    links = re.findall(r'href="#([^"]+)"', summary)
    assert len(links) == len(names)
    assert [one for one in links if f'id="{one}"' not in html] == []


def lines_of(summary: str) -> list[str]:
    return re.findall(r"<a[^>]*>([^<]+)</a>", summary)


def test_papers_refused_alike_are_told_apart_in_the_summary_and_not_named_twice_at_their_fields():
    refused = {"name": "scan.docx", "limit": ["PDF", "JPG"]}
    view = application(problems=tuple(FieldProblem(name, "document.type", refused) for name in ("ktp", "foto")))

    assert lines_of(error_summary(view, AROUND)) == [
        "KTP: berkas “scan.docx” bukan jenis yang diterima (PDF, JPG).",
        "Foto lokasi: berkas “scan.docx” bukan jenis yang diterima (PDF, JPG).",
    ]
    assert form_fields(view, AROUND).count("</span> Berkas “scan.docx” bukan") == 2


def test_a_line_of_the_summary_says_which_row_of_a_repeated_group_it_means():
    view = application(
        problems=(FieldProblem("tetangga.0.nama", "required"), FieldProblem("tetangga.1.nama", "required")),
        values={"tetangga": [{"sisi": "timur"}, {"sisi": "barat"}]},
    )

    assert lines_of(error_summary(view, AROUND)) == [
        "Tetangga 1: Nama tetangga belum diisi.",
        "Tetangga 2: Nama tetangga belum diisi.",
    ]


def test_the_summary_names_its_questions_in_the_readers_language_too():
    view = application(problems=(FieldProblem("ktp", "document.empty", {"name": "scan.pdf"}),))
    english = replace(AROUND, say=speaker("en"), words=lambda *_: "Identity card")

    assert lines_of(error_summary(view, english)) == ["Identity card: the file “scan.pdf” is empty."]


def test_a_problem_that_belongs_to_no_field_is_told_all_the_same():
    summary = error_summary(application(problems=(FieldProblem("asing", "additionalProperties"),)), AROUND)

    assert "asing" in summary


def test_no_problems_no_summary():
    assert error_summary(application(), AROUND) == ""


@pytest.mark.parametrize("code", [*SENTENCES, "never_heard_of"])
def test_every_kind_of_problem_becomes_a_sentence(code):
    summary = error_summary(application(problems=(FieldProblem("nama", code, {"limit": 3}),)), AROUND)

    assert re.search(r"<a[^>]*>[^<%]{8,}</a>", summary)


def test_what_must_be_answered_and_what_may_is_said_in_words():
    html = form_fields(application(), AROUND)

    assert "(wajib)" in html.split('for="f-nama"')[1].split("</label>")[0]
    assert "(opsional)" in html.split('for="f-surel"')[1].split("</label>")[0]


def test_a_question_for_some_only_says_for_whom_instead_of_being_hidden():
    html = form_fields(application(), AROUND)

    assert "Diisi bila Jenis pemohon: Badan usaha" in html
    label = html.split('for="f-akta"')[1].split("</label>")[0]
    assert "opsional" not in label
    assert "wajib" not in label


def test_kelurahan_are_grouped_by_kecamatan_and_the_chosen_one_is_selected():
    html = form_fields(application(values=ANSWERS), AROUND)

    assert html.index('<optgroup label="Candisari">') < html.index('<optgroup label="Semarang Tengah">')
    assert '<option value="33.74.01.1001" selected>Miroto</option>' in html


def test_a_paper_already_sent_is_posted_again_by_its_id_and_can_be_opened():
    html = form_fields(application(values=ANSWERS), AROUND)

    assert tag(html, type="hidden", name="ktp", value="dok-ktp")
    assert "checked" in tag(html, type="checkbox", name="foto", value="dok-foto")
    assert 'href="/dokumen/dok-ktp"' in html
    assert 'accept="application/pdf,image/jpeg"' in tag(html, type="file", name="ktp")
    assert "multiple" in tag(html, type="file", name="foto")


def test_a_repeated_group_offers_spare_rows_but_never_more_than_allowed():
    empty = form_fields(application(), AROUND)
    full = form_fields(application(values={"tetangga": [{"nama": f"T{n}"} for n in range(4)]}), AROUND)

    assert 'name="tetangga.2.nama"' in empty
    assert 'name="tetangga.3.nama"' in full
    assert 'name="tetangga.4.nama"' not in full


def test_each_answer_is_judged_beside_what_was_answered():
    view = FormView(
        "verifikasi_berkas",
        "krk",
        VERIFICATION,
        VERIFICATION_UI,
        values={"putusan": {"ktp": {"hasil": "tidak_sesuai", "alasan": "Buram"}}},
        shown={"pendaftaran": ANSWERS},
        files=FILES,
    )

    html = form_fields(view, replace(AROUND, answered={"pendaftaran": APPLIED}))

    assert html.count('class="verdict"') == len(ANSWERS)
    assert "checked" in tag(html, name="putusan.ktp.hasil", value="tidak_sesuai")
    assert "Buram</textarea>" in html
    assert "Perorangan" in html, "a choice is shown by its title"
    assert "3374••••••••0001" in html
    assert "3374010101900001" not in html
    assert "&lt;b&gt;Santoso" in html


def test_a_verdict_without_a_reason_is_pointed_at():
    view = FormView(
        "verifikasi_berkas",
        "krk",
        VERIFICATION,
        VERIFICATION_UI,
        problems=(FieldProblem("putusan.ktp.alasan", "verdict.reason"),),
        shown={"pendaftaran": ANSWERS},
    )
    around = replace(AROUND, answered={"pendaftaran": APPLIED})

    summary = error_summary(view, around)
    assert 'href="#f-putusan-ktp"' in summary
    assert [line.partition(" ")[0] for line in lines_of(summary)] == ["KTP"]
    assert 'id="f-putusan-ktp-problem"' in form_fields(view, around)


def test_the_choice_of_an_outcome_says_what_it_sets_in_motion():
    html = form_fields(FormView("verifikasi_berkas", "krk", VERIFICATION, VERIFICATION_UI), AROUND)

    assert "Janji mulai berjalan hari ini" in html
    assert 'aria-describedby="f-hasil-1-then"' in tag(html, id="f-hasil-1")


def test_a_summary_shows_titles_links_and_masked_numbers():
    html = render_answers(APPLIED, AROUND, change_url=lambda group: f"/ubah/{group}")

    assert "Miroto, Semarang Tengah" in html
    assert "1.250,5 m²" in html
    assert "Fungsi 3" in html
    assert 'href="/dokumen/dok-ktp">ktp budi.pdf</a> (212 kB)' in html
    assert "3374••••••••0001" in html
    assert 'href="/ubah/tanah"' in html


def test_numbers_are_written_in_the_readers_language():
    english = replace(AROUND, language="en")

    assert "1,250.5 m²" in render_answers(APPLIED, english)
    assert "(1.4 MB)" in render_answers(APPLIED, english)
    assert "(1,4 MB)" in render_answers(APPLIED, AROUND)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("value", [50_000, 1250.5, 12.125, 0.125, 1234.125, 1_250_000.25, -3])
def test_a_number_in_its_field_comes_back_as_it_was_whatever_the_language(value, language):
    html = form_fields(application(values={"luas": value}), replace(AROUND, language=language))

    shown = re.search(r'name="luas"[^>]* value="([^"]*)"', html)
    assert coercion.number(shown[1]) == value
    assert language == "id" or "," not in shown[1]


def test_a_personal_number_is_shown_whole_only_when_asked_for():
    assert "3374010101900001" in render_answers(APPLIED, replace(AROUND, reveal=frozenset({"nik"})))


def test_the_check_before_sending_also_shows_what_was_left_empty():
    checking = render_answers(application(values=ANSWERS), AROUND)

    assert "Tidak diisi" in checking
    assert "Tidak diisi" not in render_answers(APPLIED, AROUND)


def test_words_of_another_language_replace_titles_help_and_choices():
    english = {
        ("pendaftaran", "nama", "title"): "Full name",
        ("pendaftaran", "nama", "help"): "As on your identity card.",
        ("pendaftaran", "jenis", "choices", "badan"): "Company",
    }

    html = form_fields(application(), replace(AROUND, words=lambda *path: english.get(path)))

    assert "Full name" in html
    assert "As on your identity card." in html
    assert "Company" in html
