"""A table as a file for a spreadsheet. Knows no table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from flask import Response

from webapp.frame.filters import iso_day

Cell = str | int | Decimal | None
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def download(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """Rows below their columns, as the file `<name>.csv`."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(as_csv(columns, rows), mimetype="text/csv", headers=headers)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Rows below their columns. Numbers stay numbers; no text is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()


def day_cell(at: datetime | None) -> str:
    """The day in the city, as spreadsheets sort it."""
    return iso_day(at) if at else ""


def harmless(text: str) -> str:
    """What a citizen typed, so that a spreadsheet shows it and does not work it out."""
    return f"'{text}" if text.startswith(_ACTIVE) else text
