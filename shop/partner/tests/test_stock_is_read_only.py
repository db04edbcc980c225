"""Every way that leads to ``num_in_stock`` or ``num_allocated`` without the stock room is shut."""

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import ProtectedError

from shop.catalogue.models import Product
from shop.catalogue.tests.factories import ProductFactory, StockRecordFactory
from shop.partner.models import StockRecord
from shop.stock.audit import differences
from shop.stock.errors import FiguresAreReadOnly
from shop.stock.models import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return StockRecordFactory(stock=5, partner_sku="KB-1")


def figures(record):
    return StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=record.pk)


def set_and_save(record):
    record.num_in_stock = 9
    record.save()


def set_and_save_one_field(record):
    record.save(update_fields=["num_allocated"])


def overwrite_by_primary_key(record):
    StockRecord(pk=record.pk, product=record.product, partner=record.partner, partner_sku="KB-1", num_in_stock=9).save()


def create_filled(record):
    StockRecord.objects.create(product=record.product, partner=record.partner, partner_sku="KB-2", num_in_stock=9)


def update_or_create(record):
    StockRecord.objects.update_or_create(partner_sku="KB-1", defaults={"num_in_stock": 9})


def queryset_update(record):
    StockRecord.objects.filter(pk=record.pk).update(num_in_stock=9)


def related_update(record):
    record.product.stockrecords.update(num_allocated=1)


def bulk_update(record):
    record.num_in_stock = 9
    StockRecord.objects.bulk_update([record], ["num_in_stock"])


def bulk_create(record):
    StockRecord.objects.bulk_create(
        [StockRecord(product=record.product, partner=record.partner, partner_sku="KB-2", num_in_stock=9)]
    )


@pytest.mark.parametrize(
    "way_in",
    [
        set_and_save,
        set_and_save_one_field,
        overwrite_by_primary_key,
        create_filled,
        update_or_create,
        queryset_update,
        related_update,
        bulk_update,
        bulk_create,
    ],
)
def test_figures_cannot_be_written_through_the_model(record, way_in):
    with pytest.raises(FiguresAreReadOnly), transaction.atomic():
        way_in(record)
    assert figures(record) == (5, 0)
    assert StockRecord.objects.count() == 1
    assert list(differences(connection)) == []


def test_record_loaded_before_a_sale_does_not_write_the_old_figure_back(record):
    stale = StockRecord.objects.get(pk=record.pk)
    record.allocate(2)
    stale.price = 99000
    stale.save()
    assert figures(record) == (5, 2)
    assert StockRecord.objects.get(pk=record.pk).price == 99000


def test_overwriting_a_row_by_its_primary_key_leaves_the_figures(record):
    StockRecord(
        pk=record.pk,
        product=record.product,
        partner=record.partner,
        partner_sku="KB-9",
        date_created=record.date_created,
    ).save()
    assert figures(record) == (5, 0)
    assert StockRecord.objects.get(pk=record.pk).partner_sku == "KB-9"


def test_other_fields_can_be_written_in_bulk(record):
    StockRecord.objects.update(price=12000)
    assert StockRecord.objects.get().price == 12000


def import_catalogue(tmp_path, units):
    file = tmp_path / "catalogue.csv"
    file.write_text(f"Kain,Tenun,UPC-1,Kain cual,Kain,Sanggar,KB-IMPORT,150000,{units}\n")
    call_command("oscar_import_catalogue", str(file))
    return StockRecord.objects.get(partner_sku="KB-IMPORT")


def test_imported_product_receives_its_opening_stock_through_the_ledger(tmp_path):
    record = import_catalogue(tmp_path, 7)
    assert figures(record) == (7, 0)
    assert [(move.quantity, move.note) for move in Move.objects.all()] == [(7, "Catalogue import")]
    assert list(differences(connection)) == []


def test_importing_again_does_not_change_stock(tmp_path, caplog):
    record = import_catalogue(tmp_path, 7)
    record.allocate(2)
    with caplog.at_level("WARNING"):
        import_catalogue(tmp_path, 50)
    assert figures(record) == (7, 2)
    assert "50 in the file, 7 in the books" in caplog.text
    assert Move.objects.count() == 2


def test_products_with_a_history_are_not_flushed_by_an_import(tmp_path, record):
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(ProtectedError):
        call_command("oscar_import_catalogue", str(tmp_path / "empty.csv"), flush=True)
    assert Product.objects.count() == 1
    assert figures(record) == (5, 0)


def test_new_product_has_no_stock_until_it_is_received():
    assert figures(ProductFactory().stockrecords.get()) == (0, 0)
