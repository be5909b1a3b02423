import time

import pytest

from engine.bpmn.expressions import Evaluator, ExpressionFailed
from engine.bpmn.grammar import ExpressionRefused, parse, words_in
from engine.bpmn.vocabulary import plain_words

DATA = {
    "verifikasi": {"hasil": "lengkap", "items": [1, 2], "get": "a field", "__class__": "a trap"},
    "luas": 120,
    "nama": "Sari",
    "kosong": None,
}


def value(text: str, data: dict | None = None) -> object:
    names = DATA if data is None else data
    return Evaluator(plain_words(lambda: names), names).value(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('verifikasi.hasil == "lengkap"', True),
        ('verifikasi["hasil"] in ("lengkap", "kurang")', True),
        ("verifikasi.items[1] + luas // 7 % 5 - 2 * 1", 2),
        ("luas / 2 if luas > 100 and not kosong else 0", 60.0),
        ("10 <= luas < 200", True),
        ("kosong is None and nama is not None", True),
        ('given("verifikasi.hasil")', "lengkap"),
        ('given("verifikasi.tidak_ada")', None),
        ('given("nama.panjang", 0)', 0),
        ("len(nama) + min(3, 1) + max([1, 2]) + abs(-4) + int('7') + round(2.5)", 21),
        ("round(2.345, 2)", 2.35),
        ('days_between("2026-12-24", "2026-12-31T09:00:00+07:00")', 7),
        ('date_after("2026-11-30", years=3)', "2029-11-30"),
        ('date_after("2028-02-29", years=3)', "2031-02-28"),
        ('date_after("2026-08-31", months=6, days=1)', "2027-03-01"),
        ('date_after("2026-12-31T20:00:00+00:00", days=1)', "2027-01-01"),
        ('str(1) + "a"', "1a"),
        ('{"a": [1], "b": luas}', {"a": [1], "b": 120}),
        ("verifikasi.get", "a field"),
        ("[1] + [2]", [1, 2]),
        ("-luas", -120),
        ('float("1.5")', 1.5),
    ],
)
def test_what_an_analyst_writes_means_what_it_says(text, found):
    assert value(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "().__class__.__base__.__subclasses__()",
        "verifikasi.__class__",
        "verifikasi['__class__'].__class__",
        "nama.upper()",
        "verifikasi.get('hasil')",
        "(lambda: 1)()",
        "[x for x in items]",
        "{x: 1 for x in items}",
        "{1, 2}",
        "f'{nama.__class__}'",
        "(x := 1)",
        "2 ** 9999999",
        "1 << 99",
        "nama[0:1]",
        "len(*[1])",
        "len(**{})",
        "{**verifikasi}",
        "[*verifikasi]",
        "await nama",
        "b'x'",
        "...",
        "1j",
        "luas is 120",
        "_rahasia",
        "luas; nama",
        "luas = 1",
        "",
        "   ",
        "1 +",
        "(" * 300 + ")" * 300,
        "1" + "+1" * 3000,
        "'\0'",
    ],
)
def test_what_is_no_plain_expression_is_refused_when_it_is_read(text):
    with pytest.raises(ExpressionRefused):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "tidak_ada",
        "verifikasi.tidak_ada",
        "nama.panjang",
        "nama.upper",
        "luas.real",
        "verifikasi.items.append",
        "len",
        "open('/etc/passwd')",
        "eval('1')",
        "luas / 0",
        "nama * 3",
        "3 * nama",
        "[0] * 1000000000",
        "'%1000000000d' % 1",
        "nama + 1",
        "nama > 1",
        "luas[0]",
        "verifikasi.items[9]",
        "-nama",
        "not_a_word(1)",
        "1 in luas",
        "1e308 * 10",
        "float('nan')",
        "float('inf')",
        "int('9' + '9' + nama)",
        "int(1e999)",
        "str(verifikasi)",
        "len(1)",
        "len(nama, nama)",
        "given(1)",
        "round(nama)",
        "round(1, 99)",
        "days_between(nama, nama)",
        "date_after(nama, years=1)",
        'date_after("2026-12-24", years=-1)',
        'date_after("2026-12-24", months=1.5)',
        'date_after("2026-12-24", years=9000)',
        'date_after("2026-12-24", years=100000)',
        "{[1]: 2}",
        "verifikasi[[1]]",
    ],
)
def test_what_cannot_be_worked_out_fails_without_quoting_a_value(text):
    with pytest.raises(ExpressionFailed) as failed:
        value(text)
    assert "Sari" not in str(failed.value)


@pytest.mark.parametrize(
    "text",
    [
        "*".join(["999999999999"] * 200),
        "+".join(["teks"] * 200),
        "[daftar, daftar] + daftar + daftar + daftar",
        "9" * 3000,
    ],
)
def test_nothing_grows_without_bounds(text):
    began = time.process_time()
    with pytest.raises((ExpressionFailed, ExpressionRefused)):
        value(f"({text}) == 0 or 1/0", {"teks": "x" * 60_000, "daftar": list(range(6_000))})
    assert time.process_time() - began < 0.5


def test_a_missing_name_tells_how_to_ask_for_it():
    with pytest.raises(ExpressionFailed, match=r'given\("verifikasi\.catatan"\)'):
        value("verifikasi.catatan == 1")


def test_words_in_an_expression_are_known_without_evaluating_it():
    assert words_in('before_due("layanan", working_days=2) if x else days(1)') == {"before_due", "days"}
