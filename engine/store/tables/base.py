"""The metadata every table belongs to, and the kinds of columns that recur. Knows no table."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def maybe(name: str) -> Column[str | None]:
    return Column(name, Text)


def key() -> Column[str]:
    return Column("id", Text, primary_key=True)


def count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def line() -> Column[int]:
    """Order of writing. SQLite counts only an INTEGER key up by itself."""
    return Column("line", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def of_case(name: str = "case_id") -> Column[str]:
    return Column(name, ForeignKey("cases.id"), nullable=False)
