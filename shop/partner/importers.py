"""Oscar's CSV importer (``manage.py oscar_import_catalogue``), which must not write stock by itself."""

from decimal import Decimal
from typing import Any

from oscar.apps.partner import importers
from oscar.core.loading import get_model

from shop.stock import services

from .models import StockRecord

Partner = get_model("partner", "Partner")


class CatalogueImporter(importers.CatalogueImporter):
    """Books a new record's opening stock as received and leaves the stock of a known record alone.

    Replaces Oscar's assignment of ``num_in_stock``: a file written yesterday would put back what was sold since. The
    stock of a known record is changed by counting it.
    """

    def _create_stockrecord(
        self, item: Any, partner_name: str, partner_sku: str, price: str, num_in_stock: str
    ) -> None:
        partner, _created = Partner.objects.get_or_create(name=partner_name)
        record = StockRecord.objects.filter(partner_sku=partner_sku).first()
        is_new = record is None
        if record is None:
            record = StockRecord(partner_sku=partner_sku)
        record.product = item
        record.partner = partner
        record.price = Decimal(price)
        record.save()
        units = int(num_in_stock or 0)
        if is_new and units:
            services.receive(record, units, key=f"import:{record.pk}", reason="Catalogue import")
        elif not is_new and units != record.num_in_stock:
            self.logger.warning(
                "%s: %d in the file, %d in the books; stock is changed by counting it, not by importing",
                partner_sku,
                units,
                record.num_in_stock,
            )
