"""The small signs inside BPMN shapes, as SVG around the middle (0, 0) of a 16 × 16 field. Pure data.

Strokes and fills come from the classes `jd-mark` (outline) and `jd-solid` (filled) of static/staff.css.
"""

from __future__ import annotations

from markupsafe import Markup

_LETTER = Markup('<path class="jd-mark" d="M-7-5H7V5H-7Z M-7-5 0 1 7-5"/>')
_LETTER_SENT = Markup('<path class="jd-solid" d="M-7-5H7L0 0Z M-7-3.5V5H7V-3.5L0 2Z"/>')

TASKS = {
    "userTask": Markup(
        '<circle class="jd-mark" cy="-3.5" r="3.2"/><path class="jd-mark" d="M-6.5 6.5C-6.5-1 6.5-1 6.5 6.5Z"/>'
    ),
    "manualTask": Markup(
        '<path class="jd-mark" d="M-7-1 0-6.5Q2-7 1-4.5L-1-2H6.5Q7.5-1 6.5 0H1M6.5 0Q7.5 1 6 2H1M6 2Q7 3 5.5 4H1'
        'M5.5 4Q6 5.5 4.5 6H-5L-7 4Z"/>'
    ),
    "scriptTask": Markup(
        '<path class="jd-mark" d="M-3-7H6Q2-3 5 0T3 7H-6Q-2 3-5 0T-3-7Z M-2.5-3.5H2M-2.5 0H2.5M-1.5 3.5H3"/>'
    ),
    "businessRuleTask": Markup('<path class="jd-mark" d="M-7-5.5H7V5.5H-7Z M-7-2H7M-7 2H7M-3-2V5.5"/>'),
    "serviceTask": Markup(
        '<circle class="jd-mark" r="2.2"/><path class="jd-mark" d="M-1.4-7H1.4L2-4.8 4-6 6-4 4.8-2 7-1.4V1.4'
        'L4.8 2 6 4 4 6 2 4.8 1.4 7H-1.4L-2 4.8-4 6-6 4-4.8 2-7 1.4V-1.4L-4.8-2-6-4-4-6-2-4.8Z"/>'
    ),
    "sendTask": _LETTER_SENT,
    "receiveTask": _LETTER,
}
EVENTS = {
    "timer": Markup(
        '<circle class="jd-mark" r="8"/><path class="jd-mark" d="M0-5V0L3.5 2.5M0-8V-6.5M8 0H6.5M0 8V6.5M-8 0H-6.5"/>'
    ),
    "message": _LETTER,
    "message-thrown": _LETTER_SENT,
    "terminate": Markup('<circle class="jd-solid" r="9"/>'),
    "signal": Markup('<path class="jd-mark" d="M0-7 7 5.5H-7Z"/>'),
    "escalation": Markup('<path class="jd-mark" d="M0-7.5 5.5 7 0 1-5.5 7Z"/>'),
    "error": Markup('<path class="jd-mark" d="M-7 6-3-6 2.5 1.5 7-6 3 7-2.5-1Z"/>'),
    "conditional": Markup('<path class="jd-mark" d="M-5.5-7H5.5V7H-5.5Z M-3-3.5H3M-3 0H3M-3 3.5H3"/>'),
    "link": Markup('<path class="jd-mark" d="M-7-3H1V-7L7 0 1 7V3H-7Z"/>'),
    "cancel": Markup('<path class="jd-mark" d="M-5-5 5 5M5-5-5 5"/>'),
    "compensate": Markup('<path class="jd-mark" d="M-7 0 0-6V6Z M0 0 7-6V6Z"/>'),
}
GATEWAYS = {
    "exclusiveGateway": Markup('<path class="jd-bold" d="M-7-7 7 7M7-7-7 7"/>'),
    "parallelGateway": Markup('<path class="jd-bold" d="M0-10V10M-10 0H10"/>'),
    "inclusiveGateway": Markup('<circle class="jd-bold" r="9"/>'),
    "eventBasedGateway": Markup(
        '<circle class="jd-mark" r="12"/><path class="jd-mark" d="M0-7 7-1.5 4 7H-4L-7-1.5Z"/>'
    ),
}
CHECK = Markup('<path class="jd-check" d="M-5 0-1.5 3.5 5-4"/>')


def event_mark(kind: str, marker: str) -> Markup:
    """The sign of an event's definition; thrown messages are filled, as BPMN has it."""
    name = marker.removesuffix("EventDefinition")
    thrown = kind in ("intermediateThrowEvent", "endEvent")
    return EVENTS.get(f"{name}-thrown" if thrown else name) or EVENTS.get(name, Markup())
