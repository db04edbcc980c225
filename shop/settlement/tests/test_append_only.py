from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from shop import append_only
from shop.artisans.tests.factories import MakerFactory
from shop.settlement import services
from shop.settlement.errors import BooksAreAppendOnly
from shop.settlement.models import Entry, Payout, Posting, Statement
from shop.settlement.tests.factories import FAIR, sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement():
    return services.issue_statement(MakerFactory(), [sold()], reference=FAIR)


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def without_triggers(*statements):
    """What somebody with the keys of the database could do."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("settlement_entry", "settlement_posting"):
        sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for statement in statements:
        sql(statement)
    for table in ("settlement_entry", "settlement_posting"):
        sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def check():
    out = StringIO()
    try:
        call_command("check_books", stdout=out)
    except CommandError as error:
        return [*out.getvalue().splitlines(), str(error)]
    return out.getvalue().splitlines()


@pytest.mark.parametrize("model", [Entry, Posting])
def test_the_books_are_not_rewritten_through_the_model(model, statement):
    row = model.objects.first()
    for rewrite in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=0)):
        with pytest.raises(BooksAreAppendOnly), transaction.atomic():
            rewrite()
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 3)


@pytest.mark.parametrize("table", ["settlement_entry", "settlement_posting"])
@pytest.mark.parametrize("rewrite", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_refuses_to_rewrite_the_books(table, rewrite, statement):
    with pytest.raises(IntegrityError, match=f"{table} is append-only"), transaction.atomic():
        sql(rewrite.format(table))
    assert (Entry.objects.count(), Posting.objects.count()) == (1, 3)


def test_balanced_books_pass(statement):
    assert check() == ["The books balance."]
    out = StringIO()
    call_command("check_books", "--quiet", stdout=out)
    assert out.getvalue() == ""


def test_a_missing_trigger_is_named(statement):
    append_only.remove(connection, "settlement_posting")
    assert check() == [
        "trigger settlement_posting_no_update is missing",
        "trigger settlement_posting_no_delete is missing",
        "Differences in the books: 2",
    ]


def test_an_unbalanced_entry_is_named(statement):
    maker = f"maker:{statement.maker_id}"
    without_triggers(f"UPDATE settlement_posting SET amount = amount + 1 WHERE account_id = '{maker}'")
    assert check() == [
        f"entry {statement.entry_id} adds up to 1.00, not to nought",
        f"statement {statement.number} differs from its entry",
        f"account {maker} owes 224999.00, its statements 225000.00",
        "Differences in the books: 3",
    ]


def test_an_entry_without_sides_is_named(statement):
    Entry.objects.create(kind="takings", reference=FAIR, idempotency_key="k")
    assert check()[0].endswith("has 0 postings")


def test_a_statement_that_differs_from_its_lines_is_named(statement):
    statement.lines.update(amount=1)
    assert check() == [f"statement {statement.number} differs from its lines", "Differences in the books: 1"]


def test_a_statement_reopened_without_its_reversal_is_named(statement):
    Statement.objects.update(status="reopened", reopened_at=timezone.now(), reopen_reason="x")
    assert check()[0] == f"account maker:{statement.maker_id} owes 225000.00, its statements 0"


def test_a_payment_that_differs_from_its_entry_is_named(statement):
    paid = {"method": "cash", "paid_on": date(2026, 12, 1), "proof": "KW-1", "key": "p", "actor": None}
    payout = services.pay_out(statement, amount=Decimal(1_000), **paid)
    services.take_back(payout, reason="Salah", actor=None)
    assert check() == ["The books balance."]
    Payout.objects.update(amount=999)
    assert check() == [f"payout {payout.pk} differs from its entry"] * 2 + ["Differences in the books: 2"]
