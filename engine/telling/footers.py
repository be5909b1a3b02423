"""What stands below a mail to a citizen: why they get it, how to confirm the address, how to stop. And the codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys
from engine.model import Party, PartyKind
from engine.telling.facts import Facts
from engine.verbs.proofs import CONFIRM, STOP, code_for, confirming

if TYPE_CHECKING:
    from engine.channels import Address


def stop_link(facts: Facts, party: Party) -> str:
    """Where a party stops the news, without a sign-in."""
    return facts.url("berhenti", keys.letter_token(facts.key, STOP, party.id, party.nonce))


def below_mail(facts: Facts, party: Party, address: Address, *, may_stop: bool) -> str:
    """The lines below a mail; empty when there is nothing to add."""
    follows = party.kind is PartyKind.FOLLOWER
    lines = ["kuasa"] if party.kind is PartyKind.PROXY else []
    if not party.confirmed(address.where):
        lines.append("confirm_follow" if follows else "confirm")
    if may_stop:
        lines.append("stop_following" if follows else "stop")
    given = {"confirm": _confirm_link(facts, party, address.where), "stop": stop_link(facts, party)}
    said = [facts.common(address.language, "footers", line, **given) for line in lines]
    return "\n\n-- \n" + "\n\n".join(said) if said else ""


def codes(facts: Facts, party: Party, address: Address) -> dict[str, str]:
    """What a text message says to have a telephone confirmed: code and link, and a sentence until it is done."""
    code = code_for(facts.key, party, address.where)
    open_still = not party.confirmed(address.where)
    said = facts.common(address.language, "footers", "confirm_code", code=code) if open_still else ""
    return {"code": code, "confirm_code": said, "confirm": _confirm_link(facts, party, address.where)}


def _confirm_link(facts: Facts, party: Party, where: str) -> str:
    return facts.url("konfirmasi", keys.letter_token(facts.key, CONFIRM, party.id, confirming(party, where)))
