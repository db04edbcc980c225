"""What ``get_class("dashboard.offers.views", …)`` finds before Oscar's own."""

from copy import copy
from typing import Any

from django.utils.html import linebreaks
from oscar.apps.dashboard.offers import views


class OfferListView(views.OfferListView):
    """Replaces Oscar's, which cuts an unordered list into pages: an offer could be on two of them or on none."""

    def get_queryset(self) -> Any:
        offers = super().get_queryset()
        return offers if offers.query.order_by else offers.order_by("-date_created", "-pk")


class OfferDetailView(views.OfferDetailView):
    """Replaces Oscar's, whose page shows the description as the HTML it was written in, scripts included."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        shown = copy(self.offer)
        shown.description = linebreaks(self.offer.description, autoescape=True) if self.offer.description else ""
        return context | {"offer": shown}
