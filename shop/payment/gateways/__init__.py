"""Which ways to pay there are: ``settings.PAYMENT_GATEWAYS``, code → dotted path. Adding one is a line there."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from .base import Gateway


@cache
def _instance(path: str) -> Gateway:
    return import_string(path)()


def get_gateway(code: str) -> Gateway:
    """The gateway called ``code``; KeyError when there is none. It is found even when it is not offered any more, so
    that old payments can be read and refunded."""
    return _instance(settings.PAYMENT_GATEWAYS[code])


def all_gateways() -> list[Gateway]:
    """Every gateway, configured or not, in the order of the setting."""
    return [get_gateway(code) for code in settings.PAYMENT_GATEWAYS]
