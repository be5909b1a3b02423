"""Opens what a command needs, or says in a sentence what is missing before anything is done."""

from __future__ import annotations

import socket

import click

from engine.settings import Settings, read_settings
from engine.store import Store
from engine.wiring import Janji, wire

_BEHIND = "the database is empty or of an older version; run: janji db upgrade"


def opened(settings: Settings | None = None) -> Janji:
    """The installation that `settings`, or else the environment, describe. Its tables must be up to date."""
    janji = wire(settings or read_settings())
    if not janji.house.store.is_current():
        janji.close()
        raise click.ClickException(_BEHIND)
    return janji


def opened_store() -> Store:
    """The database alone, for commands that look only at what is stored. Its tables must be up to date."""
    store = Store.open(read_settings().database_url)
    if not store.is_current():
        store.close()
        raise click.ClickException(_BEHIND)
    return store


def taken_door(host: str, port: int) -> socket.socket:
    """A socket that holds the address and does not listen yet: taken before long work, not after it."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except OSError as refused:
        raise click.ClickException(
            f"cannot listen on {host}:{port}: {refused.strerror}; try another --port or --host"
        ) from None
    return door
