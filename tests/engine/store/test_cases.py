"""A case comes back as it was stored, and nobody writes over what they have not seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from engine.errors import CaseMovedOn, NotFound
from engine.model import PromiseState


def test_a_case_comes_back_equal(office):
    case = office.case(
        due_at=office.later(days=5, microseconds=1),
        promise_state=PromiseState.RUNNING,
        outcome="terbit",
        ended_at=office.later(hours=1),
        confidential=True,
        subject="Ñandú Ürün 𝒳",
    )

    with office.store.read() as r:
        assert r.case(case.id) == case
        assert r.case_by_reference(case.reference) == case
        assert r.case_by_reference(f" {case.reference.lower()} ") == case
        assert r.case_by_secret(f"hash-{case.id}") == case


def test_what_nobody_stored_is_not_found(office):
    with office.store.write() as w:
        assert w.case_by_reference("KRK-2026-999999") is None
        assert w.case_by_secret("guess") is None
        assert w.case_if_free("nothing") is None
        for ask in (w.case, w.case_for_update, w.tokens, w.secrets, w.party):
            with pytest.raises(NotFound):
                ask("nothing")


def test_saving_counts_the_revision_and_keeps_what_was_saved(office):
    seen = office.case(tokens=b"old")

    with office.store.write() as w:
        saved = w.save_case(seen, replace(seen, stage="penugasan", due_at=office.later(days=2)), b"new")

    with office.store.read() as r:
        assert r.case(seen.id) == saved
        assert (saved.revision, saved.stage) == (1, "penugasan")
        assert r.tokens(seen.id) == b"new"


def test_saving_without_tokens_leaves_them(office):
    seen = office.case(tokens=b"old")

    with office.store.write() as w:
        w.save_case(seen, replace(seen, stage="penugasan"))
        assert w.tokens(seen.id) == b"old"


def test_a_writer_who_saw_an_older_revision_is_refused_and_changes_nothing(office):
    seen = office.case()
    with office.store.write() as w:
        w.save_case(seen, replace(seen, stage="penugasan"))

    def write_late() -> None:
        with office.store.write() as w:
            w.enter_stage(seen.id, "lost", office.at)
            w.save_case(seen, replace(seen, stage="lost"), b"lost")

    with pytest.raises(CaseMovedOn):
        write_late()

    with office.store.read() as r:
        assert r.case(seen.id).stage == "penugasan"
        assert r.stage_visits(seen.id) == ()


def test_tokens_read_under_the_lock_are_those_last_saved(office):
    case = office.case(tokens=b"one")

    with office.store.write() as w:
        seen = w.case_for_update(case.id)
        assert w.tokens(case.id) == b"one"
        w.save_case(seen, seen, b"two")
        assert w.tokens(case.id) == b"two"


def test_new_secrets_shut_the_old_link(office):
    case = office.case()

    with office.store.write() as w:
        w.renew_secrets(case.id, secret_hash="fresh", code_hash="c2", nonce="n2")
        w.set_contact(case.id, email="s@example.org", phone="")

    with office.store.read() as r:
        assert r.case_by_secret(f"hash-{case.id}") is None
        assert r.case_by_secret("fresh") == case
        assert (r.secrets(case.id).nonce, r.secrets(case.id).code_hash) == ("n2", "c2")
        assert r.party(case.id).email == "s@example.org"


def test_an_instant_without_a_zone_is_refused(office):
    with pytest.raises(Exception, match="has no time zone"):
        office.case(started_at=datetime(2026, 11, 23, 9, 0))  # noqa: DTZ001 that is the point
