"""One line of news carried over a redirect ("Selesai: …"), signed so that nobody can put words into a page.

The line travels in the address as `kabar`; it names what was done by ids and references, never a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer

from engine.model import UNDO_FOR
from webapp.frame.access import janji

PARAMETER = "kabar"
NEWS = {
    "done": "Selesai: %(element)s, %(reference)s.",
    "none_left": "Tidak ada tugas lain yang dapat Anda kerjakan sekarang.",
    "drafted": "Draf tersimpan. Siapa pun yang memegang tugas ini dapat melanjutkannya.",
    "claimed": "Anda mengambil %(element)s, %(reference)s.",
    "released": "%(element)s, %(reference)s kembali ke daftar kelompok.",
    "assigned": "%(element)s, %(reference)s diserahkan kepada %(to)s.",
    "stood_aside": "Tercatat: Anda punya kepentingan dalam %(reference)s. Rekan lain yang mengerjakannya.",
    "stood_back": "Pernyataan kepentingan Anda ditarik.",
    "merged": "%(reference)s kini dibawa laporan induknya; pelapornya diberi tahu. Dapat diurungkan selama 10 menit.",
    "parted": "%(reference)s ditangani sendiri lagi; pelapornya diberi tahu.",
    "parted_late": "Laporan ini sudah dijawab, jadi tidak dapat dipisah lagi.",
    "published": "%(reference)s: versi baru kini dibaca umum.",
    "release_proposed": "%(reference)s: menunggu rekan kedua. Belum dibaca umum.",
    "release_refused": "%(reference)s: usul dikembalikan dengan alasan Anda.",
    "release_dropped": "%(reference)s: usul dibatalkan.",
    "release_closed": "%(reference)s: usul itu sudah diputuskan atau diganti. Baca keadaan sekarang di bawah.",
    "unpublished": "%(reference)s: kata-kata dan foto ditarik dari umum.",
    "send_back_undone": "Pengembalian diurungkan: %(element)s kembali pada Anda, tulisan Anda masih ada.",
    "send_back_stays": "Pengembalian tidak dapat diurungkan lagi. %(why)s",
    "undone": "%(count)s tugas dikembalikan seperti semula.",
    "undo_late": "Sudah lewat 10 menit, jadi tidak dapat diurungkan lagi. Anda masih dapat mengambil, melepas, atau "
    "menyerahkan tugasnya.",
    "view_kept": "Tampilan tersimpan dan berdiri di samping daftar.",
    "view_nameless": "Beri nama tampilan ini dulu.",
    "view_dropped": "Tampilan dihapus.",
    "put_off": "%(count)s tugas ditunda sampai %(until)s. Tanggal janjinya tidak berubah.",
    "put_off_shown": "%(count)s tugas dicatat untuk %(until)s; %(shown)s jatuh tempo lebih dulu, jadi tetap di daftar.",
    "put_off_in_part": "%(count)s tugas ditunda sampai %(until)s; %(refused)s tidak, "
    "karena bukan Anda yang memegangnya.",
    "watched": "Anda mengikuti %(reference)s. Yang berubah muncul di Saya ikuti.",
    "watch_too_many": "Anda sudah mengikuti 100 berkas. Berhenti dulu mengikuti salah satunya.",
    "unwatched": "Anda tidak lagi mengikuti %(reference)s.",
    "chosen": "Pengaturan Anda tersimpan.",
    "taken_up": "Tugas kembali ke daftar Anda.",
    "none_chosen": "Centang dulu tugas yang dimaksud.",
    "noted": "Catatan tersimpan. Selama sepuluh menit Anda dapat menariknya kembali.",
    "note_taken_back": "Catatan ditarik kembali.",
    "note_late": "Sudah lewat 10 menit, jadi catatan itu tidak dapat ditarik kembali.",
    "attached": "Lampiran tersimpan: %(name)s.",
    "retried": "Insiden %(reference)s dicoba lagi.",
    "unmasked": "Nomor pribadi tampil utuh selama 10 menit. Ini tercatat.",
    "no_reason": "Pilih dulu untuk apa nomor itu dilihat.",
    "extended": "Janji %(reference)s diperpanjang; pemohon diberi tahu.",
    "request_waits": "Permintaan %(reference)s menunggu putusan orang kedua. Pemohon belum diberi tahu.",
    "request_granted": "Permintaan %(reference)s dikirim, dengan tanda terlambat.",
    "request_refused": "Permintaan %(reference)s tidak disetujui; petugas membacanya di tugasnya.",
    "request_closed": "Tidak tersimpan: %(why)s",
    "extension_asked": "Permintaan perpanjangan %(reference)s menunggu keputusan atasan.",
    "extension_refused": "Permintaan perpanjangan %(reference)s ditolak.",
    "extension_late": "Tidak tersimpan: %(why)s",
    "extension_why": "Tulis alasan penolakan untuk yang meminta.",
    "away": "Ketidakhadiran tercatat.",
    "back": "Ketidakhadiran diakhiri. Mulai sekarang tidak ada yang mewakili.",
    "stand_ins": "Wakil diganti. Berlaku mulai sekarang.",
    "automatic": "Tugas baru peran itu kini dibagikan sendiri.",
    "by_hand": "Tugas baru peran itu kembali menunggu di kelompok.",
    "left": "Akun ditutup; %(count)s tugas kembali ke kelompok.",
    "left_nothing": "Akun ditutup; tidak ada tugas yang masih dipegangnya.",
    "reviewed": "Hasil pemeriksaan ulang %(reference)s tersimpan.",
    "reviewed_before": "%(reference)s sudah diperiksa rekan lain.",
    "not_reviewed": "Anda pernah mengerjakan %(reference)s; rekan lain yang memeriksanya.",
    "signed_out": "Anda sudah keluar.",
}


def tell(kind: str, **facts: str) -> str:
    """The parameter that makes the next page say one of the NEWS, with these words for its facts."""
    return _signer().dumps([kind, facts])


def with_news(address: str, line: str, place: str = "") -> str:
    """An address within this site that says a line of news, at a place of its page."""
    return f"{address}{'&' if '?' in address else '?'}{PARAMETER}={line}{'#' + place if place else ''}"


def undoable(act: str) -> dict[str, str]:
    """Facts of a line about tasks that were passed on: the act, and until when it can be undone."""
    return {"act": act, "undo_until": (janji().clock.now() + UNDO_FOR).isoformat()}


def undo_of(facts: Mapping[str, Any]) -> str:
    """The act that the line offers to undo; empty when it is too late, or when there is none."""
    until = facts.get("undo_until", "")
    return str(facts["act"]) if until and janji().clock.now() < datetime.fromisoformat(until) else ""


def told() -> tuple[str, dict[str, Any]] | None:
    """The news this page was opened with as (kind, facts), None without any or with a forged one."""
    try:
        kind, facts = _signer().loads(request.args.get(PARAMETER, ""))
    except (BadSignature, ValueError):
        return None
    return (kind, facts) if kind in NEWS else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(janji().settings.key, salt="janji.telling")
