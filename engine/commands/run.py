"""`janji serve` and `janji worker`: the web and the background work of one installation."""

from __future__ import annotations

import importlib
import signal
import socket
import threading
from typing import TYPE_CHECKING, Any

import click

from engine.commands.opening import opened, taken_door
from engine.logs import begin_logging
from engine.scheduler import start_metronome
from engine.settings import read_settings
from engine.wiring import Janji

if TYPE_CHECKING:
    from types import FrameType


def web_app(janji: Janji) -> Any:
    """The pages. Found by name and not imported: the engine must not depend on the web, only start it."""
    return importlib.import_module("webapp").create_app(janji)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port to listen on")
def serve(host: str, port: int) -> None:
    """Serve the pages and do the background work, in one process. Ends cleanly on SIGTERM and Ctrl-C.

    Needs a database that is up to date (janji db upgrade), services in force (janji publish) and somebody who can sign
    in (janji user add). Put a TLS proxy in front; JANJI_BASE_URL is the address that people type.

    Enough for one small server. On PostgreSQL start as many `serve` and `worker` as you need: a timer still fires once.
    """
    settings = read_settings()
    begin_logging(settings.production)
    janji = opened(settings)
    run_web(janji, taken_door(host, port), f"http://{host}:{port}")


@click.command()
def worker() -> None:
    """Do the background work only: fire timers, print permits, send notices. Ends cleanly on SIGTERM and Ctrl-C.

    For an installation on PostgreSQL whose `serve` processes should have their time for people.
    """
    settings = read_settings()
    begin_logging(settings.production)
    janji = opened(settings)
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    stop = start_metronome(janji.work_once, settings.sweep_every_s)
    click.echo(f"janji worker: looking for due work every {settings.sweep_every_s} s")
    ended.wait()
    stop()
    janji.close()


def run_web(janji: Janji, door: socket.socket, address: str) -> None:
    """Listen at a door until stopped; the metronome runs beside and stops with it."""
    waitress = importlib.import_module("waitress")
    signal.signal(signal.SIGTERM, _leave)
    stop = start_metronome(janji.work_once, janji.settings.sweep_every_s)
    try:
        server = waitress.create_server(
            web_app(janji),
            sockets=[door],
            threads=janji.settings.threads,
            max_request_body_size=12 * janji.house.upload_bytes,
            ident=None,
        )
        click.echo(f"Janji on {address}")
        server.run()
    finally:
        stop()
        janji.close()


def _leave(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl-C does: requests in hand are answered first."""
    raise SystemExit(0)
