"""What happened in the cases of a service as files for process mining: XES (IEEE 1849) and OCEL 2.0 in JSON.

Both come from one question and hold no person, no reference and no answer: they may be handed to an analyst.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response

from engine.views import EventLog, LogEvent, Trace
from webapp.frame.access import access, actor, janji
from webapp.frame.filters import iso_day
from webapp.staff.names import names
from webapp.supervision.timing import span

pages = Blueprint("event_log", __name__)

EXTENSIONS = (("Concept", "concept"), ("Lifecycle", "lifecycle"), ("Organizational", "org"), ("Time", "time"))
CASE, UNIT = "berkas", "unit"
BEGAN, ENDED = "masuk", "berakhir"
"""Events of the case itself, beside those of its tasks."""


@pages.get("/pengawasan/log/<service>.xes")
@access("supervisor")
def xes(service: str) -> Response:
    """One trace for each case."""
    seen = janji().queries.event_log(service, actor(), span())
    return _file(seen, "xes", "application/xml", "".join(_xes(seen)))


@pages.get("/pengawasan/log/<service>.jsonocel")
@access("supervisor")
def ocel(service: str) -> Response:
    """The same events, each related to its case and to the unit that had the task."""
    seen = janji().queries.event_log(service, actor(), span())
    return _file(seen, "jsonocel", "application/json", json.dumps(_ocel(seen), ensure_ascii=False))


def _file(seen: EventLog, ending: str, kind: str, text: str) -> Response:
    name = f"log-{seen.service}-{iso_day(seen.as_of)}.{ending}"
    return Response(text, mimetype=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _xes(seen: EventLog) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xes.features="" '
    yield 'xmlns="http://www.xes-standard.org/">\n'
    for name, prefix in EXTENSIONS:
        address = f"http://www.xes-standard.org/{prefix}.xesext"
        yield f'<extension name="{name}" prefix="{prefix}" uri="{address}"/>\n'
    yield '<classifier name="Activity" keys="concept:name lifecycle:transition"/>\n'
    yield _text("concept:name", names().service(seen.service))
    for number, trace in enumerate(seen.traces, 1):
        yield "<trace>" + _text("concept:name", str(number)) + _text("kanal", trace.channel)
        yield _text("hasil", trace.outcome) + "\n"
        yield from (_xes_event(trace, one) for one in _whole(trace))
        yield "</trace>\n"
    yield "</log>\n"


def _xes_event(trace: Trace, one: LogEvent) -> str:
    said = {
        "concept:name": _named(trace, one),
        "lifecycle:transition": one.transition,
        "org:role": one.role,
        "org:group": one.unit,
        "langkah": one.element,
    }
    at = f'<date key="time:timestamp" value="{one.at.isoformat(timespec="milliseconds")}"/>'
    return f"<event>{''.join(_text(*pair) for pair in said.items())}{at}</event>\n"


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(value)}/>' if value else ""


def _whole(trace: Trace) -> Iterator[LogEvent]:
    """The events of a case from its first to its last."""
    yield LogEvent(-1, BEGAN, "complete", "", "", trace.started_at)
    yield from trace.events
    if trace.ended_at is not None:
        yield LogEvent(-1, ENDED, "complete", "", "", trace.ended_at)


def _named(trace: Trace, one: LogEvent) -> str:
    return one.element if one.task < 0 else names().element(trace.version, one.element)


def _ocel(seen: EventLog) -> dict[str, Any]:
    units = sorted({one.unit for trace in seen.traces for one in trace.events if one.unit})
    events = [event for number, trace in enumerate(seen.traces, 1) for event in _ocel_events(f"{CASE}-{number}", trace)]
    attributes = [{"name": name, "type": "string"} for name in ("langkah", "peralihan", "peran")]
    return {
        "objectTypes": [
            {"name": CASE, "attributes": [{"name": "kanal", "type": "string"}, {"name": "hasil", "type": "string"}]},
            {"name": UNIT, "attributes": []},
        ],
        "eventTypes": [{"name": name, "attributes": attributes} for name in sorted({one["type"] for one in events})],
        "objects": [
            *(_ocel_case(f"{CASE}-{number}", trace) for number, trace in enumerate(seen.traces, 1)),
            *({"id": f"{UNIT}-{unit}", "type": UNIT, "attributes": [], "relationships": []} for unit in units),
        ],
        "events": events,
    }


def _ocel_case(case: str, trace: Trace) -> dict[str, Any]:
    began, ended = trace.started_at.isoformat(), trace.ended_at
    said = [{"name": "kanal", "time": began, "value": trace.channel}]
    if ended is not None:
        said.append({"name": "hasil", "time": ended.isoformat(), "value": trace.outcome})
    return {"id": case, "type": CASE, "attributes": said, "relationships": []}


def _ocel_events(case: str, trace: Trace) -> Iterator[dict[str, Any]]:
    for number, one in enumerate(_whole(trace), 1):
        said = {"langkah": one.element, "peralihan": one.transition, "peran": one.role}
        related = [{"objectId": case, "qualifier": CASE}]
        if one.unit:
            related.append({"objectId": f"{UNIT}-{one.unit}", "qualifier": UNIT})
        yield {
            "id": f"{case}-{number}",
            "type": _named(trace, one),
            "time": one.at.isoformat(),
            "attributes": [{"name": name, "value": value} for name, value in said.items() if value],
            "relationships": related,
        }
