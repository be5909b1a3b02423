"""The register of promises: each with its source, since when and until when; a case keeps the one it began under."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from engine.model import Post
from tests.builders import Office

APPLICATION = {"nama": "Siti Rahmawati", "uraian": "Usaha kecil di rumah"}


@pytest.fixture
def files(office: Office, tmp_path: Path) -> Path:
    """The seedling's folder as it lies beside the office's database."""
    return tmp_path / "processes" / "contoh"


def promise_days(files: Path, days: int) -> None:
    diagram = files / "process.bpmn"
    text = diagram.read_text(encoding="utf-8")
    diagram.write_text(re.sub(r'(janji:promise id="layanan"[^>]*budget=")\d+', rf"\g<1>{days}", text), encoding="utf-8")


def told(office: Office) -> list[tuple[int, str, str]]:
    calendar = office.janji.city.calendar
    return [
        (
            one.rule.budget,
            calendar.on(one.since_at).isoformat(),
            calendar.on(one.until_at).isoformat() if one.until_at else "",
        )
        for one in office.queries.register()
        if one.rule.id == "layanan"
    ]


def test_a_changed_promise_stays_in_the_register_with_its_last_day(office, files, tmp_path):
    (first,) = told(office)
    office.wait("+3wd")
    promise_days(files, 9)
    office.publish(files, tmp_path / "forms")

    assert told(office) == [(9, "2026-11-26", ""), (first[0], "2026-11-23", "2026-11-26")]


def test_a_new_version_that_promises_the_same_goes_on_with_the_old_date(office, files, tmp_path):
    before = told(office)
    office.wait("+3wd")
    (files / "texts" / "id.toml").open("a").write("\n# a word\n")
    office.publish(files, tmp_path / "forms")

    assert told(office) == before
    assert len(office.queries.standard("contoh").versions) == 2


def test_publishing_what_is_in_force_changes_no_date(office, files, tmp_path):
    before = office.queries.standard("contoh").versions
    office.wait("+3wd")
    office.publish(files, tmp_path / "forms")

    assert office.queries.standard("contoh").versions == before


def test_a_version_that_comes_back_is_in_force_again_from_that_day(office, files, tmp_path):
    kept = tmp_path / "kept"
    shutil.copytree(files, kept)
    office.wait("+1wd")
    promise_days(files, 9)
    office.publish(files, tmp_path / "forms")
    office.wait("+1wd")
    shutil.rmtree(files)
    shutil.copytree(kept, files)
    office.publish(files, tmp_path / "forms")

    assert [(since, until) for _, since, until in told(office)] == [
        ("2026-11-25", ""),
        ("2026-11-23", "2026-11-24"),
        ("2026-11-24", "2026-11-25"),
    ]


def test_a_case_filed_on_the_eve_of_a_change_keeps_its_promise_and_is_told_so(office, files, tmp_path):
    case = office.apply("contoh", APPLICATION)
    assert office.queries.rules_of(case.token).newer is None
    due_at = office.case(case).due_at
    office.wait("+1wd")
    promise_days(files, 9)
    office.publish(files, tmp_path / "forms")

    rules = office.queries.rules_of(case.token)

    assert (rules.newer.budget, rules.version) == (9, office.case(case).version)
    assert office.case(case).due_at == due_at
    assert office.queries.rules_of(office.apply("contoh", APPLICATION).token).newer is None


def test_who_published_is_told_as_a_role_and_never_by_name(office, files, tmp_path):
    with office.store.write() as tx:
        tx.add_user("analis1", "Nama Orang", "", "hash", [Post("analis")], office.clock.now())
    promise_days(files, 9)
    office.engine.publish(files, tmp_path / "forms", by="analis1")

    newest = office.queries.register()[0]

    assert newest.role == "analis"
    assert "analis1" not in repr(newest)


def test_a_service_page_tells_who_does_each_step(city_office):
    steps = {step.stage.id: step for step in city_office.queries.standard("krk").steps}

    assert "verifikator" in steps["verifikasi"].roles
    assert "pemohon" not in {role for step in steps.values() for role in step.roles}
    assert any(step.yours for step in steps.values())
