"""How dates, hours and references are written, in the reader's language and the city's zone. Knows no case.

A day is `Kamis, 12 Nov 2026`, always absolute; an instant adds the hour with its zone, `14:05 WIB`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, get_day_names
from flask import Flask
from markupsafe import Markup, escape

from webapp.forms.showing import size as sized
from webapp.frame.access import janji
from webapp.frame.words import DEFAULT, in_indonesian, language, say


def register(app: Flask) -> None:
    """Give templates the filters, and `now` for the line that says how old a page is."""
    filters = (
        day,
        city_day,
        short_day,
        leaf,
        clock_time,
        moment,
        iso_day,
        reference,
        week_hours,
        size,
        counted,
        month,
        month_short,
        figure,
        weekday,
        closed_for,
    )
    app.jinja_env.filters.update({each.__name__: each for each in filters})
    app.jinja_env.filters.update(dated=dated, short_dated=short_dated)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"now": janji().clock.now()})


def city_day(value: date | datetime) -> date:
    """The day in the city on which an instant lies; a day stays itself."""
    return _local(value).date() if isinstance(value, datetime) else value


def _local(value: datetime) -> datetime:
    """An instant in the city's time. One without a zone was typed into a form, where everybody means the city's own."""
    zone = janji().city.zone
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)


@lru_cache(maxsize=4096)
def written(on: date, pattern: str, language: str) -> str:
    """A day by one of Babel's patterns. Kept: a page names the same few days again and again."""
    return format_date(on, pattern, locale=language)


def day(value: date | datetime) -> str:
    """`Kamis, 12 Nov 2026`."""
    return written(city_day(value), "EEEE, d MMM y", language())


def short_day(value: date | datetime) -> str:
    """`Kam, 12 Nov`, beside something that already names the year."""
    return written(city_day(value), "EEE, d MMM", language())


def clock_time(value: datetime) -> str:
    """`14:05 WIB`."""
    local = _local(value)
    return f"{local:%H:%M} {local.tzname()}"


def moment(value: datetime) -> str:
    """`Kamis, 12 Nov 2026, 14:05 WIB`."""
    return f"{day(value)}, {clock_time(value)}"


def iso_day(value: date | datetime) -> str:
    return city_day(value).isoformat()


def dated(value: date | datetime, words: str = "") -> Markup:
    """A day as a `<time>` element; `words` replaces its usual text."""
    on = city_day(value)
    return _dated(on, words or day(on))


def short_dated(value: date | datetime) -> Markup:
    """The same without its year."""
    return _dated(city_day(value), short_day(value))


@lru_cache(maxsize=4096)
def _dated(on: date, words: str) -> Markup:
    return Markup(f'<time datetime="{on.isoformat()}">{escape(words)}</time>')  # noqa: S704 escaped


@dataclass(frozen=True, slots=True)
class Leaf:
    """A day as the leaf of a calendar shows it."""

    weekday: str
    number: str
    month: str
    short: str


def weekday(number: int | str, width: str = "wide") -> str:
    """The name of a weekday, 0 is Monday: `Senin`, or `Sen` where `width` is `abbreviated`."""
    return str(get_day_names(width, locale=language())[int(number)])


def closed_for(name: str, on: date) -> str | Markup:
    """Why the office is closed on a day: its weekday in the reader's language, or the holiday by its own name."""
    drawn = str(get_day_names("wide", locale=DEFAULT)[on.weekday()])
    return weekday(on.weekday()) if name == drawn else in_indonesian(name)


def leaf(value: date | datetime) -> Leaf:
    on = city_day(value)
    parts = (written(on, pattern, language()) for pattern in ("EEEE", "d", "MMMM y", "MMM y"))
    return Leaf(*parts)


def reference(value: str) -> Markup:
    """`KRK-2026-000123` with room after three digits for the eye; copied, it is still the reference."""
    grouped = re.sub(r"(\d{3})(\d{3})$", r"\1<i></i>\2", str(escape(value)))
    return Markup('<span class="ref">{}</span>').format(Markup(grouped))  # noqa: S704 escaped above


def week_hours(week: Mapping[int, Any]) -> list[tuple[str, str]]:
    """Opening hours with equal days joined: `[("Senin–Kamis", "08.00–16.00"), ("Jumat", "07.30–14.00")]`."""
    runs: list[tuple[int, int, str]] = []
    for weekday, hours in sorted(week.items()):
        text = f"{hours.opens:%H.%M}–{hours.closes:%H.%M}"
        if runs and runs[-1][2] == text and runs[-1][1] == weekday - 1:
            runs[-1] = (runs[-1][0], weekday, text)
        else:
            runs.append((weekday, weekday, text))
    names = get_day_names("wide", locale=language())
    return [(names[a] if a == b else f"{names[a]}–{names[b]}", text) for a, b, text in runs]


def month(value: str) -> str:
    """`2026-11` as `November 2026`."""
    return written(date(int(value[:4]), int(value[5:7]), 1), "MMMM y", language())


def month_short(value: str) -> str:
    """`2026-11` as `Nov 26`, below a bar."""
    return written(date(int(value[:4]), int(value[5:7]), 1), "MMM yy", language())


def figure(value: object) -> str:
    """A number as it is written here: `88,31`; in English `88.31`."""
    return str(value).replace(".", ",") if language() == "id" else str(value)


def size(count: int) -> str:
    """Bytes in the unit a person would say."""
    return sized(count, language())


def counted(count: int, unit: str) -> str:
    """`6 hari kerja` or `10 hari kalender`: a number of days with the unit a promise counts in."""
    if unit == "working_days":
        return say("%(count)s hari kerja", count=count)
    return say("%(count)s hari kalender", count=count)
