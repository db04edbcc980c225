"""One shopper keeps only so much off sale without having paid."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from shop.catalogue.tests.factories import MadeToOrderFactory, ProductFactory
from shop.payment import services
from shop.payment.errors import TooManyHeld, TooManyOpen
from shop.payment.limits import identities, network, plain_email
from shop.payment.models import OpenClaim, PaymentAttempt

from .factories import Basket, basket_of, figures, overdue, reserve, staff, started, user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings):
    settings.PAYMENT_OPEN_ATTEMPTS = {
        "session": {"attempts": 2, "units": 4},
        "account": {"attempts": 2, "units": 4},
        "email": {"attempts": 2, "units": 4},
        "address": {"attempts": 2, "units": 4},
    }


def try_once(number=0, **who):
    return reserve(basket_of(ProductFactory(stock=9)), **{"email": f"tamu{number}@demo.test", **who})


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ({"session": "s1"}, {"session": "s1"}, {"session": "s1"}),
        ({"email": "Rahma@Demo.test"}, {"email": "rahma@demo.TEST"}, {"email": "RAHMA@demo.test"}),
        (
            {"client_address": "203.0.113.9"},
            {"client_address": "203.0.113.9"},
            {"client_address": "::ffff:203.0.113.9"},
        ),
        ({"client_address": "2001:db8::1"}, {"client_address": "2001:db8::2"}, {"client_address": "2001:db8::3"}),
    ],
)
def test_third_open_attempt_of_one_guest_is_refused_and_holds_nothing(first, second, third):
    try_once(1, **first)
    try_once(2, **second)
    product = ProductFactory(stock=1)
    basket = basket_of(product)
    with pytest.raises(TooManyOpen):
        reserve(basket, **{"email": "tamu3@demo.test", **third})
    assert PaymentAttempt.objects.count() == 2
    assert figures(product) == (1, 0)
    assert Basket.objects.get(pk=basket.pk).status == "Open"


def test_third_open_attempt_of_one_account_is_refused_wherever_it_comes_from():
    rahma = user()
    for number in (1, 2):
        try_once(user=rahma, session=f"s{number}", client_address=f"203.0.113.{number}")
    with pytest.raises(TooManyOpen) as refused:
        try_once(user=rahma, session="s3", client_address="203.0.113.3")
    assert refused.value.attempt == PaymentAttempt.objects.latest("pk")
    with translation.override("en"):
        assert str(refused.value) == (
            f"Your order {refused.value.attempt.order_number} is still waiting to be paid. Please pay or cancel it "
            "first; then you can order again."
        )


def test_guests_with_somebodys_email_do_not_keep_them_from_buying_in_their_account():
    rahma = user("rahma@demo.test")
    for _ in range(2):
        try_once(email=rahma.email)
    assert try_once(email=rahma.email, user=rahma).status == "reserved"


def test_open_attempts_of_others_are_counted_and_not_shown():
    for number in (1, 2):
        try_once(number, session=f"s{number}", client_address="203.0.113.9")
    with pytest.raises(TooManyOpen) as refused:
        try_once(3, session="s3", client_address="203.0.113.9")
    assert refused.value.attempt is None
    first = PaymentAttempt.objects.earliest("expires_at")
    assert f"{timezone.localtime(first.expires_at):%H:%M} WIB" in str(refused.value)
    assert all(attempt.order_number not in str(refused.value) for attempt in PaymentAttempt.objects.all())


def test_own_attempt_is_named_also_when_the_shared_address_is_full():
    mine = try_once(1, session="s1", client_address="203.0.113.9")
    try_once(2, session="s2", client_address="203.0.113.9")
    with pytest.raises(TooManyOpen) as refused:
        try_once(3, session="s1", client_address="203.0.113.9")
    assert refused.value.attempt == mine


def test_pieces_held_by_one_shopper_are_limited_and_made_to_order_holds_none():
    try_once(session="s1")
    with pytest.raises(TooManyHeld):
        reserve(basket_of((ProductFactory(stock=9), 4)), session="s1", email="tamu1@demo.test")
    assert reserve(basket_of((ProductFactory(stock=9), 3)), session="s1", email="tamu1@demo.test")
    assert [claim.units for claim in OpenClaim.objects.filter(kind="session").order_by("place")] == [1, 3]


def test_a_large_order_of_pieces_made_to_order_is_not_refused():
    reserve(basket_of((MadeToOrderFactory(), 40)), session="s1")
    assert set(OpenClaim.objects.values_list("units", flat=True)) == {0}


@pytest.mark.parametrize("end", ["cancel", "expire", "pay"])
def test_attempt_that_ends_frees_its_places_and_forgets_where_it_came_from(end):
    who = {"session": "s1", "client_address": "203.0.113.9", "email": "rahma@demo.test", "gateway": "bank_transfer"}
    first, _second = started(basket_of(ProductFactory(stock=9)), **who), try_once(**who)
    assert OpenClaim.objects.filter(attempt=first).count() == 3
    if end == "cancel":
        services.cancel(first)
    elif end == "expire":
        services.expire(overdue(first).pk)
    else:
        services.confirm_transfer(first, actor=staff(), received_amount=first.payable, reference="BNI")
    assert not OpenClaim.objects.filter(attempt=first).exists()
    third = try_once(**who)
    assert sorted(OpenClaim.objects.filter(attempt=third).values_list("kind", "place")) == [
        ("address", 1),
        ("email", 1),
        ("session", 1),
    ]


def test_a_second_press_of_the_button_is_no_second_attempt(settings):
    settings.PAYMENT_OPEN_ATTEMPTS = {"session": {"attempts": 1, "units": 9}}
    basket = basket_of(ProductFactory(stock=1))
    first = reserve(basket, session="s1")
    assert reserve(basket, session="s1") == first


def test_a_place_is_given_once_by_the_database_too():
    [claim] = OpenClaim.objects.filter(attempt=try_once(session="s1"), kind="session")
    other = try_once(2)
    with pytest.raises(IntegrityError, match="payment_claim_place_once"), transaction.atomic():
        OpenClaim.objects.create(
            attempt=other, kind="session", digest=claim.digest, place=claim.place, units=claim.units
        )


def test_what_is_kept_tells_neither_address_nor_session_and_needs_the_key(settings):
    known = {"buyer": None, "email": "rahma@demo.test", "session": "s1", "client_address": "203.0.113.9"}
    before = identities(**known)
    assert sorted(before) == ["address", "email", "session"]
    assert all(len(digest) == 64 for digest in before.values())
    settings.SECRET_KEY = "another-" * 8
    assert not set(before.values()) & set(identities(**known).values())


def test_addresses_are_compared_as_one_visitor_has_them():
    assert plain_email("  RAHMA＠demo.test ") == "rahma@demo.test"
    assert network("2001:db8:1:2:3::4") == "2001:db8:1:2::/64"
    assert (network("203.0.113.9"), network("unknown"), network("")) == ("203.0.113.9", "", "")


def test_transfers_keep_the_pieces_of_guests_for_six_hours_and_of_accounts_for_a_day():
    guest = try_once(gateway="bank_transfer")
    account = try_once(gateway="bank_transfer", user=user())
    now = timezone.now()
    assert timedelta(hours=5, minutes=59) < guest.expires_at - now <= timedelta(hours=6)
    assert timedelta(hours=23, minutes=59) < account.expires_at - now <= timedelta(hours=24)
