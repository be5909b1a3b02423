"""The defences on the real engine behind the real pages: guessing, signing in, forging, papers, two at once."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from PIL import Image
from sqlalchemy import event

from engine.accounts import PER_ACCOUNT, PER_SOURCE
from engine.errors import NotFound
from engine.keys import hashed
from engine.model import Post
from engine.questions.tracking import TRIES_PER_CASE, TRIES_PER_SOURCE
from engine.stories.planting import plant
from engine.verbs.papers import MOST_IN_DRAFT
from tests.builders import Application, Office, office_in, staff
from tests.builders_papers import bomb_png, hidden_objects, located, sample_jpeg, sample_pdf
from tests.conftest import SERVICE
from tests.webapp.browsing import Visitor, hidden, words
from webapp import create_app

PASSWORD = "sandi untuk uji"
ASKED = {"nama": "Siti Rahmawati", "uraian": "Mohon keterangan tentang layanan ini."}
ANSWER = {"jawaban": "Keterangan sudah kami kirim."}
PEOPLE = {"lulu": "loket", "rina": "loket", "kadis": "kepala_opd", "ops": "operator"}
PDF_THAT_ACTS = sample_pdf("x", b"<< /Type /Action /S /JavaScript /JS (app.alert(1)) >>")
PDF_THAT_HIDES = sample_pdf("x", hidden_objects(b"<< /S /JavaScript /JS (app.alert(1)) >>"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = office_in(tmp_path)
    plant(SERVICE, tmp_path / "processes", tmp_path / "forms")
    office.publish(tmp_path / "processes" / SERVICE, tmp_path / "forms")
    for login, role in PEOPLE.items():
        office.janji.accounts.add(login, login.title(), f"{login}@contoh.example", PASSWORD, frozenset({Post(role)}))
    yield office
    office.janji.close()


@pytest.fixture
def asked(office: Office) -> Application:
    return office.apply(SERVICE, ASKED)


@pytest.fixture
def stranger(office: Office) -> Visitor:
    return Visitor(office.janji)


def clerk(office: Office, login: str) -> Visitor:
    visitor = Visitor(office.janji)
    assert visitor.send("/masuk", {"pengguna": login, "sandi": PASSWORD}).status_code == 303
    return visitor


def plain(page: Any) -> str:
    """A page without what differs each time: tokens, keys and nonces; and without what the reader typed."""
    text = re.sub(r'(nonce|value)="[^"]*"', "", page.text)
    return re.sub(r"/t/[a-z0-9]+", "/t/…", text)


# ── guessing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_unknown_reference_and_a_wrong_code_get_the_same_answer_for_the_same_work(office, asked, stranger):
    answers, work = [], []
    for reference in (asked.reference, "CONT-2026-999999"):
        with statements(office) as said:
            answers.append(stranger.send("/lacak", {"nomor": reference, "kode": "AAAAAA"}))
        work.append(said)

    assert [one.status_code for one in answers] == [422, 422]
    assert plain(answers[0]) == plain(answers[1])
    assert work[0] == work[1]


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer_for_the_same_work(office, stranger):
    answers, work = [], []
    for login in ("lulu", "siapa"):
        with statements(office) as said:
            answers.append(stranger.send("/masuk", {"pengguna": login, "sandi": "bukan sandinya"}))
        work.append(said)

    assert [one.status_code for one in answers] == [422, 422]
    assert plain(answers[0]) == plain(answers[1])
    assert work[0] == work[1]


def test_an_unknown_login_costs_an_argon2_comparison_too(office):
    hasher = Counting()
    accounts = type(office.janji.accounts)(office.janji.house, hasher)
    compared = []
    for login in ("lulu", "siapa"):
        with pytest.raises(NotFound):
            accounts.sign_in(login, "bukan sandinya", "s")
        compared.append(hasher.compared)
        hasher.compared = 0

    assert compared == [1, 1]


@pytest.mark.parametrize(("address", "fields", "tries"), [
    ("/lacak", {"nomor": "CONT-2026-000001", "kode": "AAAAAA"}, TRIES_PER_CASE),
    ("/masuk", {"pengguna": "lulu", "sandi": "salah sekali"}, PER_ACCOUNT),
])  # fmt: skip
def test_guessing_is_stopped_and_the_right_answer_is_no_exception_until_the_window_is_over(
    office, asked, address, fields, tries
):
    answers = [Visitor(office.janji).send(address, fields).status_code for _ in range(tries + 1)]
    right = {**fields, "kode": asked.code} if "kode" in fields else {**fields, "sandi": PASSWORD}

    assert answers == [422] * tries + [429]
    assert Visitor(office.janji).send(address, right).status_code == 429
    office.clock.forward(minutes=16)
    assert Visitor(office.janji).send(address, right).status_code == 303


def test_one_source_that_tries_many_cases_or_many_accounts_is_stopped_too(office, stranger):
    page = stranger.get("/lacak")
    cases = [
        stranger.send("/lacak", {"nomor": f"CONT-2026-{n:06d}", "kode": "AAAAAA"}, page).status_code
        for n in range(TRIES_PER_SOURCE + 1)
    ]
    accounts = type(office.janji.accounts)(office.janji.house, Counting())
    people = [
        told(lambda n=n: accounts.sign_in(f"orang{n}", "salah sekali", "203.0.113.9")) for n in range(PER_SOURCE + 1)
    ]

    assert cases == [422] * TRIES_PER_SOURCE + [429]
    assert people == ["NotFound"] * PER_SOURCE + ["TooManyTries"]


# ── signing in ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_passwords_are_kept_as_argon2id(office):
    with office.store.read() as reads:
        assert reads.user("lulu").password_hash.startswith("$argon2id$")


def test_signing_in_gives_a_fresh_session_and_ends_the_one_that_was_there(office):
    visitor = clerk(office, "lulu")
    first = visitor.client.get_cookie("janji").value
    visitor.client.post("/masuk", data={**hidden(visitor.get("/lacak")), "pengguna": "rina", "sandi": PASSWORD})
    second = visitor.client.get_cookie("janji").value

    assert first != second
    assert office.janji.accounts.session(first) is None
    assert office.janji.accounts.session(second).actor.id == "rina"


def test_a_session_that_somebody_planted_is_never_taken_over(office):
    visitor = Visitor(office.janji)
    visitor.client.set_cookie("janji", "planted")
    visitor.send("/masuk", {"pengguna": "lulu", "sandi": PASSWORD})

    assert visitor.client.get_cookie("janji").value != "planted"
    assert office.janji.accounts.session("planted") is None


@pytest.mark.parametrize("base_url", ["https://janji.contoh.example", "http://127.0.0.1:8000"])
def test_cookies_are_bound_to_the_host_over_tls_and_never_seen_by_scripts(office, base_url):
    """On a plain-text demo a browser would refuse the prefix and the mark, so there the cookie has neither."""
    office.janji.settings.base_url = base_url
    client = create_app(office.janji).test_client()
    page = client.get("/masuk", base_url=base_url)
    fields = {**hidden(page), "pengguna": "lulu", "sandi": PASSWORD}
    cookies = client.post("/masuk", data=fields, base_url=base_url).headers.getlist("Set-Cookie")

    assert cookies
    for cookie in [*cookies, *page.headers.getlist("Set-Cookie")]:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert ("Secure" in cookie) is cookie.startswith("__Host-") is base_url.startswith("https")


STAND_ALONE = {"contact.stop", "gateway.hear"}
"""Posts that no page of ours sends; `test_contact.py` and `test_gateway.py` show what each asks for instead."""

# ── forging ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_no_post_of_any_page_does_anything_without_its_token(office, asked):
    app = create_app(office.janji)
    visitor = clerk(office, "lulu")
    before = everything(office)
    task = office.task(asked, "periksa")
    arguments = {"task_id": task.id, "reference": asked.reference, "service": SERVICE, "token": asked.token, "line": 1}
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods and rule.endpoint not in STAND_ALONE]

    assert len(posts) > 10
    for rule in posts:
        with app.test_request_context():
            filled = {name: arguments.get(name, "1") for name in rule.arguments}
            address = app.url_map.bind("localhost").build(rule.endpoint, filled, method="POST")
        for client in (visitor.client, create_app(office.janji).test_client()):
            answer = client.post(address, data={"jawaban": "x", "yakin": "ya", "catatan": "x", "nama": "x"})
            assert answer.status_code == 400, f"{address}: {answer.status_code}"
    assert everything(office) == before


# ── what a page may run ───────────────────────────────────────────────────────────────────────────────────────────────


def test_every_page_of_every_role_has_a_strict_policy_and_nothing_of_its_own_to_run(office, asked):
    office.do(asked, "periksa", ANSWER)
    waiting = office.apply(SERVICE, ASKED)
    pages = {
        None: ["/", f"/layanan/{SERVICE}", f"/layanan/{SERVICE}/ajukan", "/lacak", "/masuk", f"/t/{asked.token}",
               f"/t/{waiting.token}", f"/t/{waiting.token}/hitungan", f"/t/{waiting.token}/tarik", "/tiada"],
        "lulu": ["/tugas", "/tugas?tab=kelompok", f"/tugas/{office.task(waiting, 'periksa').id}", "/loket",
                 f"/loket/{SERVICE}", f"/berkas/{waiting.reference}", "/kasus"],
        "kadis": ["/pengawasan", "/kasus"],
        "ops": ["/operator"],
    }  # fmt: skip
    for login, addresses in pages.items():
        visitor = clerk(office, login) if login else Visitor(office.janji)
        for address in addresses:
            page = visitor.get(address)
            assert page.status_code == (404 if address == "/tiada" else 200), f"{login} {address}: {page.status_code}"
            strict(page, address)


def strict(page: Any, address: str) -> None:
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy).group(1)
    assert set(re.findall(r"<style([^>]*)>", page.text)) <= {f' nonce="{nonce}"'}, address
    assert not re.search(r"<script(?![^>]*\ssrc=)", page.text), address
    assert not re.search(r"<[^>]+\s(on[a-z]+|style)\s*=", page.text), address


# ── not mine and not there ────────────────────────────────────────────────────────────────────────────────────────────


def test_what_is_not_mine_and_what_is_not_there_are_one_page(office, asked):
    other = office.apply(SERVICE, ASKED)
    paper = office.engine.attach(asked.reference, "surat.pdf", sample_pdf(), staff("loket"), "kunci")
    ops, mine, stranger = clerk(office, "ops"), Visitor(office.janji), Visitor(office.janji)
    draft = office.engine.begin_draft(SERVICE, "id")
    office.engine.save_draft(draft, ASKED, {})
    task = office.task(asked, "periksa").id
    missing = "0" * 32
    pairs = [
        (ops, f"/berkas/{asked.reference}", "/berkas/CONT-2026-999999"),
        (ops, f"/tugas/{task}", f"/tugas/{missing}"),
        (ops, f"/dokumen/{paper}", f"/dokumen/{missing}"),
        (ops, f"/dokumen/{paper}/lihat", f"/dokumen/{missing}/lihat"),
        (mine, f"/t/{other.token}/berkas/{paper}", f"/t/{other.token}/berkas/{missing}"),
        (mine, f"/t/{other.token}/tugas/{task}", f"/t/{other.token}/tugas/{missing}"),
        (mine, f"/layanan/{SERVICE}/ajukan/berkas/{paper}", f"/layanan/{SERVICE}/ajukan/berkas/{missing}"),
        (stranger, "/t/" + "a" * 26, "/t/x"),
        (stranger, "/operator/tiada", "/tiada"),
    ]
    for who, not_mine, not_there in pairs:
        one, two = who.get(not_mine), who.get(not_there)
        assert (one.status_code, two.status_code) == (404, 404), (not_mine, one.status_code, two.status_code)
        assert plain(one).replace(not_mine, "") == plain(two).replace(not_there, ""), not_mine


# ── papers ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_photo_comes_back_without_the_place_it_was_taken(office, asked):
    visitor = clerk(office, "lulu")
    attach(visitor, asked, "foto.jpg", sample_jpeg(exif=located()))
    [paper] = papers(office, asked)
    answer = visitor.get(f"/dokumen/{paper.id}")

    assert answer.mimetype == "image/jpeg"
    assert dict(Image.open(BytesIO(answer.data)).getexif()) == {}
    assert b"Siti Rahmawati" not in answer.data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("name", "content"), [
    ("kosong.pdf", b""),
    ("skrip.pdf", PDF_THAT_ACTS),
    ("tersembunyi.pdf", PDF_THAT_HIDES),
    ("bom.png", bomb_png()),
    ("bom.pdf", sample_pdf("x", b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length 9 >>\nstream\n"
                           + zlib.compress(b"\0" * 80_000_000) + b"\nendstream")),
    ("halaman.jpg", b"<html><script>alert(1)</script>"),
    ("program.pdf", b"MZ\x90\0" + b"\0" * 200),
    ("arsip.pdf", b"PK\x03\x04" + b"\0" * 200),
    ("gambar.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("terpotong.jpg", sample_jpeg()[:300]),
])  # fmt: skip
def test_a_paper_that_is_not_what_it_says_is_refused_in_words(office, asked, name, content):
    visitor = clerk(office, "lulu")
    answer = attach(visitor, asked, name, content)

    assert answer.status_code == 422
    assert name in words(answer)
    assert papers(office, asked) == []


def test_a_name_is_only_a_name(office, asked):
    visitor = clerk(office, "lulu")
    for name in ("../../../etc/cron.d/x", "..\\..\\x.exe", "C:\\x;y=z.pdf", "\u202efdp.exe", "." * 300):
        assert attach(visitor, asked, name, sample_pdf()).status_code == 303
    for paper in papers(office, asked):
        answer = visitor.get(f"/dokumen/{paper.id}")
        assert paper.name.endswith(".pdf")
        assert not re.search(r"[/\\\r\n\u202e]|\.\.", paper.name)
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_picture_that_is_also_a_page_loses_the_page(office, asked):
    visitor = clerk(office, "lulu")
    attach(visitor, asked, "foto.jpg", sample_jpeg() + b"<script>alert(1)</script>")
    [paper] = papers(office, asked)

    assert b"<script>" not in visitor.get(f"/dokumen/{paper.id}").data


def test_a_pdf_is_handed_over_and_never_shown(office, asked):
    visitor = clerk(office, "lulu")
    attach(visitor, asked, "surat.pdf", sample_pdf())
    [paper] = papers(office, asked)
    answer = visitor.get(f"/dokumen/{paper.id}")

    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_paper_larger_than_allowed_is_refused_with_the_limit(office, asked):
    visitor = clerk(office, "lulu")
    answer = attach(visitor, asked, "besar.pdf", sample_pdf() + b"%" * (office.janji.house.upload_bytes + 1))

    assert answer.status_code == 422
    assert "10 MB" in words(answer)


def test_a_stranger_cannot_fill_the_archive_with_one_draft(city_office):
    draft = city_office.engine.begin_draft("complaint", "id")
    photos = [(f"foto-{n}.jpg", sample_jpeg(32, 32)) for n in range(30)]
    seen = [city_office.engine.save_draft(draft, {}, {"foto": photos, "judul": photos}) for _ in range(30)]
    digest = hashed(draft)
    with city_office.store.read() as reads:
        kept = reads.draft_documents(digest)

    assert len(kept) == MOST_IN_DRAFT
    assert {paper.field for paper in kept} == {"foto"}, "a title is no paper"
    assert [problem.code for problem in seen[0].problems] == ["document.too_many"]
    assert [(problem.code, problem.facts["limit"]) for problem in seen[-1].problems] == [("document.too_many", 0)]


# ── two at once, twice at once ────────────────────────────────────────────────────────────────────────────────────────


def test_of_two_clerks_on_one_task_the_second_sees_who_and_keeps_the_text(office, asked):
    one, two = clerk(office, "lulu"), clerk(office, "rina")
    address = f"/tugas/{office.task(asked, 'periksa').id}"
    first, second = one.get(address), two.get(address)
    done = one.send(address, ANSWER, first)
    late = two.send(address, {"jawaban": "Kalimat yang tidak boleh hilang."}, second)

    assert done.status_code == 303
    assert late.status_code == 409
    assert "Lulu" in words(late)
    assert "Kalimat yang tidak boleh hilang." in late.text
    assert office.history(asked).count("complete") == 1


def test_a_task_that_a_colleague_holds_names_the_colleague_and_keeps_the_text(office, asked):
    one, two = clerk(office, "lulu"), clerk(office, "rina")
    address = f"/tugas/{office.task(asked, 'periksa').id}"
    second = two.get(address)
    one.send(f"{address}/ambil", {}, one.get(address))
    late = two.send(address, {"jawaban": "Kalimat yang tidak boleh hilang."}, second)

    assert late.status_code == 409
    assert "Lulu" in words(late)
    assert "Kalimat yang tidak boleh hilang." in late.text


def test_a_form_sent_twice_has_one_effect_and_the_same_answer(office, asked):
    visitor = clerk(office, "lulu")
    address = f"/tugas/{office.task(asked, 'periksa').id}"
    page = visitor.get(address)
    answers = [visitor.send(address, ANSWER, page) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert office.history(asked).count("complete") == 1


def test_an_application_sent_twice_begins_one_case(office, stranger):
    address = f"/layanan/{SERVICE}/ajukan"
    stranger.send(address, ASKED)
    page = stranger.get(f"{address}/periksa")
    jar = stranger.client.get_cookie("janji-laman").value
    first = stranger.send(f"{address}/periksa", {}, page)
    stranger.client.set_cookie("janji-laman", jar)  # as if both had left the browser before the first answer came
    second = stranger.send(f"{address}/periksa", {}, page)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    with office.store.read() as reads:
        assert reads.cases_open() == 1


def test_a_task_taken_twice_is_taken_once(office, asked):
    visitor = clerk(office, "lulu")
    address = f"/tugas/{office.task(asked, 'periksa').id}"
    page = visitor.get(address)
    answers = [visitor.send(f"{address}/ambil", {}, page) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert office.history(asked).count("claim") == 1


def test_a_note_sent_twice_is_written_once(office, asked):
    visitor = clerk(office, "lulu")
    page = visitor.get(f"/berkas/{asked.reference}")
    for _ in range(2):
        assert visitor.send(f"/berkas/{asked.reference}/catatan", {"catatan": "Sekali saja."}, page).status_code == 303

    with office.store.read() as reads:
        assert [one.text for one in reads.comments(asked.id)] == ["Sekali saja."]


# ── tools ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class Counting(PasswordHasher):
    """A hasher that is quick, since only how often it compares matters."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared = 0

    def verify(self, stored: Any, password: Any) -> Any:
        self.compared += 1
        return super().verify(stored, password)


class statements:  # noqa: N801 reads as a word in `with statements(office) as said`
    """The texts of all statements that the database is asked meanwhile."""

    def __init__(self, office: Office) -> None:
        self._engine = office.store._engine

    def __enter__(self) -> list[str]:
        self._said: list[str] = []
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self._said

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self._said.append(statement)


def everything(office: Office) -> list[Any]:
    with office.store.read() as reads:
        return [reads.cases_open(), [len(reads.audit(task.case_id)) for task in reads.all_open_tasks()]]


def attach(visitor: Visitor, case: Application, name: str, content: bytes) -> Any:
    page = visitor.get(f"/berkas/{case.reference}")
    data = {**hidden(page), "lampiran": (BytesIO(content), name)}
    return visitor.client.post(f"/berkas/{case.reference}/lampiran", data=data, content_type="multipart/form-data")


def papers(office: Office, case: Application) -> list[Any]:
    with office.store.read() as reads:
        return list(reads.documents(case.id))


def told(act: Any) -> str:
    try:
        act()
    except Exception as refused:
        return type(refused).__name__
    return "done"
