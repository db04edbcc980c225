"""Where parcels go, and what the countries are called in the reader's language."""

from babel import Locale
from django.utils.translation import get_language
from oscar.apps.address.abstract_models import AbstractAddress

HOME = "ID"
#: CLDR's name is the official one; on an envelope people write the short one.
_SHORT = {"HK": "Hong Kong"}
#: No postcode in use there.
_NO_POSTCODE = {"HK", "AE"}
#: The place is the city: asking for one is asking twice.
_NO_CITY = {"SG"}


def country_name(code: str) -> str:
    """The name of a country by ISO alpha-2 code in the language of the page; the code itself when unknown."""
    locale = Locale.parse((get_language() or "id").replace("-", "_"))
    return _SHORT.get(code) or locale.territories.get(code, code)


def needs_postcode(code: str) -> bool:
    return code not in _NO_POSTCODE


def needs_city(code: str) -> bool:
    return code not in _NO_CITY


def postcode_pattern(code: str) -> str:
    """The form of a postcode there, in capitals and without spaces; empty when anything goes."""
    return AbstractAddress.POSTCODES_REGEX.get(code, "")
