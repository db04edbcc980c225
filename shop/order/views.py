import time

from django.conf import settings
from django.core.cache import cache
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView

from shop.payment.addresses import attempt_path
from shop.payment.queries import find_attempt

from . import queries
from .forms import TrackForm

#: Tries of one visitor, and at one number, before a pause. Seconds.
TRIES, PAUSE = 10, 600


@method_decorator(never_cache, name="dispatch")
class OrderView(TemplateView):
    """An order for whoever holds its key: the link in the e-mail, without an account."""

    template_name = "order/detail.html"

    def get_context_data(self, **kwargs):
        order = queries.orders().filter(access_key=kwargs["access_key"]).first()
        if order is None:
            raise Http404("No order has this key")
        return super().get_context_data(
            **kwargs,
            page=queries.order_page(order),
            whatsapp_number=settings.SHOP_WHATSAPP,
            whatsapp_text=_("Hello Kriya Babel, I have a question about order %(number)s.") % {"number": order.number},
        )


class PrintView(OrderView):
    """The same order as a sheet for the files."""

    template_name = "order/print.html"


@method_decorator(never_cache, name="dispatch")
class TrackView(FormView):
    """Finds an order, or a payment still under way, by its number and e-mail.

    Wrong number and wrong e-mail get the same answer, and only so many tries are answered at all: order numbers stand
    on parcels, and nobody is to learn from one who bought.
    """

    template_name = "order/track.html"
    form_class = TrackForm

    def form_valid(self, form):
        number, email = form.cleaned_data["number"], form.cleaned_data["email"]
        if self.too_many(number):
            form.add_error(None, _("Too many tries. Please wait ten minutes, or ask us on WhatsApp."))
            return render(self.request, self.template_name, self.get_context_data(form=form), status=429)
        order = queries.find_order(number, email)
        if order is not None:
            return redirect("order:detail", access_key=order.access_key)
        attempt = find_attempt(number, email)
        if attempt is not None:
            return redirect(attempt_path(attempt))
        form.add_error(
            None, _("We know no order with this number and this e-mail. Please compare both with our e-mail.")
        )
        return self.form_invalid(form)

    def too_many(self, number: str) -> bool:
        keys = (f"track:from:{self.request.META.get('REMOTE_ADDR', '')}", f"track:at:{number}")
        # Both are counted, whichever is full.
        return max([_count(key) for key in keys]) > TRIES

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, whatsapp_number=settings.SHOP_WHATSAPP)


def _count(key: str) -> int:
    """Tries of this key in the current window. The window is part of the key: some caches start the time anew with each
    count, and the pause would never end."""
    key = f"{key}:{int(time.time()) // PAUSE}"
    cache.add(key, 0, PAUSE)
    try:
        return cache.incr(key)
    except ValueError:
        # It ran out between the two lines.
        cache.set(key, 1, PAUSE)
        return 1
