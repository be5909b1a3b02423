"""Colleagues hold posts; a post without unit covers every unit."""

from __future__ import annotations

import pytest

from engine.model import Post


@pytest.fixture
def staffed(office):
    people = {
        "ana": [Post("verifikator"), Post("kasi", "dlh")],
        "budi": [Post("verifikator", "dpu")],
        "citra": [Post("verifikator", "dlh"), Post("verifikator", "dlh")],
        "dewi": [],
    }
    with office.store.write() as w:
        for login, posts in people.items():
            w.add_user(login, login.title(), f"{login}@example.org", "hash", posts, office.at)
    return office


def holding(office, role, unit=None):
    with office.store.read() as r:
        return [user.login for user in r.users_holding(role, unit)]


def test_a_colleague_comes_back_with_their_posts(staffed):
    with staffed.store.read() as r:
        ana = r.user("ana")
        assert r.user("nobody") is None
        assert [user.login for user in r.users()] == ["ana", "budi", "citra", "dewi"]
        assert r.users()[0] == ana
    assert (ana.name, ana.email, ana.active) == ("Ana", "ana@example.org", True)
    assert ana.posts == {Post("verifikator"), Post("kasi", "dlh")}


def test_who_holds_a_role_depends_on_the_unit(staffed):
    assert holding(staffed, "verifikator") == ["ana", "budi", "citra"]
    assert holding(staffed, "verifikator", "dpu") == ["ana", "budi"]
    assert holding(staffed, "kasi", "dpu") == []


def test_new_posts_replace_the_old(staffed):
    with staffed.store.write() as w:
        w.set_posts("budi", [Post("kasi", "dpu")])
        w.set_password("budi", "new")
        assert w.user("budi").password_hash == "new"

    assert holding(staffed, "verifikator", "dpu") == ["ana"]
    assert holding(staffed, "kasi", "dpu") == ["budi"]


def test_who_has_left_is_told_nothing_and_is_signed_out(staffed):
    with staffed.store.write() as w:
        w.add_session("s1", "ana", "csrf", staffed.at)
        w.deactivate_user("ana")

    assert holding(staffed, "verifikator", "dpu") == ["budi"]
    with staffed.store.read() as r:
        assert r.session("s1") is None
        assert not r.user("ana").active


def test_sessions_live_until_they_are_dropped_or_stale(staffed):
    at = staffed.at
    with staffed.store.write() as w:
        for number, login in enumerate(["ana", "ana", "budi", "citra"]):
            w.add_session(f"s{number}", login, "csrf", at)
        w.touch_session("s0", staffed.later(hours=1))
        w.touch_session("s2", staffed.later(hours=1))
        w.drop_session("s3")
        session = w.session("s0")
        assert w.drop_stale_sessions(staffed.later(minutes=30)) == 1
        assert w.session("s1") is None
        w.drop_sessions("ana")

        assert [name for name in ("s0", "s1", "s2", "s3") if w.session(name)] == ["s2"]
    assert (session.login, session.csrf, session.began_at, session.seen_at) == (
        "ana",
        "csrf",
        at,
        staffed.later(hours=1),
    )
