"""Why a text is no QRIS that a bank would pay, in words for whoever pasted it."""

import qriskit
from django.utils.translation import gettext as _


def reasons(payload: str) -> list[str]:
    """Empty when it would be paid. Each reason once; a text that was cut off has no other."""
    try:
        codes = {issue.code for issue in qriskit.validate(payload) if issue.severity == "error"}
    except qriskit.QRISParseError:
        return [_("this is not the text of a QRIS")]
    if any(code.startswith("crc.") for code in codes):
        return [_("it was cut off or changed, its last four characters do not fit")]
    told = {
        "pfi.invalid": _("it does not begin as a QRIS does"),
        "merchant_account.missing": _("it names no account of the merchant"),
        "currency.invalid": _("its currency is not the rupiah"),
        "country.invalid": _("its country is not Indonesia"),
    }
    rest = _("a part of it is missing or cannot be read")
    return list(dict.fromkeys(told.get(code, rest) for code in sorted(codes)))
