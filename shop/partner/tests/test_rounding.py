from decimal import Decimal

import pytest

from shop.partner.rounding import whole_rupiah


@pytest.mark.parametrize(
    ("amount", "rounded"), [("18517.50", "18517"), ("18517.99", "18517"), ("18517.00", "18517"), ("0.40", "0")]
)
def test_a_discount_is_whole_rupiah_and_never_more_than_was_promised(amount, rounded):
    assert whole_rupiah(Decimal(amount), "IDR") == Decimal(rounded)
