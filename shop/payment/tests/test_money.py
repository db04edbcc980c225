from decimal import Decimal

import pytest

from shop.payment.money import from_minor, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        (Decimal("150000"), "IDR", 15_000_000),
        (Decimal("150000.00"), "idr", 15_000_000),
        (Decimal("1"), "IDR", 100),
        (Decimal("10.50"), "USD", 1050),
        (Decimal("500"), "JPY", 500),
        (Decimal("5.125"), "KWD", 5125),
    ],
)
def test_amounts_become_minor_units_and_back(amount, currency, minor):
    assert to_minor(amount, currency) == minor
    assert from_minor(minor, currency) == amount


def test_fraction_of_a_minor_unit_is_refused():
    with pytest.raises(ValueError, match="fraction"):
        to_minor(Decimal("0.001"), "IDR")
    with pytest.raises(ValueError, match="fraction"):
        to_minor(Decimal("0.5"), "JPY")
