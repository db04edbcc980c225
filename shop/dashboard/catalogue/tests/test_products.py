from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.html import escape
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.services import ensure_shelf, put_on_shelf
from shop.catalogue.tests.factories import ProductClassFactory, ProductFactory
from shop.crafts.tests.factories import CraftFactory, MotifFactory
from shop.pictures.models import Picture
from shop.pictures.tests.factories import PictureFactory, picture_bytes
from shop.stock import services as stock

pytestmark = pytest.mark.django_db
Product = get_model("catalogue", "Product")


@pytest.fixture
def curator(client, django_user_model):
    user = django_user_model.objects.create(email="kurator@example.test", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


def formset(prefix, *rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def piece(*, maker, craft, pictures=(), stock=(), **changes):
    data = {
        "title_ind": "Selendang kenanga", "title_en": "Kenanga scarf", "maker": maker.pk, "craft": craft.pk,
        "description_ind": "Tenun tangan", "description_en": "Woven by hand", "weight_grams": 400,
        "parcel_length_cm": 30, "parcel_width_cm": 20, "parcel_height_cm": 5,
        "is_discountable": "on", "structure": "standalone",
        **formset("productcategory_set"), **formset("images", *pictures),
        **formset("primary_recommendations"), **formset("stockrecords", *stock),
    }  # fmt: skip
    return data | changes


def price(maker):
    """A stock record's row with a price of Rp1.250.000."""
    return {"partner": maker.partner_id, "partner_sku": "KB-1", "price_currency": "IDR", "price": "1250000"}


def errors(response):
    sets = [
        response.context[name]
        for name in ("category_formset", "image_formset", "recommended_formset", "stockrecord_formset")
    ]
    return [response.context["form"].errors, *[(one.errors, one.non_form_errors()) for one in sets]]


def create(curator, **kwargs):
    ProductClassFactory()
    url = reverse("dashboard:catalogue-product-create", kwargs={"product_class_slug": "kain"})
    return curator.post(url, piece(**kwargs))


def test_curator_creates_a_piece_that_shoppers_then_see_in_both_languages(curator, client):
    maker, craft, motif, picture = MakerFactory(), CraftFactory(slug="tenun-cual"), MotifFactory(), PictureFactory()
    response = create(
        curator,
        maker=maker,
        craft=craft,
        motifs=[motif.pk],
        pictures=[{"original": picture.pk, "display_order": 0}],
        stock=[price(maker)],
        is_public="on",
    )
    assert response.status_code == 302, errors(response)
    product = Product.objects.get()
    assert (product.title_ind, product.title_en, product.slug) == (
        "Selendang kenanga",
        "Kenanga scarf",
        "selendang-kenanga",
    )
    assert [shelf.slug for shelf in product.categories.all()] == ["tenun-cual"]
    assert (product.card_price, product.card_picture, list(product.motifs.all())) == (
        Decimal("1250000"),
        picture,
        [motif],
    )
    assert "Selendang kenanga" in client.get("/toko/tenun-cual/").content.decode()
    assert "Kenanga scarf" in client.get("/en/toko/tenun-cual/").content.decode()


def test_uploaded_picture_goes_through_the_same_door_as_every_other(curator):
    upload = SimpleUploadedFile("foto.jpg", picture_bytes(2600, 1300))
    response = create(
        curator, maker=MakerFactory(), craft=CraftFactory(),
        pictures=[{"upload": upload, "alt_ind": "Selendang merah", "display_order": 0}],
    )  # fmt: skip
    assert response.status_code == 302, errors(response)
    picture = Product.objects.get().card_picture
    assert (picture.width, picture.description_ind) == (2400, "Selendang merah")


def test_broken_upload_is_refused_beside_its_field_and_nothing_is_saved(curator):
    upload = SimpleUploadedFile("foto.jpg", picture_bytes(800, 800)[:900])
    row = {"upload": upload, "alt_ind": "Selendang merah", "display_order": 0}
    response = create(curator, maker=MakerFactory(), craft=CraftFactory(), pictures=[row])
    assert response.status_code == 200
    assert response.context["image_formset"].forms[0].errors["upload"]
    assert not Product.objects.exists()
    assert not Picture.objects.exists()


def test_new_piece_is_hidden_until_somebody_says_it_is_ready(curator):
    ProductClassFactory()
    page = curator.get(reverse("dashboard:catalogue-product-create", kwargs={"product_class_slug": "kain"}))
    assert page.context["form"]["is_public"].value() is False
    create(curator, maker=MakerFactory(), craft=CraftFactory())
    assert not Product.objects.get().is_public


@pytest.mark.parametrize("has_price, has_picture", [(False, False), (True, False), (False, True)])
def test_public_piece_without_price_or_picture_is_refused_beside_the_field(curator, has_price, has_picture):
    maker = MakerFactory()
    response = create(
        curator,
        maker=maker,
        craft=CraftFactory(),
        pictures=[{"original": PictureFactory().pk, "display_order": 0}] if has_picture else [],
        stock=[price(maker)] if has_price else [],
        is_public="on",
    )
    assert len(response.context["form"].errors["is_public"]) == 2 - has_price - has_picture
    assert not Product.objects.exists()


def test_public_piece_made_to_order_needs_a_price_as_well(curator):
    response = create(
        curator,
        maker=MakerFactory(),
        craft=CraftFactory(),
        pictures=[{"original": PictureFactory().pk, "display_order": 0}],
        made_to_order="on",
        lead_time_days=14,
        is_public="on",
    )
    assert list(response.context["form"].errors) == ["is_public"]
    assert not Product.objects.exists()


def test_public_piece_whose_only_picture_is_taken_away_is_refused(curator):
    product = ProductFactory(pictures=[PictureFactory()])
    image, record = product.images.get(), product.stockrecords.get()
    row = {"id": image.pk, "original": image.original_id, "display_order": 0, "DELETE": "on"}
    data = piece(maker=product.maker, craft=product.craft, is_public="on") | formset("images", row, initial=1)
    data |= formset("stockrecords", price(product.maker) | {"id": record.pk}, initial=1)
    response = curator.post(reverse("dashboard:catalogue-product", kwargs={"pk": product.pk}), data)
    assert list(response.context["form"].errors) == ["is_public"]
    assert product.images.exists()


def test_craft_and_partner_left_empty_are_the_makers_own(curator):
    maker = MakerFactory()
    craft = CraftFactory()
    maker.crafts.set([craft])
    ProductClassFactory()
    url = reverse("dashboard:catalogue-product-create", kwargs={"product_class_slug": "kain"})
    data = piece(maker=maker, craft=craft, stock=[price(maker) | {"partner": ""}]) | {"craft": ""}
    response = curator.post(url, data)
    assert response.status_code == 302, errors(response)
    product = Product.objects.get()
    assert (product.craft, product.stockrecords.get().partner) == (craft, maker.partner)


def test_craft_is_asked_for_when_the_maker_has_two(curator):
    maker = MakerFactory()
    maker.crafts.set([CraftFactory(), CraftFactory()])
    data = piece(maker=maker, craft=maker.crafts.first()) | {"craft": ""}
    ProductClassFactory()
    url = reverse("dashboard:catalogue-product-create", kwargs={"product_class_slug": "kain"})
    assert curator.post(url, data).context["form"].errors["craft"]
    assert not Product.objects.exists()


def test_picture_without_words_is_refused_beside_the_field_and_nothing_typed_is_lost(curator):
    upload = SimpleUploadedFile("foto.jpg", picture_bytes())
    response = create(
        curator,
        maker=MakerFactory(),
        craft=CraftFactory(),
        pictures=[{"upload": upload, "alt_ind": " ", "credit": "Yuni", "display_order": 0}],
    )
    form = response.context["image_formset"].forms[0]
    assert list(form.errors) == ["alt_ind"]
    assert form["credit"].value() == "Yuni"
    assert response.context["form"]["title_ind"].value() == "Selendang kenanga"
    assert not Picture.objects.exists()


def test_library_picture_without_words_gets_them_with_the_piece(curator):
    picture = PictureFactory(description_ind="", description_en="")
    row = {"original": picture.pk, "display_order": 0}
    refused = create(curator, maker=MakerFactory(), craft=CraftFactory(), pictures=[row])
    assert list(refused.context["image_formset"].forms[0].errors) == ["alt_ind"]
    response = create(
        curator, maker=MakerFactory(), craft=CraftFactory(), pictures=[row | {"alt_ind": "Selendang merah"}]
    )
    assert response.status_code == 302, errors(response)
    picture.refresh_from_db()
    assert picture.description_ind == "Selendang merah"


def test_piece_made_to_order_needs_a_lead_time(curator):
    response = create(curator, maker=MakerFactory(), craft=CraftFactory(), made_to_order="on")
    assert response.context["form"].errors["lead_time_days"]
    assert not Product.objects.exists()


def test_piece_with_units_in_the_books_is_not_switched_to_made_to_order(curator):
    product = ProductFactory(stock=1)
    url = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    data = piece(maker=product.maker, craft=product.craft, made_to_order="on", lead_time_days=14)
    response = curator.post(url, data)
    [error] = response.context["form"].errors["made_to_order"]
    assert "0" in error
    product.refresh_from_db()
    assert not product.made_to_order


def test_piece_without_units_is_switched_to_made_to_order(curator):
    product = ProductFactory(stock=1)
    stock.adjust(product.stockrecords.get(), counted=0, reason="gifted", actor=None, key="gift")
    url = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    data = piece(maker=product.maker, craft=product.craft, made_to_order="on", lead_time_days=14)
    response = curator.post(url, data)
    assert response.status_code == 302, errors(response)
    product.refresh_from_db()
    assert product.made_to_order


def test_piece_made_to_order_is_not_switched_back_while_units_are_ordered(curator):
    product = ProductFactory(stock=1)
    stock.allocate(product.stockrecords.get(), 1)
    Product.objects.filter(pk=product.pk).update(made_to_order=True, lead_time_days=14)
    url = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    response = curator.post(url, piece(maker=product.maker, craft=product.craft))
    assert response.context["form"].errors["made_to_order"]
    product.refresh_from_db()
    assert product.made_to_order


def test_corrected_craft_moves_the_piece_to_the_other_shelf(curator):
    product = ProductFactory()
    put_on_shelf(product)
    batik = CraftFactory(slug="batik")
    url = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    shelf_row = product.productcategory_set.get()
    row = {"id": shelf_row.pk, "product": product.pk, "category": shelf_row.category_id}
    data = piece(
        maker=product.maker, craft=batik, title_ind="Kain batik",
        **formset("productcategory_set", row, initial=1),
    )  # fmt: skip
    response = curator.post(url, data)
    assert response.status_code == 302, errors(response)
    product.refresh_from_db()
    assert (product.title_ind, [shelf.craft for shelf in product.categories.all()]) == ("Kain batik", [batik])


def test_shelf_of_no_craft_is_left_alone():
    Category = get_model("catalogue", "Category")
    gifts = Category.add_root(name_ind="Kado", slug="kado")
    product = ProductFactory()
    product.categories.add(gifts)
    put_on_shelf(product)
    assert set(product.categories.all()) == {gifts, ensure_shelf(product.craft)}


def test_form_shows_what_is_stored_and_the_list_shows_thumbnails(curator):
    product = ProductFactory(title_en="Kenanga scarf", pictures=[PictureFactory()])
    html = curator.get(reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})).content.decode()
    assert "Kenanga scarf" in html
    assert escape(product.maker.name) in html
    assert "max-200x200" in html
    assert "max-70x70" in curator.get(reverse("dashboard:catalogue-product-list")).content.decode()


def test_pictures_are_looked_up_by_title_by_staff_only(curator, client):
    PictureFactory(title="Selendang merah")
    PictureFactory(title="Vas")
    url = reverse("dashboard:catalogue-picture-lookup")
    found = curator.get(url, {"q": "selendang"}).json()
    assert [result["text"] for result in found["results"]] == ["Selendang merah"]
    client.logout()
    assert client.get(url).status_code == 302


def test_several_pieces_at_once_are_made_public_only_where_ready(curator):
    ready = ProductFactory(is_public=False, pictures=[PictureFactory()])
    bare = ProductFactory(is_public=False)
    priceless = ProductFactory(is_public=False, pictures=[PictureFactory()], stockrecord=None)
    speechless = ProductFactory(is_public=False, pictures=[PictureFactory(description_ind="")])
    chosen = [each.pk for each in (ready, bare, priceless, speechless)]
    page = curator.post(
        reverse("dashboard:catalogue-product-list"), {"action": "make_products_public", "selected_product": chosen}
    )
    answer = curator.post(page.url, {"selected_products": chosen}, follow=True)
    assert "3 karya tetap tersembunyi" in answer.content.decode()
    assert list(Product.objects.filter(is_public=True)) == [ready]
