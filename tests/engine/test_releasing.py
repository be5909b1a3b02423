"""What everybody reads of a complaint: blacked out by a person, drawn anew, version by version, taken back at once."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from engine.errors import AnswersRejected, NotFound, NotYours
from engine.forms import blacked, spans
from engine.model import PublicPhoto
from tests.builders import Application, Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE, do
from tests.engine.test_merging import seat

ADMIN = staff("admin_pengaduan", login="rina")
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


def release(office: Office, complaint: Application, key: str, words: str = "Parkir liar.", **more: object) -> None:
    photos = more.get("photos", ())
    office.engine.release_to_public(complaint.reference, words, "", photos, "Diminta warga.", ADMIN, key)  # type: ignore[arg-type]


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
    release(office, complaint, "v2", "Dikirim dua kali.")
    office.engine.take_back(complaint.reference, "Keluarga keberatan.", ADMIN, "v3")

    history = office.queries.release_desk(complaint.reference, ADMIN).history
    assert [(one.summary, one.why, one.by, one.taken_back) for one in history] == [
        ("Versi satu.", "Diminta warga.", "rina", False),
        ("Versi dua.", "Diminta warga.", "rina", False),
        ("", "Keluarga keberatan.", "rina", True),
    ]
    now = public(office, complaint)
    assert (now.summary, now.photos, now.released_at) == ("", [], None)


def test_what_the_coordinators_form_released_is_a_version_too(office: Office, complaint: Application) -> None:
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_disperkim"))

    [first] = office.queries.release_desk(complaint.reference, ADMIN).history
    assert (first.by, first.summary) == ("admin_pengaduan", SAMPLES["ke_disperkim"]["ringkasan_publik"])


def test_nobody_else_releases_and_nothing_confidential_is_released(office: Office, complaint: Application) -> None:
    with pytest.raises(NotYours):
        office.engine.release_to_public(complaint.reference, "x", "", (), "x", staff("penghubung", "disperkim"), "n1")
    with pytest.raises(AnswersRejected):
        office.engine.release_to_public(complaint.reference, "x", "", (), " ", ADMIN, "n2")
    hidden = office.apply("complaint", {**SAID, "rahasia": True})
    with pytest.raises(NotFound):
        release(office, hidden, "n3")
    other = office.apply("complaint", SAID)
    foreign = office.queries.release_desk(other.reference, ADMIN).photos[0]
    with pytest.raises(NotFound):
        release(office, complaint, "n4", photos=[PublicPhoto(foreign.id)])


def test_a_coordinator_blacks_out_looks_releases_and_takes_back_on_one_page(
    office: Office, complaint: Application
) -> None:
    desk = seat(office, "releasing.clerk")
    path = f"/berkas/{complaint.reference}/publikasi"
    assert path in desk.get(f"/berkas/{complaint.reference}").text
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
    assert "Parkir liar." in desk.get(f"/laporan/{complaint.reference}").text

    desk.post(f"{path}/tarik", data={"alasan": "Keliru.", "kunci": "p3"})
    assert "Parkir liar." not in desk.get(f"/laporan/{complaint.reference}").text
    assert "Keliru." in desk.get(path).text
