"""What things are called on this page: services, stages, shapes, roles and people, each looked up once per request.

A list of 25 tasks names three stages, not 25: asking the engine for each row would be 25 reads. Knows no case.
"""

from __future__ import annotations

from typing import Any

from flask import g

from engine.model import PromiseRule, ServiceFacts
from engine.views import ServicePage
from webapp.frame.access import janji, services
from webapp.frame.words import DEFAULT, language


class Names:
    """Names in one language, remembered. `of` is a case's version, or a service where there is no case."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._known: dict[tuple[str, ...], str] = {}

    def element(self, of: str, element: str) -> str:
        """A shape of the diagram, such as a task."""
        return self._once("element", of, element, lambda: janji().texts.element(of, self._language, element))

    def translated(self, of: str, element: str) -> str | None:
        """A shape's name where the reader does not read what is drawn; None for Indonesian, and where none is known."""
        if self._language == DEFAULT:
            return None
        found = self.element(of, element)
        return found if found != element else None

    def promise(self, of: str, rule: PromiseRule, what: str = "name") -> str:
        """A promise's `name` or `source`, as the diagram has it or as translated."""
        drawn = str(getattr(rule, what))
        if self._language == DEFAULT:
            return drawn
        return _text(janji().texts.find(of, self._language, f"promises.{rule.id}.{what}")) or drawn

    def stage(self, of: str, stage: str | None) -> str:
        """A stage of a service; an empty text before the first."""
        if not stage:
            return ""
        return self._once("stage", of, stage, lambda: janji().texts.stage(of, self._language, stage))

    def role(self, role: str, of: str = "") -> str:
        """A role, by the service's own word for it if it has one."""
        return self._once("role", of, role, lambda: janji().texts.role(role, self._language, of or None))

    def outcome(self, of: str, outcome: str | None) -> str:
        """What became of a case, as a word."""
        if not outcome:
            return ""
        return self._once("outcome", of, outcome, lambda: janji().texts.say(of, self._language, f"outcomes.{outcome}"))

    def paper(self, of: str, kind: str) -> str:
        """A kind of paper that is issued, by its public name."""
        return self._once("paper", of, kind, lambda: janji().texts.say(of, self._language, f"papers.{kind}.name"))

    def service(self, service: str) -> str:
        """A service by its short title: as its diagram names it, or as translated."""
        return self._once("service", service, "", lambda: self._translated_title(service) or self._drawn_name(service))

    def _drawn_name(self, service: str) -> str:
        facts = self.facts(service)
        return facts.name if facts else service

    def _translated_title(self, service: str) -> str | None:
        texts = janji().texts.texts(service) if self._language != DEFAULT else None
        return _text(texts.find(self._language, "service", "title")) if texts else None

    def services(self) -> tuple[ServicePage, ...]:
        """Every service in force, in the order the engine gives."""
        return services()

    def facts(self, service: str) -> ServiceFacts | None:
        """What a service in force says of itself; None when there is none."""
        return next((page.facts for page in services() if page.facts.id == service), None)

    def stages(self, service: str) -> tuple[tuple[str, str], ...]:
        """The stages of a service, in order, as (id, name)."""
        facts = self.facts(service)
        return tuple((one.id, self.stage(service, one.id)) for one in facts.stages) if facts else ()

    def channel(self, channel: str) -> str:
        """The way a case came in."""
        known = janji().city.channels.get(channel)
        if known is None:
            return channel.replace("_", " ")
        return str(known.title if self._language == DEFAULT else known.title_en)

    def unit(self, unit: str | None) -> str:
        """A unit of the city by its short name."""
        known = janji().city.units.get(unit or "")
        return known.short if known else unit or ""

    def words_of(self, of: str) -> Any:
        """Translated words of the forms of a version, by path; None everywhere in Indonesian, which is in the files."""
        texts = janji().texts.texts(of) if self._language != DEFAULT else None
        if texts is None:
            return None
        return lambda *path: _text(texts.find(self._language, "forms", *path))

    def _once(self, kind: str, of: str, name: str, ask: Any) -> str:
        key = (kind, of, name)
        if key not in self._known:
            self._known[key] = ask()
        return self._known[key]


def names() -> Names:
    """The names for this request, in its language."""
    if "names" not in g:
        g.names = Names(language())
    return g.names  # type: ignore[no-any-return]


def _text(found: object) -> str | None:
    return found if isinstance(found, str) else None
