"""The last question: does the engine itself take the diagram? Asked only of what the rules found sound.

The engine's parser is a stranger's: it can look for ever for a data object that is drawn too far away, and fails with
whatever exception its own code happens to raise. The first is ruled out before it is asked; the second ends here.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from engine.bpmn.reader import DIAGRAM, read
from engine.errors import FilesRefused

from .notes import Notes, shown

_ANY_TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
<decision id={name} name="d"><decisionTable id="t"><output id="o" name="o"/>
<rule id="r"><outputEntry id="e"><text>None</text></outputEntry></rule></decisionTable></decision></definitions>"""


def ask_the_engine(xml: bytes, decisions: Iterable[str], notes: Notes) -> None:
    """Read the diagram as if it were published. Its decision tables, which are judged by themselves, are made up."""
    tables = {f"{number}.dmn": _table(name) for number, name in enumerate(sorted(decisions))}
    try:
        read({DIAGRAM: xml, **tables})
    except FilesRefused as refused:
        for problem in refused.problems:
            notes.error("engine-refused", problem.element, _in_words(problem.message))
    except Exception as error:  # whatever a stranger's parser raises must not stop the other checks
        notes.error("engine-refused", None, _in_words(f"{type(error).__name__}: {error}"))


def _in_words(raised: str) -> str:
    if "RecursionError" in raised:
        return "there are more steps in a row than the engine can follow; split the process into sub-processes"
    return f"the engine does not take this: {shown(raised)}"


def _table(name: str) -> bytes:
    return _ANY_TABLE.format(name=quoteattr(name)).encode()
