"""An IPTB from application to public check: what anybody may read of it, and which numbers it takes from the list."""

from __future__ import annotations

import tomllib

import pytest

from engine.errors import AnswersRejected
from tests.builders import ROOT

SAMPLES = tomllib.loads((ROOT / "processes/iptb/scenarios/_samples.toml").read_text(encoding="utf-8"))["samples"]
RENEWAL = {**SAMPLES["perpanjangan"], "nomor_iptb_lama": "IPTB.2011.00007"}
"""Renews a licence on paper, older than the city's list."""


@pytest.fixture
def issued(city_office):
    """A renewed licence of class C, and its number."""
    licence = city_office.apply("iptb", RENEWAL)
    for element, sample in (
        ("verifikasi_berkas", "lengkap"),
        ("konfirmasi_asosiasi", "rekomendasi_c"),
        ("penetapan_golongan", "sesuai_usulan"),
        ("koreksi_kasi", "setuju"),
        ("koreksi_kabid", "setuju"),
        ("tanda_tangan_kadis", "setuju"),
    ):
        city_office.do(licence, element, SAMPLES[sample])
    with city_office.store.read() as reads:
        return licence, reads.permits(licence.id)[0].number


def test_anybody_may_read_for_what_a_licence_holds_and_that_the_number_is_an_example(city_office, issued):
    check = city_office.queries.permit(issued[1])

    indonesian, english = ({one.title: one.value for one in check.details[code]} for code in ("id", "en"))
    assert indonesian["Bidang"] == "Pengawas pelaksanaan, arsitektur"
    assert indonesian["Golongan, contoh (pola DKI)"] == "C"
    assert "1.500 m²" in english["May be used for, example (as in DKI)"]


def test_a_public_check_says_nothing_of_the_person_but_initials(city_office, issued):
    check = city_office.queries.permit(issued[1])
    said = " ".join(one.value for rows in check.details.values() for one in rows)

    assert check.holder == "L. W."
    assert not any(str(RENEWAL[field]) in said for field in ("nama", "nik", "alamat", "telepon", "email"))


def test_a_licence_that_was_issued_lies_with_nobody_and_a_frozen_one_with_who_must_decide(city_office, issued):
    licence, _number = issued
    watched = city_office.queries.tracking(licence.token)
    frozen = {"tindakan": "bekukan", "alasan": "Menunggu pemeriksaan."}
    city_office.do(licence, "pengawasan_izin", frozen)

    assert city_office.open(licence) == ["pembekuan_izin"]
    assert watched.holder_role is None
    assert city_office.queries.tracking(licence.token).holder_role == "kadis"


def test_a_licence_that_was_revoked_cannot_be_renewed(city_office, issued):
    licence, number = issued
    revoked = {"tindakan": "cabut", "dasar_pencabutan": "dokumen_palsu", "alasan": "SKA palsu."}
    city_office.do(licence, "pengawasan_izin", revoked)

    with pytest.raises(AnswersRejected) as refused:
        city_office.apply("iptb", {**RENEWAL, "nomor_iptb_lama": number})
    assert [(p.path, p.code) for p in refused.value.problems] == [("nomor_iptb_lama", "permit.not_valid")]


def test_a_licence_whose_days_are_over_can_still_be_renewed(city_office, issued):
    city_office.wait("+1120d")

    old = {"nomor_iptb_lama": issued[1], "iptb_lama_berlaku_sampai": "2029-11-23"}
    renewed = city_office.apply("iptb", {**RENEWAL, **old})

    assert city_office.open(renewed) == ["verifikasi_berkas"]
    with city_office.store.read() as reads:
        assert reads.permits(issued[0].id)[0].state == "berakhir"
