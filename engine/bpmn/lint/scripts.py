"""Rules for script tasks: one effect or one assignment a line, and nothing that repeats or decides."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import lru_cache
from textwrap import dedent

from engine.bpmn.scripts import CARRIES_MORE, MAX_SCRIPT, RESERVED, WORDS
from engine.bpmn.values import MAX_WEIGHT
from engine.model import PermitState

from .graph import Node, tag
from .growth import grown
from .language import FUNCTIONS, TOO_DEEP, Fault, argument, calls_in, faults_in, reason, texts_in
from .notes import Notes, listed, meant

_EXTRA = {
    "notify": {"unit"},
    "issue": {"months", "years", "until", "holder"},
    "escalate": {"text", "unit"},
    "permit_state": {"by", "ground", "replaced_by"},
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
    if len(text) > MAX_SCRIPT:
        fault = Fault("expression-too-big", f"is longer than {MAX_SCRIPT} characters; use a decision table")
        return Script((), (fault,))
    try:
        body = ast.parse(dedent(text.expandtabs()).strip()).body
    except (MemoryError, RecursionError):
        return Script((), (TOO_DEEP,))
    except (SyntaxError, ValueError) as error:
        line = f"line {error.lineno}: " if isinstance(error, SyntaxError) and error.lineno else ""
        fault = Fault("script-syntax", f"cannot be read ({line}{reason(error)}); write name = expression or word(…)")
        return Script((), (fault,))
    faults = [fault for line in body for fault in _line_faults(line)]
    if not faults and grown(body) > MAX_WEIGHT:
        faults.append(Fault("expression-too-big", "doubles a value again and again, which would fill the memory"))
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
        script = read_script(text)
        for fault in script.faults:
            notes.error(fault.code, node.id, f"the script {fault.message}")
        for name in (name for line in script.body for name in _unheard(line)):
            notes.warn("word-arguments", node.id, f"the script gives a word “{name}”, which nobody listens to")


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
    elif line.targets[0].id in RESERVED or line.targets[0].id.startswith("_"):
        found.append(Fault("script-refused", f"assigns to “{line.targets[0].id}”, which belongs to the engine"))
    return found


def _word(call: ast.expr) -> list[Fault]:
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return [Fault("script-refused", f"has a line that does nothing (line {call.lineno}); assign it or remove it")]
    name = call.func.id
    if name not in WORDS:
        hint = meant(name, WORDS)
        return [Fault("unknown-word", f"calls “{name}” (line {call.lineno}); the words are {listed(WORDS)}{hint}")]
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    found = [fault for part in parts for fault in faults_in(part, FUNCTIONS)]
    return [*found, *_arguments(name, call), *_state(name, call)]


def _arguments(name: str, call: ast.Call) -> list[Fault]:
    needed = WORDS[name]
    named = {keyword.arg or "**" for keyword in call.keywords}
    missing = [one for one in needed[len(call.args) :] if one not in named]
    found = []
    if missing or len(call.args) > len(needed):
        found.append(Fault("word-arguments", f"calls {name}(…) wrongly; write {name}({', '.join(needed)})"))
    return found


def _unheard(line: ast.stmt) -> list[str]:
    """Arguments by name that nobody listens to: recorded, and then without effect."""
    call = line.value if isinstance(line, ast.Expr) else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id not in WORDS:
        return []
    if call.func.id in CARRIES_MORE:
        return []
    known = {*WORDS[call.func.id], *_EXTRA.get(call.func.id, set())}
    return sorted({keyword.arg for keyword in call.keywords if keyword.arg} - known)


def _state(name: str, call: ast.Call) -> list[Fault]:
    given = argument(call, 0, "state") if name == "permit_state" else None
    wrong = texts_in(given) - set(PermitState) if given is not None else set()
    return [
        Fault("unknown-permit-state", f"sets the permit to “{one}”; the states are {listed(PermitState)}")
        for one in sorted(wrong)
    ]
