"""Keeping the name of somebody who wants to hear from us."""

from typing import Any

from shop.exhibitions.models import Enquiry

from .happening import Happening
from .sales import sale_named


def keep_enquiry(happening: Happening, told: dict[str, Any]) -> None:
    """Consent was asked at the stall; without it the event would not be well-formed. Raises ``Refused``."""
    sale = sale_named(told["sale"], happening, "data.sale") if told.get("sale") else None
    Enquiry.objects.create(
        id=happening.event.pk,
        event=happening.event,
        fair=happening.fair,
        sale=sale,
        kind=told["kind"],
        name=told["name"],
        phone=told.get("phone", ""),
        email=told.get("email", ""),
        country=told.get("country", ""),
        message=told.get("message", ""),
        consent_at=happening.at,
    )
