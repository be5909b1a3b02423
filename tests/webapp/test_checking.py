"""The pages that check a paper, over a real office: for people without scripts, for machines, for forged papers."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.issuing import REVOKED, SUSPENDED, correct_krk, issue_iptb, issue_krk, printed
from tests.webapp.browsing import Visitor, words
from webapp.public.paper_words import OUTCOMES

STABLE = {
    *("number", "version", "kind", "state", "valid", "state_since", "state_by", "state_ground", "revoked_at"),
    *("replaced_by", "current_version", "holder", "about", "issued_at", "valid_until_on", "pdf_sha256", "stamp"),
    *("checked_at", "attestation"),
}


@pytest.fixture
def visitor(city_office) -> Visitor:
    return Visitor(city_office.janji)


def judged(visitor: Visitor, code: str) -> str:
    """The outcome that the page shows for a code sent by a browser without scripts."""
    form = visitor.get("/v/periksa")
    page = visitor.client.post("/v/periksa", data={"kode": code, "csrf_token": csrf(form)})
    shown = [one for one in OUTCOMES if f'data-outcome="{one}">' in page.text]
    assert page.status_code == 200
    assert len(shown) == 1, shown
    return shown[0]


def csrf(page) -> str:
    return page.text.partition('name="csrf_token" value="')[2].partition('"')[0]


# ── people ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_page_of_a_valid_paper_tells_what_to_compare_and_nothing_of_the_person(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))

    page = visitor.get(f"/v/{krk.number}")

    said = words(page)
    for expected in (
        "Dokumen ini asli dan berlaku",
        "S. R.",
        "Pekunden",
        "240 m²",
        "Diperbolehkan",
        "Minggu, 23 Mei 2027",
    ):
        assert expected in said, expected
    assert "bukan izin mendirikan bangunan" in said
    assert "tidak tersertifikasi (PP 71/2019 Pasal 60)" in said
    assert "/layanan/complaint" in page.text, "where a forgery is reported"
    assert not any(private in page.text for private in ("Siti", "3374015203850001", "Pekunden Timur", "0812"))


def test_the_address_in_the_code_of_version_one_says_replaced_without_any_script(city_office, visitor):
    case = issue_krk(city_office)
    city_office.wait("+2wd")
    correct_krk(city_office, case)
    old, new = printed(city_office, case)

    said = words(visitor.get(f"/v/{old.number}?versi=1"))
    newest = words(visitor.get(f"/v/{old.number}"))

    assert "Dokumen ini sudah diganti" in said
    assert "Diganti Rabu, 25 Nov 2026 dengan versi 2" in said
    assert "Dokumen ini asli dan berlaku" in newest
    assert f"Versi {new.version} yang terbaru" in newest


def test_a_revoked_licence_says_since_when_by_whom_and_why(city_office, visitor):
    case = issue_iptb(city_office)
    [iptb] = printed(city_office, case)
    city_office.do(case, "pengawasan_izin", REVOKED)

    said = words(visitor.get(f"/v/{iptb.number}"))

    assert "Dicabut Senin, 23 Nov 2026, oleh Kepala Dinas. Dasar: Dokumen palsu." in said
    assert "SKA palsu" not in said, "the reason is for the holder, the ground for everybody"


def test_an_unknown_number_is_told_clearly_with_what_to_check(visitor):
    page = visitor.get("/v/KRK.2026.99999")

    assert page.status_code == 404
    assert "Tidak ada dokumen dengan nomor ini" in words(page)
    assert "KRK.2026.99999" in page.text


@pytest.mark.parametrize("version", ["0", "2", "99999", "-1", "satu", "１"])
def test_a_version_that_never_was_is_not_found_and_nonsense_is_not_asked_for(city_office, visitor, version):
    [krk] = printed(city_office, issue_krk(city_office))

    status = visitor.get(f"/v/{krk.number}?versi={version}").status_code

    assert status == (404 if version in ("0", "2") else 200)


def test_what_stands_in_an_address_is_never_run(visitor):
    page = visitor.get("/v/<script>alert(1)</script>")

    assert page.status_code == 404
    assert "<script>alert" not in page.text


def test_a_number_that_was_typed_leads_to_its_page(visitor):
    answer = visitor.get("/v/periksa?nomor=KRK.2026.00001")

    assert answer.status_code == 303
    assert answer.location.endswith("/v/KRK.2026.00001")


# ── a browser without scripts ─────────────────────────────────────────────────────────────────────────────────────────


def test_without_scripts_the_server_judges_a_code_and_tells_the_state_of_its_paper(city_office, visitor):
    case = issue_iptb(city_office)
    [iptb] = printed(city_office, case)
    assert judged(visitor, iptb.stamp) == "aktif"

    city_office.do(case, "pengawasan_izin", SUSPENDED)

    assert judged(visitor, f"https://janji.contoh.go.id/v/{iptb.number}?versi=1#{iptb.stamp.lower()}") == "dibekukan"


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        (lambda line: line.replace("240+M2", "940+M2"), "forged"),
        (lambda line: line.replace(":S.R.:", ":T.K.:"), "forged"),
        (lambda line: "1:AAAAAAAA" + line[10:], "unknown_key"),
        (lambda line: line + "A", "shape"),
        (lambda line: line[:-3], "shape"),
        (lambda line: "2" + line[1:], "future"),
        (lambda line: line.replace("PEKUNDEN", "PEKUNDÊN"), "alphabet"),
        (lambda line: line * 4, "too_long"),
        (lambda line: "", "alphabet"),
    ],
)
def test_hostile_codes_are_refused_in_words(city_office, visitor, change, outcome):
    [krk] = printed(city_office, issue_krk(city_office))

    assert judged(visitor, change(krk.stamp)) == outcome


def test_a_genuine_line_that_is_not_the_one_we_printed_is_told_apart(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))
    stamps, body = city_office.janji.stamps, krk.stamp.rpartition(":")[0]
    other = body.replace("240+M2", "900+M2")
    never = body.replace(krk.number, "KRK.2026.77777")

    def signed(text: str) -> str:
        return f"{text}:{base64.b32encode(stamps.sign(text)).decode().rstrip('=')}"

    assert judged(visitor, signed(other)) == "differs"
    assert judged(visitor, signed(never)) == "unlisted"


def test_what_a_withdrawn_key_signed_is_told_so_while_the_number_still_answers(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))
    city_office.janji.stamps.withdraw(city_office.janji.stamps.current_id())

    assert judged(visitor, krk.stamp) == "withdrawn"
    assert "asli dan berlaku" in words(visitor.get(f"/v/{krk.number}"))


def test_every_outcome_has_words_in_the_page_and_only_one_is_awake(visitor):
    page = visitor.get("/v/periksa")

    for outcome in OUTCOMES:
        assert f'data-outcome="{outcome}" hidden' in page.text


# ── machines ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_twin_has_exactly_its_promised_keys_and_anybody_may_ask_from_anywhere(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))

    twin = visitor.get(f"/v/{krk.number}.json?versi=1", headers={"Origin": "https://bank.contoh.example"})

    assert set(twin.json) == STABLE
    assert (twin.json["state"], twin.json["valid"], twin.json["stamp"]) == ("aktif", True, krk.stamp)
    assert twin.json["pdf_sha256"] == krk.document_sha256
    assert twin.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in twin.headers
    assert "Set-Cookie" not in twin.headers


def test_the_twin_of_a_replaced_version_names_what_replaced_it(city_office, visitor):
    case = issue_krk(city_office)
    correct_krk(city_office, case)
    old, _new = printed(city_office, case)

    twin = visitor.get(f"/v/{old.number}.json?versi=1").json

    assert (twin["state"], twin["valid"]) == ("diganti", False)
    assert twin["replaced_by"] == {"number": old.number, "version": 2}
    assert twin["revoked_at"] is None


def test_the_twin_is_signed_with_the_key_that_is_published(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))

    said = visitor.get(f"/v/{krk.number}.json").json["attestation"]
    key = next(one for one in visitor.get("/v/kunci.json").json["keys"] if one["id"] == said["key"])

    public = Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(key["public"] + "="))
    public.verify(base64.urlsafe_b64decode(said["signature"] + "=="), said["said"].encode())
    assert said["said"].startswith(f"janji-check:1:{krk.number}:1:aktif:2026-11-23T")


def test_retired_keys_stay_published_and_private_ones_never_are(city_office, visitor):
    city_office.janji.stamps.rotate()

    keys = visitor.get("/v/kunci.json")

    assert [bool(one["retired_at"]) for one in keys.json["keys"]] == [True, False]
    assert {"id", "algorithm", "public", "made_at", "retired_at", "withdrawn_at"} == set(keys.json["keys"][0])
    assert keys.headers["Access-Control-Allow-Origin"] == "*"


# ── scripts ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_camera_is_allowed_on_the_check_page_and_nowhere_else(city_office, visitor):
    [krk] = printed(city_office, issue_krk(city_office))

    assert "camera=(self)" in visitor.get("/v/periksa").headers["Permissions-Policy"]
    for path in ("/", f"/v/{krk.number}", "/lacak"):
        assert "camera=()" in visitor.get(path).headers["Permissions-Policy"], path


def test_the_worker_rules_the_addresses_below_v_alone_and_is_asked_for_anew(visitor):
    worker = visitor.get("/v/pekerja.js")

    assert worker.mimetype in ("text/javascript", "application/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in worker.headers
    assert visitor.get("/v/periksa.webmanifest").json["start_url"] == "/v/periksa"


def test_the_link_to_the_other_language_stays_with_the_version_in_hand(city_office, visitor):
    case = issue_krk(city_office)
    correct_krk(city_office, case)
    [old, _new] = printed(city_office, case)

    page = visitor.get(f"/v/{old.number}?versi=1")

    assert 'href="?versi=1&amp;bahasa=en"' in page.text
    assert "This document was replaced" in words(visitor.get(f"/v/{old.number}?versi=1&bahasa=en"))
