"""Forms: what is accepted, what is refused and in which words, verdicts, corrections, and hostile input."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import AnswersRejected
from engine.forms import Form, FormContext, effective, fields, prefill, translated
from engine.model import Document

ROOT = Path(__file__).resolve().parents[2]
KRK = ROOT / "forms" / "krk"
TODAY = date(2026, 11, 23)
SEKAYU = "33.74.01.1002"
OUTLINE = '{"type":"Polygon","coordinates":[[[110.409,-6.983],[110.4094,-6.983],[110.4094,-6.9834],[110.409,-6.983]]]}'


def paper(name: str, mime: str = "application/pdf") -> Document:
    return Document(name, "a" * 64, f"{name}.pdf", mime, 1000, "citizen", name, datetime(2026, 11, 23, tzinfo=UTC), "")


PAPERS = {name: paper(name) for name in ("formulir", "ktp", "pbb", "tanah", "kuasa", "akta")}


def context(**facts):
    return FormContext(**{"regions": {SEKAYU}, "documents": PAPERS, "others": {}, "data": {}, "today": TODAY, **facts})


def form(**properties) -> Form:
    required = [name for name, part in properties.items() if part.pop("must", False)]
    return Form("coba", {"type": "object", "properties": properties, "required": required}, {})


def text(**more):
    return {"type": "string", "maxLength": 100, **more}


def krk(name: str) -> Form:
    return Form.read(name, (KRK / f"{name}.schema.json").read_bytes(), (KRK / f"{name}.ui.json").read_bytes())


def problems(of: Form, raw, **facts) -> dict[str, str]:
    with pytest.raises(AnswersRejected) as refused:
        of.accept(raw, context(**facts))
    return {one.path: one.code for one in refused.value.problems}


def accepted(kind: str, typed: str):
    return form(x=text(format=kind)).accept({"x": typed}, context())["x"]


APPLICATION = {
    "jenis_pemohon": "perorangan",
    "nama": "  Siti   Rahmawati ",
    "nik": "3374 0141 0190 0001",
    "alamat": "Jalan Pemuda 12",
    "telepon": "0812-3456-7890",
    "dikuasakan": "tidak",
    "nama_surat_tanah": "Siti Rahmawati",
    "jenis_surat_tanah": "sertifikat",
    "nomor_surat_tanah": "HM 1234",
    "luas_tanah": "1.250,5",
    "status_tanah": "sendiri",
    "jalan": "Jalan Pemuda",
    "rt": "1",
    "rw": "2",
    "kelurahan": SEKAYU,
    "cara_lokasi": "titik",
    "koordinat": "-6.98321, 110.40912",
    "fungsi": "hunian",
    "jenis_pembangunan": "baru",
    "jumlah_lantai": "2",
    "jumlah_bangunan": "1",
    "luas_bangunan": "120",
    "pengembang": "tidak",
    "formulir_permohonan": "formulir",
    "ktp": "ktp",
    "jenis_bukti_pbb": "lunas",
    "bukti_pbb": "pbb",
    "bukti_tanah": ["tanah"],
    "pernyataan": "true",
    "csrf_token": "abc",
}


# ── what is accepted ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_posted_application_comes_out_typed_trimmed_and_in_kept_spelling():
    answers = krk("pendaftaran").accept(APPLICATION, context())

    assert answers["nama"] == "Siti Rahmawati"
    assert answers["nik"] == "3374014101900001"
    assert answers["telepon"] == "+6281234567890"
    assert answers["luas_tanah"] == 1250.5
    assert answers["jumlah_lantai"] == 2
    assert answers["koordinat"] == "-6.98321,110.40912"
    assert answers["bukti_tanah"] == ["tanah"]
    assert answers["pernyataan"] is True
    assert "email" not in answers
    assert "csrf_token" not in answers


def test_accepting_what_was_accepted_changes_nothing():
    first = krk("pendaftaran").accept(APPLICATION, context())

    assert krk("pendaftaran").accept(first, context()) == first


def test_a_draft_of_a_post_is_accepted_like_the_post_itself():
    application = krk("pendaftaran")

    assert application.accept(application.typed(APPLICATION), context()) == application.accept(APPLICATION, context())


def test_lists_of_single_values_are_read_like_single_values():
    as_lists = {name: value if isinstance(value, list) else [value] for name, value in APPLICATION.items()}

    assert krk("pendaftaran").accept(as_lists, context()) == krk("pendaftaran").accept(APPLICATION, context())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1.250,5", 1250.5),
        ("1250.5", 1250.5),
        ("1250,5", 1250.5),
        ("1,250.5", 1250.5),
        ("1.250", 1250),
        ("1.250.000", 1_250_000),
        ("0.250", 0.25),
        ("1.25", 1.25),
        ("-3", -3),
        ("−3", -3),
        ("Rp 25.000", 25_000),
        (" 7 ", 7),
    ],
)
def test_numbers_are_read_as_indonesians_and_machines_write_them(typed, meant):
    assert form(x={"type": "number"}).accept({"x": typed}, context()) == {"x": meant}


@pytest.mark.parametrize("typed", ["seribu", "1.2.3", "1e9", "NaN", "inf", "0x10", "1_000", "١٢", "9" * 4000, "1,2,3"])
def test_what_is_no_number_is_told_and_shown_again_as_it_was_typed(typed):
    asked = form(x={"type": "number"})

    assert problems(asked, {"x": typed}) == {"x": "number"}
    assert asked.typed({"x": typed}) == {"x": typed}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, True, {"a": 1}])
def test_typed_values_no_number_field_can_hold_are_refused(value):
    assert problems(form(x={"type": "number"}), {"x": value}) == {"x": "number"}


def test_a_whole_number_is_asked_for_in_so_many_words():
    assert problems(form(x={"type": "integer"}), {"x": "2,5"}) == {"x": "integer"}


def test_a_box_left_empty_means_no_but_a_question_left_empty_means_nothing():
    asked = Form(
        "coba",
        {"type": "object", "properties": {"box": {"type": "boolean"}, "asked": {"type": "boolean"}}},
        {"asked": {"ui:widget": "radio"}},
    )

    assert asked.accept({}, context()) == {"box": False}
    assert asked.accept({"box": "on", "asked": "tidak"}, context()) == {"box": True, "asked": False}


def test_a_declaration_that_is_not_ticked_has_to_be_agreed_to():
    asked = form(ya={"type": "boolean", "const": True, "must": True})

    assert problems(asked, {}) == {"ya": "const"}
    assert problems(asked, {"ya": "false"}) == {"ya": "const"}


def test_rows_of_a_repeated_group_keep_their_order_and_empty_rows_fall_away():
    row = {"type": "object", "properties": {"nama": text()}, "required": ["nama"]}
    asked = form(tetangga={"type": "array", "maxItems": 4, "items": row})
    raw = {"tetangga.10.nama": "C", "tetangga.2.nama": "B", "tetangga.0.nama": "A", "tetangga.1.nama": ""}

    assert asked.accept(raw, context()) == {"tetangga": [{"nama": "A"}, {"nama": "B"}, {"nama": "C"}]}


def test_one_tick_of_several_is_a_list_all_the_same():
    asked = form(x={"type": "array", "items": {"type": "string", "oneOf": [{"const": "a"}, {"const": "b"}]}})

    assert asked.accept({"x": "a"}, context()) == {"x": ["a"]}
    assert problems(asked, {"x": ["a", "zzz"]}) == {"x.1": "oneOf"}


def test_invisible_and_dangerous_signs_are_taken_out_and_letters_are_composed():
    typed = "Si\u0000ti\u202e\ufeff\u0007 R\u0061\u0301ma\ud800"

    assert form(x=text()).accept({"x": typed}, context()) == {"x": "Siti Ráma"}


def test_only_long_text_keeps_its_lines():
    asked = form(nama=text(), cerita={"type": "string", "maxLength": 1000})

    answers = asked.accept({"nama": "Siti\r\nBcc: x", "cerita": "satu\r\ndua"}, context())

    assert answers == {"nama": "Siti Bcc: x", "cerita": "satu\ndua"}


def test_what_is_only_shown_comes_from_the_case_and_never_from_the_post():
    asked = Form(
        "pembayaran",
        {"type": "object", "properties": {"jumlah": {"type": "integer", "readOnly": True}}},
        {"jumlah": {"ui:prefill": "tarif.jumlah"}},
    )

    assert asked.accept({"jumlah": "1"}, context(data={"tarif": {"jumlah": 25000}})) == {"jumlah": 25000}
    assert asked.accept({"jumlah": "1"}, context()) == {}


def test_names_nobody_asked_for_are_ignored_and_can_be_listed():
    asked = form(nama=text())

    assert asked.accept({"nama": "A", "admin": "true", "lain.x": "1"}, context()) == {"nama": "A"}
    assert asked.unknown({"nama": "A", "admin": "true", "putusan.ktp": "x"}) == ["admin", "putusan"]


# ── formats ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "nik", ["3374010101900001", "3374014101900001", "3374017112900001", "3374012902000001", "1101012902960012"]
)
def test_a_nik_of_a_possible_birth_date_is_accepted_wherever_it_was_given(nik):
    assert accepted("nik", nik) == nik


@pytest.mark.parametrize(
    "nik",
    [
        "337401010190001",  # 15 digits
        "3374013201900001",  # day 32
        "3374017201900001",  # day 72
        "3374010013900001",  # day 0
        "3374010113900001",  # month 13
        "3374013002900001",  # 30 February
        "3374012902010001",  # 29 February 2001
        "3374010101900000",  # serial 0000
        "33740101019000A1",
        "٣٣٧٤٠١٠١٠١٩٠٠٠٠١",
    ],
)
def test_an_impossible_nik_is_refused(nik):
    assert problems(form(x=text(format="nik")), {"x": nik}) == {"x": "format.nik"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("081234567890", "+6281234567890"),
        ("+62 812-3456-7890", "+6281234567890"),
        ("62812 3456 7890", "+6281234567890"),
        ("(024) 351 3366", "+62243513366"),
        ("+62 (0)24 3513366", "+62243513366"),
    ],
)
def test_indonesian_phone_numbers_are_kept_in_one_spelling(typed, kept):
    assert accepted("phone-id", typed) == kept


@pytest.mark.parametrize("typed", ["112", "+1 202 555 0100", "0812", "telepon", "08123456789012345"])
def test_what_is_no_indonesian_phone_number_is_refused(typed):
    assert problems(form(x=text(format="phone-id")), {"x": typed}) == {"x": "format.phone-id"}


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("date", "23/11/2026", "2026-11-23"),
        ("date", "2026-11-23", "2026-11-23"),
        ("date-time", "23-11-2026 09.00", "2026-11-23T09:00"),
        ("date-time", "2026-11-23T09:00", "2026-11-23T09:00"),
        ("nop", "33.74.010.001.001-0123.0", "337401000100101230"),
        ("npwp", "09.254.294.3-407.000", "092542943407000"),
        ("permit-number", " iptb-2026-00012 ", "IPTB-2026-00012"),
        ("email", "Siti@Contoh.ID", "Siti@contoh.id"),
        ("point", "-6,98321 110,40912", "-6.98321,110.40912"),
        ("point", "-6.98321;110.40912", "-6.98321,110.40912"),
        ("uri", "https://semarangkota.go.id/x", "https://semarangkota.go.id/x"),
        ("kelurahan", SEKAYU, SEKAYU),
    ],
)
def test_each_format_keeps_one_spelling(kind, typed, kept):
    assert accepted(kind, typed) == kept


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "2026-02-30"),
        ("date", "besok"),
        ("date", "0001-01-01"),
        ("date-time", "2026-11-23"),
        ("date-time", "2026-11-23T25:00"),
        ("nop", "3374"),
        ("npwp", "123"),
        ("email", "siti@localhost"),
        ("email", "a@b@c.id"),
        ("email", "Siti <siti@contoh.id>"),
        ("email", ".siti@contoh.id"),
        ("point", "110.40912, -6.98321"),
        ("point", "di depan masjid"),
        ("uri", "javascript:alert(1)"),
        ("uri", "//contoh.id"),
        ("kelurahan", "99.99.99.9999"),
        ("document", "not-mine"),
        ("permit-number", "x"),
    ],
)
def test_each_format_refuses_what_does_not_fit(kind, typed):
    assert problems(form(x=text(format=kind)), {"x": typed}) == {"x": f"format.{kind}"}


def test_an_outline_is_kept_as_a_bare_polygon_without_what_else_was_in_the_file():
    feature = json.dumps({"type": "Feature", "properties": {"pemilik": "Siti"}, "geometry": json.loads(OUTLINE)})

    assert form(x={"type": "string", "maxLength": 20000, "format": "geojson-polygon"}).accept(
        {"x": feature}, context()
    ) == {"x": OUTLINE}


@pytest.mark.parametrize(
    "typed",
    [
        "-6.983, 110.409\n-6.983, 110.4094\n-6.9834, 110.4094\n-6.9834, 110.409",
        "-6.983 110.409\n\n -6.983;110.4094\n-6.9834,110.4094\r\n-6,9834 110,409\n-6.983, 110.409\n",
    ],
    ids=["open", "closed and untidy"],
)
def test_an_outline_may_be_typed_one_corner_a_line_latitude_first(typed):
    kept = form(x={"type": "string", "maxLength": 20000, "format": "geojson-polygon"}).accept({"x": typed}, context())

    assert json.loads(kept["x"])["coordinates"] == [
        [[110.409, -6.983], [110.4094, -6.983], [110.4094, -6.9834], [110.409, -6.9834], [110.409, -6.983]]
    ]


@pytest.mark.parametrize(
    "ring",
    [
        [[110.409, -6.983], [110.4094, -6.983], [110.4094, -6.9834]],
        [[110.409, -6.983], [110.4094, -6.983], [110.4094, -6.9834], [110.409, -6.9835]],
        [[110.409, -6.983], [110.4094, -6.9836], [110.4094, -6.983], [110.409, -6.9834], [110.409, -6.983]],
        [[110.409, -6.983], [110.4094, -6.983], [110.4098, -6.983], [110.409, -6.983]],
        [[-6.983, 110.409], [-6.983, 110.4094], [-6.9834, 110.4094], [-6.983, 110.409]],
        [[0, 0], [1, 0], [1, 1], [0, 0]],
        [[110.0, -7.0], [111.0, -7.0], [111.0, -6.0], [110.0, -7.0]],
        [["110.409", "-6.983"]] * 4,
        [[110.409, -6.983]] * 201,
        [],
        None,
    ],
    ids=["three", "open", "crossing", "flat", "swapped", "ocean", "huge", "text", "many", "none", "null"],
)
def test_what_is_no_parcel_is_refused(ring):
    asked = form(x={"type": "string", "maxLength": 20000, "format": "geojson-polygon"})

    assert problems(asked, {"x": json.dumps({"type": "Polygon", "coordinates": [ring]})}) == {
        "x": "format.geojson-polygon"
    }


@pytest.mark.parametrize(
    "typed",
    [
        "[" * 15000,
        "{}",
        "null",
        "-6.98, 110.40\n-6.99, 110.41",
        "110.4, -6.98\n110.5, -6.98\n110.5, -6.99",
        '{"type":"Polygon","coordinates":[[[1e999,0]]]}',
        "x",
    ],
)
def test_hostile_outlines_are_refused_like_any_other(typed):
    asked = form(x={"type": "string", "maxLength": 20000, "format": "geojson-polygon"})

    assert problems(asked, {"x": typed}) == {"x": "format.geojson-polygon"}


@pytest.mark.parametrize(("day", "code"), [("2026-11-24", "date.not_after"), ("2026-11-01", "date.not_before")])
def test_a_day_can_be_bound_by_today_or_by_a_date(day, code):
    asked = form(x=text(format="date", **{"x-not-after": "today", "x-not-before": "2026-11-10"}))

    assert problems(asked, {"x": day}) == {"x": code}
    assert asked.accept({"x": "2026-11-23"}, context())


# ── what is refused ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_application_is_told_everything_that_is_missing_at_once():
    found = problems(krk("pendaftaran"), {})

    assert set(found) == set(krk("pendaftaran").schema["required"])
    assert found["nama"] == "required"
    assert found["ktp"] == "document"
    assert found["bukti_tanah"] == "document"
    assert found["pernyataan"] == "const"


def test_problems_come_in_the_order_of_the_form():
    found = list(problems(krk("pendaftaran"), {}))

    assert found == [name for name in krk("pendaftaran").schema["properties"] if name in found]


def test_what_is_asked_of_some_is_missing_only_for_them():
    company = {**APPLICATION, "jenis_pemohon": "badan", "jumlah_lantai": "5"}

    assert problems(krk("pendaftaran"), company) == {
        "nama_badan": "required",
        "nomor_akta": "required",
        "akta_pendirian": "document",
        "rekomendasi_ketinggian": "document",
    }


@pytest.mark.parametrize(
    ("part", "typed", "code", "limit"),
    [
        (text(), "x" * 101, "maxLength", 100),
        (text(minLength=10), "pendek", "minLength", 10),
        ({"type": "number", "minimum": 1}, "0", "minimum", 1),
        ({"type": "number", "exclusiveMinimum": 0}, "0", "exclusiveMinimum", 0),
        ({"type": "number", "maximum": 10}, "11", "maximum", 10),
        ({"type": "integer", "multipleOf": 5}, "7", "multipleOf", 5),
    ],
)
def test_a_limit_that_is_passed_is_named(part, typed, code, limit):
    with pytest.raises(AnswersRejected) as refused:
        form(x=part).accept({"x": typed}, context())

    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["limit"]) == (code, limit)


def test_a_problem_never_repeats_what_was_typed():
    with pytest.raises(AnswersRejected) as refused:
        krk("pendaftaran").accept({**APPLICATION, "nik": "3374010101900000", "kelurahan": "rahasia"}, context())

    assert "3374010101900000" not in str([one.facts for one in refused.value.problems])
    assert "rahasia" not in str([one.facts for one in refused.value.problems])


def test_one_of_several_papers_is_asked_for_at_the_first_of_them():
    asked = form(pbb=text(format="document"), surat=text(format="document"))
    asked.schema["anyOf"] = [{"required": ["pbb"]}, {"required": ["surat"]}]

    assert problems(asked, {}) == {"pbb": "required"}
    assert asked.accept({"surat": "pbb"}, context()) == {"surat": "pbb"}


def test_a_paper_of_the_wrong_kind_is_named_with_the_kinds_that_are_taken():
    asked = form(foto=text(format="document", **{"x-accept": ["image/jpeg", "image/png"]}))

    with pytest.raises(AnswersRejected) as refused:
        asked.accept({"foto": "ktp"}, context())

    (problem,) = refused.value.problems
    assert (problem.code, problem.facts) == ("document.type", {"name": "ktp.pdf", "limit": "JPG, PNG"})


@pytest.mark.parametrize("value", [{"a": {"b": 1}}, {"0": "x"}, [[["x"]]], ["a", {"b": 1}]])
def test_an_object_where_a_word_belongs_is_refused_and_dropped_from_the_draft(value):
    asked = form(x=text())

    assert problems(asked, {"x": value}) == {"x": "type"}
    assert asked.typed({"x": value}) == {}


def test_an_enormous_post_is_refused_whole_and_shown_again_cut():
    asked = form(x=text(), y=text())

    assert problems(asked, {"x": "a" * 300_000, "y": "b"}) == {"": "too_large"}
    assert len(asked.typed({"x": "a" * 300_000, "y": "b"})["x"]) <= 200


def test_nothing_typed_is_lost_however_wrong_it_is():
    wrong = {**APPLICATION, "nik": "123", "luas_tanah": "seribu", "telepon": "x", "kelurahan": "mana"}

    shown = krk("pendaftaran").typed(wrong)

    assert (shown["nik"], shown["luas_tanah"], shown["telepon"], shown["kelurahan"]) == ("123", "seribu", "x", "mana")


def test_a_pattern_is_held_against_ascii_digits_only():
    asked = form(rt=text(pattern="^[0-9]{1,3}$", maxLength=3))

    assert asked.accept({"rt": "012"}, context()) == {"rt": "012"}
    assert problems(asked, {"rt": "1a"}) == {"rt": "pattern"}


_value = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30)
_anything = _value | st.lists(_value | st.lists(_value, max_size=2), max_size=3) | st.dictionaries(st.text(), _value)
_names = st.sampled_from([*krk("pendaftaran").schema["properties"], "bukti_tanah.0", "nama.x.y.z", "..", ""])


@settings(deadline=None)
@given(st.dictionaries(_names, _anything, max_size=12))
def test_whatever_comes_in_is_accepted_or_refused_and_can_be_stored(raw):
    application = krk("pendaftaran")

    json.dumps(application.typed(raw), allow_nan=False)
    with pytest.raises(AnswersRejected):
        application.accept(raw, context())


# ── verdicts and corrections ──────────────────────────────────────────────────────────────────────────────────────────

FORMS = {name: krk(name) for name in ("pendaftaran", "verifikasi_berkas", "perbaikan_berkas")}


def applied(**changes):
    return {"pendaftaran": krk("pendaftaran").accept({**APPLICATION, **changes}, context())}


def verdicts(data, **rejected):
    asked = effective(FORMS["verifikasi_berkas"], data, FORMS)
    items = asked.schema["properties"]["putusan"]["properties"]
    return {
        name: {"hasil": "tidak_sesuai", "alasan": rejected[name]} if name in rejected else {"hasil": "sesuai"}
        for name in items
    }


def test_every_answer_that_was_given_is_judged_and_a_declaration_is_not():
    judged = verdicts(applied())

    assert "ktp" in judged
    assert "nama" in judged
    assert "email" not in judged, "not given, so nothing to judge"
    assert "pernyataan" not in judged


def test_a_verdict_that_is_missing_or_has_no_reason_is_named_for_its_item():
    data = applied()
    raw = {f"putusan.{name}.hasil": "sesuai" for name in verdicts(data)}
    del raw["putusan.nama.hasil"]
    raw |= {"putusan.ktp.hasil": "tidak_sesuai", "putusan.ktp.alasan": "  ", "hasil": "perlu_perbaikan"}

    found = problems(effective(FORMS["verifikasi_berkas"], data, FORMS), raw, data=data)

    assert found == {"putusan.nama": "verdict.missing", "putusan.ktp.alasan": "verdict.reason"}


def test_without_any_verdict_every_item_is_named():
    data = applied()

    found = problems(effective(FORMS["verifikasi_berkas"], data, FORMS), {"hasil": "lengkap"}, data=data)

    named = {path: code for path, code in found.items() if path.startswith("putusan.")}
    assert named == {f"putusan.{name}": "verdict.missing" for name in verdicts(data)}


def test_a_verdict_on_something_that_was_not_given_is_ignored_and_a_strange_one_refused():
    data = applied()
    asked = effective(FORMS["verifikasi_berkas"], data, FORMS)
    ticked = {item: {"tanda": True} for item in ("formulir", "letak")}
    raw = {"putusan": {**verdicts(data), "email": {"hasil": "sesuai"}}, "daftar": ticked, "hasil": "lengkap"}

    assert "email" not in asked.accept(raw, context(data=data))["putusan"]
    raw["putusan"]["ktp"] = {"hasil": "mungkin"}
    assert problems(asked, raw, data=data) == {"putusan.ktp.hasil": "oneOf"}


def rejected(data, **reasons):
    return {**data, "verifikasi_berkas": {"putusan": verdicts(data, **reasons), "hasil": "perlu_perbaikan"}}


def test_a_correction_asks_for_what_was_rejected_and_says_why():
    data = rejected(applied(), ktp="Buram", nama="Tidak sama dengan KTP")

    asked = effective(FORMS["perbaikan_berkas"], data, FORMS)

    assert list(asked.schema["properties"]) == ["nama", "ktp"]
    assert asked.ui["ktp"]["ui:rejected"] == {"own": "Buram"}
    assert asked.ui["x-corrects"] == "pendaftaran"
    assert [group["fields"] for group in asked.ui["ui:groups"]] == [["nama"], ["ktp"]]
    assert problems(asked, {}, data=data) == {"nama": "required", "ktp": "document"}
    assert asked.accept({"nama": "Siti R.", "ktp": "akta", "nik": "1"}, context(data=data)) == {
        "nama": "Siti R.",
        "ktp": "akta",
    }


def test_a_correction_proposes_what_was_written_but_wants_a_new_paper():
    data = rejected(applied(), ktp="Buram", nama="Tidak sama dengan KTP")

    assert prefill(effective(FORMS["perbaikan_berkas"], data, FORMS), data) == {"nama": "Siti Rahmawati"}


def test_a_correction_that_needs_something_new_asks_for_it_too():
    data = rejected(applied(), jenis_pemohon="Pemohon adalah PT")
    asked = effective(FORMS["perbaikan_berkas"], data, FORMS)

    assert set(asked.schema["properties"]) == {"jenis_pemohon", "nama_badan", "nomor_akta", "akta_pendirian"}
    assert asked.accept({"jenis_pemohon": "perorangan"}, context(data=data)) == {"jenis_pemohon": "perorangan"}
    assert problems(asked, {"jenis_pemohon": "badan"}, data=data) == {
        "nama_badan": "required",
        "nomor_akta": "required",
        "akta_pendirian": "document",
    }


@pytest.mark.parametrize(("kota", "missing"), [("dalam", {}), ("luar", {"surat": "required"})])
def test_a_rule_over_a_corrected_and_an_accepted_answer_looks_at_both(kota, missing):
    asked = form(kota=text(), fungsi=text(), surat=text())
    asked.schema["allOf"] = [
        {
            "if": {
                "properties": {"kota": {"const": "luar"}, "fungsi": {"const": "usaha"}},
                "required": ["kota", "fungsi"],
            },
            "then": {"required": ["surat"]},
        }
    ]
    data = {"coba": {"kota": kota, "fungsi": "hunian"}, "v": {"fungsi": {"hasil": "tidak_sesuai", "alasan": "?"}}}
    correction = Form("perbaikan", {"type": "object"}, {"x-corrects": "coba", "x-rejected-by": "v"})

    corrected = effective(correction, data, {"coba": asked})

    if missing:
        assert problems(corrected, {"fungsi": "usaha"}, data=data) == missing
    assert corrected.accept({"fungsi": "usaha", "surat": "ada"}, context(data=data))
    assert corrected.accept({"fungsi": "hunian"}, context(data=data)) == {"fungsi": "hunian"}


def test_a_correction_is_never_stopped_by_something_it_does_not_ask_for():
    data = rejected(applied(), nama="Tidak sama dengan KTP")
    data["pendaftaran"] |= {"jenis_pemohon": "badan", "kelurahan": "99.99.99.9999"}

    assert effective(FORMS["perbaikan_berkas"], data, FORMS).accept({"nama": "S"}, context(data=data)) == {"nama": "S"}


def test_the_second_round_proposes_the_verdicts_that_still_hold():
    data = rejected(applied(), ktp="Buram")
    again = effective(FORMS["verifikasi_berkas"], data, FORMS)

    proposed = prefill(again, data)["putusan"]

    assert proposed["nama"] == {"hasil": "sesuai"}
    assert "ktp" not in proposed


# ── reading, order, words ─────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_bytes_are_the_same_form():
    assert krk("pendaftaran") is krk("pendaftaran")


def test_a_value_of_the_case_is_proposed_by_its_path():
    asked = Form("x", {"properties": {"kdb": {"type": "number"}}}, {"kdb": {"ui:prefill": "nilai.kdb"}})

    assert prefill(asked, {"nilai": {"kdb": 60}}) == {"kdb": 60}
    assert prefill(asked, {}) == {}


def test_questions_come_group_by_group_and_none_gets_lost():
    schema = {"properties": {"a": {}, "b": {}, "c": {}}}
    asked = Form("x", schema, {"ui:groups": [{"id": "g", "fields": ["c", "a"]}], "c": {"ui:widget": "text"}})

    assert [(one.name, one.group) for one in fields(asked)] == [("c", "g"), ("a", "g"), ("b", "")]


def test_english_words_replace_titles_help_choices_and_groups_and_leave_the_rest():
    words = {
        "title": "Application",
        "submit": "Send",
        "nama": {"title": "Full name", "help": "As on your identity card."},
        "jenis_pemohon": {"choices": {"badan": "Company"}},
        "groups": {"tanah": {"title": "Land"}},
    }

    english = translated(krk("pendaftaran"), words)

    parts = english.schema["properties"]
    assert english.schema["title"] == "Application"
    assert (parts["nama"]["title"], parts["nama"]["description"]) == ("Full name", "As on your identity card.")
    assert [one["title"] for one in parts["jenis_pemohon"]["oneOf"]] == ["Perorangan", "Company", "Instansi pemerintah"]
    assert parts["nik"]["title"] == "NIK"
    assert "Land" in [group["title"] for group in english.ui["ui:groups"]]
    assert english.ui["ui:submit"] == "Send"
    assert english.accept(APPLICATION, context()) == krk("pendaftaran").accept(APPLICATION, context())
