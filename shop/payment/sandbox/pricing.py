"""Amounts as people read them."""

# https://docs.stripe.com/currencies#zero-decimal
ZERO_DECIMAL = frozenset(
    ["bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "ugx", "vnd", "vuv", "xaf", "xof", "xpf"]
)


def shown(amount: int, currency: str, language: str) -> str:
    """``amount`` minor units for a reader: ``Rp1.250.000`` in Indonesian, ``IDR 1,250,000`` in English.

    Decimals show only when they are not zero, or always for currencies other than the rupiah.
    """
    whole, minor = (amount, 0) if currency in ZERO_DECIMAL else divmod(amount, 100)
    digits = f"{whole:,}"
    if minor or (currency != "idr" and currency not in ZERO_DECIMAL):
        digits += f".{minor:02d}"
    if language == "id":
        digits = digits.translate(str.maketrans(",.", ".,"))
        return f"Rp{digits}" if currency == "idr" else f"{currency.upper()} {digits}"
    return f"{currency.upper()} {digits}"
