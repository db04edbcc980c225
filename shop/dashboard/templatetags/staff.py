"""What the dashboard's templates cannot say by themselves."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from shop.order import statuses

register = template.Library()


@register.filter
def status_label(status: str) -> str:
    """An order's state in words; the state itself is a code of the settings."""
    return str(statuses.LABELS.get(status, status))


@register.filter
def lookup(mapping: dict, key: Any) -> Any:
    """``mapping[key]``, or None."""
    return mapping.get(key)


@register.filter
def as_control(field: Any) -> SafeString:
    """A form field in Bootstrap's look."""
    return field.as_widget(attrs={"class": "form-control"})
