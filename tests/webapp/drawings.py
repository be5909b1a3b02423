"""A drawing with every kind of shape that our diagrams use, laid out as an analyst would."""

from __future__ import annotations

from engine.model import Drawing, Edge, Shape

KRK = Drawing(
    shapes=(
        Shape("lane_pemohon", "lane", "Pemohon", 160, 80, 1180, 130),
        Shape("lane_verifikator", "lane", "Verifikator", 160, 210, 1180, 160),
        Shape("lane_kadis", "lane", "Kepala Dinas", 160, 370, 1180, 150),
        Shape("layanan", "subProcess", "Pelayanan KRK", 290, 100, 960, 400),
        Shape("pendaftaran", "startEvent", "Pendaftaran", 222, 272, 36, 36),
        Shape("mulai", "startEvent", "", 312, 272, 36, 36),
        Shape("verifikasi_berkas", "userTask", "Verifikasi berkas", 390, 250, 110, 80),
        Shape("hasil_verifikasi", "exclusiveGateway", "Berkas lengkap?", 545, 265, 50, 50),
        Shape("perbaikan", "userTask", "Perbaikan isian yang ditolak verifikator", 515, 115, 110, 80),
        Shape("berkas_lengkap", "intermediateThrowEvent", "Berkas lengkap", 652, 272, 36, 36),
        Shape("analisis", "businessRuleTask", "Analisis tata ruang", 740, 250, 110, 80),
        Shape("gabung", "parallelGateway", "", 890, 265, 50, 50),
        Shape("tanda_tangan", "userTask", "Tanda tangan", 965, 400, 110, 80),
        Shape("kirim", "scriptTask", "Terbitkan KRK dan beri tahu pemohon", 985, 250, 110, 80),
        Shape("selesai", "endEvent", "Selesai", 1152, 272, 36, 36, "terminate"),
        Shape("pengingat", "boundaryEvent", "3 hari kerja", 607, 177, 36, 36, "timer", True),
        Shape("jatuh_tempo", "boundaryEvent", "Jatuh tempo", 820, 482, 36, 36, "timer", True),
        Shape("penarikan", "boundaryEvent", "Pemohon menarik", 700, 482, 36, 36, "message"),
        Shape("eskalasi", "scriptTask", "Eskalasi", 830, 560, 110, 80),
    ),
    edges=(
        Edge("f0", "", ((258, 290), (290, 290))),
        Edge("f1", "", ((348, 290), (390, 290))),
        Edge("f2", "", ((500, 290), (545, 290))),
        Edge("f3", "tidak lengkap", ((570, 265), (570, 195))),
        Edge("f4", "", ((515, 155), (445, 155), (445, 250))),
        Edge("f5", "lengkap", ((595, 290), (652, 290))),
        Edge("f6", "", ((688, 290), (740, 290))),
        Edge("f7", "", ((850, 290), (890, 290))),
        Edge("f8", "", ((915, 315), (915, 440), (965, 440))),
        Edge("f9", "", ((940, 290), (985, 290))),
        Edge("f10", "", ((1095, 290), (1152, 290))),
        Edge("f11", "", ((838, 518), (838, 560))),
    ),
)
