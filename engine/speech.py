"""Finding the right words: a service's texts by its current or pinned version, in a person's language."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from engine.errors import NotFound
from engine.texts import DEFAULT, Texts

if TYPE_CHECKING:
    from engine.house import House
    from engine.library import Entry


class Speech:
    """Words for pages and notices. `of` is a version id or a service id; unknown ones have no words of their own."""

    def __init__(self, house: House) -> None:
        self._house = house

    def say(self, of: str | None, language: str, key: str, **facts: object) -> str:
        """The text at a dotted key (`outcomes.terbit`), `$placeholders` filled from `facts`; the key's end if none."""
        texts = self.texts(of)
        found = texts.say(language, *key.split(".")) if texts else key
        return Template(found).safe_substitute({name: str(value) for name, value in facts.items()}) if facts else found

    def find(self, of: str | None, language: str, key: str) -> object:
        """The text, list or table at a dotted key; None when there is none."""
        texts = self.texts(of)
        return texts.find(language, *key.split(".")) if texts else None

    def element(self, of: str | None, language: str, element: str) -> str:
        """The name of a shape of the diagram."""
        entry = self._entry(of)
        if entry is None:
            return element
        known = entry.definition.elements.get(element)
        return entry.texts.name(language, "elements", element, known.name if known else "")

    def stage(self, of: str | None, language: str, stage: str, what: str = "name") -> str:
        """A stage's `name` or the sentence `now`."""
        entry = self._entry(of)
        drawn = next((s for s in entry.definition.facts.stages if s.id == stage), None) if entry else None
        if entry is None or drawn is None:
            return stage
        text = drawn.now if what == "now" else drawn.name
        return text if language == DEFAULT else entry.texts.say(language, "stages", stage, what, default=text)

    def role(self, role: str, language: str, of: str | None = None) -> str:
        """A role's title: the service's own word for it, else the city's."""
        texts = self.texts(of)
        own = texts.find(language, "roles", role) if texts else None
        if isinstance(own, str):
            return own
        known = self._house.city.roles.get(role)
        if known is None:
            return role
        return known.title if language == DEFAULT else known.title_en or known.title

    def texts(self, of: str | None) -> Texts | None:
        """All texts of a version or of a service's current one."""
        entry = self._entry(of)
        return entry.texts if entry else None

    def _entry(self, of: str | None) -> Entry | None:
        if not of:
            return None
        known = self._house.shelf.at_hand(of)
        if known is not None:
            return known
        with self._house.store.read() as reads:
            try:
                return self._house.entry(reads, reads.current(of) or of)
            except NotFound:
                return None
