"""Dashboard pages of one stock record: counting it, and reading its ledger. Mounted by ``shop.dashboard.partners``."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView
from oscar.core.loading import get_model

from shop.paging import ForgivingPages

from . import queries, services
from .errors import CountBelowAllocated, IdempotencyConflict, InsufficientStock, StaleCount
from .forms import AdjustStockForm
from .models import Place


class StockRecordMixin:
    def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        records = get_model("partner", "StockRecord").objects.select_related("product__product_class", "partner")
        self.record = get_object_or_404(records, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        balances = queries.balances(self.record.pk)
        places = [
            (place, balances[place.code]) for place in Place.objects.filter(pk__in=balances) if balances[place.code]
        ]
        return super().get_context_data(stockrecord=self.record, places=places, **kwargs)  # type: ignore[misc]


class AdjustStockView(StockRecordMixin, FormView):
    """The one way to change stock by hand: a count with a reason, booked as a move under the name of who counted."""

    template_name = "oscar/dashboard/stock/adjust.html"
    form_class = AdjustStockForm

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.record.num_in_stock}

    def form_valid(self, form: AdjustStockForm) -> HttpResponse:
        if not self.record.can_track_allocations:
            form.add_error(None, _("This piece is made to order and has no stock."))
            return self.form_invalid(form)
        data = form.cleaned_data
        try:
            move = services.adjust(
                self.record,
                counted=data["counted"],
                reason=data["reason"],
                note=data["note"],
                actor=self.request.user,
                seen=data["seen"],
                key=f"adjust:{data['key']}",
            )
        except (StaleCount, IdempotencyConflict):
            messages.error(self.request, _("The stock changed while you were counting. Please check and count again."))
            return redirect(self.request.path)
        except CountBelowAllocated as error:
            form.add_error(
                "counted",
                _("%(allocated)d are promised to orders. Cancel an order first.") % {"allocated": error.allocated},
            )
            return self.form_invalid(form)
        except InsufficientStock as error:
            form.add_error("reason", _("Only %(available)d are booked there.") % {"available": error.available})
            return self.form_invalid(form)
        messages.success(
            self.request, _("The stock has been adjusted.") if move else _("The count agrees; nothing has changed.")
        )
        return redirect(reverse("dashboard:stock-ledger", kwargs={"pk": self.record.pk}))


class LedgerView(ForgivingPages, StockRecordMixin, ListView):
    """Every move of a record with who, when and why. Nothing can be changed here."""

    template_name = "oscar/dashboard/stock/ledger.html"
    context_object_name = "moves"
    paginate_by = 50

    def get_queryset(self) -> Any:
        return queries.ledger(self.record.pk)
