"""`janji demo`: a city to look around in, with its own folder, its own clock and every role's sign-in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from engine.city import read_city
from engine.clock import SystemClock
from engine.commands.opening import taken_door
from engine.commands.run import run_web
from engine.demo.clock import DemoClock
from engine.demo.making import DEMO, ForeignDatabase, demo_settings, is_fresh, made_by, make_season
from engine.demo.plan import Plan, read_plan
from engine.demo.staff import PASSWORD, Colleague, colleagues
from engine.logs import begin_logging
from engine.settings import Settings
from engine.stories.passing import let_pass
from engine.stories.spans import moved
from engine.wiring import Janji, wire

PATH = click.Path(path_type=Path)


@click.group(invoke_without_command=True)
@click.option("--folder", type=PATH, default=Path("demo"), show_default=True, help="where the demo lives")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port of the pages")
@click.pass_context
def demo(context: click.Context, folder: Path, port: int) -> None:
    """Start Janji on SQLite with a made-up season of Semarang cases, and print every role's sign-in.

    The first start makes the folder, which takes about half a minute; later starts go on where it stood. Delete the
    folder to begin anew. Nothing is ever sent to anybody: mails and messages are kept and not posted.

    A bar on every page moves the demo's clock; from another terminal: janji demo clock +3wd
    """
    context.obj = folder
    if context.invoked_subcommand:
        return
    begin_logging(production=False)
    door = taken_door("127.0.0.1", port)
    settings = demo_settings(folder, port)
    plan = read_plan(settings.processes / "demo.toml")
    people = colleagues(read_city(settings.processes), plan.colleagues, plan.in_units, plan.teams)
    try:
        if is_fresh(folder):
            begin(settings, plan, people)
    except ForeignDatabase as refused:
        raise click.ClickException(str(refused)) from None
    janji = wire(settings, DemoClock(folder, SystemClock()))
    sign_ins(people)
    run_web(replace(janji, move_clock=lambda span: move(janji, span)), door, f"http://127.0.0.1:{port}")


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
    janji.engine.follow_orders()  # before a timer rings by a date that an order has moved already
    let_pass(janji.engine, janji.house, clock, until, janji.forecasting.look_if_time)
    janji.work_once()


def begin(settings: Settings, plan: Plan, people: list[Colleague]) -> None:
    """Make a demo's season, with a bar that tells how far it is."""
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("Making a season of cases", total=plan.open_days)
        until = DemoClock(settings.folder, SystemClock()).now()
        make_season(settings, plan, people, until, lambda done, of: progress.update(bar, completed=done, total=of))


def sign_ins(people: list[Colleague]) -> None:
    """Print who can sign in, with the password they all share."""
    table = Table("login", "who", "role", title=f"Sign in at /masuk, password for all: {PASSWORD}")
    for person in people:
        table.add_row(person.login, person.name, person.title)
    Console().print(table)
