"""What everybody may read of complaints: that they are there, and in words only what a person has released."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import Any

import pytest

from engine.errors import NotFound
from engine.forms.masking import COVERED
from engine.views import PublicOrder, PublicState
from tests.builders import ROOT, Application, Office, office_in, staff

SERVICE = ROOT / "processes" / "complaint"
SAMPLES: dict[str, Any] = tomllib.loads((SERVICE / "scenarios" / "_samples.toml").read_text(encoding="utf-8"))[
    "samples"
]
WORDS = "Bu Siti Rahmawati (0812-3456-7890) sudah lapor. Lampu mati sejak 12/11/2026."
TO_UNIT = {"kelas": "tidak_berkadar_pengawasan", "unit": "disperkim"}


@pytest.fixture
def office(tmp_path) -> Office:
    opened = office_in(tmp_path)
    opened.publish(SERVICE)
    return opened


def complain(office: Office, sample: str = "lampu_jalan", **changes: Any) -> Application:
    return office.apply("complaint", {**SAMPLES[sample], **changes})


def listed(office: Office, **wanted: Any) -> list[str]:
    return [one.reference for one in office.queries.public_list(**wanted).rows]


def to_disposition(office: Office, complaint: Application) -> None:
    office.do(complaint, "verifikasi_laporan", SAMPLES["lengkap"])


def proposed(office: Office, complaint: Application) -> dict[str, Any]:
    desk = office.queries.desk(office.task(complaint, "disposisi").id, staff("admin_pengaduan"))
    return dict(desk.form.values)


def test_a_complaint_is_listed_at_once_without_a_word_that_its_reporter_typed(office):
    complaint = complain(office, uraian=WORDS, judul="Judul dari Siti")

    page = office.queries.public_case(complaint.reference)

    assert (page.case.category, page.case.place) == ("lampu_jalan", "33.74.01.1013")
    assert (page.case.summary, page.case.point, list(page.case.photos)) == ("", "", [])
    for typed in ("Siti", "Lampu mati", "Judul", "Pekunden Timur", "0812"):
        assert typed not in repr(page)


def test_a_confidential_complaint_is_not_there_for_anybody(office):
    complaint = complain(office, "rahasia")

    assert listed(office) == []
    assert office.queries.public_list().places == ()
    for reference in (complaint.reference, "ADU-2026-999999"):
        with pytest.raises(NotFound):
            office.queries.public_case(reference)
    to_disposition(office, complaint)
    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Bocor"})
    with pytest.raises(NotFound):
        office.queries.public_case(complaint.reference)
    with office.store.read() as reads:
        assert reads._connection.exec_driver_sql("SELECT count(*) FROM publication").scalar() == 0


def test_a_permit_has_no_public_page(city_office):
    assert [facts.id for facts in city_office.queries.public_list().services] == ["complaint"]


def test_the_desk_proposes_covered_words_and_a_coarse_point(office):
    complaint = complain(office, uraian=WORDS)
    to_disposition(office, complaint)

    found = proposed(office, complaint)

    assert found["ringkasan_publik"] == f"Bu {COVERED} ({COVERED}) sudah lapor. Lampu mati sejak 12/11/2026."
    assert found["titik_publik"] == "-6.988,110.417"


def test_names_after_a_title_are_covered_in_what_a_disposition_proposes_as_on_the_page_of_release(office):
    complaint = complain(office, uraian="Pak Joko Widodo memarkir H 1234 AB di depan rumah Bu Lurah.")
    to_disposition(office, complaint)

    said = proposed(office, complaint)["ringkasan_publik"]

    assert said == f"Pak {COVERED} memarkir {COVERED} di depan rumah Bu Lurah."
    assert office.queries.release_desk(complaint.reference, staff("admin_pengaduan")).proposed == said


def test_an_anonymous_reporters_name_is_covered_though_the_desk_may_not_see_it(office):
    complaint = complain(office, uraian=WORDS, anonim=True)
    to_disposition(office, complaint)

    assert "Siti" not in proposed(office, complaint)["ringkasan_publik"]
    assert "Siti" not in repr(office.queries.public_case(complaint.reference))


def test_what_a_disposition_proposes_is_public_once_a_second_person_has_looked(office):
    complaint = complain(office)
    to_disposition(office, complaint)
    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati.", "titik_publik": "-6.988,110.417"})

    before = office.queries.public_case(complaint.reference).case
    assert (before.summary, before.point, before.released_at) == ("", "", None)
    assert office.queries.public_list().points == ()

    office.confirm_release(complaint)
    case = office.queries.public_case(complaint.reference).case
    assert (case.summary, case.point, list(case.photos)) == ("Lampu mati.", "-6.988,110.417", [])
    assert [one.reference for one in office.queries.public_list().points] == [complaint.reference]


def test_no_photo_as_it_came_is_public_whatever_names_it(office):
    complaint = complain(office)
    to_disposition(office, complaint)
    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati."})
    office.confirm_release(complaint)
    with office.store.write() as tx:
        original = tx.documents(complaint.id)[0].id
        as_it_came = [{"of": original, "document": original, "boxes": []}]
        tx.release(replace(tx.releases(complaint.id)[-1], photos=as_it_came))

    with pytest.raises(NotFound):
        office.queries.public_photo(complaint.reference, original)


def test_a_second_disposition_begins_with_what_was_proposed_and_can_take_it_back(office):
    complaint = complain(office, uraian=WORDS)
    to_disposition(office, complaint)
    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati."})
    office.confirm_release(complaint)
    office.do(complaint, "jawaban_unit", SAMPLES["salah_alamat"])

    found = proposed(office, complaint)
    assert found["ringkasan_publik"] == "Lampu mati."
    assert "titik_publik" not in found, "left out before, it does not come back by itself"

    office.do(complaint, "disposisi", {"kelas": "tidak_berkadar_pengawasan", "unit": "dpu"})
    assert office.queries.public_case(complaint.reference).case.summary == ""


def test_a_second_disposition_that_changes_nothing_waits_for_nobody(office):
    complaint = complain(office)
    to_disposition(office, complaint)
    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati."})
    office.confirm_release(complaint)
    office.do(complaint, "jawaban_unit", SAMPLES["salah_alamat"])

    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati."})

    assert office.queries.public_case(complaint.reference).case.summary == "Lampu mati."
    with office.store.read() as reads:
        assert reads.proposed_release(complaint.id) is None


def test_a_city_that_wants_no_second_person_releases_at_once(tmp_path):
    for name in ("city.toml", "regions.csv", "holidays.csv"):
        said = (ROOT / "processes" / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(said.replace("second_look = true", "second_look = false"), encoding="utf-8")
    office = office_in(tmp_path, processes=tmp_path)
    office.publish(SERVICE)
    complaint = complain(office)
    to_disposition(office, complaint)

    office.do(complaint, "disposisi", {**TO_UNIT, "ringkasan_publik": "Lampu mati."})

    assert office.queries.public_case(complaint.reference).case.summary == "Lampu mati."


def test_everybody_sees_who_had_it_and_what_the_office_answered_but_no_name(office):
    complaint = complain(office)
    for element, answers in (("verifikasi_laporan", SAMPLES["lengkap"]), ("disposisi", TO_UNIT)):
        office.wait("+1h")
        office.do(complaint, element, answers)
    for element, sample in (("jawaban_unit", "ditindaklanjuti"), ("tindak_lanjut", "bukti")):
        office.wait("+1h")
        office.do(complaint, element, SAMPLES[sample])
    office.wait("+1h")
    office.do(
        complaint, "balasan", {"hasil": "kirim", "jawaban": "Terima kasih Ibu Siti Rahmawati, lampu sudah menyala."}
    )

    assert office.queries.public_case(complaint.reference).answers == (), "it speaks of what nobody has released"
    office.engine.release_to_public(complaint.reference, "Lampu.", "", (), "Ditanya.", staff("admin_pengaduan"), "r")
    office.confirm_release(complaint)
    page = office.queries.public_case(complaint.reference)

    assert [(one.role, one.unit) for one in page.handings] == [
        *(("admin_pengaduan", "diskominfo"), ("admin_pengaduan", "diskominfo")),
        *(("penghubung", "disperkim"), ("penghubung", "disperkim"), ("admin_pengaduan", "diskominfo")),
    ]
    assert all(one.until_at for one in page.handings)
    assert [text for _, text in page.answers] == [f"Terima kasih Ibu {COVERED}, lampu sudah menyala."]


def test_the_list_can_be_narrowed_by_place_kind_and_state(office):
    lamp = complain(office)
    office.wait("+1d")
    flood = complain(office, "banjir")

    assert listed(office) == [flood.reference, lamp.reference]
    assert listed(office, order=PublicOrder.OLDEST) == [lamp.reference, flood.reference]
    assert listed(office, category="banjir") == [flood.reference]
    assert listed(office, place="33.74.01") == listed(office, place="33.74.01.1013") == [lamp.reference]
    assert listed(office, state=PublicState.GOING) == [flood.reference, lamp.reference]
    assert listed(office, state=PublicState.LATE) == listed(office, state=PublicState.ENDED) == []

    office.engine.withdraw(flood.token, "", "tarik")
    office.wait("+15d")
    assert listed(office, state=PublicState.ENDED) == [flood.reference]
    assert listed(office, state=PublicState.LATE) == [lamp.reference]
    assert [(one.place, one.count, one.going, one.late) for one in office.queries.public_list().places] == [
        ("33.74.01.1013", 1, 1, 1),
        ("33.74.10.1004", 1, 0, 0),
    ]


def test_pages_follow_each_other_without_a_gap_or_a_double(office):
    made = []
    for _ in range(23):
        made.append(complain(office, "informasi").reference)
        office.wait("+1h")

    seen, cursor = [], None
    while True:
        page = office.queries.public_list(cursor=cursor)
        seen += [one.reference for one in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break

    assert seen == made[::-1]


def test_a_list_reads_its_rows_in_order_by_an_index(office):
    from engine.store.lists import PublicFilter
    from tests.engine.store.plans import plan_of

    plan = plan_of(office.store, lambda reads: reads.public_list(PublicFilter(), office.clock.now(), None, 20))

    assert any("ix_publication_started" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
