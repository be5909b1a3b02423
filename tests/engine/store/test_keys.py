"""A request counts once, a number is given once, and tries are counted within their window."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from engine.errors import NotFound
from engine.store import KeyTaken

from .office import VERSION


class Stop(Exception):
    """Ends a transaction that shall leave nothing."""


def test_a_request_is_remembered_with_its_result(office):
    with office.store.write() as w:
        assert w.recall("k") is None
        w.remember("k", "start", {"case_id": "c1"}, office.at)

    with office.store.read() as r:
        assert r.recall("k") == ("start", {"case_id": "c1"})


def test_the_same_key_again_is_refused_and_takes_its_work_along(office):
    case = office.case()
    with office.store.write() as w:
        w.remember("k", "start", {}, office.at)

    def again() -> None:
        with office.store.write() as w:
            w.add_task(office.new_task(case))
            w.remember("k", "start", {"other": 1}, office.at)

    with pytest.raises(KeyTaken):
        again()
    with office.store.read() as r:
        assert r.recall("k") == ("start", {})
        assert r.tasks(case.id) == ()


def test_of_ten_requests_with_one_key_at_once_one_has_an_effect(office):
    case = office.case()
    gate = threading.Barrier(10)
    refused = []

    def request() -> None:
        gate.wait()
        try:
            with office.store.write() as w:
                w.add_task(office.new_task(case))
                w.remember("k", "complete", {}, office.at)
        except KeyTaken as taken:
            refused.append(taken.key)

    in_parallel(request, 10)

    assert refused == ["k"] * 9
    with office.store.read() as r:
        assert len(r.tasks(case.id)) == 1


def test_old_keys_are_forgotten(office):
    with office.store.write() as w:
        w.remember("old", "start", {}, office.at)
        w.remember("new", "start", {}, office.later(days=2))
        assert w.forget_keys(office.later(days=1)) == 1
        assert w.recall("old") is None
        assert w.recall("new") is not None


def test_numbers_have_no_gaps_also_when_a_transaction_is_let_go(office):
    def let_go() -> None:
        with office.store.write() as w:
            assert w.next_number("krk-2026") == 2
            raise Stop

    with office.store.write() as w:
        assert w.next_number("krk-2026") == 1
        assert w.next_number("iptb-2026") == 1
    with pytest.raises(Stop):
        let_go()
    with office.store.write() as w:
        assert w.next_number("krk-2026") == 2


def test_numbers_taken_at_once_are_all_different(office):
    taken = []

    def take() -> None:
        for _ in range(5):
            with office.store.write() as w:
                taken.append(w.next_number("krk-2026"))

    in_parallel(take, 4)

    assert sorted(taken) == list(range(1, 21))


def test_tries_count_within_their_window_and_by_key(office):
    with office.store.write() as w:
        assert [w.count_try("ana", office.later(seconds=second), 60) for second in (0, 10, 59)] == [1, 2, 3]
        assert w.count_try("budi", office.at, 60) == 1
        assert w.count_try("ana", office.later(seconds=60), 60) == 3
        assert w.tries("ana", office.later(seconds=119), 60) == 1
        w.forget_tries("ana")
        assert w.tries("ana", office.later(seconds=60), 60) == 0
        assert w.forget_tries_before(office.later(days=1)) == 1
        assert w.tries("budi", office.at, 60) == 0


def test_a_setting_is_what_was_set_last(office):
    with office.store.write() as w:
        assert w.setting("tick_at") is None
        w.set_setting("tick_at", "a")
        w.set_setting("tick_at", "b")

    with office.store.read() as r:
        assert r.setting("tick_at") == "b"


def test_a_version_is_stored_once_with_its_files(office):
    with office.store.write() as w:
        w.add_version(replace(VERSION, note="ignored: the id is the hash of the files"))
        w.add_version(replace(VERSION, id="v2", published_at=office.at, published_by="ana", note="tarif"))
        assert w.current("krk") == "v1"
        w.make_current("krk", "v2", office.at)

    with office.store.read() as r:
        assert r.version("v1") == VERSION
        assert r.version("v2").files == VERSION.files
        assert r.current("krk") == "v2"
        assert r.current("iptb") is None
        assert r.services() == ("krk",)
        assert {(one.id, one.note) for one in r.versions("krk")} == {("v1", ""), ("v2", "tarif")}
        with pytest.raises(NotFound):
            r.version("v3")


def in_parallel(work, count):
    """Run `work` in `count` threads and fail with what failed in any of them."""
    failed = []

    def run() -> None:
        try:
            work()
        except BaseException as broken:
            failed.append(broken)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
