"""Every page of staff, once at either width: no error, nothing to be moved sideways, nothing that axe finds.

`LEFT_OUT` says why a page is not opened here. A page that is neither opened nor there fails, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from engine.model import AbsenceKind, Actor, ActorKind, Hand, OrderKind, OutageProposal, Post, Proposal
from engine.questions.queueing import FEWEST
from tests.browser.town import PASSWORD, Town, open_town
from tests.builders import Application, staff
from tests.samples import sample
from webapp import create_app
from webapp.frame.access import OPEN_TO_STRANGERS, policy_of

EVERYTHING = frozenset(Post(role) for role in ("kadis", "loket", "operator", "kasi", "pengawas", "admin_pengaduan"))
"""Posts of one colleague who may open every page."""
LEFT_OUT = {
    "cases.document": "a paper, no page",
    "releasing.photo": "a picture, no page",
    "worksheet.table": "a file, no page",
    "tabular.table": "a file, no page",
    "case_sheet.table": "a file, no page",
    "event_log.ocel": "a file, no page",
    "event_log.xes": "a file, no page",
    "operations.metrics": "figures for a program, no page",
    "putting_off.left": "leads back to the list, is no page",
    "handover.left": "leads back to the list, is no page",
    "sharing.left": "leads back to the list, is no page",
    "keys.onward": "leads on to a task, is no page",
    "handing_in.standing": "an answer for a program, no page",
    "fieldwork.mine": "walked in test_fieldwork",
    "fieldwork.task": "walked in test_fieldwork",
    "fieldwork.offline": "walked in test_fieldwork",
}


@dataclass(frozen=True)
class Day:
    """A town on a day on which something of everything is to be seen."""

    town: Town
    here: Actor
    running: Application
    """Promised, and due for its next step."""
    report: Application
    """A complaint about which its reporter is to be asked late."""
    task: str
    paper: str
    order: str
    absence: str
    act: str
    late_request: str

    def pages(self) -> dict[str, list[str]]:
        """Where each page is, by endpoint."""
        own = f"/berkas/{self.running.reference}"
        return {
            "inbox.worklist": ["/tugas", "/tugas?tab=kelompok", "/tugas?tab=semua"],
            "inbox.desk": [f"/tugas/{self.task}"],
            "watching.listed": ["/tugas/diikuti"],
            "journeys.of_task": [f"/tugas/{self.task}/alur"],
            "previews.show": [f"/tugas/{self.task}/lihat"],
            "handover.result": [f"/tugas/serahan/{self.act}"],
            "cases.case_file": [own],
            "reader.show": [f"/dokumen/{self.paper}/lihat?tugas={self.task}", f"/dokumen/{self.paper}/lihat?besar=1"],
            "releasing.desk": [f"/berkas/{self.report.reference}/publikasi"],
            "merging.choose": [f"/berkas/{self.report.reference}/gabung"],
            "keys.listed": ["/tugas/tombol"],
            "preferences.own": ["/saya"],
            "clarifying.listed": ["/permintaan"],
            "clarifying.late_request": [f"/permintaan/{self.late_request}"],
            "cases.listed": ["/kasus", "/kasus?cari=Siti"],
            "extensions.extension": [f"{own}/perpanjang"],
            "counter.services": ["/loket"],
            "counter.entry": [f"/loket/{service}" for service in ("krk", "iptb", "complaint")],
            "oversight.overview": ["/pengawasan"],
            "ladder.log": ["/pengawasan/tangga"],
            "second_look.listed": ["/pengawasan/sampel"],
            "oversight.suggestions": ["/pengawasan/saran"],
            "queueing.listed": ["/pengawasan/perkiraan/complaint/2026-12-02"],
            "timing.heat": ["/pengawasan/alur/krk"],
            "promise_lists.due": ["/pengawasan/janji/krk"],
            "promise_lists.closed": ["/pengawasan/janji/krk/ditutup/180-hari"],
            "promise_lists.rates": ["/pengawasan/laju/krk"],
            "took_lists.visits": ["/pengawasan/kunjungan/krk/pendaftaran"],
            "took_lists.done": ["/pengawasan/langkah/krk/verifikasi_berkas"],
            "people.overview": ["/orang"],
            "people.me": ["/orang/saya"],
            "people.person": [f"/orang/{self.here.id}"],
            "sharing.queue": [f"/orang/{self.here.id}/serahkan"],
            "absences.form": [f"/orang/{self.here.id}/tidak-hadir"],
            "absences.substitutes": [f"/orang/{self.here.id}/tidak-hadir/{self.absence}"],
            "calendar.year": ["/kalender"],
            "calendar.change": ["/kalender/usul", "/kalender/usul?jenis=hours"],
            "calendar.what_if": ["/kalender/andai", "/kalender/andai?layanan=krk&pada=2026-12-23T16:59"],
            "orders.order": [f"/kalender/perintah/{self.order}"],
            "outages.order": ["/gangguan/perintah"],
            "operations.overview": ["/operator"],
        }


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Day]:
    with open_town(tmp_path_factory.mktemp("office"), browser) as town:
        yield _day(town)
        town.look_again()
        town.everybody_leaves()


def _day(town: Town) -> Day:
    office, engine = town.office, town.office.engine
    office.janji.accounts.add("ayu", "Ayu Lestari", "", PASSWORD, EVERYTHING)
    here = Actor(ActorKind.STAFF, "ayu", "Ayu Lestari", EVERYTHING)
    late = office.apply("krk", sample("krk", "perorangan"))
    office.do(late, "verifikasi_berkas", sample("krk", "lengkap"))
    report = office.apply("complaint", sample("complaint", "lampu_jalan"))
    for _ in range(FEWEST):
        turned_down = office.apply("complaint", sample("complaint", "lampu_jalan"))
        office.do(turned_down, "verifikasi_laporan", sample("complaint", "bukan_wewenang"))
    office.work_through("2026-12-01T09:00")
    office.do(report, "verifikasi_laporan", sample("complaint", "perlu_keterangan"))
    with office.store.read() as reads:
        late_request = reads.late_requests(report.id)[0].id
    running = office.apply("krk", sample("krk", "perorangan"))
    office.do(running, "verifikasi_berkas", sample("krk", "lengkap"))
    office.apply("krk", sample("krk", "titik_saja"))
    task = office.task(running, "penugasan").id
    with office.store.read() as reads:
        paper = next(one.id for one in reads.documents(running.id) if one.mime == "application/pdf")
    act = engine.hand_over([task], Hand.CLAIM, "", "", here, "take")
    engine.watch(report.reference, here)
    engine.save_task_draft(task, sample("krk", "koordinat_baik"), {}, here, "draft", 0)
    flood = date(2026, 12, 3)
    closed = Proposal(OrderKind.CLOSED, "800/12", flood, flood, "Banjir", "Kantor terendam")
    order = engine.propose(closed, here, "propose")
    now = office.clock.now()
    outage = OutageProposal("G-1", (), now, now + timedelta(days=1), "Pusat data padam.")
    engine.declare_outage(outage, staff("sekda"), "outage")
    first_on, last_on = date(2026, 12, 14), date(2026, 12, 16)
    absence = engine.be_away("ayu", AbsenceKind.LEAVE, first_on, last_on, [], here, "away")
    return Day(town, here, running, report, task, paper, order.id, absence, act, late_request)


@pytest.fixture(scope="module")
def phone(day: Day) -> Page:
    """Signed in."""
    page = day.town.phone("ayu")
    day.town.go(page, "/masuk")
    page.get_by_label("Nama pengguna").fill("ayu")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    day.town.press(page.get_by_role("button", name="Masuk"))
    return page


def test_every_page_of_staff_is_opened_here_or_somewhere_else(day: Day):
    app = create_app(day.town.office.janji)

    forgotten = _pages_of_staff(app) - day.pages().keys() - LEFT_OUT.keys()
    assert not forgotten, "put where each is into `pages`, or why it is not looked at into LEFT_OUT"
    assert LEFT_OUT.keys() | day.pages().keys() <= _pages_of_staff(app), "some are gone"


def test_every_page_of_staff_is_fit_for_everybody(day: Day, phone: Page):
    for paths in day.pages().values():
        for path in paths:
            day.town.go(phone, path)
            assert phone.locator("h1").count() == 1, path


def _pages_of_staff(app: Flask) -> set[str]:
    rules = (rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()))
    policies = {rule.endpoint: policy_of(app, rule.endpoint) for rule in rules}
    return {endpoint for endpoint, policy in policies.items() if policy and policy.kind not in OPEN_TO_STRANGERS}
