"""The public addresses that the browser tests visit, in both languages."""

CRAFTS = ("tenun-cual", "pewter", "batu-satam", "kopiah-resam", "batik", "rajutan", "anyaman")
FAIRS = ("pekan-kriya-nusantara", "gelar-kriya-serumpun", "pasar-kriya-akhir-tahun")

#: Addresses that every installation with the demo data has. ``{product}``, ``{maker}`` and their like are filled in.
PUBLIC = (
    "/",
    "/toko/",
    "/toko/tenun-cual/",
    "{product}",
    "/toko/keranjang/",
    "/toko/lacak/",
    "/cari/?q=cual",
    "/cari/?q=tidakadasamasekali",
    "/pengrajin/",
    "{maker}",
    "/kampanye/",
    "/kampanye/kain-cual/",
    "/kerajinan/",
    *(f"/kerajinan/{slug}/" for slug in CRAFTS),
    "/cerita/",
    "{story}",
    "/pameran/",
    *(f"/pameran/{slug}/" for slug in FAIRS),
    "{piece}",
    "{fair_piece}",
    "/syarat/",
    "/privasi/",
    "/pengiriman-dan-pengembalian/",
    "/kontak/",
    "/tentang/",
    "/akun/login/",
    "/akun/signup/",
    "/akun/password/reset/",
    "/halaman-yang-tidak-ada/",
)


def addresses(demo) -> dict[str, str]:
    """What fills the names in ``PUBLIC``, from the demo's own data."""
    product = demo.rows(
        "SELECT id, slug FROM catalogue_product WHERE is_public AND made_to_order = 0 "
        "ORDER BY is_featured DESC, id LIMIT 1"
    )[0]
    maker = demo.value("SELECT slug FROM artisans_maker WHERE is_public ORDER BY id LIMIT 1")
    story = demo.value(
        "SELECT url_path FROM wagtailcore_page WHERE live AND url_path LIKE '%/cerita/%/' ORDER BY path LIMIT 1"
    )
    fair_piece = demo.value(
        "SELECT s.partner_sku FROM partner_stockrecord s JOIN catalogue_product p ON p.id = s.product_id "
        "WHERE NOT p.is_public AND s.partner_sku LIKE 'F%' ORDER BY s.id LIMIT 1"
    )
    return {
        "piece": "/karya/KB-TC-006/",
        "fair_piece": f"/karya/{fair_piece}/",
        "product": f"/toko/karya/{product['slug']}_{product['id']}/",
        "maker": f"/pengrajin/{maker}/",
        "story": "/" + story.split("/", 2)[2],
    }


def public_paths(demo) -> list[str]:
    """Every public address, Indonesian first and its English twin after it."""
    names = addresses(demo)
    indonesian = [path.format(**names) for path in PUBLIC]
    return [path for one in indonesian for path in (one, f"/en{one}")]
