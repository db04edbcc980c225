from decimal import Decimal

import pytest
from django.utils.translation import override

from shop.catalogue.templatetags.money import rupiah


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (Decimal("1250000"), "Rp1.250.000", "IDR\u00a01,250,000"),
        (Decimal("999.50"), "Rp1.000", "IDR\u00a01,000"),
        (0, "Rp0", "IDR\u00a00"),
        (Decimal("-25000.00"), "−Rp25.000", "−IDR\u00a025,000"),
        ("75000", "Rp75.000", "IDR\u00a075,000"),
        (None, "", ""),
        ("", "", ""),
        ("NaN", "", ""),
    ],
)
def test_rupiah_are_written_as_each_language_writes_them(amount, indonesian, english):
    with override("id"):
        assert rupiah(amount) == indonesian
    with override("en"):
        assert rupiah(amount) == english
