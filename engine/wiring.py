"""Puts one installation together from its settings. The only place where parts meet their collaborators."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from engine.accounts import Accounts
from engine.almanac import Almanac
from engine.channels import Channel, HttpGateway, Recorder, Smtp
from engine.city import City, read_city
from engine.clearing import Clearing
from engine.clock import Clock, SystemClock
from engine.delivering import CaseChannel
from engine.digests import Digests
from engine.documents import Archive
from engine.engine import Engine
from engine.forecasting import Forecasting
from engine.house import House
from engine.housekeeping import Housekeeping
from engine.library import Shelf
from engine.outbox import Outbox
from engine.previewing import Previewing
from engine.printing import Printing
from engine.queries import Queries
from engine.scheduler import Sweep
from engine.settings import Settings
from engine.signing import LocalSigner
from engine.speech import Speech
from engine.stamping import StampKeys
from engine.store import Store
from engine.telling import Telling
from engine.verbs.effects import TO_CASE

MEGABYTE = 1024 * 1024
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Janji:
    """One running installation: verbs, questions, accounts, words, and what works in the background."""

    settings: Settings
    clock: Clock
    house: House
    engine: Engine
    queries: Queries
    accounts: Accounts
    texts: Speech
    outbox: Outbox
    sweep: Sweep
    printing: Printing
    previewing: Previewing
    forecasting: Forecasting
    digests: Digests
    clearing: Clearing
    stamps: StampKeys
    housekeeping: Housekeeping
    move_clock: Callable[[str], None] | None = None
    unsent: tuple[Recorder, ...] = ()
    """Ways out that keep messages instead of sending them, as in a demo."""

    @property
    def city(self) -> City:
        """The city as it is now, with every order in force."""
        return self.house.city

    def work_once(self) -> None:
        """One beat of the background: bring cases up to the calendar, fire due timers, give out new tasks, print what
        was issued, foretell what will be late, ask for digests, send what waits, forget what is over.

        A part that breaks is logged and does not keep the next from its turn.
        """
        for part in (
            self.engine.follow_orders,
            self.sweep.sweep,
            self.engine.share_due,
            self.printing.print_due,
            self.forecasting.look_if_time,
            self.digests.ask_if_time,
            self.clearing.clear,
            self.engine.draw_samples,
            self.outbox.send_due,
            self.housekeeping.tidy,
        ):
            try:
                part()
            except Exception:
                _log.exception("a part of the background work broke", part=part.__qualname__)

    def close(self) -> None:
        """Let go of the database."""
        self.house.store.close()


def wire(settings: Settings, clock: Clock | None = None, channels: dict[str, Channel] | None = None) -> Janji:
    """Open everything that `settings` names. The database must be up to date (`janji db upgrade`).

    Raises CityRefused when the city's files are wrong.
    """
    house = _house(settings, read_city(settings.processes), clock or SystemClock())
    engine = Engine(house)
    ways_out = {**(channels or channels_of(settings)), TO_CASE: CaseChannel(engine)}
    return _around(engine, house, settings, ways_out)


def _house(settings: Settings, city: City, clock: Clock) -> House:
    return House(
        store=Store.open(settings.database_url),
        shelf=Shelf(),
        almanac=Almanac(city),
        clock=clock,
        archive=Archive(settings.folder / "documents"),
        key=settings.key,
        upload_bytes=settings.upload_mb * MEGABYTE,
    )


def _around(engine: Engine, house: House, settings: Settings, ways_out: dict[str, Channel]) -> Janji:
    telling = Telling(house, settings.base_url, house.city.office.name)
    keys, clock, store = settings.folder / "keys", house.clock, house.store
    stamps = StampKeys(keys, clock)
    return Janji(
        unsent=tuple(one for one in ways_out.values() if isinstance(one, Recorder)),
        settings=settings,
        clock=clock,
        house=house,
        engine=engine,
        queries=Queries(house),
        accounts=Accounts(house),
        texts=Speech(house),
        outbox=Outbox(store, ways_out, telling.addresses, telling.message, clock),
        sweep=Sweep(store, engine.wake, clock),
        previewing=Previewing(house, settings.base_url, telling),
        printing=Printing(house, settings.base_url, LocalSigner(keys, clock).sign, stamps),
        stamps=stamps,
        forecasting=Forecasting(house),
        digests=Digests(house),
        clearing=Clearing(house),
        housekeeping=Housekeeping(store, clock, engine.forget_due),
    )


def channels_of(settings: Settings) -> dict[str, Channel]:
    """Mail by SMTP and text messages by a gateway where they are set up; otherwise kept and not sent."""
    mail: Channel = Recorder()
    if settings.smtp_host:
        mail = Smtp(
            settings.smtp_host,
            settings.smtp_port,
            settings.mail_from,
            tls=settings.smtp_tls,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
        )
    text: Channel = Recorder()
    if settings.gateway_url:
        text = HttpGateway(settings.gateway_url, settings.gateway_token.get_secret_value())
    return {"mail": mail, "text": text}
