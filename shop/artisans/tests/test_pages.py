import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory, RegencyFactory
from shop.pictures.tests.factories import PictureFactory

pytestmark = pytest.mark.django_db
QUERY_LIMIT = 14


def cost(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def portrait():
    return PictureFactory(pixel_width=40, pixel_height=30)


def test_list_is_narrowed_by_craft_and_regency(client):
    cual, batik = CraftFactory(slug="tenun-cual"), CraftFactory(slug="batik")
    bangka, belitung = RegencyFactory(slug="bangka"), RegencyFactory(slug="belitung")
    MakerFactory(name="A", crafts=[cual], regency=bangka)
    MakerFactory(name="B", crafts=[cual, batik], regency=belitung)
    MakerFactory(name="C", crafts=[batik], regency=bangka)
    MakerFactory(name="D", crafts=[cual], regency=bangka, is_public=False)

    def found(query):
        return [maker.name for maker in client.get(f"/pengrajin/?{query}").context["makers"]]

    assert found("") == ["A", "B", "C"]
    assert found("craft=tenun-cual") == ["A", "B"]
    assert found("regency=bangka") == ["A", "C"]
    assert found("craft=batik&regency=bangka") == ["C"]
    assert found("craft=batik&regency=nowhere") == []
    assert found("craft=%00") == ["A", "B", "C"]


def test_narrowing_by_craft_does_not_multiply_the_pieces_counted(client):
    cual, batik = CraftFactory(slug="tenun-cual"), CraftFactory(slug="batik")
    maker = MakerFactory(crafts=[cual, batik])
    ProductFactory.create_batch(3, maker=maker)
    ProductFactory(maker=maker, is_public=False)
    (listed,) = client.get("/pengrajin/?craft=batik").context["makers"]
    assert listed.piece_count == 3


def test_list_costs_the_same_queries_with_ten_times_the_makers(client):
    MakerFactory.create_batch(2, crafts=[CraftFactory()], portrait=portrait())
    cost(client, "/pengrajin/")
    few = cost(client, "/pengrajin/")
    for _ in range(18):
        MakerFactory(crafts=[CraftFactory()], portrait=portrait())
    assert cost(client, "/pengrajin/") == few
    assert few <= QUERY_LIMIT


def test_page_costs_the_same_queries_with_ten_times_the_pieces(client):
    maker = MakerFactory(crafts=[CraftFactory()], portrait=portrait())
    ProductFactory(maker=maker, pictures=[portrait()])
    cost(client, maker.get_absolute_url())
    few = cost(client, maker.get_absolute_url())
    for _ in range(10):
        ProductFactory(maker=maker, pictures=[portrait()])
    assert cost(client, maker.get_absolute_url()) == few
    assert few <= QUERY_LIMIT


def test_page_tells_who_where_and_since_when(client):
    maker = MakerFactory(
        name="Tenun Rubiah",
        slug="tenun-rubiah",
        person="Rohana",
        village="Tanjung",
        since=1994,
        story_ind="Belajar dari ibunya.",
        quote_ind="Saya menghitung benang.",
        whatsapp="6281100000188",
    )
    piece = ProductFactory(maker=maker, title_ind="Selendang")
    html = client.get("/pengrajin/tenun-rubiah/").content.decode()
    for part in (
        "Tenun Rubiah",
        "Rohana",
        "Tanjung",
        "1994",
        "Belajar dari ibunya.",
        "Saya menghitung benang.",
        "wa.me/6281100000188",
    ):
        assert part in html
    assert piece.get_absolute_url() in html


def test_hidden_maker_is_not_found(client):
    assert client.get(MakerFactory(is_public=False).get_absolute_url()).status_code == 404


def test_maker_without_pieces_still_has_a_page(client):
    assert 'class="empty"' in client.get(MakerFactory().get_absolute_url()).content.decode()


def test_page_beyond_the_last_is_the_last_and_a_wrong_one_the_first(client):
    MakerFactory.create_batch(25)
    pages = {"2": 2, "3": 2, "9999": 2, "0": 1, "x": 1, "-1": 1}
    numbers = {asked: client.get("/pengrajin/", {"page": asked}).context["page_obj"].number for asked in pages}
    assert numbers == pages
