"""The verbs for phones that sell: pairing, knowing them again, and shutting them out.

A device shows a token of its own instead of a session: sessions end while it is offline, and a stolen phone must be
shut out without touching anybody's account. Only a hash of the token is kept here.
"""

import hashlib
import itertools
import secrets
from collections.abc import Iterator
from datetime import timedelta
from string import ascii_uppercase
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from shop.exhibitions.errors import (
    CodeExpired,
    CodeUnknown,
    CodeUsed,
    DeviceRevoked,
    FairIsOver,
    MayNotSell,
    TokenUnknown,
)
from shop.exhibitions.models import Device, Fair, PairingCode
from shop.exhibitions.models.till import new_pairing_code

from .locks import lock_fair

#: Nothing is sold any more. A device paired earlier may still send what it kept.
OVER = (Fair.Status.SETTLED, Fair.Status.CANCELLED)


def new_code(fair: Fair, *, minutes: int = 30) -> PairingCode:
    """A code that makes one phone a device of ``fair`` within ``minutes``. Raises ``FairIsOver``."""
    if fair.status in OVER:
        raise FairIsOver
    expires_at = timezone.now() + timedelta(minutes=minutes)
    while True:
        try:
            with transaction.atomic():
                return PairingCode.objects.create(fair=fair, code=new_pairing_code(), expires_at=expires_at)
        except IntegrityError:
            continue


@transaction.atomic
def pair(code: str, *, name: str, app_version: str = "") -> tuple[Device, str]:
    """Make a phone a device of the code's fair; the device and its token come back. The token is shown only here.

    Of two phones with one code the second is refused: its row is locked before it is read. Raises ``CodeUnknown``,
    ``CodeUsed``, ``CodeExpired`` (also when the fair is over by now).
    """
    found = _lock_code(code)
    if found is None:
        raise CodeUnknown
    if found.used_at:
        raise CodeUsed
    fair = lock_fair(found.fair_id)
    if found.expires_at <= timezone.now() or fair.status in OVER:
        raise CodeExpired
    device, token = _admit(fair, name, app_version)
    found.device = device
    found.used_at = timezone.now()
    found.save(update_fields=["device", "used_at"])
    return device, token


@transaction.atomic
def pair_directly(fair: Fair, user: Any, name: str, *, app_version: str = "") -> tuple[Device, str]:
    """Make the phone of somebody who is signed in a device, without a code. Raises ``MayNotSell``, ``FairIsOver``."""
    if not user.has_perm("exhibitions.use_till"):
        raise MayNotSell
    locked = lock_fair(fair.pk)
    if locked.status in OVER:
        raise FairIsOver
    return _admit(locked, name, app_version)


def revoke(device: Device) -> None:
    """Shut a device out from its next contact on. Again is no harm; what it still keeps can be imported at the desk."""
    Device.objects.filter(pk=device.pk, revoked_at=None).update(revoked_at=timezone.now())
    device.refresh_from_db(fields=["revoked_at"])


def device_for_token(token: str) -> Device:
    """The device, with its fair. Raises ``TokenUnknown``, ``DeviceRevoked``."""
    device = Device.objects.select_related("fair").filter(token_hash=_hash(token)).first()
    if device is None:
        raise TokenUnknown
    if device.revoked_at:
        raise DeviceRevoked
    return device


def seen(device: Device, *, app_version: str, waiting: int, clock: int) -> None:
    """Note what a device said of itself: events it still keeps, and its clock less ours in seconds."""
    Device.objects.filter(pk=device.pk).update(
        last_seen_at=timezone.now(), app_version=app_version or F("app_version"), waiting=waiting, skew_seconds=clock
    )


def _admit(fair: Fair, name: str, app_version: str) -> tuple[Device, str]:
    """The fair is locked: one phone at a time, so that no two get one letter."""
    token = secrets.token_urlsafe(32)
    taken = _taken_letters(fair)
    letter = next(letter for letter in _letters() if letter not in taken)
    device = Device.objects.create(
        fair=fair,
        name=name.strip()[:60] or letter,
        letter=letter,
        token_hash=_hash(token),
        last_seen_at=timezone.now(),
        app_version=app_version[:40],
    )
    return device, token


def _lock_code(code: str) -> PairingCode | None:
    return PairingCode.objects.select_for_update(no_key=True).filter(code=code).first()


def _taken_letters(fair: Fair) -> set[str]:
    return set(fair.devices.values_list("letter", flat=True))


def _letters() -> Iterator[str]:
    """A … Z, AA … ZZZ. A letter is never given out again: receipts of a revoked device keep theirs."""
    for length in (1, 2, 3):
        for letters in itertools.product(ascii_uppercase, repeat=length):
            yield "".join(letters)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
