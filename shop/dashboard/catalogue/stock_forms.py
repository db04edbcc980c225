"""The stock records of a product in the dashboard: price and SKU are edited there, stock is not."""

from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.apps.dashboard.catalogue import forms as oscar_forms


class StockRecordForm(oscar_forms.StockRecordForm):
    """Replaces Oscar's, which wrote whatever number was in the field when the form was opened.

    Stock is changed with the adjustment form, which asks for a reason.
    """

    class Meta(oscar_forms.StockRecordForm.Meta):
        fields = [name for name in oscar_forms.StockRecordForm.Meta.fields if name != "num_in_stock"]

    #: Set by the formset, which knows the piece.
    maker = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["partner"].required = False
        self.fields["partner"].empty_label = _("The maker of the piece")

    def clean(self):
        cleaned = super().clean()
        if self.has_changed() and "partner" not in self.errors and not cleaned.get("partner"):
            if self.maker is None:
                self.add_error("partner", _("Choose the partner: the piece has no maker."))
            else:
                cleaned["partner"] = self.maker.partner
        return cleaned


class KeepsStockHistory:
    """For the formset: refuses to delete a record that the ledger tells about, in words instead of a server error."""

    def clean(self) -> None:
        super().clean()  # type: ignore[misc]
        for form in self.deleted_forms:  # type: ignore[attr-defined]
            if form.instance.pk and form.instance.moves.exists():
                raise forms.ValidationError(
                    _("%(sku)s has a stock history and cannot be deleted. Count its stock as 0 instead."),
                    params={"sku": form.instance.partner_sku},
                )
