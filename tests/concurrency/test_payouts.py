"""Several curators write down one transfer at once, on PostgreSQL: the maker has been paid once."""

from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection

from shop.artisans.tests.factories import MakerFactory
from shop.settlement import accounts, services
from shop.settlement.audit import differences
from shop.settlement.errors import PayoutIsTakenBack, ProofIsKnown
from shop.settlement.models import Account, Entry, Payout, Statement
from shop.settlement.queries import left_to_pay
from shop.settlement.tests.factories import FAIR, sold

from .threads import PATIENCE, errors, run_together

pytestmark = pytest.mark.django_db(transaction=True)

CURATORS = 4


@pytest.fixture(autouse=True)
def on_postgresql():
    assert connection.vendor == "postgresql", "A race on another database proves nothing about this one"


@pytest.fixture
def statement():
    return services.issue_statement(MakerFactory(), [sold()], reference=FAIR)


def write_down(number):
    """A quarter of what is due: all of them together would fit."""
    told = {"method": "transfer", "paid_on": date(2026, 12, 1), "proof": "TRX-1", "actor": None}
    return services.pay_out(Statement.objects.get(), amount=Decimal(50_000), key=f"pay:{number}", **told)


def test_one_transfer_that_four_write_down_is_paid_once(statement):
    refused = errors(run_together(CURATORS, write_down), ProofIsKnown)
    assert len(refused) == CURATORS - 1
    assert Payout.objects.get().amount == 50_000
    assert left_to_pay(statement) == 175_000
    assert list(differences()) == []


def test_without_lock_and_constraint_the_same_test_sees_it_paid_twice(statement, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX settlement_payout_proof_once")
    # Opened by one of them, it would hold the others back before they looked.
    accounts.account(accounts.paid_out("transfer"), Account.Kind.PAID_OUT)
    all_have_looked = Barrier(CURATORS)
    post = services.post

    def write_late(*told, **more):
        all_have_looked.wait(PATIENCE)
        return post(*told, **more)

    monkeypatch.setattr(services, "post", write_late)
    monkeypatch.setattr(services, "_lock_statements", lambda one: {one.pk: Statement.objects.get(pk=one.pk)})
    assert errors(run_together(CURATORS, write_down)) == []
    assert Payout.objects.count() == CURATORS


def test_a_payment_that_four_take_back_is_taken_back_once(statement):
    write_down(0)
    reasons = ("Salah", "Salah", "Ganda", "Ganda")
    results = run_together(
        CURATORS, lambda number: services.take_back(Payout.objects.get(), reason=reasons[number], actor=None)
    )
    assert len(errors(results, PayoutIsTakenBack)) == 2
    assert Entry.objects.filter(kind="taken_back").count() == 1
    assert left_to_pay(statement) == 225_000
    assert list(differences()) == []
