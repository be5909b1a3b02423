"""Every change of stage is told once, in words that name nobody, and can be stopped with one click."""

from __future__ import annotations

import re

import pytest

from engine.errors import NotFound, TooManyTries
from engine.model import PartyKind
from engine.stories.playing import with_papers
from tests.builders import Application, Office
from tests.samples import sample

LINK = re.compile(r"http://127\.0\.0\.1:8000/(\w+)/(\S+)")


@pytest.fixture
def town(krk_office: Office) -> Office:
    return krk_office


def applied(office: Office, **over: object) -> Application:
    case = office.apply("krk", sample("krk", "perorangan", **over))
    office.janji.outbox.send_due()
    return case


def step(office: Office, case: Application, element: str, name: str) -> None:
    office.do(case, element, sample("krk", name))
    office.janji.outbox.send_due()


def links(body: str) -> dict[str, str]:
    """The tokens in a mail by the page they lead to."""
    return dict(LINK.findall(body))


def test_a_step_whose_diagram_tells_the_applicant_is_told_once(town):
    case = applied(town)
    step(town, case, "verifikasi_berkas", "lengkap")

    assert town.told(case)[-1] == "berkas_lengkap"
    assert len(town.mail.messages) == 2


def test_a_stage_nobody_drew_a_notice_for_is_told_in_the_common_words(town):
    case = applied(town)
    step(town, case, "verifikasi_berkas", "lengkap")
    town.mail.messages.clear()
    step(town, case, "penugasan", "koordinat_baik")

    mail = town.mail.messages[0]
    assert mail.subject == f"Berkas {case.reference}: Analisis tata ruang"
    assert "Janji selesai: Senin, 30 Nov 2026." in mail.body
    assert links(mail.body)["t"] == case.token


def test_a_step_within_a_stage_is_no_news(town):
    case = applied(town)
    step(town, case, "verifikasi_berkas", "lengkap")
    step(town, case, "penugasan", "koordinat_baik")
    before = len(town.mail.messages)
    step(town, case, "plotting_zona", "zona_sedang")

    assert len(town.mail.messages) == before


def test_no_letter_carries_a_name_a_number_of_a_person_or_an_answer(town):
    case = applied(town)
    step(town, case, "verifikasi_berkas", "lengkap")
    step(town, case, "penugasan", "koordinat_baik")

    said = " ".join(f"{one.subject} {one.body}" for one in (*town.mail.messages, *town.texts.messages))
    for secret in (
        "Siti",
        "Rahmawati",
        "3374015203850001",
        "081200000101",
        "6281200000101",
        "contoh.example",
        "Pekunden",
    ):
        assert secret not in said


def test_after_one_click_the_stages_are_silent_but_a_question_and_the_result_still_come(town):
    case = applied(town)
    town.engine.stop(links(town.mail.messages[0].body)["berhenti"])
    town.mail.messages.clear()
    asked = sample("krk", "lengkap", hasil="perlu_perbaikan", **{"putusan.ktp": None})
    asked["putusan"] = {"*": {"hasil": "sesuai"}, "ktp": {"hasil": "tidak_sesuai", "keterangan": "Tidak terbaca"}}
    town.do(case, "verifikasi_berkas", asked)
    town.janji.outbox.send_due()
    question = [mail.subject for mail in town.mail.messages]
    town.mail.messages.clear()
    town.engine.withdraw(case.token, "", "w")
    town.janji.outbox.send_due()

    assert len(question) == 1
    assert len(town.mail.messages) == 1


def test_a_stage_that_changes_after_the_click_is_not_told_also_when_its_notice_was_written_before(town):
    case = applied(town)
    stop = links(town.mail.messages[0].body)["berhenti"]
    town.do(case, "verifikasi_berkas", sample("krk", "lengkap"))
    town.do(case, "penugasan", sample("krk", "koordinat_baik"))
    town.engine.stop(stop)
    before = len(town.mail.messages)
    town.janji.outbox.send_due()

    assert len(town.mail.messages) == before


def test_who_stopped_can_have_news_again_from_the_page_of_the_case(town):
    case = applied(town)
    town.engine.stop_news(case.token)
    stopped = town.queries.tracking(case.token).reach.stopped
    town.engine.want_news(case.token)

    assert stopped
    assert not town.queries.tracking(case.token).reach.stopped
    assert town.history(case)[-2:] == ["stop_news", "want_news"]


def test_stopping_twice_is_written_down_once(town):
    case = applied(town)
    for _ in range(2):
        town.engine.stop_news(case.token)

    assert town.history(case).count("stop_news") == 1


def test_a_link_of_another_case_or_purpose_stops_nothing(town):
    case = applied(town)
    given = links(town.mail.messages[0].body)
    stop, confirm = given["berhenti"], given["konfirmasi"]

    for guess in (confirm, stop[:-1] + ("a" if stop[-1] != "a" else "b"), "x", case.token):
        with pytest.raises(NotFound):
            town.engine.stop(guess)


def test_a_mail_can_be_stopped_by_the_mail_program_itself(town):
    applied(town)
    mail = town.mail.messages[0]

    assert mail.stop_at.endswith(links(mail.body)["berhenti"])


def test_opening_the_confirmation_changes_nothing_and_the_button_confirms_the_address(town):
    case = applied(town)
    token = links(town.mail.messages[0].body)["konfirmasi"]
    letter, channel = town.queries.confirm_letter(token)
    opened = town.queries.tracking(case.token).reach
    town.engine.confirm(token)
    done = town.queries.tracking(case.token).reach

    assert (letter.reference, channel) == (case.reference, "mail")
    assert [contact.confirmed for contact in opened.contacts] == [False, False]
    assert [contact.confirmed for contact in done.contacts] == [True, False]


def test_a_confirmed_address_is_not_asked_again(town):
    case = applied(town)
    town.engine.confirm(links(town.mail.messages[0].body)["konfirmasi"])
    step(town, case, "verifikasi_berkas", "lengkap")

    assert "konfirmasi" not in links(town.mail.messages[-1].body)


def test_a_new_address_needs_a_new_confirmation(town):
    case = applied(town)
    old = links(town.mail.messages[0].body)["konfirmasi"]
    with town.store.write() as tx:
        tx.set_contact(case.id, email="lain@contoh.example", phone="")

    with pytest.raises(NotFound):
        town.engine.confirm(old)


def test_a_telephone_is_confirmed_by_the_code_in_its_message(town):
    case = applied(town)
    code = re.search(r"(\d{6})\.", town.texts.messages[0].body)
    town.engine.confirm_by_code(case.token, code.group(1))

    assert town.queries.tracking(case.token).reach.contacts[1].confirmed


def test_codes_cannot_be_tried_for_long(town):
    case = applied(town)
    code = re.search(r"(\d{6})\.", town.texts.messages[0].body).group(1)
    for _ in range(5):
        with pytest.raises(NotFound):
            town.engine.confirm_by_code(case.token, "000000" if code != "000000" else "000001")

    with pytest.raises(TooManyTries):
        town.engine.confirm_by_code(case.token, code)
    town.clock.forward(minutes=16)
    town.engine.confirm_by_code(case.token, code)


def test_a_lost_link_goes_to_a_confirmed_address_and_to_no_other(town):
    case = applied(town)
    town.engine.send_link(case.reference, "siti@contoh.example", "s", "k1")
    town.janji.outbox.send_due()
    unconfirmed = len(town.mail.messages)
    town.engine.confirm(links(town.mail.messages[0].body)["konfirmasi"])
    for key, typed in enumerate(("budi@contoh.example", "SITI@contoh.example")):
        town.engine.send_link(case.reference.lower(), typed, "s", f"k{key}")
    town.janji.outbox.send_due()

    assert unconfirmed == 1
    assert [links(mail.body)["t"] for mail in town.mail.messages[1:]] == [case.token]


def test_asking_for_lost_links_is_slowed_down(town):
    case = applied(town)
    for n in range(3):
        town.engine.send_link(case.reference, "siti@contoh.example", f"s{n}", f"k{n}")

    with pytest.raises(TooManyTries):
        town.engine.send_link(case.reference, "siti@contoh.example", "s9", "k9")


def test_whoever_asked_stands_first_among_the_parties(town):
    case = applied(town)
    with town.store.read() as reads:
        (only,) = town.janji.house.parties(reads, case.id)

    assert (only.id, only.kind, only.email) == (case.id, PartyKind.APPLICANT, "siti@contoh.example")
    assert "siti" not in repr(only)


# ── surat kuasa ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def by_proxy(town: Office) -> Application:
    case = town.apply("krk", sample("krk", "badan"))
    town.janji.outbox.send_due()
    return case


def tokens_of(town: Office) -> dict[str, str]:
    """The secret of each reader of the first mails, by address."""
    return {mail.to.where: links(mail.body)["t"] for mail in town.mail.messages}


def test_both_sides_of_a_proxy_get_a_link_of_their_own_to_the_same_case(town, by_proxy):
    tokens = tokens_of(town)
    mine, other = tokens.pop("fauzi@contoh.example"), tokens.popitem()[1]

    assert mine != other
    assert town.queries.tracking(mine).case == town.queries.tracking(other).case
    assert town.queries.tracking(mine).reach.by_proxy
    assert "pihak lain pada surat kuasa" in next(
        mail.body for mail in town.mail.messages if mail.to.where == "fauzi@contoh.example"
    )


def test_either_side_may_answer_and_the_record_says_which_did(town, by_proxy):
    ktp = {"hasil": "tidak_sesuai", "keterangan": "Tidak terbaca"}
    asked = {"putusan": {"*": {"hasil": "sesuai"}, "ktp": ktp}, "hasil": "perlu_perbaikan"}
    town.do(by_proxy, "verifikasi_berkas", asked)
    task = town.task(by_proxy, "perbaikan_berkas")
    given, uploads = with_papers({"ktp": "berkas:ktp-baru.jpg"})
    town.engine.answer(tokens_of(town)["fauzi@contoh.example"], task.id, given, uploads, "a")

    assert town.open(by_proxy) == ["verifikasi_berkas"]
    with town.store.read() as reads:
        assert reads.audit(by_proxy.id)[-1].facts["party"] == "kuasa"


def test_one_side_that_stops_the_news_does_not_stop_the_other(town, by_proxy):
    town.engine.stop_news(tokens_of(town)["fauzi@contoh.example"])
    town.do(by_proxy, "verifikasi_berkas", sample("krk", "lengkap"))
    town.mail.messages.clear()
    town.janji.outbox.send_due()

    assert "fauzi@contoh.example" not in [mail.to.where for mail in town.mail.messages]
    assert len(town.mail.messages) == 1


def test_an_address_that_both_sides_share_is_told_once(town):
    town.apply("krk", sample("krk", "badan", email="fauzi@contoh.example"))
    town.janji.outbox.send_due()

    assert [mail.to.where for mail in town.mail.messages] == ["fauzi@contoh.example"]
