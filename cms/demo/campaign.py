"""The kain cual campaign. Facts are those the sources agree on; where they differ the page says so."""

from cms.demo.campaign_second_half import CHAPTERS_ON_PATTERN_AND_TIME
from cms.demo.writing import Both, Written, chapter, paragraphs, piece, scene

CHAPTERS_ON_THE_NAME = [
    (
        "opening",
        {
            "picture": scene("kampanye-kain-cual.webp"),
            "kicker": Both("Kain cual, Bangka Barat", "Cual cloth, West Bangka"),
            "headline": Both("Dicelup dulu, baru ditenun", "Dyed first, then woven"),
            "sentence": Both(
                "Cual adalah sebutan untuk celupan pertama pada benang. Dari bak itu, sehelai kain masih satu sampai dua bulan jauhnya.",
                "Cual is the word for a thread's first bath of dye. From that vat, a finished cloth is still a month or two away.",
            ),
            "link": {"label": Both("Buka toko", "Visit the shop"), "place": "shop"},
        },
    ),
    chapter(
        ("Nama dari bak celup", "A name out of the dye bath"),
        paragraphs(
            (
                "Benang putih masuk ke bak, lalu keluar berwarna. Saat itulah yang di sini disebut <i>cual</i>: bukan kainnya, bukan "
                "coraknya, melainkan celupan pertama. Nama itu ikut terus bersama benang, naik ke alat tenun, dan akhirnya melekat pada "
                "kain yang jadi.",
                "A white thread goes into the vat and comes out a colour. That moment is what people here call <i>cual</i>: not the cloth, "
                "not the pattern, but the first dyeing. The name stayed with the thread, travelled up onto the loom and in the end "
                "settled on the cloth itself.",
            ),
            (
                "Dahulu orang menyebutnya Limar Muntok, menurut Muntok di Bangka Barat. Bangsawan kota itu memakainya pada pernikahan dan "
                "hari besar, dan menyerahkannya sebagai mas kawin.",
                "It used to be called Limar Muntok, after Muntok in West Bangka. The nobility of the town wore it at weddings and feasts, "
                "and gave it as dowry.",
            ),
            (
                "Sejak kapan, kami tidak berani memastikan. Satu sumber menulis abad ke-17, sumber lain abad ke-18.",
                "Since when, we cannot say for certain. One source writes the seventeenth century, another the eighteenth.",
            ),
        ),
    ),
    (
        "picture",
        {
            "picture": scene("kerajinan-tenun-cual.webp"),
            "caption": Both(
                "Merah yang paling dikenal bernama gula mutung: gula yang hampir gosong di wajan.",
                "The best-known red is called gula mutung: sugar on the edge of burning in the pan.",
            ),
            "width": "wide",
        },
    ),
    chapter(
        ("Satu kata, dua pulau", "One word, two islands"),
        paragraphs(
            (
                "Di Sambas, Kalimantan Barat, ada juga tenun yang disebut cual. Kata itu sendiri jadi belum cukup untuk tahu "
                "dari mana sehelai kain berasal, dan cual Bangka Belitung belum terdaftar sebagai indikasi geografis.",
                "In Sambas, in West Kalimantan, there is a weave called cual too. The word alone does not tell you where a cloth "
                "comes from, and the cual of Bangka Belitung is not registered as a geographical indication.",
            ),
            (
                "Karena itu kami tidak menempelkan lencana. Yang kami tulis di setiap karya lebih sederhana dan lebih mudah diperiksa: nama "
                "penenunnya, kampungnya, bahannya, dan berapa hari ia mengerjakannya.",
                "So we pin no badge on it. What every piece here carries is plainer and easier to check: the weaver's name, the village, the "
                "material, and how many days it took.",
            ),
        ),
    ),
    chapter(
        ("Badan dari ikat, tepi dari emas", "A body of ikat, an edge of gold"),
        paragraphs(
            (
                "Badan kain dikerjakan dengan ikat. Benang diikat rapat di tempat-tempat yang harus tetap terang, lalu dicelup. Ketika "
                "ikatannya dibuka, corak sudah ada di benang, tinggal menunggu giliran masuk ke kain.",
                "The body of the cloth is ikat. The thread is bound tight wherever it must stay light, then dyed. When the ties come "
                "off, the pattern is already in the yarn and only waits for its turn to enter the cloth.",
            ),
            (
                "Kepala dan tepinya lain. Di sana penenun menyisipkan benang emas sebagai pakan tambahan; teknik ini disebut "
                "<i>sungkit</i>. Emasnya lebih sedikit daripada songket Palembang. Pada cual, warnalah yang memenuhi ruangan, dan emas "
                "datang di ujung.",
                "Heads and edges are another matter. There the weaver lays in gold thread as an extra weft, a technique called "
                "<i>sungkit</i>. There is less gold than in a Palembang songket. In cual, colour fills the room and gold arrives at the "
                "end.",
            ),
            (
                "Bahannya sutra atau katun. Yang sutra biasanya berharga Rp3,6 juta sampai Rp6 juta selembar.",
                "The material is silk or cotton. A silk one usually costs between IDR 3.6 and 6 million.",
            ),
        ),
    ),
    (
        "numbers",
        {
            "numbers": [
                {
                    "value": Both("1–2 bulan", "1–2 months"),
                    "label": Both("untuk menyelesaikan selembar kain", "to finish one cloth"),
                },
                {
                    "value": Both("12", "12"),
                    "label": Both("motif yang namanya tercatat", "motifs whose names are recorded"),
                },
                {
                    "value": Both("1942", "1942"),
                    "label": Both("tahun alat tenun berhenti", "the year the looms stopped"),
                },
            ],
            "source": Both("catatan yang dikumpulkan Dekranasda", "notes gathered by the craft council"),
        },
    ),
    (
        "timeline",
        {
            "heading": Both("Dari seutas benang ke selembar kain", "From a thread to a cloth"),
            "intro": Both(
                "Lima pekerjaan, sering oleh tangan yang sama. Lamanya bergantung pada bahan, corak, dan cuaca.",
                "Five jobs, often by the same pair of hands. How long each takes depends on yarn, pattern and weather.",
            ),
            "steps": [
                {
                    "title": Both("Mengikat", "Tying"),
                    "when": Both("Sebelum ada warna", "Before there is colour"),
                    "text": Both(
                        "Benang pakan direntang dan diikat menurut corak. Bagian yang terikat tidak akan kena warna.",
                        "The weft is stretched out and bound along the pattern. What is bound will take no dye.",
                    ),
                    "picture": scene("proses-mengikat.webp"),
                },
                {
                    "title": Both("Mencelup", "Dyeing"),
                    "when": Both("Inilah cual", "This is cual"),
                    "text": Both(
                        "Gulungan masuk ke bak, dijemur, lalu dicelup lagi sampai warnanya dalam.",
                        "The hanks go into the vat, dry, and go in again until the colour is deep.",
                    ),
                    "picture": scene("proses-mencelup.webp"),
                },
                {
                    "title": Both("Memasang lungsi", "Setting the warp"),
                    "when": Both("Menyiapkan alat tenun", "Making the loom ready"),
                    "text": Both(
                        "Benang memanjang direntang dengan tegangan yang sama dari tepi ke tepi.",
                        "The long threads are stretched, with the same pull from one edge to the other.",
                    ),
                    "picture": scene("proses-lungsi.webp"),
                },
                {
                    "title": Both("Menenun dan menyungkit", "Weaving and laying in gold"),
                    "when": Both("Bagian terlama", "The longest part"),
                    "text": Both(
                        "Pakan masuk baris demi baris dan corak harus bertemu. Di kepala kain, emas disisipkan satu-satu.",
                        "The weft goes in row by row and the pattern has to meet. At the head, gold is laid in one pass at a time.",
                    ),
                    "picture": scene("proses-menenun.webp"),
                },
                {
                    "title": Both("Merapikan", "Finishing"),
                    "when": Both("Sebelum dilipat", "Before it is folded"),
                    "text": Both(
                        "Rumbai dipilin, tepi dirapikan, dan kain diperiksa pada cahaya dari samping.",
                        "Fringes are twisted, edges made good, and the cloth is looked over in light from the side.",
                    ),
                    "picture": scene("proses-merapikan.webp"),
                },
            ],
        },
    ),
    (
        "products",
        {
            "heading": Both("Empat kain, empat penenun", "Four cloths, four weavers"),
            "intro": Both(
                "Kami pilih karena tidak ada dua yang mirip. Ketuk gambarnya untuk melihat ukuran, bahan, dan lama pembuatannya.",
                "Chosen because no two are alike. Open one to see its size, its material and how long it took.",
            ),
            "products": [piece("KB-TC-003"), piece("KB-TC-005"), piece("KB-TC-013"), piece("KB-TC-014")],
        },
    ),
]

CAMPAIGN = Written(
    slug="kain-cual",
    fields={
        "title": Both("Kain cual", "Cual cloth"),
        "seo_title": Both("Kain cual dari Bangka Belitung", "Cual cloth from Bangka Belitung"),
        "search_description": Both(
            "Apa itu kain cual, bagaimana ia dicelup dan ditenun, mengapa berhenti pada 1942, dan siapa yang menenunnya hari ini.",
            "What cual cloth is, how it is dyed and woven, why it stopped in 1942, and who weaves it today.",
        ),
        "kicker": Both("Kisah kain cual", "The story of cual cloth"),
        "headline": Both("Dicelup dulu, baru ditenun", "Dyed first, then woven"),
        "summary": Both(
            "Nama cual datang dari celupan pertama pada benang. Butuh satu sampai dua bulan sebelum selembar kain selesai.",
            "The name comes from a thread's first bath of dye. It takes a month or two before the cloth is done.",
        ),
        "picture": scene("beranda-kain-cual.webp"),
        "social_picture": scene("kartu-bagikan.webp"),
    },
    body=CHAPTERS_ON_THE_NAME + CHAPTERS_ON_PATTERN_AND_TIME,
)
