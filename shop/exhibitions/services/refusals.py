"""Keeping what could not be taken, as it came, so that no sale is lost on its way to a person."""

import hashlib
import json
import math
from typing import Any

from django.db import transaction
from django.db.models import F, JSONField, Value
from django.utils import timezone

from shop.exhibitions.models import Device, RefusedEvent
from shop.exhibitions.wire.answers import Code

#: Length of ``RefusedEvent.event_id``.
LONGEST = 64


def keep(device: Device, event: Any, identity: str, code: Code) -> RefusedEvent:
    """Keep the event under its id, and again under a longer name when it comes with other content. Count repeats."""
    payload = _storable(event)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    with transaction.atomic():
        kept, is_new = _kept(device, identity or digest, code, payload)
        if not is_new and kept.payload != payload:
            kept, is_new = _kept(device, f"{identity}:{digest}"[:LONGEST], code, payload)
        if not is_new:
            RefusedEvent.objects.filter(pk=kept.pk).update(times=F("times") + 1, last_at=timezone.now())
    return kept


def settle(fair_id: int, identity: str) -> None:
    """The event was taken after all, whichever of the fair's devices it was refused before."""
    waiting = RefusedEvent.objects.filter(device__fair=fair_id, event_id=identity, settled_at=None)
    waiting.update(settled_at=timezone.now())


def _kept(device: Device, name: str, code: Code, payload: Any) -> tuple[RefusedEvent, bool]:
    content = Value(None, JSONField()) if payload is None else payload
    return RefusedEvent.objects.get_or_create(
        device=device, event_id=name, code=code.value, defaults={"payload": content}
    )


def _storable(value: Any) -> Any:
    """The same with what PostgreSQL's JSON cannot hold (NUL, halves of characters, infinity) written otherwise."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value
