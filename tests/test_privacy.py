"""A canary lives through a whole KRK: nothing of the person may be in a log, a figure, a mail or a redirect."""

from __future__ import annotations

import io
import json
import logging
import re
import tomllib
from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from engine.logs import begin_logging
from engine.model import Post
from engine.satisfaction import ELEMENTS
from engine.stories.playing import with_papers
from tests.builders import ROOT, Office, staff
from tests.webapp.browsing import Visitor, fill_in_parts, hidden

PASSWORD = "sandi untuk uji"
GATEWAY = "rahasia-gerbang"
STORIES = ROOT / "processes" / "krk" / "scenarios"
SAMPLES = tomllib.loads((STORIES / "_samples.toml").read_text())["samples"]
CANARY = {
    "nama": "Kenari Purnamasari Zubaidah",
    "nik": "3374014107890017",
    "telepon": "081298761234",
    "email": "kenari.zubaidah@contoh.example",
    "alamat": "Jalan Sangkar Emas 77",
}
FEATHERS = (*CANARY.values(), *CANARY["nama"].split(), "+6281298761234", "81298761234")
"""Every spelling in which the canary could be told."""
SEALED = tuple(one.encode() for one in FEATHERS if one not in (CANARY["nama"], *CANARY["nama"].split()))
"""What no byte of the database may hold. The name of who applies for a permit stands in the office's lists."""
REPORT = {
    "judul": "Lampu jalan mati",
    "kategori": "lampu_jalan",
    "kelurahan": "33.74.01.1013",
    "uraian": "Tiga lampu berturut-turut mati sejak Senin malam.",
    "lokasi": "Depan SD Pekunden",
    **{name: CANARY[name] for name in ("nama", "telepon", "email")},
}
STEPS = (
    ("verifikator", "verifikasi_berkas", {"use": "lengkap"}),
    ("kasi", "penugasan", {"koordinat": "perlu_survei", "arahan": "Ukur lebar jalan."}),
    ("surveyor", "survei_lapangan", {"use": "hasil_survei"}),
    ("juru_gambar", "plotting_zona", {"use": "zona_sedang"}),
    ("juru_gambar", "analisis_tata_ruang", {"use": "analisis_sesuai_tabel"}),
    ("kasi", "koreksi_kasi", {"use": "setuju"}),
    ("kabid", "koreksi_kabid", {"use": "setuju"}),
    ("kadis", "tanda_tangan_kadis", {"use": "setuju"}),
)
"""As the story `dengan_survei` tells it."""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged in production, by whomever."""
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    begin_logging(production=True, stream=stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)


def test_a_canary_passes_through_a_whole_krk_and_leaves_no_feather(city_office, log):
    redirects: list[str] = []
    stranger = Visitor(city_office.janji)
    reference, token = applied(stranger, redirects)
    for role, element, given in STEPS:
        carried_on(city_office, token, role, element, given, redirects)
    city_office.janji.work_once()
    city_office.wait("+3wd")
    city_office.janji.work_once()
    stranger.get(f"/t/{token}")
    stranger.get(f"/t/{token}/berkas/tiada")
    stranger.get("/v/KRK.2026.00001")
    logging.getLogger("waitress").info("Client disconnected while serving %s", f"/t/{token}")
    metrics = colleague(city_office, "operator").get("/metrics").text

    case = case_of(city_office, reference)
    assert case.outcome == "terbit"
    assert "janji_http_requests" in metrics
    assert log.getvalue(), "nothing was logged, so nothing was proved"
    assert nothing_of_the_canary(token, log.getvalue())
    assert nothing_of_the_canary(token, metrics)
    assert nothing_of_the_canary(token, "\n".join(one for one in redirects if not one.startswith(f"/t/{token}")))
    mails = [*city_office.mail.messages, *city_office.janji.outbox._channels["text"].messages]
    assert len(mails) >= 3
    for mail in mails:
        text = f"{mail.subject}\n{mail.body}\n{mail.key}"
        assert nothing_of_the_canary("" if token in mail.body else token, text), mail.subject
        assert token not in mail.body or mail.to.where in FEATHERS, "only the applicant is sent the link"
    assert [one for one in SEALED if one in stored(city_office)] == []
    assert token.encode() not in stored(city_office)


def test_a_canary_uses_every_other_page_of_a_citizen_and_leaves_no_feather(city_office, log):
    """Begin, go on elsewhere, confirm, lose the link, press, take the data along, stop the news, follow, ask by text
    message, withdraw, rate, be forgotten.
    """
    city_office.janji.settings.gateway_inbound_token = SecretStr(GATEWAY)
    reporter, places = Visitor(city_office.janji), []

    def send(path: str, answers: dict, page: str = "") -> str:
        answer = reporter.send(path, answers, reporter.get(page or path))
        assert answer.status_code < 400, f"{path}: {answer.status_code}"
        places.append(answer.headers.get("Location", ""))
        return places[-1]

    form = "/layanan/complaint/ajukan"
    for contact in (CANARY["email"], CANARY["telepon"]):
        send(f"{form}/lanjut-nanti", {"kontak": contact}, form)
    secrets = letters(city_office)
    send(secrets["lanjut"], {})
    case = city_office.apply("complaint", REPORT)
    secrets |= letters(city_office)
    send(secrets["konfirmasi"], {})
    send("/lacak", {"nomor": case.reference, "kode": case.code})
    send("/lacak/hilang", {"nomor": case.reference, "kontak": CANARY["email"]})
    for contact in (CANARY["telepon"], CANARY["email"]):
        send(form, REPORT)
        assert reporter.get(f"{form}/periksa").location == f"{form}/serupa"
        send(f"{form}/serupa", {"aksi": "ikuti", "nomor": case.reference, "kontak": contact})
    secrets |= {f"{page} of a follower": path for page, path in letters(city_office).items()}
    send(secrets["konfirmasi of a follower"], {})
    city_office.work_through("2026-12-04T09:00")
    own = f"/t/{case.token}"
    send(f"{own}/desak", {}, own)
    send(f"{own}/data/unduh", {"kode": case.code}, f"{own}/data")
    send(secrets["berhenti"], {})
    for path in (f"{own}/hitungan", f"{own}.json", f"/laporan/{case.reference}", "/laporan", "/kinerja", "/lanjut"):
        assert reporter.get(path).status_code in (200, 404), path
    asked = {"from": CANARY["telepon"], "text": f"LACAK {case.reference}", "id": "m-1"}
    heard = reporter.client.post("/gateway/pesan", json=asked, headers={"Authorization": f"Bearer {GATEWAY}"})
    assert heard.status_code == 202
    send(f"{own}/tarik", {"yakin": "ya", "alasan": f"Sudah selesai; hubungi {CANARY['telepon']}."})
    comment = f"Tolong telepon {CANARY['telepon']} atau tulis ke {CANARY['email']}."
    send(f"{own}/survei", {**dict.fromkeys(ELEMENTS, "3"), "saran": comment})
    send(f"{own}/data/hapus", {"kode": case.code, "yakin": "ya"}, f"{own}/data")
    city_office.wait("+95d")
    city_office.janji.housekeeping.tidy()
    assert case_of(city_office, case.reference).erased_at, "who asks to be forgotten is forgotten"
    letters(city_office)
    for path in (own, *secrets.values()):
        logging.getLogger("waitress").info("Client disconnected while serving %s", path)
    metrics = colleague(city_office, "operator").get("/metrics").text

    told = [case.token, *(path.rpartition("/")[2] for path in secrets.values())]
    assert log.getvalue().count("disconnected") >= 4, "nothing was logged, so nothing was proved"
    assert len(told) >= 4, "secrets of every kind were sent"
    for token in told:
        assert nothing_of_the_canary(token, log.getvalue())
        assert nothing_of_the_canary(token, metrics)
    assert nothing_of_the_canary("", "\n".join(places))
    for mail in (*city_office.mail.messages, *city_office.texts.messages):
        assert nothing_of_the_canary("", f"{mail.subject}\n{mail.body}\n{mail.key}"), mail.subject
    assert [one for one in (*SEALED, CANARY["nama"].encode()) if one in stored(city_office)] == []


def test_a_reporter_is_in_no_byte_of_the_database(city_office):
    case = city_office.apply("complaint", REPORT)
    task = city_office.task(case, "verifikasi_laporan")
    seen = city_office.queries.desk(task.id, staff("admin_pengaduan"))

    assert seen.answered[0].answers["nama"] == CANARY["nama"], "who coordinates complaints sees the reporter"
    assert [one for one in (*SEALED, CANARY["nama"].encode(), case.token.encode()) if one in stored(city_office)] == []
    city_office.janji.outbox.send_due()
    assert CANARY["email"] in {mail.to.where for mail in city_office.mail.messages}, "the seal is opened to tell them"


def test_what_is_typed_into_a_draft_lies_sealed_too(city_office):
    draft = city_office.engine.begin_draft("krk", "id")
    city_office.engine.save_draft(draft, {**CANARY, "nik": "33740141078900"}, {})

    assert city_office.queries.draft(draft).values["nik"] == "33740141078900"
    assert [one for one in (*SEALED, b"33740141078900", draft.encode()) if one in stored(city_office)] == []


def test_an_error_of_ours_is_logged_by_kind_and_place_and_never_by_its_text(city_office, log):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"row of {CANARY['nama']}, {CANARY['nik']}")

    visitor = Visitor(city_office.janji)
    visitor.client.application.view_functions["public.home"] = broken
    broken.access_policy = visitor.client.application.view_functions["public.track"].access_policy  # type: ignore[attr-defined]

    assert visitor.get("/").status_code == 500
    [line] = [json.loads(one) for one in log.getvalue().splitlines() if "page failed" in one]
    assert (line["error"], line["level"]) == ("RuntimeError", "error")
    assert any("broken" in place for place in line["where"])
    assert nothing_of_the_canary("", log.getvalue())


def test_the_steps_of_a_diagram_write_no_line_with_their_data(city_office, log):
    city_office.apply("complaint", REPORT)

    assert "spiff" not in log.getvalue()


def test_whatever_a_library_logs_is_scrubbed_too(log):
    about = {"tel": CANARY["telepon"]}
    logging.getLogger("some.library").warning("to %s about %s", CANARY["email"], CANARY["nik"], extra=about)
    logging.getLogger("waitress").info("Client disconnected while serving /t/abcdefghijklmnop/tugas/x")

    assert nothing_of_the_canary("abcdefghijklmnop", log.getvalue())
    assert [json.loads(line)["level"] for line in log.getvalue().splitlines()] == ["warning", "info"]


def letters(office: Office) -> dict[str, str]:
    """Where the links of everything that was sent lead, by page; the newest counts."""
    office.janji.outbox.send_due()
    sent = [*office.mail.messages, *office.texts.messages]
    return {page: path for message in sent for path, page in re.findall(r"http://[^/\s]+(/(\w+)/\S+)", message.body)}


def applied(stranger: Visitor, redirects: list[str]) -> tuple[str, str]:
    """The KRK is applied for over HTTP; returns its reference and the secret of its link."""
    address = "/layanan/krk/ajukan"
    redirects += fill_in_parts(stranger, address, {**SAMPLES["titik_saja"], **CANARY})
    sent = stranger.send(f"{address}/periksa", {}, stranger.get(f"{address}/periksa"))
    redirects.append(sent.location)
    token = sent.location.split("/")[2]
    return stranger.janji.queries.tracking(token).case.reference, token


def carried_on(office: Office, token: str, role: str, element: str, given: dict, redirects: list[str]) -> None:
    """A colleague opens the task and its case file, and finishes the task over HTTP where no paper is asked for."""
    case = office.queries.tracking(token).case
    with office.store.read() as reads:
        task = next(one for one in reads.open_tasks(case.id) if one.element == element)
    answers, uploads = with_papers(SAMPLES[given["use"]] if "use" in given else given)
    visitor = colleague(office, role)
    visitor.get(f"/berkas/{case.reference}")
    page = visitor.get(f"/tugas/{task.id}")
    files = {name: [(io.BytesIO(content), shown) for shown, content in papers] for name, papers in uploads.items()}
    done = visitor.client.post(
        f"/tugas/{task.id}",
        data={**hidden(page, "multipart/form-data"), **flat(answers), **files},
        content_type="multipart/form-data",
    )
    assert done.status_code == 303, f"{element}: {done.status_code}"
    redirects.append(done.location)


def colleague(office: Office, role: str) -> Visitor:
    with office.store.read() as reads:
        known = reads.user(role)
    if known is None:
        office.janji.accounts.add(role, role.title(), f"{role}@kantor.example", PASSWORD, frozenset({Post(role)}))
    visitor = Visitor(office.janji)
    assert visitor.send("/masuk", {"pengguna": role, "sandi": PASSWORD}).status_code == 303
    return visitor


def flat(answers: dict, path: str = "") -> dict[str, str]:
    """Answers as a browser posts them."""
    found: dict[str, str] = {}
    for name, value in answers.items():
        if isinstance(value, dict):
            found |= flat(value, f"{path}{name}.")
        elif value is not False:
            found[path + name] = "true" if value is True else str(value)
    return found


def case_of(office: Office, reference: str):
    with office.store.read() as reads:
        return reads.case_by_reference(reference)


def stored(office: Office) -> bytes:
    """Every byte of the database, of its journal too."""
    return b"".join(path.read_bytes() for path in office.janji.settings.folder.glob("janji.sqlite*"))


def nothing_of_the_canary(token: str, text: str) -> bool:
    found = [value for value in (*FEATHERS, token) if value and value in text]
    assert found == []
    return True
