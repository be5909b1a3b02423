"""Digests by mail: one's work each morning for who wants it, a supervisor's week, and nothing of a citizen in them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from engine.errors import NotFound
from engine.model import AbsenceKind, Preferences, Told
from tests.builders import office_in, staff
from tests.samples import sample

CLERK = staff("verifikator", login="ratih")
HEAD = staff("kasi", login="rudi")
KADIS = staff("kadis", login="dewi")


@pytest.fixture
def office(city_office):
    for who in (CLERK, HEAD, KADIS):
        city_office.janji.accounts.add(who.id, who.id.title(), f"{who.id}@kota.example", "a long password", who.posts)
    return city_office


@pytest.fixture
def krk(office):
    """A KRK that ratih holds."""
    case = office.apply("krk", sample("krk", "perorangan"))
    office.engine.claim(office.task(case, "verifikasi_berkas").id, CLERK)
    return case


def choose(office, who, **choices):
    office.engine.choose(Preferences(who.id, **choices), who)


def beat(office, at=None):
    """One beat of the background, after waiting until an instant."""
    if at:
        office.wait(at)
    office.janji.digests.ask_if_time()
    office.janji.outbox.send_due()


def mails(office, who, about=""):
    return [
        mail for mail in office.mail.messages if mail.to.where == f"{who.id}@kota.example" and about in mail.subject
    ]


def test_work_of_the_day_comes_as_the_office_opens_once(office, krk):
    choose(office, CLERK, told=Told.DAILY)
    beat(office, "2026-11-24T07:59")
    assert mails(office, CLERK) == []

    beat(office, "2026-11-24T08:00")
    beat(office, "2026-11-24T09:00")

    (mail,) = mails(office, CLERK)
    assert krk.reference in mail.body
    assert "Siti" not in mail.subject + mail.body
    assert "3374" not in mail.body, "no identity number"


def test_it_stands_in_order_of_time_left_and_names_no_more_than_a_mail_can_hold(office, krk):
    office.wait("+1wd")
    for _ in range(11):
        office.engine.claim(
            office.task(office.apply("krk", sample("krk", "perorangan")), "verifikasi_berkas").id, CLERK
        )
    choose(office, CLERK, told=Told.DAILY)
    beat(office, "2026-11-25T08:00")

    lines = re.findall(r"^- (.*)$", mails(office, CLERK)[0].body, re.MULTILINE)
    shown = [work.case.reference for work in office.queries.worklist(CLERK, "saya").rows]
    assert [re.search(r"KRK-\S+\d", line)[0] for line in lines[:-1]] == shown[:10]
    assert lines[-1] == "dan 2 lagi"


def test_who_has_nothing_to_do_or_did_not_ask_is_left_in_peace(office):
    choose(office, CLERK, told=Told.DAILY)
    beat(office, "2026-11-24T08:00")

    assert mails(office, CLERK) == []


def test_work_that_is_given_is_told_at_once_daily_or_never_as_one_chose(office, krk):
    other = staff("verifikator", login="budi")
    office.janji.accounts.add(other.id, "Budi", "budi@kota.example", "a long password", other.posts)
    for told, count in ((Told.AT_ONCE, 1), (Told.DAILY, 1), (Told.NEVER, 1)):
        choose(office, other, told=told)
        task = office.task(krk, "verifikasi_berkas")
        office.engine.assign(task.id, "budi", CLERK, "cuti")
        office.clock.forward(minutes=11)
        office.janji.outbox.send_due()
        office.engine.assign(task.id, "ratih", other, "kembali")
        assert len(mails(office, other, "diserahkan")) == count, told


def test_a_supervisors_week_has_the_figures_of_the_page_at_that_instant(office, krk):
    office.do(krk, "verifikasi_berkas", sample("krk", "lengkap"), by=CLERK)
    asked = office.apply("krk", sample("krk", "perorangan"))
    beat(office, "2026-12-07T08:00")

    (mail,) = mails(office, HEAD, "Pengawasan")
    seen = office.queries.oversight(HEAD)
    figures = dict(re.findall(r"^([^\d\n]+?): (\d+)$", mail.body, re.MULTILINE))
    assert {name: int(count) for name, count in figures.items()} == {
        "Terlambat": seen.late,
        "Mendekati batas": seen.at_risk,
        "Menunggu pemohon, jam berhenti": seen.applicant,
        "Menunggu Anda": len(seen.escalated),
    }
    assert seen.late == 1
    assert re.search(rf"lewat \d+ hari kerja: {krk.reference}, ", mail.body)
    assert asked.reference not in mail.body, "its promise has not begun"
    assert "Siti" not in mail.body
    assert "\n\n\n" not in mail.body, "an empty list leaves no gap"


def test_one_a_week_as_the_office_opens_on_its_first_day(office, krk):
    beat(office, "2026-11-23T09:01")
    beat(office, "2026-11-24T08:00")
    assert len(mails(office, HEAD, "Pengawasan")) == 1

    beat(office, "2026-11-30T07:59")
    assert len(mails(office, HEAD, "Pengawasan")) == 1
    for at in ("2026-11-30T08:00", "2026-11-30T12:00", "2026-12-01T08:00"):
        beat(office, at)
    assert len(mails(office, HEAD, "Pengawasan")) == 2


def test_when_monday_is_a_holiday_it_comes_on_tuesday(tmp_path):
    """15 March 2027 is cuti bersama for Idul Fitri."""
    office = office_in(tmp_path, at=datetime(2027, 3, 12, 2, tzinfo=UTC))
    office.janji.accounts.add(HEAD.id, "Rudi", "rudi@kota.example", "a long password", HEAD.posts)
    beat(office)
    before = len(mails(office, HEAD))

    counts = []
    for at in ("2027-03-15T09:00", "2027-03-16T07:59", "2027-03-16T08:00", "2027-03-17T08:00"):
        beat(office, at)
        counts.append(len(mails(office, HEAD)) - before)
    office.janji.close()

    assert counts == [0, 0, 1, 1]


def test_two_workers_that_ask_at_once_tell_once(office, krk):
    office.janji.digests.ask_if_time()
    with office.store.write() as tx:
        tx.set_setting("digest_on", "")
        tx.set_setting("digest_week", "")
    office.janji.digests.ask_if_time()
    office.janji.outbox.send_due()

    assert len(mails(office, HEAD, "Pengawasan")) == 1


def test_a_supervisor_may_do_without_it_and_a_clerk_is_never_sent_one(office, krk):
    choose(office, HEAD, weekly=False)
    beat(office)

    assert (mails(office, HEAD), mails(office, CLERK)) == ([], [])
    assert len(mails(office, KADIS)) == 1


def test_who_supervises_no_more_when_it_is_sent_is_told_nothing(office, krk):
    office.janji.digests.ask_if_time()
    with office.store.write() as tx:
        tx.set_posts(HEAD.id, CLERK.posts)
    office.janji.outbox.send_due()

    assert mails(office, HEAD) == []


def test_choices_are_ones_own(office):
    assert office.queries.preferences(CLERK) == Preferences("ratih")

    with pytest.raises(NotFound):
        office.engine.choose(Preferences("rudi", keys=False), CLERK)
    choose(office, CLERK, keys=False)

    assert office.queries.preferences(CLERK) == Preferences("ratih", keys=False)


# ── while somebody is away ────────────────────────────────────────────────────────────────────────────────────────────

BAYU = staff("verifikator", login="bayu")
LEAVE = (AbsenceKind.LEAVE, date(2026, 11, 24), date(2026, 11, 24))


def test_whoever_is_away_has_no_mail_of_the_day_and_their_work_stands_in_that_of_the_substitute(office, krk):
    office.janji.accounts.add(BAYU.id, "Bayu", "bayu@kota.example", "a long password", BAYU.posts)
    for who in (CLERK, BAYU):
        choose(office, who, told=Told.DAILY)
    office.engine.be_away(CLERK.id, *LEAVE, [BAYU.id], CLERK, "k")

    beat(office, "2026-11-24T08:00")
    assert mails(office, CLERK) == []
    assert [krk.reference in mail.body for mail in mails(office, BAYU, "Tugas Anda hari ini")] == [True]

    beat(office, "2026-11-25T08:00")
    assert [krk.reference in mail.body for mail in mails(office, CLERK, "Tugas Anda hari ini")] == [True]


def test_a_substitute_is_told_once_for_whom_and_until_when_and_nothing_of_a_citizen(office, krk):
    office.janji.accounts.add(BAYU.id, "Bayu", "bayu@kota.example", "a long password", BAYU.posts)
    absence = office.engine.be_away(CLERK.id, *LEAVE, [BAYU.id], CLERK, "k")
    beat(office)
    office.engine.set_substitutes(absence, [], CLERK)
    office.engine.set_substitutes(absence, [BAYU.id], CLERK)
    beat(office)

    (mail,) = mails(office, BAYU)
    assert "Anda menggantikan Ratih" in mail.subject
    assert "Selasa, 24 Nov 2026" in mail.body
    assert not re.search(r"cuti|sakit|Siti|3374", mail.subject + mail.body), "neither why, nor of whom the work is"


def test_whoever_is_no_substitute_any_more_when_the_mail_would_go_is_told_nothing(office):
    office.janji.accounts.add(BAYU.id, "Bayu", "bayu@kota.example", "a long password", BAYU.posts)
    absence = office.engine.be_away(CLERK.id, *LEAVE, [BAYU.id], CLERK, "k")
    office.engine.end_absence(absence, CLERK)
    beat(office)

    assert mails(office, BAYU) == []
