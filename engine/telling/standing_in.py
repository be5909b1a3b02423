"""The mail to whoever was named to stand in for a colleague: for whom, and from when to when. Not why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date

from engine.channels import Address, Message
from engine.errors import NotFound
from engine.roles import USER
from engine.texts import COMMON, DEFAULT
from engine.verbs.covering import ABSENCE

if TYPE_CHECKING:
    from datetime import date

    from engine.model import Absence
    from engine.store import Reads, Waiting
    from engine.telling.facts import Facts


def addresses(reads: Reads, notice: Waiting) -> tuple[Address, ...]:
    """The substitute's mail; none once others were named, or the absence was ended."""
    login = notice.to.removeprefix(USER)
    absence, user = _of(reads, notice), reads.user(login)
    if absence is None or absence.ended_at or login not in absence.substitutes or user is None or not user.active:
        return ()
    return (Address("mail", user.email, DEFAULT),) if user.email else ()


def message(facts: Facts, reads: Reads, notice: Waiting, address: Address) -> Message:
    """The words. Raises NotFound when there is no such absence."""
    absence = _of(reads, notice)
    if absence is None:
        raise NotFound
    given = {
        "who": reads.names([absence.login]).get(absence.login, absence.login),
        "from": _day(absence.first_on, address.language),
        "until": _day(absence.last_on, address.language),
        "site": facts.url(),
    }
    return Message(address, *COMMON.notice(address.language, notice.text, given), notice.key)


def _of(reads: Reads, notice: Waiting) -> Absence | None:
    return reads.absence(str(notice.facts.get(ABSENCE, "")))


def _day(on: date, language: str) -> str:
    return format_date(on, "EEEE, d MMM y", locale=language)
