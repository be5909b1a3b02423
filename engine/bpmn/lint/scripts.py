"""Rules for script tasks: one effect or one assignment a line, and nothing that repeats or decides."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache

from engine.model import PermitState

from .graph import Node, tag
from .language import FUNCTIONS, SCRIPT_WORDS, Fault, argument, calls_in, faults_in, reason, texts_in
from .notes import Notes, listed, meant

_LONGEST = 20_000
_ARGUMENTS = {
    "notify": ("to", "text"),
    "issue": ("kind",),
    "conclude": ("outcome",),
    "permit_state": ("state",),
    "escalate": ("to",),
    "send": ("message", "reference"),
}
_EXTRA = {
    "notify": {"unit"},
    "issue": {"months", "years", "until"},
    "escalate": {"text", "unit"},
}
_INSTEAD: dict[type[ast.stmt], tuple[str, str]] = {
    ast.While: ("script-loop", "has a `while`; a script must not repeat, draw the loop with a waiting step instead"),
    ast.For: ("script-loop", "has a `for`; a script must not repeat, use a multi-instance task or a decision table"),
    ast.AsyncFor: ("script-loop", "has a `for`; a script must not repeat"),
    ast.If: ("script-refused", "has an `if`; draw an exclusive gateway, or write name = a if condition else b"),
    ast.Import: ("script-refused", "imports something; a script reaches nothing but the case data and our words"),
    ast.ImportFrom: ("script-refused", "imports something; a script reaches nothing but the case data and our words"),
    ast.AugAssign: ("script-refused", "uses += or the like; write name = name + …"),
}


@dataclass(frozen=True, slots=True)
class Script:
    """A script as understood: its statements and what is wrong with it."""

    body: tuple[ast.stmt, ...]
    faults: tuple[Fault, ...]

    @property
    def assigned(self) -> set[str]:
        """The names that it writes into the case data."""
        targets = [target for line in self.body if isinstance(line, ast.Assign) for target in line.targets]
        return {target.id for target in targets if isinstance(target, ast.Name)}

    @property
    def escalates_plainly(self) -> bool:
        """Whether some `escalate` names no text of its own."""
        return any(
            word == "escalate" and argument(call, 1, "text") is None
            for line in self.body
            for word, call in calls_in(line)
        )

    def said(self, word: str, position: int, name: str) -> set[str]:
        """The literal texts that a word is given at a place, over the whole script."""
        return {
            text
            for line in self.body
            for called, call in calls_in(line)
            if called == word and (given := argument(call, position, name)) is not None
            for text in texts_in(given)
        }


def scripts_of(node: Node) -> list[str]:
    """The text of a script task, one entry per script element; empty for other nodes."""
    return [child.text or "" for child in node.element if tag(child) == "script"]


@lru_cache(maxsize=256)
def read_script(text: str) -> Script:
    """Parse a script and name everything in it that would not be run."""
    if len(text) > _LONGEST:
        return Script((), (Fault("expression-too-big", f"is longer than {_LONGEST} characters; use a decision table"),))
    try:
        body = ast.parse(_dedented(text)).body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        fault = Fault("script-syntax", f"cannot be read ({line}{reason(error)}); write name = expression or word(…)")
        return Script((), (fault,))
    faults = [fault for line in body for fault in _line_faults(line)]
    return Script(tuple(body), tuple(dict.fromkeys(faults)))


def check_script(node: Node, notes: Notes) -> None:
    """Everything wrong with the script of a script task."""
    if node.kind != "scriptTask":
        return
    scripts = scripts_of(node)
    if not any(text.strip() for text in scripts):
        notes.error("script-empty", node.id, "this script task has no script; write one or draw another kind of step")
    if node.get("scriptFormat", "").lower() not in ("", "python", "text/python", "text/x-python", "janji"):
        language = node.get("scriptFormat")
        notes.error("script-language", node.id, f"the script is said to be “{language}”; only our own lines are run")
    for text in scripts:
        for fault in read_script(text).faults:
            notes.error(fault.code, node.id, f"the script {fault.message}")


def _dedented(text: str) -> str:
    """Editors indent the text with the XML around it."""
    return "\n".join(line.strip() if line.strip().startswith("#") else line for line in _block(text).splitlines())


def _block(text: str) -> str:
    lines = text.expandtabs().splitlines()
    margins = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    margin = min(margins, default=0)
    return "\n".join(line[margin:] for line in lines)


def _line_faults(line: ast.stmt) -> list[Fault]:
    if isinstance(line, ast.Assign):
        return _assignment(line)
    if isinstance(line, ast.Expr):
        return _word(line.value)
    code, message = _INSTEAD.get(type(line), ("script-refused", ""))
    what = message or f"has a “{type(line).__name__}” line; only name = expression and word(…) are run"
    return [Fault(code, f"{what} (line {line.lineno})")]


def _assignment(line: ast.Assign) -> list[Fault]:
    found = list(faults_in(line.value, FUNCTIONS))
    if len(line.targets) != 1 or not isinstance(line.targets[0], ast.Name):
        found.append(Fault("script-refused", f"assigns to something that is not one plain name (line {line.lineno})"))
    elif line.targets[0].id == "case" or line.targets[0].id.startswith("_"):
        found.append(Fault("script-refused", f"assigns to “{line.targets[0].id}”, which belongs to the engine"))
    return found


def _word(call: ast.expr) -> list[Fault]:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return [Fault("script-refused", f"has a line that does nothing (line {call.lineno}); assign it or remove it")]
    name = call.func.id
    if name not in SCRIPT_WORDS:
        hint = meant(name, SCRIPT_WORDS)
        return [
            Fault("unknown-word", f"calls “{name}” (line {call.lineno}); the words are {listed(SCRIPT_WORDS)}{hint}")
        ]
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    found = [fault for part in parts for fault in faults_in(part, FUNCTIONS)]
    return [*found, *_arguments(name, call), *_state(name, call)]


def _arguments(name: str, call: ast.Call) -> list[Fault]:
    needed = _ARGUMENTS[name]
    named = {keyword.arg or "**" for keyword in call.keywords}
    missing = [one for one in needed[len(call.args) :] if one not in named]
    unknown = named - set(needed) - _EXTRA.get(name, set())
    found = []
    if missing or len(call.args) > len(needed):
        found.append(Fault("word-arguments", f"calls {name}(…) wrongly; write {name}({', '.join(needed)})"))
    found += [Fault("word-arguments", f"gives {name}(…) an unknown “{one}”") for one in sorted(unknown)]
    return found


def _state(name: str, call: ast.Call) -> list[Fault]:
    given = argument(call, 0, "state") if name == "permit_state" else None
    wrong = texts_in(given) - set(PermitState) if given is not None else set()
    return [
        Fault("unknown-permit-state", f"sets the permit to “{one}”; the states are {listed(PermitState)}")
        for one in sorted(wrong)
    ]
