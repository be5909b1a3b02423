"""Behind a reverse proxy: whose address is throttled, and whose word is taken."""

from __future__ import annotations

import pytest
from flask import request

from tests.webapp.fakes import janji
from webapp import create_app

FORWARDED = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(("proxies", "address", "scheme"), [(0, "127.0.0.1", "http"), (1, "203.0.113.9", "https")])
def test_only_the_word_of_a_trusted_proxy_is_taken(proxies, address, scheme):
    app = create_app(janji(trusted_proxies=proxies))
    seen = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: seen.append((request.remote_addr, request.scheme)))

    app.test_client().get("/healthz", headers=FORWARDED)

    assert seen == [(address, scheme)]
