"""The one place that reads the wall clock. Everybody else is handed an instant or a `Clock`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 the one permitted reader of the wall clock


class MovableClock:
    """A clock that stands still until it is moved. For tests, scenarios and the demo; never runs backwards."""

    def __init__(self, at: datetime) -> None:
        self._at = aware(at)

    def now(self) -> datetime:
        return self._at

    def forward(self, **span: float) -> None:
        """Move on by a `timedelta` span such as `days=10` or `hours=2`. Raises ValueError when it would go back."""
        self.move_to(self._at + timedelta(**span))

    def move_to(self, at: datetime) -> None:
        """Move on to an instant. Raises ValueError when that lies in the past of this clock."""
        if aware(at) < self._at:
            raise ValueError(f"this clock stands at {self._at.isoformat()} and does not run backwards")
        self._at = aware(at)


def aware(at: datetime) -> datetime:
    """The same instant in UTC. Raises ValueError for a naive datetime: nobody can say when that is."""
    if at.tzinfo is None:
        raise ValueError(f"{at.isoformat()} has no time zone")
    return at.astimezone(UTC)
