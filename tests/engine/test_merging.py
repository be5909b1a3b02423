"""Complaints of the same matter go together: one answer reaches every reporter, and every promise stays their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.errors import AnswersRejected, CannotMerge, NotFound, NotYours, WindowClosed
from engine.model import Actor, PromiseState
from engine.questions.likeness import MOST
from tests.builders import Application, Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE, do
from webapp import create_app

ADMIN = staff("admin_pengaduan", login="rina")
OTHER = staff("admin_pengaduan", login="bagus")
WHY = "Tiang lampu yang sama."
_keys = (f"merge-{number}" for number in count())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = office_in(Path(tmp_path_factory.mktemp("office")))
    opened.publish(SERVICE)
    yield opened
    opened.janji.close()


def report(office: Office, person: str = "siti", **more: object) -> Application:
    contact = {"nama": person.title(), "email": f"{person}@contoh.example", "telepon": ""}
    return office.apply("complaint", {**SAMPLES["lampu_jalan"], **contact, **more})


def merge(office: Office, case: Application, main: Application, by: Actor = ADMIN, why: str = WHY) -> None:
    office.engine.merge(case.reference, main.reference, why, by, next(_keys))


def part(office: Office, case: Application, by: Actor = ADMIN, why: str = "") -> None:
    office.engine.part(case.reference, why, by, next(_keys))


def answer(office: Office, main: Application) -> None:
    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    do(office, main, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"), ("balasan", "kirim"))


def carrier(office: Office, case: Application) -> str | None:
    with office.store.read() as reads:
        merger = reads.merger(case.id)
        return merger and reads.case(merger.main_id).reference


def send_all(office: Office) -> None:
    while office.janji.outbox.send_due().sent:
        pass


def kept(office: Office, case: Application) -> PromiseState:
    return office.engine.promises(case.id)[0].state


def mails_to(office: Office, person: str) -> list[str]:
    return [message.subject for message in office.mail.messages if message.to.where == f"{person}@contoh.example"]


def test_a_merged_complaint_has_no_work_left_and_keeps_its_own_date(office: Office) -> None:
    main = report(office)
    office.wait("+1d")
    late = report(office, "budi")
    due = office.case(late).due_at

    merge(office, late, main)

    assert office.open(late) == []
    assert office.case(late).due_at == due
    assert kept(office, late) is PromiseState.RUNNING
    assert office.told(late)[-2:] == ["digabung", "tahap_diikuti"]


def test_every_reporter_hears_of_every_stage_and_of_the_answer_at_their_own_link(office: Office) -> None:
    main, other = report(office, "wati"), report(office, "joko")
    merge(office, other, main)
    send_all(office)
    office.mail.messages.clear()

    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    send_all(office)

    assert mails_to(office, "joko") == [f"Laporan {other.reference}: Diteruskan ke unit"]
    [mail] = [one for one in office.mail.messages if one.to.where == "joko@contoh.example"]
    assert f"/t/{other.token}" in mail.body
    assert main.reference not in mail.body + mail.subject
    assert main.token not in mail.body

    do(office, main, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"))
    send_all(office)
    office.mail.messages.clear()
    do(office, main, ("balasan", "kirim"))
    send_all(office)

    assert mails_to(office, "joko") == [f"Laporan {other.reference} sudah dijawab"]
    assert (office.open(other), kept(office, other)) == (["tanggapan_pelapor"], PromiseState.KEPT)
    do(office, other, ("tanggapan_pelapor", "terima"))
    assert office.case(other).outcome == "selesai"
    assert office.queries.survey(other.token).state.value == "open"


def test_lacak_of_a_merged_complaint_says_where_the_main_one_is(office: Office) -> None:
    main, other = report(office, "wati"), report(office, "joko", telepon="0812-0000-0202")
    merge(office, other, main)
    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    send_all(office)
    office.texts.messages.clear()

    office.engine.hear("0812-0000-0202", f"LACAK {other.reference}")
    send_all(office)

    assert "Sekarang di Disperkim, kantor ke-2 dari 2." in office.texts.messages[0].body


def test_a_promise_that_runs_out_while_another_case_carries_it_is_broken_and_climbs_the_ladder_once(
    office: Office,
) -> None:
    early = report(office)
    office.wait("+5d")
    main = report(office, "budi")
    merge(office, early, main)

    office.wait("+8d")

    assert office.told(early).count("lewat_batas") == 1
    assert "tindak_lanjut_opd_admin" in office.open(early)
    answer(office, main)
    send_all(office)
    assert kept(office, early) is PromiseState.BROKEN
    assert kept(office, main) is PromiseState.KEPT


def test_merging_what_is_late_already_climbs_no_ladder_again(office: Office) -> None:
    late = report(office)
    office.wait("+12d")
    before = office.told(late).count("lewat_batas")
    merge(office, late, report(office, "budi"))
    office.wait("+1d")

    part(office, late, why="Ternyata tiang lain.")
    office.wait("+1d")

    assert (before, office.told(late).count("lewat_batas")) == (1, 1)


def test_a_complaint_parted_after_a_warning_is_not_warned_of_again(office: Office) -> None:
    other = report(office)
    office.wait("+6d")
    merge(office, other, report(office, "budi"))
    part(office, other)
    office.wait("+2h")
    assert office.told(other).count("peringatan_50") == 2, "the coordinator's and the unit's"

    office.wait("+3d")
    merge(office, other, report(office, "wati"))
    part(office, other)
    office.wait("+2h")
    assert office.told(other).count("peringatan_75") == 3, "the coordinator's and two of the unit"


def test_undone_within_ten_minutes_the_work_goes_on_where_it_stood(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    do(office, other, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    merge(office, other, main)

    part(office, other)

    assert office.open(other) == ["jawaban_unit"]
    assert carrier(office, other) is None
    assert office.told(other)[-1] == "dipisah_masuk" or "dipisah" in office.told(other)


def test_later_parting_needs_a_reason_and_moves_no_date(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    due = office.case(other).due_at
    merge(office, other, main)
    office.clock.forward(minutes=10)

    with pytest.raises(AnswersRejected):
        part(office, other)
    part(office, other, why="Lampu lain.")

    assert (office.open(other), office.case(other).due_at) == (["verifikasi_laporan"], due)
    with office.store.read() as reads:
        assert [e.facts["reason"] for e in reads.audit(other.id) if e.verb == "part"] == ["Lampu lain."]


def test_a_colleague_cannot_undo_without_a_reason(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)

    with pytest.raises(AnswersRejected):
        part(office, other, by=OTHER)


def test_chains_are_flattened_and_what_a_case_carried_comes_along(office: Office) -> None:
    first, second, third, fourth = (report(office, name) for name in ("siti", "budi", "wati", "joko"))
    merge(office, third, second)
    merge(office, second, first)
    merge(office, fourth, third)

    assert {carrier(office, one) for one in (second, third, fourth)} == {first.reference}
    with pytest.raises(CannotMerge, match="circular"):
        merge(office, first, third)
    with pytest.raises(CannotMerge, match="same"):
        merge(office, first, first)

    part(office, second)
    assert [carrier(office, one) for one in (second, third, fourth)] == [None, second.reference, first.reference]


def test_a_wrong_main_complaint_is_changed_for_the_right_one(office: Office) -> None:
    wrong, right, other = report(office), report(office, "budi"), report(office, "wati")
    merge(office, other, wrong)

    merge(office, other, right)

    assert carrier(office, other) == right.reference
    answer(office, right)
    send_all(office)
    assert office.open(other) == ["tanggapan_pelapor"]


def test_a_reporter_whose_complaint_was_merged_disputes_once_and_the_office_that_answered_works_on_it(
    office: Office,
) -> None:
    main, other = report(office, "wati"), report(office, "joko")
    merge(office, other, main)
    answer(office, main)
    send_all(office)
    do(office, main, ("tanggapan_pelapor", "terima"))

    do(office, other, ("tanggapan_pelapor", "belum_selesai"))

    again = office.task(other, "tindak_lanjut_ulang")
    assert (again.role, again.unit) == ("penghubung", "disperkim")
    assert office.case(main).outcome == "selesai", "the one who is content stays so"
    office.clock.forward(days=1)
    do(office, other, ("tindak_lanjut_ulang", "bukti"), ("balasan_sanggahan", "kirim"))
    promises = {one.rule.id: one.state for one in office.engine.promises(other.id)}
    assert promises == {"penanganan": PromiseState.KEPT, "sanggahan": PromiseState.KEPT}
    assert (office.open(other), office.case(other).outcome) == ([], "selesai")


def test_a_merged_reporter_who_stays_silent_is_reminded_and_then_closed_like_anybody(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)
    answer(office, main)
    send_all(office)

    office.wait("+13wd")

    assert {"akan_ditutup", "ditutup_tanpa_tanggapan"} <= set(office.told(other))
    assert office.case(other).outcome == "selesai"


def test_what_was_promised_on_condition_is_done_once_and_every_reporter_is_asked_then(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)
    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dpu"))
    do(office, main, ("jawaban_unit", "bersyarat"), ("balasan", "kirim"))
    send_all(office)
    assert (office.open(other), office.case(other).stage) == ([], "ditindaklanjuti")

    do(office, main, ("pelaksanaan_janji", "bukti"), ("balasan_pelaksanaan", "kirim"))
    send_all(office)

    assert office.open(other) == ["tanggapan_pelapor"]
    assert "janji_dilaksanakan" in office.told(other)


def test_a_main_complaint_withdrawn_before_its_promise_is_done_lets_the_others_say_whether_it_is(
    office: Office,
) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)
    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dpu"))
    do(office, main, ("jawaban_unit", "bersyarat"), ("balasan", "kirim"))
    send_all(office)

    office.engine.withdraw(main.token, "Pindah rumah.", next(_keys))
    send_all(office)

    assert office.open(other) == ["tanggapan_pelapor"]
    assert "induk_ditarik" in office.told(other)


def test_a_withdrawn_main_complaint_lets_go_of_what_it_carried(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)

    office.engine.withdraw(main.token, "Sudah menyala.", next(_keys))
    send_all(office)

    assert carrier(office, other) is None
    assert office.open(other) == ["verifikasi_laporan"]
    assert kept(office, other) is PromiseState.RUNNING


def test_a_main_complaint_that_is_explained_and_closed_answers_them_all(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    merge(office, other, main)

    do(office, main, ("verifikasi_laporan", "bukan_wewenang"))
    send_all(office)

    assert (office.case(other).outcome, kept(office, other)) == ("digabung", PromiseState.KEPT)


def test_nothing_is_merged_into_what_was_answered_and_nothing_parted_from_it(office: Office) -> None:
    main, other, late = report(office), report(office, "budi"), report(office, "wati")
    merge(office, other, main)
    answer(office, main)
    send_all(office)

    with pytest.raises(CannotMerge, match="main_not_open"):
        merge(office, late, main)
    with pytest.raises(WindowClosed):
        part(office, other, why="Terlambat.")


def test_only_who_works_on_it_merges_and_nobody_with_an_interest(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    with pytest.raises(NotYours):
        merge(office, other, main, staff("penghubung", "dpu"))

    office.engine.stand_aside(office.task(other, "verifikasi_laporan").id, "", OTHER)
    with pytest.raises(NotYours, match="conflict"):
        merge(office, other, main, OTHER)
    with pytest.raises(AnswersRejected):
        merge(office, other, main, why=" ")


def test_a_confidential_complaint_carries_none_and_shows_itself_to_nobody(office: Office) -> None:
    hidden, open_ = report(office, rahasia=True), report(office, "budi")

    with pytest.raises(CannotMerge, match="confidential"):
        merge(office, open_, hidden)
    do(office, open_, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    with pytest.raises(NotFound):
        merge(office, open_, hidden, staff("penghubung", "disperkim"))


def test_sent_twice_it_is_merged_once(office: Office) -> None:
    main, other = report(office), report(office, "budi")
    for _ in range(2):
        office.engine.merge(other.reference, main.reference, WHY, ADMIN, "the same key")

    assert office.history(other).count("merge") == 1


# ── what pages say ────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_reporter_reads_what_everybody_may_know_of_the_main_complaint_and_nothing_of_its_reporter(
    office: Office,
) -> None:
    main, other = report(office, "wati", uraian="Saya Wati, rumah saya di depan tiang itu."), report(office, "joko")
    do(office, main, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    merge(office, other, main)
    pages = create_app(office.janji).test_client()

    page = pages.get(f"/t/{other.token}").text
    assert "Laporan Anda ditangani bersama laporan yang sama" in page
    assert f"/laporan/{main.reference}" in page
    assert "Dibawa berkas gabungan: Pejabat penghubung, Disperkim" in page
    for said in ("Wati", "wati@contoh.example", "rumah saya", main.token):
        assert said not in page
    assert other.reference not in pages.get(f"/t/{main.token}").text

    do(office, main, ("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti"), ("balasan", "kirim"))
    send_all(office)
    assert SAMPLES["kirim"]["jawaban"] in pages.get(f"/t/{other.token}").text
    told = pages.get(f"/t/{other.token}.json").json["carried_by"]
    assert (told["reference"], told["answers"][-1]["text"]) == (main.reference, SAMPLES["kirim"]["jawaban"])


def test_a_clerk_finds_complaints_alike_merges_one_and_takes_it_back(office: Office) -> None:
    there = {"kelurahan": "33.74.10.1004", "titik": "-7.0490, 110.4380"}  # far from all others of this office
    main, other = report(office, **there), report(office, "budi", **there)
    hidden = report(office, "wati", rahasia=True, **there)
    clerk = seat(office, "merging.clerk")
    path = f"/berkas/{other.reference}"

    desk = clerk.get(f"/tugas/{office.task(other, 'verifikasi_laporan').id}").text
    assert "Bandingkan dan gabungkan" in desk
    choice = clerk.get(f"{path}/gabung").text
    assert main.reference in choice
    assert hidden.reference not in choice

    refused = clerk.post(f"{path}/gabung", data={"nomor": main.reference, "alasan": "", "kunci": "k1"})
    assert refused.status_code == 422
    assert f'value="{main.reference}"' in refused.text
    unknown = clerk.post(f"{path}/gabung", data={"nomor": "ADU-2026-999999", "alasan": WHY, "kunci": "k2"})
    assert unknown.status_code == 422
    clerk.post(f"{path}/gabung", data={"induk": main.reference, "alasan": WHY, "kunci": "k3"})
    assert carrier(office, other) == main.reference
    assert other.reference in clerk.get(f"/berkas/{main.reference}").text

    clerk.post(f"{path}/pisah", data={"kunci": "k4"})
    assert carrier(office, other) is None


def test_the_case_itself_takes_no_place_among_those_like_it(office: Office) -> None:
    there = {"kelurahan": "33.74.10.1005", "titik": "-7.0690, 110.4380"}
    others = [report(office, f"orang{n}", **there) for n in range(MOST)]
    office.clock.forward(minutes=1)
    newest = report(office, "siti", **there)

    assert {one.case.reference for one in office.queries.together(newest.reference, ADMIN).alike} == {
        one.reference for one in others
    }


def seat(office: Office, login: str) -> FlaskClient:
    """The browser of a coordinator who has signed in."""
    app = create_app(office.janji)
    app.config.update(WTF_CSRF_ENABLED=False)
    office.janji.accounts.add(login, login.title(), "", "a long password", ADMIN.posts)
    client = app.test_client()
    client.post("/masuk", data={"pengguna": login, "sandi": "a long password"})
    return client
