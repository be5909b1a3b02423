"""The command line as operators and analysts use it: what it does, what it says, and with which status it ends."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import click
import pytest

from engine.cli import janji
from engine.store import Store
from tests.builders import ROOT, office_in
from tests.commanding import Running, free_port, page, run

PASSWORD = {"JANJI_NEW_PASSWORD": "correct horse battery"}


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A folder of processes with the city's files and no service yet."""
    processes = tmp_path / "processes"
    processes.mkdir()
    for name in ("city.toml", "regions.csv", "holidays.csv"):
        shutil.copy(ROOT / "processes" / name, processes)
    return processes


@pytest.fixture
def service(city: Path) -> Path:
    """A service just begun."""
    run("new", "contoh", "--processes", city)
    return city / "contoh"


@pytest.fixture
def bare(tmp_path: Path, city: Path) -> Mapping[str, str]:
    """The settings of an installation whose database has no tables."""
    return {
        "JANJI_ENVIRONMENT": "development",
        "JANJI_DATABASE_URL": f"sqlite:///{tmp_path / 'janji.sqlite'}",
        "JANJI_FOLDER": str(tmp_path),
        "JANJI_PROCESSES": str(city),
        "JANJI_FORMS": str(tmp_path / "forms"),
        "JANJI_SECRET_KEY": "a key for tests, long enough for production",
        "JANJI_SWEEP_EVERY_S": "1",
    }


@pytest.fixture
def env(bare: Mapping[str, str]) -> Mapping[str, str]:
    """The settings of an installation that is up to date and empty."""
    run("db", "upgrade", env=bare)
    return bare


# ── what analysts do ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_service_is_accepted_by_check_and_play(city):
    begun = run("new", "izin_reklame", "--processes", city)

    assert begun.exit_code == 0
    assert f"janji check {city / 'izin_reklame'}" in begun.output
    assert run("check", city / "izin_reklame").exit_code == 0
    told = run("play", city / "izin_reklame")
    assert told.exit_code == 0, told.output
    assert "3 of 3 stories come out as told." in told.output


@pytest.mark.parametrize("name", ["Izin", "2izin", "izin-reklame", "../izin"])
def test_a_service_is_not_begun_under_a_name_that_is_no_id(city, name):
    refused = run("new", name, "--processes", city)

    assert refused.exit_code == 1
    assert "small letters, digits and _" in refused.output


def test_a_service_that_is_there_is_not_begun_again(service):
    refused = run("new", "contoh", "--processes", service.parent)

    assert refused.exit_code == 1
    assert "already there" in refused.output


def test_check_tells_everything_wrong_at_once_and_ends_with_one(service):
    break_it(service)

    found = run("check", service)

    assert found.exit_code == 1
    assert "no-form" in found.output
    assert "unknown-role" in found.output
    assert found.output.strip().splitlines()[-1].endswith("warnings")


def test_check_gives_each_problem_as_json(service):
    break_it(service)

    found = run("check", service, "--json")
    rows = json.loads(found.stdout)

    assert found.exit_code == 1
    assert {frozenset(row) for row in rows} == {frozenset({"severity", "file", "element", "code", "message"})}
    assert {row["severity"] for row in rows} <= {"error", "warning"}
    assert any(row["element"] == "periksa" and row["code"] == "unknown-role" for row in rows)


def test_check_takes_one_diagram_alone_and_only_warns_of_what_it_lacks(service, tmp_path):
    alone = tmp_path / "elsewhere.bpmn"
    shutil.copy(service / "process.bpmn", alone)

    found = run("check", alone, "--json")

    assert found.exit_code == 0
    assert {row["severity"] for row in json.loads(found.stdout)} == {"warning"}


@pytest.mark.parametrize("path", ["nowhere", "README.md", "tests"])
def test_check_ends_with_two_for_what_is_no_service(path):
    refused = run("check", ROOT / path)

    assert refused.exit_code == 2
    assert "neither a .bpmn file nor a folder with a process.bpmn" in refused.output


def test_play_tells_a_story_that_comes_out_otherwise(service):
    story = service / "scenarios" / "tepat_waktu.toml"
    story.write_text(story.read_text().replace("2026-11-30", "2026-11-29"))

    told = run("play", story)

    assert told.exit_code == 1
    assert "FAIL Dijawab tepat waktu" in told.output
    assert "expected due of layanan 2026-11-29, found 2026-11-30" in told.output


def test_play_names_every_task_and_timer_that_lies_on_no_story(service):
    (service / "scenarios" / "terlambat.toml").unlink()

    told = run("play", service)

    assert told.exit_code == 1
    assert "2 of 2 stories come out as told." in told.output
    assert "FAIL no story comes by jatuh_tempo" in told.output
    assert "periksa" not in told.output.replace("diperiksa", "")


def test_play_of_one_story_asks_nothing_of_the_others(service):
    assert run("play", service / "scenarios" / "tepat_waktu.toml").exit_code == 0


def test_play_says_where_a_story_file_is_wrong(service):
    story = service / "scenarios" / "tepat_waktu.toml"
    story.write_text(story.read_text() + '\n[[steps]]\nwer = "loket"\n')

    told = run("play", story)

    assert told.exit_code == 1
    assert "step 2: unknown wer" in told.output


def test_play_says_what_keeps_a_service_from_running(service):
    break_it(service)

    told = run("play", service)

    assert told.exit_code == 1
    assert "the city has no role" in told.output


def test_play_refuses_what_is_no_service(tmp_path):
    refused = run("play", tmp_path)

    assert refused.exit_code == 1
    assert "no story and no service folder" in refused.output


def break_it(service: Path) -> None:
    """Two mistakes at once: a role nobody has, and a form that is gone."""
    diagram = service / "process.bpmn"
    diagram.write_text(diagram.read_text().replace('janji:role="loket"', 'janji:role="penjaga"'))
    (service.parent.parent / "forms" / service.name / "periksa.schema.json").unlink()


# ── what operators do ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_publish_puts_a_service_into_force(service, env):
    published = run("publish", service, env=env)

    assert published.exit_code == 0, published.output
    assert published.output.startswith("contoh: version ")


def test_publish_refuses_with_the_list_and_changes_nothing(service, env):
    break_it(service)

    refused = run("publish", service, env=env)

    assert refused.exit_code == 1
    assert "the city has no role" in refused.output
    assert "was not published" in refused.output
    with closing(Store.open(env["JANJI_DATABASE_URL"])) as store, store.read() as reads:
        assert reads.current("contoh") is None


def test_upgrading_twice_is_no_harm(bare):
    for _ in range(2):
        done = run("db", "upgrade", env=bare)
        assert done.exit_code == 0
        assert "up to date" in done.output


@pytest.mark.parametrize(
    "words",
    [
        ("serve",),
        ("worker",),
        ("user", "list"),
        ("user", "add", "x", "--name", "X", "--role", "loket"),
        ("audit", "verify"),
    ],
    ids=" ".join,
)
def test_without_tables_every_command_says_which_one_makes_them(bare, words):
    refused = run(*words, env={**bare, **PASSWORD})

    assert refused.exit_code == 1
    assert "janji db upgrade" in refused.output


def test_an_account_is_added_once_and_listed_with_its_roles(env):
    words = ("user", "add", "ratih", "--name", "Ratih Kusuma", "--role", "verifikator", "--role", "penghubung@dpu")

    assert "can now sign in" in run(*words, env={**env, **PASSWORD}).output
    again = run(*words, env={**env, **PASSWORD})
    listed = run("user", "list", env=env)

    assert again.exit_code == 1
    assert "taken" in again.output
    assert listed.exit_code == 0
    assert "ratih" in listed.output
    assert "penghubung@dpu, verifikator" in listed.output


def test_whoever_leaves_is_let_go_by_name_of_account_as_often_as_one_likes(env):
    run("user", "add", "ratih", "--name", "Ratih", "--role", "verifikator", env={**env, **PASSWORD})

    for _ in range(2):
        assert "0 open tasks went back" in run("user", "leave", "ratih", env=env).output
    assert "no" in run("user", "list", env=env).output.splitlines()[-2]
    assert "nobody has the login 'budi'" in run("user", "leave", "budi", env=env).output


def test_a_password_is_asked_for_twice_and_not_shown(env):
    asked = run(
        "user", "add", "ratih", "--name", "Ratih", "--role", "verifikator", env=env, typed="correct horse\n" * 2
    )

    assert asked.exit_code == 0
    assert "correct horse" not in asked.output


@pytest.mark.parametrize(
    ("role", "password", "sentence"),
    [
        ("penjaga", "correct horse battery", "no role 'penjaga'"),
        ("penghubung@bulan", "correct horse battery", "no unit 'bulan'"),
        ("verifikator", "short", "at least 10 characters"),
    ],
)
def test_an_account_that_could_not_work_is_refused_in_words(env, role, password, sentence):
    refused = run("user", "add", "x", "--name", "X", "--role", role, env={**env, "JANJI_NEW_PASSWORD": password})

    assert refused.exit_code == 1
    assert sentence in refused.output


def test_audit_verify_finds_the_one_edited_entry(service, env, tmp_path):
    run("publish", service, env=env)
    office = office_in(tmp_path)
    good, edited = (office.apply("contoh", {"nama": "Siti", "uraian": "Mohon keterangan."}) for _ in range(2))
    office.janji.close()
    before = run("audit", "verify", env=env)
    with closing(sqlite3.connect(tmp_path / "janji.sqlite", isolation_level=None)) as database:
        database.execute("UPDATE audit SET actor = 'staff:nobody' WHERE case_id = ?", [edited.id])

    after = run("audit", "verify", env=env)

    assert (before.exit_code, after.exit_code) == (0, 1)
    assert "2 cases, 0 with a broken chain." in before.output
    assert "2 cases, 1 with a broken chain." in after.output
    assert edited.reference in after.output
    assert good.reference not in after.output


def test_every_wrong_setting_is_told_in_a_sentence_of_its_own(bare):
    wrong = {**bare, "JANJI_DATABASE_URL": "mysql://localhost", "JANJI_THREADS": "0", "JANJI_SMTP_PORT": "many"}

    refused = run("db", "upgrade", env=wrong)

    assert refused.exit_code == 2
    lines = refused.output.strip().splitlines()
    assert [line.split(":")[1].strip() for line in lines] == ["JANJI_DATABASE_URL", "JANJI_SMTP_PORT", "JANJI_THREADS"]
    assert "must begin with sqlite:/// or postgresql://" in lines[0]


def test_production_does_not_start_with_the_default_key(bare):
    wrong = {**bare, "JANJI_ENVIRONMENT": "production", "JANJI_SECRET_KEY": "only-for-trying-out"}

    refused = run("serve", env=wrong)

    assert refused.exit_code == 2
    assert "JANJI_SECRET_KEY is still the default" in refused.output


def test_a_wrong_file_of_the_city_is_told_in_a_sentence(env, city):
    told = (city / "city.toml").read_text()
    (city / "city.toml").write_text(told.replace("Asia/Jakarta", "Asia/Semarang"))

    refused = run("serve", env=env)

    assert refused.exit_code == 2
    assert "city.toml" in refused.output


def test_serve_says_so_when_its_port_is_taken(env):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("serve", "--port", port, env=env)

    assert refused.exit_code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in refused.output
    assert "try another --port" in refused.output


@pytest.fixture
def beside() -> Iterator[list[Running]]:
    """Processes of this test; none outlives it."""
    running: list[Running] = []
    yield running
    for one in running:
        one.end()


def test_serve_shows_its_pages_and_ends_cleanly_when_told_to(service, env, beside):
    run("publish", service, env=env)
    port = free_port()
    beside.append(Running(["serve", "--port", str(port)], env))
    beside[0].until(f"Janji on http://127.0.0.1:{port}")

    assert page(port, "/healthz")
    assert "Contoh" in page(port, "/")
    assert beside[0].stop() == 0
    assert "Traceback" not in beside[0].said


def test_a_worker_begins_and_ends_cleanly_when_told_to(env, beside):
    beside.append(Running(["worker"], env))
    beside[0].until("janji worker: looking for due work every 1 s")

    assert beside[0].stop() == 0
    assert "Traceback" not in beside[0].said


# ── help ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def commands(group: click.Command, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield before, group
    if isinstance(group, click.Group):
        for name, command in group.commands.items():
            yield from commands(command, *before, name)


@pytest.mark.parametrize(
    ("words", "command"),
    list(commands(janji)),
    ids=lambda one: "-".join(one or ("janji",)) if isinstance(one, tuple) else "",
)
def test_help_says_what_a_command_does_and_what_each_option_means(words, command):
    helped = run(*words, "--help")

    assert helped.exit_code == 0
    assert len((command.help or "").split()) >= 5
    silent = [one.name for one in command.params if isinstance(one, click.Option) and not one.help]
    assert silent == []


# ── keys ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_rotated_key_stays_in_the_list_and_a_withdrawn_one_is_marked(env):
    first = run("keys", "list", env=env).output
    rotated = run("keys", "rotate", env=env)
    old = next(word for word in first.split() if len(word) == 8 and word.isupper())

    withdrawn = run("keys", "withdraw", old, "--yes", env=env)

    assert (rotated.exit_code, withdrawn.exit_code) == (0, 0)
    assert old in run("keys", "list", env=env).output
    assert run("keys", "withdraw", "XXXXXXXX", "--yes", env=env).exit_code == 1
