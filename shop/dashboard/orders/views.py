"""The list of orders and the page of one. What changes an order is in ``fulfilment``, what changes money in
``payments``."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.generic import FormView, ListView, TemplateView, UpdateView

from shop.order import statuses
from shop.order.models import Order, Parcel
from shop.order.queries import order_page
from shop.shipping.models import Courier

from . import queries
from .forms import AddressForm, NoteForm, OrderFilterForm, ShipForm

PER_PAGE = 20


class OrderMixin:
    """The order of the address, or a 404."""

    order: Order

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]
        self.order = get_object_or_404(
            Order.objects.select_related("user", "shipping_address"), number=kwargs["number"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(order=self.order, **kwargs)  # type: ignore[misc]

    def back(self) -> HttpResponse:
        return redirect("dashboard:order-detail", number=self.order.number)


class OrderListView(ListView):
    """Replaces Oscar's list, whose bulk actions set a status without packing, sending or cancelling anything."""

    template_name = "oscar/dashboard/orders/order_list.html"
    context_object_name = "orders"
    paginate_by = PER_PAGE

    def get_queryset(self) -> Any:
        self.form = OrderFilterForm(self.request.GET)
        return queries.orders(**self.form.cleaned_data) if self.form.is_valid() else queries.orders()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(form=self.form, labels=statuses.LABELS, **kwargs)


class OrderDetailView(OrderMixin, TemplateView):
    """Replaces Oscar's page, which lets staff write states and events past the stock, the gateway and the shopper.

    It answers GET only: every step has an address, a permission and a service of its own.
    """

    template_name = "oscar/dashboard/orders/order_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = order_page(self.order)
        lines = [line for row in page.parcels for line in row.lines]
        user = self.request.user
        fulfils = user.has_perm("order.fulfil_order")
        pays_back = user.has_perm("order.refund_order")
        leaving = [row.parcel for row in page.parcels if row.parcel.status in ("waiting", "packed")]
        attempt = queries.attempt_of(self.order)
        return super().get_context_data(
            page=page,
            attempt=attempt,
            history=queries.history(self.order),
            stock=queries.stock_places(self.order, lines),
            note_form=kwargs.pop("note_form", NoteForm()),
            ship_forms={
                parcel.pk: ShipForm(auto_id=f"id_{parcel.pk}_%s", initial={"courier": parcel.shipping_name})
                for parcel in leaving
            },
            couriers=Courier.objects.filter(is_active=True).values_list("name", flat=True),
            whatsapp=whatsapp_address(self.order, page.phone),
            fulfils=fulfils,
            can_cancel=fulfils and pays_back and bool(leaving),
            can_cancel_parcels=fulfils and pays_back and len(leaving) > 0 and len(page.parcels) > 1,
            can_refund=pays_back and attempt is not None and attempt.refundable > 0,
            can_correct_address=user.has_perm("order.change_order") and address_open(self.order),
            **kwargs,
        )


class OrderNoteView(OrderMixin, FormView):
    """Keeps a note with the order. Notes are only added: Oscar's may be rewritten and removed."""

    form_class = NoteForm
    template_name = "oscar/dashboard/orders/note.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.back()

    def form_valid(self, form: Any) -> HttpResponse:
        text = form.cleaned_data["message"].strip()
        latest = self.order.notes.order_by("-pk").first()
        if latest is None or latest.message != text or latest.user_id != self.request.user.pk:
            self.order.notes.create(user=self.request.user, note_type="Info", message=text)
        messages.success(self.request, _("The note is kept."))
        return self.back()


class AddressView(OrderMixin, UpdateView):
    """Replaces Oscar's, which also changed the address of parcels that had left, and to places with another price."""

    form_class = AddressForm
    template_name = "oscar/dashboard/orders/address.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not address_open(self.order):
            messages.error(request, _("A parcel has left, so the address stays as it is."))
            return self.back()
        return super().dispatch(request, *args, **kwargs)

    def get_object(self, queryset: Any = None) -> Any:
        return self.order.shipping_address

    def form_valid(self, form: Any) -> HttpResponse:
        if form.changed_data:
            form.save()
            names = ", ".join(str(form.fields[name].label) for name in form.changed_data)
            self.order.notes.create(
                user=self.request.user,
                note_type="System",
                message=_("Address corrected: %(fields)s.") % {"fields": names},
            )
        messages.success(self.request, _("The address is corrected."))
        return self.back()


def address_open(order: Order) -> bool:
    """An address can be corrected until the first parcel leaves, and not for an order that is called off."""
    return (
        order.shipping_address is not None
        and order.status != statuses.CANCELLED
        and not order.parcels.filter(status=Parcel.Status.SHIPPED).exists()
    )


def whatsapp_address(order: Order, phone: str) -> str:
    """Opens WhatsApp with the shopper and the order's number in their language, or '' without a number."""
    digits = "".join(character for character in phone if character.isdigit())
    if not digits:
        return ""
    with override(order.language):
        text = _("Hello, this is Kriya Babel about your order %(number)s.") % {"number": order.number}
    return f"https://wa.me/{digits}?text={quote(text)}"
