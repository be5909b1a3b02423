"""SpiffWorkflow as it comes, on our diagrams: its own parser, script environment and serializer. The baseline.

Two things are translated before it parses, neither at a cost while it runs: `a.b` on case data becomes `a["b"]`, since
its environment hands scripts plain dictionaries, and our words become plain functions that give the ISO text its
timers want.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from textwrap import dedent
from typing import Any
from uuid import UUID

from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.util.task import TaskState

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
EXPRESSIONS = ("script", "conditionExpression", "timeDate", "timeDuration", "timeCycle")
FAR = datetime(2100, 1, 1, tzinfo=UTC)
"""Stock timers look at the wall clock; nothing may fall due in the middle of a measurement."""


def given(data: Mapping[str, Any], path: str, default: Any = None) -> Any:
    """The value at a dotted path, as our word of that name."""
    found: Any = data
    for step in path.split("."):
        if not isinstance(found, Mapping) or step not in found:
            return default
        found = found[step]
    return found


def words(effects: list[tuple[str, tuple[Any, ...]]]) -> dict[str, Callable[..., Any]]:
    """Our words as functions. What a script asks for is collected in `effects`."""

    def effect(name: str) -> Callable[..., None]:
        return lambda *args, **options: effects.append((name, (*args, *options.values())))

    dates = ("due", "at_share", "before_due", "after_due", "end_of", "days_before")
    asked = ("notify", "issue", "conclude", "permit_state", "escalate", "send")
    return {
        **{name: lambda *_, **__: FAR.isoformat() for name in dates},
        **{name: effect(name) for name in asked},
        "working_days": lambda days: f"P{20_000 + days}D",
        "days": lambda days: f"P{20_000 + days}D",
        "every": lambda **_: f"R/{FAR.isoformat()}/P1D",
        "given": given,
        "today": lambda: FAR.date().isoformat(),
        "days_between": lambda a, b: (datetime.fromisoformat(b) - datetime.fromisoformat(a)) // timedelta(days=1),
    }


class Stock:
    """One diagram parsed by SpiffWorkflow, its serializer, and its scripts' environment."""

    def __init__(self, process: str, files: Mapping[str, bytes]) -> None:
        parser = SpiffBpmnParser()
        for path in sorted(path for path in files if path.endswith(".dmn")):
            parser.add_dmn_io(BytesIO(_as_python(files[path])), path)
        parser.add_bpmn_io(BytesIO(_as_python(files["process.bpmn"])), "process.bpmn")
        self.spec, self.parts = parser.get_spec(process), parser.get_subprocess_specs(process)
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        self.effects: list[tuple[str, tuple[Any, ...]]] = []
        self.engine = PythonScriptEngine(TaskDataEnvironment(words(self.effects)))

    def begin(self, data: Mapping[str, Any]) -> BpmnWorkflow:
        """A new case with its first data, moved to its first human task."""
        workflow = BpmnWorkflow(self.spec, self.parts, script_engine=self.engine)
        workflow.get_next_task(state=TaskState.READY).set_data(**data)
        workflow.do_engine_steps()
        return workflow

    def load(self, state: str) -> BpmnWorkflow:
        """A case from its JSON text, spec included, with what is due fired."""
        workflow = self.serializer.deserialize_json(state)
        return self._woken(workflow)

    def dump(self, workflow: BpmnWorkflow) -> str:
        text: str = self.serializer.serialize_json(workflow)
        return text

    def complete(self, workflow: BpmnWorkflow, element: str, answers: Mapping[str, Any]) -> Any:
        """Finish the human task of an element and take every step that follows. Returns the task."""
        task = workflow.get_next_task(state=TaskState.READY, spec_name=element)
        task.set_data(**{element: dict(answers)})
        task.run()
        workflow.do_engine_steps()
        return task

    def human(self, workflow: BpmnWorkflow) -> list[Any]:
        """The human tasks that wait."""
        return workflow.get_tasks(state=TaskState.READY, manual=True)

    def timers(self, workflow: BpmnWorkflow) -> dict[str, tuple[str, datetime]]:
        """Element and instant of every armed timer by the id of its task. No walk of the tree."""
        found = {}
        for task in workflow.event_manager.tasks.values():
            armed = task.internal_data.get("event_value")
            if armed:
                at = armed["next"] if isinstance(armed, dict) else armed
                found[task.id.hex] = (task.task_spec.bpmn_id, datetime.fromisoformat(at))
        return found

    def _woken(self, workflow: BpmnWorkflow) -> BpmnWorkflow:
        workflow.script_engine = self.engine
        workflow.refresh_timers()
        workflow.do_engine_steps()
        return workflow


class WithoutSpec(Stock):
    """The same with the parsed spec put back instead of stored and restored with every case."""

    def __init__(self, process: str, files: Mapping[str, bytes]) -> None:
        super().__init__(process, files)
        converters = {**SPIFF_CONFIG, BpmnWorkflow: lambda target, registry: _SpecPutBack(target, registry, self)}
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(converters))


class _SpecPutBack(BpmnWorkflowConverter):
    """The stock converter but for the four lines about specs."""

    def __init__(self, target: type, registry: Any, stock: Stock) -> None:
        super().__init__(target, registry)
        self.stock = stock

    def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
        document = WorkflowConverter.to_dict(self, workflow)
        document["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        document["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return document

    def from_dict(self, document: dict[str, Any]) -> BpmnWorkflow:
        workflow = self.target_class(self.stock.spec, self.stock.parts, deserializing=True)
        workflow.tasks = self.mapping_from_dict(document["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(document["root"]))
        self.set_default_attributes(workflow, document)
        self.subprocesses_from_dict(document["subprocesses"], workflow)
        workflow.bpmn_events = self.registry.restore(document.pop("bpmn_events", []))
        return workflow


def _as_python(content: bytes) -> bytes:
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for note in [one for one in root.iter() if isinstance(one.tag, str) and "annotation" in one.tag]:
        note.getparent().remove(note)  # its parser knows decision tables without remarks only
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        if element.tag.startswith(BPMN) and name in EXPRESSIONS and element.text:
            element.text = _rewritten(element.text)
        if name == "text" and etree.QName(element.getparent()).localname == "inputExpression":
            element.text = _rewritten(element.text)
    return etree.tostring(root)


class _Subscripts(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        return ast.copy_location(ast.Subscript(node.value, ast.Constant(node.attr), node.ctx), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "given":
            node.args.insert(0, ast.Call(ast.Name("globals", ast.Load()), [], []))
        return node


def _rewritten(text: str) -> str:
    return ast.unparse(ast.fix_missing_locations(_Subscripts().visit(ast.parse(dedent(text).strip()))))
