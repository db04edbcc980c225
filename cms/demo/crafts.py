"""The seven crafts: what each is, how it is made, and what is not known for certain."""

from cms.demo.writing import Both, Written, chapter, craft, paragraphs, scene


def _craft(slug, title, summary, body) -> Written:
    return Written(
        slug=slug,
        fields={
            "title": Both(*title),
            "summary": Both(*summary),
            "craft": craft(slug),
            "picture": scene(f"kerajinan-{slug}.webp"),
        },
        body=body,
    )


def _step(title, when, text, picture=None) -> dict:
    return {"title": Both(*title), "when": Both(*when), "text": Both(*text), "picture": picture}


TENUN_CUAL = _craft(
    "tenun-cual",
    ("Tenun cual", "Cual weaving"),
    (
        "Benang diikat, dicelup, baru ditenun. Badannya ikat, kepalanya sungkit emas, dan selembar kain memakan waktu satu sampai dua bulan.",
        "Yarn is tied, dyed and only then woven. The body is ikat, the head is laid with gold, and one cloth takes a month or two.",
    ),
    [
        chapter(
            ("Kain yang namanya celupan", "A cloth named after a dye bath"),
            paragraphs(
                (
                    "<i>Cual</i> adalah kata setempat untuk celupan pertama pada benang. Dahulu kainnya disebut Limar Muntok dan dipakai "
                    "bangsawan Muntok, Bangka Barat, pada pernikahan dan hari besar.",
                    "<i>Cual</i> is the local word for the first dyeing of the thread. The cloth itself was once called Limar Muntok and was "
                    "worn by the nobility of Muntok, West Bangka, at weddings and feasts.",
                ),
                (
                    "Badan kain dikerjakan dengan ikat; kepala dan tepinya diberi benang emas, sungkit, sebagai pakan tambahan. Bahannya "
                    "sutra atau katun.",
                    "The body is worked in ikat; head and edges carry gold thread, sungkit, laid in as an extra weft. The material is silk or "
                    "cotton.",
                ),
            ),
        ),
        (
            "timeline",
            {
                "heading": Both("Bagaimana dibuat", "How it is made"),
                "intro": Both("", ""),
                "steps": [
                    _step(
                        ("Mengikat", "Tying"),
                        ("Corak ditentukan di sini", "The pattern is decided here"),
                        (
                            "Pakan diikat di tempat yang harus tetap terang.",
                            "The weft is bound where it must stay light.",
                        ),
                        scene("proses-mengikat.webp"),
                    ),
                    _step(
                        ("Mencelup", "Dyeing"),
                        ("Inilah cual", "This is cual"),
                        ("Benang masuk bak, kering, dan masuk lagi.", "The yarn goes in, dries, and goes in again."),
                        scene("proses-mencelup.webp"),
                    ),
                    _step(
                        ("Menenun", "Weaving"),
                        ("Satu sampai dua bulan", "One to two months"),
                        (
                            "Baris demi baris, corak dipertemukan kembali.",
                            "Row by row the pattern is brought together again.",
                        ),
                        scene("proses-menenun.webp"),
                    ),
                ],
            },
        ),
        chapter(
            ("Yang belum pasti", "What is not certain"),
            paragraphs(
                (
                    "Awal mulanya ditulis abad ke-17 atau ke-18. Tenun ini berhenti pada 1942; siapa yang pertama menghidupkannya kembali "
                    "diceritakan berbeda-beda. Cual Bangka Belitung belum terdaftar sebagai indikasi geografis.",
                    "Its beginnings are put in the seventeenth or the eighteenth century. The weaving stopped in 1942, and accounts of who "
                    "first revived it differ. The cual of Bangka Belitung is not registered as a geographical indication.",
                )
            ),
        ),
    ],
)

PEWTER = _craft(
    "pewter",
    ("Pewter", "Pewter"),
    (
        "Kepulauan ini kepulauan timah. Di bengkel pewter, timah yang lunak dituang, dibubut, dan digosok sampai menjadi benda untuk disimpan lama.",
        "These are tin islands. In the pewter workshops the soft metal is poured, turned and rubbed into things to keep for a long time.",
    ),
    [
        chapter(
            ("Sembilan puluh tujuh persen timah", "Ninety-seven per cent tin"),
            paragraphs(
                (
                    "Pewter di sini kira-kira 97 persen timah. Apa sisanya, sumber-sumber tidak sependapat, jadi kami tidak menyebutkannya. "
                    "Logamnya lunak dan cepat cair, sebab itu cocok untuk detail kecil: sisik ikan, tali layar, urat daun.",
                    "The pewter made here is about 97 per cent tin. Sources do not agree on the rest, so we leave it unsaid. The metal is soft "
                    "and melts early, which suits small detail: the scale of a fish, the rope of a sail, the vein of a leaf.",
                ),
                (
                    "Harganya merentang dari Rp30.000 untuk sebuah gantungan kunci sampai Rp20 juta untuk pekerjaan besar.",
                    "Prices run from IDR 30,000 for a keyring to IDR 20 million for large work.",
                ),
            ),
        ),
        (
            "timeline",
            {
                "heading": Both("Dari tungku ke meja", "From the furnace to the table"),
                "intro": Both("", ""),
                "steps": [
                    _step(
                        ("Menuang", "Pouring"),
                        ("Selagi cair", "While it runs"),
                        (
                            "Logam cair masuk cetakan dan membeku dalam hitungan menit.",
                            "Molten metal fills the mould and sets within minutes.",
                        ),
                    ),
                    _step(
                        ("Membubut atau menempa", "Turning or beating"),
                        ("Memberi bentuk", "Giving it shape"),
                        (
                            "Saluran dipotong, dinding ditipiskan, tepi diluruskan.",
                            "Sprues come off, walls are thinned, edges made true.",
                        ),
                    ),
                    _step(
                        ("Menggosok", "Rubbing"),
                        ("Yang terakhir terlihat", "The last thing you see"),
                        (
                            "Alur digelapkan, permukaan dipoles satin atau mengilap.",
                            "Grooves are darkened, surfaces brought to satin or shine.",
                        ),
                    ),
                ],
            },
        ),
        chapter(
            ("Untuk dipajang", "Made for display"),
            paragraphs(
                (
                    "Semua pewter di toko ini dijual sebagai benda pajangan. Kami belum memiliki hasil uji untuk makanan dan minuman, maka "
                    "kami tidak menjanjikan apa-apa soal itu.",
                    "All pewter in this shop is sold for display. We have no test results for food or drink, so we promise nothing of the kind.",
                ),
                (
                    "Bersihkan dengan kain lembut dan sedikit sabun. Timah meleleh pada panas yang rendah: jauhkan dari kompor.",
                    "Clean it with a soft cloth and a little soap. Tin melts at low heat: keep it away from the stove.",
                ),
            ),
        ),
    ],
)

BATU_SATAM = _craft(
    "batu-satam",
    ("Batu satam", "Satam stone"),
    (
        "Batu hitam dari Belitung dengan kulit penuh lekuk. Ilmu batuan menamainya billitonit.",
        "A black stone from Belitung, its skin full of pits. Geologists call it billitonite.",
    ),
    [
        chapter(
            ("Bukan meteorit", "Not a meteorite"),
            paragraphs(
                (
                    "Satam sering disebut meteorit. Bukan. Ia tektit: kaca alam. N. Wing Easton menamainya billitonit, menurut "
                    "Billiton, nama lama Belitung.",
                    "Satam is often called a meteorite. It is not. It is a tektite, a natural glass. N. Wing Easton named it billitonite, "
                    "after Billiton, the old name of Belitung.",
                ),
                (
                    "Tektit juga ditemukan di tempat lain, jadi kami tidak menulis 'hanya ada di Belitung'. Yang memang khas adalah cara "
                    "orang Belitung memakainya: sebagai batu cincin, liontin, kepala tongkat.",
                    "Tektites are found elsewhere too, so you will not read 'only in Belitung' here. What is Belitung's own is how people "
                    "wear them: as ring stones, pendants, the head of a walking stick.",
                ),
            ),
        ),
        chapter(
            ("Kulitnya dibiarkan", "The skin is left alone"),
            paragraphs(
                (
                    "Perajin memilih batu pada cahaya miring, karena di situ lekuknya terbaca. Kulit batu tidak dipoles; hanya alasnya "
                    "diratakan supaya duduk di ikatannya. Tidak ada dua yang sama, maka setiap batu dipotret sendiri.",
                    "Makers choose stones in slanting light, where the pits can be read. The skin is not polished; only the base is flattened "
                    "so that it sits in its setting. No two are alike, so every stone is shown in its own picture.",
                )
            ),
        ),
    ],
)

KOPIAH_RESAM = _craft(
    "kopiah-resam",
    ("Kopiah resam", "Resam caps"),
    (
        "Serat pakis yang dikupas, direndam sekitar tiga hari, lalu dianyam dengan jarum menjadi kopiah.",
        "Fern fibre, stripped, soaked for about three days and woven with a needle into a cap.",
    ),
    [
        chapter(
            ("Dari pakis menjadi serat", "From fern to fibre"),
            paragraphs(
                (
                    "Resam adalah pakis, <i>Dicranopteris linearis</i>. Batangnya dikupas, seratnya direndam kira-kira tiga hari, lalu dibelah "
                    "setipis yang diminta kopiahnya. Menganyamnya dengan jarum.",
                    "Resam is a fern, <i>Dicranopteris linearis</i>. Its stems are stripped, the fibre soaks for about three days and is then "
                    "split as thin as the cap demands. It is woven with a needle.",
                ),
                (
                    "Kopiah kasar selesai dalam seminggu. Yang halus bisa tiga bulan. Pegang keduanya, dan Anda langsung tahu mengapa.",
                    "A coarse cap is done in a week. A fine one can take three months. Hold one in each hand and you know why.",
                ),
            ),
        ),
        chapter(
            ("Kini ada ukurannya", "Now it comes in sizes"),
            paragraphs(
                (
                    "Dahulu ukuran kopiah resam tidak menentu: pembeli harus mencoba satu per satu. Sejak ada cetakan dari Dekranasda, "
                    "ukurannya bisa disebut dengan angka. Ukur lingkar kepala Anda di atas telinga, lalu pilih angka yang sama.",
                    "Resam caps used to vary in size, and you had to try one after another. Since the council had moulds made, a size can be "
                    "given as a number. Measure round your head above the ears and choose the same figure.",
                )
            ),
        ),
    ],
)

BATIK = _craft(
    "batik",
    ("Batik Babel", "Batik of Babel"),
    (
        "Daun simpor, ikan, gelas kopi. Batik di kepulauan ini masih muda dan menggambar apa yang ada di sekitar rumah.",
        "Simpor leaves, fish, a glass of coffee. Batik on these islands is young and draws what stands around the house.",
    ),
    [
        chapter(
            ("Motif dari halaman sendiri", "Patterns from the front yard"),
            paragraphs(
                (
                    "Bengkel-bengkel batik di Babel umumnya berdiri sejak 2012. Mereka tidak mewarisi pakem lama, dan itu membuat mereka "
                    "bebas: daun simpor yang lebar, ikan hasil melaut, gelas kopi dari warung di sudut jalan.",
                    "The batik workshops of Babel were founded from about 2012 on. They inherit no old canon, and that sets them free: the wide "
                    "simpor leaf, fish from the morning's catch, a coffee glass from the stall on the corner.",
                )
            ),
        ),
        (
            "timeline",
            {
                "heading": Both("Tulis atau cap, lalu warna", "By hand or by stamp, then colour"),
                "intro": Both("", ""),
                "steps": [
                    _step(
                        ("Malam", "Wax"),
                        ("Menutup", "Covering"),
                        (
                            "Digambar dengan canting atau dicap. Yang tertutup malam tidak kena warna.",
                            "Drawn with a canting or stamped. What is under wax takes no dye.",
                        ),
                    ),
                    _step(
                        ("Celup", "Dye"),
                        ("Berulang", "Again and again"),
                        (
                            "Dari warna muda ke tua, ditutup lagi di antaranya.",
                            "From light to dark, covered again in between.",
                        ),
                    ),
                    _step(
                        ("Lorod", "Boiling out"),
                        ("Membuka", "Uncovering"),
                        (
                            "Malam luruh di air panas, kain dijemur di tempat teduh.",
                            "The wax leaves in hot water and the cloth dries in the shade.",
                        ),
                    ),
                ],
            },
        ),
    ],
)

RAJUTAN = _craft(
    "rajutan",
    ("Rajutan", "Knitting and crochet"),
    (
        "Tas, topi, dan selimut dari benang katun, dikerjakan di ruang tamu, di angkutan, di sela pekerjaan lain.",
        "Bags, hats and blankets of cotton yarn, made in living rooms, on minibuses, in between other work.",
    ),
    [
        chapter(
            ("Kerajinan yang bisa dibawa", "A craft you can carry"),
            paragraphs(
                (
                    "Merajut tidak butuh bengkel. Cukup kait atau jarum, segulung benang, dan hitungan yang tidak boleh lupa. Karena itu "
                    "banyak perajutnya ibu-ibu yang bekerja dari rumah dan berkumpul seminggu sekali untuk saling memeriksa.",
                    "Knitting needs no workshop. A hook or needles will do, a ball of yarn, and a count you must not lose. That is why many of "
                    "its makers work from home and meet once a week to look over each other's work.",
                ),
                (
                    "Benangnya katun. Motif kain cual ikut masuk: pucuk rebung menjadi deretan kotak kecil, kembang kenanga menjadi bintang.",
                    "The yarn is cotton. Motifs from cual find their way in: bamboo shoots become rows of small squares, kenanga blossom "
                    "becomes a star.",
                ),
            ),
        ),
        chapter(
            ("Dipakai sampai usang", "Meant to be worn out"),
            paragraphs(
                (
                    "Rajutan mudah diperbaiki. Kalau ada lubang kecil, tambal sebelum membesar; sebagian perajut menyertakan benang "
                    "cadangan untuk itu. Cuci dengan tangan dan keringkan mendatar.",
                    "Knitted things are easy to mend. If a small hole appears, close it before it grows; some makers send spare yarn along for "
                    "the purpose. Wash by hand and dry flat.",
                )
            ),
        ),
    ],
)

ANYAMAN = _craft(
    "anyaman",
    ("Anyaman", "Plaiting"),
    (
        "Purun dari rawa, lidi dari nipah, bilah dari bambu. Tiga bahan, banyak sekali cara menyilangkannya.",
        "Purun from the marsh, ribs from the nipah palm, splints from bamboo. Three materials and a great many ways to cross them.",
    ),
    [
        chapter(
            ("Tiga bahan", "Three materials"),
            paragraphs(
                (
                    "<b>Purun</b> adalah rumput rawa. Sesudah dijemur dan dipipihkan ia lemas seperti kain, jadi ia menjadi tas, tikar, dan topi. "
                    "Batangnya yang berongga juga menjadi sedotan.",
                    "<b>Purun</b> is a marsh reed. Dried and flattened it is as supple as cloth, and turns into bags, mats and hats. Its hollow "
                    "stem also makes a drinking straw.",
                ),
                (
                    "<b>Lidi nipah</b> diraut dari pelepah palem muara. Kaku dan lurus, ia menjadi piring, nampan, dan tudung saji.",
                    "<b>Nipah ribs</b> are pared from the leaves of an estuary palm. Stiff and straight, they become plates, trays and food "
                    "covers.",
                ),
                (
                    "<b>Bambu</b> dibelah menjadi bilah tipis untuk keranjang, besek, dan kap lampu.",
                    "<b>Bamboo</b> is split into thin splints for baskets, boxes and lampshades.",
                ),
            ),
        ),
        chapter(
            ("Sampai ke kamar hotel", "As far as a hotel room"),
            paragraphs(
                (
                    "Dekranasda pernah melatih dua puluh perajin membuat sandal untuk hotel. Kalau Anda menginap di Bangka Belitung dan "
                    "menemukan sandal anyaman di samping tempat tidur, mungkin salah satu dari mereka yang membuatnya.",
                    "The council once trained twenty makers to produce slippers for hotels. If you stay in Bangka Belitung and find plaited "
                    "slippers beside the bed, perhaps one of them made the pair.",
                )
            ),
        ),
    ],
)

CRAFTS = (TENUN_CUAL, PEWTER, BATU_SATAM, KOPIAH_RESAM, BATIK, RAJUTAN, ANYAMAN)
