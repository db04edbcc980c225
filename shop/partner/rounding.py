"""Rupiah has no coins below one: discounts are rounded to whole rupiah before anybody adds them up."""

from decimal import ROUND_DOWN, Decimal


def whole_rupiah(amount: Decimal, currency: str | None = None) -> Decimal:
    """A discount in whole rupiah, never more than was promised.

    Replaces Oscar's rounding to hundredths: fifteen per cent of Rp123.450 would leave half a rupiah in the total, which
    no page shows, no bank can transfer and so no transfer could ever match.
    """
    return amount.quantize(Decimal(1), ROUND_DOWN)
