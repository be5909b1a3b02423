"""Draws small diagrams as text for tests: one function per shape, `diagram` puts them into a file."""

from __future__ import annotations

from itertools import pairwise

NAMESPACES = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core" xmlns:janji="urn:janji:bpmn:1.0"'
)


def diagram(*body: str, service: str = "", messages: tuple[str, ...] = (), name: str = "uji") -> bytes:
    """A file with one process. `service` is what stands in its extension elements."""
    declared = "".join(f'<bpmn:message id="pesan_{one}" name="{one}"/>' for one in messages)
    extension = f"<bpmn:extensionElements>{service or SERVICE}</bpmn:extensionElements>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><bpmn:definitions {NAMESPACES} id="d" targetNamespace="x">{declared}'
        f'<bpmn:process id="{name}" name="Uji" isExecutable="true">{extension}{"".join(body)}</bpmn:process>'
        "</bpmn:definitions>"
    ).encode()


SERVICE = (
    '<janji:service code="UJI" starters="pemohon loket" subject="mulai.nama"/>'
    '<janji:promise id="layanan" name="Layanan" budget="5" unit="working_days" basis="example" source="uji"/>'
)


def start(name: str = "mulai") -> str:
    return f'<bpmn:startEvent id="{name}"/>'


def end(name: str = "selesai", inner: str = "") -> str:
    return f'<bpmn:endEvent id="{name}">{inner}</bpmn:endEvent>'


TERMINATE = "<bpmn:terminateEventDefinition/>"


def user(name: str, inner: str = "", **ours: str) -> str:
    return f'<bpmn:userTask id="{name}" name="{name}" {_ours(ours)}>{inner}</bpmn:userTask>'


def script(name: str, text: str) -> str:
    return f'<bpmn:scriptTask id="{name}"><bpmn:script>{_escaped(text)}</bpmn:script></bpmn:scriptTask>'


def decision(name: str, table: str) -> str:
    return (
        f'<bpmn:businessRuleTask id="{name}"><bpmn:extensionElements><spiffworkflow:calledDecisionId>{table}'
        "</spiffworkflow:calledDecisionId></bpmn:extensionElements></bpmn:businessRuleTask>"
    )


def part(name: str, *body: str, **ours: str) -> str:
    return f'<bpmn:subProcess id="{name}" name="{name}" {_ours(ours)}>{"".join(body)}</bpmn:subProcess>'


def choice(name: str, default: str = "") -> str:
    """An exclusive gateway; `default` is the target of its default flow."""
    chosen = f'default="{name}_{default}"' if default else ""
    return f'<bpmn:exclusiveGateway id="{name}" {chosen}/>'


def parallel(name: str) -> str:
    return f'<bpmn:parallelGateway id="{name}"/>'


def first_of(name: str) -> str:
    return f'<bpmn:eventBasedGateway id="{name}"/>'


def catch(name: str, inner: str) -> str:
    return f'<bpmn:intermediateCatchEvent id="{name}">{inner}</bpmn:intermediateCatchEvent>'


def throw(name: str, inner: str = "", **ours: str) -> str:
    return f'<bpmn:intermediateThrowEvent id="{name}" {_ours(ours)}>{inner}</bpmn:intermediateThrowEvent>'


def boundary(name: str, host: str, inner: str, interrupting: bool = True) -> str:
    cancels = "true" if interrupting else "false"
    where = f'attachedToRef="{host}" cancelActivity="{cancels}"'
    return f'<bpmn:boundaryEvent id="{name}" {where}>{inner}</bpmn:boundaryEvent>'


def timer(expression: str, kind: str = "timeDate") -> str:
    time = f'<bpmn:{kind} xsi:type="bpmn:tFormalExpression">{_escaped(expression)}</bpmn:{kind}>'
    return f"<bpmn:timerEventDefinition>{time}</bpmn:timerEventDefinition>"


def message(name: str) -> str:
    return f'<bpmn:messageEventDefinition messageRef="pesan_{name}"/>'


def flow(source: str, target: str, condition: str = "") -> str:
    said = (
        f'<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">{_escaped(condition)}</bpmn:conditionExpression>'
        if condition
        else ""
    )
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{source}_{target}" {ends}>{said}</bpmn:sequenceFlow>'


def path(*names: str) -> str:
    """Flows from each shape to the next."""
    return "".join(flow(source, target) for source, target in pairwise(names))


def for_each(items: str, item: str, sequential: bool = False) -> str:
    """The multi-instance marker of a task."""
    return (
        f'<bpmn:multiInstanceLoopCharacteristics isSequential="{str(sequential).lower()}">'
        f"<bpmn:loopDataInputRef>{items}</bpmn:loopDataInputRef>"
        f'<bpmn:inputDataItem id="{item}" name="{item}"/></bpmn:multiInstanceLoopCharacteristics>'
    )


Cells = tuple[str, ...]


def table(name: str, inputs: Cells, outputs: Cells, *rows: Cells, policy: str = "UNIQUE") -> bytes:
    """A decision table; each row holds its input cells, then its output cells."""
    kinds = ["inputEntry"] * len(inputs) + ["outputEntry"] * len(outputs)
    columns = "".join(
        f'<input id="i{n}"><inputExpression id="e{n}">{_text(text)}</inputExpression></input>'
        for n, text in enumerate(inputs)
    )
    results = "".join(f'<output id="o{n}" name="{text}"/>' for n, text in enumerate(outputs))
    lines = ""
    for number, row in enumerate(rows):
        cells = (
            f'<{kind} id="c{number}_{n}">{_text(text)}</{kind}>'
            for n, (kind, text) in enumerate(zip(kinds, row, strict=True))
        )
        lines += f'<rule id="r{number}">{"".join(cells)}</rule>'
    return (
        f'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="x">'
        f'<decision id="{name}" name="{name}"><decisionTable id="t" hitPolicy="{policy}">'
        f"{columns}{results}{lines}</decisionTable></decision></definitions>"
    ).encode()


def _text(text: str) -> str:
    return f"<text>{_escaped(text)}</text>"


def _ours(attributes: dict[str, str]) -> str:
    return " ".join(f'janji:{name}="{value}"' for name, value in attributes.items())


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
