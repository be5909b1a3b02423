"""Messages to people who have no case: a way back to a draft, an answer to a text message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import keys
from engine.channels import Address, Message
from engine.errors import NotFound
from engine.telling.short import one_sms
from engine.texts import COMMON
from engine.verbs.posting import LETTER

if TYPE_CHECKING:
    from engine.house import House
    from engine.model import Letter
    from engine.store import Reads, Waiting
    from engine.telling.facts import Facts


def addresses(house: House, reads: Reads, notice: Waiting) -> tuple[Address, ...]:
    """The one address of a letter; none once the letter is forgotten."""
    letter = reads.letter(str(notice.facts.get(LETTER, "")))
    if letter is None:
        return ()
    letter = house.addressed(letter)
    channel, where = ("mail", letter.email) if letter.email else ("text", letter.phone)
    return (Address(channel, where, letter.language, letter.id),)


def message(house: House, facts: Facts, reads: Reads, notice: Waiting, address: Address) -> Message:
    """The words of a letter. Raises NotFound when it is forgotten meanwhile."""
    letter = reads.letter(address.reader)
    if letter is None:
        raise NotFound
    given = {
        "link": _way_back(house, facts, letter, address.channel),
        "code": keys.return_code(house.key, letter.nonce),
        "until": facts.day(letter.until_at, letter.language),
        "service": _service(house, reads, letter),
        "site": facts.url(),
    }
    if address.channel == "text":
        return Message(address, "", one_sms(*COMMON.sms(letter.language, notice.text, given)), notice.key)
    return Message(address, *COMMON.notice(letter.language, notice.text, given), notice.key)


def _way_back(house: House, facts: Facts, letter: Letter, channel: str) -> str:
    if channel == "text":
        return facts.url("lanjut")
    return facts.url("lanjut", keys.return_token(house.key, letter.nonce))


def _service(house: House, reads: Reads, letter: Letter) -> str:
    draft = reads.draft(letter.draft_id) if letter.draft_id else None
    version = reads.current(draft.service) if draft else None
    if draft is None or version is None:
        return ""
    return house.entry(reads, version).texts.say(letter.language, "service", "title", default=draft.service)
