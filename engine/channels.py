"""What leaves the house: mail by SMTP, text messages by a gateway, or a recorder that keeps them. Knows no case.

A channel sends one message or raises `NotDelivered`, whose text is safe to store and to log: it names no person. Every
message carries a key; a relay or gateway that sees the same key again may drop it.
"""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address as Mailbox
from email.message import EmailMessage
from email.utils import format_datetime
from enum import StrEnum
from typing import Literal, Protocol

from .clock import Clock, SystemClock

_PATIENCE_S = 10
_OK = range(200, 300)
_BLAMES_MESSAGE = (400, 404, 410, 413, 422)
"""Of the gateway's 4xx only these: 408, 425 and 429 ask to come back, 401 and 403 are for us to repair."""
_SIGN_IN = (530, 534, 535, 538)
"""The relay's 5xx that blame our password, not the message."""
_LASTING = 500


class Fault(StrEnum):
    """What was wrong: this MESSAGE for good, something that passes LATER, or the whole CHANNEL just now."""

    MESSAGE = "message"
    LATER = "later"
    CHANNEL = "channel"


class NotDelivered(Exception):
    """The channel did not take the message."""

    def __init__(self, why: str, fault: Fault) -> None:
        super().__init__(why)
        self.why = why
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody can be told: `channel` is `mail` or `text`, `where` a mailbox or a telephone number.

    `reader` is the id of the party or letter whose address it is; empty for colleagues.
    """

    channel: str
    where: str
    language: str = "id"
    reader: str = ""

    def __repr__(self) -> str:
        return f"Address({self.channel!r})"  # a log or a traceback must not name a person


@dataclass(frozen=True, slots=True)
class Message:
    """Words for one address. `key` stays the same however often it is tried. Raises ValueError for a broken header.

    `stop_at` is the address at which the reader ends such mails with one click; empty when there is none.
    """

    to: Address
    subject: str
    body: str
    key: str
    stop_at: str = ""

    def __post_init__(self) -> None:
        for line in (self.to.where, self.subject, self.key, self.stop_at):
            if any(ord(letter) < ord(" ") or letter in "\x7f\x85\u2028\u2029" for letter in line):
                raise ValueError("a line break or control character in a header")


class Channel(Protocol):
    """Takes messages out of the house."""

    def send(self, message: Message) -> None:
        """Hand the message over. Raises NotDelivered."""
        ...


class Recorder:
    """Keeps messages instead of sending them: for tests, scenarios and the demo."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def send(self, message: Message) -> None:
        self.messages.append(message)


class Smtp:
    """Mail through one relay; one connection per message, closed again whatever happens."""

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        *,
        tls: Literal["none", "starttls", "tls"] = "starttls",
        user: str = "",
        password: str = "",
        context: ssl.SSLContext | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`sender` is a mailbox or `Name <mailbox>`; ValueError if not. `context` None: the system's certificates."""
        if "@" not in sender:
            raise ValueError("the sender of mails must be a mailbox")
        self._host = host
        self._port = port
        self._sender = sender
        self._tls = tls
        self._user = user
        self._password = password
        self._context = context or ssl.create_default_context()
        self._clock = clock or SystemClock()

    def send(self, message: Message) -> None:
        mail = self._mail(message)
        try:
            with self._connection() as relay:
                relay.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise _refused_with(min(codes)) from None
        except smtplib.SMTPResponseException as refused:
            raise _refused_with(refused.smtp_code) from None
        except (smtplib.SMTPException, OSError) as broken:
            raise NotDelivered(f"mail relay: {type(broken).__name__}", Fault.CHANNEL) from None

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        if self._tls == "tls":
            relay: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=_PATIENCE_S, context=self._context)
        else:
            relay = smtplib.SMTP(self._host, self._port, timeout=_PATIENCE_S)
        with relay:
            if self._tls == "starttls":
                relay.starttls(context=self._context)
            if self._user:
                relay.login(self._user, self._password)
            yield relay

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        try:
            mail["To"] = Mailbox(addr_spec=message.to.where)
        except (ValueError, IndexError, HeaderParseError):
            raise NotDelivered("not a mail address", Fault.MESSAGE) from None
        mail["From"] = self._sender
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(self._clock.now())
        mail["Message-ID"] = f"<{message.key}@{self._sender.rpartition('@')[2].rstrip('>')}>"
        mail["Auto-Submitted"] = "auto-generated"
        if message.stop_at:  # RFC 8058: the mail program's own button
            mail["List-Unsubscribe"] = f"<{message.stop_at}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        mail.set_content(message.body)
        return mail


class HttpGateway:
    """Text messages (SMS, WhatsApp) through a provider's HTTP address: one POST of JSON per message.

    Sends `{"to", "text"}` with the key as `Idempotency-Key` and the token as bearer. Follows no redirect.
    """

    def __init__(self, url: str, token: str) -> None:
        """Raises ValueError unless `url` is http(s)."""
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise ValueError("the gateway's address must begin with https://")
        self._url = url
        self._token = token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, message: Message) -> None:
        try:
            with self._opener.open(self._request(message), timeout=_PATIENCE_S) as answer:
                status = int(answer.status)
        except urllib.error.HTTPError as refused:
            status = refused.code
            refused.close()
        except (OSError, ValueError) as broken:
            raise NotDelivered(f"gateway: {type(broken).__name__}", Fault.CHANNEL) from None
        if status not in _OK:
            raise NotDelivered(f"gateway: status {status}", Fault.MESSAGE if status in _BLAMES_MESSAGE else Fault.LATER)

    def _request(self, message: Message) -> urllib.request.Request:
        text = f"{message.subject}\n{message.body}" if message.subject else message.body
        return urllib.request.Request(  # noqa: S310 the scheme was checked
            self._url,
            data=json.dumps({"to": message.to.where, "text": text}).encode(),
            headers={
                "Content-Type": "application/json",
                "Authorization": f"Bearer {self._token}",
                "Idempotency-Key": message.key,
            },
            method="POST",
        )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """The bearer token and the message must not follow a redirect to somebody else."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


def _refused_with(code: int) -> NotDelivered:
    """By the number alone: the text of a relay's answer repeats the address. 5xx is for good, 4xx for now."""
    fault = Fault.MESSAGE if code >= _LASTING else Fault.LATER
    return NotDelivered(f"mail relay: status {code}", Fault.CHANNEL if code in _SIGN_IN else fault)
