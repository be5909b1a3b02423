"""The office that is measured: the test builders' one, on its own database in a temporary folder, with KRK cases."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.builders import ROOT, Application, Office, office_in, staff

KRK = ROOT / "processes" / "krk"
SAMPLES: Mapping[str, Any] = tomllib.loads((KRK / "scenarios" / "_samples.toml").read_text(encoding="utf-8"))["samples"]
ANALYSIS = ("analisis_tata_ruang", SAMPLES["analisis_sesuai_tabel"])
SENT_BACK = ("koreksi_kasi", {"putusan": "kembalikan", "alasan_kembali": "Periksa lagi garis sempadan."})


@contextmanager
def an_office() -> Iterator[Office]:
    """An empty office that is gone afterwards."""
    with TemporaryDirectory(prefix="janji-bench-") as folder:
        office = office_in(Path(folder))
        try:
            yield office
        finally:
            office.janji.close()


def at_analysis(office: Office) -> Application:
    """A KRK whose drafter is to work out the plan: checked, assigned and plotted, the promise running."""
    case = office.apply("krk", SAMPLES["perorangan"])
    for element, answers in (
        ("verifikasi_berkas", SAMPLES["lengkap"]),
        ("penugasan", SAMPLES["koordinat_baik"]),
        ("plotting_zona", SAMPLES["zona_sedang"]),
    ):
        office.do(case, element, answers)
    return case


def reworked(office: Office, case: Application, loops: int) -> Application:
    """The same case after the head of section has sent it back so many times."""
    for _ in range(loops):
        office.do(case, *ANALYSIS)
        office.do(case, *SENT_BACK)
    return case


def tokens_of(office: Office, case: Application) -> bytes:
    with office.store.read() as reads:
        return reads.tokens(case.id)


__all__ = ["ANALYSIS", "KRK", "ROOT", "SAMPLES", "SENT_BACK", "at_analysis", "reworked", "staff", "tokens_of"]
