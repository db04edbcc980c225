"""Fields that take exactly what was agreed. What is lenient elsewhere would here be a sale that reads two ways."""

import re
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from rest_framework import serializers

#: Rupiah. The books keep twelve digits before the point.
MOST_MONEY = 999_999_999_999
#: Rupiah in one drawer.
MOST_IN_DRAWER = 2_000_000_000
#: Clocks between these years are believed; the figures of their differences fit into the books.
YEARS = range(1970, 2090)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Strict(serializers.Serializer):
    """Refuses fields that nobody agreed on: a misspelt ``discuont`` must not pass as no discount."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = sorted(str(name)[:40] for name in data if name not in self.fields)
            if unknown:
                raise serializers.ValidationError({name: ["Unknown field"] for name in unknown})
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON integer; neither ``"5"`` nor ``5.0`` nor ``true``."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return data


class Money(Whole):
    """Whole rupiah, never below nought."""

    def __init__(self, **kwargs: Any):
        super().__init__(**{"min_value": 0, "max_value": MOST_MONEY, **kwargs})


class Text(serializers.CharField):
    """A JSON string, at most as long as the books keep it."""

    def to_internal_value(self, data: Any) -> str:
        if type(data) is not str:
            self.fail("invalid")
        return super().to_internal_value(data)


class Pattern(serializers.RegexField):
    """A JSON string of one form."""

    def to_internal_value(self, data: Any) -> str:
        if type(data) is not str:
            self.fail("invalid")
        return super().to_internal_value(data)


class Yes(serializers.BooleanField):
    """``true`` or ``false``, no words for them."""

    def to_internal_value(self, data: Any) -> bool:
        if type(data) is not bool:
            self.fail("invalid", input=data)
        return data


class Identity(serializers.UUIDField):
    """A UUID in its usual spelling, so that one thing has one name."""

    def to_internal_value(self, data: Any) -> uuid.UUID:
        if not is_identity(data):
            self.fail("invalid", value=data)
        return uuid.UUID(data)


class Moment(serializers.DateTimeField):
    """RFC 3339 with its zone."""

    def to_internal_value(self, data: Any) -> Any:
        if type(data) is not str or not _TIME.fullmatch(data):
            self.fail("invalid", format="RFC 3339")
        try:
            moment = parse_datetime(data)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            self.fail("invalid", format="RFC 3339")
        return moment


def is_identity(value: Any) -> bool:
    """Whether it is a UUID in its usual spelling."""
    return type(value) is str and _UUID.fullmatch(value) is not None
