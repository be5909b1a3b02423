"""Rules for the drawing itself: what has no shape cannot be shown to anybody. All of them warnings: it runs unseen."""

from __future__ import annotations

from .graph import DI, Diagram
from .notes import Notes


def check_drawing(diagram: Diagram, notes: Notes) -> None:
    """Every node and flow should have its place on the page."""
    drawn = {
        element.get("bpmnElement")
        for kind in ("BPMNShape", "BPMNEdge")
        for element in diagram.root.iter(f"{{{DI}}}{kind}")
    }
    if not drawn:
        notes.warn(
            "no-drawing", None, "the file has steps but no drawing; open it in an editor, lay it out and save it"
        )
        return
    for scope in diagram.scopes:
        for name in [*scope.nodes, *(flow.id for flow in scope.flows)]:
            if name not in drawn:
                notes.warn("not-drawn", name, "this is not on the drawing, so nobody sees it; lay it out in an editor")
