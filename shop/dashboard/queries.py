"""What waits for somebody, in figures: the dashboard's first page."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils import timezone
from oscar.core.loading import get_model

from shop.order import statuses
from shop.payment.queries import refunds_due, stuck, transfers_waiting

#: The sales shown are of so many days.
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class Today:
    """Counts of what waits, and the sales of the last thirty days in rupiah, cancelled orders not counted."""

    to_pack: int
    to_send: int
    transfers: int
    refunds: int
    problems: int
    low_stock: int
    recent_orders: int
    recent_sales: Decimal


def today() -> Today:
    Parcel = get_model("order", "Parcel")
    StockAlert = get_model("partner", "StockAlert")
    parcels = dict(
        Parcel.objects.filter(status__in=(Parcel.Status.WAITING, Parcel.Status.PACKED))
        .order_by()
        .values_list("status")
        .annotate(number=Count("pk"))
    )
    sales = (
        get_model("order", "Order")
        .objects.filter(date_placed__gte=timezone.now() - RECENT)
        .exclude(status=statuses.CANCELLED)
        .aggregate(number=Count("pk"), total=Sum("total_incl_tax"))
    )
    return Today(
        to_pack=parcels.get(Parcel.Status.WAITING, 0),
        to_send=parcels.get(Parcel.Status.PACKED, 0),
        transfers=transfers_waiting().count(),
        refunds=refunds_due().count(),
        problems=stuck().count(),
        low_stock=StockAlert.objects.filter(status=StockAlert.OPEN).count(),
        recent_orders=sales["number"],
        recent_sales=sales["total"] or Decimal(0),
    )
