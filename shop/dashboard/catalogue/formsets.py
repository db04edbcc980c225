"""What ``get_class("dashboard.catalogue.formsets", …)`` finds before Oscar's own."""

from oscar.apps.dashboard.catalogue import formsets

from .stock_forms import KeepsStockHistory


class StockRecordFormSet(KeepsStockHistory, formsets.StockRecordFormSet):
    """Replaces Oscar's, which deletes a stock record with all that happened to it."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.maker = getattr(self.instance.parent or self.instance, "maker", None)


class ProductCategoryFormSet(formsets.ProductCategoryFormSet):
    """Replaces Oscar's rule that a category must be chosen: a piece with a craft is put on that craft's shelf when it
    is saved."""

    def clean(self) -> None:
        if self.instance.is_child or not self.instance.craft_id:
            super().clean()
