"""`janji serve` and `janji worker`: the web and the background work of one installation."""

from __future__ import annotations

import importlib
import signal
import threading
from typing import TYPE_CHECKING, Any

import click

from engine.logs import begin_logging
from engine.scheduler import start_metronome
from engine.settings import Settings, read_settings
from engine.wiring import Janji, wire

if TYPE_CHECKING:
    from types import FrameType


def web_app(janji: Janji) -> Any:
    """The pages. Found by name and not imported: the engine must not depend on the web, only start it."""
    return importlib.import_module("webapp").create_app(janji)


def opened(settings: Settings) -> Janji:
    """Open the installation, or say what is missing before anything listens."""
    janji = wire(settings)
    if not janji.house.store.is_current():
        raise click.ClickException("the database is empty or of an older version; run: janji db upgrade")
    return janji


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="address to listen on")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="port to listen on")
def serve(host: str, port: int) -> None:
    """Serve the pages and do the background work, in one process.

    Enough for one small server. On PostgreSQL start as many `serve` and `worker` as you need: a timer still fires once.
    """
    settings = read_settings()
    begin_logging(settings.production)
    run_web(opened(settings), host, port)


@click.command()
def worker() -> None:
    """Do the background work only: fire timers, print permits, send notices. Ends cleanly on SIGTERM."""
    settings = read_settings()
    begin_logging(settings.production)
    janji = opened(settings)
    stop = start_metronome(janji.work_once, settings.sweep_every_s)
    ended = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    click.echo(f"janji worker: looking for due work every {settings.sweep_every_s} s")
    ended.wait()
    stop()
    janji.close()


def run_web(janji: Janji, host: str, port: int) -> None:
    """Listen until stopped; the metronome runs beside and stops with it."""
    waitress = importlib.import_module("waitress")
    stop = start_metronome(janji.work_once, janji.settings.sweep_every_s)
    try:
        server = waitress.create_server(
            web_app(janji),
            host=host,
            port=port,
            threads=janji.settings.threads,
            max_request_body_size=12 * janji.house.upload_bytes,
            ident=None,
        )
        click.echo(f"Janji on http://{host}:{port}")
        server.run()
    except OSError as taken:
        raise click.ClickException(f"cannot listen on {host}:{port}: {taken.strerror}; try another --port") from None
    finally:
        stop()
        janji.close()
