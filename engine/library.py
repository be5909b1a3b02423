"""Services as files, and their published versions ready to run. Knows folders and bytes; knows no store.

A version is named by the hash of its files, so that the same files are the same version on every machine.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from .bpmn.reader import DIAGRAM, Definition, read
from .forms import OFFERS, Form, with_reasons
from .model import ProcessVersion
from .reasons import SHARED, read_reasons
from .texts import Texts, read_texts

KEPT = (".bpmn", ".dmn", ".toml", ".typ", ".svg")
"""What belongs to a service's folder; anything else lying there (a README, a picture) is not part of its version."""


@dataclass(frozen=True, eq=False)
class Entry:
    """A version read: its definition, forms and texts. Shared by threads; nothing in it changes."""

    version: ProcessVersion
    definition: Definition
    forms: Mapping[str, Form]

    @cached_property
    def texts(self) -> Texts:
        """The words of this version."""
        return read_texts(self.version.files)

    @property
    def start_form(self) -> Form:
        """The form with which a case of this service begins."""
        return self.form(self.definition.facts.start_form)

    def form(self, element: str) -> Form:
        """The form of an element; an element without one asks nothing and is finished by a click."""
        return self.forms.get(element) or Form(element, {"type": "object", "properties": {}}, {})


class Shelf:
    """The versions at hand, the least used of them forgotten. Safe to share between threads."""

    def __init__(self, most: int = 64) -> None:
        self._most = most
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()

    def at_hand(self, version: str) -> Entry | None:
        """A version by its id if it is on the shelf: without asking anybody."""
        with self._lock:
            found = self._entries.get(version)
            if found is not None:
                self._entries.move_to_end(version)
            return found

    def entry(self, version: str, fetch: Callable[[str], ProcessVersion]) -> Entry:
        """A version by its id, from the shelf or read from what `fetch` brings. Raises what `fetch` raises."""
        found = self.at_hand(version)
        if found is not None:
            return found
        # Reading takes long: outside the lock two threads may read the same version, and the first one stays.
        made = entry_of(fetch(version))
        with self._lock:
            kept = self._entries.setdefault(version, made)
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
        return kept


def entry_of(version: ProcessVersion) -> Entry:
    """Read a version's files. Raises FilesRefused for what cannot be run at all."""
    return Entry(version, read(version.files), _forms(version.files))


def read_version(folder: Path, forms: Path) -> ProcessVersion:
    """A service's files as one version: its folder, its forms, and the letters and reasons that all services share.

    Hidden files and links are left out: what an editor leaves behind, or what lies elsewhere, is not the service.
    """
    folder = folder.resolve()
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in KEPT and path.is_file() and not path.is_symlink() and not _hidden(path.relative_to(folder))
    }
    if (reasons := folder.parent / "reasons.toml").is_file():
        files[SHARED] = reasons.read_bytes()
    shared = folder.parent / "letters"
    files |= {f"letters/{path.name}": path.read_bytes() for path in sorted(shared.glob("*.typ"))}
    files |= {f"forms/{path.name}": path.read_bytes() for path in sorted(forms.glob("*.json"))}
    return ProcessVersion(version_id(files), folder.name, files)


def version_id(files: Mapping[str, bytes]) -> str:
    """SHA-256 over every path and its bytes, in order of the paths; lengths keep two splits of the same bytes apart."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\0{len(files[path])}\0".encode())
        digest.update(files[path])
    return digest.hexdigest()


def services_in(processes: Path) -> list[Path]:
    """The folders of services: those that hold a diagram."""
    return sorted(folder for folder in processes.iterdir() if (folder / DIAGRAM).exists())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _forms(files: Mapping[str, bytes]) -> dict[str, Form]:
    ends = ".schema.json"
    names = [path.removeprefix("forms/").removesuffix(ends) for path in files if path.endswith(ends)]
    read = {
        name: Form.read(name, files[f"forms/{name}{ends}"], files.get(f"forms/{name}.ui.json", b"{}")) for name in names
    }
    asking = [name for name in names if OFFERS.encode() in files[f"forms/{name}{ends}"]]
    reasons = read_reasons(files) if asking else {}
    return read | {name: replace(read[name], schema=with_reasons(read[name].schema, reasons)) for name in asking}
