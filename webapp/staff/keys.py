"""Single keys on staff pages: which there are, and where `n` leads. What they press stands in the pages themselves."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.frame.access import access, actor, janji
from webapp.frame.words import say as _
from webapp.staff.preferences import preferences

pages = Blueprint("keys", __name__)

ON_THE_LIST = (
    ("j", "tugas berikutnya di daftar"),
    ("k", "tugas sebelumnya"),
    ("x", "centang tugas ini, atau hapus centangnya"),
    ("c", "ambil tugas ini"),
    ("o", "buka tugas ini (atau Enter)"),
    ("g m", "Tugas saya"),
    ("g k", "Kelompok saya"),
    ("/", "cari"),
)
ON_THE_DESK = (
    ("c", "ambil tugas ini"),
    ("f", "ke isian pertama"),
    ("n", "buka tugas berikut yang paling mendesak"),
)
EVERYWHERE = (("?", "daftar tombol ini"),)


@pages.get("/tugas/tombol")
@access("staff")
def listed() -> str:
    """Every key with what it does."""
    return render_template("staff/keys/page.html", on=preferences().keys)


@pages.get("/tugas/berikut")
@access("staff")
def onward() -> Response:
    """The task that comes after one in one's own list, else the first that is free in the group's; opens and takes
    nothing."""
    who, left = actor(), request.args.get("sesudah", "")
    for tab in ("saya", "kelompok"):
        rows = janji().queries.worklist(who, tab).rows
        open_to_me = [work.task.id for work in rows if not work.resting and work.task.holder in (None, who.id)]
        after = open_to_me[open_to_me.index(left) + 1 :] if left in open_to_me else open_to_me
        if after:
            return redirect(url_for("inbox.desk", task_id=after[0]), 303)
    return redirect(url_for("inbox.worklist"), 303)


@pages.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"keys": _groups, "keys_on": lambda: preferences().keys}


def _groups() -> list[tuple[str, list[tuple[list[str], str]]]]:
    """Title and keys of each group, as words: `g m` is two keys, one after the other."""
    groups = (("Di daftar tugas", ON_THE_LIST), ("Di halaman tugas", ON_THE_DESK), ("Di keduanya", EVERYWHERE))
    return [(_(title), [(key.split(), _(does)) for key, does in keys]) for title, keys in groups]
