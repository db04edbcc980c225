"""Reads of fairs, with what pages show of them. What is allowed is decided by the services."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    CharField,
    Count,
    DecimalField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.utils import timezone
from oscar.core.loading import get_model

from shop.stock import travel
from shop.stock.models import Balance
from shop.stock.travel import Journey

from .models import Device, Discrepancy, Fair, FairMaker, Reversal, Sale
from .reporting import Figures, figures, total
from .todo import Todo, left_before, todo
from .variances import Variance, count_is_booked, open_variances

__all__ = [
    "Figures",
    "MakerJourneys",
    "PieceJourney",
    "PublicFairs",
    "Todo",
    "Variance",
    "count_is_booked",
    "fair_list",
    "figures",
    "journeys_by_maker",
    "left_before",
    "open_variances",
    "pieces_at_fair",
    "public_fairs",
    "todo",
]


#: What is told of a fair beside a piece that is there.
TOLD = ("id", "name", "city", "status", "starts_on", "ends_on")


class PieceJourney(NamedTuple):
    """``stockrecord`` comes with product and maker."""

    stockrecord: Any
    journey: Journey


class MakerJourneys(NamedTuple):
    maker: Any
    pieces: list[PieceJourney]
    total: Journey


class PublicFairs(NamedTuple):
    """Coming and running ones with the next first, past ones with the last first."""

    running: list[Fair]
    coming: list[Fair]
    past: list[Fair]


def fair_list() -> QuerySet[Fair]:
    """Fairs with ``maker_count``, ``stall_units``, ``transit_units``, ``takings``, ``open_discrepancies``, and
    ``waiting`` (events that devices said they had not sent)."""
    return Fair.objects.annotate(
        maker_count=_count(FairMaker.objects.all()),
        stall_units=_units(travel.STALL),
        transit_units=_units(travel.TRANSIT),
        takings=_sum(Sale.objects.all(), "fair", "total") - _sum(Reversal.objects.all(), "sale__fair", "amount"),
        open_discrepancies=_count(Discrepancy.objects.filter(resolved_at=None)),
        waiting=_sum(Device.objects.all(), "fair", "waiting", IntegerField()),
    )


def journeys_by_maker(fair: Fair) -> list[MakerJourneys]:
    """What became of everything a fair ever had, by maker and piece, in three queries."""
    journeys = travel.journeys(fair.reference)
    records = (
        get_model("partner", "StockRecord")
        .objects.filter(pk__in=journeys)
        .select_related("partner__maker", "product__parent", "product__craft")
        .order_by("partner__maker__name", "partner__maker__pk", "pk")
    )
    pieces: dict[Any, list[PieceJourney]] = {}
    for record in records:
        pieces.setdefault(record.partner.maker, []).append(PieceJourney(record, journeys[record.pk]))
    return [MakerJourneys(maker, found, total(piece.journey for piece in found)) for maker, found in pieces.items()]


def pieces_at_fair(product_ids: Iterable[int]) -> dict[int, Fair]:
    """Which fair pieces are at (or on the way to), by product id; a parent is where a variant of it is.

    Of several fairs the one that ends last. One query, however many products: it is asked by every list of pieces. A
    fair comes with ``TOLD`` alone; the rest of it is fetched when somebody reads it.
    """
    wanted = set(product_ids)
    if not wanted:
        return {}
    units = Balance.objects.filter(
        stockrecord=OuterRef(OuterRef("pk")),
        place__kind__in=(travel.TRANSIT, travel.STALL),
        place__reference=Concat(Value("fair-"), Cast(OuterRef("pk"), CharField())),
        quantity__gt=0,
    )
    there = Fair.objects.filter(Exists(units), status__in=Fair.AWAY).order_by("-ends_on", "pk")
    latest = there.values(told=JSONObject(**{name: name for name in TOLD}))[:1]
    rows = (
        get_model("partner", "StockRecord")
        .objects.filter(Q(product__in=wanted) | Q(product__parent__in=wanted))
        .annotate(told=Subquery(latest))
        .exclude(told=None)
        .values_list("product", "product__parent", "told")
    )
    fairs: dict[int, Fair] = {}
    found: dict[int, Fair] = {}
    for product, parent, told in rows:
        fair = fairs.setdefault(told["id"], _fair_told(told))
        for key in {product, parent} & wanted:
            if key not in found or found[key].ends_on < fair.ends_on:
                found[key] = fair
    return found


def _fair_told(told: dict[str, Any]) -> Fair:
    fields = [field for field in Fair._meta.concrete_fields if field.attname in TOLD]
    return Fair.from_db(DEFAULT_DB_ALIAS, TOLD, [field.to_python(told[field.attname]) for field in fields])


def public_fairs(today: date | None = None) -> PublicFairs:
    """Fairs the public may know of: all but cancelled ones, sorted by what day it is."""
    today = today or timezone.localdate()
    fairs = list(Fair.objects.exclude(status=Fair.Status.CANCELLED).order_by("starts_on", "pk"))
    return PublicFairs(
        running=[fair for fair in fairs if fair.starts_on <= today <= fair.ends_on],
        coming=[fair for fair in fairs if fair.starts_on > today],
        past=[fair for fair in reversed(fairs) if fair.ends_on < today],
    )


def _count(rows: QuerySet) -> Coalesce:
    counted = rows.filter(fair=OuterRef("pk")).order_by().values("fair").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


def _sum(rows: QuerySet, fair: str, field: str, kind: Any = None) -> Coalesce:
    summed = rows.filter(**{fair: OuterRef("pk")}).order_by().values(fair).annotate(n=Sum(field)).values("n")
    kind = kind or DecimalField(max_digits=14, decimal_places=0)
    return Coalesce(Subquery(summed), 0 if isinstance(kind, IntegerField) else Decimal(0), output_field=kind)


def _units(kind: str) -> Coalesce:
    code = Concat(Value(f"{kind}:fair-"), Cast(OuterRef("pk"), CharField()))
    there = Balance.objects.filter(place=code).order_by().values("place")
    return Coalesce(Subquery(there.annotate(n=Sum("quantity")).values("n")), 0, output_field=IntegerField())
