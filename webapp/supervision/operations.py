"""The machine room: what failed and is tried again, timers and their lag, the outbox, and the same as metrics."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, Response, current_app, redirect, render_template, request, url_for
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from engine.views import Operations
from webapp.frame.access import access, actor, janji
from webapp.frame.telling import PARAMETER, tell

pages = Blueprint("operations", __name__)

SILENT_S = 60
"""A scheduler that has not swept for a minute is an alarm of its own: nothing else would notice that it stopped."""
LAGGING_S = 60
OUTBOX_OLD_S = 15 * 60


@pages.get("/operator")
@access("operator")
def overview() -> Any:
    """Incidents first, then whether time is being kept."""
    seen: Operations = janji().queries.operations(actor())
    since = (seen.as_of - seen.tick_at).total_seconds() if seen.tick_at else None
    return render_template(
        "staff/operations.html",
        seen=seen,
        open=[one for one in seen.incidents if one.resolved_at is None],
        resolved=[one for one in seen.incidents if one.resolved_at is not None],
        since_tick_s=since,
        silent=since is None or since > SILENT_S,
        lagging=seen.lag_s > LAGGING_S,
        outbox_old=seen.outbox_oldest_s > OUTBOX_OLD_S,
    )


@pages.post("/operator/insiden/<incident_id>/ulang")
@access("operator")
def retry(incident_id: str) -> Any:
    """Try a failed thing again now."""
    janji().engine.retry(incident_id, actor())
    line = tell("retried", reference=request.form.get("berkas", "")[:40])
    return redirect(url_for("operations.overview", **{PARAMETER: line}), 303)


@pages.get("/metrics")
@access("operator")
def metrics() -> Response:
    """Figures for Prometheus. Routes are counted by their rule, never by an address that may hold a secret."""
    registry: CollectorRegistry = current_app.extensions["janji.metrics"][0]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def measure(app: Flask) -> None:
    """Count every answer of an app by route and status, in a registry of its own."""
    registry = CollectorRegistry()
    answered = Counter("janji_http_requests", "Answers by route and status.", ["route", "status"], registry=registry)
    registry.register(_Figures(app))
    app.extensions["janji.metrics"] = (registry, answered)

    @app.after_request
    def count(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unknown"
        answered.labels(route, str(response.status_code)).inc()
        return response


class _Figures:
    """Reads the engine's figures when they are scraped."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def collect(self) -> list[Metric]:
        seen: Operations = self._app.extensions["janji"].queries.figures()
        return [
            GaugeMetricFamily("janji_timer_lag_seconds", "How long the oldest due timer has waited.", value=seen.lag_s),
            GaugeMetricFamily("janji_timers_due", "Timers due and not yet fired.", value=seen.timers_due),
            GaugeMetricFamily("janji_timers_next_day", "Timers of the next 24 hours.", value=seen.timers_next_day),
            GaugeMetricFamily("janji_outbox_waiting", "Notices not yet sent.", value=seen.outbox_waiting),
            GaugeMetricFamily("janji_outbox_age_seconds", "Age of the oldest such notice.", value=seen.outbox_oldest_s),
            GaugeMetricFamily("janji_outbox_failed", "Notices whose tries are used up.", value=seen.outbox_failed),
            GaugeMetricFamily("janji_cases_open", "Cases that have not ended.", value=seen.cases_open),
            GaugeMetricFamily(
                "janji_incidents_open",
                "Failures not yet resolved.",
                value=sum(one.resolved_at is None for one in seen.incidents),
            ),
            GaugeMetricFamily(
                "janji_sweep_age_seconds",
                "Since the scheduler's last sweep; -1 when it never ran.",
                value=(seen.as_of - seen.tick_at).total_seconds() if seen.tick_at else -1,
            ),
        ]
