"""What a basket page shows: lines by maker, with what has changed since they were put in."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shop.catalogue.templatetags.money import rupiah
from shop.partner.rounding import whole_rupiah


@dataclass(frozen=True)
class BasketLine:
    """One line as shown. ``problem`` (sold_out, fewer, unavailable) stops the checkout; ``price_was`` only informs."""

    line: Any
    picture: Any
    maker: Any
    left: int | None
    most: int
    problem: str = ""
    message: str = ""
    price_was: Decimal | None = None

    @property
    def product(self):
        return self.line.product

    @property
    def unit_price(self) -> Decimal | None:
        return self.line.unit_price_incl_tax

    @property
    def total(self) -> Decimal | None:
        return self.line.line_price_incl_tax

    @property
    def buyable(self) -> int:
        """How many of the wanted pieces could be bought now."""
        if not self.problem:
            return self.line.quantity
        return (self.left or 0) if self.problem == "fewer" else 0

    @property
    def is_last(self) -> bool:
        return self.left == 1


@dataclass(frozen=True)
class Group:
    """The pieces of one maker: they travel in one parcel."""

    partner: Any
    maker: Any
    lines: tuple[BasketLine, ...]

    @property
    def lead_time_days(self) -> int | None:
        """The longest time of making among pieces made to order: the parcel waits for its slowest piece."""
        days = [row.product.lead_time_days for row in self.lines if row.product.made_to_order]
        return max(days) if days else None


@dataclass(frozen=True)
class BasketPage:
    """``count`` is of all pieces in it; the sums are of those that can be bought, and ``left_out`` counts the others:
    nobody is to read a total that they cannot be asked for."""

    groups: tuple[Group, ...]
    total_before: Decimal
    discount: Decimal
    total: Decimal
    count: int
    left_out: int = 0

    @property
    def buyable_count(self) -> int:
        return self.count - self.left_out

    @property
    def rows(self) -> list[BasketLine]:
        return [row for group in self.groups for row in group.lines]

    @property
    def is_blocked(self) -> bool:
        """Something in it cannot be bought as it stands."""
        return any(row.problem for row in self.rows)


def basket_page(basket) -> BasketPage:
    """The basket as a page shows it; amounts are whole rupiah. Reads only what ``Basket.all_lines`` has fetched."""
    groups: dict[int, list[BasketLine]] = {}
    partners = {}
    for line in basket.all_lines():
        partner = line.stockrecord.partner
        partners[partner.pk] = partner
        groups.setdefault(partner.pk, []).append(_row(line))
    every = [row for rows in groups.values() for row in rows]
    before, discount = basket.total_incl_tax_excl_discounts, basket.total_discount
    if any(row.problem for row in every):
        before = sum(((row.unit_price or Decimal(0)) * row.buyable for row in every), Decimal(0))
        discount = sum((_discount(row) for row in every if row.buyable), Decimal(0))
    return BasketPage(
        groups=tuple(Group(partners[pk], rows[0].maker, tuple(rows)) for pk, rows in groups.items()),
        total_before=before,
        discount=discount,
        total=before - discount,
        count=basket.num_items,
        left_out=basket.num_items - sum(row.buyable for row in every),
    )


def whatsapp_text(page: BasketPage) -> str:
    """A message that names the pieces, so that nobody has to describe by hand what they are looking at."""
    rows = [
        f"• {row.line.quantity} × {row.product.get_title()}, {row.message or rupiah(row.total or 0)}"
        for row in page.rows
    ]
    return "\n".join(
        [
            _("Hello Kriya Babel, I have a question about my basket:"),
            *rows,
            _("Total: %(total)s") % {"total": rupiah(page.total)},
        ]
    )


def _discount(row: BasketLine) -> Decimal:
    """The share of a line's discount that falls on the pieces that can be bought."""
    return whole_rupiah(Decimal(row.line.discount_value) * row.buyable / row.line.quantity)


def _row(line) -> BasketLine:
    info = line.purchase_info
    left = getattr(info.availability, "num_available", None) if info.availability.is_available_to_buy else 0
    image = next(iter(line.product.images.all()), None)
    problem, message = _problem(line, info, left)
    most = settings.OSCAR_MAX_BASKET_QUANTITY_THRESHOLD
    was = line.price_incl_tax
    return BasketLine(
        line=line,
        picture=image.picture if image else None,
        maker=line.product.maker,
        left=left,
        most=most if left is None else max(1, min(left, most)),
        problem=problem,
        message=message,
        price_was=was if not problem and was is not None and was != info.price.incl_tax else None,
    )


def _problem(line, info, left) -> tuple[str, str]:
    if not line.product.is_shown or not info.price.exists:
        return "unavailable", _("This piece is no longer for sale. Take it out to go on.")
    if left == 0:
        return "sold_out", _("Somebody else has just bought this piece. Take it out to go on.")
    if left is not None and line.quantity > left:
        return "fewer", ngettext(
            "Only %(count)d is left. Lower the number to go on.",
            "Only %(count)d are left. Lower the number to go on.",
            left,
        ) % {"count": left}
    return "", ""
