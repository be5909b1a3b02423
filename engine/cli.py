"""The command line: `janji --help`. Reads what a person typed, calls one thing, says what came of it."""

from __future__ import annotations

from typing import Any

import click

from engine.commands.bench import bench
from engine.commands.demo import demo
from engine.commands.files import check, new, play, publish
from engine.commands.keep import audit, db, user
from engine.commands.keys import keys
from engine.commands.run import serve, worker
from engine.errors import CityRefused
from engine.settings import SettingsRefused


class _Sentences(click.Group):
    """A refused set-up ends with exit status 2 and one sentence per mistake, not with a traceback."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except SettingsRefused as refused:
            problems = refused.problems
        except CityRefused as refused:
            problems = [f"{p.file} · {p.element}: {p.message}" for p in refused.problems]
        for problem in problems:
            click.echo(f"janji: {problem}", err=True)
        raise click.exceptions.Exit(2)


@click.group(cls=_Sentences, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="janji")
def janji() -> None:
    """Run a city's permits and complaints from BPMN diagrams, and keep its promises of time.

    To look around:   janji demo

    To set up a city: janji db upgrade, janji publish processes/krk, janji user add, janji serve

    Settings are environment variables JANJI_… (JANJI_DATABASE_URL, JANJI_SECRET_KEY, JANJI_BASE_URL, …), or lines of
    the file that JANJI_FILE names.
    """


for command in (demo, serve, worker, publish, check, play, new, user, audit, db, keys, bench):
    janji.add_command(command)


def main() -> None:
    """Entry point."""
    janji(prog_name="janji")
