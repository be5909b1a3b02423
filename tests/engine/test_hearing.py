"""LACAK by text message: one plain SMS with stage, date and what comes next, to the telephone that belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.model import Case, PromiseState
from engine.stories.planting import plant
from engine.telling.facts import Facts
from engine.telling.short import _GSM, LONGEST, one_sms, plain, shortened
from tests.builders import ROOT, Application, Office, office_in
from tests.samples import sample

PHONE, STRANGER = "+6281200000101", "+6281999999999"


@pytest.fixture
def town(krk_office: Office) -> Office:
    return krk_office


@pytest.fixture
def case(town: Office, asked_for: Application) -> Application:
    town.texts.messages.clear()
    return asked_for


def answers(town: Office) -> list[str]:
    town.janji.outbox.send_due()
    return [message.body for message in town.texts.messages]


def test_lacak_is_answered_with_stage_date_and_next_step(town, case):
    town.do(case, "verifikasi_berkas", sample("krk", "lengkap"))
    town.janji.outbox.send_due()
    town.texts.messages.clear()
    town.engine.hear("0812-0000-0101", f"lacak {case.reference.lower()}")

    assert answers(town) == [
        f"{case.reference}: Penugasan. Janji selesai: Senin, 30 Nov 2026. Berikutnya: Survei lapangan."
    ]
    assert town.texts.messages[0].to.where == PHONE


def test_another_telephone_and_an_unknown_number_get_the_same_answer(town, case):
    town.engine.hear(STRANGER, f"LACAK {case.reference}")
    town.engine.hear(STRANGER, "LACAK KRK-2026-999999")
    told = answers(town)

    assert told[0] == told[1]
    assert case.reference not in told[0]
    assert {message.to.where for message in town.texts.messages} == {STRANGER}


@pytest.mark.parametrize("text", ["", "LACAK", "halo", "LACAK 123", "LACAK KRK-2026-000001 tolong", "🙏" * 300])
def test_what_cannot_be_read_is_answered_with_one_line_of_help(town, case, text):
    town.engine.hear(PHONE, text)

    (told,) = answers(town)
    assert told.startswith("Untuk melacak, kirim: LACAK")


def test_a_message_that_the_gateway_tells_twice_is_answered_once(town, case):
    for _ in range(2):
        town.engine.hear(PHONE, f"LACAK {case.reference}", "m-1")

    assert len(answers(town)) == 1


def test_a_telephone_that_keeps_asking_is_dropped_for_a_while(town, case):
    for _ in range(12):
        town.engine.hear(PHONE, f"LACAK {case.reference}")

    assert len(answers(town)) == 10


def test_berhenti_by_text_stops_the_news_and_says_so(town, case):
    town.engine.hear(PHONE, f"BERHENTI {case.reference}")

    assert "kabar tahap kami hentikan" in answers(town)[0]
    assert town.queries.tracking(case.token).reach.stopped


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("service", ["krk", "iptb", "complaint"])
def test_the_answer_for_every_stage_of_every_service_fits_one_sms_with_all_three_facts(tmp_path, service, language):
    town = office_in(tmp_path)
    version = town.publish(ROOT / "processes" / service)
    far = datetime(2026, 9, 30, 9, tzinfo=UTC)  # Rabu, 30 September: about the longest day there is
    with town.store.read() as reads:
        entry = town.janji.house.entry(reads, version)
    facts = Facts(town.janji.house, "https://janji.semarangkota.go.id", "Kantor")
    for stage in entry.definition.facts.stages:
        for due in (far, datetime(2026, 12, 30, 9, tzinfo=UTC), None):
            made = Case(
                id="c", reference=f"{entry.definition.facts.code}-2026-000123", service=service, version=version,
                revision=1, stage=stage.id, subject="", place="", channel="web", language=language,
                started_at=far, due_at=due, promise_state=PromiseState.NOT_STARTED,
            )  # fmt: skip
            given = facts.about(made, entry, language)
            told = one_sms(*entry.texts.sms(language, "lacak", given))

            assert len(told) <= LONGEST
            assert set(told) <= _GSM
            for fact in ("stage", "promise", "next"):
                assert plain(given[fact]) in told
    town.janji.close()


def test_what_does_not_fit_is_left_out_from_the_end_and_the_first_is_cut_between_words():
    assert one_sms("a" * 100, "b" * 70, "c" * 50) == "a" * 100 + " " + "c" * 50
    assert one_sms("kata " * 50) == "kata " * 30 + "kata..."
    assert shortened("satu dua tiga", 11) == "satu dua..."
    assert plain("“Kafé” – 5 m² …") == '"Kafé" - 5 m2 ...'


def test_the_seedling_of_a_new_service_needs_no_words_of_its_own(tmp_path):
    town = office_in(tmp_path)
    (tmp_path / "processes").mkdir()
    plant("contoh", tmp_path / "processes", tmp_path / "forms")
    version = town.publish(tmp_path / "processes" / "contoh", tmp_path / "forms")
    with town.store.read() as reads:
        texts = town.janji.house.entry(reads, version).texts

    assert texts.notice("en", "tahap", {"reference": "X-1", "stage": "Check"})[0] == "Case X-1: Check"
    town.janji.close()
