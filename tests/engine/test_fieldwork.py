"""Work out in the field: what is taken along, handing it in by pieces and twice, and a case that moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from engine.bringing import mark
from engine.errors import DocumentRefused, FactsMoved, NotFound, NotYours, TaskGone, TaskHeld
from engine.model import Document, StandIn
from engine.stories.samples import sample_paper
from engine.verbs.tray import tray_of
from tests.builders import ROOT, Application, Office, office_in, staff
from tests.databases import DATABASES, url_on
from tests.issuing import survey_waits

SURVEYOR, COLLEAGUE = staff("surveyor"), staff("surveyor", login="rekan")
ANSWERS = {
    "tanggal_survei": "2026-11-23",
    "koordinat": "-6.98321, 110.40912",
    "lebar_jalan": 6,
    "kondisi": "Tanah kosong",
}


@pytest.fixture(scope="module", params=DATABASES)
def town(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office on each database for this module; every test has a case of its own."""
    folder = tmp_path_factory.mktemp("lapangan")
    with url_on(request.param, folder) as url:
        office = office_in(folder, url)
        office.publish(ROOT / "processes" / "krk")
        yield office
        office.janji.close()


@pytest.fixture
def surveyed(town: Office) -> Application:
    """A KRK whose parcel has to be measured."""
    return survey_waits(town)


def town_papers(town: Office, case: Application) -> tuple[Document, ...]:
    with town.store.read() as reads:
        return reads.documents(case.id)


@pytest.fixture
def key(surveyed: Application) -> Callable[[str], str]:
    """Keys of a phone: new ones for each survey."""
    return lambda name: f"{surveyed.id}-{name}"


def survey(office: Office, case: Application) -> str:
    return office.task(case, "survei_lapangan").id


def test_only_tasks_whose_diagram_says_so_are_for_the_field(town, surveyed):
    task = survey(town, surveyed)

    assert {work.task.element for work in town.queries.field_list(SURVEYOR).free} == {"survei_lapangan"}
    assert town.queries.field_list(staff("verifikator")).free == ()

    town.engine.claim(task, SURVEYOR)
    listed = town.queries.field_list(SURVEYOR)
    assert [work.task.id for work in listed.mine] == [task]
    assert task not in {work.task.id for work in listed.free}


def test_what_is_taken_along_is_what_the_diagram_names_and_it_is_written_down(town, surveyed):
    taken = town.queries.field_task(survey(town, surveyed), SURVEYOR)

    names = {field for form in taken.brought for field in form.answers}
    assert {"jalan", "kelurahan"} <= names
    assert not names & {"nik", "telepon", "email", "alamat", "ktp"}
    with town.store.read() as reads:
        assert "lapangan" in {look.what for look in reads.looks(surveyed.id)}


def test_work_at_a_desk_is_not_taken_along(town, surveyed):
    with town.store.read() as reads:
        verified = next(t.id for t in reads.tasks(surveyed.id) if t.element == "verifikasi_berkas")

    with pytest.raises(NotFound):
        town.queries.field_task(verified, staff("verifikator"))


def test_photos_come_one_by_one_and_a_resend_of_photo_or_form_changes_nothing(town, surveyed, key):
    task, photo = survey(town, surveyed), sample_paper("berkas:lokasi.jpg")
    seen = town.queries.field_task(task, SURVEYOR).mark

    first = town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1"))
    assert town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1")) == first
    second = town.engine.send_paper(task, "foto", "b.jpg", photo, SURVEYOR, key("foto-2"))
    for _answer_was_lost in range(2):
        case = town.engine.complete(
            task, {**ANSWERS, "foto": [first, second]}, {}, SURVEYOR, key("survei-1"), brought=seen
        )
        assert case.stage == "analisis"
    assert town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1")) == first

    with town.store.read() as reads:
        done = [e for e in reads.audit(surveyed.id) if e.verb == "complete" and e.element == "survei_lapangan"]
    photos = [paper for paper in town_papers(town, surveyed) if paper.field == "foto"]
    assert (len(done), len(photos)) == (1, 2)


def test_a_photo_that_comes_twice_at_once_is_one_photo(town, surveyed, key):
    task, photo = survey(town, surveyed), sample_paper("berkas:lokasi.jpg")

    def send(_tab: int) -> str:
        return town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1"))

    with ThreadPoolExecutor(4) as tabs:
        assert len(set(tabs.map(send, range(4)))) == 1
    assert len(town.queries.desk(task, SURVEYOR).form.files.keys() - {p.id for p in town_papers(town, surveyed)}) == 1


def test_the_mark_tells_when_what_was_taken_along_says_something_else_and_of_nothing_more():
    brings = ("daftar.jalan", "daftar.rt", "tugas.arahan")
    seen = mark(brings, {"daftar": {"jalan": "Jl. Sukun", "nik": "sealed"}})

    assert mark(brings, {"daftar": {"nik": "sealed anew", "jalan": "Jl. Sukun"}, "lain": {"x": 1}}) == seen
    assert mark(brings, {"daftar": {"jalan": "Jl. Sukun", "rt": ""}}) != seen
    assert mark(brings, {"daftar": {"jalan": "Jl. Jati"}}) != seen


def test_a_survey_that_rests_on_what_changed_meanwhile_is_not_taken(town, surveyed, key):
    task = survey(town, surveyed)

    with pytest.raises(FactsMoved):
        town.engine.complete(task, ANSWERS, {}, SURVEYOR, key("survei-1"), brought="mark of before")

    assert town.open(surveyed) == ["survei_lapangan"]


def test_a_substitute_whose_absent_colleague_is_back_sends_no_paper_for_them(town, surveyed, key):
    task, photo = survey(town, surveyed), sample_paper("berkas:lokasi.jpg")
    town.engine.claim(task, SURVEYOR)
    until_friday = StandIn(SURVEYOR.id, "Surveyor", SURVEYOR.posts, date(2026, 11, 20))
    substitute = replace(COLLEAGUE, stands_in=(until_friday,))

    with pytest.raises(TaskHeld):
        town.engine.send_paper(task, "foto", "a.jpg", photo, substitute, key("foto-1"))
    with pytest.raises(TaskHeld):
        town.engine.complete(task, ANSWERS, {"foto": [("a.jpg", photo)]}, substitute, key("survei-1"))

    with town.store.read() as reads:
        assert reads.draft(tray_of(task, COLLEAGUE.id)) is None


def test_a_colleague_who_was_quicker_is_named(town, surveyed, key):
    task, photo = survey(town, surveyed), sample_paper("berkas:lokasi.jpg")
    town.engine.claim(task, COLLEAGUE)
    with pytest.raises(TaskHeld):
        town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1"))

    town.engine.complete(task, ANSWERS, {"foto": [("c.jpg", photo)]}, COLLEAGUE, key("survei-2"))

    with pytest.raises(TaskGone) as gone:
        town.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, key("foto-1"))
    assert gone.value.by == "rekan"
    assert town.queries.field_task(task, SURVEYOR).mark == ""


def test_a_photo_that_is_none_and_a_stranger_are_refused(town, surveyed, key):
    task = survey(town, surveyed)

    with pytest.raises(DocumentRefused):
        town.engine.send_paper(task, "foto", "a.jpg", b"no picture", SURVEYOR, key("foto-1"))
    with pytest.raises(DocumentRefused):
        town.engine.send_paper(task, "kondisi", "a.jpg", b"no paper is asked", SURVEYOR, key("foto-2"))
    with pytest.raises(NotYours):
        town.engine.send_paper(task, "foto", "a.jpg", b"", staff("verifikator"), key("foto-3"))
