"""Refusals as pages: which status and which words each refusal of the engine gets. The one table of its kind.

A sentence may use the refusal's own attributes (`%(role)s`). What is not there and what is not yours are one page.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from engine import errors as refused
from webapp.frame.security import keep_to_oneself
from webapp.frame.words import say

log = logging.getLogger("janji.web")


@dataclass(frozen=True, slots=True)
class Told:
    """What a person is told: the status, what happened, and what to do next."""

    status: int
    title: str
    text: str


NOT_FOUND = Told(
    404,
    "Halaman ini tidak ada",
    "Periksa lagi alamat atau tautannya. Bila Anda mencari berkas, masukkan nomor berkas dan kodenya di Lacak.",
)
EXPIRED = Told(
    400,
    "Halaman ini terlalu lama terbuka",
    "Demi keamanan, kiriman ini belum kami proses. Kembali ke halaman sebelumnya, muat ulang, lalu kirim lagi.",
)
TOO_LARGE = Told(
    413,
    "Kiriman terlalu besar",
    "Berkas yang Anda kirim sekaligus terlalu besar. Kembali, unggah sebagian dulu, simpan, lalu unggah sisanya.",
)
BROKEN = Told(
    500,
    "Ada kesalahan di sistem kami",
    "Ini bukan salah Anda dan tidak ada yang hilang. Coba lagi sebentar lagi. Janji tanggal Anda tetap berjalan.",
)
UNFIT = Told(400, "Permintaan ini tidak dapat kami baca", "Kembali ke halaman sebelumnya lalu coba lagi.")

REFUSALS: dict[type[refused.Refusal], Told] = {
    refused.NotFound: NOT_FOUND,
    refused.NotYours: Told(403, "Bukan tugas Anda", "Tugas ini milik peran lain."),
    refused.LinkUsed: Told(410, "Tautan ini sudah dipakai", "Minta tautan baru, lalu coba lagi."),
    refused.TaskGone: Told(
        409,
        "Langkah ini sudah selesai",
        "Langkah ini sudah dikerjakan atau batas waktunya sudah lewat. Buka berkasnya untuk melihat keadaan terakhir.",
    ),
    refused.TaskHeld: Told(409, "Sedang dikerjakan orang lain", "Orang lain lebih dulu mengambil tugas ini."),
    refused.DraftMovedOn: Told(
        409,
        "Ada draf lain untuk tugas ini",
        "Rekan Anda menyimpan draf setelah halaman ini dibuka. Muat ulang halaman tugas untuk melihatnya.",
    ),
    refused.AnswersRejected: Told(422, "Ada yang perlu diperbaiki", "Kembali ke formulir lalu perbaiki isiannya."),
    refused.CaseMovedOn: Told(
        409,
        "Berkas ini baru saja berubah",
        "Ada perubahan pada saat yang sama, jadi kiriman Anda belum kami proses. Muat ulang halaman lalu coba lagi.",
    ),
    refused.FactsMoved: Told(
        409,
        "Berkas ini berubah sejak Anda bawa",
        "Yang dikirim pemohon sudah lain dari yang ada di ponsel Anda. Bandingkan dulu; hasil survei Anda masih ada.",
    ),
    refused.WindowClosed: Told(
        409, "Sudah tidak dapat dilakukan", "Tindakan ini tidak tersedia lagi pada tahap berkas sekarang."
    ),
    refused.DocumentRefused: Told(422, "Berkas tidak dapat diterima", "Pilih berkas lain lalu coba lagi."),
    refused.DayUnfit: Told(422, "Hari itu tidak dapat dipilih", "Pilih hari mulai besok, paling lama 90 hari lagi."),
    refused.ListTooLong: Told(
        422, "Daftar ini terlalu panjang", "Satu berkas memuat paling banyak 10.000 baris. Persempit saringannya dulu."
    ),
    refused.Erased: Told(
        410,
        "Data pribadi sudah dihapus",
        "Pemilik berkas ini sudah dihapus dari catatan kami, jadi surat atas namanya tidak dapat dibuat lagi.",
    ),
    refused.TooManyTries: Told(
        429,
        "Terlalu banyak percobaan",
        "Untuk melindungi data pemohon, pelacakan ditutup sebentar. Coba lagi sekitar %(minutes)s menit lagi.",
    ),
    refused.StepFailed: Told(
        503,
        "Belum dapat kami proses",
        "Ada gangguan pada langkah ini dan petugas sistem sudah mengetahuinya. Kiriman Anda belum tercatat. "
        "Coba lagi nanti.",
    ),
    refused.MessageUnexpected: Told(
        409, "Sudah tidak dapat dilakukan", "Tindakan ini tidak tersedia lagi pada tahap berkas sekarang."
    ),
    refused.CannotMerge: Told(
        422, "Kedua laporan ini tidak dapat digabung", "Kembali ke berkasnya lalu periksa nomor laporan yang dimaksud."
    ),
    refused.FilesRefused: Told(422, "Berkas layanan belum benar", "Perbaiki berkas layanan lalu terbitkan lagi."),
    refused.CityRefused: Told(500, BROKEN.title, BROKEN.text),
    refused.TokensUnreadable: Told(500, BROKEN.title, BROKEN.text),
}

_BY_STATUS = {404: NOT_FOUND, 405: NOT_FOUND, 413: TOO_LARGE, 500: BROKEN}


def explain(app: Flask) -> None:
    """Turn every refusal and error of an app into a page in the reader's words."""
    app.register_error_handler(refused.Refusal, _refusal)
    app.register_error_handler(CSRFError, lambda _: page(EXPIRED))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unforeseen)


def page(told: Told, **facts: object) -> Response:
    """The page of a refusal; the machine-readable twin for addresses that end in .json."""
    keep_to_oneself()
    if request.path.endswith(".json"):
        answer = jsonify(error=say(told.title), detail=say(told.text, **facts))
    else:
        answer = make_response(render_template("error.html", title=say(told.title), text=say(told.text, **facts)))
    answer.status_code = told.status
    return answer


def _refusal(refusal: refused.Refusal) -> Response:
    told = REFUSALS[type(refusal)]
    if told.status >= 500:
        log.error("refused: %s", type(refusal).__name__, exc_info=refusal)
    if isinstance(refusal, refused.TooManyTries):
        answer = page(told, minutes=max(1, round(refusal.retry_after_s / 60)))
        answer.headers["Retry-After"] = str(refusal.retry_after_s)
        return answer
    return page(told)


def _http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]
    told = _BY_STATUS.get(error.code or 500) or Told(error.code or 400, UNFIT.title, UNFIT.text)
    return page(told)


def _unforeseen(error: Exception) -> Response:
    # The endpoint and never the path: a path may hold a citizen's secret.
    log.error("page failed: %s", request.endpoint, exc_info=error)
    return page(BROKEN)
