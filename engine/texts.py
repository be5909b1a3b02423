"""A service's words in each language: names of elements, stages and outcomes, and the notices it sends.

Indonesian names come from the diagram; the files add what a diagram has no room for, and every English word.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

DEFAULT = "id"
LANGUAGES = ("id", "en")
PRESSED = "desakan"
"""Notice to superiors: the applicant presses for an overdue case."""
CLEARED = "eskalasi_selesai"
"""Notice to superiors who were told of a delay: it is over."""
AT_RISK = "berisiko_terlambat"
"""Notice to the first superior: a promise is likely to be missed, and there is still time to help."""
FORETOLD = "perkiraan_terlambat"
"""Notice to the applicant: the date is likely to be missed, why, and when it is likely to be."""

DAILY = "ringkasan_harian"
"""Digest of one's own work, each morning."""
WEEKLY = "ringkasan_mingguan"
"""Digest of a supervisor's week."""
GIVEN = "diserahkan"
"""Notice to a colleague: work was given to them."""
STANDS_IN = "menggantikan"
"""Notice to a colleague: they were named to stand in for somebody who is away."""


class Texts:
    """The words of one process version. A word missing in a language falls back to Indonesian, then to its id."""

    def __init__(self, by_language: Mapping[str, Mapping[str, Any]]) -> None:
        self._by_language = by_language

    def find(self, language: str, *path: str) -> Any:
        """The text or table at a path such as ("stages", "verifikasi", "now"), None when there is none."""
        for code in dict.fromkeys((language, DEFAULT)):
            found: Any = self._by_language.get(code, {})
            for step in path:
                found = found.get(step) if isinstance(found, Mapping) else None
            if found is not None:
                return found
        return None

    def say(self, language: str, *path: str, default: str = "") -> str:
        """The text at a path, else `default`, else the last step of the path."""
        found = self.find(language, *path)
        return found if isinstance(found, str) else default or path[-1]

    def name(self, language: str, kind: str, of: str, drawn: str) -> str:
        """The name of an `elements`, `outcomes` or `roles` entry; `drawn` is its Indonesian name in the diagram."""
        if language == DEFAULT and drawn:
            return drawn
        found = self._by_language.get(language, {}).get(kind, {}).get(of)
        if isinstance(found, Mapping):
            found = found.get("name")
        return found if isinstance(found, str) else drawn or self.say(DEFAULT, kind, of)

    def notice(self, language: str, text: str, facts: Mapping[str, str]) -> tuple[str, str]:
        """Subject and body of a notice with `$placeholders` filled. Unknown placeholders stay visible: a bug seen.

        What the service does not word itself is said in the words that all services share.
        """
        texts = self if self.find(language, "notices", text) else COMMON
        subject = texts.say(language, "notices", text, "subject", default=text)
        body = texts.say(language, "notices", text, "body", default=subject)
        return Template(subject).safe_substitute(facts), Template(body).safe_substitute(facts)

    def mentions(self, language: str, text: str, placeholder: str) -> bool:
        """Whether any words of a notice name a placeholder that costs something to fill."""
        said = self.find(language, "notices", text) or COMMON.find(language, "notices", text) or {}
        parts = (part for one in said.values() for part in ([one] if isinstance(one, str) else one))
        return any(f"${placeholder}" in part for part in parts)

    def sms(self, language: str, text: str, facts: Mapping[str, str]) -> tuple[str, ...]:
        """The same as the parts of a text message, by falling weight; none when it has no short words."""
        found = self.find(language, "notices", text, "sms") or COMMON.find(language, "notices", text, "sms") or ()
        parts = (found,) if isinstance(found, str) else tuple(found)
        return tuple(Template(str(part)).safe_substitute(facts) for part in parts)


def read_texts(files: Mapping[str, bytes]) -> Texts:
    """Texts from the files of a process version (`texts/id.toml`, `texts/en.toml`); missing files are empty."""
    return Texts({language: tomllib.loads(files.get(f"texts/{language}.toml", b"").decode()) for language in LANGUAGES})


COMMON = read_texts(
    {f"texts/{one}.toml": (Path(__file__).parent / "common" / f"{one}.toml").read_bytes() for one in LANGUAGES}
)
"""The words that all services share: what is told of every case, whatever its diagram says."""
