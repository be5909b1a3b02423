"""The draft of a task's form: nothing typed is lost, whoever holds the task next, and nobody is written over."""

from __future__ import annotations

import pytest

from engine.errors import DraftMovedOn, TaskGone, TaskHeld
from engine.house import TYPED
from engine.stories.playing import with_papers
from tests.bench.office import SAMPLES
from tests.builders import staff
from tests.test_privacy import REPORT

RINA, BAGUS = staff("verifikator", login="rina"), staff("verifikator", login="bagus")
NONSENSE = {"hasil": "entah", "putusan.nik.alasan": "NIK 3374010101900001 kabur", "catatan": "cek lagi"}


@pytest.fixture
def task(city_office):
    return city_office.task(city_office.apply("krk", SAMPLES["perorangan"]), "verifikasi_berkas")


def save(office, task, raw, by=RINA, page="rina-1", seen=0):
    return office.engine.save_task_draft(task.id, raw, {}, by, page, seen)[0]


def test_nonsense_is_kept_as_it_was_typed_and_a_colleague_finds_it_with_author_and_time(city_office, task):
    at = city_office.clock.now()
    save(city_office, task, NONSENSE)
    city_office.wait("+1h")

    draft = city_office.queries.desk(task.id, BAGUS).draft

    assert (draft.by, draft.at, draft.own, draft.version) == ("rina", at, False, 1)
    values = city_office.queries.desk(task.id, BAGUS).form.values
    assert values["hasil"] == "entah"
    assert values["putusan"]["nik"]["alasan"] == "NIK 3374010101900001 kabur"


def test_what_was_cleared_stays_cleared_though_the_case_would_propose_something(city_office, task):
    city_office.engine.complete(task.id, SAMPLES["lengkap"] | {"hasil": "tidak_dapat_diproses",
        "dasar_penolakan": "sengketa", "alasan_penolakan": "Ada gugatan."}, {}, RINA, "k")  # fmt: skip
    kadis = staff("kadis")
    refusal = next(one for one in city_office.inbox("kadis") if one.case_id == task.case_id)
    assert city_office.queries.desk(refusal.id, kadis).form.values["alasan"] == "Ada gugatan."

    save(city_office, refusal, {"putusan": "tolak", "alasan": ""}, by=kadis)

    assert "alasan" not in city_office.queries.desk(refusal.id, kadis).form.values


def test_two_pages_that_began_with_the_same_draft_do_not_write_over_each_other(city_office, task):
    save(city_office, task, {"catatan": "satu"})

    with pytest.raises(DraftMovedOn) as told:
        save(city_office, task, {"catatan": "dua"}, by=BAGUS, page="bagus-1")
    assert (told.value.standing.by, told.value.standing.typed["catatan"]) == ("rina", "satu")

    save(city_office, task, {"catatan": "satu dan dua"}, by=BAGUS, page="bagus-1", seen=told.value.standing.version)
    with pytest.raises(DraftMovedOn):
        save(city_office, task, {"catatan": "tiga"}, page="rina-2", seen=1)


def test_a_page_whose_answer_was_lost_on_the_way_goes_on_as_if_it_had_come(city_office, task):
    save(city_office, task, {"catatan": "satu"})

    assert save(city_office, task, {"catatan": "satu, dua"}).version == 2


def test_finishing_over_a_draft_that_one_has_not_seen_is_stopped_and_nothing_moves(city_office, task):
    save(city_office, task, {"catatan": "tunggu"})

    with pytest.raises(DraftMovedOn):
        city_office.engine.complete(task.id, SAMPLES["lengkap"], {}, BAGUS, "k", seen=0)
    assert city_office.queries.desk(task.id, RINA).mine

    city_office.engine.complete(task.id, SAMPLES["lengkap"], {}, BAGUS, "k", seen=1)
    with city_office.store.read() as reads:
        assert reads.task_draft(task.id) is None


def test_what_a_task_that_closed_by_itself_left_unread_is_there_for_its_author_only(city_office):
    case = city_office.apply("complaint", REPORT)
    admin, other = staff("admin_pengaduan", login="ani"), staff("admin_pengaduan", login="edi")
    task = city_office.task(case, "verifikasi_laporan")
    save(city_office, task, {"alasan": "panjang lebar"}, by=admin)
    city_office.engine.withdraw(case.token, "sudah beres", "w")

    assert city_office.queries.desk(task.id, admin).draft.values["alasan"] == "panjang lebar"
    assert city_office.queries.desk(task.id, other).draft is None
    with pytest.raises(TaskGone):
        save(city_office, task, {"catatan": "lagi"}, by=admin, seen=1)


def test_who_does_not_hold_the_task_cannot_write_in_it(city_office, task):
    city_office.engine.claim(task.id, BAGUS)

    with pytest.raises(TaskHeld):
        save(city_office, task, NONSENSE)


def test_a_draft_lies_sealed_and_goes_with_its_case_or_after_two_weeks(city_office, task):
    save(city_office, task, NONSENSE)
    with city_office.store.read() as reads:
        assert list(reads.task_draft(task.id).typed) == [TYPED]
        assert "3374010101900001" not in str(reads.task_draft(task.id).typed)

    with city_office.store.write() as tx:
        tx.drop_stale_task_drafts(city_office.clock.now())
    assert city_office.queries.desk(task.id, RINA).draft is not None

    city_office.wait("+15d")
    city_office.janji.housekeeping.tidy()
    assert city_office.queries.desk(task.id, RINA).draft is None

    save(city_office, task, NONSENSE, seen=1)
    with city_office.store.write() as tx:
        tx.shred(task.case_id)
    with city_office.store.read() as reads:
        assert reads.task_draft(task.id) is None


def test_papers_of_a_draft_pass_to_whoever_goes_on_with_it(city_office):
    case = city_office.apply("krk", SAMPLES["titik_saja"])
    city_office.do(case, "verifikasi_berkas", SAMPLES["lengkap"])
    city_office.do(case, "penugasan", {"koordinat": "perlu_survei", "arahan": "Ukur lebar jalan."})
    task = city_office.task(case, "survei_lapangan")
    answers, papers = with_papers(SAMPLES["hasil_survei"])
    first, second = staff("surveyor", login="satu"), staff("surveyor", login="dua")

    city_office.engine.save_task_draft(task.id, answers, papers, first, "page", 0)
    desk = city_office.queries.desk(task.id, second)
    city_office.engine.complete(task.id, desk.form.values, {}, second, "k", desk.draft.version)

    with city_office.store.read() as reads:
        assert {one.added_by for one in reads.documents(task.case_id) if one.origin == "staff"} == {"satu"}
