"""`janji db`, `janji user`, `janji audit`: keeping an installation."""

from __future__ import annotations

import sys
from contextlib import closing

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from engine.commands.opening import opened, opened_store
from engine.errors import NotFound
from engine.model import THE_SYSTEM, Post
from engine.settings import read_settings
from engine.store import Store


@click.group()
def db() -> None:
    """The database of this installation (JANJI_DATABASE_URL)."""


@db.command()
def upgrade() -> None:
    """Create the tables, or bring them up to this version of Janji. Safe to repeat."""
    settings = read_settings()
    store = Store.open(settings.database_url)
    store.migrate()
    store.close()
    click.echo("The database is up to date.")


@click.group()
def user() -> None:
    """Accounts of staff. Citizens need none."""


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="full name, shown to colleagues")
@click.option("--email", default="", help="where notices to the person's roles go")
@click.option("--role", "roles", multiple=True, required=True, help="role id, or role@unit; may be repeated")
@click.option(
    "--password",
    prompt=True,
    hide_input=True,
    confirmation_prompt=True,
    envvar="JANJI_NEW_PASSWORD",
    help="at least 10 characters; leave it out to be asked",
)
def add(login: str, name: str, email: str, roles: tuple[str, ...], password: str) -> None:
    """Add an account. Roles and units are those of processes/city.toml.

    The password is asked for, or taken from JANJI_NEW_PASSWORD; it never stands on the command line of a script.

    Example: janji user add ratih --name "Ratih Kusuma" --role verifikator --role penghubung@dpu
    """
    with closing(opened()) as janji:
        try:
            janji.accounts.add(login, name, email, password, frozenset(post(text) for text in roles))
        except ValueError as wrong:
            raise click.ClickException(str(wrong)) from None
    click.echo(f"{login} can now sign in.")


@user.command()
@click.argument("login")
def leave(login: str) -> None:
    """Close the account of somebody who works here no more. Safe to repeat.

    They are signed out everywhere, nobody stands in for them any more, and what they held goes back to the role.
    """
    with closing(opened()) as janji:
        try:
            count = janji.engine.leave(login, THE_SYSTEM)
        except NotFound:
            raise click.ClickException(f"nobody has the login {login!r}; see: janji user list") from None
    click.echo(f"{login} can sign in no more; {count} open tasks went back to their roles.")


@user.command(name="list")
def list_() -> None:
    """List accounts with their roles."""
    table = Table("login", "name", "roles", "active")
    with closing(opened()) as janji, janji.house.store.read() as reads:
        for one in reads.users():
            held = ", ".join(sorted(p.role + (f"@{p.unit}" if p.unit else "") for p in one.posts))
            table.add_row(one.login, one.name, held, "yes" if one.active else "no")
    Console().print(table)


def post(text: str) -> Post:
    """`penghubung@dpu` as a post; without a unit the role in every unit."""
    role, _, unit = text.partition("@")
    return Post(role, unit or None)


@click.group()
def audit() -> None:
    """The record of who did what, chained by hash."""


@audit.command()
def verify() -> None:
    """Recompute the chain of every case and of the office's own record.

    Exit status 1 when an entry was edited, removed or inserted.
    """
    store = opened_store()
    broken = 0
    with store.read() as reads:
        checked = 0
        for case_id, problems in track(reads.audit_problems(), "Verifying", console=Console(stderr=True)):
            checked += 1
            broken += bool(problems)
            for problem in problems:
                click.echo(f"{case_id}: {problem}")
        office = reads.office_problems()
    store.close()
    for problem in office:
        click.echo(f"the office's record: {problem}")
    click.echo(f"{checked} cases, {broken} with a broken chain.")
    sys.exit(1 if broken or office else 0)
