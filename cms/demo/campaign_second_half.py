"""The kain cual campaign, from its patterns to its people."""

from cms.demo.writing import Both, chapter, craft, maker, motif, paragraphs, picture_of

CHAPTERS_ON_PATTERN_AND_TIME = [
    chapter(
        ("Penuh, atau lega", "Full, or with room to breathe"),
        paragraphs(
            (
                "Ada dua cara mengisi selembar cual. <i>Penganten bekecak</i> memenuhi seluruh permukaan; mata tidak diberi tempat "
                "berhenti. <i>Jande bekecak</i> membiarkan tanahnya terbuka, dengan corak yang berjauhan.",
                "There are two ways to fill a cual. <i>Penganten bekecak</i> covers the whole surface and gives the eye nowhere to rest. "
                "<i>Jande bekecak</i> leaves the ground open, with its figures set wide apart.",
            ),
            (
                "Warnanya pun bercerita. Gula mutung adalah merah tua; merah rukem lebih muda. Kuning dahulu hanya untuk keluarga raja. "
                "Sekarang penenun juga memakai hijau, biru, jingga, dan ungu.",
                "Colour has its own story. Gula mutung is a dark maroon; merah rukem is brighter. Yellow was once for royalty alone. Today "
                "weavers also work in green, blue, orange and purple.",
            ),
        ),
    ),
    (
        "picture_pair",
        {
            "first": picture_of("KB-TC-005"),
            "first_caption": Both(
                "Penganten bekecak: corak dari tepi ke tepi.", "Penganten bekecak: pattern from edge to edge."
            ),
            "second": picture_of("KB-TC-042"),
            "second_caption": Both(
                "Jande bekecak: tanah yang dibiarkan terbuka.", "Jande bekecak: a ground left open."
            ),
        },
    ),
    (
        "motif_strip",
        {
            "heading": Both("Motif, dan seberapa yakin kami", "Motifs, and how sure we are"),
            "intro": Both(
                "Nama-namanya tercatat. Artinya sering tidak, dan kami tidak mengarangnya.",
                "The names are on record. The meanings often are not, and we do not make them up.",
            ),
            "motifs": [
                motif(slug)
                for slug in (
                    "pucuk-rebung",
                    "limar",
                    "bebek-bebekan",
                    "bunga-tabur",
                    "naga-betarung",
                    "kembang-kenanga",
                    "kembang-rukem",
                    "burung-hong",
                )
            ],
        },
    ),
    chapter(
        ("1942, alat tenun berhenti", "1942, and the looms fall silent"),
        paragraphs(
            (
                "Pada tahun 1942, di bawah pendudukan Jepang, orang berhenti menenun. Tentang kain-kain yang sudah jadi tidak banyak "
                "catatan. Satu di antaranya, menurut cerita, berakhir sebagai penutup keranda.",
                "In 1942, under the Japanese occupation, the weaving stopped. Little is written of the cloths that were left. One of them, "
                "so it is told, ended up over a bier.",
            ),
            (
                "Siapa yang memulainya kembali? Ada yang menyebut Mukhtar Adjmain di Kampung Tanjung, Teluk Rubiah, Muntok, sesudah "
                "kain penutup keranda itu ditemukan. Ada pula yang menyebut satu keluarga di Pangkalpinang, sekitar tahun 1990.",
                "Who began again? Some name Mukhtar Adjmain of Kampung Tanjung, Teluk Rubiah, in Muntok, after the cloth on the "
                "bier was found. Others name a family in Pangkalpinang, around 1990.",
            ),
            (
                "Kami mencatat keduanya dan tidak memilih. Catatan tentang pengakuannya juga tidak seragam: satu menyebut terdaftar sebagai "
                "warisan budaya pada 2011, satu situs menulis ditetapkan pada 2015. Kalau keluarga Anda menyimpan kain, foto, atau "
                "cerita dari masa itu, kami ingin mendengarnya.",
                "We write down both and do not choose. The record of its standing as heritage is uneven too: one entry says registered in "
                "2011, one website says designated in 2015. If your family keeps a cloth, a photograph or a story from those years, we "
                "would like to hear it.",
            ),
        ),
    ),
    (
        "quote",
        {
            "text": Both("Saya menghitung benang, bukan hari.", "I count threads, not days."),
            "who": Both("Rohana, penenun", "Rohana, weaver"),
            "where": Both("tokoh rekaan di toko contoh ini", "a fictional maker in this demo shop"),
        },
    ),
    (
        "maker",
        {
            "maker": maker("tenun-teluk-rubiah"),
            "heading": Both("Tiga generasi, satu gedogan", "Three generations, one loom"),
            "text": Both(
                "Kayu alat tenun Rohana sudah licin di tempat tangan nenek dan ibunya bertumpu. Ia mencelup sendiri, menunggu warna "
                "benar-benar kering, dan tidak menjanjikan tanggal yang terlalu cepat. Setiap sore enam anak muda belajar di terasnya.",
                "The wood of Rohana's loom is smooth where her grandmother and mother rested their hands. She dyes her own yarn, waits "
                "until the colour is truly dry and never promises too near a date. Every afternoon six young people learn on her porch.",
            ),
        },
    ),
    (
        "maker_grid",
        {
            "heading": Both("Mereka yang menenun hari ini", "The people weaving today"),
            "intro": Both(
                "Di Muntok dan Pangkalpinang. Mereka rekaan, seperti semua orang di toko contoh ini; caranya bekerja tidak.",
                "In Muntok and Pangkalpinang. They are fictional, like everyone in this demo shop; the way they work is not.",
            ),
            "makers": [
                maker("cual-kampung-tanjung"),
                maker("limar-batin-tikal"),
                maker("rumah-benang-gajah-mada"),
            ],
        },
    ),
    (
        "products_by_rule",
        {
            "heading": Both("Baru turun dari alat tenun", "Fresh off the loom"),
            "intro": Both(
                "Daftar ini berganti sendiri setiap kali ada kain baru.",
                "This list renews itself whenever a new cloth is ready.",
            ),
            "craft": craft("tenun-cual"),
            "motif": None,
            "maker": None,
            "price_min": None,
            "price_max": None,
            "order": "newest",
            "limit": 4,
        },
    ),
    (
        "accordion",
        {
            "heading": Both("Yang sering ditanyakan", "What people ask"),
            "items": [
                {
                    "question": Both("Apakah cual sama dengan songket?", "Is cual the same as songket?"),
                    "answer": paragraphs(
                        (
                            "Tidak. Cual bertumpu pada ikat: warnanya sudah ada di benang sebelum ditenun. Songket bertumpu pada benang "
                            "emas. Pada cual, emas hanya mengisi kepala dan tepi.",
                            "No. Cual rests on ikat: its colour is in the thread before weaving begins. Songket rests on gold thread. In "
                            "cual, gold keeps to the head and the edges.",
                        )
                    ),
                },
                {
                    "question": Both(
                        "Mengapa tepi coraknya tidak setajam cetakan?", "Why is the pattern not as sharp as a print?"
                    ),
                    "answer": paragraphs(
                        (
                            "Karena benangnya diikat dan dicelup dengan tangan, lalu harus bertemu lagi di alat tenun. Tepi yang sedikit "
                            "kabur adalah tanda ikat, bukan cacat.",
                            "Because the yarn is tied and dyed by hand and then has to meet again on the loom. A slightly blurred edge is "
                            "the mark of ikat, not a flaw.",
                        )
                    ),
                },
                {
                    "question": Both("Berapa lama kalau saya memesan?", "How long if I order one?"),
                    "answer": paragraphs(
                        (
                            "Selembar kain memakan waktu satu sampai dua bulan. Pada karya yang dibuat sesuai pesanan, lamanya tertulis di "
                            "halaman karya itu sebelum Anda membayar.",
                            "A cloth takes one to two months. For a piece made to order, its own lead time is written on its page before "
                            "you pay.",
                        )
                    ),
                },
            ],
        },
    ),
    (
        "call",
        {
            "title": Both("Bawa pulang selembar", "Take one home"),
            "text": Both(
                "Mau melihat kain pada cahaya siang, atau bertanya soal ukuran? Kirim pesan. Yang menjawab manusia.",
                "Would you like to see a cloth in daylight, or ask about a size? Send a message. A person answers.",
            ),
            "link": {"label": Both("Lihat semua karya", "See all pieces"), "place": "shop"},
            "whatsapp_label": Both("Tanya lewat WhatsApp", "Ask on WhatsApp"),
            "whatsapp_text": Both(
                "Halo Kriya Babel, saya baru membaca kisah kain cual dan ingin bertanya tentang",
                "Hello Kriya Babel, I have just read about cual cloth and would like to ask about",
            ),
        },
    ),
    (
        "share",
        {
            "heading": Both("Ada yang perlu membaca ini?", "Who else should read this?"),
            "message": Both(
                "Dicelup dulu, baru ditenun: kisah kain cual.", "Dyed first, then woven: the story of cual cloth."
            ),
        },
    ),
]
