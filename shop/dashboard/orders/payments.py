"""Payments that wait for a person: transfers to be seen, refunds to be sent, and what went wrong."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, ListView, TemplateView, View

from shop.catalogue.templatetags.money import rupiah
from shop.payment import services
from shop.payment.errors import (
    AttemptNotOpen,
    GatewayError,
    NotRefundable,
    OrderNotPlaced,
    PaymentError,
    WrongTransferAmount,
)
from shop.payment.gateways import get_gateway
from shop.payment.models import PaymentAttempt, Refund
from shop.payment.queries import refunds_due, stuck

from . import queries
from .forms import AttemptFilterForm, ConfirmTransferForm, InternalReasonForm, ReasonForm, RefundDoneForm
from .fulfilment import tell_of_refunds
from .views import PER_PAGE

Status = PaymentAttempt.Status


class AttemptMixin:
    """The payment of the address, or a 404; afterwards the list that it stood in, or its order when it has one."""

    attempt: PaymentAttempt
    request: HttpRequest
    list_name = "dashboard:refund-list"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.attempt = get_object_or_404(PaymentAttempt.objects.select_related("order"), pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(attempt=self.attempt, list_name=self.list_name, **kwargs)  # type: ignore[misc]

    def back(self) -> HttpResponse:
        return redirect(self.list_name)

    def not_done(self, error: PaymentError) -> HttpResponse:
        """Says what went wrong. A paid attempt without an order stands among the problems, so that is where to go."""
        if not isinstance(error, OrderNotPlaced):
            messages.warning(self.request, str(error))
            return self.back()
        messages.warning(
            self.request,
            _(
                "The payment of %(number)s has arrived, but its order could not be placed. It is tried again every few "
                "minutes; if it stays here, pay the money back."
            )
            % {"number": self.attempt.order_number},
        )
        return redirect("dashboard:refund-list")


class TransferListView(ListView):
    """Transfers to look for on the bank account, those that end first in front."""

    template_name = "oscar/dashboard/orders/transfers.html"
    context_object_name = "attempts"
    paginate_by = PER_PAGE

    def get_queryset(self) -> Any:
        self.form = AttemptFilterForm(self.request.GET)
        return queries.transfers(**self.form.cleaned_data) if self.form.is_valid() else queries.transfers()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, **kwargs)


class ConfirmTransferView(AttemptMixin, FormView):
    """The money is on the account. Only the exact amount is taken, because the amount is what tells transfers apart."""

    form_class = ConfirmTransferForm
    template_name = "oscar/dashboard/orders/confirm_transfer.html"
    list_name = "dashboard:transfer-list"

    def form_valid(self, form: ConfirmTransferForm) -> HttpResponse:
        data = form.cleaned_data
        try:
            settled = services.confirm_transfer(
                self.attempt,
                actor=self.request.user,
                received_amount=data["received"],
                reference=data["reference"],
            )
        except WrongTransferAmount as error:
            form.add_error("received", str(error))
            return self.form_invalid(form)
        except AttemptNotOpen:
            messages.error(
                self.request, _("Nothing waits for this transfer. Look at its state before you do anything.")
            )
            return self.back()
        except PaymentError as error:
            return self.not_done(error)
        number = {"number": settled.order_number}
        if settled.order_id:
            messages.success(self.request, _("The transfer is confirmed and order %(number)s is placed.") % number)
            return redirect("dashboard:order-detail", number=settled.order_number)
        messages.warning(
            self.request,
            _("The transfer of %(number)s is noted, but its pieces have gone to somebody else: please send it back.")
            % number,
        )
        return redirect("dashboard:refund-list")


class CloseTransferView(AttemptMixin, FormView):
    """Ends a transfer that will not come, so that its pieces are for sale before the deadline."""

    form_class = InternalReasonForm
    template_name = "oscar/dashboard/orders/close_transfer.html"
    list_name = "dashboard:transfer-list"

    def form_valid(self, form: InternalReasonForm) -> HttpResponse:
        if self.attempt.transfer_code is None or not self.attempt.is_open:
            messages.info(self.request, _("This transfer was not open any more."))
            return self.back()
        by = f"closed by {self.request.user}: {form.cleaned_data['reason']}"
        try:
            closed = services.cancel(self.attempt, reason=by[:255])
        except PaymentError as error:
            return self.not_done(error)
        if closed.status == Status.EXPIRED:
            messages.success(self.request, _("The transfer is closed and its pieces are for sale again."))
        else:
            messages.warning(self.request, _("The transfer was not closed: it has been confirmed meanwhile."))
        return self.back()


class RefundListView(TemplateView):
    """Money that is to go back, and payments that do not come to an end by themselves."""

    template_name = "oscar/dashboard/orders/refunds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = list(refunds_due())
        by_hand = [refund for refund in due if get_gateway(refund.attempt.gateway).capabilities.needs_staff]
        return super().get_context_data(
            by_hand=by_hand,
            under_way=[refund for refund in due if refund not in by_hand],
            problems=list(stuck().select_related("order")),
            **kwargs,
        )


class RefundDoneView(AttemptMixin, FormView):
    """Staff sent the money back by hand. ``pk`` is the refund's."""

    form_class = RefundDoneForm
    template_name = "oscar/dashboard/orders/refund_done.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.refund = get_object_or_404(Refund.objects.select_related("attempt"), pk=kwargs["pk"])
        super().setup(request, *args, **{**kwargs, "pk": self.refund.attempt_id})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(refund=self.refund, **kwargs)

    def form_valid(self, form: RefundDoneForm) -> HttpResponse:
        if not get_gateway(self.refund.attempt.gateway).capabilities.needs_staff:
            messages.error(self.request, _("This refund is made by the payment service, not by hand."))
            return self.back()
        try:
            services.confirm_refund(self.refund, actor=self.request.user, reference=form.cleaned_data["reference"])
        except IntegrityError:
            form.add_error("reference", _("This reference stands beside another refund already."))
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("The refund of %(amount)s is noted as sent; the shopper has been told.")
            % {"amount": rupiah(self.refund.amount)},
        )
        return self.back()


class AskGatewayView(AttemptMixin, View):
    """Reads the payment afresh and does what follows: the remedy for most problems, and safe at any time."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            fresh = services.finalize(self.attempt.pk)
        except PaymentError as error:
            return self.not_done(error)
        messages.info(
            request,
            _("Payment %(number)s: %(status)s.") % {"number": fresh.order_number, "status": fresh.get_status_display()},
        )
        return self.back()


class RefundAttemptView(AttemptMixin, FormView):
    """Money that made no order goes back: again when an earlier refund was refused."""

    form_class = ReasonForm
    template_name = "oscar/dashboard/orders/refund_attempt.html"

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        if self.attempt.order_id:
            messages.error(self.request, _("This payment has an order: pay it back from there."))
            return self.back()
        try:
            made = services.refund(self.attempt, reason=form.cleaned_data["reason"], actor=self.request.user)
        except NotRefundable as error:
            messages.error(self.request, str(error))
        except GatewayError as error:
            messages.warning(self.request, str(error))
        else:
            tell_of_refunds(self.request, [made])
        return self.back()


class WriteOffView(AttemptMixin, FormView):
    """Ends a payment that the shop and the gateway do not agree about, after a person has settled it outside."""

    form_class = InternalReasonForm
    template_name = "oscar/dashboard/orders/write_off.html"

    def form_valid(self, form: InternalReasonForm) -> HttpResponse:
        try:
            services.write_off(self.attempt, actor=self.request.user, reason=form.cleaned_data["reason"])
        except AttemptNotOpen:
            messages.info(self.request, _("This payment does not wait for a decision any more."))
        else:
            messages.success(
                self.request,
                _("The payment is ended; its pieces are for sale again.")
                if self.attempt.is_open
                else _("The payment is noted as settled."),
            )
        return self.back()
