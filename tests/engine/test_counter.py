"""The counter's day: a telephone complaint, yesterday's letter, somebody without any address, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.errors import AnswersRejected
from engine.model import Came, Post
from engine.stories.samples import sample_jpeg
from engine.views import Receipt
from tests.builders import Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE
from webapp import create_app

CLERK = staff("loket", login="lulu")
SAID = {name: value for name, value in SAMPLES["banjir"].items() if name not in ("foto", "telepon")}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = office_in(tmp_path)  # Monday 23 November 2026, 09:00
    opened.publish(SERVICE)
    opened.janji.accounts.add("lulu", "Lulu", "", "a long password", frozenset({Post("loket")}))
    yield opened
    opened.janji.close()


@pytest.fixture
def clerk(office: Office) -> FlaskClient:
    app = create_app(office.janji)
    app.config.update(WTF_CSRF_ENABLED=False)
    client = app.test_client()
    client.post("/masuk", data={"pengguna": "lulu", "sandi": "a long password"})
    return client


def enter(office: Office, on: date | None = None, why: str = "", key: str = "k", channel: str = "surat") -> Receipt:
    return office.engine.start_at_counter("complaint", SAID, {}, CLERK, key, channel, Came(on, why))


def test_a_letter_counts_from_the_day_it_came(office: Office) -> None:
    office.wait("2026-11-25T10:00")

    receipt = enter(office, date(2026, 11, 23), "Surat masuk, loket tutup.")

    assert receipt.due_at is not None
    assert office.janji.city.calendar.on(receipt.due_at) == date(2026, 12, 3)
    assert receipt.counts_from_on == date(2026, 11, 23)
    with office.store.read() as reads:
        [entry] = reads.audit(receipt.case_id)
    assert office.janji.city.calendar.on(entry.at) == date(2026, 11, 25)
    assert entry.facts["received"].startswith("2026-11-23")
    assert entry.facts["reason"] == "Surat masuk, loket tutup."
    page = seat(office, "admin_pengaduan").get(f"/berkas/{receipt.reference}").text
    assert "alasan: Surat masuk, loket tutup.; saluran: surat; diterima: Senin, 23 Nov 2026" in page


def test_a_letter_that_came_on_a_closed_day_counts_from_the_next_open_one(office: Office) -> None:
    receipt = enter(office, date(2026, 11, 21), "Datang hari Sabtu.")

    assert receipt.counts_from_on == date(2026, 11, 23)


def test_what_should_have_been_done_meanwhile_is_late_at_once(office: Office) -> None:
    office.wait("2026-11-27T10:00")
    receipt = enter(office, date(2026, 11, 23), "Surat terselip.")
    office.wake_due()

    with office.store.read() as reads:
        assert "verifikasi_lewat" in [notice.text for notice in reads.notices(receipt.case_id)]


@pytest.mark.parametrize(
    ("on", "why", "code"),
    [
        (date(2026, 11, 24), "besok", "received.future"),
        (date(2026, 11, 8), "lama", "received.too_early"),
        (date(2026, 11, 20), " ", "received.why"),
    ],
)
def test_never_later_than_now_never_too_long_ago_never_without_a_reason(
    office: Office, on: date, why: str, code: str
) -> None:
    with pytest.raises(AnswersRejected) as refused:
        enter(office, on, why)

    assert [problem.code for problem in refused.value.problems] == [code]
    assert office.inbox("admin_pengaduan") == []


def test_a_clerk_sees_what_is_wrong_with_the_day_and_with_the_words_at_once(office: Office) -> None:
    said = {**SAID, "judul": ""}

    with pytest.raises(AnswersRejected) as refused:
        office.engine.start_at_counter("complaint", said, {}, CLERK, "k", "surat", Came(date(2026, 11, 8)))

    assert {problem.path for problem in refused.value.problems} == {"judul", "terima_pada", "terima_sebab"}


def test_a_reason_is_kept_without_the_spaces_around_it(office: Office) -> None:
    receipt = enter(office, date(2026, 11, 20), "  Loket tutup. ")

    with office.store.read() as reads:
        assert reads.audit(receipt.case_id)[0].facts["reason"] == "Loket tutup."


def test_today_needs_no_reason_and_counts_from_now(office: Office) -> None:
    receipt = enter(office, date(2026, 11, 23))

    assert receipt.received_at == office.clock.now()


def test_a_telephone_complaint_from_the_form_to_the_goodbye(office: Office, clerk: FlaskClient) -> None:
    page = clerk.get("/loket/complaint").text
    assert "WhatsApp atau SMS" in page
    assert "Formulir di situs ini" not in page

    answer = clerk.post("/loket/complaint", data={**SAID, "saluran": "telepon", "kunci": "k1"})

    assert answer.status_code == 201
    [task] = office.inbox("admin_pengaduan")
    with office.store.read() as reads:
        case = reads.case(task.case_id)
    assert case.channel == "telepon"
    assert "Ucapkan sebelum berpisah" in answer.text
    assert "Kami jawab paling lambat Kamis, 3 Des 2026" in answer.text
    assert "kode lacak" in answer.text
    assert "Pemohon tidak meninggalkan telepon atau surel" in answer.text
    assert "<svg" in answer.text
    assert "lewat telepon" in seat(office, "admin_pengaduan").get(f"/berkas/{case.reference}").text


def test_whoever_left_a_telephone_is_told_that_news_goes_there(office: Office, clerk: FlaskClient) -> None:
    answer = clerk.post(
        "/loket/complaint", data={**SAID, "telepon": "0812-0000-0101", "saluran": "telepon", "kunci": "k7"}
    )

    assert "Tautan dan kabar kami kirim juga ke" in answer.text
    assert "Pemohon tidak meninggalkan" not in answer.text


def test_a_mistake_loses_neither_words_nor_photos(office: Office, clerk: FlaskClient) -> None:
    photo = (BytesIO(sample_jpeg("banjir")), "banjir.jpg")
    sent = {**SAID, "judul": "", "saluran": "telepon", "foto": photo, "kunci": "k2"}
    refused = clerk.post("/loket/complaint", data=sent, content_type="multipart/form-data")

    assert refused.status_code == 422
    assert SAID["uraian"] in refused.text
    draft = refused.text.split('name="draf" value="')[1].split('"')[0]
    paper = refused.text.split('name="foto" value="')[1].split('" checked')[0]

    again = {**SAID, "saluran": "telepon", "draf": draft, "foto": paper, "kunci": "k3"}
    assert clerk.post("/loket/complaint", data=again).status_code == 201
    [task] = office.inbox("admin_pengaduan")
    with office.store.read() as reads:
        assert [one.id for one in reads.documents(task.case_id)] == [paper]


def test_complaints_alike_are_read_to_the_caller_once(office: Office, clerk: FlaskClient) -> None:
    first = office.apply("complaint", SAMPLES["banjir"])

    looked = clerk.post("/loket/complaint", data={**SAID, "saluran": "telepon", "kunci": "k4"})
    assert looked.status_code == 422
    assert first.reference in looked.text
    assert SAMPLES["banjir"]["nama"] not in looked.text.split("<form")[0]
    draft = looked.text.split('name="draf" value="')[1].split('"')[0]

    sure = {**SAID, "saluran": "telepon", "draf": draft, "serupa": "dilihat", "kunci": "k4"}
    assert clerk.post("/loket/complaint", data=sure).status_code == 201
    assert clerk.post("/loket/complaint", data=sure).status_code == 201
    assert len(office.inbox("admin_pengaduan")) == 2


def test_an_entry_whose_answer_got_lost_is_sent_again_as_it_was_and_gives_the_same_receipt(
    office: Office, clerk: FlaskClient
) -> None:
    sent = {**SAID, "saluran": "telepon", "kunci": "k6"}
    first, again = (clerk.post("/loket/complaint", data=sent) for _answer_was_lost in range(2))

    assert (first.status_code, again.status_code) == (201, 201)
    assert link(again.text) == link(first.text)
    assert len(office.inbox("admin_pengaduan")) == 1


def test_a_day_that_is_wrong_is_said_where_it_was_typed(office: Office, clerk: FlaskClient) -> None:
    sent = {**SAID, "saluran": "surat", "terima_pada": "2026-11-30", "terima_sebab": "x", "kunci": "k5"}

    refused = clerk.post("/loket/complaint", data=sent)

    assert refused.status_code == 422
    assert "Tanggal terima tidak boleh sesudah hari ini." in refused.text
    assert SAID["uraian"] in refused.text


def test_channels_are_counted_and_each_number_is_a_list(office: Office) -> None:
    office.apply("complaint", SAMPLES["lampu_jalan"])
    enter(office, channel="telepon", key="a")
    enter(office, channel="telepon", key="b")

    assert office.queries.channels(staff("admin_pengaduan")) == {"telepon": 2, "web": 1}
    rows, total, _further = office.queries.cases(staff("admin_pengaduan"), channel="telepon")
    assert (total, {row.case.channel for row in rows}) == (2, {"telepon"})
    page = seat(office, "admin_pengaduan").get("/loket").text
    assert 'href="/kasus?saluran=telepon"' in page


def link(page: str) -> str:
    """The way to the case that a receipt hands over, with its secret."""
    return page.split("/t/")[1].split('"')[0].split("<")[0]


def seat(office: Office, role: str) -> FlaskClient:
    app = create_app(office.janji)
    app.config.update(WTF_CSRF_ENABLED=False)
    office.janji.accounts.add(role, role.title(), "", "a long password", frozenset({Post(role)}))
    client = app.test_client()
    client.post("/masuk", data={"pengguna": role, "sandi": "a long password"})
    return client
