"""The nine questions of the satisfaction survey and the four words each is answered with. Indonesian msgids, no logic.

The elements are those of Permenpan RB 14/2017; the wording is short and ours, for a phone.
"""

from __future__ import annotations

QUESTIONS = {
    "persyaratan": "Apakah yang kami minta sesuai dengan yang diumumkan?",
    "prosedur": "Apakah langkah-langkahnya mudah?",
    "waktu": "Apakah waktu pelayanannya cepat?",
    "biaya": "Apakah biayanya wajar? Gratis juga dinilai.",
    "produk": "Apakah hasilnya sesuai dengan yang dijanjikan?",
    "kompetensi": "Apakah petugas kami mampu?",
    "perilaku": "Apakah petugas kami sopan dan ramah?",
    "pengaduan": "Apakah keluhan, saran, dan pertanyaan ditangani?",
    "sarana": "Apakah situs dan tempat pelayanannya baik?",
}

NAMES = {
    "persyaratan": "Persyaratan",
    "prosedur": "Sistem, mekanisme, dan prosedur",
    "waktu": "Waktu penyelesaian",
    "biaya": "Biaya atau tarif",
    "produk": "Produk layanan",
    "kompetensi": "Kompetensi pelaksana",
    "perilaku": "Perilaku pelaksana",
    "pengaduan": "Penanganan pengaduan, saran, dan masukan",
    "sarana": "Sarana dan prasarana",
}
"""The elements as the regulation names them."""

ANSWERS = {
    "persyaratan": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "prosedur": ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    "waktu": ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    "biaya": ("Tidak wajar", "Kurang wajar", "Wajar", "Sangat wajar"),
    "produk": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "kompetensi": ("Tidak mampu", "Kurang mampu", "Mampu", "Sangat mampu"),
    "perilaku": ("Tidak ramah", "Kurang ramah", "Ramah", "Sangat ramah"),
    "pengaduan": ("Tidak ditangani", "Kurang ditangani", "Ditangani", "Ditangani dengan baik"),
    "sarana": ("Buruk", "Cukup", "Baik", "Sangat baik"),
}
"""From 1 to 4."""

ANSWER_WORDS = {f"{element}.{score}": word for element, words in ANSWERS.items() for score, word in enumerate(words, 1)}

GRADES = {"A": "sangat baik", "B": "baik", "C": "kurang baik", "D": "tidak baik"}
