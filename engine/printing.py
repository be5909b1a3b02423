"""Printing what was issued: the letter from its template and the case's facts, signed and put into the archive.

Happens after the commit that issued the permit, in the next beat of the background work. A paper carries two
signatures: the PDF's own, for whoever has the file, and the stamp in its QR code, for whoever has the sheet in hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

from engine.errors import Erased
from engine.house import House
from engine.incidents import PRINT, clear, note, waits
from engine.keys import random_token
from engine.letter_facts import Issue, letter_facts, letter_files, stamped
from engine.letters import render
from engine.model import Document, Permit

if TYPE_CHECKING:
    from engine.stamping import StampKeys

_log = structlog.get_logger()


class Printing:
    """Turns issued permits into papers."""

    def __init__(self, house: House, base_url: str, sign: Callable[[bytes], bytes], stamps: StampKeys) -> None:
        self._house = house
        self._base_url = base_url
        self._sign = sign
        self._stamps = stamps

    def print_due(self, limit: int = 20) -> int:
        """Print what is issued and not yet on paper; returns how many.

        One that fails becomes an incident with tries to come and does not stop the others.
        """
        store, now = self._house.store, self._house.clock.now()
        with store.read() as reads:
            waiting = reads.unprinted_permits(limit)
        later = waits(store, now, PRINT) if waiting else frozenset()
        return sum(self._tried(permit) for permit in waiting if permit.case_id not in later)

    def _tried(self, permit: Permit) -> bool:
        store, now = self._house.store, self._house.clock.now()
        try:
            self.print(permit)
        except Exception as broken:
            _log.error("permit not printed", kind=permit.kind, why=type(broken).__name__)
            note(store, now, permit.case_id, PRINT, permit.kind, type(broken).__name__)
            return False
        clear(store, now, permit.case_id, PRINT)
        return True

    def print(self, permit: Permit) -> Document:
        """Print one permit and enter the paper into its case. Printing twice leaves the first paper."""
        now, issue = self._house.clock.now(), self._issue(permit)
        stamp = stamped(self._house, issue, self._stamps.current_id(), self._stamps.sign)
        paper = self._sign(self._drawn(issue, stamp))
        name = f"{permit.number}-v{permit.version}.pdf"
        kept = self._house.archive.put(paper)
        document = Document(
            random_token(), kept, name, "application/pdf", len(paper), "issued", permit.kind, now, "system"
        )
        with self._house.store.write() as tx:
            if tx.set_permit_paper(permit.number, permit.version, kept, stamp):
                tx.add_document(document, case_id=permit.case_id)
        return document

    def _issue(self, permit: Permit) -> Issue:
        with self._house.store.read() as reads:
            case = reads.case(permit.case_id)
            if case.erased_at is not None:
                raise Erased(case.erased_at)
            versions = sorted(reads.permit(permit.number), key=lambda one: one.version)
            earlier = tuple(one for one in versions if one.version < permit.version)
            plain = self._house.opened(reads, case.id, permit.facts)
            return Issue(permit, case, self._house.entry(reads, case.version), earlier, reads.documents(case.id), plain)

    def _drawn(self, issue: Issue, stamp: str) -> bytes:
        files = letter_files(self._house, issue)
        facts = letter_facts(self._house, issue, self._base_url, stamp)
        return render(files[f"letters/{issue.permit.kind}.typ"], facts, files)
