"""The citizen's page behind its link: how much a phone has to load, and how long a whole HTTP request takes."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from typing import Any

from flask import Flask
from waitress.server import create_server

from tests.bench.measures import Measure, side_by_side
from tests.bench.office import KRK, an_office, at_analysis
from tests.builders import Office
from webapp import create_app
from webapp.frame.access import access

MOST_BYTES = 50_000
THREE_TIMES = 3.0
ONE_ROW = "/satu-baris"
_REFERENCED = re.compile(rb'(?:href|src)="(/[^"#]+\.(?:css|svg|js|png|ico|webmanifest)[^"]*)"')


def measure(rounds: int) -> Iterator[Measure]:
    """Of a KRK in the middle of its way, with history, papers and a promise that runs."""
    with an_office() as office:
        office.publish(KRK)
        case = at_analysis(office)
        app = create_app(office.janji)
        _add_one_row(app, office, case.reference)
        with _served(app) as port:
            page = f"/t/{case.token}"
            yield Measure(
                "/t/<token> with all it refers to", float(_weight(port, page)), "bytes", MOST_BYTES, bound=1.0
            )
            ours, row = side_by_side(rounds, [_request(port, page), _request(port, ONE_ROW)])
            yield Measure("/t/<token>, one HTTP request beside a page of one row", ours, "ms", row, bound=THREE_TIMES)


def _add_one_row(app: Flask, office: Office, reference: str) -> None:
    """The smallest page there is: one row read, one row shown, behind the same guards as every other."""
    template = app.jinja_env.from_string(
        "<!doctype html><html lang=id><title>{{ row.reference }}</title>"
        "<table><tr><td>{{ row.reference }}<td>{{ row.service }}<td>{{ row.stage }}</table>"
    )

    @access("public")
    def one_row() -> str:
        with office.store.read() as reads:
            return template.render(row=reads.case_by_reference(reference))

    app.add_url_rule(ONE_ROW, view_func=one_row)


@contextmanager
def _served(app: Flask) -> Iterator[int]:
    """The app behind the server that production uses, on a free port of the loopback address."""
    server: Any = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=_serve, args=(server,), daemon=True).start()
    try:
        yield int(server.effective_port)
    finally:
        server.task_dispatcher.shutdown()
        server.close()


def _serve(server: Any) -> None:
    with suppress(OSError):  # its loop looks at a socket that was closed under it: that is how it ends
        server.run()


def _get(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path, headers={"Accept-Language": "id"})
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise ValueError(f"{path.split('/')[1]} answered {answer.status}")
    return body


def _request(port: int, path: str) -> Callable[[], Callable[[], object]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    return lambda: lambda: _get(connection, path)


def _weight(port: int, page: str) -> int:
    """Bytes of the page and of everything that it makes a browser fetch, uncompressed, each once."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    body = _get(connection, page)
    found = {path.decode().replace("&amp;", "&") for path in _REFERENCED.findall(body)}
    return len(body) + sum(len(_get(connection, path)) for path in sorted(found))
