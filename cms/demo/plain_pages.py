"""Terms, privacy, delivery and returns, contact, about. What only the council can decide is marked as an example."""

from cms.demo.writing import Both, Written, chapter, paragraphs, points, scene, together

EXAMPLE = Both(
    "Naskah contoh. Dekranasda perlu memeriksa dan memutuskan isinya sebelum toko ini dibuka untuk umum.",
    "Example text. The council must check and decide what it says before this shop opens to the public.",
)


def _page(slug, title, intro, body, notice=EXAMPLE) -> Written:
    return Written(slug=slug, fields={"title": Both(*title), "intro": Both(*intro), "notice": notice}, body=body)


TERMS = _page(
    "syarat",
    ("Syarat belanja", "Terms of sale"),
    (
        "Yang kita sepakati ketika Anda membeli di sini, dalam bahasa sehari-hari.",
        "What we agree on when you buy here, in everyday words.",
    ),
    [
        chapter(
            ("Siapa penjualnya", "Who is selling"),
            paragraphs(
                (
                    "Toko ini dikelola Dekranasda Provinsi Kepulauan Bangka Belitung. Setiap karya dibuat dan dikirim oleh pengrajin yang "
                    "namanya tertulis di halaman karya. Kalau ada masalah, Anda cukup berurusan dengan kami.",
                    "This shop is run by Dekranasda, the craft council of the Bangka Belitung Islands. Every piece is made and sent by the maker "
                    "named on its page. If something goes wrong, you only ever need to deal with us.",
                )
            ),
        ),
        chapter(
            ("Harga dan pembayaran", "Prices and payment"),
            points(
                (
                    "Harga dalam rupiah. Ongkos kirim tampil sebelum Anda membayar dan tidak berubah sesudahnya.",
                    "Prices are in rupiah. Delivery is shown before you pay and does not change afterwards.",
                ),
                (
                    "Karya disimpan untuk Anda selama waktu yang tertulis di halaman pembayaran. Lewat waktu itu, karya kembali ke toko.",
                    "A piece is kept for you for as long as the payment page says. After that it goes back on sale.",
                ),
                (
                    "Penjual bukan Pengusaha Kena Pajak: tidak ada PPN yang dipungut.",
                    "The seller is not registered for VAT: none is charged.",
                ),
                (
                    "Kalau pembayaran masuk terlambat dan karyanya sudah terjual, uang Anda kami kembalikan seluruhnya.",
                    "If a payment arrives late and the piece has been sold, we return all of your money.",
                ),
            ),
        ),
        chapter(
            ("Buatan tangan", "Made by hand"),
            paragraphs(
                (
                    "Warna, ukuran, dan tepi corak bisa sedikit berbeda dari gambar. Kalau berbedanya jauh dari yang tertulis, itu bukan lagi "
                    "ciri buatan tangan melainkan kesalahan kami, dan Anda boleh mengembalikannya.",
                    "Colours, sizes and edges may differ a little from the picture. If a piece differs plainly from what its page says, that is "
                    "no longer the hand at work but our mistake, and you may send it back.",
                )
            ),
        ),
        chapter(
            ("Pesanan khusus", "Made to order"),
            paragraphs(
                (
                    "Karya yang dibuat sesuai pesanan mulai dikerjakan sesudah dibayar. Selama pengrajin belum mulai, Anda masih dapat "
                    "membatalkannya tanpa biaya.",
                    "A piece made to order is begun once it is paid for. As long as the maker has not started, you can cancel at no cost.",
                )
            ),
        ),
        chapter(
            ("Kalau kita berbeda pendapat", "If we disagree"),
            paragraphs(
                (
                    "Kirim pesan dulu; kebanyakan hal selesai dengan bicara. Hak Anda menurut Undang-Undang Perlindungan Konsumen tetap berlaku, "
                    "apa pun yang tertulis di halaman ini. Hukum yang dipakai adalah hukum Indonesia.",
                    "Write to us first; most things are settled by talking. Your rights under Indonesia's consumer protection law stand, whatever "
                    "this page says. Indonesian law applies.",
                )
            ),
        ),
    ],
)

PRIVACY = _page(
    "privasi",
    ("Privasi", "Privacy"),
    (
        "Data apa yang kami simpan, untuk apa, dan bagaimana Anda melihat, memperbaiki, atau menghapusnya.",
        "What we keep about you, why, and how you can see it, correct it or have it deleted.",
    ),
    [
        chapter(
            ("Yang kami simpan", "What we keep"),
            points(
                (
                    "<b>Waktu membeli:</b> nama, alamat, nomor telepon, e-mail, dan isi pesanan. Tanpa itu paket tidak sampai.",
                    "<b>When you buy:</b> name, address, phone number, e-mail and what you ordered. Without them the parcel does not arrive.",
                ),
                (
                    "<b>Waktu membayar:</b> status dan nomor pembayaran. Nomor kartu tidak pernah lewat komputer kami.",
                    "<b>When you pay:</b> the state and number of the payment. Card numbers never pass through our computers.",
                ),
                (
                    "<b>Waktu membuat akun:</b> e-mail dan kata sandi dalam bentuk yang tidak bisa dibaca kembali.",
                    "<b>When you open an account:</b> your e-mail, and your password in a form that cannot be read back.",
                ),
                (
                    "<b>Dari mana Anda datang:</b> misalnya dari sebuah kisah di situs ini. Kami tidak memasang pelacak iklan.",
                    "<b>How you came:</b> for example from a story on this site. We use no advertising trackers.",
                ),
            ),
        ),
        chapter(
            ("Siapa yang melihat", "Who sees it"),
            paragraphs(
                (
                    "Pengrajin melihat nama dan alamat untuk paketnya sendiri, kurir melihat yang tertulis di paket, dan penyedia pembayaran "
                    "melihat jumlah yang dibayar. Kami tidak menjual data kepada siapa pun.",
                    "A maker sees the name and address for their own parcel, the courier what is written on it, and the payment provider the "
                    "amount. We sell data to nobody.",
                )
            ),
        ),
        chapter(
            ("Hak Anda", "Your rights"),
            together(
                paragraphs(
                    (
                        "Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi memberi Anda hak ini, dan Anda cukup menulis lewat "
                        "halaman kontak untuk memakainya:",
                        "Law 27 of 2022 on Personal Data Protection gives you these rights, and writing to us through the contact page is enough "
                        "to use them:",
                    )
                ),
                points(
                    ("melihat data Anda dan mendapat salinannya;", "to see your data and get a copy;"),
                    ("memperbaiki yang salah;", "to have mistakes corrected;"),
                    ("menghapus yang tidak lagi diperlukan;", "to have deleted what is no longer needed;"),
                    (
                        "menarik persetujuan. Pemrosesan kami hentikan paling lambat 3 × 24 jam sesudahnya.",
                        "to withdraw consent. We stop processing within 3 × 24 hours of that.",
                    ),
                ),
                paragraphs(
                    (
                        "Kalau data Anda bocor, kami memberi tahu Anda dan lembaga yang berwenang paling lambat 3 × 24 jam sejak kami "
                        "mengetahuinya.",
                        "If your data leaks, we tell you and the authority within 3 × 24 hours of learning of it.",
                    )
                ),
            ),
        ),
        chapter(
            ("Berapa lama", "How long"),
            paragraphs(
                (
                    "Catatan pesanan disimpan selama pembukuan mewajibkannya. Akun yang Anda hapus hilang bersama alamatnya; pesanannya tetap "
                    "tercatat tanpa akun.",
                    "Records of orders are kept as long as bookkeeping requires. When you delete your account its addresses go with it; the orders "
                    "remain on record without the account.",
                )
            ),
        ),
    ],
)

DELIVERY = _page(
    "pengiriman-dan-pengembalian",
    ("Pengiriman dan pengembalian", "Delivery and returns"),
    (
        "Berapa ongkosnya, berapa lama sampainya, dan apa yang terjadi kalau Anda ingin mengembalikan sesuatu.",
        "What it costs, how long it takes, and what happens when you want to send something back.",
    ),
    [
        chapter(
            ("Ongkos kirim", "What delivery costs"),
            paragraphs(
                (
                    "Ongkos dihitung menurut kecamatan tujuan dan berat paket, dan tampil sebelum Anda membayar. Kurir memakai berat yang lebih "
                    "besar antara timbangan dan volume (panjang × lebar × tinggi dalam sentimeter, dibagi 6.000), paling sedikit 1 kg.",
                    "The cost depends on the district and the weight of the parcel, and is shown before you pay. Couriers charge the larger of "
                    "actual and volumetric weight (length × width × height in centimetres, divided by 6,000), at least 1 kg.",
                ),
                (
                    "Tarif di toko ini bertanda 'contoh' sampai Dekranasda mengisinya dengan tarif kurir yang sebenarnya.",
                    "Rates in this shop are marked 'contoh' (example) until the council fills in the couriers' real ones.",
                ),
            ),
        ),
        chapter(
            ("Satu pesanan, beberapa paket", "One order, several parcels"),
            paragraphs(
                (
                    "Pengrajin mengirim dari bengkelnya masing-masing. Kalau Anda membeli dari dua pengrajin, akan datang dua paket, masing-masing "
                    "dengan nomor resinya sendiri.",
                    "Makers send from their own workshops. If you buy from two of them, two parcels will come, each with a tracking number of "
                    "its own.",
                )
            ),
        ),
        chapter(
            ("Kapan dikirim", "When it is sent"),
            paragraphs(
                (
                    "Karya yang siap dikirim biasanya diserahkan ke kurir dalam tiga hari kerja. Untuk karya yang dibuat sesuai pesanan, lama "
                    "pengerjaan tertulis di halamannya.",
                    "Pieces that are ready usually reach the courier within three working days. For pieces made to order, the lead time is on "
                    "their page.",
                )
            ),
        ),
        (
            "accordion",
            {
                "heading": Both("Mengembalikan", "Sending back"),
                "items": [
                    {
                        "question": Both("Barang rusak atau tidak sesuai", "Damaged, or not as described"),
                        "answer": paragraphs(
                            (
                                "Foto barang dan bungkusnya, lalu kabari kami dalam tujuh hari sesudah diterima. Ongkos kembali kami "
                                "tanggung, dan Anda memilih: diganti, diperbaiki, atau uang kembali.",
                                "Take a picture of the piece and its wrapping and tell us within seven days. We pay for the return, and you "
                                "choose: replaced, mended, or your money back.",
                            )
                        ),
                    },
                    {
                        "question": Both("Berubah pikiran", "You have changed your mind"),
                        "answer": paragraphs(
                            (
                                "Boleh, dalam tujuh hari, selama belum dipakai. Ongkos kembali Anda yang menanggung. Karya yang dibuat sesuai "
                                "pesanan tidak dapat dikembalikan karena berubah pikiran.",
                                "You may, within seven days, if it is unused. You pay for the return. Pieces made to order cannot be returned "
                                "for a change of mind.",
                            )
                        ),
                    },
                    {
                        "question": Both("Uang kembali", "Getting your money back"),
                        "answer": paragraphs(
                            (
                                "Lewat cara Anda membayar. Setelah kami kirim, bank atau penyedia kartu bisa memerlukan beberapa hari lagi.",
                                "The way you paid. Once we have sent it, your bank or card provider may take a few more days.",
                            )
                        ),
                    },
                ],
            },
        ),
        chapter(
            ("Ke luar Indonesia", "Outside Indonesia"),
            paragraphs(
                (
                    "Bea masuk dan pajak di negara tujuan ditanggung penerima. Tanyakan dulu kalau ragu; kami bantu memperkirakannya.",
                    "Customs and taxes in your country are yours to pay. Ask us first if you are unsure and we will help you estimate.",
                )
            ),
        ),
    ],
)

CONTACT = _page(
    "kontak",
    ("Kontak", "Contact"),
    ("Ada manusia di sini, pada jam kerja.", "There are people here, in working hours."),
    [
        chapter(
            ("Cara tercepat", "The quickest way"),
            paragraphs(
                (
                    "Kirim pesan WhatsApp. Sebutkan nomor pesanan kalau sudah ada; kalau belum, cukup nama karyanya.",
                    "Send a message on WhatsApp. Give your order number if you have one; if not, the name of the piece will do.",
                )
            ),
        ),
        (
            "call",
            {
                "title": Both("Tanya langsung", "Ask us"),
                "text": Both(
                    "Senin sampai Jumat, pukul 08.00–16.00 WIB.",
                    "Monday to Friday, 08:00–16:00 Western Indonesian Time.",
                ),
                "link": {"label": Both("", ""), "place": ""},
                "whatsapp_label": Both("Buka WhatsApp", "Open WhatsApp"),
                "whatsapp_text": Both(
                    "Halo Kriya Babel, saya ingin bertanya.", "Hello Kriya Babel, I have a question."
                ),
            },
        ),
        chapter(
            ("Surat dan e-mail", "Post and e-mail"),
            paragraphs(
                (
                    "E-mail: halo@kriyababel.example. Alamat: Dekranasda Provinsi Kepulauan Bangka Belitung, Pangkalpinang.",
                    "E-mail: halo@kriyababel.example. Address: Dekranasda of the Bangka Belitung Islands, Pangkalpinang.",
                ),
                (
                    "Punya kain tua, foto, atau cerita tentang kerajinan di kepulauan ini? Kami ingin mendengarnya, juga kalau bertentangan "
                    "dengan yang kami tulis.",
                    "Do you have an old cloth, a photograph or a story about the crafts of these islands? We would like to hear it, also when it "
                    "contradicts what we have written.",
                ),
            ),
        ),
    ],
    notice=Both(
        "Alamat, nomor, dan jam di halaman ini contoh; pesan ke sana tidak sampai ke siapa pun.",
        "The address, number and hours on this page are examples; messages to them reach nobody.",
    ),
)

ABOUT = _page(
    "tentang",
    ("Tentang Kriya Babel", "About Kriya Babel"),
    (
        "Toko dan kumpulan cerita dari pengrajin Kepulauan Bangka Belitung, dikelola Dekranasda provinsi.",
        "The shop and the stories of the craftspeople of the Bangka Belitung Islands, run by the regional craft council.",
    ),
    [
        (
            "picture",
            {
                "picture": scene("laut-granit.webp"),
                "caption": Both("Provinsi timah, lada, dan laut.", "A province of tin, pepper and sea."),
                "width": "wide",
            },
        ),
        chapter(
            ("Tujuh daerah, tujuh kerajinan", "Seven regencies, seven crafts"),
            paragraphs(
                (
                    "Bangka, Bangka Barat, Bangka Tengah, Bangka Selatan, Belitung, Belitung Timur, dan Kota Pangkal Pinang: di tujuh daerah itu "
                    "ada 1.416 unit kerajinan. Mereka menenun cual, menuang pewter, mengikat batu satam, menganyam kopiah resam, membatik, "
                    "merajut, dan menganyam.",
                    "Bangka, Bangka Barat, Bangka Tengah, Bangka Selatan, Belitung, Belitung Timur and the city of Pangkal Pinang: across these "
                    "seven there are 1,416 craft units. They weave cual, pour pewter, set satam stones, make resam caps, and work in batik, "
                    "knitting and plaiting.",
                )
            ),
        ),
        chapter(
            ("Apa yang dikerjakan Dekranasda", "What the council does"),
            points(
                ("memperkenalkan kain cual lebih luas;", "makes cual cloth better known;"),
                (
                    "membuka pasar, di tempat dan daring, sampai ke luar negeri;",
                    "opens markets, in person and online, and abroad;",
                ),
                (
                    "melatih dan mendampingi, dari desain pewter sampai sandal hotel;",
                    "trains and mentors, from pewter design to hotel slippers;",
                ),
                (
                    "menyalurkan alat, misalnya mesin cor pewter dan tenda pasar;",
                    "hands over equipment, such as pewter casting machines and market tents;",
                ),
                ("membawa pengrajin ke pameran nasional.", "takes makers to national fairs."),
            ),
        ),
        chapter(
            ("Cara kami bercerita", "How we tell it"),
            paragraphs(
                (
                    "Kalau sumber berbeda, kami tulis bahwa sumbernya berbeda. Kami tidak memasang lencana tanpa nomor, tanggal, dan sumbernya. "
                    "Gambar yang dibuat komputer kami sebut ilustrasi.",
                    "Where sources differ, we say that they differ. We show no badge without its number, date and source. Pictures drawn by a "
                    "computer are called illustrations.",
                )
            ),
        ),
    ],
    notice=Both(
        "Ini toko contoh: pengrajin, karya, harga, dan kutipan di dalamnya rekaan.",
        "This is a demo shop: its makers, pieces, prices and quotes are made up.",
    ),
)

PLAIN_PAGES = (ABOUT, DELIVERY, TERMS, PRIVACY, CONTACT)
