"""`janji keys`: the keys that sign the codes on papers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from engine.commands.opening import opened
from engine.stamping import StampKeysUnusable

Answer = TypeVar("Answer")


@click.group()
def keys() -> None:
    """Keys that sign the QR codes on issued papers (JANJI_FOLDER/keys/stamp). Back that folder up."""


@keys.command(name="list")
def list_() -> None:
    """List every key that a paper may name. The last one signs today."""
    table = Table("key", "made", "retired", "withdrawn", "papers")
    with closing(opened()) as janji, janji.house.store.read() as reads:
        for key in _told(janji.stamps.published):
            table.add_row(key.id, key.made_at, key.retired_at, key.withdrawn_at, str(reads.stamped_with(key.id)))
    Console().print(table)


@keys.command()
def rotate() -> None:
    """Sign with a fresh key from now on, once a year or when an operator leaves.

    The old private key is deleted. Its public half stays published: papers that it signed stay genuine.
    """
    with closing(opened()) as janji:
        key = _told(janji.stamps.rotate)
    click.echo(f"Papers are signed with key {key.id} from now on; restart nothing, it is read anew for each paper.")


@keys.command()
@click.argument("key_id")
@click.confirmation_option(prompt="Papers signed with this key can then be checked by their number only. Withdraw it?")
def withdraw(key_id: str) -> None:
    """Mark a key that somebody may have copied. What it signed is told to be worthless without our records.

    Papers that are in force should be issued anew; `janji keys list` says how many there are.
    """
    with closing(opened()) as janji:
        try:
            key = _told(lambda: janji.stamps.withdraw(key_id))
        except LookupError as unknown:
            raise click.ClickException(str(unknown.args[0])) from None
    click.echo(f"Key {key.id} is withdrawn. Phones learn of it when they next open the check page while connected.")


def _told(asked: Callable[[], Answer]) -> Answer:
    """What was asked for, or a sentence about keys that cannot be used."""
    try:
        return asked()
    except StampKeysUnusable as broken:
        raise click.ClickException(str(broken)) from None
