"""The measures work and what they compare is comparable. Never how long anything took: that is for `janji bench`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.check import check
from engine.model import Severity
from tests.bench import main, rows
from tests.bench.completing import Baseline
from tests.bench.measures import Measure, side_by_side
from tests.bench.office import ANALYSIS, KRK, an_office, at_analysis
from tests.bench.permit import HERE, Ours, work_of, workload
from tests.bench.permit import Baseline as PermitBaseline
from tests.builders import Office, office_in
from tests.databases import DATABASES, url_on

FIELDS = {"name", "value", "unit", "baseline", "ratio", "bound", "faster", "ok"}


def test_a_quick_run_tells_every_measure_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--quick", "--json"])

    told = json.loads(capsys.readouterr().out)
    assert status == (0 if all(one["ok"] for one in told) else 1)
    assert all(set(one) == FIELDS for one in told)
    names = " / ".join(one["name"] for one in told)
    for measure in ("complete one task", "stored state", "permit", "/t/<token>", "worklist", "tick"):
        assert measure in names
    assert next(one for one in told if "wrong fees" in one["name"])["value"] == 0


def test_the_permit_alone_is_told_as_a_table(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    main(["permit", "--cases", "5", "--db", f"sqlite:///{tmp_path / 'own.sqlite'}"])

    assert "wrong fees" in " ".join(capsys.readouterr().out.split())


def test_an_option_that_nobody_knows_is_an_error_of_usage() -> None:
    assert main(["--fast"]) == 2


@pytest.mark.parametrize("database", DATABASES)
def test_every_permit_ends_with_its_fee_on_both_databases(database: str, tmp_path: Path) -> None:
    with url_on(database, tmp_path) as url:
        ours, baseline = workload(url, 5, 1)

    assert (ours.cases, len(ours.steps), ours.wrong) == (5, 15, 0)
    assert (baseline.cases, len(baseline.steps), baseline.wrong) == (5, 15, 0)


def test_two_processes_share_the_cases_and_lose_none(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared.sqlite'}"

    ours, _ = workload(url, 6, 2)

    assert (ours.cases, len(ours.ended), ours.wrong) == (6, 6, 0)


def test_a_fee_that_is_not_the_area_times_the_tariff_is_seen(tmp_path: Path) -> None:
    ours = Ours(f"sqlite:///{tmp_path / 'ours.sqlite'}", tmp_path)
    ran = ours.run(range(7, 8))
    number, case_id = ran.ended[0]

    assert ours.wrong([(number, case_id)]) == 0
    assert ours.wrong([(number + 1, case_id)]) == 1
    ours.close()


def test_a_case_that_did_not_end_has_no_fee(tmp_path: Path) -> None:
    ours = Ours(f"sqlite:///{tmp_path / 'ours.sqlite'}", tmp_path)
    other = PermitBaseline(f"sqlite:///{tmp_path / 'other.sqlite'}", "bench_other")
    for contender in (ours, other):
        case_id = contender.start(1)
        contender.step(case_id, *work_of(1)[0])()

        assert contender.fee(case_id) is None
    ours.close()
    other.drop()


def test_the_permit_has_nothing_that_check_refuses(tmp_path: Path) -> None:
    city = office_in(tmp_path).janji.city

    assert [one for one in check(HERE, HERE / "forms", city) if one.severity is Severity.ERROR] == []


def test_the_baseline_writes_the_rows_that_we_write(tmp_path: Path) -> None:
    with an_office_at_analysis() as (office, case):
        baseline = Baseline(tmp_path, office, case, loops=1)
        for state in (baseline.fresh, baseline.long):
            baseline.act(state)()
        before = _counts(office)
        office.do(case, *ANALYSIS)
        ours = {table: count - before[table] for table, count in _counts(office).items()}

        theirs = _counts_in(baseline.engine)
        waiting = _waiting_in(baseline.engine)

    assert office_rows(ours) == {"task": 1, "answer": 1, "stage_visit": 1, "audit": 1, "request_key": 1, "notice": 1}
    # Two completions, on two cases that were put there with a task and a visit each.
    assert {table: theirs[table] for table in ("answer", "audit", "request_key", "notice")} == {
        "answer": 2,
        "audit": 2,
        "request_key": 2,
        "notice": 2,
    }
    assert (theirs["task"], theirs["stage_visit"]) == (4, 4)
    assert waiting == ["koreksi_kasi", "koreksi_kasi"]


def test_a_ratio_is_read_the_way_its_bound_is_meant() -> None:
    assert Measure("slower", 3.0, "ms", 2.0, bound=2.0).ok
    assert not Measure("too slow", 5.0, "ms", 2.0, bound=2.0).ok
    assert Measure("quick", 1.0, "ms", 2.0, bound=2.0, faster=True).ratio == 2.0
    assert not Measure("not quick", 2.0, "ms", 2.0, bound=2.0, faster=True).ok
    assert not Measure("wrong", 1.0, "cases", bound=0).ok


def test_contenders_take_turns_in_both_orders() -> None:
    turns: list[str] = []

    side_by_side(3, [lambda who=who: lambda: turns.append(who) for who in "ab"])  # type: ignore[misc]

    assert "".join(turns) == "baabbaab"


@contextmanager
def an_office_at_analysis() -> Iterator[tuple[Office, object]]:
    with an_office() as office:
        office.publish(KRK)
        yield office, at_analysis(office)


def office_rows(counts: dict[str, int]) -> dict[str, int]:
    """Without what was not added to: the case itself, its ledger and its timers."""
    return {table: counts[table] for table in ("task", "answer", "stage_visit", "audit", "request_key", "notice")}


def _counts(office: Office) -> dict[str, int]:
    return _counts_in(office.store._engine)


def _counts_in(engine: object) -> dict[str, int]:
    with Session(engine) as session:  # type: ignore[arg-type]
        return {table: len(session.execute(select(kind)).all()) for table, kind in rows.ROWS.items()}


def _waiting_in(engine: object) -> list[str]:
    task = rows.ROWS["task"]
    with Session(engine) as session:  # type: ignore[arg-type]
        return [one.element for one in session.scalars(select(task).filter_by(closed_at=None))]
