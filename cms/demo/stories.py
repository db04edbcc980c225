"""Two stories about fictional makers."""

from datetime import date

from cms.demo.writing import Both, Written, chapter, maker, paragraphs, piece, scene

ROHANA = Written(
    slug="rohana-menghitung-benang",
    fields={
        "title": Both("Rohana menghitung benang, bukan hari", "Rohana counts threads, not days"),
        "summary": Both(
            "Sore di Teluk Rubiah: satu gedogan tua, enam murid, dan hujan yang membuat celupan harus menunggu.",
            "An afternoon in Teluk Rubiah: one old loom, six pupils, and rain that makes the dye bath wait.",
        ),
        "picture": scene("cerita-rohana.webp"),
        "author": Both("Redaksi Kriya Babel", "The Kriya Babel desk"),
        "date": date(2026, 11, 17),
    },
    makers=(maker("tenun-teluk-rubiah"),),
    pieces=(piece("KB-TC-001"), piece("KB-TC-004"), piece("KB-TC-044"), piece("KB-TC-042")),
    body=[
        chapter(
            None,
            paragraphs(
                (
                    "Hujan turun sejak pagi, jadi tidak ada yang dicelup hari ini. Rohana tidak kelihatan kecewa. Ia menarik bangku kecil ke "
                    "teras, menyalakan lampu, dan mulai memeriksa ikatan pada benang yang akan masuk bak besok, kalau langit mengizinkan.",
                    "It has rained since morning, so nothing will be dyed today. Rohana does not look sorry. She pulls a low stool onto the "
                    "porch, turns on the lamp and begins to check the ties on the yarn that will go into the vat tomorrow, sky permitting.",
                ),
                (
                    "Ia mengikat dengan sobekan daun pisang kering. 'Plastik lebih cepat,' katanya, 'tapi plastik tidak bilang kalau ikatannya "
                    "kendur.' Daun berderit sedikit waktu ditarik. Dari bunyi itu ia tahu.",
                    "She ties with strips of dry banana leaf. 'Plastic is quicker,' she says, 'but plastic does not tell you when it is "
                    "loose.' The leaf creaks a little as it is pulled. From that sound she knows.",
                ),
            ),
        ),
        chapter(
            ("Kayu yang licin", "Wood worn smooth"),
            paragraphs(
                (
                    "Alat tenunnya gedogan, alat yang dipangku: satu ujung diikat ke tiang rumah, ujung lain ke pinggang penenun. Ibunya "
                    "memakainya, neneknya juga. Di dua tempat kayunya cekung dan licin, tepat selebar telapak tangan.",
                    "Her loom is a gedogan, a loom you sit into: one end tied to a post of the house, the other to the weaver's waist. Her mother "
                    "used it, and her grandmother. In two places the wood is hollowed and smooth, just the width of a palm.",
                ),
                (
                    "Waktu kecil ia hanya boleh memegang ujung benang. Bertahun-tahun. 'Saya kira itu hukuman,' katanya. 'Ternyata itu pelajaran "
                    "pertama: benang punya tegangan, dan tangan harus hafal.'",
                    "As a girl she was only allowed to hold the end of the thread. For years. 'I thought it was a punishment,' she says. 'It was "
                    "the first lesson: thread has a tension, and the hand must learn it by heart.'",
                ),
            ),
        ),
        (
            "quote",
            {
                "text": Both("Saya menghitung benang, bukan hari.", "I count threads, not days."),
                "who": Both("Rohana", "Rohana"),
                "where": Both("Teluk Rubiah, Muntok", "Teluk Rubiah, Muntok"),
            },
        ),
        chapter(
            ("Enam murid, dua kepala kain", "Six pupils, two cloth heads"),
            paragraphs(
                (
                    "Sekitar pukul empat murid-muridnya datang, masih berseragam. Enam orang. Empat di antaranya belum boleh menyentuh benang "
                    "emas. Dua yang tertua sudah bisa menyelesaikan kepala kain, barisan pucuk rebung yang tidak memaafkan salah hitung.",
                    "Around four the pupils arrive, still in school uniform. There are six. Four may not touch the gold thread yet. The two eldest "
                    "can already finish the head of a cloth, a row of bamboo shoots that forgives no miscount.",
                ),
                (
                    "Rohana duduk di antara mereka dan hampir tidak bicara. Kalau ada yang keliru, ia hanya meletakkan jari di baris itu dan "
                    "menunggu.",
                    "Rohana sits among them and hardly speaks. When somebody goes wrong she only lays a finger on the row, and waits.",
                ),
            ),
        ),
        (
            "picture",
            {
                "picture": scene("proses-menenun.webp"),
                "caption": Both("Baris demi baris, corak harus bertemu.", "Row by row, the pattern has to meet."),
                "width": "wide",
            },
        ),
        chapter(
            ("Foto benang", "A picture of the yarn"),
            paragraphs(
                (
                    "Pembeli sering bertanya kapan kainnya selesai. Rohana menjawab dengan foto: benang yang sudah diikat, lalu benang "
                    "yang sudah dicelup, lalu sejengkal kain pertama. Tidak ada tanggal.",
                    "Buyers often ask when their cloth will be done. Rohana answers with pictures: the yarn tied, then the yarn dyed, then the "
                    "first hand's breadth of cloth. No date.",
                ),
                (
                    "Anehnya, kata Rohana, sesudah foto ketiga tidak ada lagi yang bertanya. Mereka ikut menunggu, dan menunggu bersama "
                    "itu rasanya lain.",
                    "Strangely, says Rohana, nobody asks again after the third picture. They have begun to wait with her, and waiting "
                    "together feels different.",
                ),
                (
                    "<i>Rohana dan murid-muridnya adalah tokoh rekaan untuk toko contoh ini. Pekerjaannya nyata.</i>",
                    "<i>Rohana and her pupils are made up for this demo shop. The work is real.</i>",
                ),
            ),
        ),
        ("share", {"heading": Both("", ""), "message": Both("", "")}),
    ],
)

RAWA_PURUN = Written(
    slug="rawa-yang-ikut-istirahat",
    fields={
        "title": Both("Rawa yang ikut istirahat", "The marsh that rests too"),
        "summary": Both(
            "Di Kelapa Kampit, sepetak rawa dibiarkan setahun sebelum disabit lagi. Begitulah sebuah tas purun dimulai.",
            "In Kelapa Kampit a patch of marsh is left alone for a year before it is cut again. That is how a purun bag begins.",
        ),
        "picture": scene("cerita-rawa-purun.webp"),
        "author": Both("Redaksi Kriya Babel", "The Kriya Babel desk"),
        "date": date(2026, 11, 10),
    },
    makers=(maker("anyaman-kelapa-kampit"),),
    pieces=(piece("KB-AN-001"), piece("KB-AN-002"), piece("KB-AN-008"), piece("KB-AN-031")),
    body=[
        chapter(
            None,
            paragraphs(
                (
                    "Maryam masuk ke rawa sebelum panas. Airnya sebetis, dinginnya masih sisa malam. Di tangan kanannya sabit pendek, di "
                    "tangan kiri seikat purun yang makin lama makin berat.",
                    "Maryam goes into the marsh before the heat. The water reaches her calves and still has the night in it. A short sickle in "
                    "her right hand, in the left a bundle of purun that grows heavier as she goes.",
                ),
                (
                    "Yang dipotong hanya batang yang tua dan lurus. Yang muda disibakkan, bukan diinjak. Ia bergerak seperti orang berjalan di "
                    "antara anak-anak yang tidur.",
                    "She cuts only stems that are old and straight. The young ones are parted, not trodden down. She moves like somebody "
                    "walking among sleeping children.",
                ),
            ),
        ),
        chapter(
            ("Setahun untuk sepetak", "A year for each patch"),
            paragraphs(
                (
                    "Rawanya dibagi petak-petak, tanpa patok, hanya ingatan. Petak yang baru disabit dibiarkan setahun. Kalau ada pesanan "
                    "besar dan petak yang boleh disabit sudah habis, pesanan itu yang menunggu.",
                    "The marsh is divided into patches, with no posts, only memory. A patch that has been cut is left alone for a year. When a "
                    "large order comes and the open patches are used up, it is the order that waits.",
                ),
                (
                    "'Rawanya ikut bekerja,' kata Maryam, 'jadi ia ikut istirahat.'",
                    "'The marsh works with us,' says Maryam, 'so it rests with us.'",
                ),
            ),
        ),
        (
            "timeline",
            {
                "heading": Both("Dari rawa ke bahu", "From the marsh to a shoulder"),
                "intro": Both("", ""),
                "steps": [
                    {
                        "title": Both("Menjemur", "Drying"),
                        "when": Both("Tiga hari panas", "Three hot days"),
                        "text": Both(
                            "Batang dibentang sampai hijaunya hilang.", "Stems are spread until the green has gone."
                        ),
                        "picture": None,
                    },
                    {
                        "title": Both("Memipihkan", "Flattening"),
                        "when": Both("Dengan alu", "With a pestle"),
                        "text": Both(
                            "Ditumbuk pelan; terlalu keras, batangnya pecah.",
                            "Pounded gently; too hard and the stem splits.",
                        ),
                        "picture": None,
                    },
                    {
                        "title": Both("Menyortir", "Sorting"),
                        "when": Both("Dengan gigi sisir", "With the teeth of a comb"),
                        "text": Both(
                            "Bilah yang sama lebar dikumpulkan, sebagian dicelup.",
                            "Strips of one width are gathered, some of them dyed.",
                        ),
                        "picture": None,
                    },
                    {
                        "title": Both("Menganyam", "Plaiting"),
                        "when": Both("Dua sampai empat hari", "Two to four days"),
                        "text": Both(
                            "Bertujuh, berhadapan, di balai belakang rumah.",
                            "Seven women, face to face, in the hall behind the house.",
                        ),
                        "picture": None,
                    },
                ],
            },
        ),
        chapter(
            ("Yang tertua tidak memakai pola", "The eldest uses no pattern"),
            paragraphs(
                (
                    "Di balai itu duduk tujuh perempuan. Yang tertua berumur tujuh puluh satu dan tidak pernah memakai pola. Kalau ditanya "
                    "bagaimana ia tahu kapan harus membalik arah, ia tertawa dan menunjukkan jarinya.",
                    "Seven women sit in that hall. The eldest is seventy-one and has never used a pattern. Ask her how she knows when to turn and "
                    "she laughs and holds up her fingers.",
                ),
                (
                    "Dulu tas mereka hanya sampai ke pasar. Lalu anak Maryam memotretnya untuk tugas sekolah, dan foto itu pergi lebih jauh "
                    "daripada siapa pun di balai.",
                    "Their bags used to get no further than the market. Then Maryam's child photographed them for a school project, and the "
                    "picture travelled further than anyone in the hall.",
                ),
                (
                    "<i>Maryam dan kelompoknya adalah tokoh rekaan untuk toko contoh ini.</i>",
                    "<i>Maryam and her group are made up for this demo shop.</i>",
                ),
            ),
        ),
        ("share", {"heading": Both("", ""), "message": Both("", "")}),
    ],
)

STORIES = (ROHANA, RAWA_PURUN)
