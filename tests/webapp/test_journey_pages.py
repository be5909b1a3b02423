"""The tracking page in front of a real office: every state a citizen meets, read as they read it."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from tests.builders import Application, Office
from tests.engine.test_journey import ADU, KRK, REJECTED
from tests.webapp.browsing import Visitor, words

SOLVED = (
    ("verifikasi_laporan", "lengkap"),
    ("disposisi", "ke_disperkim"),
    ("jawaban_unit", "ditindaklanjuti"),
    ("tindak_lanjut", "bukti"),
    ("balasan", "kirim"),
    ("tanggapan_pelapor", "terima"),
)


@pytest.fixture
def office(city_office: Office) -> Office:
    return city_office


@pytest.fixture
def visitor(office: Office) -> Visitor:
    return Visitor(office.janji)


@pytest.fixture
def krk(office: Office) -> Application:
    return office.apply("krk", KRK["perorangan"])


@pytest.fixture
def overdue(office: Office, krk: Application) -> Application:
    office.do(krk, "verifikasi_berkas", KRK["lengkap"])
    office.work_through("2026-12-01T09:00")
    return krk


@pytest.fixture
def solved(office: Office) -> Application:
    """A street lamp, answered and confirmed on the first day."""
    report = office.apply("complaint", ADU["lampu_jalan"])
    for element, sample in SOLVED:
        office.do(report, element, ADU[sample])
    return report


def path(case: Application) -> str:
    return f"/t/{case.token}"


def form(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to an address."""
    body = page.partition(f'action="{action}"')[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body))


def press(visitor: Visitor, case: Application):
    page = visitor.get(path(case))
    return visitor.client.post(f"{path(case)}/desak", data=form(page.text, f"{path(case)}/desak"))


def test_what_was_rejected_stands_on_the_page_with_its_reason_and_what_follows_from_silence(office, visitor, krk):
    office.do(krk, "verifikasi_berkas", REJECTED)

    box = words(visitor.get(path(krk))).partition("Giliran Anda")[2].partition("Perjalanan berkas")[0]

    assert "Foto KTP tidak terbaca." in box
    assert "Senin, 7 Des 2026" in box
    assert "permohonan ditutup" in box


def test_an_overdue_case_offers_to_press_for_it_and_names_the_law(visitor, overdue):
    page = words(visitor.get(path(overdue)))

    assert "Desak penyelesaian" in page
    assert "21 hari kerja" in page
    assert "KRK adalah keterangan dan bukan izin" in page


def test_pressing_gives_a_receipt_that_can_be_printed_and_is_offered_again_only_later(visitor, overdue):
    answer = press(visitor, overdue)
    receipt, page = words(visitor.get(answer.headers["Location"])), words(visitor.get(path(overdue)))

    assert answer.status_code == 303
    assert f"{overdue.reference}-D1" in receipt
    assert "Admin OPD, Kepala OPD" in receipt
    assert "Dapat diulang mulai Kamis, 3 Des 2026" in page
    assert "Anda mendesak; diberitahukan kepada Admin OPD, Kepala OPD" in page


def test_pressing_by_force_while_it_is_shut_is_refused_with_a_page(visitor, krk):
    other = visitor.get("/lacak")
    forced = visitor.client.post(f"{path(krk)}/desak", data=form(other.text, "") or {})

    assert forced.status_code in (400, 409)


@pytest.mark.parametrize("count", [0, 2, 99])
def test_a_receipt_that_was_never_given_is_not_there(visitor, overdue, count):
    press(visitor, overdue)

    assert visitor.get(f"{path(overdue)}/desak/{count}").status_code == 404


def test_the_warning_before_the_miss_stands_on_the_page_as_an_estimate(office, visitor, krk):
    office.do(krk, "verifikasi_berkas", KRK["lengkap"])
    office.work_through("2026-11-27T09:00")

    page = words(visitor.get(path(krk)))

    assert "Mungkin tidak selesai pada waktunya" in page
    assert "(perkiraan)" in page
    assert "Janji kami tetap Senin, 30 Nov 2026" in page


def test_whoever_is_asked_what_they_think_of_an_answer_can_read_it_there(office, visitor):
    report = office.apply("complaint", ADU["lampu_jalan"])
    for element, sample in SOLVED[:-1]:
        office.do(report, element, ADU[sample])

    assert ADU["kirim"]["jawaban"][:40] in words(visitor.get(path(report)))


def test_whoever_withdrew_is_not_asked_whether_they_object_to_the_result(office, visitor, krk):
    office.engine.withdraw(krk.token, "", "k1")

    page = words(visitor.get(path(krk)))

    assert "Tidak setuju dengan hasilnya?" not in page
    assert "Jawaban kami" not in page


def test_four_weeks_later_one_press_answers_whether_it_is_really_fixed(office, visitor, solved):
    office.wait("+28d")
    page = visitor.get(path(solved))
    task = office.task(solved, "masih_beres")
    action = f"{path(solved)}/tugas/{task.id}"

    assert "Apakah sungguh sudah beres?" in words(page)
    answer = visitor.client.post(action, data={**form(page.text, action), "hasil": "belum"})

    assert answer.status_code == 303
    assert office.case(solved).ended_at is not None
    assert "belum_beres" in office.told(solved)


def test_nonsense_as_an_answer_to_the_question_comes_back_as_a_form_with_the_mistake(office, visitor, solved):
    office.wait("+28d")
    page = visitor.get(path(solved))
    action = f"{path(solved)}/tugas/{office.task(solved, 'masih_beres').id}"

    answer = visitor.client.post(action, data={**form(page.text, action), "hasil": "mungkin"})

    assert answer.status_code == 422
    assert office.open(solved) == ["masih_beres"]


def test_a_result_can_be_followed_by_a_new_report_that_names_it(visitor, solved):
    page = visitor.get(path(solved))
    action = f"{path(solved)}/lapor-lagi"

    answer = visitor.client.post(action, data=form(page.text, action))

    assert answer.status_code == 303
    token = visitor_draft(visitor)
    assert visitor.janji.queries.draft(token).values["nomor_izin"] == solved.reference


def visitor_draft(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as session:
        return str(session["drafts"]["complaint"])


def test_a_permit_cannot_be_followed_by_a_report_of_the_same_service(visitor, krk):
    assert visitor.client.post(f"{path(krk)}/lapor-lagi").status_code in (400, 404)


def test_the_twin_says_in_iso_what_the_page_says(office, visitor, overdue):
    press(visitor, overdue)

    answer = visitor.get(f"{path(overdue)}.json")
    told = json.loads(answer.text)

    assert answer.headers["Cache-Control"] == "private, no-store"
    assert told["reference"] == overdue.reference
    assert told["promise"]["due_on"] == "2026-11-30"
    assert told["promise"]["overdue"] is True
    assert next(day["on"] for day in told["promise"]["days"]) == "2026-11-23"
    assert {row["id"]: row["target_on"] for row in told["stages"]}["penugasan"] == "2026-11-24"
    assert told["pressed"][0]["number"] == f"{overdue.reference}-D1"
    assert told["warnings"]
    assert {act["act"] for act in told["acts"]} == {"task", "withdraw", "press", "download"}


def test_the_twin_holds_no_person_and_no_key(office, visitor, overdue):
    told = visitor.get(f"{path(overdue)}.json").text

    for field in ("nama", "nik", "telepon", "email", "alamat"):
        assert str(KRK["perorangan"][field]) not in told
    assert overdue.token not in told
    assert overdue.code not in told


@pytest.mark.parametrize("page", ["", ".json", "/hitungan", "/tarik", "/desak/1"])
def test_a_link_of_nobody_and_a_link_cut_short_get_the_very_same_answer(office, visitor, overdue, page):
    answers = [visitor.get(f"/t/{token}{page}") for token in ("x" * 26, overdue.token[:-1], overdue.token + "a")]

    bodies = {re.sub(r'nonce="[^"]*"|/t/[^"?]*', "", answer.text) for answer in answers}
    headers = [
        {name: value for name, value in answer.headers.items() if name not in ("Content-Security-Policy", "Set-Cookie")}
        for answer in answers
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len(bodies) == 1
    assert headers[0].keys() == headers[1].keys() == headers[2].keys()


def test_in_its_fullest_state_the_page_with_all_it_loads_stays_under_fifty_kilobytes(office, visitor, overdue):
    press(visitor, overdue)
    office.work_through("2026-12-10T09:00")
    page = visitor.get(path(overdue))

    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', page.text)

    assert len(page.data) + sum(len(visitor.get(one).data) for one in (*sheets, *scripts)) <= 50_000


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_sum_can_be_redone_from_its_page(office, visitor, language):
    report = office.apply("complaint", ADU["lampu_jalan"])
    office.do(report, "verifikasi_laporan", ADU["perlu_keterangan"])
    office.wait("+3d")
    office.do(report, "lengkapi_laporan", ADU["keterangan"])

    page = visitor.get(f"{path(report)}/hitungan?bahasa={language}")
    days = re.findall(r'<th scope="row"><time datetime="([^"]+)">', page.text.rpartition("<table>")[2])

    promise = office.queries.tracking(report.token).promise
    assert [date.fromisoformat(day) for day in days] == [day.on for day in promise.days]
    assert page.text.count("<caption") == 3, "when the clock stood still, what moved, day by day"
    assert ("Diminta oleh Admin pengaduan" if language == "id" else "Asked by Complaints coordinator") in words(page)
