"""The signed line on a paper: it comes back as it was written, says nothing it should not, and nobody can change it."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from engine.clock import MovableClock
from engine.stamping import StampKeys, StampKeysUnusable
from engine.stamps import LONGEST, Stamp, StampRefused, about, folded, read, written

AT = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
KRK = Stamp("AAAAAAAA", "KRK.2026.00001", 1, "KRK", "S.R.", "PEKUNDEN*240+M2", date(2026, 11, 27), None, "B" * 16)

days = st.dates(date(2000, 1, 1), date(2199, 12, 31))
stamps = st.builds(
    Stamp,
    key_id=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=8, max_size=8),
    number=st.text(CAPITALS + "._-", min_size=1, max_size=40),
    version=st.integers(1, 9999),
    kind=st.text(CAPITALS + "_-", min_size=1, max_size=20),
    holder=st.text(CAPITALS + ".", max_size=20),
    about=st.lists(st.text(max_size=60), max_size=4).map(about),
    issued_on=days,
    valid_until_on=st.none() | days,
    seal=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", min_size=16, max_size=16),
)


@pytest.fixture
def keys(tmp_path) -> StampKeys:
    return StampKeys(tmp_path / "keys", MovableClock(AT))


def stamped(keys: StampKeys, **facts) -> str:
    stamp = replace(KRK, key_id=keys.current_id(), **facts)
    return written(stamp, keys.sign(stamp.body))


def code_of(text: str) -> str:
    with pytest.raises(StampRefused) as refused:
        read(text)
    return refused.value.code


# ── the line ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(stamps, st.binary(min_size=64, max_size=64))
def test_whatever_is_written_is_read_again(stamp, signature):
    assert read(written(stamp, signature)) == (stamp, signature)


@given(stamps, st.binary(min_size=64, max_size=64))
def test_a_line_comes_back_however_a_person_pastes_it(stamp, signature):
    line = written(stamp, signature)
    pasted = f"  https://janji.contoh.go.id/v/{stamp.number}?versi=1#{line[:50]}\n {line[50:].lower()} "

    assert read(pasted) == (stamp, signature)


@given(st.text(), st.integers(1, 80))
def test_any_text_folds_into_the_alphabet_of_the_code(text, most):
    shown = folded(text, most)

    assert len(shown) <= most
    assert set(shown) <= set(CAPITALS + "+./-_")


@given(st.text())
def test_any_other_text_is_refused_in_one_of_four_words(text):
    assert code_of(text) in {"too_long", "alphabet", "shape", "future"}


def test_words_stay_readable_when_they_are_folded():
    assert folded("Pengawas pelaksanaan, arsitektur", 72) == "PENGAWAS+PELAKSANAAN+ARSITEKTUR"
    assert folded("1.250 m²", 72) == "1.250+M2"
    assert about(("Pekunden", "240 m²")) == "PEKUNDEN*240+M2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1:" + "A" * LONGEST, "too_long"),
        ("x" * 100_000, "too_long"),
        ("1:AAAA<script>", "alphabet"),
        ("1:ＡＡＡＡＡＡＡＡ", "alphabet"),
        ("", "alphabet"),
        ("https://janji.contoh.go.id/v/KRK.2026.00001", "shape"),
        ("1:" + "A" * 8, "shape"),
        ("2:SOMETHING:NEW", "future"),
        ("99:X", "future"),
    ],
)
def test_a_text_that_is_no_stamp_is_refused_with_the_reason(text, code):
    assert code_of(text) == code


def test_a_day_that_no_calendar_has_is_no_stamp(keys):
    assert code_of(stamped(keys).replace("20261127", "20261131")) == "shape"


def test_facts_that_could_not_be_read_again_are_never_printed():
    with pytest.raises(StampRefused):
        written(replace(KRK, about="KECIL:BESAR"), bytes(64))


def test_a_code_stays_coarse_enough_for_a_cheap_camera(keys):
    line = stamped(keys, number="IPTB.2026.00001", kind="IPTB", about="PENGAWAS+PELAKSANAAN+ARSITEKTUR*C")
    address = "https://janji.semarangkota.go.id/v/IPTB.2026.00001?versi=1#"

    code = segno.make([address, line], error="m", micro=False, boost_error=False)

    modules = code.symbol_size(border=4)[0]
    assert code.version <= 10
    assert 34 / modules > 0.5, "millimetres of a module on the letter"


# ── the keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_our_own_line_is_genuine_and_any_single_changed_letter_is_not(keys):
    line = stamped(keys)
    assert keys.judged(line).outcome == "genuine"

    for at, letter in enumerate(line):
        other = "B" if letter == "A" else "A"
        assert keys.judged(line[:at] + other + line[at + 1 :]).outcome != "genuine", at


def test_a_line_signed_elsewhere_is_no_line_of_ours(keys, tmp_path):
    elsewhere = StampKeys(tmp_path / "elsewhere", MovableClock(AT))
    claimed = replace(KRK, key_id=keys.current_id())

    assert keys.judged(stamped(elsewhere)).outcome == "unknown_key"
    assert keys.judged(written(claimed, elsewhere.sign(claimed.body))).outcome == "forged"


def test_only_this_account_reads_the_private_key_and_it_is_made_once(tmp_path):
    with ThreadPoolExecutor(4) as many:
        made = set(many.map(lambda _: StampKeys(tmp_path, MovableClock(AT)).current_id(), range(8)))

    assert len(made) == 1
    folder = tmp_path / "stamp"
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert sorted(path.name for path in tmp_path.iterdir()) == ["stamp"]


def test_after_a_rotation_old_papers_stay_genuine_and_the_old_private_key_is_gone(keys, tmp_path):
    old_paper, old = stamped(keys), keys.current_id()

    new = keys.rotate()

    new_paper = stamped(keys)
    assert keys.judged(old_paper).outcome == keys.judged(new_paper).outcome == "genuine"
    assert (read(old_paper)[0].key_id, read(new_paper)[0].key_id) == (old, new.id)
    assert [key.id for key in keys.published()] == [old, new.id]
    assert not (tmp_path / "keys" / "stamp" / f"{old}.key").exists()
    assert keys.published()[0].retired_at.startswith("2026-11-27")


def test_what_a_withdrawn_key_signed_is_worth_nothing_by_itself_and_it_signs_no_more(keys):
    stolen, line = keys.current_id(), stamped(keys)

    keys.withdraw(stolen.lower())

    assert keys.judged(line).outcome == "withdrawn"
    assert keys.current_id() != stolen
    assert keys.judged(stamped(keys)).outcome == "genuine"
    with pytest.raises(LookupError, match="janji keys list"):
        keys.withdraw("XXXXXXXX")


def test_a_lost_private_key_is_told_by_name_and_mended_by_a_rotation(keys, tmp_path):
    paper = stamped(keys)
    (tmp_path / "keys" / "stamp" / f"{keys.current_id()}.key").unlink()

    with pytest.raises(StampKeysUnusable, match="janji keys rotate"):
        keys.sign("1:X")
    keys.rotate()

    assert keys.judged(paper).outcome == keys.judged(stamped(keys)).outcome == "genuine"


def test_a_torn_list_of_keys_is_told_and_never_replaced_in_silence(keys, tmp_path):
    keys.published()
    (tmp_path / "keys" / "stamp" / "keys.json").write_text("[{")

    with pytest.raises(StampKeysUnusable, match=r"keys\.json"):
        keys.rotate()


def test_the_published_list_holds_no_private_half(keys, tmp_path):
    private = (tmp_path / "keys" / "stamp").glob("*.key")
    keys.rotate()

    told = (tmp_path / "keys" / "stamp" / "keys.json").read_text()
    assert all(set(one) == {"id", "public", "made_at", "retired_at", "withdrawn_at"} for one in json.loads(told))
    assert "PRIVATE" not in told
    assert all(path.read_text() not in told for path in private)
