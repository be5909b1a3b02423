"""Notes on a case: who reads them, and taking them back."""

from __future__ import annotations

import pytest

from engine.errors import NotFound, WindowClosed
from tests.builders import Application, Office, staff
from tests.samples import sample

CLERK = staff("admin_pengaduan")


@pytest.fixture
def report(city_office: Office) -> Application:
    return city_office.apply("complaint", sample("complaint", "lampu_jalan"))


def told(office: Office, report: Application) -> list[str]:
    return [note.text for note in office.queries.tracking(report.token).notes]


def test_a_note_for_the_applicant_is_read_and_told_when_it_can_no_longer_be_taken_back(
    city_office: Office, report: Application
) -> None:
    city_office.engine.comment(report.reference, "Sudah dijadwalkan.", CLERK, "n", "public")
    city_office.wait("+9m")
    assert told(city_office, report) == []

    city_office.wait("+1m")

    assert told(city_office, report) == ["Sudah dijadwalkan."]
    assert city_office.told(report)[-1] == "catatan"


def test_a_note_taken_back_is_never_read_and_its_text_is_gone(city_office: Office, report: Application) -> None:
    note = city_office.engine.comment(report.reference, "Salah berkas.", CLERK, "n", "public")
    city_office.wait("+9m")
    city_office.engine.take_back_note(report.reference, note, CLERK)
    city_office.engine.take_back_note(report.reference, note, CLERK)

    city_office.wait("+1h")

    file = city_office.queries.case_file(report.reference, CLERK)
    assert told(city_office, report) == []
    assert "catatan" not in city_office.told(report)
    assert [(said.text, said.taken_back_at is not None) for said in file.comments] == [("", True)]
    assert city_office.history(report)[-2:] == ["comment", "undo"]
    assert all(event.verb != "comment" for event in city_office.queries.tracking(report.token).history)


def test_a_note_is_taken_back_by_its_author_and_in_time_only(city_office: Office, report: Application) -> None:
    note = city_office.engine.comment(report.reference, "Sudah ditelepon.", CLERK, "n")
    with pytest.raises(NotFound):
        city_office.engine.take_back_note(report.reference, note, staff("pengawas"))

    city_office.wait("+10m")

    with pytest.raises(WindowClosed):
        city_office.engine.take_back_note(report.reference, note, CLERK)
    assert city_office.queries.case_file(report.reference, CLERK).own_notes == frozenset()
