"""Brings a database to today's shape with Alembic, from the scripts in `migrations/`. Imported only when needed."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

_FOLDER = Path(__file__).with_name("migrations")
_LOCK = 74_656_774
"""Any number, as long as every Janji takes the same one."""


def upgrade(connection: Connection) -> None:
    """Run what is missing inside the open transaction: both databases roll back changes of tables too."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def is_current(connection: Connection) -> bool:
    stored = MigrationContext.configure(connection).get_current_revision()
    return stored == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
