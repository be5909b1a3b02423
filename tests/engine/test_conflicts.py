"""Conflicts of interest: who declared one, or is kept out by a rule, neither takes, gets nor finishes the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from engine.errors import NotYours, WindowClosed
from engine.model import Actor, ActorKind, Hand, NotHanded, Post
from tests.builders import Application, Office, office_in, staff
from tests.engine.test_complaint import SAMPLES, SERVICE, do
from tests.samples import sample

RINA, BAGUS = (staff("admin_pengaduan", login=login) for login in ("rina", "bagus"))
HEAD = staff("pengawas", login="hendra")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = office_in(Path(tmp_path_factory.mktemp("office")))
    opened.publish(SERVICE)
    for who in (RINA, BAGUS, HEAD):
        opened.janji.accounts.add(who.id, who.id.title(), f"{who.id}@kota.example", "a long password", who.posts)
    yield opened
    opened.janji.close()


@pytest.fixture
def complaint(office: Office) -> Application:
    return office.apply("complaint", SAMPLES["lampu_jalan"])


def declare(office: Office, complaint: Application, by: Actor = RINA, why: str = "") -> str:
    task = office.task(complaint, office.open(complaint)[0])
    office.engine.stand_aside(task.id, why, by)
    return task.id


def test_the_task_goes_back_to_the_role_without_whoever_declared_an_interest(
    office: Office, complaint: Application
) -> None:
    task_id = office.task(complaint, "verifikasi_laporan").id
    office.engine.claim(task_id, RINA)

    declare(office, complaint)

    assert office.task(complaint, "verifikasi_laporan").holder is None
    assert not office.queries.desk(task_id, RINA).mine
    assert office.queries.desk(task_id, BAGUS).mine
    with pytest.raises(NotYours, match="conflict"):
        office.do(complaint, "verifikasi_laporan", SAMPLES["lengkap"], RINA)


def test_it_holds_for_every_later_task_of_the_case(office: Office, complaint: Application) -> None:
    declare(office, complaint)
    office.do(complaint, "verifikasi_laporan", SAMPLES["lengkap"], BAGUS)

    with pytest.raises(NotYours, match="conflict"):
        office.engine.claim(office.task(complaint, "disposisi").id, RINA)


def test_nobody_can_give_them_the_work_alone_or_among_many(office: Office, complaint: Application) -> None:
    task_id = declare(office, complaint)

    assert "rina" not in office.queries.colleagues(task_id, HEAD)
    assert "rina" not in {one.person.login for one in office.queries.offer([task_id], HEAD).colleagues}
    with pytest.raises(NotYours, match="conflict"):
        office.engine.assign(task_id, "rina", HEAD, "cuti")
    act = office.engine.hand_over([task_id], Hand.ASSIGN, "rina", "cuti", HEAD, f"give-{task_id}")
    assert [one.refused for one in office.queries.handed_over(act, HEAD).refused] == [NotHanded.CONFLICT]


def test_undoing_a_hand_over_does_not_bring_the_work_back_to_them(office: Office, complaint: Application) -> None:
    task_id = office.task(complaint, "verifikasi_laporan").id
    office.engine.claim(task_id, RINA)
    act = office.engine.assign(task_id, "bagus", HEAD, "cuti")
    declare(office, complaint)

    assert office.engine.undo(act, HEAD) == 0
    assert office.task(complaint, "verifikasi_laporan").holder == "bagus"


def test_their_list_leaves_it_out_and_a_colleagues_does_not(office: Office, complaint: Application) -> None:
    declare(office, complaint)

    seen = {
        who.id: {row.case.reference for row in office.queries.worklist(who, "kelompok").rows} for who in (RINA, BAGUS)
    }

    assert complaint.reference not in seen["rina"]
    assert complaint.reference in seen["bagus"]


def test_a_number_above_a_list_counts_what_the_list_shows_to_whoever_declared_an_interest(
    office: Office, complaint: Application
) -> None:
    def numbers(who: Actor) -> tuple[int, int]:
        seen = office.queries.worklist(who, "kelompok", since=complaint_came - timedelta(minutes=1))
        return seen.counts["kelompok"], seen.fresh

    complaint_came = office.clock.now()
    before = {who.id: numbers(who) for who in (RINA, BAGUS)}

    declare(office, complaint)

    assert numbers(RINA) == tuple(count - 1 for count in before["rina"])
    assert numbers(BAGUS) == before["bagus"]
    for who in (RINA, BAGUS):
        assert numbers(who)[0] == len(office.queries.exported(who, "kelompok"))


def test_the_record_says_that_it_was_declared_and_why_only_if_they_wrote_it(
    office: Office, complaint: Application
) -> None:
    declare(office, complaint)
    declare(office, complaint, BAGUS, "Saudara saya yang melapor.")

    with office.store.read() as reads:
        said = [(entry.actor, dict(entry.facts)) for entry in reads.audit(complaint.id) if entry.verb == "stand_aside"]
    assert said == [("staff:rina", {}), ("staff:bagus", {"reason": "Saudara saya yang melapor."})]
    assert all(event.verb != "stand_aside" for event in office.queries.tracking(complaint.token).history)


def test_a_slip_is_taken_back_within_ten_minutes_and_no_later(office: Office, complaint: Application) -> None:
    task_id = declare(office, complaint)
    office.engine.stand_back(task_id, RINA)
    assert office.queries.desk(task_id, RINA).mine

    declare(office, complaint)
    office.clock.forward(minutes=10)
    with pytest.raises(WindowClosed):
        office.engine.stand_back(task_id, RINA)


def test_it_moves_no_date(office: Office, complaint: Application) -> None:
    before = office.case(complaint).due_at

    declare(office, complaint)

    assert office.case(complaint).due_at == before


def test_a_complaint_about_an_officer_goes_to_the_inspectorate_whatever_class_is_chosen(office: Office) -> None:
    complaint = office.apply("complaint", SAMPLES["pungli"])
    do(office, complaint, ("verifikasi_laporan", "lengkap"), ("disposisi", "ke_dishub"))

    assert office.open(complaint) == ["pemeriksaan_inspektorat"]


def test_whoever_handled_the_permit_can_neither_take_nor_be_given_the_complaint_about_it(office: Office) -> None:
    first = office.apply("complaint", SAMPLES["lampu_jalan"])
    office.do(first, "verifikasi_laporan", SAMPLES["lengkap"], RINA)
    about = office.apply("complaint", {**SAMPLES["lampu_jalan"], "nomor_izin": first.reference})
    task_id = office.task(about, "verifikasi_laporan").id

    with pytest.raises(NotYours, match="conflict"):
        office.engine.claim(task_id, RINA)
    assert set(office.queries.colleagues(task_id, HEAD)) == {"bagus"}
    assert not office.queries.desk(task_id, RINA).mine
    assert office.queries.desk(task_id, BAGUS).mine


def test_when_nobody_is_left_the_first_rung_of_the_ladder_learns_of_it(office: Office, complaint: Application) -> None:
    declare(office, complaint)
    assert "tidak_ada_petugas" not in office.told(complaint)

    declare(office, complaint, BAGUS)

    with office.store.read() as reads:
        told = [(one.to, one.unit) for one in reads.notices(complaint.id) if one.text == "tidak_ada_petugas"]
    assert told == [("opd_admin", "diskominfo")]


def test_a_second_person_checks_before_it_goes_out_and_is_told_whose_work_it_is(city_office: Office) -> None:
    both = Actor(ActorKind.STAFF, "dewi", "Dewi", frozenset({Post("juru_gambar", None), Post("kasi", None)}))
    city_office.janji.accounts.add("dewi", "Dewi Anggraini", "dewi@kota.example", "a long password", both.posts)
    krk = city_office.apply("krk", sample("krk", "perorangan"))
    city_office.do(krk, "verifikasi_berkas", sample("krk", "lengkap"))
    city_office.do(krk, "penugasan", sample("krk", "koordinat_baik"))
    city_office.do(krk, "plotting_zona", sample("krk", "zona_sedang"))
    city_office.do(krk, "analisis_tata_ruang", sample("krk", "analisis_sesuai_tabel"), by=both)
    check = city_office.task(krk, "koreksi_kasi").id

    def looked_at(by: Actor) -> tuple[str, str, bool]:
        told = city_office.queries.oversight(by).checks[check]
        return told.element, told.by_name, told.own

    assert looked_at(both) == ("analisis_tata_ruang", "Dewi Anggraini", True)
    assert looked_at(staff("kasi")) == ("analisis_tata_ruang", "Dewi Anggraini", False)
    for act in (
        lambda: city_office.do(krk, "koreksi_kasi", sample("krk", "setuju"), by=both),
        lambda: city_office.engine.claim(check, both),
    ):
        with pytest.raises(NotYours):
            act()
    city_office.do(krk, "koreksi_kasi", sample("krk", "setuju"))
    assert city_office.open(krk) == ["koreksi_kabid"]
