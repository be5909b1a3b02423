"""Following a case that is not one's own: what changed since one looked, while one may read it, and not for ever."""

from __future__ import annotations

import pytest

from engine.errors import NotFound
from tests.builders import staff
from tests.samples import sample

CLERK = staff("juru_gambar", login="ratih")
VERIFIER = staff("verifikator", login="budi")
STRANGER = staff("penghubung", "dpu", login="tono")


@pytest.fixture
def office(city_office):
    for who in (CLERK, VERIFIER, STRANGER):
        city_office.janji.accounts.add(who.id, who.id.title(), "", "a long password", who.posts)
    return city_office


@pytest.fixture
def krk(office):
    return office.apply("krk", sample("krk", "perorangan"))


def followed(office, who=CLERK):
    """References with the verbs of their news."""
    return {one.row.case.reference: [event.verb for event in one.news] for one in office.queries.watchlist(who).cases}


def test_what_happens_after_one_looked_is_news_until_one_looks_again(office, krk):
    office.queries.may_watch(krk.reference, CLERK)
    assert office.engine.watch(krk.reference, CLERK)
    assert (followed(office), office.queries.watched_news(CLERK)) == ({krk.reference: []}, 0)

    office.do(krk, "verifikasi_berkas", sample("krk", "lengkap"), by=VERIFIER)
    assert (followed(office), office.queries.watched_news(CLERK)) == ({krk.reference: ["complete"]}, 1)

    assert office.engine.saw(krk.id, CLERK)
    assert (followed(office), office.queries.watched_news(CLERK)) == ({krk.reference: []}, 0)


def test_what_one_did_oneself_is_no_news(office, krk):
    office.engine.watch(krk.reference, VERIFIER)
    office.do(krk, "verifikasi_berkas", sample("krk", "lengkap"), by=VERIFIER)

    assert (followed(office, VERIFIER), office.queries.watched_news(VERIFIER)) == ({krk.reference: []}, 0)


def test_the_news_names_the_colleague_who_was_given_the_task(office, krk):
    office.engine.watch(krk.reference, CLERK)
    head = staff("pengawas", login="hendra")
    office.engine.assign(office.task(krk, "verifikasi_berkas").id, VERIFIER.id, head, "cuti")

    [one] = office.queries.watchlist(CLERK).cases
    assert [dict(event.people) for event in one.news] == [{"to": "Budi"}]


def test_only_what_one_may_read_can_be_followed(office, krk):
    with pytest.raises(NotFound):
        office.queries.may_watch(krk.reference, STRANGER)
    with pytest.raises(NotFound):
        office.queries.may_watch("KRK-2026-999999", CLERK)

    office.engine.watch(krk.reference, STRANGER)  # as if the right had been lost since
    found = office.queries.watchlist(STRANGER)
    assert (found.cases, found.lost) == ((), (krk.id,))
    office.engine.let_go(found.lost, STRANGER)
    assert office.queries.watchlist(STRANGER).lost == ()


def test_a_confidential_case_is_followed_by_those_who_work_on_it_and_says_nothing_of_its_matter(office):
    report = office.apply("complaint", {**sample("complaint", "lampu_jalan"), "rahasia": True})
    admin = staff("admin_pengaduan", login="rina")
    if not office.case(report).confidential:
        pytest.fail("the sample is not confidential")

    with pytest.raises(NotFound):
        office.queries.may_watch(report.reference, staff("kasi"))
    office.queries.may_watch(report.reference, admin)


def test_a_case_that_has_ended_goes_when_it_was_looked_at_or_after_a_week(office, krk):
    other = office.apply("krk", sample("krk", "perorangan"))
    for case in (krk, other):
        office.engine.watch(case.reference, CLERK)
        office.engine.withdraw(case.token, "", f"withdraw-{case.reference}")
    assert set(followed(office)) == {krk.reference, other.reference}

    assert office.engine.saw(krk.id, CLERK)
    assert set(followed(office)) == {other.reference}

    office.clock.forward(days=8)
    office.janji.housekeeping.tidy()
    assert followed(office) == {}


def test_following_twice_and_letting_go_twice_is_once_each_and_moves_nothing(office, krk):
    before, history = office.case(krk), office.history(krk)

    for _ in range(2):
        assert office.engine.watch(krk.reference, CLERK)
    assert list(followed(office)) == [krk.reference]
    for _ in range(2):
        office.engine.unwatch(krk.reference, CLERK)

    assert (followed(office), office.case(krk), office.history(krk)) == ({}, before, history)
