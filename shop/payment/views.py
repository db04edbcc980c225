"""The shopper's pages of a payment. Whoever has the address, with its unguessable key, may see it; nobody needs to
sign in.

Nothing here decides: each asks the services, which ask the gateway.
"""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.signing import Signer
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from . import queries, services
from .errors import PaymentError
from .models import PaymentAttempt
from .presenting import is_stale, page_context, page_state

logger = logging.getLogger(__name__)


@method_decorator(never_cache, name="dispatch")
class _AttemptView(View):
    attempt: PaymentAttempt

    def dispatch(self, request: HttpRequest, *args: Any, key: str, **kwargs: Any) -> Any:
        attempt = queries.by_key(key)
        if attempt is None:
            raise Http404
        self.attempt = attempt
        return super().dispatch(request, *args, **kwargs)

    def look_again(self, *, always: bool = False) -> None:
        """Read the gateway, unless that was done a moment ago. Without an answer the page shows what we know."""
        if not always and not is_stale(self.attempt):
            return
        try:
            self.attempt = services.finalize(self.attempt.pk)
        except PaymentError as error:
            logger.info("No news of %s: %r", self.attempt.order_number, error)
            self.attempt.refresh_from_db()

    def here(self) -> HttpResponse:
        return redirect("payment:attempt", key=self.attempt.key)

    def order_page(self) -> HttpResponse:
        assert self.attempt.order
        return redirect("order:detail", access_key=self.attempt.order.access_key)


class AttemptView(_AttemptView):
    """Where the payment stands and what to do next; once ordered, the way to the order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.look_again()
        if self.attempt.order:
            return self.order_page()
        return render(request, "payment/attempt.html", page_context(self.attempt))


class ReturnView(_AttemptView):
    """The browser comes back from the gateway, perhaps before any webhook: the order is there when the page is."""

    def get(self, request: HttpRequest) -> HttpResponse:
        self.look_again(always=True)
        return self.order_page() if self.attempt.order else self.here()


class StateView(_AttemptView):
    """For the page's script: whether it should load itself again."""

    def get(self, request: HttpRequest) -> JsonResponse:
        self.look_again()
        return JsonResponse({"state": "ordered" if self.attempt.order else page_state(self.attempt)})


class StartView(_AttemptView):
    """To the gateway's page, after the first call to it had failed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            return redirect(services.start(self.attempt))
        except PaymentError as error:
            messages.error(request, str(error))
            return self.here()


class CancelView(_AttemptView):
    """Back to the basket from an open payment. The pieces are free again only once nobody can pay any more."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            self.attempt = services.cancel(self.attempt)
        except PaymentError as error:
            messages.error(request, str(error))
            return self.here()
        if self.attempt.order:
            return self.order_page()
        if self.attempt.status in PaymentAttempt.CLOSED:
            return _with_basket(request, redirect("basket:summary"), self.attempt)
        messages.warning(
            request, _("Your payment is under way, so it cannot be called off. This page tells how it goes on.")
        )
        return self.here()


class BasketBackView(_AttemptView):
    """The pieces of an ended payment, in the visitor's basket again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.attempt.status not in PaymentAttempt.CLOSED:
            return self.here()
        return _with_basket(request, redirect("basket:summary"), self.attempt)


def _with_basket(request: Any, response: HttpResponse, attempt: PaymentAttempt) -> HttpResponse:
    """Make the attempt's thawed basket the visitor's own; what they have put into another meanwhile joins it.

    A guest's browser may have lost it: Oscar forgets the cookie of a basket that is frozen.
    """
    basket = attempt.basket
    if basket is None or basket.status != basket.OPEN:
        return response
    if request.user.is_authenticated:
        if basket.owner_id is None and request.basket.pk != basket.pk:
            request.basket.merge(basket, add_quantities=False)
        return response
    if basket.owner_id is not None:
        return response
    if request.basket.pk and request.basket.pk != basket.pk:
        basket.merge(request.basket, add_quantities=False)
    basket.strategy = request.strategy
    request.basket = basket
    oscar: Any = settings
    cookie = oscar.OSCAR_BASKET_COOKIE_OPEN
    request.cookies_to_delete = [name for name in request.cookies_to_delete if name != cookie]
    response.set_cookie(
        cookie,
        Signer().sign(basket.pk),
        max_age=oscar.OSCAR_BASKET_COOKIE_LIFETIME,
        secure=oscar.OSCAR_BASKET_COOKIE_SECURE,
        httponly=True,
    )
    return response
