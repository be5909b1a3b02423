"""The city to look around in: its season shows every state, its clock moves, and nothing but a demo can be moved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine.calendars import Calendar
from engine.clock import MovableClock, SystemClock
from engine.demo.clock import DemoClock
from engine.demo.making import demo_settings, is_fresh, make_season
from engine.demo.parts import Said
from engine.demo.plan import Plan, read_plan
from engine.demo.staff import PASSWORD, Colleague, colleagues
from engine.demo.unfinished import first_of_each
from engine.model import Actor, ActorKind, Post, Task
from engine.roles import may_work
from engine.stories.files import Line
from engine.wiring import Janji, wire
from tests.builders import ROOT, office_in
from tests.commanding import Running, free_port, page, run

SERVICES = ("krk", "iptb", "complaint")
GOING = ("terlambat", "berjalan", "menunggu")
ENDINGS = {"krk": ("terbit", "ditolak"), "iptb": ("terbit", "ditolak"), "complaint": ("selesai", "ditolak")}
VISITED = (
    *("verifikator", "surveyor", "juru_gambar", "kasi", "kabid", "kadis", "penguji", "asosiasi", "bendahara"),
    *("admin_pengaduan", "penghubung.dpu", "penghubung.disperkim"),
)
"""Posts at which a visitor of the demo sits down first."""
SUPERVISOR = Actor(ActorKind.STAFF, "pengawas", "Pengawas", frozenset({Post("pengawas")}))


def counts(janji: Janji, service: str) -> dict[str, int]:
    """How many cases of a service are in each state, as the overseer's lists count them."""
    states = (*GOING, "mendekati", "berlaku", "selesai")
    return {state: janji.queries.cases(SUPERVISOR, state=state, service=service)[1] for state in states}


def outcomes(janji: Janji, service: str) -> set[str | None]:
    with janji.house.store.read() as reads:
        cases = [reads.case_by_reference(reference) for reference, _ in reads.audit_problems()]
    return {case.outcome for case in cases if case and case.service == service}


def at_hand(janji: Janji, person: Colleague) -> tuple[int, int]:
    """How many tasks somebody who signs in holds, and how many they could take."""
    with janji.house.store.read() as reads:
        theirs = [task for task in reads.all_open_tasks() if may_work(person.actor, task)]
    return sum(task.holder == person.login for task in theirs), sum(task.holder is None for task in theirs)


# ── the season ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def certain() -> Plan:
    """The city's plan on which chance brings nobody: only the cases that are there for certain."""
    plan = read_plan(ROOT / "processes" / "demo.toml")
    return replace(plan, services={name: replace(busy, arrivals_per_day=0) for name, busy in plan.services.items()})


WEDNESDAY = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
SUNDAY = datetime(2027, 1, 3, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("until", [WEDNESDAY, SUNDAY], ids=["on a Wednesday", "on a Sunday after holidays"])
def test_a_season_has_cases_in_every_state_even_if_chance_brings_nobody(certain, tmp_path, until):
    settings = demo_settings(tmp_path, 8000)
    janji = wire(settings, MovableClock(until))
    people = colleagues(janji.city, certain.colleagues, certain.in_units, certain.teams)

    make_season(settings, certain, people, until, lambda done, of: None)

    for service in SERVICES:
        found = counts(janji, service)
        assert [state for state in GOING if not found[state]] == [], f"{service}: {found}"
        assert outcomes(janji, service) >= {*ENDINGS[service], "ditarik"}
    assert counts(janji, "krk")["mendekati"]
    assert counts(janji, "iptb")["mendekati"]
    assert janji.queries.decisions(SUPERVISOR).requests, "a request waits for a second person"
    work = {one.login: at_hand(janji, one) for one in people}
    assert [login for login in VISITED if not sum(work[login])] == []
    assert min(work["verifikator"][0], work["kasi"][0]) >= 2, "both find some among their own"
    surveyor = next(one.actor for one in people if one.login == "surveyor")
    assert len(janji.queries.field_list(surveyor).mine) == 2
    with janji.house.store.read() as reads:
        assert reads.incidents() == ()
        assert [found for found in reads.audit_problems() if found[1]] == []
    janji.close()


def played(folder: Path, plan: Plan) -> list[tuple[object, ...]]:
    """The record of a season: who did what when in which case, but for the ids, which are drawn by chance."""
    settings = demo_settings(folder, 8000)
    janji = wire(settings, MovableClock(WEDNESDAY))
    people = colleagues(janji.city, plan.colleagues, plan.in_units, plan.teams)
    make_season(settings, plan, people, WEDNESDAY, lambda done, of: None)
    with janji.house.store.read() as reads:
        found = [
            (reference, line.at, line.actor if line.actor.startswith("staff") else "", line.verb, line.element)
            for reference, _ in sorted(reads.audit_problems())
            for line in reads.audit(getattr(reads.case_by_reference(reference), "id", ""))
        ]
    janji.close()
    return found


def test_a_season_made_twice_is_the_same_season(tmp_path):
    plan = read_plan(ROOT / "processes" / "demo.toml")
    plan = replace(plan, services={"krk": plan.services["krk"]}, open_days=1)

    assert played(tmp_path / "once", plan) == played(tmp_path / "again", plan)


def test_two_services_that_name_a_step_alike_each_have_their_own_first_task():
    urgent, later, other = (
        Task(name, case, "verifikasi_berkas", "verifikator", None, None, WEDNESDAY, None)
        for name, case in (("t1", "a"), ("t2", "a"), ("t3", "b"))
    )

    found = first_of_each([urgent, other, later], {"a": "krk", "b": "iptb"})

    assert found == {("krk", "verifikasi_berkas"): urgent, ("iptb", "verifikasi_berkas"): other}


def test_a_story_told_on_another_day_keeps_what_lay_ahead_ahead_and_the_weekday():
    told = {"waktu": "2026-12-08T09:00", "diukur": "2026-11-23", "luas": 120, "bagian": [{"pada": "2026-12-01"}]}
    said = Said(Line(1, "jadwal", "penguji", "main", "", told, {}, {}, "", "iptb", "web"), date(2026, 11, 24))

    again = said.answers(date(2027, 2, 5))

    assert again == {
        "waktu": "2027-02-23T09:00",
        "diukur": "2027-02-01",
        "luas": 120,
        "bagian": [{"pada": "2027-02-16"}],
    }


# ── the demo itself ───────────────────────────────────────────────────────────────────────────────────────────────────


class Demo:
    """`janji demo` in a process of its own, in a folder that outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.begin()

    def begin(self) -> None:
        self._process = Running(["demo", "--folder", self.folder, "--port", str(self.port)])
        self.said = self._process.until("Janji on http")

    def stop(self) -> int:
        return self._process.stop()

    def end(self) -> None:
        self._process.end()

    def today(self) -> str:
        """The instant the pages are of, as their foot says it."""
        found = re.search(r'class="as-of">(.*?)</p>', page(self.port, "/"), re.S)
        return found[1] if found else ""

    def open(self) -> Janji:
        return wire(demo_settings(self.folder, self.port), self.clock())

    def clock(self) -> MovableClock:
        return MovableClock(DemoClock(self.folder, SystemClock()).now())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    demo = Demo(tmp_path_factory.mktemp("demo"))
    yield demo
    demo.end()


def test_a_demo_answers_and_tells_every_roles_sign_in(demo):
    assert page(demo.port, "/healthz")
    assert PASSWORD in demo.said
    janji = demo.open()
    working = {role.id for role in janji.city.roles.values() if not role.citizen}
    with janji.house.store.read() as reads:
        users = reads.users()
    janji.close()
    assert {post.role for user in users for post in user.posts} == working
    assert all(f"│ {user.login} " in demo.said for user in users)


def test_a_fresh_demo_has_cases_in_every_state_of_every_service(demo):
    janji = demo.open()

    for service in SERVICES:
        found = counts(janji, service)
        assert [state for state in GOING if not found[state]] == [], f"{service}: {found}"
        assert sum(found.values()) > 10
        assert outcomes(janji, service) >= {*ENDINGS[service], "ditarik"}
    janji.close()


def test_a_running_demo_sees_its_clock_moved_from_outside_and_what_fell_due_has_fired(demo):
    before = demo.today()

    moved = run("demo", "--folder", demo.folder, "clock", "+10d")

    assert moved.exit_code == 0, moved.output
    assert "The demo's clock stands at" in moved.output
    assert demo.today() != before
    janji = demo.open()
    with janji.house.store.read() as reads:
        assert reads.due_cases(janji.clock.now(), 10) == ()
    janji.close()


def test_a_demos_clock_moves_by_working_days_and_to_an_instant(demo):
    janji = demo.open()
    calendar: Calendar = janji.city.calendar
    today = calendar.on(janji.clock.now())
    third = calendar.next_open(calendar.next_open(calendar.next_open(today)))
    fourth = calendar.next_open(third)
    janji.close()

    assert f"{third:%Y-%m-%d}" in run("demo", "clock", "+3wd", "--folder", demo.folder).output
    to = run("demo", "clock", f"{fourth:%Y-%m-%d}T16:59", "--folder", demo.folder)
    assert f"The demo's clock stands at {fourth:%Y-%m-%d} 16:59." in to.output


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ("2020-01-01T09:00", "only moves forward"),
        ("besok", "neither a span (+3wd, +10d, +4h, +30m) nor an instant"),
        ("+3", "neither a span"),
        ("3wd", "neither a span"),
    ],
)
def test_a_demos_clock_refuses_what_it_cannot_do_and_stays(demo, span, sentence):
    before = demo.clock().now()

    refused = run("demo", "clock", span, "--folder", demo.folder)

    assert refused.exit_code == 1
    assert sentence in refused.output
    assert (demo.clock().now() - before).total_seconds() < 60


def test_a_demo_ends_cleanly_and_goes_on_where_it_stood(demo):
    janji = demo.open()
    before = janji.queries.cases(SUPERVISOR)[1]
    at = janji.clock.now()
    janji.close()

    assert demo.stop() == 0
    demo.begin()

    assert "Making a season" not in demo.said
    assert PASSWORD in demo.said
    janji = demo.open()
    assert janji.queries.cases(SUPERVISOR)[1] == before
    assert janji.clock.now() >= at
    janji.close()


# ── what is no demo ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def installation(tmp_path: Path) -> Path:
    """A folder with the database of a real installation."""
    office_in(tmp_path).janji.close()
    return tmp_path


def test_no_clock_is_moved_but_a_demos(installation):
    refused = run("demo", "clock", "+3wd", "--folder", installation)

    assert refused.exit_code == 1
    assert "was not made by `janji demo`" in refused.output
    assert not (installation / "clock-offset-s").exists()
    assert not (installation / "secret-key").exists()


def test_no_clock_is_moved_where_there_is_no_demo(tmp_path):
    refused = run("demo", "clock", "+3wd", "--folder", tmp_path / "nowhere")

    assert refused.exit_code == 1
    assert "start one with: janji demo --folder" in refused.output
    assert not (tmp_path / "nowhere").exists()


def test_a_demo_does_not_move_into_a_real_installation(installation):
    refused = run("demo", "--folder", installation, "--port", free_port())

    assert refused.exit_code == 1
    assert "name another --folder" in refused.output
    assert (installation / "janji.sqlite").exists()


def test_a_season_that_was_interrupted_is_made_anew(tmp_path):
    office = office_in(tmp_path)
    with office.store.write() as tx:
        tx.set_setting("made_by", "demo, not finished")
    office.janji.close()

    assert is_fresh(tmp_path)
    assert not (tmp_path / "janji.sqlite").exists()


def test_a_demo_tells_nobody_outside_whatever_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("JANJI_SMTP_HOST", "mail.example")
    monkeypatch.setenv("JANJI_SMTP_PORT", "587")
    monkeypatch.setenv("JANJI_DATABASE_URL", "postgresql://somewhere/real")

    settings = demo_settings(tmp_path, 8000)

    assert settings.smtp_host == ""
    assert settings.database_url.startswith("sqlite:///")
