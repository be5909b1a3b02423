"""What members of staff have chosen for themselves. Who has chosen nothing has no row."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Table, Text

from engine.model import Told
from engine.store.columns import Word

from .base import metadata

preferences = Table(
    "preferences",
    metadata,
    Column("login", Text, ForeignKey("user_account.login"), primary_key=True),
    Column("told", Word(Told), nullable=False),
    Column("keys", Boolean, nullable=False),
    Column("weekly", Boolean, nullable=False),
)
