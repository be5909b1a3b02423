"""Speed and size on this machine, as ratios within one run. `janji bench` runs `main`; see README.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from tests.bench.measures import Measure

_told = Console(stderr=True)


def main(arguments: list[str]) -> int:
    """Exit status of `janji bench` with these arguments: 0 every bound kept, 1 one missed, 2 not understood."""
    try:
        return int(_bench.main(arguments, prog_name="janji bench", standalone_mode=False) or 0)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return 1


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="a JSON list with one object for each measure")
@click.option("--quick", is_flag=True, help="small sizes: shows that it works; its figures mean little")
@click.pass_context
def _bench(context: click.Context, as_json: bool, quick: bool) -> int:
    """Measure speed and size on this machine, each figure beside a baseline of the same run.

    Takes about three minutes; leave the machine alone meanwhile. Exit status 1 when a bound is missed.
    """
    if context.invoked_subcommand:
        return 0
    from tests.bench.suite import everything

    with Progress(console=_told, disable=as_json or not _told.is_terminal) as progress:
        step = progress.add_task("", total=None)
        found = []
        for title, group in everything(quick=quick):
            progress.update(step, description=title)
            found += list(group)
    return _tell(found, as_json)


@_bench.command("permit")
@click.option("--db", default="", metavar="URL", help="sqlite:///FILE or postgresql://…  [default: a temporary file]")
@click.option("--cases", default=300, show_default=True, type=click.IntRange(5), help="how many cases")
@click.option("--procs", default=1, show_default=True, type=click.IntRange(1, 64), help="how many processes")
@click.option("--json", "as_json", is_flag=True, help="a JSON list with one object for each measure")
def _permit(db: str, cases: int, procs: int, as_json: bool) -> int:
    """The five-step permit: start with data, fill, fee, check, inspect, review, approve.

    Leaves its cases in the database that is named, so name one of your own. Every case must end with the right fee.
    """
    from tests.bench.permit import measures, workload

    with Progress(console=_told, disable=as_json or not _told.is_terminal) as progress:
        step = progress.add_task("permit", total=2 * cases)
        ours, baseline = workload(db, cases, procs, lambda done: progress.advance(step, done))
    return _tell(measures(ours, baseline, db, procs), as_json)


def _tell(measures: Iterable[Measure], as_json: bool) -> int:
    found = list(measures)
    if as_json:
        click.echo("[\n" + ",\n".join(json.dumps(one.row(), ensure_ascii=False) for one in found) + "\n]")
    else:
        Console().print(_table(found))
    return 0 if all(one.ok for one in found) else 1


def _table(found: list[Measure]) -> Table:
    table = Table("Measure", "Janji", "Baseline", "Unit", "Ratio", "Bound", "")
    for one in found:
        table.add_row(one.name, *_cells(one), "" if one.bound is None else "ok" if one.ok else "[red]missed[/red]")
    return table


def _cells(one: Measure) -> Iterator[str]:
    yield f"{one.value:,.2f}"
    yield "" if one.baseline is None else f"{one.baseline:,.2f}"
    yield one.unit
    yield "" if one.ratio is None else f"{one.ratio:.2f}"
    yield "" if one.bound is None else f"{'≥' if one.faster else '≤'} {one.bound:g}"
