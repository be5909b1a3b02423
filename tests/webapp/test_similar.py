"""Open complaints like one's own are shown before it is sent, and can be followed instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ROOT, Application, Office, office_in, staff
from tests.samples import sample
from tests.webapp.browsing import Visitor, words

FORM = "/layanan/complaint/ajukan"
LOOK = f"{FORM}/serupa"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Office]:
    office = office_in(tmp_path)
    office.publish(ROOT / "processes" / "complaint")
    yield office
    office.janji.close()


def lamp(**over: Any) -> dict[str, Any]:
    return sample("complaint", "lampu_jalan", foto=None, **over)


def reported(town: Office, **over: Any) -> Application:
    return town.apply("complaint", lamp(**over))


def writing(town: Office, **over: Any) -> Visitor:
    """Somebody in the middle of the same report, on their own telephone."""
    visitor = Visitor(town.janji)
    draft = town.engine.begin_draft("complaint", "id")
    town.engine.save_draft(draft, lamp(**over), {})
    with visitor.client.session_transaction() as session:
        session["drafts"] = {"complaint": draft}
    return visitor


def references(page: Any) -> list[str]:
    return re.findall(r'name="nomor" value="([^"]+)"', page.text)


def test_before_the_check_the_open_report_of_the_same_kind_and_kelurahan_is_shown(town):
    other = reported(town)
    visitor = writing(town)

    assert visitor.get(f"{FORM}/periksa").location.endswith(LOOK)
    page = visitor.get(LOOK)
    assert references(page) == [other.reference]
    assert "Lampu jalan (PJU) mati" in words(page)


def test_nothing_that_the_other_reporter_typed_is_shown(town):
    given = lamp()
    reported(town)
    shown = words(writing(town, judul="Lain", uraian="Lain sekali", lokasi="Di sana").get(LOOK))

    for typed in ("judul", "uraian", "lokasi", "nama"):
        assert str(given[typed]) not in shown


@pytest.mark.parametrize(
    "over",
    [
        {"kategori": "pohon"},
        {"kelurahan": "33.74.10.1004", "titik": None},
        {"rahasia": True},
    ],
    ids=["another kind", "another kelurahan", "confidential"],
)
def test_a_report_that_is_not_like_it_or_confidential_is_not_shown(town, over):
    reported(town, **over)

    assert writing(town, titik=None).get(f"{FORM}/periksa").status_code == 200


def test_across_the_border_of_a_kelurahan_only_released_points_are_compared_so_that_none_can_be_found_by_trying(town):
    near = reported(town, kelurahan="33.74.10.1004", titik="-6.98300, 110.41000")
    far = reported(town, kelurahan="33.74.10.1004", titik="-6.99000, 110.41000")
    visitor = writing(town, titik="-6.98301, 110.41210")
    assert visitor.get(f"{FORM}/periksa").status_code == 200, "nothing to look at before anybody released a point"

    for one, point in ((near, "-6.983,110.410"), (far, "-6.990,110.410")):
        town.engine.release_to_public(one.reference, "Lampu.", point, (), "x", staff("admin_pengaduan"), one.reference)
        town.confirm_release(one)
    assert references(visitor.get(LOOK)) == [near.reference]


def test_a_closed_report_is_not_shown(town):
    other = reported(town)
    town.engine.withdraw(other.token, "", "w")

    assert writing(town).get(f"{FORM}/periksa").status_code == 200


def test_at_most_five_are_shown_the_newest_first(town):
    made = []
    for _ in range(7):
        made.append(reported(town).reference)
        town.clock.forward(minutes=1)

    assert references(writing(town).get(LOOK)) == made[:1:-1]


def test_whoever_says_theirs_is_different_goes_on_and_is_not_asked_again(town):
    reported(town)
    visitor = writing(town)
    answer = visitor.send(LOOK, {"aksi": "beda"})

    assert answer.location.endswith("/periksa")
    assert visitor.get(f"{FORM}/periksa").status_code == 200


def test_who_follows_is_told_of_stages_only_after_confirming_and_never_gets_the_link_of_the_case(town):
    other = reported(town)
    visitor = writing(town)
    done = visitor.send(LOOK, {"aksi": "ikuti", "nomor": other.reference, "kontak": "budi@contoh.example"})
    town.janji.outbox.send_due()
    mine = [mail for mail in town.mail.messages if mail.to.where == "budi@contoh.example"]
    town.do(other, "verifikasi_laporan", sample("complaint", "lengkap"))
    town.janji.outbox.send_due()
    unconfirmed = [mail for mail in town.mail.messages if mail.to.where == "budi@contoh.example"]
    visitor.send(re.search(r"8000(/konfirmasi/\S+)", mine[0].body).group(1), {})
    town.do(other, "disposisi", sample("complaint", "ke_disperkim"))
    town.janji.outbox.send_due()
    told = [mail for mail in town.mail.messages if mail.to.where == "budi@contoh.example"]

    assert "Tinggal satu langkah" in words(done)
    assert len(mine) == len(unconfirmed) == 1
    assert told[-1].subject.startswith(f"Laporan yang Anda ikuti, {other.reference}: ")
    assert told[-1].stop_at
    assert "/t/" not in told[-1].body
    assert other.token not in "".join(mail.body for mail in told)


def test_a_follower_who_stops_is_told_nothing_more_not_even_the_end(town):
    other = reported(town)
    town.engine.follow_case(other.reference, "budi@contoh.example", "id", "s")
    town.janji.outbox.send_due()
    confirm = re.search(r"/konfirmasi/(\S+)", town.mail.messages[-1].body).group(1)
    town.engine.confirm(confirm)
    town.do(other, "verifikasi_laporan", sample("complaint", "lengkap"))
    town.do(other, "disposisi", sample("complaint", "ke_disperkim"))
    town.janji.outbox.send_due()
    stop = next(mail.stop_at for mail in town.mail.messages if mail.to.where.startswith("budi") and mail.stop_at)
    before = len(town.mail.messages)
    Visitor(town.janji).client.post(stop.partition(":8000")[2])
    town.engine.withdraw(other.token, "", "w")
    town.janji.outbox.send_due()

    assert not [mail for mail in town.mail.messages[before:] if mail.to.where.startswith("budi")]


def test_the_draft_of_who_follows_is_gone(town):
    other = reported(town)
    visitor = writing(town)
    visitor.send(LOOK, {"aksi": "ikuti", "nomor": other.reference, "kontak": "budi@contoh.example"})

    with town.store.read() as reads:
        assert reads._connection.exec_driver_sql("SELECT count(*) FROM draft").scalar() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"nomor": "", "kontak": "budi@contoh.example"}, "Pilih laporan"),
        ({"nomor": "ADU-2026-999999", "kontak": "budi@contoh.example"}, "Pilih laporan"),
        ({"kontak": "bukan alamat"}, "Tulis satu alamat e-mail"),
    ],
)
def test_a_slip_keeps_the_draft_and_says_what_to_do(town, given, said):
    other = reported(town)
    visitor = writing(town)
    page = visitor.send(LOOK, {"aksi": "ikuti", "nomor": other.reference, **given})

    assert page.status_code == 422
    assert said in words(page)
    assert visitor.get(LOOK).status_code == 200


def test_following_twice_is_following_once(town):
    other = reported(town)
    for _ in range(2):
        town.engine.follow_case(other.reference, "budi@contoh.example", "id", "s")

    with town.store.read() as reads:
        assert len(reads.parties(other.id)) == 2
    assert town.history(other).count("follow") == 1


def sent(town: Office, **over: Any) -> str:
    """The receipt of a report as its reporter sees it."""
    visitor = writing(town, **over)
    answer = visitor.send(f"{FORM}/periksa", {})
    return words(visitor.get(answer.location))


def test_the_receipt_says_where_news_goes(town):
    assert "Kabar setiap tahap kami kirim ke s…@" in sent(town, email="siti@contoh.example")


def test_who_gave_no_contact_is_told_that_there_will_be_no_news(town):
    receipt = sent(town, anonim=True, nama=None, telepon=None, email=None)

    assert "Kami tidak dapat mengabari Anda" in receipt
    town.janji.outbox.send_due()
    assert not [mail for mail in (*town.mail.messages, *town.texts.messages) if mail.stop_at]
