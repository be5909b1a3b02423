"""`janji bench`: measures speed and size on this machine, as ratios within one run."""

from __future__ import annotations

import importlib
import sys

import click


@click.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def bench(arguments: tuple[str, ...]) -> None:
    """Measure speed and size; `--json` for one object per measure, `bench permit --help` for the five-step workload.

    The measures live in tests/bench of the source tree and are found by name.
    """
    try:
        measures = importlib.import_module("tests.bench")
    except ModuleNotFoundError:
        raise click.ClickException("the measures are in the source tree: run this from a clone") from None
    sys.exit(measures.main(list(arguments)))
