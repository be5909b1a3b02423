"""The survey of satisfaction behind a case's link: nine questions, once, no name. Knows no answer once it is sent."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from engine.errors import AnswersRejected, WindowClosed
from engine.views import SurveyState
from webapp.forms.problems import sentence
from webapp.frame.access import access, janji
from webapp.frame.security import keep_to_oneself, key
from webapp.frame.words import ServiceWords, say
from webapp.public.survey_words import ANSWERS, NAMES, QUESTIONS

pages = Blueprint("surveying", __name__, url_prefix="/t/<token>/survei")

COMMENT = "saran"


@pages.before_request
def _private() -> None:
    keep_to_oneself()


@pages.get("")
@access("token")
def survey(token: str) -> str:
    """The questions; or that it is too early, or that they were answered."""
    return _page(token)


@pages.post("")
@access("token")
def rate(token: str) -> Answer | tuple[str, int]:
    given = {name: request.form.get(name, "") for name in (*QUESTIONS, COMMENT)}
    try:
        janji().engine.rate(token, given, key())
    except AnswersRejected as refused:
        titles = {name: say(text) for name, text in NAMES.items()} | {COMMENT: say("Saran")}
        wrong = {one.path: sentence(one, titles[one.path], say) for one in refused.problems}
        return _page(token, given, wrong), 422
    except WindowClosed:
        return redirect(url_for(".survey", token=token), 303)
    return redirect(url_for(".survey", token=token), 303)


def _page(token: str, given: dict[str, str] | None = None, wrong: dict[str, str] | None = None) -> str:
    asked = janji().queries.survey(token)
    return render_template(
        "citizen/survey.html",
        token=token,
        case=asked.case,
        words=ServiceWords(asked.facts, asked.case.version),
        state=asked.state.value,
        open=asked.state is SurveyState.OPEN,
        questions=QUESTIONS,
        answers=ANSWERS,
        given=given or {},
        wrong=wrong or {},
    )
