"""Which language a person reads, and the web's own words in it. Indonesian is the text itself; English a catalogue.

The words of services come from their files (`ServiceWords`); everything else on a page is an Indonesian msgid. All
`.po` files in translations/<language>/LC_MESSAGES are read once at the start, into memory: there is nothing to compile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.messages.pofile import read_po
from flask import Flask, Response, current_app, g, request
from markupsafe import Markup

from engine.model import ServiceFacts, Stage
from webapp.frame.access import janji, secure

DEFAULT = "id"
LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
_TRANSLATIONS = Path(__file__).parents[1] / "translations"
_YEAR_S = 365 * 24 * 3600
_MARKED = Markup('<span lang="{}">{}</span>')

Catalogue = dict[str, str | tuple[str, ...]]


def speak(app: Flask) -> None:
    """Give an app its language switch and its templates their words."""
    for code in LANGUAGES:
        catalogue(code)
    app.before_request(_choose)
    app.after_request(_remember)
    app.jinja_env.globals["_"] = say
    app.jinja_env.filters.update(in_indonesian=in_indonesian, as_typed=as_typed)
    app.context_processor(_in_a_page)


def language() -> str:
    """The reader's language; Indonesian outside a request, as in a test of a template."""
    return str(g.get("language", DEFAULT))


def go_on_in(code: str) -> None:
    """Speak the language in which this page's owner began, unless this browser has chosen one. Kept like a choice.

    Who applied in English and opens the link of a letter on another device reads English there too.
    """
    if code in LANGUAGES and code != language() and not g.language_asked and _cookie() not in request.cookies:
        g.language, g.language_asked = code, True


def say(msgid: str, **facts: object) -> str:
    """A text in the reader's language, `%(name)s` filled from `facts`; `count` chooses the plural."""
    return speaker(language())(msgid, **facts)


@cache
def speaker(code: str) -> Callable[..., str]:
    """`say` in one language. A page says a hundred texts and asks for its reader's language once.

    With a fact that is markup the text is markup too, and everything else in it is escaped.
    """
    texts = {} if code == DEFAULT else catalogue(code)

    def tell(msgid: str, **facts: object) -> str:
        found = texts.get(msgid, msgid)
        if isinstance(found, tuple):
            found = found[0 if facts.get("count") in (1, "1") else 1]
        if any(isinstance(fact, Markup) for fact in facts.values()):
            found = Markup.escape(found)
        return found % facts if facts else found

    return tell


@cache
def catalogue(code: str) -> Catalogue:
    """Every translated text of a language by its Indonesian msgid. Empty for Indonesian itself."""
    texts: Catalogue = {}
    for path in sorted((_TRANSLATIONS / code / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if isinstance(message.id, tuple):
                    texts[message.id[0]] = tuple(message.string)
                elif message.id and message.string:
                    texts[message.id] = str(message.string)
    return texts


def in_indonesian(text: str) -> str | Markup:
    """What stays Indonesian whoever reads it, marked as such on a page in another language (WCAG 3.1.2).

    The name of an office, or what our staff wrote: they write Indonesian.
    """
    return text if language() == DEFAULT or not text else _MARKED.format(DEFAULT, text)


def as_typed(text: str) -> str | Markup:
    """What somebody typed, marked on a page in another language as being in a language that we do not know."""
    return text if language() == DEFAULT or not text else _MARKED.format("", text)


def _in_a_page() -> dict[str, Any]:
    code = language()
    return {"_": speaker(code), "language": code, "other_language": _other()}


def _choose() -> None:
    asked, kept = request.args.get("bahasa", ""), request.cookies.get(_cookie(), "")
    g.language = next((code for code in (asked, kept) if code in LANGUAGES), DEFAULT)
    g.language_asked = asked in LANGUAGES


def _remember(response: Response) -> Response:
    response.headers.setdefault("Content-Language", language())
    if g.get("language_asked"):
        response.set_cookie(_cookie(), language(), max_age=_YEAR_S, secure=secure(), httponly=True, samesite="Lax")
    return response


def _cookie() -> str:
    return "__Host-bahasa" if secure() else "bahasa"


def _other() -> dict[str, str]:
    """The other language, and the address of this page in it."""
    code = next(code for code in LANGUAGES if code != language())
    kept = {name: value for name, value in request.args.items() if name != "bahasa"}
    return {"code": code, "name": LANGUAGES[code], "href": f"{_opened()}?{urlencode({**kept, 'bahasa': code})}"}


def _opened() -> str:
    """The nearest address that can be opened: a refused form may be shown at one that takes forms only. Empty: here."""
    if request.method in ("GET", "HEAD"):
        return ""
    at, path = current_app.create_url_adapter(request), request.path
    while at and path and not at.test(path, "GET"):
        path = path.rpartition("/")[0]
    return path or "/"


class ServiceWords:
    """A service's own words in its reader's language. `of` is a service id or the version a case is pinned to."""

    def __init__(self, facts: ServiceFacts, of: str) -> None:
        self.facts = facts
        self._of = of
        self._language = language()
        self._texts = janji().texts.texts(of)
        self._names: dict[str, str] = {}
        self._roles: dict[str, str] = {}

    def find(self, *path: str) -> Any:
        """The text, list or table at a path of the service's text files, None when there is none."""
        return self._texts.find(self._language, *path) if self._texts else None

    def in_form(self, *path: str) -> str | None:
        """The translated words of a form; None in Indonesian, where the form file has them itself."""
        found = self.find("forms", *path) if self._language != DEFAULT else None
        return found if isinstance(found, str) else None

    @property
    def title(self) -> str:
        return str(self.find("service", "title") or self.facts.name)

    @property
    def act(self) -> str:
        """What the button that begins this service says."""
        own = self.find("service", "act")
        return str(own or (say("Sampaikan pengaduan") if self.hears else say("Ajukan permohonan")))

    @property
    def hears(self) -> bool:
        """Whether this service takes complaints: it then lets people stay unnamed."""
        return bool(self.facts.anonymous)

    def service(self, key: str) -> Any:
        """A text or list of the `[service]` table, None when the service says nothing about it."""
        return self.find("service", key) or None

    def stage(self, stage: Stage, what: str = "name") -> str:
        drawn = str(getattr(stage, what))
        found = self.find("stages", stage.id, what) if self._language != DEFAULT else None
        return found if isinstance(found, str) else drawn

    def promise(self, promise_id: str, what: str, drawn: str) -> str:
        found = self.find("promises", promise_id, what) if self._language != DEFAULT else None
        return found if isinstance(found, str) else drawn

    @property
    def retention(self) -> str:
        """Whose rule it is how long this service keeps who a case was about; empty where it keeps no such rule."""
        drawn = self.facts.retention.source if self.facts.retention else ""
        return drawn if language() == DEFAULT else str(self.find("retention", "source") or drawn)

    def element(self, element: str) -> str:
        """The name of a shape of the diagram."""
        if element not in self._names:
            self._names[element] = janji().texts.element(self._of, self._language, element)
        return self._names[element]

    def role(self, role: str) -> str:
        if role not in self._roles:
            own = self.find("roles", role)
            self._roles[role] = own if isinstance(own, str) else str(janji().texts.role(role, self._language, None))
        return self._roles[role]

    def outcome(self, outcome: str) -> str:
        found = self.find("outcomes", outcome)
        return found if isinstance(found, str) else outcome.replace("_", " ").capitalize()
