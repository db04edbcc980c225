"""Counting a sale. It cannot be refused for lack of stock or for its price: the buyer has gone with the piece."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from shop.exhibitions.models import Consignment, ConsignmentLine, Discrepancy, Sale, SaleLine, Tender
from shop.exhibitions.wire.answers import Code, Refused
from shop.settlement.services import book_takings
from shop.stock import travel

from .days import reckon_anew
from .happening import Happening
from .titles import title_in_books

Kind = Discrepancy.Kind
#: Lists whose pieces are on their way or at the stall. The piece in hand wins over a list nobody has counted yet.
AWAY = (Consignment.Status.HANDED_OVER, Consignment.Status.RECEIVED)


class Pieces:
    """Some pieces of a fair: whose they are and what the fair ever asked for them. One query, however many."""

    def __init__(self, fair: Any, items: set[int]):
        lines = ConsignmentLine.objects.filter(
            consignment__fair=fair, consignment__status__in=AWAY, stockrecord__in=items
        ).select_related("consignment", "stockrecord__product__parent")
        self.records: dict[int, Any] = {}
        self.makers: dict[int, int] = {}
        self.prices: dict[int, set[int]] = defaultdict(set)
        for line in lines.order_by("pk"):
            self.records[line.stockrecord_id] = line.stockrecord
            self.makers[line.stockrecord_id] = line.consignment.maker_id
            self.prices[line.stockrecord_id].add(int(line.price))


def count_sale(happening: Happening, told: dict[str, Any]) -> dict[str, Any]:
    """Write the sale with its lines, move the units, book the takings, and open what a curator must look at.

    The echo comes back. Raises ``Refused`` (``unknown_item``).
    """
    pieces = Pieces(happening.fair, {line["item"] for line in told["lines"]})
    for number, line in enumerate(told["lines"]):
        if line["item"] not in pieces.records:
            raise Refused(Code.UNKNOWN_ITEM, f"data.lines[{number}].item")
    sale = Sale.objects.create(
        id=happening.event.pk,
        event=happening.event,
        fair=happening.fair,
        device=happening.device,
        cashier=happening.cashier,
        number=told["number"],
        subtotal=Decimal(told["subtotal"]),
        discount=Decimal(told["discount"]),
        discount_reason=told.get("discount_reason", ""),
        total=Decimal(told["total"]),
        source=told.get("source", ""),
        note=told.get("note", ""),
        sold_at=happening.at,
        cash_day=told.get("day"),
        is_late=happening.late,
    )
    Tender.objects.bulk_create(_tender(sale, tender) for tender in told["tenders"] if tender["amount"])
    lines = [_line(sale, position, line, pieces) for position, line in enumerate(told["lines"], 1)]
    splits = travel.sell_at_stall(
        [(pieces.records[line.stockrecord_id], line.quantity) for line in lines],
        reference=happening.fair.reference,
        key=f"sale:{sale.pk}",
    )
    _share_out(lines, splits)
    SaleLine.objects.bulk_create(lines)
    _book(happening, sale, told["tenders"])
    reckon_anew(happening, sale.cash_day, sale.number)
    Discrepancy.objects.bulk_create(
        [
            *_late(happening, sale, lines),
            *_oversold(happening, sale, splits),
            *_unknown_prices(happening, sale, lines, pieces),
        ]
    )
    return echo_of(sale, lines)


def echo_of(sale: Sale, lines: list[SaleLine] | None = None) -> dict[str, Any]:
    """The sale as the books have it."""
    if lines is None:
        lines = list(sale.lines.all())
    return {
        "total": int(sale.total),
        "lines": [{"item": line.stockrecord_id, "quantity": line.quantity, "total": int(line.total)} for line in lines],
    }


def _tender(sale: Sale, told: dict[str, Any]) -> Tender:
    received = told.get("received") if told["kind"] == Tender.Kind.CASH else None
    return Tender(
        sale=sale,
        kind=told["kind"],
        amount=Decimal(told["amount"]),
        received=None if received is None else Decimal(received),
        reference=told.get("reference", ""),
    )


def _line(sale: Sale, position: int, told: dict[str, Any], pieces: Pieces) -> SaleLine:
    record = pieces.records[told["item"]]
    return SaleLine(
        sale=sale,
        position=position,
        stockrecord=record,
        maker_id=pieces.makers[record.pk],
        title=title_in_books(record.product),
        sku=record.partner_sku,
        unit_price=Decimal(told["price"]),
        quantity=told["quantity"],
        discount=Decimal(told["discount"]),
        total=Decimal(told["total"]),
    )


def _share_out(lines: list[SaleLine], splits: dict[int, travel.Split]) -> None:
    """Two lines of one piece were booked as one: the first takes from the stall what it can."""
    left = {record_id: split.from_stall for record_id, split in splits.items()}
    for line in lines:
        line.from_stall = min(line.quantity, left[line.stockrecord_id])
        left[line.stockrecord_id] -= line.from_stall


def _book(happening: Happening, sale: Sale, tenders: list[dict[str, Any]]) -> None:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for tender in tenders:
        sums[tender["kind"]] += tender["amount"]
    book_takings(
        sums,
        reference=happening.fair.reference,
        key=f"sale:{sale.pk}",
        occurred_at=happening.at,
        memo=sale.number,
    )


def _late(happening: Happening, sale: Sale, lines: list[SaleLine]) -> list[Discrepancy]:
    if not happening.late:
        return []
    units = sum(line.quantity for line in lines)
    detail = " · ".join(filter(None, (sale.number, happening.way)))
    return [happening.discrepancy(Kind.LATE_SALE, units, sale=sale, detail=detail[:255])]


def _oversold(happening: Happening, sale: Sale, splits: dict[int, travel.Split]) -> list[Discrepancy]:
    return [
        happening.discrepancy(
            Kind.OVERSOLD, split.from_unexplained, sale=sale, stockrecord_id=record_id, detail=sale.number
        )
        for record_id, split in splits.items()
        if split.from_unexplained
    ]


def _unknown_prices(happening: Happening, sale: Sale, lines: list[SaleLine], pieces: Pieces) -> list[Discrepancy]:
    """Prices the fair never had, whatever reason the sale gives: a discount is told apart, it changes no price.

    An old price is one the fair had. Without this a stolen token would sell for a rupiah, and its maker be paid that.
    """
    return [
        happening.discrepancy(
            Kind.UNKNOWN_PRICE,
            line.quantity,
            sale=sale,
            stockrecord_id=line.stockrecord_id,
            detail=f"{sale.number} · Rp{int(line.unit_price):,}".replace(",", "."),
        )
        for line in lines
        if int(line.unit_price) not in pieces.prices[line.stockrecord_id]
    ]


def sale_named(identity: Any, happening: Happening, where: str) -> Sale:
    """The sale another event speaks of. Raises ``Refused``: ``sale_unknown`` (it may still come) or ``wrong_fair``."""
    sale = Sale.objects.filter(pk=identity).first()
    if sale is None:
        raise Refused(Code.SALE_UNKNOWN, where)
    if sale.fair_id != happening.fair.pk:
        raise Refused(Code.WRONG_FAIR, where)
    return sale
