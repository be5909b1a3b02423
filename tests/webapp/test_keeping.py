"""Lists kept by a name, over a real office: for oneself, for a role, and let go of again."""

from __future__ import annotations

import re

import pytest

from engine.errors import NotFound
from tests.builders import staff
from tests.conftest import SERVICE
from tests.webapp.conftest import CLERK, PASSWORD

OTHER = staff("loket", login="budi")
HEAD = staff("kadis", login="rudi")
LATE = {"tab": "kelompok", "layanan": SERVICE, "tempo": "lewat"}


@pytest.fixture
def office(office):
    for who in (CLERK, OTHER, HEAD):
        office.janji.accounts.add(who.id, who.id.title(), "", PASSWORD, who.posts)
    return office


def kept(office, who):
    return [(view.name, dict(view.wanted)) for view in office.queries.saved_views(who)]


def test_a_private_list_is_seen_by_its_owner_and_one_for_a_role_by_the_role(office):
    office.engine.keep_view("Terlambat", LATE, None, CLERK)
    office.engine.keep_view("Bersama", {"tab": "kelompok"}, "loket", CLERK)

    assert kept(office, CLERK) == [("Bersama", {"tab": "kelompok"}), ("Terlambat", LATE)]
    assert kept(office, OTHER) == [("Bersama", {"tab": "kelompok"})]
    assert kept(office, HEAD) == []


def test_the_same_name_again_replaces_ones_own(office):
    office.engine.keep_view("Pagi", LATE, None, CLERK)
    office.engine.keep_view("  Pagi ", {"tab": "saya"}, None, CLERK)
    office.engine.keep_view("Pagi", LATE, "loket", OTHER)

    mine, theirs = sorted(office.queries.saved_views(CLERK), key=lambda view: view.owner, reverse=True)
    assert (mine.owner, mine.wanted, theirs.owner, theirs.wanted) == ("ratih", {"tab": "saya"}, "budi", LATE)


def test_what_was_searched_for_and_where_a_page_began_are_not_kept(office):
    office.engine.keep_view("Cari", {**LATE, "q": "Siti Rahmawati", "dari": "abc"}, None, CLERK)

    assert kept(office, CLERK) == [("Cari", LATE)]


def test_nobody_keeps_a_list_for_a_role_that_is_not_theirs_or_drops_anothers(office):
    office.engine.keep_view("Bersama", LATE, "loket", CLERK)
    (view,) = office.queries.saved_views(OTHER)

    with pytest.raises(NotFound):
        office.engine.keep_view("Kadis", LATE, "kadis", CLERK)
    with pytest.raises(NotFound):
        office.engine.drop_view(view.id, OTHER)
    office.engine.drop_view(view.id, CLERK)

    assert kept(office, CLERK) == []


def test_the_open_list_is_saved_stands_beside_the_tabs_and_can_be_deleted_there(ratih):
    page = ratih.post("/tugas/tampilan", data={**LATE, "nama": "Yang <lewat>", "peran": ""}, follow_redirects=True)

    assert dict(page.request.args).items() >= LATE.items()
    link = f'href="/tugas?layanan={SERVICE}&amp;tab=kelompok&amp;tempo=lewat" aria-current="page">Yang &lt;lewat&gt;'
    assert link in page.text
    address = re.search(r'action="(/tugas/tampilan/[0-9a-f]+/hapus)"', page.text)[1]
    for _pressed_twice in range(2):
        after = ratih.post(address, data=LATE, follow_redirects=True)
        assert "Tampilan dihapus." in after.text
    assert 'aria-current="page">Yang' not in after.text


def test_a_list_without_a_name_is_not_saved(ratih):
    page = ratih.post("/tugas/tampilan", data={**LATE, "nama": " "}, follow_redirects=True)

    assert "Beri nama tampilan ini dulu." in page.text
