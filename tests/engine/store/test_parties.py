"""Who is told about a case, letters without one, and cases like another, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from engine.errors import NotFound
from engine.model import Letter, Likeness, Notice, Party, PartyKind

from .test_keys import in_parallel


def other(case, **facts):
    party = Party("p1", case.id, PartyKind.PROXY, "nonce-2", "hash-p1", "b@example.org", "", "en")
    return replace(party, **facts)


def letter(office, **facts):
    made = Letter("l1", "d1", "", "+62812", "id", "", "w", "n", "s1", office.at, office.later(minutes=15))
    return replace(made, **facts)


def test_the_parties_of_a_case_are_one_list_with_whoever_asked_first(office):
    case = office.case()
    with office.store.write() as w:
        w.set_contact(case.id, email="a@example.org", phone="")
        w.add_party(other(case), office.at)
    with office.store.read() as r:
        first, second = r.parties(case.id)

    assert (first.id, first.kind, first.email) == (case.id, PartyKind.APPLICANT, "a@example.org")
    assert (second.id, second.kind, second.language) == ("p1", PartyKind.PROXY, "en")


def test_a_case_is_found_by_the_secret_of_any_party_who_has_one(office):
    case, follower = office.case(), {"id": "p2", "kind": PartyKind.FOLLOWER, "secret_hash": None}
    with office.store.write() as w:
        w.add_party(other(case), office.at)
        w.add_party(other(case, **follower), office.at)
        w.add_party(other(case, **{**follower, "id": "p3"}), office.at)
    with office.store.read() as r:
        assert r.case_by_secret(f"hash-{case.id}") == r.case_by_secret("hash-p1") == case
        assert r.party_by_secret("hash-p1").id == "p1"
        assert r.party_by_secret(f"hash-{case.id}").id == case.id
        assert r.case_by_secret("guess") is None
        with pytest.raises(NotFound):
            r.party_by_secret("guess")


def test_each_party_confirms_and_stops_for_itself(office):
    case = office.case()
    with office.store.write() as w:
        w.add_party(other(case), office.at)
        w.confirm_contact("p1", "mail", office.at)
        w.stop_news(case.id, office.at)
    with office.store.read() as r:
        first, second = r.parties(case.id)

    assert (first.stopped_at, first.email_confirmed_at) == (office.at, None)
    assert (second.stopped_at, second.email_confirmed_at, second.phone_confirmed_at) == (None, office.at, None)


def test_new_addresses_are_not_confirmed(office):
    case = office.case()
    with office.store.write() as w:
        w.set_contact(case.id, email="a@example.org", phone="1")
        w.confirm_contact(case.id, "mail", office.at)
        w.confirm_contact(case.id, "text", office.at)
        w.set_contact(case.id, email="c@example.org", phone="2")
    with office.store.read() as r:
        found = r.party(case.id)

    assert (found.email, found.email_confirmed_at, found.phone_confirmed_at) == ("c@example.org", None, None)


def test_of_many_who_use_a_letter_at_once_one_does(office):
    with office.store.write() as w:
        w.add_letter(letter(office))
    won: list[bool] = []

    def use() -> None:
        with office.store.write() as w:
            won.append(w.use_letter("l1", "k", office.at))

    in_parallel(use, 4)

    assert sorted(won) == [False, False, False, True]


def test_letters_are_found_by_where_they_went_newest_first_and_dropped_when_they_ran_out(office):
    with office.store.write() as w:
        w.add_letter(letter(office))
        w.add_letter(letter(office, id="l2", secret_hash="s2", added_at=office.later(minutes=1)))
        w.add_letter(letter(office, id="l3", secret_hash=None, draft_id=""))
        w.add_letter(letter(office, id="l4", secret_hash=None, draft_id=""))
    with office.store.read() as r:
        assert [one.id for one in r.letters_to("w")] == ["l2", "l1"]
        assert r.letter_by_secret("s1").id == "l1"
    with office.store.write() as w:
        assert w.drop_letters(office.later(minutes=16)) == 4


def test_a_notice_without_a_case_is_claimed_sent_and_forgotten_like_any_other(office):
    with office.store.write() as w:
        w.add_notices(None, [Notice("n1", "@letter", "lanjut", facts={"letter": "l1"})], office.at)
        claimed = w.claim_notice(office.at, office.later(minutes=10))
        w.add_delivery("n1", "d1", office.at)
        w.notice_sent("n1", office.at)
        w.drop_letter_notices(office.at + timedelta(seconds=1))

    assert (claimed.case_id, claimed.facts) == (None, {"letter": "l1"})
    with office.store.read() as r:
        assert r.notice("n1") is None


def test_cases_like_another_are_of_the_same_area_or_near_open_and_not_confidential(office):
    mine = Likeness("jalan", "33.1", -6.98, 110.41)
    with office.store.write() as w:
        for facts, like in (
            ({}, Likeness("jalan", "33.1")),
            ({}, Likeness("jalan", "33.2", -6.981, 110.411)),
            ({}, Likeness("jalan", "33.2", -6.99, 110.41)),
            ({}, Likeness("banjir", "33.1")),
            ({"confidential": True}, Likeness("jalan", "33.1")),
            ({"ended_at": office.at}, Likeness("jalan", "33.1")),
            ({"outcome": "selesai"}, Likeness("jalan", "33.1")),
        ):
            case = office.new_case(**facts)
            w.add_case(case, b"", secret_hash=None, code_hash="", nonce="")
            w.add_likeness(case.id, case.service, like)
    with office.store.read() as r:
        found = r.cases_like("krk", mine, (0.002, 0.002), 5)
        without_point = r.cases_like("krk", Likeness("jalan", "33.1"), (0.002, 0.002), 5)

    assert sorted(like.area for _, like in found) == ["33.1", "33.2"]
    assert [like.area for _, like in without_point] == ["33.1"]
