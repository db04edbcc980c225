"""One visitor reserves in many windows at the same moment."""

from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from shop.catalogue.tests.factories import ProductFactory
from shop.payment import limits
from shop.payment.errors import TooManyOpen
from shop.payment.models import OpenClaim, PaymentAttempt
from shop.payment.tests.factories import address, basket_of, chosen, courier, figures, reserve

from .threads import PATIENCE, errors, run_together

pytestmark = pytest.mark.django_db(transaction=True)

WINDOWS = 8


@pytest.fixture(autouse=True)
def two_at_a_time(settings):
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"
    settings.PAYMENT_OPEN_ATTEMPTS = {
        "email": {"attempts": 2, "units": 50},
        "address": {"attempts": 2, "units": 50},
    }


def windows_of_one_visitor():
    """What each window got, and the piece all of them want."""
    courier()
    to = address()
    product = ProductFactory(stock=20)
    baskets = [basket_of(product) for _ in range(WINDOWS)]
    parcels = [chosen(basket, to) for basket in baskets]

    def order(number):
        who = {"session": f"window-{number}", "client_address": "203.0.113.9"}
        return reserve(baskets[number], shipping_address=address(), parcels=parcels[number], **who)

    return product, run_together(WINDOWS, order)


def test_eight_windows_at_once_open_two_attempts_and_six_are_refused():
    product, results = windows_of_one_visitor()
    assert len(errors(results, TooManyOpen)) == 6
    assert PaymentAttempt.objects.count() == 2
    assert figures(product) == (20, 2)
    assert sorted(OpenClaim.objects.values_list("kind", "place")) == [
        ("address", 1),
        ("address", 2),
        ("email", 1),
        ("email", 2),
    ]


def test_control_without_lock_and_constraint_all_eight_pass_the_limit(monkeypatch):
    """Sees the race: each counts the places before any other has taken one."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE payment_openclaim DROP CONSTRAINT payment_claim_place_once")
    all_have_counted = Barrier(WINDOWS)
    free_place = limits._free_place

    def count_and_wait(there):
        place = free_place(there)
        all_have_counted.wait(PATIENCE)
        return place

    monkeypatch.setattr(limits, "lock_identities", lambda digests: None)
    monkeypatch.setattr(limits, "_free_place", count_and_wait)
    product, results = windows_of_one_visitor()
    assert errors(results, TooManyOpen) == []
    assert PaymentAttempt.objects.count() == 8
    assert figures(product) == (20, 8)


def test_control_with_the_constraint_alone_no_place_is_given_twice(monkeypatch):
    monkeypatch.setattr(limits, "lock_identities", lambda digests: None)
    _product, results = windows_of_one_visitor()
    errors(results, TooManyOpen, IntegrityError)
    assert 1 <= PaymentAttempt.objects.count() <= 2
