"""What a service says against what its diagram needs said: texts in both languages, letters, stories."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from string import Template
from typing import Any

from engine.bpmn.lint import Outline
from engine.bpmn.reader import DIAGRAM
from engine.texts import LANGUAGES

from .found import SCHEMA, Files, Found, json_object

PLACEHOLDERS = frozenset(
    {"reference", "service", "link", "due", "stage", "days", "office", "promise", "next", "answer_by", "way"}
)
"""What a notice can name. None of it tells a stranger who the citizen is."""

IN_REPLIES = frozenset({"reference", "service", "stage", "due", "office"})
"""What a sentence kept ready for notes and answers can name."""

_TITLES = ("title", "summary")
_SILENT = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})


def check_texts(drawn: Outline, files: Files, found: Found) -> None:
    """Every word that a person will see, in Indonesian and in English."""
    texts = {language: _toml(f"texts/{language}.toml", files, found) for language in LANGUAGES}
    for language, words in texts.items():
        for key in _TITLES:
            if not isinstance(_at(words, "service", key), str):
                found.warn(_file(language), key, "no-text", f"[service] has no {key}; write one")
        _notices(drawn, language, words, found)
    for language in LANGUAGES:
        _replies(drawn, language, texts, found)
    for element, outcome in dict.fromkeys(drawn.outcomes):
        _outcome(element, outcome, texts, found)
    for path, what in _english(drawn, files):
        if not _at(texts["en"], *path):
            found.warn(_file("en"), path[1], "no-english", f"{what} has no English name; add [{'.'.join(path[:-1])}]")
    known = {step.id for step in drawn.steps}
    for element in sorted(set(_table(texts["en"], "elements")) - known):
        found.warn(
            _file("en"), element, "text-unused", "the diagram has no shape of this id; rename it or remove the line"
        )


def check_letters(drawn: Outline, files: Files, found: Found) -> None:
    """Whatever is issued needs a letter to be printed from."""
    for element, kind in dict.fromkeys(drawn.letters):
        path = f"letters/{kind}.typ"
        if path not in files.contents:
            found.error(DIAGRAM, element, "no-letter", f"issues “{kind}”, but there is no {files.shown(path)}; add it")


def check_stories(files: Files, found: Found) -> None:
    """Stories must at least be readable; playing them is another command."""
    stories = files.below("scenarios/", ".toml")
    for story in stories:
        _toml(f"scenarios/{story}.toml", files, found)
    if not [story for story in stories if not story.startswith("_")]:
        found.warn(DIAGRAM, "", "no-story", "nothing shows that this service works; write a story in scenarios/")


def _notices(drawn: Outline, language: str, words: Mapping[str, Any], found: Found) -> None:
    written = _table(words, "notices")
    for element, text in dict.fromkeys(drawn.notices):
        notice = written.get(text)
        for part in ("subject", "body"):
            if not isinstance(notice, Mapping) or not isinstance(notice.get(part), str):
                message = f"sends “{text}”, but texts/{language}.toml has no [notices.{text}] {part}; write it"
                found.error(DIAGRAM, element, "no-notice", message)
    for name, notice in written.items():
        for part, text in notice.items() if isinstance(notice, Mapping) else ():
            for word in _unknown_placeholders(text):
                message = f"{part} names ${word}, which nobody fills; known are {', '.join(sorted(PLACEHOLDERS))}"
                found.error(_file(language), name, "unknown-placeholder", message)


def _replies(drawn: Outline, language: str, texts: Mapping[str, Mapping[str, Any]], found: Found) -> None:
    """Sentences kept ready: each with title and body in both languages, for stages there are, naming what is filled."""
    for name in _table(texts["id"], "replies"):
        said = _table(_table(texts[language], "replies"), name)
        for part in ("title", "body"):
            if not isinstance(said.get(part), str):
                found.error(_file(language), name, "no-reply", f"[replies.{name}] has no {part}; write it")
            for word in _unknown_placeholders(said.get(part), IN_REPLIES):
                message = f"{part} names ${word}, which nobody fills; known are {', '.join(sorted(IN_REPLIES))}"
                found.error(_file(language), name, "unknown-placeholder", message)
        for stage in said.get("stages", ()):
            if stage not in drawn.stages:
                found.error(_file(language), name, "reply-stage", f"names the stage “{stage}”, which is not drawn")


def _unknown_placeholders(text: Any, known: frozenset[str] = PLACEHOLDERS) -> list[str]:
    if not isinstance(text, str):
        return []
    template = Template(text)
    if not template.is_valid():
        return ["…"]
    return sorted(set(template.get_identifiers()) - known)


def _outcome(element: str, outcome: str, texts: Mapping[str, Mapping[str, Any]], found: Found) -> None:
    if not isinstance(_at(texts["id"], "outcomes", outcome), str):
        message = f"concludes with “{outcome}”, but texts/id.toml has no word for it; add it to [outcomes]"
        found.error(DIAGRAM, element, "no-outcome-text", message)
    if not isinstance(_at(texts["en"], "outcomes", outcome), str):
        found.warn(_file("en"), outcome, "no-english", "this outcome has no English word; add it to [outcomes]")


def _english(drawn: Outline, files: Files) -> Iterator[tuple[tuple[str, ...], str]]:
    """Where English is wanted: the path in the texts, and what it is for."""
    for step in drawn.steps:
        if step.name and step.kind not in _SILENT:
            yield ("elements", step.id), "this shape"
    for kind, ids in (("stages", drawn.stages), ("promises", drawn.promises)):
        for one in ids:
            yield (kind, one, "name"), f"this {kind.removesuffix('s')}"
    for form in files.below("forms/", SCHEMA):
        schema = json_object(files.contents[f"forms/{form}{SCHEMA}"])
        if schema.get("title"):
            yield ("forms", form, "title"), "this form"
        properties = schema.get("properties")
        for field in properties if isinstance(properties, Mapping) else ():
            yield ("forms", form, field, "title"), f"the field “{form}.{field}”"


def _toml(path: str, files: Files, found: Found) -> Mapping[str, Any]:
    if path not in files.contents:
        found.error(path, "", "no-texts", "this file is missing; write it")
        return {}
    try:
        return tomllib.loads(files.contents[path].decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        found.error(path, "", "toml", f"cannot be read as TOML ({error}); mend it")
        return {}


def texts_of(language: str, files: Files) -> Mapping[str, Any]:
    """The words in a language; none when the file is missing or torn, which `check_texts` tells."""
    try:
        return tomllib.loads(files.contents.get(f"texts/{language}.toml", b"").decode())
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        return {}


def _table(words: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = words.get(name)
    return found if isinstance(found, Mapping) else {}


def _at(words: Mapping[str, Any], *path: str) -> Any:
    found: Any = words
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _file(language: str) -> str:
    return f"texts/{language}.toml"
