"""Draws small diagrams as text: shapes by one call each, arrows by ids. Only for tests of what reads diagrams."""

from __future__ import annotations

from itertools import pairwise

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def diagram(*parts: str, head: str = "", tail: str = "", process: str = 'id="permit" isExecutable="true"') -> bytes:
    """A whole file with one process; `head` comes before it (messages …), `tail` after it (drawing, more processes)."""
    body = "\n".join(parts)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:janji="urn:janji:bpmn:1.0"
  xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"
  xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions" targetNamespace="http://example.org/janji">
{head}<bpmn:process {process}>
{body}
</bpmn:process>
{tail}</bpmn:definitions>""".encode()


def shape(kind: str, name: str, inside: str = "", /, **attributes: str) -> str:
    """`janji_role="x"` becomes `janji:role="x"`."""
    said = "".join(f' {key.replace("janji_", "janji:")}="{value}"' for key, value in attributes.items())
    return f'<bpmn:{kind} id="{name}"{said}>{inside}</bpmn:{kind}>'


def flow(source: str, target: str, when: str | None = None) -> str:
    condition = f"<bpmn:conditionExpression>{escaped(when)}</bpmn:conditionExpression>" if when is not None else ""
    return (
        f'<bpmn:sequenceFlow id="{source}__{target}" sourceRef="{source}" targetRef="{target}">'
        f"{condition}</bpmn:sequenceFlow>"
    )


def line(*names: str) -> str:
    """Arrows from each shape to the next."""
    return "".join(flow(one, other) for one, other in pairwise(names))


def start(name: str = "begin") -> str:
    return shape("startEvent", name)


def end(name: str = "done") -> str:
    return shape("endEvent", name)


def user(name: str, /, **attributes: str) -> str:
    return shape("userTask", name, **attributes)


def script(name: str, text: str) -> str:
    return shape("scriptTask", name, f"<bpmn:script>{escaped(text)}</bpmn:script>")


def either(name: str, default: str = "") -> str:
    return shape("exclusiveGateway", name, **({"default": default} if default else {}))


def both(name: str) -> str:
    return shape("parallelGateway", name)


def timer(kind: str, text: str) -> str:
    return f"<bpmn:timerEventDefinition><bpmn:{kind}>{escaped(text)}</bpmn:{kind}></bpmn:timerEventDefinition>"


def catch(name: str, inside: str) -> str:
    return shape("intermediateCatchEvent", name, inside)


def boundary(name: str, on: str, inside: str, interrupting: str = "true") -> str:
    return shape("boundaryEvent", name, inside, attachedToRef=on, cancelActivity=interrupting)


def sub(name: str, *parts: str, **attributes: str) -> str:
    return shape("subProcess", name, "".join(parts), **attributes)


def message(name: str = "msg", label: str = "paid") -> str:
    return f'<bpmn:message id="{name}" name="{label}"/>'


def on_message(name: str = "msg") -> str:
    return f'<bpmn:messageEventDefinition messageRef="{name}"/>'


def said(*declared: str) -> str:
    """Our declarations under a process: `service code="KRK" …`."""
    inside = "".join(f"<janji:{one}/>" for one in declared)
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
