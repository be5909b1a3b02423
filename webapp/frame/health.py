"""Whether the process lives (`/healthz`) and whether it can answer questions (`/readyz`). Says nothing else."""

from __future__ import annotations

from flask import Blueprint

from webapp.frame.access import access, janji

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@access("public")
def alive() -> tuple[str, int, dict[str, str]]:
    """200 as long as the process answers at all; touches no database, so that a slow one does not restart the web."""
    return "ok\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}


@pages.get("/readyz")
@access("public")
def ready() -> tuple[str, int, dict[str, str]]:
    """200 when the database answers and at least one service is published, else 503."""
    plain = {"Content-Type": "text/plain", "Cache-Control": "no-store"}
    try:
        published = len(janji().queries.services())
    except Exception:  # whatever stops the database from answering, the balancer must hear "not ready"
        return "no database\n", 503, plain
    return ("ready\n", 200, plain) if published else ("no service is published\n", 503, plain)
