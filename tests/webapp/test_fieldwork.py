"""Work in the field over a real office: who gets what, on which terms it is taken, and the way without JavaScript."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from itertools import count

import pytest

from engine.stories.samples import sample_paper
from tests.bench.office import KRK
from tests.builders import Application, Office, office_in, staff
from tests.issuing import samples, survey_waits
from tests.webapp.browsing import PASSWORD, Visitor, browsers, seat, words

PEOPLE = {"dwi": "surveyor", "eko": "surveyor", "rina": "verifikator"}
DWI = staff("surveyor", login="dwi")
ANSWERS = {
    "tanggal_survei": "23/11/2026",
    "koordinat": "-7.05735, 110.44612",
    "lebar_jalan": "5,5",
    "kondisi": "Tanah kosong.",
}
_keys = (f"survei-{n}" for n in count())


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Office]:
    """One office for this module; every test has a case of its own."""
    office = office_in(tmp_path_factory.mktemp("lapangan"))
    office.publish(KRK)
    seat(office, PEOPLE)
    yield office
    office.janji.close()


@pytest.fixture(scope="module")
def at(town):
    """Somebody's browser, signed in; one for each person."""
    return browsers(town)


@pytest.fixture
def case(town) -> Application:
    """A KRK whose survey Dwi holds."""
    made = survey_waits(town)
    town.engine.claim(survey(town, made), DWI)
    return made


def survey(town: Office, case: Application) -> str:
    return town.task(case, "survei_lapangan").id


def send(visitor: Visitor, task: str, to: str, fields: dict, csrf: str | None = None):
    """What the phone posts, with a token as fresh as it always asks for."""
    token = visitor.get(f"/lapangan/{task}/keadaan.json").json["csrf"] if csrf is None else csrf
    headers = {"X-CSRFToken": token}
    return visitor.client.post(f"/lapangan/{task}/{to}.json", data={"kunci": next(_keys), **fields}, headers=headers)


def photo(name: str = "a.jpg", content: bytes = b"") -> dict:
    return {"foto": (BytesIO(content or sample_paper("berkas:lokasi.jpg")), name)}


def standing(visitor: Visitor, task: str) -> dict:
    return visitor.get(f"/lapangan/{task}/keadaan.json").json


def test_who_goes_out_finds_their_surveys_and_without_javascript_each_leads_to_the_usual_form(town, at, case):
    page = at("dwi").get("/lapangan/")
    usual = at("dwi").get(f"/tugas/{survey(town, case)}")

    assert f'href="/tugas/{survey(town, case)}"' in page.text
    assert re.search(r'data-take="/lapangan/\w+" hidden', page.text), "the button comes with JavaScript only"
    assert "JavaScript mati di peramban ini: kerjakan di formulir biasa." in words(page)
    assert 'name="koordinat"' in usual.text
    assert f'href="/lapangan/{survey(town, case)}"' in usual.text
    assert "Lapangan" in words(at("dwi").get("/tugas"))
    assert "Lapangan" not in words(at("rina").get("/tugas"))


def test_the_form_that_is_taken_along_can_be_sent_without_javascript_too(town, at, case):
    page = at("dwi").get(f"/lapangan/{survey(town, case)}")
    form = page.text.partition('id="isian"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))

    done = at("dwi").client.post(f"/tugas/{survey(town, case)}", data={**hidden, **ANSWERS, **photo()})

    assert done.status_code == 303
    assert town.open(case) == ["plotting_zona"]


def test_the_phone_knows_what_must_be_answered_on_site_under_each_decision(town, at, case):
    form = re.search(r'<form id="isian"[^>]*>', at("dwi").get(f"/lapangan/{survey(town, case)}").text)[0]
    needed = json.loads(unescape(re.search(r'data-needed="([^"]*)"', form)[1]))

    measured = ["foto", "kondisi", "koordinat", "lebar_jalan", "tanggal_survei"]
    assert re.search(r'data-deciding="([^"]*)"', form)[1] == "hasil"
    assert needed == {"": measured, "terukur": measured, "minta_pemohon": ["permintaan"]}


def test_only_what_matters_on_site_leaves_the_building(town, at, case):
    text = words(at("dwi").get(f"/lapangan/{survey(town, case)}"))
    applied = samples("krk")["alamat_saja"]

    assert applied["jalan"] in text
    assert "Ukur lebar jalan dan batas timur." in text
    assert not [name for name in ("nik", "telepon") if applied[name] in text]


def test_every_answer_to_a_phone_is_kept_by_nobody_between(town, at, case):
    for path in ("", "/keadaan.json"):
        answer = at("dwi").get(f"/lapangan/{survey(town, case)}{path}")
        assert answer.headers["Cache-Control"] == "private, no-store"
    assert at("dwi").get("/lapangan/pekerja.js").headers["Cache-Control"] == "no-cache"


def test_an_answer_that_got_lost_is_given_again_and_nothing_happens_twice(town, at, case):
    task, mark = survey(town, case), standing(at("dwi"), survey(town, case))["mark"]
    paper = send(at("dwi"), task, "foto", {**photo(), "kunci": "foto-1"}).json["document"]
    assert send(at("dwi"), task, "foto", {**photo(), "kunci": "foto-1"}).json["document"] == paper

    sent = {**ANSWERS, "foto": paper, "bekal": mark, "kunci": "satu-kunci"}
    first, again = (send(at("dwi"), task, "kirim", sent) for _ in range(2))

    assert first.status_code == again.status_code == 200
    assert first.json["onward"].startswith("/lapangan/?kabar=")
    assert [verb for verb in town.history(case) if verb == "complete"].count("complete") == 3
    assert standing(at("dwi"), task) | {"csrf": ""} == {
        "owner": standing(at("dwi"), task)["owner"], "csrf": "", "mine": False, "mark": "",
    }  # fmt: skip


def test_what_is_wrong_is_said_question_by_question_and_nothing_is_taken(town, at, case):
    answer = send(at("dwi"), survey(town, case), "kirim", {**ANSWERS, "lebar_jalan": "lima"})

    assert answer.status_code == 422
    told = dict(answer.json["problems"])
    assert set(told) == {"f-lebar_jalan", "f-foto"}
    assert told["f-lebar_jalan"].startswith("Lebar jalan di depan persil")
    assert town.open(case) == ["survei_lapangan"]


def test_what_is_wrong_is_said_in_the_words_of_the_desk_and_leads_to_its_field(town, at, case):
    task, wrong = survey(town, case), {**ANSWERS, "diperiksa": ["patok", "entah"], "kondisi": ""}
    page, told = at("dwi").get(f"/lapangan/{task}"), send(at("dwi"), task, "kirim", wrong).json["problems"]
    usual = at("dwi").get(f"/tugas/{task}")
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', usual.text))
    desk = at("dwi").client.post(f"/tugas/{task}", data={**form, **wrong, "kunci": next(_keys)})
    summary = desk.text.partition('class="error-summary"')[2].partition("</ul>")[0]

    assert {"f-diperiksa-1", "f-kondisi", "f-foto"} == {to for to, _sentence in told}
    assert all(f'id="{to}"' in page.text for to, _sentence in told)
    assert [list(one) for one in re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)] == told


def test_a_survey_of_what_has_changed_meanwhile_waits_until_its_owner_has_compared(town, at, case):
    answer = send(at("dwi"), survey(town, case), "kirim", {**ANSWERS, "bekal": "what it said before"})

    assert answer.status_code == 409
    assert "Bandingkan dulu" in answer.json["detail"]
    assert town.open(case) == ["survei_lapangan"]


def test_a_colleague_in_the_same_role_sees_how_it_stands_and_can_hand_in_nothing(town, at, case):
    task = survey(town, case)

    assert standing(at("eko"), task)["mine"] is False
    assert standing(at("eko"), task)["owner"] != standing(at("dwi"), task)["owner"]
    assert "Tugas ini sekarang dipegang Dwi" in words(at("eko").get(f"/lapangan/{task}"))
    assert send(at("eko"), task, "foto", photo()).status_code == 409
    assert send(at("eko"), task, "kirim", ANSWERS).status_code == 409


def test_another_role_is_told_of_nothing(town, at, case):
    task = survey(town, case)
    page = at("rina").get(f"/lapangan/{task}")

    assert page.status_code == 404
    assert samples("krk")["alamat_saja"]["jalan"] not in page.text
    assert standing(at("rina"), task)["mine"] is False
    assert send(at("rina"), task, "kirim", ANSWERS).status_code == 404
    assert send(at("rina"), task, "catatan", {"teks": "x"}).status_code == 404


def test_a_session_that_ran_out_sends_to_the_door_and_an_old_token_is_refused(town, at, case):
    task, stranger = survey(town, case), Visitor(town.janji)

    assert stranger.get(f"/lapangan/{task}/keadaan.json").location == f"/masuk?lanjut=/lapangan/{task}/keadaan.json"
    assert send(at("dwi"), task, "kirim", ANSWERS, csrf="of another session").status_code == 400
    assert town.open(case) == ["survei_lapangan"]


def test_a_survey_that_came_too_late_becomes_a_note_with_its_photos_once(town, at, case):
    task = survey(town, case)
    town.do(case, "survei_lapangan", samples("krk")["hasil_survei"], by=DWI)

    for _answer_was_lost in range(2):
        assert send(at("dwi"), task, "lampiran", {**photo("telat.jpg"), "kunci": "lampiran-1"}).status_code == 200
        assert send(at("dwi"), task, "catatan", {"teks": "Lebar jalan: 5,5", "kunci": "catatan-1"}).status_code == 200

    with town.store.read() as reads:
        assert [said.text for said in reads.comments(case.id)] == ["Lebar jalan: 5,5"]
        assert [paper.name for paper in reads.documents(case.id)].count("telat.jpg") == 1


def test_a_case_that_is_over_takes_no_note_any_more(town, at, case):
    task = survey(town, case)
    town.engine.withdraw(case.token, "Batal membangun", next(_keys))

    assert "Berkas ini sudah berakhir" in words(at("dwi").get(f"/lapangan/{task}"))
    assert send(at("dwi"), task, "catatan", {"teks": "Lebar jalan: 5,5"}).status_code == 409
    assert send(at("dwi"), task, "lampiran", photo()).status_code == 409


def test_a_photo_that_is_none_is_refused_in_words(town, at, case):
    answer = send(at("dwi"), survey(town, case), "foto", photo("palsu.jpg", b"MZ"))

    assert answer.status_code == 422
    assert "palsu.jpg" in answer.json["problems"][0][1]


def test_the_phone_keeps_every_script_that_a_page_loads_and_may_be_installed_within_its_own_room(town, at, case):
    page, manifest = at("dwi").get(f"/lapangan/{survey(town, case)}"), at("dwi").get("/lapangan/lapangan.webmanifest")
    shell = set(re.search(r'data-shell="([^"]+)"', page.text).group(1).split())
    loaded = set(re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css|svg)[^"]*)"', page.text))

    assert loaded - {address for address in loaded if "demo.css" in address} <= shell
    assert all(at("dwi").get(address).status_code == 200 for address in shell)
    assert (manifest.json["scope"], manifest.json["start_url"]) == ("/lapangan/", "/lapangan/")


def test_who_signs_out_is_told_what_is_still_on_the_phone(town):
    visitor = Visitor(town.janji)
    visitor.send("/masuk", {"pengguna": "eko", "sandi": PASSWORD})
    token = re.search(r'name="csrf_token" value="([^"]+)"', visitor.get("/tugas").text).group(1)
    out = visitor.client.post("/keluar", data={"csrf_token": token})

    assert "lapangan/leave.js" in visitor.get(out.location).text
    assert "lapangan/leave.js" not in visitor.get("/masuk?lanjut=/lapangan/").text, (
        "a session that ran out loses nothing"
    )
