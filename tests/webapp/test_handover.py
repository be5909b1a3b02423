"""Many tasks at once in pages, over a real office: the bar below the list, the result, and undoing."""

from __future__ import annotations

import re
from html import unescape

import pytest

from engine.stories.planting import plant
from tests.builders import office_in, staff
from tests.conftest import SERVICE
from webapp import create_app

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
PASSWORD = "a long password"
CLERK = staff("loket", login="ratih")
OTHER = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")


@pytest.fixture
def office(tmp_path):
    office = office_in(tmp_path)
    (tmp_path / "processes").mkdir()
    plant(SERVICE, tmp_path / "processes", tmp_path / "forms")
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")
    for who in (CLERK, OTHER, HEAD):
        office.janji.accounts.add(who.id, who.id.title(), "", PASSWORD, who.posts)
    yield office
    office.janji.close()


@pytest.fixture
def ids(office):
    return [office.task(office.apply(SERVICE, ASKED), "periksa").id for _ in range(3)]


@pytest.fixture
def sign_in(office):
    app = create_app(office.janji)
    app.config.update(WTF_CSRF_ENABLED=False)

    def signed_in(login):
        client = app.test_client()
        client.post("/masuk", data={"pengguna": login, "sandi": PASSWORD})
        return client

    return signed_in


def together(client, act, ids, **more):
    return client.post("/tugas/serentak", data={"tindakan": act, "tugas": ids, **more}, follow_redirects=True)


def undo_at(page):
    return re.search(r'action="(/tugas/serahan/[0-9a-f]+/urungkan)"', page.text)[1]


def ticks(page):
    return re.findall(r'name="tugas" value="([^"]+)"', page.text)


def holders(office, ids):
    with office.store.read() as reads:
        return [reads.task(task_id).holder for task_id in ids]


def test_every_row_can_be_ticked_and_the_ticked_are_taken(office, ids, sign_in):
    ratih = sign_in("ratih")
    assert sorted(ticks(ratih.get("/tugas?tab=kelompok"))) == sorted(ids)

    page = together(ratih, "ambil", ids[:2])

    assert "2 tugas Anda ambil" in page.text
    assert holders(office, ids) == ["ratih", "ratih", None]


def test_what_was_not_done_is_named_with_the_reason(office, ids, sign_in):
    office.engine.claim(ids[0], OTHER)

    page = together(sign_in("ratih"), "ambil", ids)

    assert "2 tugas Anda ambil" in page.text
    assert re.search(r"Sedang dipegang rekan\.\s*\(Budi\)", page.text)


def test_giving_away_asks_to_whom_and_why_and_shows_what_each_has_to_do(office, ids, sign_in):
    office.engine.claim(ids[0], OTHER)
    rudi = sign_in("rudi")

    asked = together(rudi, "serahkan", ids)
    without_reason = together(rudi, "serahkan", ids, kepada="ratih", alasan=" ")
    given = together(rudi, "serahkan", ids, kepada="ratih", alasan="Budi cuti")

    assert (asked.status_code, without_reason.status_code) == (200, 422)
    assert ticks(asked) == ids
    assert "1 tugas terbuka" in asked.text
    assert "Tulis alasannya." in without_reason.text
    assert 'value="ratih" checked' in without_reason.text
    assert "3 tugas diserahkan kepada Ratih" in given.text
    assert holders(office, ids) == ["ratih"] * 3


def test_one_click_undoes_it_all_and_leads_back_to_the_list(office, ids, sign_in):
    ratih = sign_in("ratih")
    done = together(ratih, "ambil", ids, kembali="/tugas?tab=kelompok")

    answer = ratih.post(undo_at(done), data={"kembali": "/tugas?tab=kelompok"})

    assert answer.location.startswith("/tugas?tab=kelompok&kabar=")
    assert "3 tugas dikembalikan seperti semula." in ratih.get(answer.location).text
    assert holders(office, ids) == [None] * 3


def test_undoing_pressed_twice_says_the_same_and_not_that_nothing_was_undone(office, ids, sign_in):
    ratih = sign_in("ratih")
    address = undo_at(together(ratih, "ambil", ids))

    first, second = (ratih.post(address, follow_redirects=True) for _ in range(2))

    assert "3 tugas dikembalikan seperti semula." in first.text
    assert "3 tugas dikembalikan seperti semula." in second.text


@pytest.mark.parametrize("address", ["/tugas/serentak", "/tugas/bagi"])
def test_a_question_about_many_tasks_that_is_asked_for_again_leads_to_the_list(ids, sign_in, address):
    page = sign_in("ratih").get(f"{address}?bahasa=en", follow_redirects=True)

    assert (page.status_code, page.request.path) == (200, "/tugas")


def test_a_reason_of_one_task_is_no_longer_than_of_many(office, ids, sign_in):
    ratih = sign_in("ratih")
    ratih.post(f"/tugas/{ids[0]}/ambil")
    ratih.post(f"/tugas/{ids[0]}/tugaskan", data={"kepada": "budi", "alasan": "x" * 5000})

    with office.store.read() as reads:
        audit = reads.audit(reads.task(ids[0]).case_id)
    assert [len(entry.facts["reason"]) for entry in audit if entry.verb == "assign"] == [300]


def test_the_line_after_taking_one_task_offers_to_undo_it_for_ten_minutes(office, ids, sign_in):
    ratih = sign_in("ratih")
    answer = ratih.post(f"/tugas/{ids[0]}/ambil")
    page = ratih.get(answer.location)
    office.clock.forward(minutes=10)

    assert "Urungkan" not in ratih.get(answer.location).text
    late = ratih.post(undo_at(page), follow_redirects=True)
    assert "Sudah lewat 10 menit" in late.text
    assert holders(office, ids[:1]) == ["ratih"]


def test_undoing_a_single_act_works_from_its_line(office, ids, sign_in):
    ratih = sign_in("ratih")
    page = ratih.get(ratih.post(f"/tugas/{ids[0]}/ambil").location)
    back = unescape(re.search(r'name="kembali" value="([^"]+)"', page.text)[1])

    page = ratih.post(undo_at(page), data={"kembali": back}, follow_redirects=True)

    assert page.request.path == f"/tugas/{ids[0]}"
    assert holders(office, ids[:1]) == [None]


def test_what_moved_on_is_named_when_the_rest_is_undone(office, ids, sign_in):
    ratih = sign_in("ratih")
    done = together(ratih, "ambil", ids)
    office.engine.complete(ids[0], {"jawaban": "Keterangan sudah kami kirim."}, {}, CLERK, "done")

    page = ratih.post(undo_at(done), follow_redirects=True)

    assert "2 tugas dikembalikan seperti semula." in page.text
    assert "Sudah bergerak lagi sesudahnya" in page.text


def test_a_bar_pressed_without_ticks_says_so(ids, sign_in):
    page = together(sign_in("ratih"), "ambil", [], kembali="/tugas?tab=kelompok")

    assert "Centang dulu tugas yang dimaksud." in page.text


def test_the_result_of_anothers_act_is_not_there(ids, sign_in):
    address = undo_at(together(sign_in("ratih"), "ambil", ids))

    assert sign_in("budi").post(address).status_code == 404
