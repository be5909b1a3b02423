"""One part of a long form a page: saved whatever is wrong with it, then on to the next part or back to the list."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import NotFound
from engine.views import FormView, ServicePage
from webapp.applying import drafts
from webapp.applying.applying import each_once, needed_around, tell_saved
from webapp.forms import steps
from webapp.forms.fields import error_summary, group_fields, groups_of
from webapp.frame.access import access, janji
from webapp.frame.posted import answers, uploads
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import ServiceWords

pages = Blueprint("stepping", __name__, url_prefix="/layanan/<service>/ajukan")


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("/<group>")
@access("public")
def part(service: str, group: str) -> str:
    """The questions of one group as they were left, with what is wrong once something was filled in."""
    page = _page(service, group)
    return _part(page, drafts.checked(service) or page.form, group)


@pages.post("/<group>")
@access("public")
def save(service: str, group: str) -> Answer | tuple[str, int]:
    """Keep the group. A mistake is shown at once, but nobody has to mend it before going elsewhere."""
    page = _page(service, group)
    token, act = drafts.token(service), request.form.get("aksi", "lanjut")
    kept = janji().engine.save_part(token, group, answers(request), uploads(request))
    checked = janji().engine.checked_draft(token)
    here = steps.alone(each_once(kept, checked), group)
    # A refused file is told now or never: the draft does not hold it.
    if kept.problems or (act == "lanjut" and here.problems):
        return _part(page, each_once(kept, checked), group), 422
    if act == "daftar":
        tell_saved()
        return redirect(url_for("applying.form", service=service), 303)
    return redirect(_next(page, checked, group), 303)


def _next(page: ServicePage, checked: FormView, group: str) -> str:
    """Back to the check for whoever came from it; else to the next part that is not done, at last to the check."""
    service = page.facts.id
    following = steps.onward(_listed(page, checked), after=group)
    if following and not _from_check():
        return url_for(".part", service=service, group=following.id)
    return url_for("applying.form" if checked.problems else "applying.check", service=service)


def _part(page: ServicePage, view: FormView, group: str) -> str:
    listed = _listed(page, view)
    here = next(one for one in listed if one.id == group)
    words = ServiceWords(page.facts, page.facts.id)
    alone = steps.alone(view, group)
    needs = needed_around(page.facts.id, words, alone)
    told = here.state is not steps.State.EMPTY or request.method == "POST"
    return render_template(
        "citizen/part.html",
        page=page,
        words=words,
        part=here,
        place=listed.index(here) + 1,
        count=len(listed),
        summary=error_summary(alone, needs) if told else "",
        fields=group_fields(alone if told else steps.unjudged(alone), needs, group),
        wrong=told and bool(alone.problems),
        from_check=_from_check(),
    )


def _listed(page: ServicePage, view: FormView) -> tuple[steps.Part, ...]:
    words = ServiceWords(page.facts, page.facts.id)
    return steps.parts(view, groups_of(view, needed_around(page.facts.id, words, view)))


def _from_check() -> bool:
    return request.args.get("dari") == "periksa"


def _page(service: str, group: str) -> ServicePage:
    """The service whose form has this part. Raises NotFound."""
    page: ServicePage = janji().queries.service(service)
    if not steps.in_steps(page.form) or group not in {one["id"] for one in page.form.ui["ui:groups"]}:
        raise NotFound
    return page
