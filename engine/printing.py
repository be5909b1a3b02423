"""Printing what was issued: the letter from its template and the case's facts, signed and put into the archive.

Happens after the commit that issued the permit, in the next beat of the background work.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import structlog

from engine.house import House
from engine.incidents import PRINT, clear, note, waits
from engine.keys import random_token
from engine.letters import qr_svg, render
from engine.model import Case, Document, Json, Permit
from engine.signing import LABEL
from engine.sketches import sketches_in

if TYPE_CHECKING:
    from engine.library import Entry


_log = structlog.get_logger()


class Printing:
    """Turns issued permits into papers."""

    def __init__(self, house: House, base_url: str, sign: Callable[[bytes], bytes]) -> None:
        self._house = house
        self._base_url = base_url.rstrip("/")
        self._sign = sign

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
        now = self._house.clock.now()
        with self._house.store.read() as reads:
            case = reads.case(permit.case_id)
            entry = self._house.entry(reads, case.version)
            data = self._house.opened(reads, case.id, permit.facts["data"])
        paper = self._sign(self._rendered(permit, entry, case, data))
        name = f"{permit.number}-v{permit.version}.pdf"
        kept = self._house.archive.put(paper)
        document = Document(
            random_token(), kept, name, "application/pdf", len(paper), "issued", permit.kind, now, "system"
        )
        with self._house.store.write() as tx:
            if tx.set_permit_paper(permit.number, permit.version, kept):
                tx.add_document(document, case_id=permit.case_id)
        return document

    def _rendered(self, permit: Permit, entry: Entry, case: Case, data: Json) -> bytes:
        files = {path: data for path, data in entry.version.files.items() if path.startswith("letters/")}
        return render(files[f"letters/{permit.kind}.typ"], self._facts(permit, entry, case, data), files)

    def _facts(self, permit: Permit, entry: Entry, case: Case, data: Json) -> Mapping[str, Any]:
        calendar, city = self._house.city.calendar, self._house.city
        check_url = f"{self._base_url}/v/{permit.number}"
        return {
            "number": permit.number,
            "version": permit.version,
            "issued_on": calendar.on(permit.issued_at).isoformat(),
            "valid_until_on": permit.valid_until_on.isoformat() if permit.valid_until_on else None,
            "case": {"reference": case.reference, "service": entry.definition.facts.id},
            "place": self._place(case.place),
            "data": data,
            "texts": entry.texts.find("id", "letters") or {},
            "check_url": check_url,
            "qr_svg": qr_svg(check_url),
            "sketches": sketches_in(data),
            "signature_label": LABEL,
            "city": {"name": city.name, "office": city.office.name, "address": city.office.address},
        }

    def _place(self, code: str) -> str:
        """`Kelurahan Pekunden, Kecamatan Semarang Tengah`; a code of no region stays as it is."""
        regions = self._house.city.regions
        if code not in regions:
            return code
        above = regions.get(regions[code].parent)
        return f"Kelurahan {regions[code].name}" + (f", Kecamatan {above.name}" if above else "")
