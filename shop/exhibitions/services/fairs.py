"""The verbs for a fair as such: planning it, taking it from step to step, and who stands behind its till.

Every verb happens whole or not at all and decides by itself, under the fair's lock; pages are only polite. Prices are
whole rupiah.
"""

import logging
import re
from decimal import Decimal
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from oscar.core.loading import get_model

from shop.exhibitions.errors import BadFigure, BadPin, NameMissing, NameTaken, NotYet, WrongStep
from shop.exhibitions.models import Cashier, Consignment, Fair, FairMaker
from shop.exhibitions.todo import left_before
from shop.stock import travel

from .locks import lock_fair
from .packing import BEFORE_COUNTING

logger = logging.getLogger(__name__)

#: Rounds of the PIN's hash: few enough for a cheap phone, which checks it without a network (see docs/adr/0062).
PIN_ROUNDS = 100_000
PIN = re.compile(r"[0-9]{4,6}", re.ASCII)


@transaction.atomic
def plan(**fields: Any) -> Fair:
    """A new fair with its places in stock. Without a ``slug`` it takes one from its name and first day."""
    if not fields.get("slug"):
        fields["slug"] = _free_slug(slugify(f"{fields['name']} {fields['starts_on']:%Y}")[:70])
    fair = Fair.objects.create(**fields)
    travel.open_places(fair.reference)
    return fair


@transaction.atomic
def move_on(fair: Fair, status: str, *, actor: Any) -> Fair:
    """Take a fair to its next step (``Fair.WAYS``). To the step where it stands already is no harm.

    Raises ``WrongStep`` when no way leads there, ``NotYet`` (with its ``todo``) while something is left to do.
    """
    locked = lock_fair(fair.pk)
    step = Fair.Status(status)
    if locked.status == step:
        return _refreshed(fair)
    if step not in Fair.WAYS[Fair.Status(locked.status)]:
        raise WrongStep(status=locked.get_status_display())
    left = left_before(locked, step)
    if left:
        raise NotYet(left)
    if step == Fair.Status.CANCELLED:
        locked.consignments.filter(status=Consignment.Status.DRAFT).update(status=Consignment.Status.CANCELLED)
    logger.info("Fair %s went from %s to %s by %s", locked.pk, locked.status, step.value, actor)
    _stamp(locked, step)
    locked.status = step
    locked.save(update_fields=["status", "opened_at", "counting_at", "settled_at", "changed_at"])
    return _refreshed(fair)


@transaction.atomic
def add_cashier(fair: Fair, *, name: str, pin: str, user: Any = None) -> Cashier:
    """Let somebody sell at the fair. The same name, account and PIN again give the same cashier.

    Raises ``BadPin``, ``NameMissing``, ``NameTaken``.
    """
    lock_fair(fair.pk)
    name = name.strip()[:60]
    if not name:
        raise NameMissing
    _check_pin(pin)
    there = Cashier.objects.filter(fair=fair, name=name).first()
    if there is not None:
        if there.is_active and there.user == user and PBKDF2PasswordHasher().verify(pin, there.pin):
            return there
        raise NameTaken
    try:
        with transaction.atomic():
            return Cashier.objects.create(fair=fair, user=user, name=name, pin=_hashed(pin))
    except IntegrityError as error:
        raise NameTaken from error


def set_pin(cashier: Cashier, pin: str) -> None:
    """Give a cashier another PIN; devices learn it with their next catalogue. Raises ``BadPin``."""
    _check_pin(pin)
    cashier.pin = _hashed(pin)
    cashier.save(update_fields=["pin"])


@transaction.atomic
def add_piece(
    fair: Fair, *, maker: Any, title_ind: str, price: Decimal, actor: Any, title_en: str = "", craft: Any = None
) -> Any:
    """Enter a piece that is brought for the fair only; its stock record comes back, with nothing in it.

    The shop does not show it. The same maker, title and price again at this fair are the same piece: how many there
    are stands on the packing list. Raises ``WrongStep``, ``NameMissing``, ``BadFigure``.
    """
    lock_fair(fair.pk, *BEFORE_COUNTING)
    title = title_ind.strip()
    if not title:
        raise NameMissing
    if price <= 0 or price % 1:
        raise BadFigure
    StockRecord = get_model("partner", "StockRecord")
    there = StockRecord.objects.filter(
        partner=maker.partner_id,
        partner_sku__startswith=f"F{fair.pk}-",
        product__title_ind=title,
        product__is_public=False,
        price=price,
    ).first()
    if there is not None:
        return there
    product = get_model("catalogue", "Product").objects.create(
        product_class=_class_of(craft),
        title_ind=title,
        title_en=title_en.strip() or title,
        maker=maker,
        craft=craft,
        is_public=False,
    )
    FairMaker.objects.get_or_create(fair=fair, maker=maker)
    record = StockRecord.objects.create(
        product=product,
        partner_id=maker.partner_id,
        partner_sku=f"F{fair.pk}-{product.pk}",
        price_currency="IDR",
        price=price,
    )
    logger.info("Piece %s was entered for fair %s by %s", record.partner_sku, fair.pk, actor)
    return record


def _stamp(fair: Fair, step: str) -> None:
    now = timezone.now()
    if step == Fair.Status.OPEN:
        fair.opened_at = fair.opened_at or now
        fair.counting_at = None
    elif step == Fair.Status.COUNTING:
        fair.counting_at = now
    elif step == Fair.Status.SETTLED:
        fair.settled_at = now


def _refreshed(fair: Fair) -> Fair:
    fair.refresh_from_db()
    return fair


def _free_slug(wanted: str) -> str:
    taken = set(Fair.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)


def _check_pin(pin: str) -> None:
    if not PIN.fullmatch(pin):
        raise BadPin


def _hashed(pin: str) -> str:
    hasher = PBKDF2PasswordHasher()
    return hasher.encode(pin, hasher.salt(), iterations=PIN_ROUNDS)


def _class_of(craft: Any) -> Any:
    """The product class of the craft's other pieces, so that its attributes fit; else one for pieces of fairs."""
    ProductClass = get_model("catalogue", "ProductClass")
    usual = ProductClass.objects.filter(products__craft=craft, track_stock=True).order_by("-products__pk").first()
    if craft is not None and usual is not None:
        return usual
    names = {"name_ind": "Karya pameran", "name_en": "Piece for a fair"}
    return ProductClass.objects.get_or_create(slug="karya-pameran", defaults=names)[0]
