"""The pages of the demo's three fairs. The fairs themselves, with their days and pieces, are the shop's demo data."""

from cms.demo.writing import Both, Written, chapter, fair, paragraphs, picture_of, scene

FAIR_LIST = Written(
    slug="pameran",
    fields={
        "title": Both("Pameran", "Fairs"),
        "intro": Both(
            "Pegang kainnya, coba cincinnya, ngobrol dengan pembuatnya. Di sini jadwal stan kami.",
            "Feel the cloth, try on the ring, talk to the one who made it. Here is where our stall goes.",
        ),
    },
    body=[],
)

MADE_UP = paragraphs(
    (
        "<i>Pameran, tempat, dan angka di halaman ini rekaan untuk toko contoh.</i>",
        "<i>The fair, its place and its figures are made up for this demo shop.</i>",
    )
)

PEKAN = Written(
    slug="pekan-kriya-nusantara",
    fields={
        "title": Both("Pekan Kriya Nusantara", "Nusantara Craft Week"),
        "fair": fair("pekan-kriya-nusantara"),
        "summary": Both(
            "Lima hari di Jakarta dengan syal katun, bros pewter, dan purun. Kotak pulangnya jauh lebih ringan.",
            "Five days in Jakarta with cotton shawls, pewter brooches and purun. The crates came home much lighter.",
        ),
        "picture": scene("pameran-stan.webp"),
    },
    body=[
        chapter(
            ("Yang ditanya orang", "What people asked"),
            paragraphs(
                (
                    "Pertanyaan yang paling sering bukan harga, melainkan 'ini dicap atau ditenun?' Jadi di hari kedua kami gantung satu "
                    "benang yang sudah diikat dan dicelup di samping syalnya. Setelah itu orang tidak bertanya lagi; mereka memegang.",
                    "The commonest question was not the price but 'is it printed or woven?' So on the second day we hung a hank of tied and "
                    "dyed yarn beside the shawls. After that nobody asked any more; they touched.",
                ),
                (
                    "Gantungan kunci daun simpor habis paling cepat. Dompet pesta cual pulang satu.",
                    "The simpor leaf key rings went first. Of the cual clutches, a single one came home.",
                ),
            ),
        ),
        chapter(
            ("Yang pulang", "What came home"),
            paragraphs(
                (
                    "Setiap karya dihitung waktu berangkat, waktu tiba, dan waktu pulang. Yang milik rak toko sudah bisa dibeli lagi di sini; "
                    "yang lain kembali ke pembuatnya.",
                    "Every piece is counted as it leaves, as it arrives and as it comes home. Those from the shop's shelf can be bought here "
                    "again; the others are back with their makers.",
                )
            ),
        ),
        chapter(None, MADE_UP),
    ],
)

GELAR = Written(
    slug="gelar-kriya-serumpun",
    fields={
        "title": Both("Gelar Kriya Serumpun", "Serumpun Craft Show"),
        "fair": fair("gelar-kriya-serumpun"),
        "summary": Both(
            "Stan kami sedang buka di Palembang. Ada karya yang hanya dibuat untuk pameran ini.",
            "Our stall is open in Palembang, with a few pieces made for this show alone.",
        ),
        "picture": scene("kampanye-kain-cual.webp"),
    },
    body=[
        chapter(
            ("Datang dan bandingkan", "Come and compare"),
            paragraphs(
                (
                    "Palembang punya songket, Bangka punya cual. Keduanya bertetangga, dan paling mudah dibedakan kalau dipegang berdampingan: "
                    "pada cual, ikatnya yang memenuhi badan kain, emasnya cukup di kepala dan pinggir.",
                    "Palembang has songket, Bangka has cual. They are neighbours, and easiest told apart side by side in your hands: in cual the "
                    "ikat fills the body of the cloth, and the gold keeps to its head and edges.",
                ),
                (
                    "Di stan Anda bisa membayar tunai, dengan QRIS, kartu, atau transfer. Setiap karya membawa kartu dengan kode; pindai, dan "
                    "Anda tahu siapa pembuatnya.",
                    "At the stall you can pay in cash, by QRIS, card or transfer. Every piece carries a card with a code; scan it and you know "
                    "who made it.",
                ),
            ),
        ),
        chapter(None, MADE_UP),
    ],
)

PASAR = Written(
    slug="pasar-kriya-akhir-tahun",
    fields={
        "title": Both("Pasar Kriya Akhir Tahun", "Year-End Craft Market"),
        "fair": fair("pasar-kriya-akhir-tahun"),
        "summary": Both(
            "Tujuh bengkel bersiap ke Surabaya. Dua pengrajin ikut berangkat dan bekerja di depan Anda.",
            "Seven workshops are getting ready for Surabaya. Two makers travel along and work in front of you.",
        ),
        "picture": picture_of("KB-TC-041"),
    },
    body=[
        chapter(
            ("Yang sedang disiapkan", "What is being prepared"),
            paragraphs(
                (
                    "Daftar bawaan belum selesai. Kalau ada yang ingin Anda lihat di sana, kabari kami lewat WhatsApp di halaman kontak; "
                    "pengrajin berkemas beberapa hari sebelum hari pertama.",
                    "The packing lists are not finished. If there is something you would like to see there, tell us on WhatsApp, on the contact "
                    "page; makers pack a few days before the first day.",
                )
            ),
        ),
        chapter(None, MADE_UP),
    ],
)

FAIRS = (PEKAN, GELAR, PASAR)
