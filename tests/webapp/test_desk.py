"""The page of a task over a real office: unfinished text, two people at one form, what comes next, what goes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

import pytest

from engine.model import Document
from tests.bench.office import KRK, SAMPLES
from tests.builders import Office, office_in, staff
from tests.webapp.browsing import Visitor, browsers, seat, words

PEOPLE = {"rina": "verifikator", "bagus": "verifikator", "kasi": "kasi", "gita": "juru_gambar", "kadis": "kadis"}
_keys = (f"desk-{n}" for n in count())


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Iterator[Office]:
    """One office for this module; every test has a case of its own."""
    office = office_in(tmp_path_factory.mktemp("desk"))
    office.publish(KRK)
    seat(office, PEOPLE)
    yield office
    office.janji.close()


@pytest.fixture(scope="module")
def at(town):
    """Somebody's browser, signed in; one for each person."""
    return browsers(town)


@pytest.fixture
def task(town):
    return town.task(town.apply("krk", SAMPLES["titik_saja"]), "verifikasi_berkas")


TICKED = {"daftar.formulir.tanda": "true", "daftar.letak.tanda": "true"}
COMPLETE = {"putusan.*.hasil": "sesuai", **TICKED, "hasil": "lengkap"}


def address(task) -> str:
    return f"/tugas/{task.id}"


def kept(page) -> dict[str, str]:
    """The hidden fields of the form of the task."""
    return fields(page, 'class="schema-form"')


def fields(page, mark: str) -> dict[str, str]:
    """The hidden fields of the form behind a mark."""
    form = page.text.partition(mark)[2].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def save(who: Visitor, task, page=None, **typed):
    shown = page or who.get(address(task))
    return who.client.post(f"{address(task)}/draf", data={**kept(shown), **typed})


def test_nonsense_is_saved_by_a_button_and_found_again_by_whoever_comes_next(at, task):
    sent = save(at("rina"), task, hasil="entah", catatan="Cek lagi <besok>")

    assert sent.status_code == 303
    assert "Draf tersimpan." in words(at("rina").get(sent.location))
    seen = at("bagus").get(address(task))
    assert "Draf ditulis oleh Rina pada Senin, 23 Nov 2026" in words(seen)
    assert "Cek lagi &lt;besok&gt;</textarea>" in seen.text
    assert "error-summary" not in seen.text, "problems are named when somebody asks"


def test_two_people_see_both_texts_and_what_they_choose_is_what_stands(at, task):
    rina, bagus = at("rina").get(address(task)), at("bagus").get(address(task))
    save(at("rina"), task, rina, catatan="dari Rina", alasan_penolakan="Sengketa.")

    met = save(at("bagus"), task, bagus, catatan="dari Bagus")

    assert met.status_code == 409
    said = words(met)
    assert "Rina menyimpan draf pada Senin, 23 Nov 2026" in said
    assert said.index("dari Bagus") < said.index("dari Rina")
    choice = fields(met, "<h1>")
    chosen = {"pilih:catatan": "rekan", "pilih:alasan_penolakan": "rekan"}
    at("bagus").client.post(f"{address(task)}/draf", data={**choice, **chosen})
    now = at("rina").get(address(task)).text
    assert "dari Rina</textarea>" in now
    assert "Sengketa.</textarea>" in now


def test_a_script_is_told_the_version_and_the_hour_or_why_not(at, task):
    page = at("rina").get(address(task))
    data, asked = {**kept(page), "catatan": "a"}, {"Accept": "application/json"}

    first = at("rina").client.post(f"{address(task)}/draf", data=data, headers=asked)
    again = at("rina").client.post(f"{address(task)}/draf", data={**data, "catatan": "ab"}, headers=asked)
    other = at("bagus").client.post(
        f"{address(task)}/draf", data={**kept(at("bagus").get(address(task))), "konsep": "1"}, headers=asked
    )

    assert first.json == {"konsep": 1, "pukul": "09:00 WIB"}
    assert again.json["konsep"] == 2
    assert (other.status_code, other.json) == (409, {"sebab": "lain"})


def test_what_was_refused_when_finishing_is_saved_all_the_same(at, task):
    page = at("rina").get(address(task))
    sent = at("rina").client.post(address(task), data={**kept(page), "hasil": "lengkap", "catatan": "belum semua"})

    assert sent.status_code == 422
    assert "belum semua</textarea>" in at("bagus").get(address(task)).text


def test_finishing_beside_a_draft_that_one_has_not_seen_shows_both_first(at, town, task):
    bagus = at("bagus").get(address(task))
    save(at("rina"), task, catatan="jangan dulu")

    met = at("bagus").client.post(address(task), data={**kept(bagus), "putusan.*.hasil": "sesuai", "hasil": "lengkap"})

    assert met.status_code == 409
    assert "jangan dulu" in words(met)
    assert "Berkas belum bergerak." in words(met)


def test_finishing_says_what_is_most_urgent_next_and_a_button_takes_it(at, town, task):
    town.apply("krk", SAMPLES["titik_saja"])
    page = at("rina").get(address(task))
    done = at("rina").client.post(address(task), data={**kept(page), **COMPLETE})

    assert done.status_code == 303
    said = at("rina").get(done.location)
    assert "Tugas berikut yang paling mendesak: Verifikasi berkas" in words(said)
    taken = at("rina").client.post("/tugas/berikut", data=fields(said, 'class="next-up"'))
    assert taken.status_code == 303
    assert "Anda memegang tugas ini." in words(at("rina").get(taken.location))


def test_finish_and_take_next_never_takes_what_one_may_not_do(at, town):
    case = town.apply("krk", SAMPLES["titik_saja"])
    town.do(case, "verifikasi_berkas", SAMPLES["lengkap"])
    mine = town.task(case, "penugasan")
    page = at("kasi").get(address(mine))
    assert "Berikutnya: Tentukan zona dan kegiatan (Juru gambar)" in words(page)

    done = at("kasi").client.post(address(mine), data={**kept(page), "koordinat": "baik", "lanjut": "ambil"})

    opened = done.location.partition("?")[0]
    assert opened == "/tugas" or "Anda memegang tugas ini." in words(at("kasi").get(opened))


def signing(town) -> object:
    """A case at the signature of the Head of Department."""
    case = town.apply("krk", SAMPLES["titik_saja"])
    for element, answers in (
        ("verifikasi_berkas", SAMPLES["lengkap"]),
        ("penugasan", SAMPLES["koordinat_baik"]),
        ("plotting_zona", SAMPLES["zona_sedang"]),
        ("analisis_tata_ruang", SAMPLES["analisis_sesuai_tabel"]),
        ("koreksi_kasi", SAMPLES["setuju"]),
        ("koreksi_kabid", SAMPLES["setuju"]),
    ):
        town.do(case, element, answers)
    return town.task(case, "tanda_tangan_kadis")


def test_a_signature_shows_the_letter_first_and_nothing_is_issued_until_the_named_button(at, town):
    task = signing(town)
    page = at("kadis").get(address(task))
    assert f'formaction="{address(task)}/lihat"' in page.text.partition('value="setuju"')[2][:400]

    asked = at("kadis").client.post(
        f"{address(task)}/lihat", data={**kept(page), "putusan": "setuju", "catatan": "baik"}
    )
    shown = at("kadis").get(asked.location)

    said = words(shown)
    assert shown.text.count('src="data:image/png;base64,') >= 1
    assert "Pratinjau: belum bernomor, belum ditandatangani" in said
    assert "sudah terbit. Unduh di" in said
    assert "Diterbitkan: Keterangan Rencana Kota." in said
    with town.store.read() as reads:
        assert reads.permits(task.case_id) == ()
    assert "baik</textarea>" in at("kadis").get(address(task)).text, "going back loses nothing"

    done = at("kadis").client.post(address(task), data=kept(shown))
    assert done.status_code == 303
    with town.store.read() as reads:
        assert [one.number for one in reads.permits(task.case_id)] != ["PRATINJAU"]


def test_mistakes_are_named_instead_of_a_preview(at, town):
    task = signing(town)
    page = at("kadis").get(address(task))

    asked = at("kadis").client.post(f"{address(task)}/lihat", data={**kept(page), "putusan": "kembalikan"})
    back = at("kadis").get(asked.location)

    assert back.status_code == 422
    assert "#f-alasan_kembali" in back.text
    assert "<details open>" in back.text


def test_a_checklist_blocks_and_what_cannot_be_met_stands_in_the_history_with_its_reason(at, town, task):
    page = at("rina").get(address(task))
    half = {name: value for name, value in COMPLETE.items() if "letak" not in name}

    stopped = at("rina").client.post(address(task), data={**kept(page), **half})
    assert stopped.status_code == 422
    assert "Letak di peta cocok dengan alamat dan surat tanah: centang, atau tulis mengapa" in words(stopped)

    why = {"daftar.letak.alasan": "Jalannya baru berganti nama."}
    assert at("rina").client.post(address(task), data={**kept(stopped), **half, **why}).status_code == 303
    file = words(at("kasi").get(f"/berkas/{town.janji.queries.desk(task.id, staff('kasi')).case.reference}"))
    assert "tidak dapat dipenuhi: Letak di peta cocok dengan alamat dan surat tanah" in file
    assert "tidak dapat dipenuhi, karena Jalannya baru berganti nama." in file


def test_sending_a_file_back_needs_no_ticks(at, task):
    page = at("rina").get(address(task))
    wrong = {
        "putusan.*.hasil": "sesuai",
        "putusan.nama.hasil": "tidak_sesuai",
        "putusan.nama.keterangan": "Beda ejaan.",
    }

    sent = at("rina").client.post(address(task), data={**kept(page), **wrong, "hasil": "perlu_perbaikan"})

    assert sent.status_code == 303


def test_the_way_of_the_case_says_where_it_stands_and_until_when(at, town):
    task = signing(town)
    assert f"{address(task)}/alur" in at("kadis").get(address(task)).text

    seen = at("kadis").get(f"{address(task)}/alur")

    assert re.search(
        r"Tanda tangan Kepala Dinas tugas · Kepala Dinas · Anda di sini · paling lambat \w+, \d", words(seen)
    )
    assert '<svg class="jd jd-journey"' in seen.text


def the_pdf(town, task) -> Document:
    """One of the papers that came with the case, a PDF."""
    with town.store.read() as reads:
        return next(one for one in reads.documents(task.case_id) if one.mime == "application/pdf")


def test_a_paper_is_read_in_a_frame_beside_the_form_and_only_then_is_that_a_look(at, town, task):
    paper = the_pdf(town, task)
    desk = at("rina").get(address(task))
    reading = f"/dokumen/{paper.id}/lihat?tugas={task.id}"

    def looks() -> set[tuple[str, str]]:
        with town.store.read() as reads:
            return {(one.login, one.what) for one in reads.looks(task.case_id)}

    assert f'href="{reading}&amp;bingkai=1" target="kertas"' in desk.text
    assert ("rina", f"dokumen:{paper.field}") not in looks()
    seen = at("rina").get(f"{reading}&bingkai=1")

    assert ("rina", f"dokumen:{paper.field}") in looks()
    assert 'src="data:image/webp;base64,' in seen.text
    assert "<script" not in seen.text
    assert "Kembali ke tugas" not in words(seen), "a link out of the frame would put a desk into a desk"
    assert "Kembali ke tugas" in words(at("rina").get(reading))


def test_a_paper_of_the_case_file_is_read_here_and_saved_beside_and_the_picture_says_where_its_text_is(at, town, task):
    paper, rina = the_pdf(town, task), at("rina")
    with town.store.read() as reads:
        reference = reads.case(task.case_id).reference
    file = rina.get(f"/berkas/{reference}").text
    reading = f"/dokumen/{paper.id}/lihat?berkas={reference}"
    seen = rina.get(reading)

    answered, papers = file.partition('id="dokumen"')[::2]
    assert f'href="{reading}"' in answered
    assert f'href="{reading}"' in papers
    assert f'href="/dokumen/{paper.id}" download="{paper.name}"' in papers
    assert f'href="/berkas/{reference}#dokumen"' in seen.text
    assert "Untuk mencari kata atau mendengarkannya dibacakan, unduh dokumennya" in words(seen)


def test_only_what_is_read_may_stand_in_a_frame_and_only_in_one_of_ours(at, town, task):
    seen = at("rina").get(f"/dokumen/{the_pdf(town, task).id}/lihat").headers
    desk = at("rina").get(address(task)).headers

    assert "frame-ancestors 'self'" in seen["Content-Security-Policy"]
    assert seen["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'none'" in desk["Content-Security-Policy"]
    assert desk["X-Frame-Options"] == "DENY"


def test_no_paper_named_on_the_desk_leads_away_from_what_was_typed(at, task):
    papers = re.findall(r"<a [^>]*/dokumen/[^>]*>", at("rina").get(address(task)).text)

    assert papers
    assert all('target="_blank"' in link or 'target="kertas"' in link for link in papers)


def test_a_page_that_is_not_there_is_said_and_the_paper_can_still_be_had(at, town, task):
    paper = the_pdf(town, task)
    seen = at("rina").get(f"/dokumen/{paper.id}/lihat?halaman=99")

    assert "tidak dapat ditampilkan di sini" in words(seen)
    assert f'href="/dokumen/{paper.id}" download=' in seen.text
