"""Cases at a certain point for tests: a KRK that waits for its survey; papers issued, printed and signed for real."""

from __future__ import annotations

import tomllib
from typing import Any

from engine.model import Permit
from tests.builders import ROOT, Application, Office

_KRK = (
    ("verifikasi_berkas", "lengkap"),
    ("penugasan", "koordinat_baik"),
    ("plotting_zona", "zona_sedang"),
    ("analisis_tata_ruang", "analisis_sesuai_tabel"),
    ("koreksi_kasi", "setuju"),
    ("koreksi_kabid", "setuju"),
    ("tanda_tangan_kadis", "setuju"),
)
_IPTB = (
    ("verifikasi_berkas", "lengkap"),
    ("konfirmasi_asosiasi", "rekomendasi_c"),
    ("penetapan_golongan", "sesuai_usulan"),
    ("koreksi_kasi", "setuju"),
    ("koreksi_kabid", "setuju"),
    ("tanda_tangan_kadis", "setuju"),
)
REVOKED = {"tindakan": "cabut", "dasar_pencabutan": "dokumen_palsu", "alasan": "SKA palsu."}
SUSPENDED = {"tindakan": "bekukan", "alasan": "Keaslian SKA diperiksa."}


def samples(service: str) -> dict[str, Any]:
    """The sample answers of a service's stories."""
    path = ROOT / "processes" / service / "scenarios" / "_samples.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))["samples"])


def issue_krk(office: Office, analysis: dict[str, Any] | None = None, **asked: Any) -> Application:
    """A KRK for a parcel with an outline, issued today. `analysis` are further values of the sheet."""
    case = office.apply("krk", {**samples("krk")["perorangan"], **asked})
    work_on_krk(office, case, analysis)
    return case


def work_on_krk(office: Office, case: Application, analysis: dict[str, Any] | None = None) -> None:
    """All that the office does for a KRK, from the check of the file to the signature."""
    known = samples("krk")
    for element, sample in _KRK:
        more = analysis if element == "analisis_tata_ruang" and analysis else {}
        office.do(case, element, {**known[sample], **more})


def correct_krk(office: Office, case: Application, **corrected: Any) -> None:
    """The applicant asks for a correction, the office issues the next version."""
    known = samples("krk")
    office.do(case, "permintaan_koreksi", {"bagian": ["identitas"], "uraian": "Nama saya keliru."})
    office.do(case, "perbaikan_krk", {**known["perbaikan"], **corrected})
    office.do(case, "koreksi_ulang_kasi", known["setuju"])
    office.do(case, "tanda_tangan_ulang", known["setuju"])


def issue_iptb(office: Office, **asked: Any) -> Application:
    """A licence of class C, renewed from one on paper that is older than the city's list."""
    known = samples("iptb")
    case = office.apply("iptb", {**known["perpanjangan"], "nomor_iptb_lama": "IPTB.2011.00007", **asked})
    for element, sample in _IPTB:
        office.do(case, element, known[sample])
    return case


def printed(office: Office, case: Application) -> list[Permit]:
    """The permits of a case with their papers, the oldest first."""
    office.janji.printing.print_due()
    with office.store.read() as reads:
        return sorted(reads.permits(case.id), key=lambda one: (one.number, one.version))


def paper(office: Office, permit: Permit) -> bytes:
    """The PDF of a permit."""
    return office.janji.house.archive.get(permit.document_sha256)


def survey_waits(office: Office, **asked: Any) -> Application:
    """A KRK whose applicant gave an address only: it waits for somebody to measure the parcel."""
    known = samples("krk")
    case = office.apply("krk", {**known["alamat_saja"], **asked})
    office.do(case, "verifikasi_berkas", known["lengkap"])
    office.do(case, "penugasan", {"koordinat": "perlu_survei", "arahan": "Ukur lebar jalan dan batas timur."})
    return case
