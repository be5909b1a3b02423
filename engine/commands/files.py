"""`janji check`, `play`, `publish`, `new`: what analysts do with a service's files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from engine.check import check as check_files
from engine.city import City, read_city
from engine.errors import CityRefused, FilesRefused
from engine.model import Problem, Severity
from engine.settings import HERE, read_settings
from engine.stories.files import StoryRefused, read_story, stories
from engine.stories.playing import Played
from engine.stories.theatre import Theatre
from engine.wiring import service_folders, wire

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=PATH)
@click.option("--forms", type=PATH, default=None, help="folder of the forms  [default: forms/ beside processes/]")
@click.option("--json", "as_json", is_flag=True, help="a JSON list of {severity, file, element, code, message}")
def check(path: Path, forms: Path | None, as_json: bool) -> None:
    """Say everything that is wrong with a service folder, or with one .bpmn file alone.

    Exit status: 0 no errors (warnings may be printed), 1 errors, 2 PATH cannot be read.
    """
    if not path.exists() or (path.is_dir() and not (path / "process.bpmn").exists()):
        click.echo(f"janji: {path} is neither a .bpmn file nor a folder with a process.bpmn", err=True)
        sys.exit(2)
    problems = check_files(path, forms or forms_beside(path), city_of(path))
    if as_json:
        click.echo(json.dumps([as_row(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        tell(path, problems)
    sys.exit(1 if any(problem.severity is Severity.ERROR for problem in problems) else 0)


def tell(path: Path, problems: list[Problem]) -> None:
    """One line per problem and a last line that counts them."""
    for problem in problems:
        where = f"{problem.file} · {problem.element}" if problem.element else problem.file
        click.echo(f"{problem.severity.value}: {where}: {problem.message} [{problem.code}]")
    found = Counter(problem.severity for problem in problems)
    click.echo(f"{path}: {found[Severity.ERROR]} errors, {found[Severity.WARNING]} warnings")


def as_row(problem: Problem) -> dict[str, str]:
    """A problem as the JSON of `--json`."""
    return {
        "severity": problem.severity.value,
        "file": problem.file,
        "element": problem.element,
        "code": problem.code,
        "message": problem.message,
    }


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
def play(path: Path) -> None:
    """Play the stories of a service folder (or one .toml story) on the real engine with a stopped clock.

    Exit status 1 when a story does not come out as it is told, or a user task or timer lies on no story.
    """
    told = [path] if path.suffix == ".toml" else stories(path)
    service = path.parent.parent if path.suffix == ".toml" else path
    failed = 0
    city = city_of(service)
    if city is None:
        raise click.ClickException(f"there is no city.toml beside {service}")
    with Theatre(city, service_folders(service.parent), forms_beside(service).resolve()) as theatre:
        results = [played(theatre, one) for one in track(told, "Playing", console=Console(stderr=True))]
    for result in results:
        click.echo(f"{'ok  ' if result.ok else 'FAIL'} {result.title}")
        for failure in result.failures:
            click.echo(f"       {failure}")
        failed += not result.ok
    click.echo(f"{len(results) - failed} of {len(results)} stories come out as told.")
    sys.exit(1 if failed else 0)


def played(theatre: Theatre, path: Path) -> Played:
    """Play one story file; a file that cannot be read is a story that failed."""
    try:
        with theatre.stage(read_story(path)) as stage:
            return stage.play()
    except StoryRefused as refused:
        return Played(path.name, [str(refused)])


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--by", default="operator", show_default=True, help="who publishes, for the record")
@click.option("--note", default="", help="why, for the record")
def publish(folders: tuple[Path, ...], by: str, note: str) -> None:
    """Put service folders into force for new cases. Refused while `janji check` finds errors; running cases stay."""
    janji = wire(read_settings())
    for folder in folders:
        try:
            version = janji.engine.publish(folder, forms_beside(folder), by, note)
        except FilesRefused as refused:
            tell(folder, list(refused.problems))
            raise click.ClickException("nothing was published") from None
        click.echo(f"{version.service}: version {version.id[:12]} is in force")


@click.command()
@click.argument("service")
@click.option("--processes", type=PATH, default=HERE / "processes", show_default=False, help="folder of the services")
def new(service: str, processes: Path) -> None:
    """Begin a service: a folder with the smallest diagram, forms, texts and story that `check` and `play` accept."""
    from engine.stories.planting import plant

    try:
        made = plant(service, processes, processes.parent / "forms")
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    for path in made:
        click.echo(path)
    click.echo(f"Next: janji check {processes / service}, then janji play {processes / service}")


def forms_beside(path: Path) -> Path:
    """The forms folder that goes with a service folder or a diagram: `forms/` beside its `processes/`."""
    service = path if path.is_dir() else path.parent
    return service.resolve().parent.parent / "forms"


def city_of(path: Path) -> City | None:
    """The city whose roles and units a service is checked against; None for a file outside any city's folder."""
    service = path if path.is_dir() else path.parent
    folder = service.resolve().parent
    if not (folder / "city.toml").exists():
        return None
    try:
        return read_city(folder)
    except CityRefused as refused:
        raise click.ClickException(str(refused)) from None
