"""Colleagues in pages, over a real office: what each holds, who is away, and who does the work meanwhile."""

from __future__ import annotations

import re
from html import unescape

import pytest

from tests.builders import staff
from tests.conftest import SERVICE, planted
from tests.webapp.browsing import Visitor, words

ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
PASSWORD = "a long password"
SARI = staff("loket", login="sari")
BUDI = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")
WEEK = {"dari": "2026-11-23", "sampai": "2026-11-27", "jenis": "sakit", "wakil": "budi"}


@pytest.fixture
def office(tmp_path):
    office = planted(tmp_path)
    for who in (SARI, BUDI, HEAD):
        office.janji.accounts.add(who.id, who.id.title(), "", PASSWORD, who.posts)
    yield office
    office.janji.close()


@pytest.fixture
def at(office):
    seats: dict[str, Visitor] = {}

    def seat(login):
        if login not in seats:
            seats[login] = Visitor(office.janji)
            seats[login].send("/masuk", {"pengguna": login, "sandi": PASSWORD})
        return seats[login]

    return seat


def hold(office, who, count=1):
    ids = [office.task(office.apply(SERVICE, ASKED), "periksa").id for _ in range(count)]
    for task_id in ids:
        office.engine.claim(task_id, who)
    return ids


def test_every_number_of_the_list_of_people_opens_a_list_of_that_length(office, at):
    hold(office, SARI, 2)
    office.wait("+6wd")
    hold(office, SARI, 3)
    rudi = at("rudi")
    page = rudi.get("/orang")

    found = re.findall(r'href="(/orang/sari[^"]*)">(\d+)<', page.text)

    assert len(found) >= 2
    for href, number in found:
        opened = rudi.get(href).text
        assert len(re.findall(r'href="/tugas/', opened)) == int(number), href
        assert f'<span class="count">{number}</span></h2>' in opened


def test_people_are_for_supervisors_and_ones_own_page_for_everybody(office, at):
    assert at("sari").get("/orang").status_code == 404
    assert at("sari").get("/orang/budi").status_code == 404
    assert at("sari").get("/orang/saya").location == "/orang/sari"
    assert "Kehadiran" in words(at("sari").get("/tugas"))


def test_an_absence_is_entered_read_and_ended_and_its_reason_kept_from_others(office, at):
    sari = at("sari")
    wrong = sari.send("/orang/sari/tidak-hadir", {**WEEK, "sampai": ""})
    done = sari.send("/orang/sari/tidak-hadir", WEEK)

    assert (wrong.status_code, done.status_code) == (422, 303)
    assert "Tulis tanggal yang benar." in words(wrong)
    assert 'value="budi" checked' in wrong.text
    assert "sakit" in words(sari.get("/orang/sari"))
    assert "Tidak hadir sampai Jum, 27 Nov (sakit) Wakil: Budi" in words(at("rudi").get("/orang"))
    assert "sakit" not in words(at("budi").get("/orang/budi"))
    assert "Mewakili Sari (0 tugas)" in words(at("budi").get("/orang/budi"))
    ending = re.search(r'action="(/orang/sari/tidak-hadir/\w+/akhiri)"', sari.get("/orang/sari").text)[1]
    assert sari.send(ending, {}, sari.get("/orang/sari")).status_code == 303
    assert "Tidak ada yang tercatat." in words(sari.get("/orang/sari"))


def test_the_substitute_finds_the_task_among_their_own_does_it_and_the_history_names_both(office, at):
    application = office.apply(SERVICE, ASKED)
    task_id = office.task(application, "periksa").id
    office.engine.claim(task_id, SARI)
    at("rudi").send("/orang/sari/tidak-hadir", WEEK)
    budi = at("budi")

    assert "untuk Sari" in words(budi.get("/tugas?tab=saya"))
    desk = budi.get(f"/tugas/{task_id}")
    assert "Anda mengerjakannya untuk Sari, yang tidak hadir sampai Jum, 27 Nov." in words(desk)
    assert press(budi, desk, f"/tugas/{task_id}", jawaban="Keterangan sudah kami kirim.").status_code == 303

    assert "Budi untuk Sari menyelesaikan" in words(budi.get(f"/berkas/{application.reference}"))


def test_substitutes_are_changed_on_a_page_of_their_own(office, at):
    at("rudi").send("/orang/sari/tidak-hadir", WEEK)
    page = at("rudi").get("/orang/sari")
    there = re.search(r'href="(/orang/sari/tidak-hadir/\w+)"', page.text)[1]

    assert 'value="budi" checked' in at("rudi").get(there).text
    assert at("rudi").send(there, {"wakil": "rudi"}).status_code == 303
    assert "Wakil: Rudi" in words(at("rudi").get("/orang/sari"))
    assert at("rudi").get("/orang/sari/tidak-hadir/nothing").status_code == 404


def test_the_desk_suggests_somebody_with_the_reason_and_one_press_gives_it_to_them(office, at):
    hold(office, BUDI, 2)
    [task_id] = hold(office, SARI)
    office.janji.accounts.add("cici", "Cici", "", PASSWORD, SARI.posts)
    rudi = at("rudi")

    page = rudi.get(f"/tugas/{task_id}")
    assert "Cici: 0 tugas terbuka; hadir" in words(page)
    form = re.search(r'class="suggested">(.*?)</form>', page.text, re.DOTALL)[1]
    posted = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    done = rudi.client.post(f"/tugas/{task_id}/tugaskan", data=posted, follow_redirects=True)

    assert "diserahkan kepada Cici" in words(done)


def test_whoever_is_away_is_given_a_task_only_when_it_is_said_twice(office, at):
    [task_id] = hold(office, SARI)
    at("rudi").send("/orang/budi/tidak-hadir", {**WEEK, "wakil": []})
    rudi, given = at("rudi"), {"kepada": "budi", "alasan": "Hanya dia yang tahu"}

    warned = press(rudi, rudi.get(f"/tugas/{task_id}"), f"/tugas/{task_id}/tugaskan", **given)
    assert warned.status_code == 422
    assert "Penerima sedang tidak hadir." in words(warned)
    posted = press(rudi, warned, f"/tugas/{task_id}/tugaskan", **given, tetap="budi")

    assert posted.status_code == 303
    with office.store.read() as reads:
        assert reads.task(task_id).holder == "budi"


def test_a_hand_over_that_is_refused_keeps_what_was_typed_and_is_sent_again_as_it_stands(office, at):
    [task_id] = hold(office, SARI)
    at("rudi").send("/orang/budi/tidak-hadir", {**WEEK, "wakil": []})
    rudi, there = at("rudi"), f"/tugas/{task_id}/tugaskan"
    first = rudi.get(f"/tugas/{task_id}")

    nobody = press(rudi, first, there, kepada="", alasan="Hanya dia <yang> tahu")
    assert typed(nobody, there)["alasan"] == "Hanya dia <yang> tahu"
    assert "tetap" not in typed(nobody, there), "nobody was told yet that somebody is away"
    why = press(rudi, first, there, kepada="budi", alasan="")
    assert typed(why, there)["kepada"] == "budi"
    assert "tetap" not in typed(why, there)
    warned = rudi.client.post(there, data={**typed(nobody, there), "kepada": "budi"})
    assert "Penerima sedang tidak hadir." in words(warned)

    assert rudi.client.post(there, data=typed(warned, there)).status_code == 303
    with office.store.read() as reads:
        assert reads.task(task_id).holder == "budi"


def test_ticked_tasks_are_shared_out_by_a_plan_that_can_be_changed_and_undone(office, at):
    ids = hold(office, SARI, 3)
    rudi = at("rudi")

    plan = press(rudi, rudi.get("/tugas?tab=semua"), "/tugas/serentak", tindakan="bagi", tugas=ids)
    assert "Bagi rata 3 tugas" in words(plan)
    assert plan.text.count('<option value="budi" selected>') == 3
    changed = {**shown(plan), "tugas": ids, f"kepada-{ids[0]}": ""}
    result = rudi.client.post("/tugas/bagi", data=changed, follow_redirects=True)

    assert "2 tugas diserahkan kepada Budi" in words(result)
    with office.store.read() as reads:
        assert sorted(reads.task(task_id).holder for task_id in ids) == ["budi", "budi", "sari"]


def test_a_whole_queue_goes_back_to_the_group_with_a_reason(office, at):
    ids = hold(office, SARI, 2)
    rudi = at("rudi")
    asked = rudi.get("/orang/sari/serahkan")

    assert "2 tugas akan diserahkan." in words(asked)
    assert rudi.send("/orang/sari/serahkan", {"ke": "kelompok"}, asked).status_code == 422
    sent = rudi.client.post(
        "/orang/sari/serahkan", data={**shown(asked), "ke": "kelompok", "alasan": "Pindah tugas"}, follow_redirects=True
    )

    assert "2 tugas kembali ke daftar kelompok" in words(sent)
    with office.store.read() as reads:
        assert {reads.task(task_id).holder for task_id in ids} == {None}


def test_a_post_is_switched_to_automatic_and_back(office, at):
    rudi = at("rudi")

    on = rudi.client.post(
        "/orang/otomatis", data={**shown(rudi.get("/orang")), "otomatis": "ya"}, follow_redirects=True
    )
    assert "otomatis sejak Sen, 23 Nov oleh Rudi" in words(on)
    task_id = office.task(office.apply(SERVICE, ASKED), "periksa").id
    office.janji.work_once()
    history = rudi.get(f"/berkas/{reference_of(office, task_id)}")

    assert "dibagi otomatis karena paling sedikit memegang: 0 tugas, dari 2 orang" in words(history)
    off = rudi.client.post("/orang/otomatis", data={**shown(on), "otomatis": "tidak"}, follow_redirects=True)
    assert "kembali menunggu di kelompok" in words(off)


def test_somebody_who_leaves_is_let_go_only_when_it_is_ticked(office, at):
    hold(office, SARI, 2)
    rudi = at("rudi")
    page = rudi.get("/orang/sari")

    assert rudi.send("/orang/sari/berhenti", {}, page).status_code == 422
    done = rudi.client.post("/orang/sari/berhenti", data={**shown(page), "yakin": "ya"}, follow_redirects=True)

    again = rudi.client.post("/orang/sari/berhenti", data={**shown(page), "yakin": "ya"}, follow_redirects=True)

    assert "Akun ditutup; 2 tugas kembali ke kelompok." in words(done)
    assert "Akun ditutup; tidak ada tugas yang masih dipegangnya." in words(again)
    assert "tidak bekerja di sini lagi" in words(rudi.get("/orang/sari"))
    assert at("sari").get("/tugas").status_code == 303


def press(visitor, page, action, **answers):
    """Send the form of a page that goes to an address."""
    form = page.text.partition(f'action="{action}"')[2].partition("</form>")[0]
    given = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return visitor.client.post(action, data={**given, **answers})


def typed(page, action):
    """All that the last form going to an address would send as it stands."""
    form = page.text.rpartition(f'action="{action}"')[2].partition("</form>")[0]
    chosen = re.findall(r'<select[^>]* name="([^"]+)">.*?<option value="([^"]*)" selected', form, re.DOTALL)
    given = re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form)
    return {name: unescape(value) for name, value in (*given, *chosen)}


def shown(page):
    """The hidden fields and what is chosen in the last form of a page."""
    last = page.text.rpartition("<form")[2]
    chosen = re.findall(r'<select[^>]* name="([^"]+)">.*?<option value="([^"]*)" selected', last)
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', last)) | dict(chosen)


def reference_of(office, task_id):
    with office.store.read() as reads:
        return reads.case(reads.task(task_id).case_id).reference
