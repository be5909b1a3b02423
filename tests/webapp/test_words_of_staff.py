"""Nothing on a staff page stays Indonesian for somebody who reads English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from webapp.casefile import merging, second_look, trail
from webapp.drawings import diagram, outline
from webapp.forms import problems
from webapp.frame import telling
from webapp.frame.words import catalogue
from webapp.staff import counter, filtering, tags, whereabouts
from webapp.supervision import oversight, promise_lists, timing
from webapp.worklist import inbox

WEB = Path(__file__).resolve().parents[2] / "webapp"
SAID = re.compile(r"""(?:\b_|sheet\.say|\bsay)\(\s*(["'])(.*?)(?<!\\)\1""", re.DOTALL)
FILES = [*sorted((WEB / "templates" / "staff").rglob("*.html")), WEB / "templates" / "fields.html"]
ROOMS = ("staff", "people", "calendars", "casefile", "desk", "worklist", "field", "supervision")
MODULES = [path for room in ROOMS for path in sorted((WEB / room).glob("*.py"))]
TABLES = (
    *problems.SENTENCES.values(),
    *tags.WORDS.values(),
    *tags.STILL.values(),
    *telling.NEWS.values(),
    *trail.VERBS.values(),
    *merging.WHY_NOT.values(),
    *counter.PROBLEMS.values(),
    *(word for _, word in (*trail.WORTH_SAYING, *filtering.DUE, *filtering.STATES, *inbox.TABS)),
    *diagram.STANDING_WORDS.values(),
    *outline.KINDS.values(),
    outline.TIMER,
    *(word for row in oversight.COUNTED for word in (row[1], row[4])),
    *whereabouts.PLACES.values(),
    *timing.WARMTH.values(),
    *second_look.VERDICTS.values(),
    *second_look.PROBLEMS.values(),
    *(title for title, _ in promise_lists.FATES.values()),
    *(word for _, word in promise_lists.WORDS.values()),
)


@pytest.mark.parametrize("path", [*FILES, *MODULES], ids=lambda path: path.name)
def test_every_text_of_a_page_is_there_in_english(path):
    said = {found[2] for found in SAID.finditer(path.read_text(encoding="utf-8"))}

    assert sorted(said - set(catalogue("en"))) == []


def test_every_word_that_a_table_in_the_code_holds_is_there_in_english():
    assert sorted(set(TABLES) - set(catalogue("en"))) == []


def test_what_an_english_text_fills_in_is_what_the_indonesian_one_names():
    slots = re.compile(r"%\((\w+)\)s")
    for msgid, text in catalogue("en").items():
        for one in text if isinstance(text, tuple) else (text,):
            assert set(slots.findall(one)) <= set(slots.findall(msgid)), msgid
