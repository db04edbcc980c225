"""Packing, sending, calling off and paying back. Each view asks, and lets the service decide under its lock."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from shop.catalogue.templatetags.money import rupiah
from shop.order import services
from shop.order.errors import TransitionRefused
from shop.order.models import Parcel
from shop.order.queries import address_lines, order_page
from shop.payment.errors import GatewayError, NotRefundable
from shop.payment.gateways import get_gateway
from shop.payment.models import PaymentAttempt, Refund
from shop.shipping.models import Courier
from shop.stock.errors import StockError

from .forms import ConfirmedReasonForm, ReasonForm, ShipForm
from .services import refund_in_full
from .views import OrderMixin


class ParcelMixin(OrderMixin):
    """A parcel of this order; one of another order is a 404."""

    parcel: Parcel

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        parcels = self.order.parcels.select_related("partner__maker", "order").prefetch_related("lines")
        self.parcel = get_object_or_404(parcels, number=kwargs["parcel_number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(parcel=self.parcel, **kwargs)


class PackView(ParcelMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            services.pack_parcel(self.parcel, actor=request.user)
        except TransitionRefused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Parcel %(parcel)s is packed.") % {"parcel": self.parcel})
        return self.back()


class ShipView(ParcelMixin, FormView):
    """Courier and number. What was typed comes back with the error beside its field."""

    form_class = ShipForm
    template_name = "oscar/dashboard/orders/ship.html"

    def get_initial(self) -> dict[str, Any]:
        return {"courier": self.parcel.shipping_name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        couriers = Courier.objects.filter(is_active=True).values_list("name", flat=True)
        return super().get_context_data(couriers=couriers, **kwargs)

    def form_valid(self, form: ShipForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            services.ship_parcel(
                self.parcel,
                courier=data["courier"],
                tracking_number=data["tracking_number"],
                actor=self.request.user,
            )
        except TransitionRefused as error:
            messages.error(self.request, str(error))
            return self.back()
        except StockError:
            messages.error(
                self.request,
                _(
                    "The stock of this parcel does not agree with the order, so it was not sent. "
                    "Please check the ledger."
                ),
            )
            return self.back()
        messages.success(
            self.request, _("Parcel %(parcel)s is on its way; the shopper has been told.") % {"parcel": self.parcel}
        )
        return self.back()


class CorrectTrackingView(ParcelMixin, FormView):
    """Another number for a parcel that has left: the first one was written down wrongly."""

    form_class = ShipForm
    template_name = "oscar/dashboard/orders/tracking.html"

    def get_initial(self) -> dict[str, Any]:
        return {"courier": self.parcel.shipping_name, "tracking_number": self.parcel.tracking_number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        couriers = Courier.objects.filter(is_active=True).values_list("name", flat=True)
        return super().get_context_data(couriers=couriers, **kwargs)

    def form_valid(self, form: ShipForm) -> HttpResponse:
        try:
            services.correct_tracking(self.parcel, actor=self.request.user, **form.cleaned_data)
        except TransitionRefused as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request,
                _("The tracking of parcel %(parcel)s is corrected; the shopper has been told.")
                % {"parcel": self.parcel},
            )
        return self.back()


class CancelParcelView(ParcelMixin, FormView):
    form_class = ReasonForm
    template_name = "oscar/dashboard/orders/cancel.html"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            services.cancel_parcel(self.parcel, reason=form.cleaned_data["reason"], actor=self.request.user)
        except TransitionRefused as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request,
                _("Parcel %(parcel)s is cancelled. Its pieces are for sale again and its share goes back.")
                % {"parcel": self.parcel},
            )
        return self.back()


class CancelOrderView(OrderMixin, FormView):
    form_class = ConfirmedReasonForm
    template_name = "oscar/dashboard/orders/cancel.html"

    def form_valid(self, form: ConfirmedReasonForm) -> HttpResponse:
        try:
            services.cancel_order(self.order, reason=form.cleaned_data["reason"], actor=self.request.user)
        except TransitionRefused as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request,
                _("What had not left is cancelled. The pieces are for sale again and the money goes back."),
            )
        return self.back()


class RefundOrderView(OrderMixin, FormView):
    """All the money back, through the gateway it came by."""

    form_class = ConfirmedReasonForm
    template_name = "oscar/dashboard/orders/refund.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        attempt = PaymentAttempt.objects.filter(order=self.order).first()
        leaving = self.order.parcels.filter(status__in=(Parcel.Status.WAITING, Parcel.Status.PACKED))
        return super().get_context_data(attempt=attempt, leaving=leaving.select_related("partner", "order"), **kwargs)

    def form_valid(self, form: ConfirmedReasonForm) -> HttpResponse:
        try:
            made = refund_in_full(self.order, reason=form.cleaned_data["reason"], actor=self.request.user)
        except (TransitionRefused, NotRefundable) as error:
            messages.error(self.request, str(error))
        except GatewayError:
            messages.warning(
                self.request,
                _("The refund is decided, but the payment service does not answer. We go on trying by ourselves."),
            )
        else:
            tell_of_refunds(self.request, made)
        return self.back()


class SlipView(ParcelMixin, TemplateView):
    """A sheet to put into the parcel: who sends it, who gets it, what is in it. No prices: it may be a present."""

    template_name = "oscar/dashboard/orders/slip.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = order_page(self.order)
        row = next(row for row in page.parcels if row.parcel.pk == self.parcel.pk)
        return super().get_context_data(
            row=row, address=address_lines(self.order.shipping_address), phone=page.phone, **kwargs
        )


def tell_of_refunds(request: HttpRequest, made: Sequence[Refund]) -> None:
    """Say of refunds that were just asked for how each stands, and of several what they come to."""
    if not made:
        messages.info(request, _("There was nothing left to give back."))
        return
    by_text: dict[tuple[int, str], list[Refund]] = {}
    for refund in made:
        by_text.setdefault(_outcome(refund), []).append(refund)
    going = [refund.amount for refund in made if refund.status != Refund.Status.FAILED]
    if len(by_text) > 1 and len(going) > 1:
        total = {"amount": rupiah(sum(going, Decimal(0))), "count": len(going)}
        messages.info(request, _("The refund is %(amount)s in all, in %(count)d parts:") % total)
    for (level, text), refunds in by_text.items():
        amount = {"amount": rupiah(sum((refund.amount for refund in refunds), Decimal(0)))}
        messages.add_message(request, level, text % amount)


def _outcome(made: Refund) -> tuple[int, str]:
    """Level and text, which has a place for the amount."""
    if made.status == Refund.Status.SUCCEEDED:
        return messages.SUCCESS, _("%(amount)s has been given back; the shopper has been told.")
    if made.status == Refund.Status.FAILED:
        return messages.ERROR, _("The payment service refused to give back %(amount)s. See 'Refunds and problems'.")
    if made.status == Refund.Status.PENDING:
        return messages.SUCCESS, _("%(amount)s is on its way back.")
    if get_gateway(made.attempt.gateway).capabilities.needs_staff:
        return messages.WARNING, _("%(amount)s is to be sent back by hand. See 'Refunds and problems'.")
    return messages.SUCCESS, _("%(amount)s goes back now; the shopper is told as soon as it has left.")
