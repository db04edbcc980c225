from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django import template
from django.utils.translation import get_language

register = template.Library()


@register.filter
def rupiah(amount) -> str:
    """``Rp1.250.000`` in Indonesian, ``IDR 1,250,000`` in English; '' for what is no amount.

    Neither has decimals: there is no coin below a rupiah, and nobody writes them.
    """
    try:
        whole = int(Decimal(str(amount)).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        return ""
    sign = "−" if whole < 0 else ""
    digits = f"{abs(whole):,}"
    if (get_language() or "id").startswith("en"):
        # A no-break space: the code and the figure belong on one line.
        return f"{sign}IDR\u00a0{digits}"
    return f"{sign}Rp{digits.replace(',', '.')}"
