import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.search.backends import get_search_backend

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.bulk import Shelf
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.search import queries, services
from shop.search.services import Product, reindex

#: A page as the address asks for it → the page shown, of two.
PAGES = {"2": 2, "3": 2, "9999": 2, "0": 1, "x": 1, "-1": 1}

pytestmark = pytest.mark.django_db
QUERY_LIMIT = 14


def found(client, words, **query):
    response = client.get("/cari/", {"q": words, **query})
    assert response.status_code == 200
    return [product.title_ind for product in response.context["products"]]


def index_alike():
    """Index one piece for real and give its entry to all that have none: indexing thousands one by one takes a
    minute."""
    first = Product.objects.order_by("pk").first()
    reindex(Product.objects.filter(pk=first.pk))
    table = first.index_entries.model._meta.db_table
    copied = ("content_type_id", "title_norm", "title", "body", "autocomplete", "title_text", "body_text")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (object_id, {', '.join(copied)}) "
            f"SELECT p.id::text, {', '.join(f'e.{name}' for name in copied)} FROM {table} e, catalogue_product p "
            f"WHERE e.id = %s AND NOT EXISTS (SELECT 1 FROM {table} x "
            "WHERE x.object_id = p.id::text AND x.content_type_id = e.content_type_id)",
            [first.index_entries.get().pk],
        )
        cursor.execute(f"ANALYZE {table}")


@pytest.fixture
def cloth():
    piece = ProductFactory(
        title_ind="Selendang kembang kenanga",
        title_en="Ylang-ylang scarf",
        description_ind="Ditenun rapat dengan benang emas",
        description_en="Woven close, with gold thread",
        upc="KB-0042",
        maker=MakerFactory(name="Tenun Teluk Rubiah", person="Rohana", village="Tanjung"),
        craft=CraftFactory(name_ind="Tenun cual", name_en="Cual weaving"),
        motifs=[MotifFactory(name_ind="Pucuk rebung", name_en="Bamboo shoot")],
    )
    ProductFactory(title_ind="Vas timah", title_en="Pewter vase", maker__person="Joko", maker__village="Manggar")
    reindex(Product.objects.all())
    return piece


@pytest.mark.parametrize(
    "words",
    ["selendang", "SELENDANG kenanga", "scarf", "emas", "gold thread", "KB-0042", "rubiah", "rohana", "tanjung",
     "tenun cual", "weaving", "rebung", "bamboo", "selendang emas rohana", "selen", "pucuk reb"],
)  # fmt: skip
def test_piece_is_found_by_what_is_known_of_it(client, cloth, words):
    assert found(client, words) == ["Selendang kembang kenanga"]


@pytest.mark.parametrize("words", ["vas emas", "selendang timah", "xyz"])
def test_every_word_must_fit(client, cloth, words):
    assert found(client, words) == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "&",
        "'",
        '"',
        "!!!",
        "a & | ! ( ) :*",
        "\\",
        "%",
        "selendang'",
        "\x00",
        "𓂀",
        "-",
        "NEAR(",
        "*",
        "a" * 5000,
    ],
)
def test_strange_words_find_what_they_can_and_break_nothing(client, cloth, words):
    assert client.get("/cari/", {"q": words}).status_code == 200


def test_hidden_pieces_are_not_found(client, cloth):
    Product.objects.filter(pk=cloth.pk).update(is_public=False)
    assert found(client, "selendang") == []


def test_words_in_the_title_come_before_words_elsewhere(client):
    ProductFactory(title_ind="Baki", description_ind="Dibuat dari nipah")
    ProductFactory(title_ind="Tas nipah")
    ProductFactory(title_ind="Nampan", description_ind="Dari nipah juga")
    reindex(Product.objects.all())
    assert found(client, "nipah") == ["Tas nipah", "Nampan", "Baki"]
    assert sorted(found(client, "nipah", sort="price")) == ["Baki", "Nampan", "Tas nipah"]


def test_search_is_narrowed_like_the_shops_list(client, cloth):
    other = ProductFactory(title_ind="Selendang polos", craft=CraftFactory(slug="batik"))
    reindex(Product.objects.filter(pk=other.pk))
    assert found(client, "selendang", craft="batik") == ["Selendang polos"]
    assert found(client, "selendang", maker=cloth.maker.slug) == ["Selendang kembang kenanga"]
    assert found(client, "selendang", max="1") == []


def test_new_name_of_a_maker_craft_or_motif_finds_its_pieces(client, cloth, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cloth.maker.name = "Rumah Ikat"
        cloth.maker.save()
        cloth.craft.name_en = "Limar"
        cloth.craft.save()
        motif = cloth.motifs.get()
        motif.name_ind = "Naga betarung"
        motif.save()
    for words in ("rumah ikat", "limar", "naga"):
        assert found(client, words) == ["Selendang kembang kenanga"]
    assert found(client, "rubiah") == []


def test_added_motif_finds_the_piece(client, cloth, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cloth.motifs.add(MotifFactory(name_ind="Kuda laut"))
    assert found(client, "kuda laut") == ["Selendang kembang kenanga"]


def test_saved_piece_is_found_at_once(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        ProductFactory(title_ind="Cepu songket")
    assert found(client, "cepu") == ["Cepu songket"]


def test_search_without_words_shows_ways_on(client):
    CraftFactory(slug="pewter", name_ind="Pewter")
    html = client.get("/cari/").content.decode()
    assert 'href="/toko/pewter/"' in html
    assert client.get("/cari/").context["count"] == 0


def test_nothing_found_says_what_to_do_next(client):
    assert 'class="empty"' in client.get("/cari/?q=xyz").content.decode()


def test_page_beyond_the_last_is_the_last_and_a_wrong_one_the_first(client):
    Shelf().fill(30)
    index_alike()
    numbers = {asked: client.get("/cari/", {"q": "limar", "page": asked}).context["page_obj"].number for asked in PAGES}
    assert numbers == PAGES


def test_search_page_is_the_same_for_every_anonymous_visitor(client, cloth):
    response = client.get("/cari/?q=selendang")
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies


def test_search_in_five_thousand_pieces_costs_what_it_costs_in_fifty(client):
    paths = [
        "/cari/?q=limar",
        "/cari/?q=limar&page=2",
        "/cari/?q=kain&sort=price&max=103000",
        "/en/cari/?q=cloth&craft=tenun-cual",
    ]

    def cost(url):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    shelf = Shelf()
    shelf.fill(50)
    index_alike()
    cost("/cari/?q=limar")
    few = [cost(path) for path in paths]
    shelf.fill(4950)
    index_alike()
    assert client.get("/cari/?q=limar").context["count"] == 5000
    assert [cost(path) for path in paths] == few
    assert max(few) <= QUERY_LIMIT


def test_more_matches_than_anybody_reads_are_cut_at_the_newest(monkeypatch):
    monkeypatch.setattr(queries, "MOST_MATCHES", 3)
    pieces = Shelf().fill(5)
    reindex(Product.objects.all())
    assert sorted(queries.matching_ids("limar")) == [piece.pk for piece in pieces[2:]]


def test_reindexing_goes_through_all_chunks(monkeypatch):
    monkeypatch.setattr(services, "CHUNK", 7)
    Shelf().fill(20)
    assert reindex(Product.objects.all()) == 20
    assert get_search_backend().search("limar", Product).count() == 20


@pytest.mark.parametrize("words", ['"tenun cual"', 'tenun "cual', "tenun, cual!"])
def test_quotation_marks_and_commas_find_what_the_bare_words_find(words):
    piece = ProductFactory(title_ind="Selendang tenun cual", stock=1)
    reindex(Product.objects.all())
    assert queries.matching_ids(words) == queries.matching_ids("tenun cual") == [piece.pk]
