"""Makes and opens the folder of a demo: its settings, its database, its season. Knows nothing of the command line."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from engine.city import read_city
from engine.clock import MovableClock
from engine.demo.morning import lay_out
from engine.demo.season import Progress, Season
from engine.demo.staff import Colleague, hire
from engine.library import services_in
from engine.settings import Settings
from engine.store import Store
from engine.wiring import Janji, wire

if TYPE_CHECKING:
    from engine.calendars import Calendar
    from engine.demo.plan import Plan

MADE_BY = "made_by"
"""The setting in a database that says who made it."""
DEMO = "demo"
IN_THE_MAKING = "demo, not finished"
MAIL_DOMAIN = "contoh.example"


class ForeignDatabase(ValueError):
    """The database in a folder was not made by `janji demo`: it is neither moved nor overwritten."""


def demo_settings(folder: Path, port: int) -> Settings:
    """Settings of a demo: everything in one folder, a key of its own that is made once, and no way out to anybody."""
    folder.mkdir(parents=True, exist_ok=True)
    key = folder / "secret-key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(48))
        key.chmod(0o600)
    return Settings(
        environment="demo",
        database_url=_database_in(folder),
        folder=folder,
        secret_key=key.read_text(),  # type: ignore[arg-type]
        base_url=f"http://127.0.0.1:{port}",
        sweep_every_s=2,
        smtp_host="",
        gateway_url="",
    )


def is_fresh(folder: Path) -> bool:
    """Whether a season has to be made here. Removes what an interrupted start left. Raises ForeignDatabase."""
    if not (folder / "janji.sqlite").exists():
        return True
    maker = made_by(folder)
    if maker == DEMO:
        return False
    if maker != IN_THE_MAKING:
        raise ForeignDatabase(
            f"the database in {folder} was not made by `janji demo`, or by another version of it; name another --folder"
        )
    for left in folder.glob("janji.sqlite*"):
        left.unlink()
    return True


def made_by(folder: Path) -> str | None:
    """Who made the database in a folder: DEMO, IN_THE_MAKING, or None for any other."""
    store = Store.open(_database_in(folder))
    try:
        if not store.is_current():
            return None
        with store.read() as reads:
            return reads.setting(MADE_BY)
    finally:
        store.close()


def look_ahead(janji: Janji) -> None:
    """What the background of a running installation does every morning."""
    janji.forecasting.look_if_time()
    janji.clearing.clear()
    janji.engine.draw_samples()


def make_season(
    settings: Settings,
    plan: Plan,
    people: list[Colleague],
    until: datetime,
    told: Progress,
    morning: Callable[[Janji], None] = look_ahead,
) -> int:
    """Publish the services, hire the staff and play the season up to `until`, on a clock that begins in its past.

    `morning` is done as the office opens. Returns how many cases were begun.
    """
    past = MovableClock(_beginning(read_city(settings.processes).calendar, plan, until))
    janji = wire(settings, past)
    janji.house.store.migrate()
    with janji.house.store.write() as tx:
        tx.set_setting(MADE_BY, IN_THE_MAKING)
    season = Season(janji.engine, janji.house, past, plan, people, lambda: morning(janji))
    for folder in services_in(settings.processes):
        janji.engine.publish(folder, settings.forms, by=DEMO)
        season.learn(folder)
    hire(janji.accounts, people, MAIL_DOMAIN)
    begun = season.play(until, told)
    lay_out(janji, people)
    with janji.house.store.write() as tx:
        tx.set_setting(MADE_BY, DEMO)
    janji.work_once()
    janji.close()
    return begun


def _beginning(calendar: Calendar, plan: Plan, until: datetime) -> datetime:
    on = calendar.on(until)
    for _ in range(plan.open_days):
        on = calendar.previous_open(on)
    return calendar.opens_at(on)


def _database_in(folder: Path) -> str:
    return f"sqlite:///{(folder / 'janji.sqlite').resolve()}"
