"""`janji demo`: a city to look around in, with its own folder, its own clock and every role's sign-in."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engine.clock import MovableClock, SystemClock
from engine.commands.opening import taken_door
from engine.commands.run import run_web
from engine.demo.clock import DemoClock
from engine.demo.season import Plan, Season, read_plan
from engine.demo.staff import PASSWORD, Colleague, colleagues, hire
from engine.logs import begin_logging
from engine.settings import Settings
from engine.store import Store
from engine.stories.passing import let_pass
from engine.stories.spans import moved
from engine.wiring import Janji, service_folders, wire

MADE_BY = "made_by"
DEMO = "demo"
IN_THE_MAKING = "demo, not finished"
PATH = click.Path(path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--folder", type=PATH, default=Path("demo"), show_default=True, help="where the demo lives")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port of the pages")
@click.pass_context
def demo(context: click.Context, folder: Path, port: int) -> None:
    """Start Janji on SQLite with a made-up season of Semarang cases, and print every role's sign-in.

    The first start makes the folder, which takes about half a minute; later starts go on where it stood. Delete the
    folder to begin anew.

    A bar on every page moves the demo's clock; from another terminal: janji demo clock +3wd
    """
    context.obj = folder
    if context.invoked_subcommand:
        return
    begin_logging(production=False)
    door = taken_door("127.0.0.1", port)
    janji, people = opened_demo(demo_settings(folder, port))
    sign_ins(people)
    run_web(janji, door, f"http://127.0.0.1:{port}")


@demo.command()
@click.argument("span")
@click.option("--folder", type=PATH, default=None, help="where the demo lives  [default: that of `janji demo`]")
@click.pass_context
def clock(context: click.Context, span: str, folder: Path | None) -> None:
    """Move the demo's clock: +3wd, +10d, +4h, or a local instant such as 2026-12-24T16:59. Only forward.

    Everything that falls due on the way fires at its own instant; a demo that is running sees the new time at once.
    Refused for any database not made by `janji demo`.
    """
    folder = folder or context.obj
    if not (folder / "janji.sqlite").exists():
        raise click.ClickException(f"there is no demo in {folder}; start one with: janji demo --folder {folder}")
    if made_by(folder) != DEMO:
        raise click.ClickException(f"the database in {folder} was not made by `janji demo`; its clock cannot be moved")
    janji = wire(demo_settings(folder, 8000), DemoClock(folder, SystemClock()))
    try:
        move(janji, span)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from None
    local = janji.clock.now().astimezone(janji.city.zone)
    janji.close()
    click.echo(f"The demo's clock stands at {local:%Y-%m-%d %H:%M}.")


def move(janji: Janji, span: str) -> None:
    """Let the demo's time pass. Raises ValueError for a wrong span, and for going back."""
    clock = janji.clock
    if not isinstance(clock, DemoClock):
        raise ValueError("only a demo has a clock that can be moved")
    until = moved(clock.now(), span, janji.city.calendar)
    if until < clock.now():
        local = clock.now().astimezone(janji.city.zone)
        raise ValueError(f"it is {local:%Y-%m-%d %H:%M} in the demo and its clock only moves forward")
    let_pass(janji.engine, janji.house, clock, until)
    janji.work_once()


def made_by(folder: Path) -> str | None:
    """Who made the database in a folder: DEMO, IN_THE_MAKING, or None for any other."""
    store = Store.open(database_in(folder))
    try:
        if not store.is_current():
            return None
        with store.read() as reads:
            return reads.setting(MADE_BY)
    finally:
        store.close()


def database_in(folder: Path) -> str:
    return f"sqlite:///{(folder / 'janji.sqlite').resolve()}"


def demo_settings(folder: Path, port: int) -> Settings:
    """Settings of a demo: everything in one folder, with a key of its own that is made once."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(48))
        key.chmod(0o600)
    return Settings(
        environment="demo",
        database_url=database_in(folder),
        folder=folder,
        secret_key=key.read_text(),  # type: ignore[arg-type]
        base_url=f"http://127.0.0.1:{port}",
        sweep_every_s=2,
    )


def opened_demo(settings: Settings) -> tuple[Janji, list[Colleague]]:
    """Open the demo of a folder, and make its season first when the folder is new or was left half made."""
    fresh = cleared(settings.folder)
    plan = read_plan(settings.processes / "demo.toml")
    janji = wire(settings, DemoClock(settings.folder, SystemClock()))
    people = colleagues(janji.city, plan.colleagues, plan.in_units)
    janji.house.store.migrate()
    if fresh:
        make_season(settings, janji, plan, people)
    janji = replace(janji, move_clock=lambda span: move(janji, span))
    return janji, people


def cleared(folder: Path) -> bool:
    """Whether a season has to be made here; what an interrupted start left is removed. Refuses a foreign database."""
    if not (folder / "janji.sqlite").exists():
        return True
    maker = made_by(folder)
    if maker == DEMO:
        return False
    if maker != IN_THE_MAKING:
        raise click.ClickException(
            f"the database in {folder} was not made by `janji demo`, or by another version of it; name another --folder"
        )
    for left in folder.glob("janji.sqlite*"):
        left.unlink()
    return True


def make_season(settings: Settings, janji: Janji, plan: Plan, people: list[Colleague]) -> None:
    """Publish the services, hire the staff and play the season up to now, on a clock that begins in its past."""
    now = janji.clock.now()
    past = MovableClock(_beginning(janji, plan))
    then = wire(settings, past)
    with then.house.store.write() as tx:
        tx.set_setting(MADE_BY, IN_THE_MAKING)
    folders = service_folders(settings.processes)
    for folder in folders:
        then.engine.publish(folder, settings.forms, by="demo")
    hire(then.accounts, people, "contoh.example")
    season = Season(then.engine, then.house, past, plan, people)
    for folder in folders:
        season.learn(folder)
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("Making a season of cases", total=None)
        season.play(now, lambda done, of: progress.update(bar, completed=done, total=of))
    with then.house.store.write() as tx:
        tx.set_setting(MADE_BY, DEMO)
    then.work_once()
    then.close()


def _beginning(janji: Janji, plan: Plan) -> datetime:
    calendar = janji.city.calendar
    on = calendar.on(janji.clock.now())
    for _ in range(plan.open_days):
        on = calendar.previous_open(on)
    return calendar.opens_at(on)


def sign_ins(people: list[Colleague]) -> None:
    """Print who can sign in, with the password they all share."""
    table = Table("login", "who", "role", title=f"Sign in at /masuk, password for all: {PASSWORD}")
    for person in people:
        table.add_row(person.login, person.name, person.title)
    Console().print(table)
