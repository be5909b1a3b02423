"""Every table and index, once. Knows columns and nothing of what they mean; migrations bring a database to this shape.

Columns bear the names of the fields of the nouns they hold, in `engine/model.py`.
"""

from __future__ import annotations

from .base import metadata
from .cases import (
    answer,
    audit,
    cases,
    comment,
    current_version,
    in_force,
    incident,
    ledger,
    link,
    process_file,
    process_version,
    stage_visit,
    task,
    timer,
)
from .follow_ups import follow_up
from .forecasts import forewarning
from .handovers import handed
from .mergers import merger
from .office import request_key, series, session, setting, throttle, user_account, user_post
from .orders import extension, office_act, office_order, order_move
from .oversight import draw, escalation, sample
from .papers import delivery, document, draft, notice, permit
from .parties import letter, likeness, party
from .people import absence, sharing, substitute
from .preferences import preferences
from .privacy import discarded, erasure, look
from .public import closed_promise, proposed_release, publication, released, survey
from .requests import late_request
from .saved import saved_view
from .send_backs import send_back
from .task_drafts import task_draft
from .watches import watch

__all__ = [
    "absence",
    "answer",
    "audit",
    "cases",
    "closed_promise",
    "comment",
    "current_version",
    "delivery",
    "discarded",
    "document",
    "draft",
    "draw",
    "erasure",
    "escalation",
    "extension",
    "follow_up",
    "forewarning",
    "handed",
    "in_force",
    "incident",
    "late_request",
    "ledger",
    "letter",
    "likeness",
    "link",
    "look",
    "merger",
    "metadata",
    "notice",
    "office_act",
    "office_order",
    "order_move",
    "party",
    "permit",
    "preferences",
    "process_file",
    "process_version",
    "proposed_release",
    "publication",
    "released",
    "request_key",
    "sample",
    "saved_view",
    "send_back",
    "series",
    "session",
    "setting",
    "sharing",
    "stage_visit",
    "substitute",
    "survey",
    "task",
    "task_draft",
    "throttle",
    "timer",
    "user_account",
    "user_post",
    "watch",
]
