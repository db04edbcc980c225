"""Orders as a shopper makes them, and the people who see to them."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from shop.catalogue.tests.factories import ProductFactory
from shop.order.models import Order
from shop.payment import services
from shop.payment.models import PaymentAttempt
from shop.payment.tests.factories import basket_of, started

CURATOR = "curator"


def person(email: str, *groups: str, is_staff: bool = False, **fields: Any) -> Any:
    """Somebody in these roles; the groups and their permissions are made by the migrations."""
    user = get_user_model().objects.create_user(email=email, password=None)
    user.is_staff = is_staff
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def curator(email: str = "kurator@demo.test") -> Any:
    return person(email, CURATOR, is_staff=True)


def transfer(*pieces: Any, **changes: Any) -> PaymentAttempt:
    """A transfer that was asked for: one cloth of Rp250.000 unless told otherwise, and Rp20.000 delivery a parcel."""
    basket = basket_of(*(pieces or (ProductFactory(stock=1),)))
    return started(basket, gateway="bank_transfer", **changes)


def ordered(*pieces: Any, actor: Any = None, **changes: Any) -> Order:
    """The order of a confirmed transfer."""
    attempt = transfer(*pieces, **changes)
    settled = services.confirm_transfer(
        attempt,
        actor=actor or curator("kasbank@demo.test"),
        received_amount=attempt.payable,
        reference=f"BANK-{attempt.order_number}",
    )
    return Order.objects.get(pk=settled.order_id)


def paid_by_card(sandbox: Any, *pieces: Any, **changes: Any) -> Order:
    """The order of a card payment at the double of Stripe."""
    attempt = started(basket_of(*(pieces or (ProductFactory(stock=1),))), **changes)
    sandbox.pay(attempt.gateway_reference)
    return Order.objects.get(pk=services.finalize(attempt.pk).order_id)
