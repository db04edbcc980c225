"""Rupiah in the shop, minor units at a gateway: the one place where one becomes the other.

A factor of hundred wrong here charges a hundredth, or a hundredfold, of the price.
"""

from decimal import Decimal

#: Currencies Stripe counts without decimals: https://docs.stripe.com/currencies#zero-decimal
STRIPE_ZERO_DECIMAL = frozenset(
    ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"]
)
#: Currencies Stripe counts with three decimals: https://docs.stripe.com/currencies#three-decimal
STRIPE_THREE_DECIMAL = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])


def stripe_decimals(currency: str) -> int:
    """How many decimals Stripe counts a currency with. The rupiah has two, although nobody has seen a sen since
    1965."""
    code = currency.upper()
    if code in STRIPE_ZERO_DECIMAL:
        return 0
    return 3 if code in STRIPE_THREE_DECIMAL else 2


def to_minor(amount: Decimal, currency: str) -> int:
    """``Decimal("150000")`` IDR → 15000000. ValueError when the amount is finer than the currency's minor unit."""
    minor = Decimal(amount).scaleb(stripe_decimals(currency))
    if minor != minor.to_integral_value():
        raise ValueError(f"{amount} {currency} has a fraction of a minor unit")
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """15000000 IDR → ``Decimal("150000")``, with two decimals kept as the database does."""
    return Decimal(minor).scaleb(-stripe_decimals(currency))
