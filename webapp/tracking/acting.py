"""Why something cannot be done with a case, in words: one table for the page and its refusals."""

from __future__ import annotations

from engine.views import Act, Closed

CLOSED = {
    (Act.TASK, Closed.NOT_YET): "Belum dibuka.",
    (Act.TASK, Closed.NEVER): "Tidak dibuka: berkas selesai tanpa memerlukannya.",
    (Act.TASK, Closed.DONE): "Sudah Anda lakukan pada %(day)s.",
    (Act.TASK, Closed.EXPIRED): "Ditutup pada %(day)s: batas waktunya lewat atau sudah tidak diperlukan.",
    (Act.TASK, Closed.OVER): "Ditutup pada %(day)s bersama berkasnya.",
    (Act.WITHDRAW, Closed.DONE): "Sudah Anda tarik pada %(day)s.",
    (Act.WITHDRAW, Closed.OVER): "Berkas tidak dapat ditarik lagi: sudah selesai pada %(day)s.",
    (Act.WITHDRAW, Closed.TOO_LATE): "Pada tahap ini berkas tidak dapat ditarik: hasilnya sudah diputuskan.",
    (Act.PRESS, Closed.NOT_LATE): "Terbuka begitu janji kami lewat.",
    (Act.PRESS, Closed.OVER): "Tidak ada yang terlambat: yang kami janjikan sudah selesai.",
    (Act.PRESS, Closed.WITHDRAWN): "Tidak ada lagi yang kami janjikan: berkas ini sudah Anda tarik.",
    (Act.PRESS, Closed.NEVER): "Tidak ada lagi yang kami janjikan: berkas ini sudah ditutup.",
    (Act.PRESS, Closed.JUST_PRESSED): "Sudah Anda desak. Dapat diulang mulai %(day)s: paling sering sekali tiap 2 hari "
    "kerja (pengaturan).",
    (Act.DOWNLOAD, Closed.NOT_YET): "Dapat diunduh di halaman ini begitu terbit.",
    (Act.DOWNLOAD, Closed.PRINTING): "Sudah terbit dan sedang dicetak. Muat ulang halaman ini sebentar lagi.",
    (Act.DOWNLOAD, Closed.NEVER): "Tidak ada dokumen yang terbit dari berkas ini.",
}
"""By act and reason. A service may say more about its own tasks: `[windows.<task>] before` of its texts."""
