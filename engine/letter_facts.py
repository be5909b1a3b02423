"""What a letter is drawn from: the facts of a permit, its stamp in a QR code, its sketches and pictures.

Reads and decides; stores nothing and signs nothing but the stamp's line, which it is given a signer for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.disclosing import disclosed, initials
from engine.house import House
from engine.keys import facts_seal
from engine.letters import qr_svg
from engine.model import Case, Document, Json, Permit
from engine.signing import LABEL
from engine.sketches import outlines_in
from engine.stamps import MOST_ABOUT, Stamp, about, folded, written
from engine.texts import DEFAULT

if TYPE_CHECKING:
    from engine.library import Entry

_MOST_HOLDER, _MOST_KIND = 20, 20
_PICTURES = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class Issue:
    """A permit with everything it is printed from. `earlier` are the versions before it, the oldest first.

    `plain` are the permit's facts with their seals opened: on the paper they may stand, in its code they may not.
    """

    permit: Permit
    case: Case
    entry: Entry
    earlier: Sequence[Permit]
    documents: Sequence[Document]
    plain: Json


def check_url(base_url: str, permit: Permit) -> str:
    """Where this version of a permit is checked. Without the version it would lead to the newest one."""
    return f"{base_url.rstrip('/')}/v/{permit.number}?versi={permit.version}"


def stamp_of(house: House, issue: Issue, key_id: str) -> Stamp:
    """What the code of this paper vouches for."""
    permit, texts, on = issue.permit, issue.entry.texts, house.city.calendar.on
    data = permit.facts.get("data", {})
    public = [one.value for one in disclosed(texts, DEFAULT, data, house.city.regions) if one.coded]
    holder = initials(str(issue.plain.get("holder", ""))).replace(" ", "")
    return Stamp(
        key_id=key_id,
        number=permit.number.upper(),
        version=permit.version,
        kind=folded(permit.kind, _MOST_KIND),
        holder=folded(holder, _MOST_HOLDER),
        about=about(public)[:MOST_ABOUT],
        issued_on=on(permit.issued_at),
        valid_until_on=permit.valid_until_on,
        seal=facts_seal(house.key, _canonical(permit, issue.plain)),
    )


def stamped(house: House, issue: Issue, key_id: str, sign: Callable[[str], bytes]) -> str:
    """The line for the QR code. Raises StampRefused when this permit's facts do not fit into one."""
    stamp = stamp_of(house, issue, key_id)
    return written(stamp, sign(stamp.body))


def letter_facts(house: House, issue: Issue, base_url: str, stamp: str) -> Json:
    """What a template finds in `sys.inputs.data`; `processes/README.md` tells analysts of each."""
    permit, city, url = issue.permit, house.city, check_url(base_url, issue.permit)
    data = issue.plain["data"]
    return {
        "number": permit.number,
        "version": permit.version,
        "replaces": _replaced(house, issue.earlier),
        "issued_on": city.calendar.on(permit.issued_at).isoformat(),
        "valid_until_on": permit.valid_until_on.isoformat() if permit.valid_until_on else None,
        "case": {"reference": issue.case.reference, "service": issue.entry.definition.facts.id},
        "place": _place(house, issue.case.place),
        "data": data,
        "texts": issue.entry.texts.find(DEFAULT, "letters") or {},
        "check_url": url.partition("?")[0],
        "qr_svg": qr_svg(f"{url}#", stamp),
        "stamp": stamp,
        "outlines": outlines_in(data),
        "pictures": {path: f"pictures/{name}" for path, (name, _) in _pictures(issue).items()},
        "signature_label": LABEL,
        "city": {"name": city.name, "office": city.office.name, "address": city.office.address},
    }


def letter_files(house: House, issue: Issue) -> dict[str, bytes]:
    """The files a template may import or show: its neighbours, and the pictures of the case that it names by path."""
    files = {path: data for path, data in issue.entry.version.files.items() if path.startswith("letters/")}
    shown = {f"letters/pictures/{name}": house.archive.get(sha256) for name, sha256 in _pictures(issue).values()}
    return {**files, **shown}


def _pictures(issue: Issue) -> dict[str, tuple[str, str]]:
    """Pictures of the case by the path of their answer, as (name, hash): only those whose path the template names."""
    template = issue.entry.version.files.get(f"letters/{issue.permit.kind}.typ", b"").decode("utf-8", "replace")
    by_id = {document.id: document for document in issue.documents if document.mime in _PICTURES}
    found = {}
    for path, value in _texts_in(issue.plain["data"]):
        document = by_id.get(value)
        if document and f'"{path}"' in template:
            found[path] = (f"{document.sha256[:16]}.{_PICTURES[document.mime]}", document.sha256)
    return found


def _texts_in(data: Any, path: str = "") -> list[tuple[str, str]]:
    if isinstance(data, Mapping):
        return [pair for name, value in data.items() for pair in _texts_in(value, f"{path}.{name}" if path else name)]
    return [(path, data)] if isinstance(data, str) else []


def _replaced(house: House, earlier: Sequence[Permit]) -> Json | None:
    """The version that this one takes the place of."""
    if not earlier:
        return None
    before = earlier[-1]
    return {"version": before.version, "issued_on": house.city.calendar.on(before.issued_at).isoformat()}


def _place(house: House, code: str) -> str:
    """`Kelurahan Pekunden, Kecamatan Semarang Tengah`; a code of no region stays as it is."""
    regions = house.city.regions
    if code not in regions:
        return code
    above = regions.get(regions[code].parent)
    return f"Kelurahan {regions[code].name}" + (f", Kecamatan {above.name}" if above else "")


def _canonical(permit: Permit, plain: Json) -> str:
    """Every fact of a permit as one text: the same facts always give the same."""
    facts = {"number": permit.number, "version": permit.version, "kind": permit.kind, "facts": plain}
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
