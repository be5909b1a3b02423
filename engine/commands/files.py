"""`janji check`, `play`, `publish`, `new`: what analysts do with a service's files."""

from __future__ import annotations

import json
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from engine.check import check as check_files
from engine.city import City, read_city
from engine.commands.opening import opened
from engine.errors import FilesRefused
from engine.library import services_in
from engine.model import Problem, Severity
from engine.settings import HERE
from engine.stories.coverage import untold
from engine.stories.files import StoryRefused, read_story, stories
from engine.stories.playing import Played
from engine.stories.theatre import Theatre

PATH = click.Path(path_type=Path)


@click.command()
@click.argument("path", type=PATH)
@click.option("--forms", type=PATH, default=None, help="folder of the forms  [default: forms/ beside processes/]")
@click.option("--json", "as_json", is_flag=True, help="a JSON list of {severity, file, element, code, message}")
def check(path: Path, forms: Path | None, as_json: bool) -> None:
    """Say everything that is wrong with a service folder, or with one .bpmn file alone.

    Of a diagram alone, what the engine would refuse or get wrong is an error, what it lacks to be a service a warning.

    Exit status: 0 no errors (warnings may be printed), 1 errors, 2 PATH cannot be read.

    \b
    Example: janji check processes/krk
    """
    if not (path.is_file() and path.suffix == ".bpmn") and not (path / "process.bpmn").is_file():
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

    Exit status 1 when a story does not come out as it is told, or when a user task or a timer of the service lies on
    no story.

    \b
    Examples:
      janji play processes/krk
      janji play processes/krk/scenarios/ditarik.toml
    """
    one = path.suffix == ".toml"
    service = path.resolve().parent.parent if one else path.resolve()
    city = city_of(service)
    if city is None or not (service / "process.bpmn").is_file():
        raise click.ClickException(f"{path} is no story and no service folder beside a city.toml")
    told = [path] if one else stories(service)
    with Theatre(city, services_in(service.parent), forms_beside(service)) as theatre:
        results = [played(theatre, each) for each in track(told, "Playing", console=Console(stderr=True))]
    failed = sum(tell_story(result) for result in results)
    click.echo(f"{len(results) - failed} of {len(results)} stories come out as told.")
    forgotten = 0 if one else tell_untold(service, results)
    sys.exit(1 if failed or forgotten else 0)


def tell_story(result: Played) -> bool:
    """Say how a story came out; True when it failed."""
    click.echo(f"{'ok  ' if result.ok else 'FAIL'} {result.title}")
    for failure in result.failures:
        click.echo(f"       {failure}")
    return not result.ok


def tell_untold(service: Path, results: list[Played]) -> int:
    """Say which tasks for people and which timers no story came by; returns how many."""
    try:
        missing = untold(service, forms_beside(service), results)
    except FilesRefused:
        raise click.ClickException(f"{service} cannot be run; why is told by: janji check {service}") from None
    for element in missing:
        click.echo(f"FAIL no story comes by {element.id} ({element.name or element.kind})")
    return len(missing)


def played(theatre: Theatre, path: Path) -> Played:
    """Play one story file; one that cannot be read, or whose service cannot be run, is a story that failed."""
    try:
        with theatre.stage(read_story(path)) as stage:
            return stage.play()
    except StoryRefused as refused:
        return Played(path.name, [str(refused)])
    except FilesRefused as refused:
        return Played(path.name, [f"{p.file} · {p.element}: {p.message}" for p in refused.problems])


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--by", default="operator", show_default=True, help="who publishes, for the record")
@click.option("--note", default="", help="why, for the record")
def publish(folders: tuple[Path, ...], by: str, note: str) -> None:
    """Put service folders into force for new cases; running cases stay on the version they began under.

    Refused while `janji check` finds errors: that folder's are listed, and it and those after it are not published.
    """
    with closing(opened()) as janji:
        for folder in folders:
            try:
                version = janji.engine.publish(folder, forms_beside(folder), by, note)
            except FilesRefused as refused:
                tell(folder, list(refused.problems))
                raise click.ClickException(f"{folder} was not published") from None
            click.echo(f"{version.service}: version {version.id[:12]} is in force")


@click.command()
@click.argument("service")
@click.option(
    "--processes", type=PATH, default=HERE / "processes", help="folder of the services  [default: this clone's]"
)
def new(service: str, processes: Path) -> None:
    """Begin a service: a folder with the smallest diagram, forms, texts and story that `check` and `play` accept.

    SERVICE is its id in addresses and file names: small letters, digits and _. Draw on from there, in any BPMN editor.
    """
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
    return read_city(folder)
