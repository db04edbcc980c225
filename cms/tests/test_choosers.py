"""Choosing a thing of the shop in the page editor."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from accounts.roles import CURATOR, EDITOR, SHOPPER, grant
from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory

pytestmark = pytest.mark.django_db
CHOOSERS = ("product_chooser", "maker_chooser", "motif_chooser", "craft_chooser")


@pytest.fixture
def somebody(client):
    """Signs in a new person with these roles, and with access to Wagtail's admin whatever those are."""

    def sign_in(*roles):
        user = get_user_model().objects.create_user(
            email=f"{'-'.join(roles) or 'tamu'}@example.org", password="kata-sandi-panjang"
        )
        grant(user, *roles)
        client.force_login(user)
        return client

    return sign_in


def results(client, chooser="product_chooser", **query) -> str:
    response = client.get(reverse(f"{chooser}:choose_results"), query)
    assert response.status_code == 200
    return response.content.decode()


def test_search_finds_a_piece_by_title_in_either_language_by_sku_and_by_maker(somebody):
    client = somebody(EDITOR)
    maker = MakerFactory(name="Tenun Teluk Rubiah", person="Rohana")
    piece = ProductFactory(title_ind="Selendang kenanga", title_en="Kenanga shoulder cloth", maker=maker)
    record = piece.stockrecords.get()
    record.partner_sku = "KB-TC-001"
    record.save(update_fields=["partner_sku"])
    ProductFactory(title_ind="Piring pewter", title_en="Pewter plate")
    for words in ("kenanga", "shoulder", "KB-TC-001", "rubiah", "rohana selendang"):
        html = results(client, q=words)
        assert "Selendang kenanga" in html or "Kenanga shoulder cloth" in html, words
        assert "Piring pewter" not in html and "Pewter plate" not in html, words
    assert "Selendang kenanga" not in results(client, q="selendang pewter")


def test_list_shows_maker_sku_and_whether_the_public_sees_the_piece(somebody):
    client = somebody(EDITOR)
    piece = ProductFactory(is_public=False)
    html = results(client)
    assert piece.maker.name in html
    assert piece.stockrecords.get().partner_sku in html
    assert "Not public" in html or "Belum tampil" in html


def test_results_come_a_page_at_a_time_and_cost_the_same_queries(somebody, django_assert_max_num_queries):
    client = somebody(EDITOR)
    ProductFactory.create_batch(30)
    first = results(client)
    assert first.count("data-chooser-modal-choice") == 12
    assert results(client, p=3).count("data-chooser-modal-choice") == 6
    with django_assert_max_num_queries(12):
        results(client, p=2)


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_editor_and_curator_may_choose(somebody, chooser):
    for role in (EDITOR, CURATOR):
        client = somebody(role)
        assert client.get(reverse(f"{chooser}:choose")).status_code == 200
        assert client.get(reverse(f"{chooser}:choose_results")).status_code == 200


@pytest.mark.parametrize("chooser", CHOOSERS)
@pytest.mark.parametrize("view", ["choose", "choose_results", "chosen", "chosen_multiple", "create"])
def test_somebody_without_pages_may_not_choose_though_the_admin_lets_them_in(somebody, chooser, view):
    from django.contrib.auth.models import Permission

    piece = ProductFactory()
    client = somebody(SHOPPER)
    user = get_user_model().objects.get(email="shopper@example.org")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    url = reverse(f"{chooser}:{view}", args=[piece.pk] if view == "chosen" else [])
    response = client.get(url)
    assert response.status_code in (302, 403)
    assert piece.title_ind.encode() not in response.content


@pytest.mark.parametrize("chooser", CHOOSERS)
def test_nothing_of_the_shop_is_made_from_a_page(somebody, chooser):
    client = somebody(CURATOR)
    assert "tab-create" not in client.get(reverse(f"{chooser}:choose")).json()["html"]
    assert client.post(reverse(f"{chooser}:create"), {}).status_code in (302, 403)


def test_choosing_gives_the_id_and_the_title(somebody):
    client = somebody(EDITOR)
    piece = ProductFactory()
    answer = client.get(reverse("product_chooser:chosen", args=[piece.pk])).json()
    assert answer["result"]["id"] == str(piece.pk)
    assert answer["result"]["title"] in (piece.title_ind, piece.title_en)
    assert client.get(reverse("product_chooser:chosen", args=[987654])).status_code == 404


def test_makers_motifs_and_crafts_are_found_by_their_words(somebody):
    client = somebody(EDITOR)
    craft = CraftFactory(name_ind="Tenun cual", name_en="Cual weaving")
    MakerFactory(name="Limar Batin Tikal", person="Zainab")
    MotifFactory(name_ind="Pucuk rebung", name_en="Bamboo shoot", craft=craft)
    assert "Limar Batin Tikal" in results(client, "maker_chooser", q="zainab")
    assert "Limar Batin Tikal" not in results(client, "maker_chooser", q="rohana")
    assert results(client, "motif_chooser", q="bamboo").count("data-chooser-modal-choice") == 1
    assert results(client, "craft_chooser", q="cual").count("data-chooser-modal-choice") == 1
