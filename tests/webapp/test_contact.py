"""How we reach people: a link in a letter only asks, its button acts, and nothing tells a stranger what was found."""

from __future__ import annotations

import re

import pytest

from tests.builders import Application, Office
from tests.webapp.browsing import Visitor, words

LINK = re.compile(r"http://127\.0\.0\.1:8000(/(\w+)/\S+)")


@pytest.fixture
def town(krk_office: Office) -> Office:
    return krk_office


@pytest.fixture
def case(asked_for: Application) -> Application:
    return asked_for


@pytest.fixture
def visitor(town: Office) -> Visitor:
    return Visitor(town.janji)


def paths(town: Office) -> dict[str, str]:
    """Where the links of the newest mail lead, by page."""
    return {page: path for path, page in LINK.findall(town.mail.messages[-1].body)}


def test_a_program_that_opens_every_link_of_a_mail_changes_nothing(town, case, visitor):
    for path in paths(town).values():
        for _ in range(2):
            assert visitor.get(path).status_code == 200

    reach = town.queries.tracking(case.token).reach
    assert not reach.stopped
    assert not any(contact.confirmed for contact in reach.contacts)


def test_the_button_confirms_and_says_what_it_is_good_for(town, case, visitor):
    path = paths(town)["konfirmasi"]
    asked = words(visitor.get(path))
    done = words(visitor.send(path, {}))

    assert "s…@contoh.example" in asked
    assert "Berkas tetap kami proses" in asked
    assert "Kontak Anda sudah dikonfirmasi" in done
    assert "kami dapat mengirimnya lagi ke s…@contoh.example" in done


def test_a_mail_program_stops_the_news_by_one_post_without_session(town, case, visitor):
    answer = visitor.client.post(paths(town)["berhenti"], data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert town.queries.tracking(case.token).reach.stopped


def test_the_page_of_the_link_stops_says_what_still_comes_and_starts_again(town, case, visitor):
    path = paths(town)["berhenti"]
    stopped = words(visitor.send(path, {}))
    visitor.send(path, {"aksi": "lagi"})

    assert "Anda perlu menjawab sesuatu" in stopped
    assert not town.queries.tracking(case.token).reach.stopped


@pytest.mark.parametrize("path", ["/berhenti/x", "/konfirmasi/x", "/berhenti/" + "a" * 58])
def test_a_link_that_proves_nothing_is_a_page_that_is_not_there(visitor, path):
    assert visitor.get(path).status_code == 404
    assert visitor.client.post(path).status_code in (400, 404)


def test_the_page_of_a_case_says_what_is_not_confirmed_and_leads_to_where_it_is_sent_again(town, case, visitor):
    seen = visitor.get(f"/t/{case.token}")
    page = visitor.get(f"/t/{case.token}/kabar")
    again = visitor.send(f"/t/{case.token}/kabar", {"aksi": "surel"}, page)
    town.janji.outbox.send_due()

    assert "belum dikonfirmasi" in words(seen)
    assert f'href="/t/{case.token}/kabar"' in seen.text
    assert again.location.endswith(f"/t/{case.token}/kabar")
    assert town.mail.messages[-1].subject == f"Konfirmasi kontak untuk berkas {case.reference}"


def test_the_news_of_a_case_are_stopped_and_started_and_its_page_says_so(town, case, visitor):
    address = f"/t/{case.token}"
    visitor.send(f"{address}/kabar", {"aksi": "berhenti"}, visitor.get(f"{address}/kabar"))
    stopped = visitor.get(address)
    visitor.send(f"{address}/kabar", {"aksi": "lagi"}, visitor.get(f"{address}/kabar"))

    assert "Kabar tahap berhenti" in words(stopped)
    assert "Kabar tahap berhenti" not in words(visitor.get(address))


def test_the_code_of_a_message_is_typed_where_the_news_of_a_case_are_set(town, case, visitor):
    address = f"/t/{case.token}/kabar"
    code = re.search(r"(\d{6})\.", town.texts.messages[0].body).group(1)
    visitor.send(address, {"aksi": "kode", "kode": "1"}, visitor.get(address))
    wrong = words(visitor.get(address))
    visitor.send(address, {"aksi": "kode", "kode": f" {code} "}, visitor.get(address))

    assert "Kode itu tidak cocok" in wrong
    assert "nomor HP Anda sudah dikonfirmasi" in words(visitor.get(address))


def test_asking_for_a_lost_link_is_answered_alike_whatever_was_found(town, case, visitor):
    town.engine.confirm(paths(town)["konfirmasi"].rpartition("/")[2])
    told = {
        words(visitor.send("/lacak/hilang", {"nomor": number, "kontak": contact}))
        for number, contact in (
            (case.reference, "siti@contoh.example"),
            (case.reference, "budi@contoh.example"),
            ("KRK-2026-999999", "siti@contoh.example"),
            (case.reference, "0812"),
        )
    }
    town.janji.outbox.send_due()

    assert len(told) == 1
    assert [mail.to.where for mail in town.mail.messages[1:]] == ["siti@contoh.example"]


def test_a_form_for_a_lost_link_left_empty_names_what_is_missing(visitor):
    page = visitor.send("/lacak/hilang", {})

    assert page.status_code == 422
    assert "Tulis nomor berkas" in words(page)
    assert "Tulis e-mail atau nomor HP" in words(page)
