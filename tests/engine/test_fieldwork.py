"""Work out in the field: what is taken along, handing it in by pieces and twice, and a case that moved meanwhile."""

from __future__ import annotations

import pytest

from engine.errors import DocumentRefused, FactsMoved, NotFound, NotYours, TaskGone, TaskHeld
from engine.stories.samples import sample_paper
from tests.builders import Application, Office, staff
from tests.issuing import survey_waits

SURVEYOR, COLLEAGUE = staff("surveyor"), staff("surveyor", login="rekan")
ANSWERS = {
    "tanggal_survei": "2026-11-23",
    "koordinat": "-6.98321, 110.40912",
    "lebar_jalan": 6,
    "kondisi": "Tanah kosong",
}


@pytest.fixture
def surveyed(city_office: Office) -> Application:
    """A KRK whose parcel has to be measured."""
    return survey_waits(city_office)


def survey(office: Office, case: Application) -> str:
    return office.task(case, "survei_lapangan").id


def test_only_tasks_whose_diagram_says_so_are_for_the_field(city_office, surveyed):
    listed = city_office.queries.field_list(SURVEYOR)

    assert [work.task.element for work in listed.free] == ["survei_lapangan"]
    assert city_office.queries.field_list(staff("verifikator")).free == ()

    city_office.engine.claim(survey(city_office, surveyed), SURVEYOR)
    listed = city_office.queries.field_list(SURVEYOR)
    assert ([work.task.element for work in listed.mine], listed.free) == (["survei_lapangan"], ())


def test_what_is_taken_along_is_what_the_diagram_names_and_it_is_written_down(city_office, surveyed):
    taken = city_office.queries.field_task(survey(city_office, surveyed), SURVEYOR)

    names = {field for form in taken.brought for field in form.answers}
    assert {"jalan", "kelurahan"} <= names
    assert not names & {"nik", "telepon", "email", "alamat", "ktp"}
    with city_office.store.read() as reads:
        assert "lapangan" in {look.what for look in reads.looks(surveyed.id)}


def test_work_at_a_desk_is_not_taken_along(city_office, surveyed):
    with city_office.store.read() as reads:
        verified = next(t.id for t in reads.tasks(surveyed.id) if t.element == "verifikasi_berkas")

    with pytest.raises(NotFound):
        city_office.queries.field_task(verified, staff("verifikator"))


def test_photos_come_one_by_one_and_a_resend_of_photo_or_form_changes_nothing(city_office, surveyed):
    task, photo = survey(city_office, surveyed), sample_paper("berkas:lokasi.jpg")
    seen = city_office.queries.field_task(task, SURVEYOR).mark

    first = city_office.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, "foto-1")
    assert city_office.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, "foto-1") == first
    second = city_office.engine.send_paper(task, "foto", "b.jpg", photo, SURVEYOR, "foto-2")
    for _answer_was_lost in range(2):
        case = city_office.engine.complete(
            task, {**ANSWERS, "foto": [first, second]}, {}, SURVEYOR, "survei-1", brought=seen
        )
        assert case.stage == "analisis"
    assert city_office.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, "foto-1") == first

    with city_office.store.read() as reads:
        done = [e for e in reads.audit(surveyed.id) if e.verb == "complete" and e.element == "survei_lapangan"]
        photos = [paper for paper in reads.documents(surveyed.id) if paper.field == "foto"]
    assert (len(done), len(photos)) == (1, 2)


def test_a_survey_that_rests_on_what_changed_meanwhile_is_not_taken(city_office, surveyed):
    task = survey(city_office, surveyed)

    with pytest.raises(FactsMoved):
        city_office.engine.complete(task, ANSWERS, {}, SURVEYOR, "survei-1", brought="mark of before")

    assert city_office.open(surveyed) == ["survei_lapangan"]


def test_a_colleague_who_was_quicker_is_named(city_office, surveyed):
    task, photo = survey(city_office, surveyed), sample_paper("berkas:lokasi.jpg")
    city_office.engine.claim(task, COLLEAGUE)
    with pytest.raises(TaskHeld):
        city_office.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, "foto-1")

    city_office.engine.complete(task, ANSWERS, {"foto": [("c.jpg", photo)]}, COLLEAGUE, "survei-2")

    with pytest.raises(TaskGone) as gone:
        city_office.engine.send_paper(task, "foto", "a.jpg", photo, SURVEYOR, "foto-1")
    assert gone.value.by == "rekan"
    assert city_office.queries.field_task(task, SURVEYOR).mark == ""


def test_a_photo_that_is_none_and_a_stranger_are_refused(city_office, surveyed):
    task = survey(city_office, surveyed)

    with pytest.raises(DocumentRefused):
        city_office.engine.send_paper(task, "foto", "a.jpg", b"no picture", SURVEYOR, "foto-1")
    with pytest.raises(DocumentRefused):
        city_office.engine.send_paper(task, "kondisi", "a.jpg", b"no paper is asked", SURVEYOR, "foto-2")
    with pytest.raises(NotYours):
        city_office.engine.send_paper(task, "foto", "a.jpg", b"", staff("verifikator"), "foto-3")
