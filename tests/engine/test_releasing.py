"""What everybody reads of a complaint: blacked out by a person, drawn anew, version by version, taken back at once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import AnswersRejected, NotFound, NotYours, WindowClosed
from engine.forms import blacked, spans
from engine.model import Actor, ProposedRelease, PublicPhoto
from tests.builders import Application, Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE, do
from tests.engine.test_merging import seat

ADMIN = staff("admin_pengaduan", login="rina")
SECOND = staff("admin_pengaduan", login="bagus")
TEXT = "Pak Joko Widodo, NIK 3374010101800001, HP 0812-3456-7890, motor H 1234 AB, memarkir di depan Bu Lurah."
SAID = {**SAMPLES["lampu_jalan"], "uraian": TEXT}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = office_in(Path(tmp_path_factory.mktemp("office")))
    opened.publish(SERVICE)
    yield opened
    opened.janji.close()


@pytest.fixture
def complaint(office: Office) -> Application:
    return office.apply("complaint", SAID)


def propose(office: Office, complaint: Application, key: str, words: str = "Parkir liar.", **more: object) -> None:
    photos = more.get("photos", ())
    office.engine.release_to_public(complaint.reference, words, "", photos, "Diminta warga.", ADMIN, key)  # type: ignore[arg-type]


def release(office: Office, complaint: Application, key: str, words: str = "Parkir liar.", **more: object) -> None:
    propose(office, complaint, key, words, **more)
    office.confirm_release(complaint, SECOND)


def waiting(office: Office, complaint: Application, by: Actor = ADMIN) -> ProposedRelease:
    found = office.queries.release_desk(complaint.reference, by).pending
    assert found
    return found


def public(office: Office, complaint: Application):  # type: ignore[no-untyped-def]
    return office.queries.public_case(complaint.reference).case


def test_suggestions_come_from_plain_patterns_and_say_which() -> None:
    found = spans(TEXT, ["Siti Rahmawati"])

    assert [(TEXT[one.start : one.end], one.kind) for one in found] == [
        ("Joko Widodo", "name"),
        ("3374010101800001", "nik"),
        ("0812-3456-7890", "digits"),
        ("H 1234 AB", "plate"),
    ]
    assert blacked(TEXT, found[:1]).startswith("Pak [disamarkan], NIK 3374")


def test_the_desk_proposes_the_text_with_every_suggestion_covered(office: Office, complaint: Application) -> None:
    desk = office.queries.release_desk(complaint.reference, ADMIN)

    for told in ("Joko", "3374010101800001", "0812", "H 1234 AB"):
        assert told not in desk.proposed
    assert "Lurah" in desk.proposed
    assert len(desk.photos) == 2


def test_black_parts_are_in_no_byte_of_what_is_public_and_the_original_stays(
    office: Office, complaint: Application
) -> None:
    photo = office.queries.release_desk(complaint.reference, ADMIN).photos[0]
    release(office, complaint, "r1", photos=[PublicPhoto(photo.id, ((0, 0, 50, 100),))])

    [shown] = public(office, complaint).photos
    assert shown != photo.id
    _paper, content = office.queries.public_photo(complaint.reference, shown)
    with Image.open(BytesIO(content)) as picture:
        width, height = picture.size
        assert max(picture.convert("L").getpixel((width // 4, height // 2)), 0) < 8
        assert picture.convert("L").getpixel((3 * width // 4, height // 4)) > 60
        assert not picture.getexif()
    with pytest.raises(NotFound):
        office.queries.public_photo(complaint.reference, photo.id)
    kept, original = office.queries.document(photo.id, actor=ADMIN)
    assert kept.sha256 == photo.sha256
    assert original != content
    assert shown not in {paper.id for paper in office.queries.tracking(complaint.token).documents}


def test_every_version_is_kept_with_who_when_and_why(office: Office, complaint: Application) -> None:
    release(office, complaint, "v1", "Versi satu.")
    release(office, complaint, "v2", "Versi dua.")
    propose(office, complaint, "v2", "Dikirim dua kali.")
    office.engine.take_back(complaint.reference, "Keluarga keberatan.", ADMIN, "v3")

    history = office.queries.release_desk(complaint.reference, ADMIN).history
    assert [(one.summary, one.why, one.by, one.confirmed_by, one.taken_back) for one in history] == [
        ("Versi satu.", "Diminta warga.", "rina", "bagus", False),
        ("Versi dua.", "Diminta warga.", "rina", "bagus", False),
        ("", "Keluarga keberatan.", "rina", "", True),
    ]
    now = public(office, complaint)
    assert (now.summary, now.photos, now.released_at) == ("", [], None)


def test_what_the_coordinators_form_released_is_a_version_too(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))
    office.confirm_release(complaint, SECOND)

    [first] = office.queries.release_desk(complaint.reference, ADMIN).history
    assert (first.by, first.summary) == ("admin_pengaduan", SAMPLES["ke_disperkim"]["ringkasan_publik"])


def test_nobody_else_releases_and_nothing_confidential_is_released(office: Office, complaint: Application) -> None:
    with pytest.raises(NotYours):
        office.engine.release_to_public(complaint.reference, "x", "", (), "x", staff("penghubung", "disperkim"), "n1")
    with pytest.raises(AnswersRejected):
        office.engine.release_to_public(complaint.reference, "x", "", (), " ", ADMIN, "n2")
    hidden = office.apply("complaint", {**SAID, "rahasia": True})
    with pytest.raises(NotFound):
        propose(office, hidden, "n3")
    other = office.apply("complaint", SAID)
    foreign = office.queries.release_desk(other.reference, ADMIN).photos[0]
    with pytest.raises(NotFound):
        propose(office, complaint, "n4", photos=[PublicPhoto(foreign.id)])


def test_nothing_is_public_before_a_second_person_and_never_by_whoever_proposed_it(
    office: Office, complaint: Application
) -> None:
    photo = office.queries.release_desk(complaint.reference, ADMIN).photos[0]
    propose(office, complaint, "s1", photos=[PublicPhoto(photo.id, ((0, 0, 50, 100),))])

    assert (public(office, complaint).summary, public(office, complaint).photos) == ("", [])
    assert waiting(office, complaint, SECOND).summary == "Parkir liar."
    with pytest.raises(NotYours, match="four_eyes"):
        office.engine.confirm_release(complaint.reference, waiting(office, complaint).id, ADMIN, "s2")
    with pytest.raises(NotYours):
        office.engine.confirm_release(
            complaint.reference, waiting(office, complaint).id, staff("penghubung", "disperkim"), "s3"
        )
    assert complaint.reference in {case.reference for _, case in office.queries.decisions(SECOND).releases}
    assert complaint.reference not in {case.reference for _, case in office.queries.decisions(ADMIN).releases}

    office.confirm_release(complaint, SECOND)
    assert len(public(office, complaint).photos) == 1
    assert office.queries.release_desk(complaint.reference, ADMIN).pending is None


def test_what_a_second_person_sends_back_is_in_its_authors_list_with_the_reason(
    office: Office, complaint: Application
) -> None:
    propose(office, complaint, "b1")
    first = waiting(office, complaint).id
    with pytest.raises(AnswersRejected):
        office.engine.refuse_release(complaint.reference, first, " ", SECOND, "b2")
    office.engine.refuse_release(complaint.reference, first, "Wajah di kiri.", SECOND, "b3")

    [mine] = [one for one, case in office.queries.decisions(ADMIN).returned if case.reference == complaint.reference]
    assert (mine.answer, mine.summary) == ("Wajah di kiri.", "Parkir liar.")
    with pytest.raises(WindowClosed, match="decided"):
        office.engine.confirm_release(complaint.reference, first, SECOND, "b4")

    propose(office, complaint, "b5", "Parkir.")
    with pytest.raises(WindowClosed, match="replaced"):
        office.engine.confirm_release(complaint.reference, first, SECOND, "b6")
    office.confirm_release(complaint, SECOND)
    assert public(office, complaint).summary == "Parkir."


def test_what_waits_can_be_dropped_and_what_is_public_stays_until_it_is_taken_back(
    office: Office, complaint: Application
) -> None:
    release(office, complaint, "d1", "Versi satu.")
    propose(office, complaint, "d2", "Versi dua.")
    assert public(office, complaint).summary == "Versi satu."

    office.engine.take_back(complaint.reference, "Keliru.", ADMIN, "d3")

    assert public(office, complaint).released_at is None
    assert office.queries.release_desk(complaint.reference, ADMIN).pending is None
    propose(office, complaint, "d4", "Versi tiga.")
    office.engine.take_back(complaint.reference, "Tidak jadi.", ADMIN, "d5")
    assert office.history(complaint)[-1] == "drop_release"


def test_a_coordinator_blacks_out_looks_releases_and_takes_back_on_one_page(
    office: Office, complaint: Application
) -> None:
    desk = seat(office, "releasing.clerk")
    path = f"/berkas/{complaint.reference}/publikasi"
    assert path in (case := desk.get(f"/berkas/{complaint.reference}").text)
    assert "belum dilepas" in case
    page = desk.get(path).text
    assert "NIK" in page
    assert page.count("/src/comfort.js") == 1
    photo = office.queries.release_desk(complaint.reference, ADMIN).photos[0].id

    typed = {"ringkasan": "Parkir liar.", "foto": photo, f"kotak.{photo}.0": ["10", "10", "30", "30"]}
    seen = desk.post(path, data={**typed, "aksi": "lihat"})
    assert "Seperti dibaca umum" in seen.text
    assert "k=10,10,30,30" in seen.text
    assert public(office, complaint).summary == ""
    picture = desk.get(f"{path}/foto/{photo}?k=10,10,30,30")
    assert (picture.status_code, picture.mimetype) == (200, "image/jpeg")

    assert desk.post(path, data={**typed, "aksi": "lepas", "kunci": "p1"}).status_code == 422
    desk.post(path, data={**typed, "aksi": "lepas", "alasan": "Diminta warga.", "kunci": "p2"})
    assert "Parkir liar." not in desk.get(f"/laporan/{complaint.reference}").text
    assert "Anda yang mengusulkan" in desk.get(path).text
    assert "menunggu orang kedua" in desk.get(f"/berkas/{complaint.reference}").text

    second = seat(office, "releasing.second")
    assert path in second.get("/pengawasan").text
    usul = waiting(office, complaint).id
    assert "Menunggu orang kedua" in second.get(path).text
    wordless = second.post(f"{path}/kembalikan", data={"usul": usul, "jawaban": "", "kunci": "p4"})
    assert (wordless.status_code, "Tulis apa yang masih perlu disamarkan." in wordless.text) == (422, True)
    second.post(f"{path}/kembalikan", data={"usul": usul, "jawaban": "Wajah di kiri.", "kunci": "p5"})
    assert "Wajah di kiri." in desk.get("/pengawasan").text
    page = desk.get(path).text
    assert ("Wajah di kiri." in page, 'value="30' in page) == (True, True), "what was typed is still there"
    desk.post(path, data={**typed, "aksi": "lepas", "alasan": "Diminta warga.", "kunci": "p6"})
    stale = second.post(f"{path}/setujui", data={"usul": usul, "kunci": "p7"}, follow_redirects=True)
    assert "sudah diputuskan atau diganti" in stale.text
    second.post(f"{path}/setujui", data={"usul": waiting(office, complaint).id, "kunci": "p8"})
    assert "Parkir liar." in desk.get(f"/laporan/{complaint.reference}").text

    desk.post(f"{path}/tarik", data={"alasan": "Keliru.", "kunci": "p3"})
    assert "Parkir liar." not in desk.get(f"/laporan/{complaint.reference}").text
    assert "Keliru." in desk.get(path).text
