import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.bulk import Shelf
from shop.catalogue.tests.factories import CategoryFactory, MadeToOrderFactory, ProductFactory, StockRecordFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory, RegencyFactory
from shop.pictures.tests.factories import PictureFactory
from shop.stock.services import receive

pytestmark = pytest.mark.django_db
QUERY_LIMIT = 14


def titles(response):
    return [product.get_title() for product in response.context["products"]]


def queries_for(client, url):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(url)
    assert response.status_code == 200, url
    return len(captured)


def put_in_stock(product, quantity=1):
    receive(product.stockrecords.get(), quantity, reason="test", key=f"test-{product.pk}")


@pytest.mark.parametrize(
    "path", ["/toko/", "/toko/tenun-cual/", "/toko/?status=ready&min=1&motif=motif-x&sort=price", "/en/toko/"]
)
def test_list_costs_the_same_queries_with_ten_times_the_pieces(client, path):
    shelf = Shelf()
    shelf.fill(20)
    client.get(path)  # what the process remembers (content types, sites) is not the page's
    few = queries_for(client, path)
    shelf.fill(180)
    assert queries_for(client, path) == few
    assert few <= QUERY_LIMIT


def test_product_page_costs_the_same_queries_with_ten_times_the_pieces(client):
    shelf = Shelf(makers=1)
    piece = shelf.fill(5)[0]
    client.get(piece.get_absolute_url())
    few = queries_for(client, piece.get_absolute_url())
    shelf.fill(50)
    assert queries_for(client, piece.get_absolute_url()) == few
    assert few <= QUERY_LIMIT


def test_list_of_five_thousand_pieces_answers_within_the_limit(client):
    Shelf().fill(5000)
    client.get("/toko/?page=2")
    for path in (
        "/toko/",
        "/toko/?page=200",
        "/toko/tenun-cual/?sort=-price&status=order",
        "/toko/?min=102000&max=104000",
    ):
        assert queries_for(client, path) <= QUERY_LIMIT, path


@pytest.mark.parametrize("path", ["/toko/", "/toko/tenun-cual/", "product", "/en/toko/", "/pengrajin/"])
def test_page_is_the_same_for_every_anonymous_visitor(client, path):
    piece = Shelf().fill(1)[0]
    response = client.get(piece.get_absolute_url() if path == "product" else path)
    assert response.status_code == 200
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_looking_at_a_piece_writes_nothing(client):
    piece = Shelf().fill(1)[0]
    with CaptureQueriesContext(connection) as captured:
        client.get(piece.get_absolute_url())
    assert not [q["sql"] for q in captured if not q["sql"].startswith("SELECT")]


def test_filters_narrow_by_what_the_address_says(client):
    bangka, belitung = RegencyFactory(slug="bangka"), RegencyFactory(slug="belitung")
    limar, naga = MotifFactory(slug="limar"), MotifFactory(slug="naga")
    siti, joko = MakerFactory(slug="siti", regency=bangka), MakerFactory(slug="joko", regency=belitung)
    a = ProductFactory(title_ind="A", maker=siti, motifs=[limar, naga], price=Decimal("100000"))
    ProductFactory(title_ind="B", maker=joko, motifs=[naga], price=Decimal("200000"))
    MadeToOrderFactory(title_ind="C", maker=joko, price=Decimal("300000"))
    put_in_stock(a)

    def found(query):
        return sorted(titles(client.get(f"/toko/?{query}")))

    assert found("regency=bangka") == ["A"]
    assert found("motif=naga") == ["A", "B"]
    assert found("motif=limar&motif=naga") == ["A", "B"]
    assert found("maker=joko") == ["B", "C"]
    assert found("maker=joko&maker=siti") == ["A", "B", "C"]
    assert found("min=200000") == ["B", "C"]
    assert found("min=150.000&max=250.000") == ["B"]
    assert found("min=150.000,00&max=250,000.00") == ["B"]
    assert found("status=ready") == ["A"]
    assert found("status=order") == ["C"]
    assert found("regency=belitung&motif=limar") == []
    assert found("min=abc&max=&status=nonsense&sort=nonsense") == ["A", "B", "C"]


def test_choice_counts_what_it_would_lead_to(client):
    siti, joko = MakerFactory(slug="siti"), MakerFactory(slug="joko")
    limar = MotifFactory(slug="limar")
    ProductFactory.create_batch(2, maker=siti, motifs=[limar])
    ProductFactory(maker=siti)
    ProductFactory(maker=joko, motifs=[limar])
    facets = client.get("/toko/?maker=siti").context["facets"]
    assert {o.value: o.count for o in facets["maker"]} == {"siti": 3, "joko": 1}
    assert {o.value: o.count for o in facets["motif"]} == {"limar": 2}


def test_active_filter_can_be_taken_away_alone(client):
    MakerFactory(slug="siti", name="Rumah Siti")
    response = client.get("/toko/?maker=siti&max=500000&page=1&sort=price")
    (maker, without_maker), (price, without_price) = response.context["chips"]
    assert (maker, without_maker) == ("Rumah Siti", "?max=500000&sort=price")
    assert "Rp500.000" in price
    assert without_price == "?maker=siti&sort=price"
    assert response.context["filters"].cleared == "?sort=price"


def test_sold_out_pieces_come_last(client):
    sold_out = ProductFactory(title_ind="Habis", price=Decimal("1"))
    here = ProductFactory(title_ind="Ada", price=Decimal("9"))
    put_in_stock(here)
    ProductFactory(title_ind="Baru habis", price=Decimal("2"))
    assert titles(client.get("/toko/"))[0] == "Ada"
    assert titles(client.get("/toko/?sort=price")) == ["Ada", "Habis", "Baru habis"]
    assert sold_out.card_available == 0


def test_pages_do_not_overlap_and_end(client):
    Shelf().fill(30)
    first, second = titles(client.get("/toko/")), titles(client.get("/toko/?page=2"))
    assert (len(first), len(second), len({*first, *second})) == (24, 6, 30)
    for beyond in ("3", "9999"):
        assert titles(client.get("/toko/", {"page": beyond})) == second
    for wrong in ("0", "x", "-1", "", "99999999999", "9" * 5000, "²"):
        assert titles(client.get("/toko/", {"page": wrong})) == first


def test_links_between_pages_keep_the_filters(client):
    shelf = Shelf()
    shelf.fill(60)
    html = client.get(f"/toko/?motif={shelf.motifs[0].slug}&sort=price").content.decode()
    assert "page=" not in html  # twenty pieces fit on one page
    html = client.get("/toko/?min=100000&sort=price").content.decode()
    assert re.search(r'href="\?min=100000&amp;sort=price&amp;page=2"', html)


def test_empty_list_says_what_to_do_next(client):
    assert 'class="empty"' in client.get("/toko/").content.decode()
    assert 'href="?"' in client.get("/toko/?max=1").content.decode()


def test_shelf_shows_its_pieces_and_those_of_shelves_below(client):
    cual = CategoryFactory(craft=CraftFactory(slug="tenun-cual"))
    scarves = cual.add_child(name_ind="Selendang", name_en="Scarves", slug="selendang")
    direct, below, elsewhere = ProductFactory(title_ind="Kain"), ProductFactory(title_ind="Selendang"), ProductFactory()
    direct.categories.add(cual)
    below.categories.add(scarves)
    assert sorted(titles(client.get("/toko/tenun-cual/"))) == ["Kain", "Selendang"]
    assert titles(client.get("/toko/tenun-cual/selendang/")) == ["Selendang"]
    assert scarves.get_absolute_url() == "/toko/tenun-cual/selendang/"
    assert client.get("/toko/selendang/").status_code == 404
    assert elsewhere.title not in client.get("/toko/tenun-cual/").content.decode()


def test_hidden_shelf_and_all_below_it_are_not_found(client):
    cual = CategoryFactory(craft=CraftFactory(slug="tenun-cual"))
    cual.add_child(name_ind="Selendang", slug="selendang")
    cual.is_public = False
    cual.save()
    assert client.get("/toko/tenun-cual/").status_code == 404
    assert client.get("/toko/tenun-cual/selendang/").status_code == 404


def test_address_of_a_piece_names_it(client):
    piece = ProductFactory(title_ind="Selendang Kembang Kenanga")
    assert piece.get_absolute_url() == f"/toko/karya/selendang-kembang-kenanga_{piece.pk}/"
    assert client.get(piece.get_absolute_url()).status_code == 200
    moved = client.get(f"/toko/karya/old-name_{piece.pk}/")
    assert (moved.status_code, moved.url) == (301, piece.get_absolute_url())
    english = client.get(f"/en/toko/karya/selendang-kembang-kenanga_{piece.pk}/")
    assert english.context["product"].get_title().startswith("Cloth")
    assert client.get("/toko/karya/nothing_999999/").status_code == 404


def test_hidden_piece_is_found_by_staff_only_and_is_never_kept(client, django_user_model):
    hidden = ProductFactory(is_public=False)
    of_hidden_maker = ProductFactory(maker__is_public=False)
    for piece in (hidden, of_hidden_maker):
        assert client.get(piece.get_absolute_url()).status_code == 404
        assert titles(client.get("/toko/")) == []
    client.force_login(django_user_model.objects.create(email="staf@demo.test", is_staff=True))
    response = client.get(hidden.get_absolute_url())
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_product_page_tells_price_state_and_where_to_ask(client):
    piece = ProductFactory(
        title_ind="Selendang",
        maker__whatsapp="6281100000199",
        price=Decimal("1250000"),
        motifs=[MotifFactory(name_ind="Limar")],
        pictures=[PictureFactory(is_illustration=True, description_ind="Selendang merah")],
    )
    put_in_stock(piece)
    html = client.get(piece.get_absolute_url()).content.decode()
    assert "Rp1.250.000" in html
    assert 'href="https://schema.org/InStock"' in html
    assert f'data-post="{reverse("basket:add", kwargs={"pk": piece.pk})}"' in html
    assert f'action="{reverse("basket:confirm", kwargs={"pk": piece.pk})}"' in html
    assert "https://wa.me/6281100000199?text=" in html
    assert "http%3A%2F%2Ftestserver%2Ftoko%2Fkarya%2Fselendang" in html
    assert "Limar" in html
    assert re.search(r'alt="(Ilustrasi|Illustration): Selendang merah"', html)


def test_sold_out_piece_offers_a_question_but_no_basket(client):
    html = client.get(ProductFactory().get_absolute_url()).content.decode()
    assert "data-add-to-basket" not in html
    assert "https://wa.me/" in html
    assert "schema.org/SoldOut" in html


def test_piece_made_to_order_can_be_bought_without_stock(client):
    html = client.get(MadeToOrderFactory(lead_time_days=21).get_absolute_url()).content.decode()
    assert "data-add-to-basket" in html
    assert "21" in html


def test_maker_without_number_is_asked_through_the_shop(client, settings):
    settings.SHOP_WHATSAPP = "6281100000777"
    assert "wa.me/6281100000777" in client.get(ProductFactory(maker__whatsapp="").get_absolute_url()).content.decode()


def test_variants_of_a_piece_are_bought_on_its_page(client):
    parent = ProductFactory(title_ind="Kopiah", structure="parent", stockrecord=None)
    small = ProductFactory(
        title_ind="Kopiah nomor 6",
        structure="child",
        parent=parent,
        product_class=None,
        maker=parent.maker,
        price=Decimal("90000"),
    )
    ProductFactory(
        title_ind="Kopiah nomor 8",
        structure="child",
        parent=parent,
        product_class=None,
        maker=parent.maker,
        price=Decimal("120000"),
    )
    put_in_stock(small)
    response = client.get("/toko/")
    assert titles(response) == ["Kopiah"]
    assert (response.context["products"][0].card_price, response.context["products"][0].card_available) == (
        Decimal("90000"),
        1,
    )
    html = client.get(parent.get_absolute_url()).content.decode()
    assert reverse("basket:add", kwargs={"pk": small.pk}) in html
    assert client.get(small.get_absolute_url()).status_code == 301


def test_texts_of_people_are_escaped(client):
    piece = ProductFactory(
        title_ind="<script>alert(1)</script>", description_ind="<img src=x onerror=alert(1)>", maker__story="<b>x</b>"
    )
    for url in (piece.get_absolute_url(), "/toko/", piece.maker.get_absolute_url()):
        html = client.get(url).content.decode()
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "<b>x</b>" not in html


def test_other_pieces_of_the_maker_follow(client):
    maker = MakerFactory()
    piece = ProductFactory(maker=maker)
    others = ProductFactory.create_batch(5, maker=maker)
    ProductFactory()
    related = client.get(piece.get_absolute_url()).context["related"]
    assert len(related) == 4
    assert set(related) <= set(others)


def test_stock_record_of_another_partner_does_not_raise_the_price_shown():
    piece = ProductFactory(price=Decimal("100000"))
    StockRecordFactory(product=piece, partner=MakerFactory().partner, price=Decimal("50000"))
    assert piece.card_price == Decimal("100000")
