"""Forms that use every widget, for the tests of the form renderer: one like an application, one like a verification."""

from __future__ import annotations

from datetime import UTC, datetime

from engine.model import Document
from engine.views import AnsweredForm

KTP = Document(
    "dok-ktp",
    "a" * 64,
    "ktp budi.pdf",
    "application/pdf",
    212_000,
    "citizen",
    "ktp",
    datetime(2026, 11, 23, tzinfo=UTC),
    "",
)
PHOTO = Document(
    "dok-foto",
    "b" * 64,
    "rumah.jpg",
    "image/jpeg",
    1_400_000,
    "citizen",
    "foto",
    datetime(2026, 11, 23, tzinfo=UTC),
    "",
)

APPLICATION = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "title": "Permohonan",
    "required": ["jenis", "nama", "nik", "kelurahan", "ktp", "pernyataan"],
    "additionalProperties": False,
    "properties": {
        "jenis": {
            "type": "string",
            "title": "Jenis pemohon",
            "oneOf": [{"const": "perorangan", "title": "Perorangan"}, {"const": "badan", "title": "Badan usaha"}],
        },
        "nama": {"type": "string", "title": "Nama lengkap", "description": "Seperti pada KTP.", "maxLength": 120},
        "nik": {"type": "string", "title": "NIK", "format": "nik", "maxLength": 16},
        "akta": {"type": "string", "title": "Nomor akta", "maxLength": 60},
        "surel": {"type": "string", "title": "Alamat surel", "format": "email", "maxLength": 120},
        "kelurahan": {"type": "string", "title": "Kelurahan", "format": "kelurahan"},
        "luas": {"type": "number", "title": "Luas tanah", "exclusiveMinimum": 0},
        "mulai": {"type": "string", "title": "Rencana mulai", "format": "date"},
        "kunjungan": {"type": "string", "title": "Waktu kunjungan", "format": "date-time"},
        "titik": {"type": "string", "title": "Titik lokasi", "format": "point", "maxLength": 40},
        "bidang": {"type": "string", "title": "Batas bidang", "format": "geojson-polygon", "maxLength": 20000},
        "fungsi": {
            "type": "string",
            "title": "Fungsi bangunan",
            "oneOf": [{"const": f"f{n}", "title": f"Fungsi {n}"} for n in range(8)],
        },
        "jaringan": {
            "type": "array",
            "title": "Jaringan di lokasi",
            "items": {
                "type": "string",
                "oneOf": [{"const": "listrik", "title": "Listrik"}, {"const": "air", "title": "Air bersih"}],
            },
        },
        "catatan": {"type": "string", "title": "Catatan", "maxLength": 1000},
        "tetangga": {
            "type": "array",
            "title": "Tetangga",
            "maxItems": 4,
            "items": {
                "type": "object",
                "required": ["nama"],
                "properties": {
                    "nama": {"type": "string", "title": "Nama tetangga", "maxLength": 80},
                    "sisi": {"type": "string", "title": "Sisi", "maxLength": 20},
                },
            },
        },
        "ktp": {"type": "string", "title": "KTP", "format": "document", "x-accept": ["application/pdf", "image/jpeg"]},
        "foto": {
            "type": "array",
            "title": "Foto lokasi",
            "maxItems": 6,
            "items": {"type": "string", "format": "document", "x-accept": ["image/jpeg", "image/png"]},
        },
        "pernyataan": {"type": "boolean", "title": "Data ini benar", "const": True},
    },
    "allOf": [{"if": {"properties": {"jenis": {"const": "badan"}}}, "then": {"required": ["akta"]}}],
}
APPLICATION_UI = {
    "ui:groups": [
        {"id": "pemohon", "title": "Pemohon", "fields": ["jenis", "nama", "nik", "akta", "surel"]},
        {
            "id": "tanah",
            "title": "Tanah",
            "description": "Lihat pada sertifikat.",
            "fields": ["kelurahan", "luas", "mulai", "kunjungan", "titik", "bidang", "fungsi", "jaringan", "tetangga"],
        },
        {"id": "berkas", "title": "Berkas", "fields": ["ktp", "foto"]},
    ],
    "akta": {"ui:showWhen": {"jenis": ["badan"]}},
    "luas": {"ui:suffix": "m²"},
    "foto": {"ui:widget": "photos"},
    "nama": {"ui:autocomplete": "name"},
    "ui:submit": "Kirim permohonan",
}
ANSWERS = {
    "jenis": "perorangan",
    "nama": "Budi <b>Santoso</b>",
    "nik": "3374010101900001",
    "kelurahan": "33.74.01.1001",
    "luas": 1250.5,
    "mulai": "2026-12-01",
    "fungsi": "f3",
    "jaringan": ["listrik"],
    "ktp": "dok-ktp",
    "foto": ["dok-foto"],
    "pernyataan": True,
}
VERIFICATION = {
    "type": "object",
    "title": "Verifikasi berkas",
    "required": ["putusan", "hasil"],
    "properties": {
        "putusan": {"type": "object", "title": "Putusan tiap isian", "x-verdicts-of": "pendaftaran"},
        "hasil": {
            "type": "string",
            "title": "Hasil verifikasi",
            "oneOf": [{"const": "lengkap", "title": "Berkas lengkap"}, {"const": "kurang", "title": "Minta perbaikan"}],
        },
        "catatan": {"type": "string", "title": "Catatan untuk pemohon", "maxLength": 1000},
    },
}
VERIFICATION_UI = {
    "ui:groups": [{"id": "putusan", "title": "Putusan", "fields": ["putusan", "hasil", "catatan"]}],
    "ui:outcomes": {"field": "hasil"},
    "ui:consequences": {
        "lengkap": "Janji mulai berjalan hari ini",
        "kurang": "Jam berhenti; pemohon diminta memperbaiki yang ditolak",
    },
    "ui:submit": "Simpan putusan",
}
APPLIED = AnsweredForm(
    "pendaftaran", APPLICATION, APPLICATION_UI, ANSWERS, "Pemohon", datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
)
