"""Decision tables against the diagram: each asked for must be there, each that is there should be asked for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from engine.bpmn.lint import Outline, lint_table, table_of
from engine.bpmn.reader import DIAGRAM

from .found import Files, Found


def check_tables(drawn: Outline, files: Files, found: Found) -> None:
    """The tables of a service folder, each with its own faults."""
    for path, content in files.tables.items():
        found.add(lint_table(content, path), path)
        table = table_of(content)
        if table is not None and table.id != PurePosixPath(path).stem:
            message = f"the decision is called “{table.id}”; give it the name of its file, “{PurePosixPath(path).stem}”"
            found.error(path, table.id, "table-name", message)
        if table is not None and table.id not in {name for _, name in drawn.decisions}:
            found.warn(path, table.id, "table-unused", "no step asks this table; name it in one or remove the file")
    for element, name in _missing(drawn, files.tables):
        found.error(DIAGRAM, element, "table-missing", f"there is no decision table “{name}”; add {name}.dmn")


def check_tables_beside(drawn: Outline, tables: Mapping[str, bytes]) -> list[tuple[str, str, str]]:
    """Tables that a diagram alone asks for and that do not lie beside it: (element, code, sentence)."""
    return [
        (element, "table-missing", f"there is no decision table “{name}” beside the diagram; add {name}.dmn")
        for element, name in _missing(drawn, tables)
    ]


def _missing(drawn: Outline, tables: Mapping[str, bytes]) -> list[tuple[str, str]]:
    there = {table.id for content in tables.values() if (table := table_of(content)) is not None}
    return [(element, name) for element, name in drawn.decisions if name not in there]
