"""The demo's fairs: one settled, one that sells today, one planned. All three are made up, and their pages say so.

Everything is done by the verbs that curators and tills use, so that stock, books and lists agree as they do in earnest.
A fair that is there is left as it is. Only the one that runs is kept running: a demo that was loaded last month still
has a stall to sell at.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from shop.exhibitions.models import Fair, PairingCode
from shop.exhibitions.services import devices

from . import planned, running, settled

Say = Callable[[str], object]
#: Minutes for which the code that a demo prints at its start can be used.
CODE_MINUTES = 12 * 60


def load(say: Say = lambda text: None) -> None:
    """Needs the demo's people and shop. Loading it again changes nothing on the same day."""
    for number, fair in enumerate((settled, running, planned), 1):
        if not Fair.objects.filter(slug=fair.SLUG).exists():
            say(f"Fair {number} of 3 …")
            with transaction.atomic():
                fair.load()
    _keep_running()


def _keep_running() -> None:
    today = timezone.localdate()
    late = Fair.objects.filter(slug=running.SLUG, status=Fair.Status.OPEN, ends_on__lt=today)
    late.update(ends_on=today + timedelta(days=running.DAYS_LEFT))


def pairing_code() -> tuple[str, Fair] | None:
    """A fresh code of the fair that runs; None when somebody has closed it. Codes nobody used are taken back."""
    fair = Fair.objects.filter(slug=running.SLUG, status=Fair.Status.OPEN).first()
    if fair is None:
        return None
    PairingCode.objects.filter(fair=fair, used_at=None).delete()
    return devices.new_code(fair, minutes=CODE_MINUTES).code, fair
