"""What is said of a paper: each state it can be in, and each thing a check of its code can come to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import PermitState


@dataclass(frozen=True, slots=True)
class Said:
    """A state or an outcome: its word, the sentence that a page opens with, and what it means for whoever asks."""

    word: str
    title: str
    text: str


STATES: dict[PermitState, Said] = {
    PermitState.ACTIVE: Said(
        "Berlaku", "Dokumen ini asli dan berlaku", "Cocokkan isinya dengan kertas di tangan Anda."
    ),
    PermitState.EXPIRING: Said(
        "Berlaku, segera berakhir",
        "Dokumen ini asli dan masih berlaku",
        "Masa berlakunya hampir habis. Cocokkan isinya dengan kertas di tangan Anda.",
    ),
    PermitState.EXPIRED: Said(
        "Sudah berakhir",
        "Dokumen ini asli, tetapi sudah berakhir",
        "Masa berlakunya sudah lewat. Dokumen ini tidak dapat dipakai lagi.",
    ),
    PermitState.SUSPENDED: Said(
        "Dibekukan",
        "Dokumen ini asli, tetapi dibekukan",
        "Selama dibekukan dokumen ini tidak boleh dipakai. Periksa lagi pada hari Anda memerlukannya.",
    ),
    PermitState.REVOKED: Said(
        "Dicabut", "Dokumen ini sudah dicabut", "Dokumen ini tidak berlaku lagi. Jangan diterima sebagai bukti."
    ),
    PermitState.REPLACED: Said(
        "Sudah diganti",
        "Dokumen ini sudah diganti",
        "Kertas ini tidak dipakai lagi. Minta pemegangnya menunjukkan penggantinya.",
    ),
}

LOOKS: dict[PermitState, str] = {
    PermitState.ACTIVE: "sesuai_janji",
    PermitState.EXPIRING: "mendekati_batas",
    PermitState.EXPIRED: "lewat_batas",
    PermitState.SUSPENDED: "menunggu_pemohon",
    PermitState.REVOKED: "lewat_batas",
    PermitState.REPLACED: "netral",
}
"""A state's shape and colour on pages that have only the four looks of a promise."""

OUTCOMES: dict[str, Said] = {
    **{str(state): said for state, said in STATES.items()},
    "genuine": Said(
        "Tanda tangan cocok",
        "Asli menurut tanda tangan",
        "Kode ini ditandatangani dengan kunci kota dan tidak diubah. Apakah dokumennya sudah dicabut atau diganti"
        " hanya dapat diketahui bila ponsel ini tersambung.",
    ),
    "over": Said(
        "Masa berlaku lewat",
        "Tanda tangan cocok, tetapi masa berlakunya sudah lewat",
        "Menurut tanggal pada kode dan tanggal di ponsel ini. Sambungkan ke internet untuk mengetahui keadaan"
        " terakhir.",
    ),
    "forged": Said(
        "Tanda tangan tidak cocok",
        "Kode ini tidak asli",
        "Kode diubah, tidak lengkap, atau tidak dibuat oleh kota ini. Pindai sekali lagi; bila tetap begini, jangan"
        " terima kertasnya dan laporkan.",
    ),
    "differs": Said(
        "Berbeda dari catatan kami",
        "Kertas ini tidak sama dengan catatan kami",
        "Nomornya ada, tetapi kodenya bukan kode yang kami cetak. Jangan terima kertasnya sebelum bertanya ke kantor.",
    ),
    "agrees": Said(
        "Kode cocok",
        "Kode pada kertas sama dengan catatan kami",
        "Tanda tangannya cocok dan kodenya persis yang kami cetak. Keadaan dokumennya ada di bawah ini.",
    ),
    "other_paper": Said(
        "Kode dokumen lain",
        "Kode ini milik dokumen lain",
        "Kode yang dipindai dan nomor pada halaman ini tidak sama. Jangan terima kertasnya sebelum bertanya ke kantor.",
    ),
    "unlisted": Said(
        "Tidak ada dalam catatan",
        "Dokumen ini tidak ada dalam catatan kami",
        "Tanda tangannya cocok, tetapi nomor dan versi itu tidak ada dalam daftar kami. Tanyakan ke kantor.",
    ),
    "unknown_key": Said(
        "Kunci tidak dikenal",
        "Kode ini tidak ditandatangani dengan kunci kota ini",
        "Kunci yang disebut kode ini tidak ada dalam daftar kunci kami. Bila halaman ini lama tidak tersambung,"
        " sambungkan lalu periksa lagi.",
    ),
    "withdrawn": Said(
        "Kunci ditarik",
        "Tanda tangan kode ini tidak dapat dipercaya lagi",
        "Kunci yang menandatanganinya sudah ditarik. Yang menentukan hanya catatan kami: periksa dengan nomornya.",
    ),
    "no_keys": Said(
        "Belum dapat diperiksa",
        "Kunci kota belum ada di ponsel ini",
        "Buka halaman ini sekali ketika tersambung; sesudah itu kode dapat diperiksa tanpa internet.",
    ),
    "unsupported": Said(
        "Belum dapat diperiksa",
        "Peramban ini belum dapat memeriksa tanda tangan",
        "Perbarui peramban, atau sambungkan ke internet: kami memeriksanya untuk Anda.",
    ),
    "too_long": Said("Bukan kode kami", "Teks ini terlalu panjang", "Tempel hanya kode dari satu dokumen."),
    "alphabet": Said(
        "Bukan kode kami",
        "Teks ini memuat tanda yang tidak ada dalam kode kami",
        "Kode hanya berisi huruf besar, angka, dan tanda titik dua. Salin sekali lagi dari hasil pindai.",
    ),
    "shape": Said(
        "Bukan kode kami",
        "Ini bukan kode dari dokumen kota, atau tidak lengkap",
        "Pindai atau salin sekali lagi sampai akhir. Alamat tanpa bagian sesudah tanda # tidak memuat kode.",
    ),
    "future": Said(
        "Belum dikenal halaman ini",
        "Kode ini dibuat dengan cara yang lebih baru",
        "Sambungkan ke internet, muat ulang halaman ini, lalu periksa lagi.",
    ),
}
"""By the word that the engine, our records or the script gives it."""
TONES = {
    **dict.fromkeys(("genuine", "agrees"), "aktif"),
    **dict.fromkeys(("forged", "differs", "other_paper", "unlisted", "withdrawn", "unknown_key"), "dicabut"),
    **dict.fromkeys(("over",), "berakhir"),
    **dict.fromkeys(("no_keys", "unsupported", "too_long", "alphabet", "shape", "future"), "belum_dapat"),
}
"""The look of an outcome that is no state of a paper."""
