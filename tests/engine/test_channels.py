"""Channels against a real mail server and a real HTTP server on this machine."""

from __future__ import annotations

import email.policy
import json
import socket
import threading
from datetime import UTC, datetime
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from engine.channels import Address, Fault, HttpGateway, Message, NotDelivered, Recorder, Smtp
from engine.clock import MovableClock

MAIL = Address("mail", "siti@example.org")
CLOCK = MovableClock(datetime(2026, 11, 23, 2, 0, tzinfo=UTC))


def words(to=MAIL, subject="Berkas Anda lengkap — KRK-2026-000001", body="Kami mulai hari ini.\n", key="k1"):
    return Message(to, subject, body, key)


class Relay:
    """A mail server that takes everything, but answers some mailboxes with a refusal."""

    def __init__(self):
        self.mails = []
        self.recipients = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 aiosmtpd's name
        refusals = {"gone@example.org": "550 no such user gone@example.org", "full@example.org": "452 try later"}
        if address in refusals:
            return refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802
        self.mails.append(message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients.append(envelope.rcpt_tos)
        return "250 OK"


@pytest.fixture
def relay():
    kept = Relay()
    controller = Controller(kept, hostname="127.0.0.1", port=free_port())
    controller.start()
    kept.port = controller.port
    yield kept
    controller.stop()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def smtp(port, **more):
    return Smtp("127.0.0.1", port, "Kota Semarang <janji@example.org>", tls="none", clock=CLOCK, **more)


def refused(channel, message):
    with pytest.raises(NotDelivered) as caught:
        channel.send(message)
    return caught.value


def test_a_mail_arrives_with_its_words_and_its_key(relay):
    smtp(relay.port).send(words())

    [mail] = relay.mails
    assert mail["Subject"] == "Berkas Anda lengkap — KRK-2026-000001"
    assert mail["To"] == "siti@example.org"
    assert mail["From"] == "Kota Semarang <janji@example.org>"
    assert mail["Message-ID"] == "<k1@example.org>"
    assert mail["Date"] == "Mon, 23 Nov 2026 02:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content().splitlines() == ["Kami mulai hari ini."]
    assert relay.recipients == [["siti@example.org"]]


def test_a_mailbox_that_is_gone_is_refused_for_good_and_a_full_one_for_now(relay):
    gone = refused(smtp(relay.port), words(Address("mail", "gone@example.org")))
    full = refused(smtp(relay.port), words(Address("mail", "full@example.org")))

    assert (gone.why, gone.fault) == ("mail relay: status 550", Fault.MESSAGE)
    assert (full.why, full.fault) == ("mail relay: status 452", Fault.LATER)


def test_a_relay_that_is_not_there_is_the_channels_fault():
    broken = refused(smtp(free_port()), words())

    assert (broken.why, broken.fault) == ("mail relay: ConnectionRefusedError", Fault.CHANNEL)


def test_a_relay_without_tls_gets_no_mail_when_tls_is_asked_for(relay):
    broken = refused(Smtp("127.0.0.1", relay.port, "janji@example.org", tls="starttls"), words())

    assert broken.fault is Fault.CHANNEL
    assert relay.mails == []


@pytest.mark.parametrize(
    "where", ["nobody", "", "a@b@c", "a@example.org, b@example.org", "<a@example.org>", "a b@c.org"]
)
def test_what_is_no_mailbox_is_refused_for_good_and_reaches_no_relay(relay, where):
    assert refused(smtp(relay.port), words(Address("mail", where))).fault is Fault.MESSAGE
    assert relay.mails == []


@pytest.mark.parametrize("bad", ["\n", "\r\nBcc: all@example.org", "\0", "\u2028", "\x85", "\t"])
@pytest.mark.parametrize("part", ["subject", "key", "to"])
def test_a_line_break_in_a_header_is_refused(part, bad):
    given = {part: Address("mail", f"a{bad}@example.org") if part == "to" else f"x{bad}y"}

    with pytest.raises(ValueError, match="header"):
        words(**given)


def test_a_sender_that_is_no_mailbox_is_refused():
    with pytest.raises(ValueError, match="mailbox"):
        Smtp("127.0.0.1", 25, "")


def test_an_address_shows_nobody_in_a_log():
    assert "siti" not in repr(words())


class Gateway:
    """An HTTP server that keeps what it is sent and answers as told."""

    def __init__(self):
        self.requests = []
        self.status = 202
        self.headers = {}
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.requests.append((self.path, dict(self.headers), json.loads(body)))
                self.send_response(gateway.status)
                for name, value in gateway.headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def do_GET(self):
                gateway.requests.append((self.path, dict(self.headers), None))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_args):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/send"


@pytest.fixture
def gateway():
    kept = Gateway()
    thread = threading.Thread(target=kept.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield kept
    kept.server.shutdown()
    thread.join()
    kept.server.server_close()


PHONE = Address("text", "+628123456789")


def test_a_text_message_arrives_with_its_key_and_our_token(gateway):
    HttpGateway(gateway.url, "secret").send(words(PHONE, subject="KRK", body="Lengkap"))

    [(path, headers, body)] = gateway.requests
    assert path == "/send"
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == "k1"
    assert body == {"to": "+628123456789", "text": "KRK\nLengkap"}


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (400, Fault.MESSAGE),
        (422, Fault.MESSAGE),
        (401, Fault.LATER),
        (429, Fault.LATER),
        (500, Fault.LATER),
        (503, Fault.LATER),
    ],
)
def test_the_gateways_refusal_tells_whether_to_try_again(gateway, status, fault):
    gateway.status = status
    found = refused(HttpGateway(gateway.url, "secret"), words(PHONE))

    assert (found.why, found.fault) == (f"gateway: status {status}", fault)


def test_our_token_follows_no_redirect(gateway):
    gateway.status = 302
    gateway.headers = {"Location": gateway.url.replace("/send", "/elsewhere")}

    assert refused(HttpGateway(gateway.url, "secret"), words(PHONE)).why == "gateway: status 302"
    assert [path for path, _, _ in gateway.requests] == ["/send"]


def test_a_gateway_that_is_not_there_is_the_channels_fault():
    found = refused(HttpGateway(f"http://127.0.0.1:{free_port()}/", "secret"), words(PHONE))

    assert found.fault is Fault.CHANNEL
    assert "628" not in found.why


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org", "gateway"])
def test_a_gateway_is_reached_by_http_alone(url):
    with pytest.raises(ValueError, match="https"):
        HttpGateway(url, "secret")


def test_the_recorder_keeps_messages_in_order():
    recorder = Recorder()
    recorder.send(words(key="1"))
    recorder.send(words(key="2"))

    assert [message.key for message in recorder.messages] == ["1", "2"]
