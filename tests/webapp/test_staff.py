"""A clerk's, a supervisor's, a counter's and an operator's day in pages, over a small office in memory."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.errors import AnswersRejected, CaseMovedOn, DocumentRefused, NotYours, StepFailed, TaskGone, TaskHeld
from engine.model import FieldProblem
from webapp import create_app

from .fakes_staff import NOW, PASSWORD, Office


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def app(office):
    made = create_app(office)
    made.config.update(WTF_CSRF_ENABLED=False)
    return made


class Browser:
    """One person's browser, signed in."""

    def __init__(self, app, who: str) -> None:
        self._client = app.test_client()
        self._client.post("/masuk", data={"pengguna": who, "sandi": PASSWORD})

    def get(self, address: str):
        return self._client.get(address)

    def post(self, address: str, **data):
        return self._client.post(address, data=data)

    def text(self, address: str) -> str:
        answer = self._client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return plain(answer.text)


def plain(html: str) -> str:
    body = re.sub(r"<(svg|style)\b.*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def links(html: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]+)"', html)]


@pytest.fixture
def rina(app):
    return Browser(app, "rina")


@pytest.fixture
def kabid(app):
    return Browser(app, "kabid")


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(app):
    wrong = app.test_client().post("/masuk", data={"pengguna": "rina", "sandi": "salah"})
    unknown = app.test_client().post("/masuk", data={"pengguna": "siapa", "sandi": "salah"})

    assert wrong.status_code == unknown.status_code == 422
    assert "Nama pengguna atau kata sandi salah." in wrong.text
    assert "Set-Cookie" not in unknown.headers or "janji=" not in unknown.headers["Set-Cookie"]
    assert wrong.text.count("rina") == 1, "the name stays in its field"


def test_too_many_tries_say_when_to_come_back(app):
    answer = app.test_client().post("/masuk", data={"pengguna": "terkunci", "sandi": "x"})

    assert answer.status_code == 429
    assert "15 menit" in answer.text


def test_signing_in_gives_a_fresh_secret_and_ends_the_former_session(app, office):
    client = app.test_client()
    client.post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD})
    first = set(office.accounts.open)
    client.post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD})

    assert len(office.accounts.open) == 1
    assert set(office.accounts.open) != first


def test_over_tls_the_cookie_is_bound_to_the_host(office):
    office.settings = office.settings.model_copy(update={"base_url": "https://janji.example"})
    app = create_app(office)
    app.config.update(WTF_CSRF_ENABLED=False)

    answer = app.test_client().post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD})

    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("__Host-janji="))
    for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Domain" not in cookie


def test_after_signing_in_one_arrives_where_one_was_going(app):
    asked = app.test_client().get("/kasus?keadaan=terlambat")
    assert asked.status_code == 303
    onward = parse_qs(urlsplit(asked.location).query)["lanjut"][0]

    answer = app.test_client().post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD, "lanjut": onward})

    assert answer.location == "/kasus?keadaan=terlambat"


@pytest.mark.parametrize(
    "trap", ["https://jahat.example", "//jahat.example", "/\\jahat.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_site(app, trap):
    answer = app.test_client().post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD, "lanjut": trap})

    assert answer.location == "/tugas"


def test_signing_out_ends_the_session_on_our_side_too(app, office, rina):
    assert rina.post("/keluar").status_code == 303
    assert office.accounts.open == {}
    assert rina.get("/tugas").status_code == 303


def test_whoever_only_runs_the_machine_begins_there(app):
    answer = app.test_client().post("/masuk", data={"pengguna": "ops", "sandi": PASSWORD})

    assert answer.location == "/operator"


def test_a_form_without_its_token_does_nothing(office):
    app = create_app(office)
    client = app.test_client()

    assert client.post("/masuk", data={"pengguna": "rina", "sandi": PASSWORD}).status_code == 400
    assert office.accounts.open == {}


def test_text_written_when_the_session_ran_out_is_shown_for_copying(app, office):
    answer = app.test_client().post("/tugas/tugas-1", data={"catatan": "Kerja <b>satu</b> jam"})

    assert answer.status_code == 401
    assert "Kerja &lt;b&gt;satu&lt;/b&gt; jam" in answer.text
    assert "/masuk?lanjut=/tugas/tugas-1" in unescape(answer.text).replace("%2F", "/")
    assert office.done == []


def test_pages_with_cases_are_kept_by_nobody_on_the_way(rina):
    assert "no-store" in rina.get("/tugas").headers["Cache-Control"]
    assert "no-store" in rina.get("/dokumen/dok-ktp").headers["Cache-Control"]


# ── the worklist ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_day_begins_with_ones_own_tasks_and_what_is_late(rina):
    seen = rina.text("/tugas")

    assert "lewat 2 hari kerja" in seen
    assert "<path" in rina.get("/tugas").text.split("lewat 2 hari")[0].rpartition('class="time is-lewat_batas"')[2], (
        "a shape"
    )
    assert "1 tugas Anda terlambat" in seen
    assert "putaran ke-2" in seen


def test_without_own_tasks_the_groups_list_opens(app):
    lulu = Browser(app, "lulu")

    assert re.search(r'aria-current="page">Kelompok saya', lulu.get("/tugas").text)


def test_an_own_list_that_is_empty_says_what_to_do(app):
    assert "ambil yang paling atas" in Browser(app, "lulu").text("/tugas?tab=saya")


def test_every_filter_stands_in_the_address_and_reaches_the_engine(office, rina):
    rina.get("/tugas?tab=kelompok&layanan=krk&tahap=verifikasi&tempo=lewat&q=000001&dari=abc")

    name, tab, narrowed = office.asked[0]
    assert (name, tab) == ("worklist", "kelompok")
    assert narrowed == {
        "service": "krk", "stage": "verifikasi", "due": "lewat", "text": "000001", "cursor": "abc", "since": None,
    }  # fmt: skip


def test_changing_tab_keeps_the_filters_and_goes_back_to_the_first_page(kabid):
    found = [one for one in links(kabid.get("/tugas?tab=semua&layanan=krk&q=2026&dari=abc").text) if "tab=saya" in one]

    assert any(parse_qs(urlsplit(one).query) == {"tab": ["saya"], "layanan": ["krk"], "q": ["2026"]} for one in found)


def test_everybodys_tasks_are_for_supervisors(rina, kabid):
    assert rina.get("/tugas?tab=semua").status_code == 404
    assert "tab=semua" not in rina.get("/tugas").text
    assert kabid.get("/tugas?tab=semua").status_code == 200


def test_paused_cases_stand_apart_at_the_end_and_can_be_asked_for_alone(kabid, rina):
    page = kabid.get("/tugas?tab=semua").text

    assert re.findall(r"<caption[^>]*>([^<]+)<", page) == ["Paling mendesak dulu", "Menunggu pemohon"]
    assert '<option value="menunggu">' in page
    assert '<option value="menunggu">' not in rina.get("/tugas?tab=kelompok").text


def test_names_of_anonymous_reporters_are_not_in_the_list(kabid):
    seen = kabid.text("/tugas?tab=semua")

    assert "Pemohon 4" not in seen
    assert "anonim" in seen


def test_what_a_person_typed_never_becomes_markup(kabid, rina):
    for address in ("/tugas?tab=saya", "/tugas/tugas-1", "/berkas/KRK-2026-000001"):
        html = rina.get(address).text
        assert "<b>Santoso" not in html, address
        assert "&lt;b&gt;Santoso" in html, address


def test_the_next_page_is_a_link_with_the_cursor(kabid):
    assert any("dari=lanjutan" in one for one in links(kabid.get("/tugas?tab=semua").text))


def test_claiming_leads_to_the_desk_and_says_so(office, rina):
    answer = rina.post("/tugas/tugas-2/ambil")

    assert answer.status_code == 303
    assert answer.location.startswith("/tugas/tugas-2?kabar=")
    assert office.done[0][:2] == ("claim", "tugas-2")
    assert "Anda mengambil Verifikasi berkas, KRK-2026-000002." in rina.text(answer.location)


def test_a_colleague_who_was_quicker_is_named(office, rina):
    office.refusals["claim"] = TaskHeld("bagus")

    answer = rina.post("/tugas/tugas-3/ambil")

    assert answer.status_code == 409
    assert "Bagus Prasetyo lebih dulu mengambilnya" in plain(answer.text)


def test_handing_over_needs_a_colleague_and_a_reason(office, rina):
    answer = rina.post("/tugas/tugas-1/tugaskan", kepada="bagus", alasan="")

    assert answer.status_code == 422
    assert office.done == []

    answer = rina.post("/tugas/tugas-1/tugaskan", kepada="bagus", alasan="Cuti besok")

    verb, task, to, by, reason, _key = office.done[0]
    assert (verb, task, to, by.id, reason) == ("assign", "tugas-1", "bagus", "rina", "Cuti besok")
    assert "diserahkan kepada Bagus Prasetyo" in rina.text(answer.location)


def test_whom_to_hand_over_to_shows_how_much_they_hold(rina):
    assert "Bagus Prasetyo (2 tugas terbuka)" in rina.text("/tugas/tugas-1")


def test_news_cannot_be_put_into_a_page_from_outside(rina):
    assert "Selesai:" not in rina.text("/tugas?kabar=WyJkb25lIix7fV0.palsu")


# ── the desk ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_desk_has_the_form_beside_the_application_and_its_papers(rina):
    seen = rina.text("/tugas/tugas-1")

    assert "Simpan putusan" in seen, "the button names the act"
    assert "Jam berhenti; pemohon diminta memperbaiki yang ditolak" in seen
    assert "ktp budi.pdf" in seen
    assert "Miroto, Semarang Tengah" in seen
    assert "Kamis, 26 Nov 2026" in seen
    assert "Terpakai 2 dari 5 hari kerja." in seen
    assert "Angka ini konfigurasi, bukan ketetapan." in seen


def test_personal_numbers_are_masked_until_somebody_says_what_for(rina, office):
    html = rina.get("/tugas/tugas-1").text
    assert "3374010101900001" not in html
    assert "Tampilkan nomor utuh" in plain(html)

    sent = rina.post("/berkas/KRK-2026-000001/nomor", alasan="cocokkan", kembali="/tugas/tugas-1")
    assert (sent.status_code, sent.location.partition("?")[0]) == (303, "/tugas/tugas-1")
    assert [one[:3] for one in office.done] == [("unmask", "KRK-2026-000001", "cocokkan")]
    office.whole_until = NOW + timedelta(minutes=10)
    html = rina.get("/tugas/tugas-1").text
    assert "3374010101900001" in html
    assert "Nomor pribadi tampil utuh sampai 14:15" in plain(html)


def test_without_a_reason_no_number_is_shown(rina, office):
    sent = rina.post("/berkas/KRK-2026-000001/nomor", alasan="ingin tahu")

    assert "Pilih dulu untuk apa nomor itu dilihat." in rina.text(sent.location)
    assert office.done == []


def test_a_task_a_colleague_holds_can_be_read_but_not_sent(rina):
    html = rina.get("/tugas/tugas-3").text

    assert "Sedang dipegang Bagus Prasetyo." in plain(html)
    assert '<fieldset class="closed-form" disabled>' in html
    assert "Simpan putusan" not in html


def test_a_finished_task_is_a_page_not_an_error(office, rina):
    office.task_changes = {"closed_at": NOW, "closed_by": "bagus"}

    assert "Tugas ini sudah selesai." in rina.text("/tugas/tugas-1")


def test_a_task_of_another_role_is_not_there(app):
    assert Browser(app, "lulu").get("/tugas/tugas-1").status_code == 404


def test_finishing_leads_on_to_what_is_most_urgent_next(office, rina):
    answer = rina.post("/tugas/tugas-1", **{"putusan.ktp.hasil": "sesuai", "hasil": "lengkap", "kunci": "k1"})

    assert answer.status_code == 303
    verb, task, raw, files, by, key = office.done[0]
    assert (verb, task, by.id, key) == ("complete", "tugas-1", "rina", "k1")
    assert raw == {"putusan.ktp.hasil": "sesuai", "hasil": "lengkap"}
    assert files == {}
    seen = rina.text(answer.location)
    assert "Selesai: Verifikasi berkas, KRK-2026-000001." in seen
    assert "Tugas berikut yang paling mendesak: Verifikasi berkas, KRK-2026-000001" in seen


def test_sending_twice_does_it_once_and_lands_on_the_same_page(office, rina):
    first = rina.post("/tugas/tugas-1", hasil="lengkap", kunci="k1")
    second = rina.post("/tugas/tugas-1", hasil="lengkap", kunci="k1")

    assert len(office.done) == 1
    assert first.location == second.location


def test_every_form_of_a_page_carries_a_key_of_its_own(rina):
    keys = re.findall(r'name="kunci" value="([^"]+)"', rina.get("/berkas/KRK-2026-000001").text)

    assert len(keys) >= 2
    assert len(set(keys)) == len(keys)


def test_rejected_answers_come_back_with_every_problem_and_every_word(office, rina):
    office.refusals["complete"] = AnswersRejected(
        [FieldProblem("putusan.ktp.alasan", "verdict.reason"), FieldProblem("hasil", "required")]
    )

    answer = rina.post(
        "/tugas/tugas-1",
        **{"putusan.ktp.hasil": "tidak_sesuai", "putusan.nama.alasan": "Beda ejaan", "catatan": "Tolong <cek>"},
    )

    assert answer.status_code == 422
    assert "Ada 2 hal yang perlu diperbaiki" in answer.text
    assert {"#f-putusan-ktp", "#f-hasil-1"} <= set(links(answer.text))
    assert re.search(r'name="putusan.ktp.hasil" value="tidak_sesuai" checked', answer.text)
    assert "Beda ejaan</textarea>" in answer.text
    assert "Tolong &lt;cek&gt;</textarea>" in answer.text


def test_papers_are_handed_on_with_their_names(office, rina):
    rina.post("/tugas/tugas-1", foto=[(BytesIO(b"satu"), "a.jpg"), (BytesIO(b"dua"), "b.jpg")], hasil="lengkap")

    assert office.done[0][3] == {"foto": [("a.jpg", b"satu"), ("b.jpg", b"dua")]}


@pytest.mark.parametrize(
    ("refusal", "status", "told"),
    [
        (TaskGone("tugas-1", "bagus", NOW), 409, "Bagus Prasetyo menyelesaikannya pada Senin, 23 Nov 2026"),
        (TaskGone("tugas-1", None, NOW), 409, "Batas waktunya lewat"),
        (TaskHeld("bagus"), 409, "lebih dulu mengambilnya"),
        (NotYours("verifikator", "conflict"), 403, "pernah menangani berkas"),
        (NotYours("kadis"), 403, "Hanya Kadis yang dapat melakukannya"),
        (StepFailed("analisis", "no row"), 500, "Berkas ini tidak berubah"),
        (CaseMovedOn("c", 3), 409, "tulisan Anda masih ada"),
    ],
)
def test_whatever_stops_a_task_is_explained_and_the_text_is_kept(office, rina, refusal, status, told):
    office.refusals["complete"] = refusal

    answer = rina.post("/tugas/tugas-1", catatan="Sudah saya tulis\npanjang lebar")

    assert answer.status_code == status
    assert told in plain(answer.text)
    assert "Sudah saya tulis\npanjang lebar" in answer.text


# ── the case file ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_case_file_has_stages_answers_notes_diagram_and_history(rina):
    html = rina.get("/berkas/krk-2026-000001").text
    seen = plain(html)

    for part in ("sedang berjalan", "2 kali", "dilewati", "KTP : Buram", "untuk rekan kerja", "Bagus cuti"):
        assert part in seen, part
    assert '<svg class="jd jd-journey"' in html
    assert "Anda di sini" in seen, "the outline says it too"
    assert "Hendra Wijaya menyerahkan tugas" in seen
    assert "kepada: Rina Wulandari" in seen, "a login becomes the name the history knows"
    assert "Pemohon mengajukan permohonan" in seen


def test_each_day_of_the_promise_is_told_with_whose_it_was(rina):
    seen = rina.text("/berkas/KRK-2026-000001")

    assert "hari kita" in seen
    assert "libur: Sabtu" in seen
    assert "hari pemohon" in seen


def test_notes_are_for_colleagues_unless_said_otherwise(office, rina):
    rina.post("/berkas/KRK-2026-000001/catatan", catatan="Hati-hati", kunci="a")
    rina.post("/berkas/KRK-2026-000001/catatan", catatan="Berkas lengkap", pembaca="pemohon", kunci="b")

    assert [given[-1] for given in office.done] == ["internal", "public"]


def test_an_empty_note_is_not_written(office, rina):
    assert rina.post("/berkas/KRK-2026-000001/catatan", catatan="  ").status_code == 422
    assert office.done == []


def test_a_refused_paper_is_explained_on_the_same_page(app, office, rina):
    office.refusals["attach"] = DocumentRefused("lampiran", "virus.exe", "type", "PDF, JPG")

    answer = rina.post("/berkas/KRK-2026-000001/lampiran", lampiran=(BytesIO(b"MZ"), "virus.exe"))

    assert answer.status_code == 422
    assert "“virus.exe” bukan jenis yang diterima (PDF, JPG)" in plain(answer.text)


def test_pictures_open_in_the_browser_and_everything_else_is_a_download(rina):
    assert rina.get("/dokumen/dok-foto").headers["Content-Disposition"].startswith("inline")
    pdf = rina.get("/dokumen/dok-ktp")
    assert pdf.headers["Content-Disposition"].startswith("attachment")
    assert pdf.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/berkas/KRK-1999-1", "/tugas/tiada", "/dokumen/tiada"])
def test_what_is_not_there_is_a_404(rina, address):
    assert rina.get(address).status_code == 404


# ── counter, supervisor, operator ─────────────────────────────────────────────────────────────────────────────────


def test_the_counter_enters_a_case_with_its_channel_and_hands_over_a_receipt(app, office):
    lulu = Browser(app, "lulu")
    assert "Datang ke loket" in lulu.text("/loket/krk")

    answer = lulu.post("/loket/krk", nama="Budi", saluran="telepon", kunci="k")

    assert answer.status_code == 201
    verb, service, raw, _files, by, _key, channel = office.done[0]
    assert (verb, service, by.id, channel) == ("start_at_counter", "krk", "lulu", "telepon")
    assert raw == {"nama": "Budi"}, "the channel is not an answer"
    seen = plain(answer.text)
    assert "ABC234" in seen
    assert "/t/" + "s" * 26 in seen
    assert "Tanggal diberikan setelah berkas lengkap." in seen


def test_a_receipt_asked_for_twice_is_the_same_receipt(app, office):
    lulu = Browser(app, "lulu")
    first = lulu.post("/loket/krk", nama="Budi", saluran="loket", kunci="k").text
    second = lulu.post("/loket/krk", nama="Budi", saluran="loket", kunci="k").text

    assert len(office.done) == 1
    assert re.findall("KRK-2026-[^ ]*?99", plain(first)) == re.findall("KRK-2026-[^ ]*?99", plain(second))


def test_a_channel_nobody_knows_is_refused_and_the_text_kept(app, office):
    answer = Browser(app, "lulu").post("/loket/krk", nama="Budi", saluran="merpati")

    assert answer.status_code == 422
    assert 'value="Budi"' in answer.text
    assert office.done == []


def test_each_number_of_the_overview_opens_the_list_it_counts(office, kabid):
    html = kabid.get("/pengawasan").text

    shown = re.findall(r'<a href="(/kasus\?[^"]+)"[^>]*>(?:<span class="figure-count">)?(\d+)<', html)
    assert len(shown) == 4 + 4 + 4 + 1 + 2 * 2 + 1 + 1 + 1, (
        "in all, by stage, unit and person; of two queues what runs, is late, is in time; by kecamatan; escalated"
    )
    for address, count in shown:
        if not any(word in address for word in ("layanan", "unit", "petugas", "wilayah", "eskalasi")):
            assert f"{count} berkas" in kabid.text(unescape(address))
    narrowed = next(asked for what, asked in office.asked if what == "cases" and asked["state"] == "terlambat")
    assert {name for name, value in narrowed.items() if value} == {"state"}


def test_numbers_by_stage_narrow_the_list_to_service_and_stage(kabid):
    found = links(kabid.get("/pengawasan").text)

    assert "/kasus?keadaan=terlambat&layanan=krk&tahap=verifikasi" in found


def test_a_stage_without_its_service_narrows_nothing(office, kabid):
    kabid.get("/kasus?tahap=verifikasi")

    assert office.asked[-1][1]["stage"] is None


def test_what_came_up_the_ladder_waits_on_the_overview(kabid):
    assert "Keputusan menunggu saya 1" in kabid.text("/pengawasan")


def test_a_silent_scheduler_is_an_alarm_of_its_own(app, office):
    ops = Browser(app, "ops")
    assert "Penjadwal diam" not in ops.text("/operator")

    office.operations = replace(office.operations, tick_at=NOW - timedelta(minutes=5))

    assert "Penjadwal diam sejak Senin, 23 Nov 2026, 14:00 WIB" in ops.text("/operator")


def test_an_operator_retries_an_incident(app, office):
    ops = Browser(app, "ops")
    assert "tidak ada baris tabel yang cocok" in ops.text("/operator")

    answer = ops.post("/operator/insiden/i1/ulang", berkas="KRK-2026-000002")

    assert office.done[0][:2] == ("retry", "i1")
    assert "Insiden KRK-2026-000002 dicoba lagi." in ops.text(answer.location)


def test_metrics_count_routes_and_never_addresses(app):
    ops = Browser(app, "ops")
    ops.get("/berkas/KRK-2026-000001")
    ops.get("/t/rahasia-sekali-jangan-tampil")

    seen = ops.get("/metrics").text

    assert 'janji_http_requests_total{route="/berkas/<reference>",status="200"} 1.0' in seen
    assert "rahasia-sekali" not in seen
    assert "KRK-2026" not in seen
    for name in ("janji_timer_lag_seconds 4.0", "janji_outbox_age_seconds 40.0", "janji_cases_open 4.0"):
        assert name in seen


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("rina", ["/tugas", "/tugas/tugas-1", "/berkas/KRK-2026-000001", "/kasus"]),
        ("kabid", ["/pengawasan", "/tugas?tab=semua"]),
        ("lulu", ["/loket", "/loket/krk"]),
        ("ops", ["/operator"]),
    ],
)
def test_pages_have_no_inline_script_and_no_inline_style(app, who, addresses):
    browser = Browser(app, who)
    for address in addresses:
        html = browser.get(address).text
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), address
        assert not re.search(r"\sstyle=|\son[a-z]+=", html), address


@pytest.mark.parametrize(
    ("who", "addresses"),
    [
        ("rina", ["/tugas", "/tugas/tugas-1", "/tugas/tugas-3", "/berkas/KRK-2026-000001", "/kasus"]),
        ("kabid", ["/pengawasan"]),
        ("lulu", ["/loket/krk"]),
    ],
)
def test_no_two_things_on_a_page_share_an_id_and_every_label_has_its_field(app, who, addresses):
    browser = Browser(app, who)
    for address in addresses:
        html = browser.get(address).text
        ids = re.findall(r'\sid="([^"]+)"', html)
        assert sorted(ids) == sorted(set(ids)), address
        for wanted in re.findall(r'(?:\sfor|aria-labelledby)="([^"]+)"', html):
            assert set(wanted.split()) <= set(ids), (address, wanted)
        for wanted in re.findall(r'aria-describedby="([^"]+)"', html):
            assert set(wanted.split()) <= set(ids), (address, wanted)


def test_suggestions_from_the_survey_are_read_by_supervisors_without_any_name(kabid):
    seen = kabid.text("/pengawasan/saran")

    assert "Loketnya ramah, antreannya lama. November 2026" in seen
