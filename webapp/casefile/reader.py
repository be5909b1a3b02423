"""A paper read beside the form it belongs to, or in a tab of its own: a picture, page by page, at either size.

The browser is never given a PDF to open: it gets pictures of its pages. What is read here has no script and lies in a
frame of the desk, so that a link in it changes the frame and leaves the form as it is.
"""

from __future__ import annotations

from base64 import b64encode

from flask import Blueprint, render_template, request, url_for

from engine.model import Document
from engine.views import PaperPage
from webapp.casefile.cases import SHOWN_AS_THEY_ARE
from webapp.frame.access import access, actor, janji
from webapp.frame.security import let_our_pages_frame_it

pages = Blueprint("reader", __name__)
FRAME = "kertas"
"""The name of the frame beside a form in which papers are read."""


@pages.get("/dokumen/<document_id>/lihat")
@access("staff")
def show(document_id: str) -> str:
    """One page of a paper. `bingkai`: in the frame of a desk; `besar`: at its own size; `tugas` or `berkas`: the way
    back."""
    page = request.args.get("halaman", 1, int)
    seen: PaperPage = janji().queries.paper_page(document_id, page, actor())
    let_our_pages_frame_it()
    own = {name: request.args[name] for name in ("bingkai", "besar", "tugas", "berkas") if request.args.get(name)}
    return render_template("staff/reader.html", seen=seen, source=_source(seen), own=own, frame=FRAME)


def _source(seen: PaperPage) -> str:
    """Where the picture is. What was only just drawn is kept nowhere and has no address: it stands in the page."""
    paper: Document = seen.document
    if seen.picture:
        return "data:image/webp;base64," + b64encode(seen.picture).decode()
    return url_for("cases.document", document_id=paper.id) if paper.mime in SHOWN_AS_THEY_ARE else ""
