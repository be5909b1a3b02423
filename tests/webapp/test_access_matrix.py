"""Who may open what: every route of the app against every kind of person. A route without a policy fails here."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.routing import Rule

from webapp import create_app
from webapp.frame.access import OPEN_TO_STRANGERS, Policy, access, allowed, policy_of

from .fakes_staff import PASSWORD, PEOPLE, Office

STRANGER, CLERK, COUNTER, SUPERVISOR, OPERATOR = "", "rina", "lulu", "kabid", "ops"
EVERYBODY = (STRANGER, CLERK, COUNTER, SUPERVISOR, OPERATOR)
STAFF = {CLERK, COUNTER, SUPERVISOR, OPERATOR}
MATRIX = {
    "auth.sign_in": set(EVERYBODY),
    "auth.sign_in_now": set(EVERYBODY),
    "auth.sign_out": set(EVERYBODY),
    "inbox.worklist": STAFF,
    "inbox.desk": STAFF,
    "inbox.finish": STAFF,
    "inbox.claim": STAFF,
    "inbox.release": STAFF,
    "inbox.assign": STAFF,
    "conflicts.declare": STAFF,
    "conflicts.take_back": STAFF,
    "desk_drafts.keep": STAFF,
    "onward.take": STAFF,
    "journeys.of_task": STAFF,
    "previews.save": STAFF,
    "previews.show": STAFF,
    "putting_off.put_off": STAFF,
    "putting_off.left": STAFF,
    "putting_off.take_up": STAFF,
    "preferences.own": STAFF,
    "preferences.choose": STAFF,
    "keys.listed": STAFF,
    "keys.onward": STAFF,
    "watching.listed": STAFF,
    "watching.begin": STAFF,
    "watching.end": STAFF,
    "fieldwork.mine": STAFF,
    "fieldwork.offline": STAFF,
    "fieldwork.task": STAFF,
    "handing_in.standing": STAFF,
    "handing_in.send_paper": STAFF,
    "handing_in.send": STAFF,
    "handing_in.attach": STAFF,
    "handing_in.note": STAFF,
    "releasing.desk": STAFF,
    "releasing.release": STAFF,
    "releasing.confirm": STAFF,
    "releasing.send_back": STAFF,
    "releasing.take_back": STAFF,
    "releasing.photo": STAFF,
    "merging.choose": STAFF,
    "merging.merge": STAFF,
    "merging.part": STAFF,
    "keeping.keep": STAFF,
    "keeping.drop": STAFF,
    "worksheet.table": STAFF,
    "handover.together": STAFF,
    "handover.left": STAFF,
    "handover.result": STAFF,
    "handover.undo": STAFF,
    "cases.case_file": STAFF,
    "cases.attach": STAFF,
    "cases.document": STAFF,
    "reader.show": STAFF,
    "guarding.unmask": STAFF,
    "cases.listed": STAFF,
    "case_sheet.table": STAFF,
    "counter.services": STAFF,
    "counter.entry": {COUNTER},
    "counter.enter": {COUNTER},
    "oversight.overview": {SUPERVISOR},
    "timing.heat": {SUPERVISOR},
    "tabular.table": {SUPERVISOR},
    "queueing.listed": {SUPERVISOR},
    "promise_lists.due": {SUPERVISOR},
    "promise_lists.closed": {SUPERVISOR},
    "promise_lists.rates": {SUPERVISOR},
    "took_lists.visits": {SUPERVISOR},
    "took_lists.done": {SUPERVISOR},
    "event_log.xes": {SUPERVISOR},
    "event_log.ocel": {SUPERVISOR},
    "ladder.log": {SUPERVISOR},
    "second_look.listed": {SUPERVISOR},
    "second_look.review": {SUPERVISOR},
    "calendar.year": {SUPERVISOR},
    "calendar.change": {SUPERVISOR},
    "calendar.propose": {SUPERVISOR},
    "calendar.what_if": STAFF,
    "orders.order": {SUPERVISOR},
    "orders.approve": {SUPERVISOR},
    "orders.reject": {SUPERVISOR},
    "orders.revoke": {SUPERVISOR},
    "orders.end": {SUPERVISOR},
    "outages.order": {SUPERVISOR},
    "outages.declare": {SUPERVISOR},
    "extensions.extension": STAFF,
    "extensions.extend": STAFF,
    "extensions.grant": {SUPERVISOR},
    "extensions.refuse": {SUPERVISOR},
    "clarifying.late_request": STAFF,
    "clarifying.listed": {SUPERVISOR},
    "noting.write": STAFF,
    "noting.take_back": STAFF,
    "noting.insert": STAFF,
    "noting.into_form": STAFF,
    "sending_back.undo": STAFF,
    "clarifying.grant": {SUPERVISOR},
    "clarifying.refuse": {SUPERVISOR},
    "oversight.suggestions": {SUPERVISOR},
    "people.overview": STAFF,
    "people.me": STAFF,
    "people.person": STAFF,
    "people.leave": STAFF,
    "sharing.share": STAFF,
    "sharing.left": STAFF,
    "sharing.queue": STAFF,
    "sharing.pass_on": STAFF,
    "sharing.automatic": {SUPERVISOR},
    "absences.form": STAFF,
    "absences.enter": STAFF,
    "absences.substitutes": STAFF,
    "absences.change": STAFF,
    "absences.end": STAFF,
    "operations.overview": {OPERATOR},
    "operations.retry": {OPERATOR},
    "operations.metrics": {OPERATOR},
}
"""Who the door lets in. Whether this clerk may do this very task is asked behind it, of the engine."""
SAMPLES = {
    "task_id": "tugas-1",
    "reference": "KRK-2026-000001",
    "line": 1,
    "service": "krk",
    "document_id": "dok-ktp",
    "incident_id": "i1",
    "filename": "janji.css",
}


@pytest.fixture(scope="module")
def app() -> Flask:
    made = create_app(Office())
    made.config.update(WTF_CSRF_ENABLED=False)
    return made


def rules() -> list[Rule]:
    return sorted(create_app(Office()).url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


ROUTES = [(rule, method) for rule in rules() for method in sorted((rule.methods or set()) & {"GET", "POST"})]


def open_page(app: Flask, rule: Rule, method: str, who: str):
    client = app.test_client()
    if who:
        client.post("/masuk", data={"pengguna": who, "sandi": PASSWORD})
    arguments = {name: SAMPLES.get(name, "x") for name in rule.arguments}
    with app.test_request_context():
        address = app.url_map.bind("localhost").build(rule.endpoint, arguments, method=method)
    return client.open(address, method=method)


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.endpoint)
def test_every_route_says_who_may_open_it(app, rule):
    assert policy_of(app, rule.endpoint) is not None, f"{rule.rule}: put @access(…) below its route"


def test_every_route_for_staff_stands_in_the_matrix(app):
    guarded = {rule.endpoint for rule, _ in ROUTES if policy_of(app, rule.endpoint).kind not in OPEN_TO_STRANGERS}

    assert guarded - set(MATRIX) == set()
    assert set(MATRIX) - {rule.endpoint for rule, _ in ROUTES} == set()


@pytest.mark.parametrize("who", EVERYBODY, ids=lambda who: who or "stranger")
@pytest.mark.parametrize(("rule", "method"), ROUTES, ids=lambda one: getattr(one, "endpoint", one))
def test_the_door_lets_in_whom_the_matrix_names_and_nobody_else(app, rule, method, who):
    if rule.endpoint not in MATRIX:
        assert allowed(policy_of(app, rule.endpoint), None, {}), "what is not in the matrix is for everybody"
        return
    with app.test_request_context():
        let_in = allowed(policy_of(app, rule.endpoint), PEOPLE.get(who), {"service": "krk"})
    assert let_in == (who in MATRIX[rule.endpoint])

    if not let_in:
        answer = open_page(app, rule, method, who)
        if who:
            assert answer.status_code == 404, "not for me and not there look the same"
        else:
            assert answer.status_code == 303
            assert answer.location.startswith("/masuk?lanjut=")


def test_what_is_forbidden_has_no_effect(app):
    office = app.extensions["janji"]
    office.done.clear()

    for rule, method in ROUTES:
        if method == "POST" and MATRIX.get(rule.endpoint) and rule.endpoint != "auth.sign_in_now":
            for who in set(EVERYBODY) - MATRIX[rule.endpoint]:
                open_page(app, rule, method, who)

    assert office.done == []


def test_a_route_that_says_nothing_is_closed_to_everybody():
    app = create_app(Office())
    app.config.update(WTF_CSRF_ENABLED=False)
    app.add_url_rule("/lupa", "lupa", lambda: "terbuka")

    for who in EVERYBODY:
        client = app.test_client()
        if who:
            client.post("/masuk", data={"pengguna": who, "sandi": PASSWORD})
        assert client.get("/lupa").status_code == 404


def test_a_slip_in_a_policy_is_an_error_at_start():
    with pytest.raises(ValueError, match="no such policy"):
        access("pubic")
    with pytest.raises(ValueError, match="no such policy"):
        access("public", "verifikator")


def test_a_policy_with_roles_asks_for_one_of_them(app):
    only_verifiers = Policy("staff", frozenset({"verifikator"}))

    with app.test_request_context():
        assert allowed(only_verifiers, PEOPLE[CLERK], {})
        assert not allowed(only_verifiers, PEOPLE[SUPERVISOR], {})
        assert not allowed(None, PEOPLE[OPERATOR], {})
