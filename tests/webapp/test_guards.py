"""What holds for every page: headers, cookies, CSRF, refusals as pages, no style or script in the page itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import webapp
from engine import errors
from engine.channels import Address, Message, Recorder
from engine.errors import Refusal
from engine.model import TaskDraft
from tests.builders import MONDAY_NINE
from tests.webapp.browsing import Visitor, hidden, words
from tests.webapp.fakes import TOKEN, janji, tracking
from webapp import create_app
from webapp.frame.errors import REFUSALS
from webapp.frame.look import accent_css, towards_white

TEMPLATES = Path(webapp.__file__).parent / "templates"
PAGES = (
    "/",
    "/lacak",
    "/layanan/krk",
    "/layanan/krk/ajukan",
    f"/t/{TOKEN}",
    f"/t/{TOKEN}/tarik",
    "/nowhere",
    "/healthz",
)


@pytest.fixture
def visitor() -> Visitor:
    front = janji()
    front.queries.cases[TOKEN] = tracking(front.city)
    return Visitor(front)


@pytest.mark.parametrize("path", [*PAGES, "/static/janji.css"])
def test_every_answer_carries_the_guards(visitor, path):
    headers = visitor.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_the_one_style_of_a_page_carries_the_nonce_of_its_policy_and_a_new_one_each_time(visitor):
    one, two = visitor.get("/"), visitor.get("/")

    nonces = [re.search(r'<style nonce="([^"]+)">', page.text).group(1) for page in (one, two)]
    assert f"'nonce-{nonces[0]}'" in one.headers["Content-Security-Policy"]
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("**/*.html")), ids=lambda path: path.name)
def test_no_template_has_style_or_script_of_its_own(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_no_template_reads_what_was_asked_for_by_itself():
    assert not [
        path.name for path in TEMPLATES.glob("**/*.html") if re.search(r"(?<![.\w])request\.", path.read_text("utf-8"))
    ]


def test_every_state_that_a_template_names_has_its_colour_in_a_sheet():
    sheets = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.parent.glob("static/**/*.css"))
    drawn = set(re.findall(r"\.is-(\w+)", sheets))
    named = {
        (path.name, state)
        for path in TEMPLATES.glob("**/*.html")
        for state in re.findall(r"[\" ]is-(\w+)[\" ]", path.read_text(encoding="utf-8"))
    }

    assert named
    assert not {(name, state) for name, state in named if state not in drawn}


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("**/*.html")), ids=lambda path: path.name)
def test_every_form_that_posts_carries_token_and_key(path):
    text = path.read_text(encoding="utf-8")

    for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", text, flags=re.DOTALL):
        assert "form_guard()" in form


@pytest.mark.parametrize(
    "path", ["/lacak", "/layanan/krk/ajukan", "/layanan/krk/ajukan/periksa", f"/t/{TOKEN}/tarik", f"/t/{TOKEN}/tugas/x"]
)
def test_a_post_without_the_token_of_its_form_does_nothing(visitor, path):
    answer = visitor.client.post(path, data={"yakin": "ya"})

    assert answer.status_code == 400
    assert "terlalu lama terbuka" in words(answer)
    assert visitor.janji.engine.done == {}


def test_a_post_that_comes_from_another_site_does_nothing_even_with_a_token(visitor):
    fields = hidden(visitor.get(f"/t/{TOKEN}/tarik"))
    answer = visitor.client.post(
        f"/t/{TOKEN}/tarik", data={**fields, "yakin": "ya"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert answer.status_code == 400
    assert visitor.janji.engine.done == {}


def test_over_tls_cookies_are_bound_to_this_host_and_hidden_from_scripts():
    front = janji(base_url="https://janji.example")
    client = create_app(front).test_client()

    answer = client.get("/lacak?bahasa=en", base_url="https://janji.example")

    cookies = answer.headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        for mark in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert mark in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_too_much_at_once_is_refused_with_advice(visitor):
    answer = visitor.send("/layanan/krk/ajukan", {"nama": "x" * 7_000_000})

    assert answer.status_code == 413
    assert "unggah sebagian dulu" in words(answer)


def every_refusal() -> list[type[Refusal]]:
    return [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, Refusal)]


def test_every_refusal_of_the_engine_has_words_of_its_own():
    assert set(every_refusal()) - {Refusal} == set(REFUSALS)


def failing(app: Flask, failure: Exception) -> Flask:
    def view(secret: str) -> str:
        raise failure

    view.access_policy = webapp.frame.access.Policy("public")
    app.add_url_rule("/failing/<secret>", "failing", view)
    return app


@pytest.mark.parametrize("refusal", [one for one in REFUSALS if one not in (errors.FilesRefused, errors.CityRefused)])
def test_a_refusal_becomes_a_page_that_says_what_to_do(refusal):
    facts = {errors.AnswersRejected: ([],), errors.TooManyTries: (900,), errors.TaskGone: ("t", None, None)}
    facts |= {errors.DocumentRefused: ("f", "n", "empty"), errors.CaseMovedOn: ("c", 1), errors.StepFailed: ("e", "m")}
    facts |= {errors.WindowClosed: ("a", "w"), errors.NotYours: ("kasi",), errors.TaskHeld: ("budi",)}
    facts |= {errors.MessageUnexpected: ("m",), errors.Erased: (MONDAY_NINE,), errors.ListTooLong: (200,)}
    facts |= {errors.CannotMerge: ("same",)}
    facts |= {errors.DayUnfit: (MONDAY_NINE.date(), MONDAY_NINE.date())}
    facts |= {errors.DraftMovedOn: (TaskDraft("t", "c", 1, "p", "budi", MONDAY_NINE, {}),)}
    app = failing(create_app(janji()), refusal(*facts.get(refusal, ())))

    answer = app.test_client().get("/failing/x")

    assert answer.status_code == REFUSALS[refusal].status
    assert REFUSALS[refusal].title in words(answer)
    assert "%(" not in answer.text


def test_a_failure_of_ours_says_so_and_the_log_holds_no_secret_of_the_address(caplog):
    app = failing(create_app(janji()), RuntimeError("broken"))

    answer = app.test_client().get("/failing/secret-token")

    assert answer.status_code == 500
    assert "Ini bukan salah Anda" in words(answer)
    assert "page failed: failing" in caplog.text
    assert "secret-token" not in caplog.text


def test_static_files_may_be_kept_for_ever_because_their_address_changes_with_them(visitor):
    sheet = re.search(r'href="(/static/janji\.css\?v=[0-9a-f]{12})"', visitor.get("/").text).group(1)

    assert "immutable" in visitor.get(sheet).headers["Cache-Control"]


def test_the_process_lives_without_a_database_but_is_not_ready(visitor):
    def gone() -> None:
        raise OSError("database is gone")

    visitor.janji.queries.services = gone

    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/readyz").status_code == 503


def test_it_is_ready_once_a_service_is_published(visitor):
    assert visitor.get("/readyz").status_code == 200
    visitor.janji.queries.services_offered.clear()
    assert visitor.get("/readyz").status_code == 503


def test_the_citys_colour_is_lightened_for_dark_screens():
    assert towards_white("#000000", 1) == "#ffffff"
    assert towards_white("#0b5c6b", 0) == "#0b5c6b"
    assert accent_css("#123456").startswith(":root{--accent:#123456;--accent-bright:#")
    assert "--accent:#0b5c6b" in Visitor(janji()).get("/").text


def test_only_a_demo_has_a_clock_that_visitors_may_move():
    moved: list[str] = []
    front = janji(demo=True)
    front.move_clock = moved.append
    visitor = Visitor(front)

    page = visitor.get("/lacak")
    bar = re.search(r'<form class="demo".*?</form>', page.text, flags=re.DOTALL).group(0)
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', bar.partition("<button")[0]))
    answer = visitor.client.post("/demo/jam", data={**fields, "langkah": "+3wd"})

    assert moved == ["+3wd"]
    assert answer.headers["Location"] == "/lacak"
    plain = Visitor(janji())
    assert "demo" not in plain.get("/lacak").text.lower()
    assert plain.send("/demo/jam", {"langkah": "+3wd"}, plain.get("/lacak")).status_code == 404


def test_only_a_demo_shows_the_letters_it_would_have_sent():
    front = janji(demo=True)
    front.move_clock, front.unsent = print, (Recorder(),)
    front.unsent[0].send(
        Message(Address("mail", "siti@contoh.example"), "Berkas <lengkap>", "Lihat http://x.example/t", "k")
    )
    page = Visitor(front).get("/demo/surat")

    assert "Berkas &lt;lengkap&gt;" in page.text
    assert 'href="http://x.example/t"' in page.text
    assert Visitor(janji()).get("/demo/surat").status_code == 404
