"""Makes a Definition of a service's files: read once per version, then shared by every case and every thread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException

from engine.errors import FilesRefused
from engine.model import Drawing, Element, Flow, Problem, Rung, ServiceFacts, Severity

from . import xml
from .facts import BPMN, elements_of, flows_of, service_of
from .grammar import ExpressionRefused
from .ladder import ladder_of, words_said
from .parser import specs_of
from .tables import Table, read_table

DIAGRAM = "process.bpmn"


@dataclass(frozen=True, eq=False)
class Definition:
    """What a service's diagram says. `spec` and `parts` are SpiffWorkflow's and nobody's business outside this room."""

    facts: ServiceFacts
    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    xml: bytes
    spec: Any = field(repr=False)
    parts: dict[str, Any] = field(repr=False)

    @cached_property
    def ladder(self) -> tuple[Rung, ...]:
        """The roles that are told of a missed promise, in order."""
        return ladder_of(self.elements)

    @cached_property
    def issues(self) -> bool:
        """Whether this service ever issues a paper."""
        return "issue" in words_said(self.elements)

    @cached_property
    def concludes_in(self) -> frozenset[str]:
        """The stages in which some script gives a case its outcome."""
        scripts = (one for one in self.elements.values() if one.stage and "conclude" in words_said({one.id: one}))
        return frozenset(str(one.stage) for one in scripts)

    @cached_property
    def drawing(self) -> Drawing:
        """The geometry as the analyst drew it."""
        # Here and not above: most cases move without anybody looking at the drawing.
        from .shapes import drawing

        return drawing(self.xml)


def read(files: Mapping[str, bytes]) -> Definition:
    """The definition in a service's files by relative path: `process.bpmn` and the `*.dmn` beside it.

    Raises FilesRefused for what cannot be run at all. What runs but wrongly is found by the checker, before publishing.
    """
    content = files.get(DIAGRAM)
    if content is None:
        raise _refused(DIAGRAM, "", "no-diagram", f"the service has no {DIAGRAM}")
    tables = _tables(files)
    with _refusals(DIAGRAM):
        process = _process(xml.parse(content))
        spec, parts = specs_of(process.getroottree().getroot(), process.get("id"), tables, DIAGRAM)
        processes = [process, *_called(process, parts)]
        elements = {name: element for one in processes for name, element in elements_of(one).items()}
        flows = tuple(flow for one in processes for flow in flows_of(one))
        return Definition(service_of(process), MappingProxyType(elements), flows, content, spec, parts)


def _tables(files: Mapping[str, bytes]) -> dict[str, Table]:
    tables = {}
    for path in sorted(files):
        if path.endswith(".dmn"):
            with _refusals(path):
                table = read_table(files[path])
                tables[table.id] = table
    return tables


def _process(root: Any) -> Any:
    """The process that is the service: the executable one that no other calls."""
    called = {activity.get("calledElement") for activity in root.iter(f"{{{BPMN}}}callActivity")}
    executable = [one for one in root.iter(f"{{{BPMN}}}process") if one.get("isExecutable", "true") == "true"]
    main = [one for one in executable if one.get("id") not in called]
    if len(main) != 1:
        raise ExpressionRefused(f"exactly one process must be executable; found {len(main)}")
    return main[0]


def _called(process: Any, parts: Mapping[str, Any]) -> list[Any]:
    """The other processes of the file that this one enters."""
    others = process.getroottree().getroot().iter(f"{{{BPMN}}}process")
    return [one for one in others if one.get("id") in parts]


@contextmanager
def _refusals(path: str) -> Iterator[None]:
    try:
        yield
    except xml.XmlRefused as error:
        raise _refused(path, "", error.code, error.message) from error
    except ExpressionRefused as error:
        raise _refused(path, "", "unreadable", str(error)) from error
    except ValidationException as error:
        raise _refused(path, error.id, "unreadable", str(error)) from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise _refused(path, "", "unreadable", f"{type(error).__name__}: {error}") from error


def _refused(path: str, element: str, code: str, message: str) -> FilesRefused:
    return FilesRefused([Problem(Severity.ERROR, path, element, code, message)])
