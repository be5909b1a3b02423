"""What to tell a person about one thing wrong with a form: a sentence that says what to do. Knows no form and no page.

The codes are those of engine/forms and engine/papers; each sentence may use the `title` of the field and the facts of
the problem. An unknown code still becomes a sentence, because a person must never be refused without a word.
"""

from __future__ import annotations

from collections.abc import Callable

from engine.model import FieldProblem

Say = Callable[..., str]
"""Gettext: an Indonesian msgid with `%(name)s` placeholders, and the facts that fill them."""

SENTENCES = {
    "required": "%(title)s belum diisi.",
    "minLength": "%(title)s terlalu pendek: paling sedikit %(limit)s karakter.",
    "maxLength": "%(title)s terlalu panjang: paling banyak %(limit)s karakter.",
    "minimum": "%(title)s terlalu kecil: paling sedikit %(limit)s.",
    "exclusiveMinimum": "%(title)s harus lebih dari %(limit)s.",
    "maximum": "%(title)s terlalu besar: paling banyak %(limit)s.",
    "exclusiveMaximum": "%(title)s harus kurang dari %(limit)s.",
    "multipleOf": "%(title)s harus kelipatan %(limit)s.",
    "minItems": "%(title)s: pilih atau lampirkan paling sedikit %(limit)s.",
    "maxItems": "%(title)s: paling banyak %(limit)s.",
    "theirs": "%(title)s: foto dari pelapor sendiri bukan bukti pekerjaan kita. Ambil foto keadaan sesudah dikerjakan.",
    "known": "%(title)s: foto ini sudah ada di berkas. Sertakan paling sedikit satu foto baru.",
    "uniqueItems": "%(title)s berisi hal yang sama dua kali.",
    "type": "%(title)s belum dalam bentuk yang benar.",
    "number": "%(title)s harus berupa angka.",
    "integer": "%(title)s harus berupa angka bulat.",
    "pattern": "%(title)s belum dalam bentuk yang benar.",
    "const": "%(title)s perlu disetujui.",
    "oneOf": "Pilih salah satu untuk %(title)s.",
    "enum": "Pilih salah satu untuk %(title)s.",
    "format": "%(title)s belum dalam bentuk yang benar.",
    "date": "%(title)s bukan tanggal yang benar. Contoh: 23/11/2026.",
    "date-time": "%(title)s bukan tanggal dan jam yang benar. Contoh: 23/11/2026 09:00.",
    "date.not_after": "%(title)s paling lambat %(limit)s.",
    "date.not_before": "%(title)s paling awal %(limit)s.",
    "email": "%(title)s bukan alamat surel yang benar. Contoh: nama@contoh.id.",
    "nik": "%(title)s harus 16 angka dengan tanggal lahir yang mungkin. Periksa pada KTP.",
    "nop": "%(title)s harus 18 angka. Lihat pada SPPT PBB.",
    "npwp": "%(title)s harus 15 atau 16 angka.",
    "phone-id": "%(title)s bukan nomor telepon Indonesia yang benar. Contoh: 0812 3456 7890.",
    "kelurahan": "Pilih kelurahan dari daftar untuk %(title)s.",
    "point": "%(title)s belum berupa titik. Contoh: -6.98321, 110.40912.",
    "geojson-polygon": "%(title)s belum berupa bidang: tulis tiga sudut atau lebih, sisinya tidak bersilangan.",
    "document": "Lampirkan berkas untuk %(title)s.",
    "nib": "%(title)s harus 13 angka.",
    "case-reference": "%(title)s bukan nomor berkas yang kami kenal bentuknya. Contoh: KRK-2026-000123.",
    "permit-number": "%(title)s bukan nomor izin yang kami kenal bentuknya.",
    "uri": "%(title)s bukan alamat web yang benar.",
    "additionalProperties": "Ada isian yang tidak dikenal: %(title)s.",
    "verdict.missing": "%(title)s belum diberi putusan.",
    "verdict.reason": "%(title)s dinyatakan tidak sesuai: tulis alasannya agar pemohon dapat memperbaiki.",
    "verdict.rejected": "%(title)s: masih ada isian yang dinyatakan tidak sesuai.",
    "verdict.none_rejected": "%(title)s: belum ada isian yang tidak sesuai, jadi tidak ada yang dapat diperbaiki.",
    "checklist.open": "%(title)s: centang, atau tulis mengapa tidak dapat dipenuhi.",
    "too_large": "Isian ini terlalu panjang untuk sekali kirim: paling banyak %(limit)s. Persingkat lalu kirim lagi.",
    "document.empty": "Berkas “%(name)s” kosong.",
    "document.too_large": "Berkas “%(name)s” terlalu besar: paling besar %(limit)s.",
    "document.too_many": "%(title)s: terlalu banyak berkas, paling banyak %(limit)s.",
    "document.type": "Berkas “%(name)s” bukan jenis yang diterima (%(limit)s).",
    "document.active": "Berkas “%(name)s” berisi program atau berkas lain. Cetak ke PDF lalu unggah hasilnya.",
    "document.unreadable": "Berkas “%(name)s” tidak dapat dibaca. Simpan ulang lalu unggah lagi.",
    "permit.unknown": "Nomor %(number)s tidak ada dalam daftar izin kota.",
    "permit.other_kind": "Nomor %(number)s adalah nomor izin jenis lain.",
    "permit.not_valid": "Izin nomor %(number)s tidak berlaku lagi.",
    "case.unknown": "Nomor berkas %(reference)s tidak ditemukan.",
}
_LIMITS = ("limit", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "expected", "value")


def sentence(problem: FieldProblem, title: str, say: Say) -> str:
    """One sentence in the person's language, to stand beside the field."""
    msgid = _msgid(problem)
    facts = {"title": title, "name": "", "number": "", "reference": "", "limit": _limit(problem)}
    return say(msgid, **{**facts, **{name: _plain(value) for name, value in problem.facts.items()}})


def named(problem: FieldProblem, title: str, say: Say) -> str:
    """The same where no field stands beside it: with its question in front, unless the sentence itself names it."""
    told = sentence(problem, title, say)
    return told if "%(title)s" in _msgid(problem) else f"{title}: {told[:1].lower()}{told[1:]}"


def _msgid(problem: FieldProblem) -> str:
    return SENTENCES.get(problem.code) or SENTENCES.get(problem.code.rpartition(".")[2]) or SENTENCES["format"]


def _limit(problem: FieldProblem) -> str:
    return next((_plain(problem.facts[name]) for name in _LIMITS if name in problem.facts), "")


def _plain(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return str(value)
