"""Everything wrong with a service's files at once, each with what to do about it. Reads folders, changes nothing.

The rules of a diagram are the linter's, the rules of a form are the forms'; here they are held against each other and
against the texts, tables, letters, stories and the city.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from engine.bpmn.lint import Outline, lint, outline
from engine.bpmn.reader import DIAGRAM
from engine.library import read_version
from engine.model import Problem, Severity
from engine.roles import APPLICANT, USER

from .asked import check_forms, check_paths, forms_missing
from .decided import check_tables, check_tables_beside
from .disclosed import check_disclosed
from .found import Files, Found, places
from .reasons import check_reasons
from .released import check_released
from .terms import check_terms
from .told import check_letters, check_stories, check_texts

if TYPE_CHECKING:
    from engine.city import City

__all__ = ["check"]


def check(path: Path, forms: Path, city: City | None = None) -> list[Problem]:
    """All problems of a service folder, or of one `.bpmn` alone, errors first.

    `forms` holds one folder per service. Of a diagram alone, what the engine would refuse or get wrong is an error;
    what it lacks to be a service is a warning. Without a city, roles are not looked up.
    """
    return _service(path, forms / path.resolve().name, city) if path.is_dir() else _diagram(path, forms, city)


def _service(folder: Path, forms: Path, city: City | None) -> list[Problem]:
    version = read_version(folder, forms)
    files = Files(version.service, version.files, *places(folder, forms))
    found = Found(files)
    diagram = version.files.get(DIAGRAM)
    drawn = outline(diagram) if diagram is not None else None
    if diagram is None:
        found.error(DIAGRAM, "", "no-diagram", "the folder has no process.bpmn; draw one")
    else:
        found.add(lint(diagram, DIAGRAM), DIAGRAM)
    if drawn is not None:
        _drawn(drawn, files, city, found)
    check_stories(files, found)
    return found.all()


def _drawn(drawn: Outline, files: Files, city: City | None, found: Found) -> None:
    if drawn.process != files.service:
        message = f"the process is called “{drawn.process}” but its folder “{files.service}”; give both the same id"
        found.error(DIAGRAM, drawn.process, "service-id", message)
    check_tables(drawn, files, found)
    check_forms(drawn, files, found)
    check_paths(drawn, files, found)
    check_terms(drawn, files, found)
    check_reasons(files, found)
    check_texts(drawn, files, found)
    check_letters(drawn, files, found)
    check_disclosed(drawn, files, found)
    check_released(drawn, files, found)
    if city is not None:
        for element, role in _unknown_roles(drawn, city.roles):
            found.error(DIAGRAM, element, "unknown-role", _about_role(role))


def _diagram(path: Path, forms: Path, city: City | None) -> list[Problem]:
    xml = path.read_bytes()
    beside = {one.name: one.read_bytes() for one in sorted(path.parent.glob("*.dmn")) if one.is_file()}
    problems = lint(xml, str(path))
    drawn = outline(xml)
    if drawn is None:
        return problems
    warnings = [*check_tables_beside(drawn, beside), *forms_missing(drawn, forms / path.resolve().parent.name)]
    if city is not None:
        warnings += [
            (element, "unknown-role", _about_role(role)) for element, role in _unknown_roles(drawn, city.roles)
        ]
    return problems + [Problem(Severity.WARNING, str(path), *warning) for warning in warnings]


def _unknown_roles(drawn: Outline, known: Collection[str]) -> list[tuple[str, str]]:
    """Where a role is named that the city does not have. Citizens and single people are no roles of a city."""
    named = [(step.id, step.role) for step in drawn.steps if step.role and step.is_human]
    named += [(drawn.process, role) for role in (*drawn.starters, *drawn.identity)]
    named += [(element, to) for element, to in drawn.recipients if not to.startswith(USER)]
    return [(element, role) for element, role in dict.fromkeys(named) if role not in {APPLICANT, *known}]


def _about_role(role: str) -> str:
    return f"the city has no role “{role}”; use one of processes/city.toml or add it there"
