"""A version is its files and nothing else; versions in use are kept at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import FilesRefused
from engine.library import Shelf, read_version, services_in, version_id
from engine.model import ProcessVersion

from .test_check import Service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return Service(tmp_path)


def version_of(service: Service) -> ProcessVersion:
    return read_version(service.folder, service.forms / "izin")


def test_a_version_holds_the_diagram_tables_letters_texts_stories_and_forms(service: Service) -> None:
    assert set(version_of(service).files) == {
        "process.bpmn",
        "tarif.dmn",
        "letters/izin.typ",
        "texts/id.toml",
        "texts/en.toml",
        "scenarios/tepat.toml",
        *(
            f"forms/{form}.{end}.json"
            for form in ("pendaftaran", "verifikasi", "perbaikan")
            for end in ("schema", "ui")
        ),
    }


def test_the_same_files_are_the_same_version_wherever_they_lie(service: Service, tmp_path: Path) -> None:
    elsewhere = Service(tmp_path / "elsewhere")

    assert version_of(service).id == version_of(elsewhere).id


@pytest.mark.parametrize("path", ["process.bpmn", "texts/en.toml", "letters/izin.typ"])
def test_one_changed_byte_is_another_version(service: Service, path: str) -> None:
    before = version_of(service).id
    service.write(path, (service.folder / path).read_text() + "\n")

    assert version_of(service).id != before


def test_what_an_editor_leaves_behind_is_not_part_of_a_version(service: Service) -> None:
    before = version_of(service).id
    service.write(".process.bpmn", "draft")
    service.write(".git/config.toml", "x")
    service.write("README.md", "notes")
    service.write("process.bpmn.bak", "old")

    assert version_of(service).id == before


def test_a_link_out_of_the_folder_is_not_followed(service: Service, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text("password = 1")
    (service.folder / "texts" / "more.toml").symlink_to(secret)

    assert "texts/more.toml" not in version_of(service).files


def test_bytes_cannot_move_between_files_unnoticed() -> None:
    assert version_id({"a": b"x", "b": b"y"}) != version_id({"a": b"", "b": b"xy"})
    assert version_id({"a": b"x\0b\0y"}) != version_id({"a": b"x", "b": b"y"})


def test_services_are_the_folders_with_a_diagram(service: Service) -> None:
    (service.folder.parent / "empty").mkdir()

    assert services_in(service.folder.parent) == [service.folder]


def test_a_version_taken_from_the_shelf_twice_is_fetched_and_parsed_once(service: Service) -> None:
    version, fetched = version_of(service), []
    shelf = Shelf()

    def fetch(name: str) -> ProcessVersion:
        fetched.append(name)
        return version

    first = shelf.entry(version.id, fetch)

    assert shelf.entry(version.id, fetch) is first
    assert fetched == [version.id]


def test_a_full_shelf_puts_away_what_was_longest_untouched(service: Service) -> None:
    version, fetched = version_of(service), []
    shelf = Shelf(2)

    def fetch(name: str) -> ProcessVersion:
        fetched.append(name)
        return version

    for name in ("one", "two", "one", "three", "one", "two"):
        shelf.entry(name, fetch)

    assert fetched == ["one", "two", "three", "two"]


def test_an_entry_knows_its_forms_its_words_and_its_diagram(service: Service) -> None:
    version = version_of(service)
    entry = Shelf().entry(version.id, lambda _name: version)

    assert entry.form("verifikasi").schema["title"] == "Verifikasi"
    assert entry.texts.name("en", "elements", "verifikasi", "Verifikasi") == "Check"
    assert entry.definition.facts.code == "IZIN"
    assert entry.start_form.id == "pendaftaran"


def test_a_step_without_a_form_asks_nothing(service: Service) -> None:
    version = version_of(service)
    entry = Shelf().entry(version.id, lambda _name: version)

    assert entry.form("tidak_ada").schema["properties"] == {}


def test_a_version_that_cannot_run_is_refused_when_it_is_taken_from_the_shelf() -> None:
    broken = ProcessVersion("v", "izin", {"process.bpmn": b"<nothing/>"})

    with pytest.raises(FilesRefused):
        Shelf().entry("v", lambda _name: broken)
