"""Amounts as people type them. Read wrongly, ``1.250.000,00`` becomes a hundredfold of what was meant."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

#: Said beside the figure, and spaces of all kinds.
AROUND = re.compile(r"Rp\.?|IDR|\s", re.IGNORECASE)
#: Digits, alone or in threes after one kind of mark; then perhaps an end that says "no sen": ``,00``, ``.00``, ``,-``.
FIGURE = re.compile(r"(-?(?:\d+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+))(?:[.,]00|,-)?", re.ASCII)


def digits(text: str) -> str | None:
    """The rupiah that ``text`` means, as digits; None for what is no figure or could be read in two ways."""
    understood = FIGURE.fullmatch(AROUND.sub("", text))
    return re.sub("[.,]", "", understood[1]) if understood else None


class RupiahField(forms.DecimalField):
    """Whole rupiah. Whoever types ``1.250.000`` or ``1.250.000,00`` as people write it means that many rupiah.

    What could be read in two ways (``1.250,50``, ``12.50``) is refused.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    default_error_messages = {"invalid": _("Write whole rupiah without sen, such as 1.250.000 or 1250000.")}

    def __init__(self, **kwargs: Any):
        super().__init__(**{"decimal_places": 0, "max_digits": 12, **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and (value := value.strip()):
            value = digits(value)
            if value is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:.0f}" if isinstance(value, Decimal) else value
