"""What anybody may see of fairs and of the pieces that were there: no figures, no buyers, nothing of what was broken.

A piece is shown when the shop shows it, or when it was brought for a fair and stood at a stall: then everybody has
seen it already. A maker who is not public is shown nowhere.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.queries import public_makers
from shop.catalogue import queries as catalogue
from shop.crafts.models import Motif
from shop.crafts.queries import motifs
from shop.stock import travel
from shop.stock.models import Balance, Move, Place

from .codes import code_of
from .models import Fair

#: What shoppers have, or will have once it is sent.
WITH_BUYERS = (Place.Kind.SOLD, Place.Kind.ORDERED)


class Phase(StrEnum):
    """What day it is for a fair. The status is the council's; a visitor goes by the calendar."""

    COMING = "coming"
    RUNNING = "running"
    PAST = "past"
    CANCELLED = "cancelled"


class Where(StrEnum):
    """Where a piece is, as far as a buyer is concerned."""

    AT_FAIR = "at_fair"
    IN_SHOP = "in_shop"
    SOLD = "sold"
    AWAY = "away"


class ShownPiece(NamedTuple):
    """``product`` with all that a card reads. ``url`` leads to the shop's page, else to the page behind the code."""

    product: Any
    where: Where
    url: str


class PiecesShown(NamedTuple):
    page: Page
    pieces: list[ShownPiece]


class ToldPiece(NamedTuple):
    """A piece with its page behind the code. ``fair`` is where it is now, ``fairs`` are those where it was before.

    ``comes_back``: what is not sold at ``fair`` comes from the shop's shelf and goes back to it.
    """

    product: Any
    title: str
    where: Where
    fair: Fair | None
    fairs: list[Fair]
    motifs: list[Motif]
    in_shop: bool
    comes_back: bool


def phase_of(fair: Fair, today: date | None = None) -> Phase:
    today = today or timezone.localdate()
    if fair.status == Fair.Status.CANCELLED:
        return Phase.CANCELLED
    if fair.ends_on < today:
        return Phase.PAST
    return Phase.RUNNING if fair.starts_on <= today else Phase.COMING


def makers_at(fair: Fair) -> list[Any]:
    """Public makers who take part, with all that a card reads. Two queries."""
    makers = public_makers().prefetch_related(None).prefetch_related("portrait__renditions")
    return list(makers.filter(pk__in=fair.participations.values("maker")).order_by("name", "pk"))


def pieces_of(fair: Fair, *, number: Any = 1, per_page: int = 24) -> PiecesShown:
    """One page of the pieces that a fair shows: at the stall first, then those back in the shop, then the sold ones.

    Six queries, however many there are. What was broken, given away or lost is not shown.
    """
    journeys = travel.journeys(fair.reference)
    brought = [pk for pk, journey in journeys.items() if journey.brought > 0]
    wheres: dict[int, Where] = {}
    of_makers: dict[int, tuple] = {}
    codes: dict[int, str] = {}
    for row in _shown_records(fair, brought):
        where = _where_at(journeys[row.pk], row)
        pk = row.product.parent_id or row.product_id
        wheres[pk] = min(wheres.get(pk, Where.AWAY), where, key=list(Where).index)
        of_makers[pk] = (row.partner.maker.name, pk)
        if not _is_public(row.product):
            codes[pk] = code_of(row)
    shown = [pk for pk, where in wheres.items() if where != Where.AWAY]
    shown.sort(key=lambda pk: (list(Where).index(wheres[pk]), of_makers[pk]))
    page = Paginator(shown, per_page).get_page(number)
    ids = list(page.object_list)
    products = catalogue.in_order_of(ids, catalogue.cards(catalogue.Product.objects.filter(pk__in=ids)))
    pieces = [ShownPiece(product, wheres[product.pk], _url(product, codes)) for product in products]
    return PiecesShown(page, pieces)


def piece_by_code(code: str) -> ToldPiece | None:
    """The piece that bears this code (see ``codes``), or None: unknown, or nothing that anybody may see."""
    records = list(
        get_model("partner", "StockRecord")
        .objects.filter(Q(product__upc=code) | Q(partner_sku=code))
        .select_related("product__parent")
        .order_by("pk")[:8]
    )
    found = next((record for record in records if code_of(record) == code), None)
    if found is None:
        return None
    shown = found.product.parent or found.product
    (product,) = catalogue.complete(catalogue.for_product_page().filter(pk=shown.pk))
    stood = list(
        Move.objects.filter(stockrecord=found, reason__in=(travel.Way.ARRIVED, travel.Way.SURPLUS))
        .order_by()
        .values_list("reference", flat=True)
        .distinct()
    )
    is_public = product.is_public and (product.maker is None or product.maker.is_public)
    if not is_public and (not stood or product.maker is None or not product.maker.is_public):
        return None
    fairs = {fair.reference: fair for fair in Fair.objects.filter(pk__in=_fair_ids(stood)).order_by("starts_on")}
    balances = dict(
        Balance.objects.filter(stockrecord=found, quantity__gt=0).values_list("place", "quantity").order_by("place")
    )
    now = next((fair for fair in _away_now() if balances.keys() & _places_of(fair)), None)
    buyable = is_public and found.price is not None and (product.made_to_order or found.net_stock_level > 0)
    return ToldPiece(
        product=product,
        title=found.product.get_title(),
        where=_where_now(now, buyable, balances),
        fair=now,
        fairs=[fair for fair in fairs.values() if fair != now],
        motifs=list(motifs().filter(products=product).order_by("name")),
        in_shop=is_public,
        comes_back=is_public and now is not None and _is_from_shelf(found, now),
    )


def _shown_records(fair: Fair, record_ids: Sequence[int]) -> QuerySet:
    """Stock records of pieces that the shop shows, or that were brought for this very fair."""
    brought = Move.objects.filter(stockrecord=OuterRef("pk"), reference=fair.reference, reason=travel.Way.BROUGHT)
    records = get_model("partner", "StockRecord").objects.filter(pk__in=record_ids, partner__maker__is_public=True)
    of_all = Q(product__parent=None) | Q(product__parent__is_public=True)
    return (
        records.filter(Q(of_all, product__is_public=True) | Exists(brought))
        .select_related("product__parent", "partner__maker")
        .only(
            *("partner_sku", "num_in_stock", "num_allocated", "partner__maker__name"),
            *("product__upc", "product__is_public", "product__parent__is_public"),
        )
    )


def _is_public(product: Any) -> bool:
    """Whether the shop has a page for it. A variant is on its parent's page and gone with it."""
    return product.is_public and (product.parent is None or product.parent.is_public)


def _is_from_shelf(record: Any, fair: Fair) -> bool:
    moves = Move.objects.filter(stockrecord=record, reference=fair.reference)
    return moves.filter(reason=travel.Way.DISPATCHED).exists()


def _where_at(journey: travel.Journey, record: Any) -> Where:
    if journey.stall > 0 or journey.transit > 0:
        return Where.AT_FAIR
    if _is_public(record.product) and record.net_stock_level > 0:
        return Where.IN_SHOP
    return Where.SOLD if journey.sold > 0 else Where.AWAY


def _where_now(fair: Fair | None, buyable: bool, balances: dict[str, int]) -> Where:
    if buyable:
        return Where.IN_SHOP
    if fair is not None:
        return Where.AT_FAIR
    return Where.SOLD if balances.keys() & set(WITH_BUYERS) else Where.AWAY


def _url(product: Any, codes: dict[int, str]) -> str:
    """``codes`` are of the pieces that the shop does not show."""
    if product.pk in codes:
        return reverse("karya:piece", args=[codes[product.pk]])
    return product.get_absolute_url()


def _fair_ids(references: Sequence[str]) -> list[int]:
    return [int(reference.removeprefix("fair-")) for reference in references if reference.startswith("fair-")]


def _away_now() -> list[Fair]:
    return list(Fair.objects.filter(status__in=Fair.AWAY).order_by("-ends_on", "pk"))


def _places_of(fair: Fair) -> set[str]:
    return {travel.place(kind, fair.reference) for kind in (travel.TRANSIT, travel.STALL)}
