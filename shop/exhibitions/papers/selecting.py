"""Which lines of packing lists papers are printed for."""

from django.db.models import QuerySet

from shop.artisans.models import Maker
from shop.exhibitions.models import Consignment, ConsignmentLine, Fair


def lines(
    fair: Fair, *, maker: Maker | None = None, packing_list: Consignment | None = None
) -> QuerySet[ConsignmentLine]:
    """Lines of the fair, maker by maker as boxes are unpacked. What a cancelled list named does not travel."""
    found = ConsignmentLine.objects.filter(consignment__fair=fair).exclude(
        consignment__status=Consignment.Status.CANCELLED
    )
    if maker is not None:
        found = found.filter(consignment__maker=maker)
    if packing_list is not None:
        found = found.filter(consignment=packing_list)
    return found.order_by("consignment__maker__name", "consignment__number", "pk")
