import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from oscar.core.loading import get_model

from shop.artisans.models import Maker
from shop.crafts.models import Craft, Motif, Regency
from shop.demo import loading
from shop.demo.loading import pictures, source
from shop.pictures.models import Picture
from shop.pictures.tests.factories import picture_bytes
from shop.search.queries import matching_ids
from shop.stock.services import allocate

pytestmark = pytest.mark.django_db
Product = get_model("catalogue", "Product")
StockRecord = get_model("partner", "StockRecord")


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """The demo shop with three of its drawings; the others count as not drawn yet."""
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    data = source.read()
    piece = next(piece for piece in data.pieces if piece["sku"] == "KB-TC-001")
    for drawing in (piece["pictures"][0], data.makers[0]["portrait"], data.scenes["kerajinan-batik.webp"]):
        (tmp_path / drawing["file"]).write_bytes(picture_bytes(400, 500, file_format="WEBP"))
    loading.load()
    return data


def rows():
    return {
        model: list(model.objects.order_by("pk").values())
        for model in (Craft, Motif, Regency, Maker, Picture, Product, StockRecord)
    }


def test_demo_shop_is_whole(demo, client):
    assert (Craft.objects.count(), Regency.objects.count(), Maker.objects.count()) == (7, 7, 24)
    assert set(Product.objects.values_list("upc", flat=True)) == set(demo.skus)
    assert not Product.objects.filter(title_en="").exists()
    records = {record.partner_sku: record for record in StockRecord.objects.select_related("partner__maker")}
    for entry in demo.pieces:
        record = records[entry["sku"]]
        assert (record.price, record.num_in_stock or 0) == (entry["price"], entry["stock"] or 0)
        assert record.partner.maker.slug == entry["maker"]
    for craft in Craft.objects.all():
        shown = client.get(craft.get_absolute_url()).context["count"]
        assert shown == sum(entry["craft"] == craft.slug for entry in demo.pieces)
    call_command("check_stock")

    piece = Product.objects.get(upc="KB-TC-001")
    page = client.get(piece.get_absolute_url())
    assert "195 × 60 cm" in page.content.decode()
    assert len(page.context["pictures"]) == 1
    assert page.context["pictures"][0].is_illustration
    assert [value.value_option.option_en for value in piece.attribute_values.filter(attribute__code="material")] == [
        "silk"
    ]
    assert set(piece.motifs.values_list("slug", flat=True)) == {"kembang-kenanga", "pucuk-rebung"}
    assert piece.pk in matching_ids("kenanga")


def test_each_craft_has_the_drawing_that_stands_for_it(demo):
    assert {craft.slug: craft.picture and craft.picture.title for craft in Craft.objects.all()} == {
        **dict.fromkeys(entry["slug"] for entry in demo.crafts),
        "batik": "kerajinan-batik",
    }
    batik = Craft.objects.get(slug="batik").picture
    assert batik.is_illustration
    assert batik.description_en == demo.scenes["kerajinan-batik.webp"]["alt_en"]


def test_second_run_changes_nothing_of_what_was_bought_and_written(demo):
    bought, renamed = StockRecord.objects.filter(num_in_stock__gt=1)[:2]
    allocate(bought, 1)
    Product.objects.filter(pk=renamed.product_id).update(title_ind="Nama baru", upc="KB-BARU")
    before = rows()
    loading.load()
    assert rows() == before
    assert StockRecord.objects.get(pk=bought.pk).num_allocated == 1


def test_piece_that_was_deleted_comes_back_alone(demo):
    gone = Product.objects.filter(made_to_order=True).first()
    sku = gone.upc
    gone.delete()
    before = rows()
    loading.load()
    assert set(Product.objects.values_list("upc", flat=True)) == set(demo.skus)
    assert rows()[Product][:-1] == before[Product]
    assert Product.objects.get(upc=sku).title_ind


def test_demo_is_refused_where_its_passwords_would_be_public(settings):
    settings.IS_DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Product.objects.exists()


def test_loaders_run_in_the_order_of_the_settings(settings, monkeypatch):
    called = []
    monkeypatch.setattr("shop.demo.tests.loaders.first", lambda: called.append("first"))
    monkeypatch.setattr("shop.demo.tests.loaders.second", lambda say: called.append(say("half way") or "second"))
    settings.IS_DEMO = True
    settings.DEMO_LOADERS = ["shop.demo.tests.loaders.first", "shop.demo.tests.loaders.second"]
    call_command("load_demo")
    assert called == ["first", "second"]
