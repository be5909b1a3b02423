"""Which questions of a form in steps matter under what was answered: needed, idle, hidden, or still open."""

from __future__ import annotations

from engine.forms.relevance import relevance
from engine.stories.playing import with_papers
from tests.builders import Office, staff
from tests.samples import sample

SCHEMA = {
    "properties": {name: {"type": "string"} for name in ("jenis", "badan", "akta", "kuasa", "wakil", "surat")},
    "required": ["jenis"],
    "allOf": [
        {
            "if": {"properties": {"jenis": {"const": "badan"}}, "required": ["jenis"]},
            "then": {"required": ["badan"]},
            "else": {"required": ["kuasa"]},
        },
        {"if": {"required": ["akta"]}, "then": {"required": ["surat"]}},
    ],
}
UI = {
    "ui:steps": True,
    "ui:groups": [
        {"id": "satu", "fields": ["jenis"]},
        {"id": "dua", "fields": ["badan", "akta"]},
        {"id": "tiga", "fields": ["kuasa", "wakil", "surat"]},
    ],
    "badan": {"ui:showWhen": {"jenis": ["badan"]}},
    "akta": {"ui:showWhen": {"badan": ["pt"]}},
    "wakil": {"ui:showWhen": {"kuasa": ["ya"]}},
}


def test_what_hangs_on_an_unanswered_question_is_open_and_nothing_is_hidden():
    found = relevance(SCHEMA, UI, {})

    assert found.open == {"badan", "akta", "wakil"}
    assert found.idle == found.hidden == frozenset()


def test_the_schemas_conditions_say_what_is_needed():
    assert relevance(SCHEMA, UI, {"jenis": "badan"}).needed == {"jenis", "badan"}
    assert relevance(SCHEMA, UI, {"jenis": "orang"}).needed == {"jenis", "kuasa"}


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either():
    found = relevance(SCHEMA, UI, {"jenis": "orang", "badan": "pt", "akta": "7"})

    assert found.hidden == {"badan", "akta"}


def test_an_answer_that_does_not_apply_makes_nothing_necessary():
    assert "surat" not in relevance(SCHEMA, UI, {"jenis": "orang", "badan": "pt", "akta": "7"}).needed
    assert "surat" in relevance(SCHEMA, UI, {"jenis": "badan", "badan": "pt", "akta": "7"}).needed


def test_what_its_own_page_can_turn_on_is_idle_and_not_hidden():
    found = relevance(SCHEMA, UI, {"kuasa": "tidak"})

    assert found.idle == {"wakil"}
    assert found.hidden == frozenset()


def test_what_the_schema_asks_for_is_never_idle_whatever_its_hint_says():
    schema = {**SCHEMA, "required": ["jenis", "wakil"]}

    assert relevance(schema, UI, {"kuasa": "tidak"}).idle == frozenset()


def test_conditions_in_a_circle_come_to_an_end():
    ui = {**UI, "badan": {"ui:showWhen": {"akta": ["pt"]}}, "akta": {"ui:showWhen": {"badan": ["pt"]}}}

    assert relevance(SCHEMA, ui, {"badan": "pt", "akta": "pt"}).idle == frozenset()


def test_a_form_on_one_page_leaves_nothing_out():
    assert relevance(SCHEMA, {**UI, "ui:steps": False}, {"jenis": "orang"}).idle == frozenset()


def test_nobody_becomes_a_partys_other_side_whose_address_was_typed_by_mistake(city_office: Office):
    """Whoever acts for themselves has no representative, at the counter as in the citizen's own browser."""
    other = {"telepon_kuasa": "081200000191", "email_kuasa": "fauzi@contoh.example"}
    answers = sample("iptb", "baru_struktur", dikuasakan="tidak", **other)
    given, uploads = with_papers(answers | {"surat_kuasa": "berkas:surat-kuasa.pdf"})
    receipt = city_office.engine.start_at_counter("iptb", given, uploads, staff("loket"), "a key", "loket")
    own = city_office.apply("iptb", answers)

    for token in (receipt.secret, own.token):
        assert not other.keys() & city_office.queries.own_data(token).answered[0].answers.keys()
        assert "surat-kuasa.pdf" not in {paper.name for paper in city_office.queries.own_data(token).documents}
    city_office.janji.outbox.send_due()
    assert "fauzi@contoh.example" not in {mail.to.where for mail in city_office.mail.messages}


def test_what_a_correction_takes_away_is_not_in_the_case_any_more(city_office: Office):
    case = city_office.apply("krk", sample("krk", "badan"))
    wrong = {"dikuasakan": {"hasil": "tidak_sesuai", "keterangan": "Direktur menandatangani sendiri."}}
    asked = {"putusan": {"*": {"hasil": "sesuai"}, **wrong}, "hasil": "perlu_perbaikan"}
    city_office.do(case, "verifikasi_berkas", asked)

    city_office.do(case, "perbaikan_berkas", {"dikuasakan": "tidak"})

    again = city_office.queries.desk(city_office.task(case, "verifikasi_berkas").id, staff("verifikator"))
    judged = again.form.schema["properties"]["putusan"]["properties"]
    assert "nama" in judged
    assert [name for name in judged if name.endswith("_kuasa")] == []
