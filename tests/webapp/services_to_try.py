"""Two services for the tests of citizens' pages: a KRK with six stages, and complaints."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.model import Basis, PromiseRule, ServiceFacts, Stage, Unit
from engine.texts import Texts

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Senin, 23 Nov 2026, 10:00 WIB."""
RULE = PromiseRule("layanan", "Penerbitan KRK", 5, Unit.WORKING_DAYS, Basis.CONFIGURATION, "Belum ada angka resmi.")
TEN_DAYS = PromiseRule("tanggapan", "Penyelesaian", 10, Unit.CALENDAR_DAYS, Basis.CITY, "Janji wali kota, 2017.")
STAGES = (
    Stage("pendaftaran", "Pendaftaran", "Kami sudah menerima permohonan Anda.", 1),
    Stage("verifikasi", "Verifikasi berkas", "Kami sedang memeriksa kelengkapan berkas Anda.", 1),
    Stage("survei", "Survei lapangan", "Kami sedang menjadwalkan survei ke lokasi.", 1),
    Stage("analisis", "Analisis tata ruang", "Kami sedang menyusun keterangan rencana untuk lahan Anda.", 2),
    Stage("tanda_tangan", "Tanda tangan", "Berkas Anda menunggu tanda tangan Kepala Dinas.", 1),
    Stage("terbit", "KRK terbit", "KRK Anda sudah terbit."),
)
KRK = ServiceFacts("krk", "KRK", "Keterangan Rencana Kota", "pendaftaran", ("pemohon",), STAGES, (RULE,))
COMPLAINT = ServiceFacts(
    "complaint", "ADU", "Pengaduan", "laporan", ("pemohon",), STAGES[:1], (TEN_DAYS,), anonymous="laporan.anonim"
)
TEXTS = {
    "krk": Texts(
        {
            "id": {
                "service": {
                    "summary": "Keterangan resmi tentang apa yang boleh dibangun di sebidang tanah.",
                    "act": "Ajukan KRK",
                    "requirements": ["KTP pemohon", "Bukti kepemilikan tanah", "Bukti lunas PBB tahun terakhir"],
                    "product": "Dokumen KRK (PDF) dengan nomor dan kode QR, berlaku 6 bulan.",
                    "cost": "Tidak dipungut biaya.",
                    "complaints": "Sampaikan lewat layanan Pengaduan; dijawab paling lama 10 hari.",
                    "objection": "Anda dapat mengajukan keberatan tertulis kepada Kepala Dinas paling lama 21 hari "
                    "kerja sejak tanggal janji lewat.",
                    "legal": ["Perwal Semarang 14G/2005", "UU 30/2014 tentang Administrasi Pemerintahan"],
                },
                "outcomes": {"terbit": "KRK sudah terbit", "ditarik": "Permohonan ditarik"},
            },
            "en": {
                "service": {"title": "City Plan Statement"},
                "stages": {"verifikasi": {"name": "File check", "now": "We are checking your file."}},
                "outcomes": {"terbit": "The statement is issued"},
                "forms": {"pendaftaran": {"nama": {"title": "Full name"}}},
            },
        }
    ),
    "complaint": Texts({"id": {"service": {"summary": "Jalan rusak, saluran mampet, layanan yang lambat."}}, "en": {}}),
}
ELEMENTS = {
    "pendaftaran": "Pendaftaran",
    "verifikasi_berkas": "Verifikasi berkas",
    "perbaikan_berkas": "Perbaiki berkas yang belum sesuai",
    "survei_lapangan": "Survei lapangan",
    "pembayaran": "Pembayaran",
}
