"""Frozen states of the services' files, and which of them a new case starts under. Knows nothing of their content."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select

from engine.errors import NotFound
from engine.model import ProcessVersion

from .base import Connected, replacing, unless_there
from .prepared import Prepared
from .rows import InForce
from .tables import current_version, in_force, process_file, process_version

_FACTS = [process_version.c[name] for name in ("published_at", "published_by", "note")]
_BY_ID = select(process_version.c.service, *_FACTS).where(process_version.c.id == bindparam("version"))
_FILES = select(process_file.c.path, process_file.c.content).where(process_file.c.version == bindparam("version"))
_OF_SERVICE = (
    select(process_version.c.id, process_version.c.service, *_FACTS)
    .where(process_version.c.service == bindparam("service"))
    .order_by(process_version.c.published_at.desc(), process_version.c.id)
)
_CURRENT = Prepared(select(current_version.c.version).where(current_version.c.service == bindparam("service")))
_SERVICES = select(current_version.c.service).order_by(current_version.c.service)
_IN_FORCE = (
    select(in_force.c.version, in_force.c.since_at, in_force.c.by)
    .where(in_force.c.service == bindparam("service"))
    .order_by(in_force.c.line.desc())
    .limit(bindparam("most"))
)
_COME_INTO_FORCE = insert(in_force)
_ADD = unless_there(process_version)
_ADD_FILES = unless_there(process_file)
_MAKE_CURRENT = replacing(current_version, ["service"], ["version", "since_at"])


class VersionReads(Connected):
    """Questions about versions."""

    def version(self, version: str) -> ProcessVersion:
        """With all its files, by path. Raises NotFound."""
        row = self._one(_BY_ID, version=version)
        if row is None:
            raise NotFound(version)
        files = {path: bytes(content) for path, content in sorted(self._all(_FILES, version=version))}
        return ProcessVersion(version, row.service, files, row.published_at, row.published_by, row.note)

    def versions(self, service: str) -> tuple[ProcessVersion, ...]:
        """Newest first, without their files."""
        rows = self._all(_OF_SERVICE, service=service)
        return tuple(
            ProcessVersion(row.id, row.service, {}, row.published_at, row.published_by, row.note) for row in rows
        )

    def current(self, service: str) -> str | None:
        """The version under which new cases of the service start."""
        found = self._value(_CURRENT, service=service)
        return None if found is None else str(found)

    def versions_in_force(self, service: str, most: int) -> tuple[InForce, ...]:
        """Every change of the version under which new cases start, the present one first. The same may come again."""
        return tuple(InForce(*row) for row in self._all(_IN_FORCE, service=service, most=most))

    def services(self) -> tuple[str, ...]:
        """Those that can be started, by id."""
        return tuple(row[0] for row in self._all(_SERVICES))


class VersionWrites(VersionReads):
    """Changing versions."""

    def add_version(self, version: ProcessVersion) -> None:
        """Nothing changes when it is there: its id is the hash of its files."""
        facts = {"published_at": version.published_at, "published_by": version.published_by, "note": version.note}
        self._add(_ADD[self._dialect], [{"id": version.id, "service": version.service, **facts}])
        files = [{"version": version.id, "path": path, "content": data} for path, data in version.files.items()]
        self._add(_ADD_FILES[self._dialect], files)

    def make_current(self, service: str, version: str, at: datetime, by: str = "") -> None:
        """New cases start under it from now on; running ones keep theirs. What is in force already stays as it is."""
        if self.current(service) != version:
            self._change(_MAKE_CURRENT[self._dialect], service=service, version=version, since_at=at)
            self._add(_COME_INTO_FORCE, [{"service": service, "version": version, "since_at": at, "by": by}])
