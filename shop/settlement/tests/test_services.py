from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from shop.artisans.tests.factories import MakerFactory
from shop.settlement import accounts, queries, services
from shop.settlement.audit import differences
from shop.settlement.errors import (
    EntryConflict,
    PayoutIsTakenBack,
    PaysTooMuch,
    ProofIsKnown,
    ReasonMissing,
    StatementNotOpen,
    Unbalanced,
)
from shop.settlement.models import Account, Entry, Payout, Posting, Statement
from shop.settlement.tests.factories import FAIR, sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return get_user_model().objects.create_user(email="kurator@example.com", password="x")


@pytest.fixture
def maker():
    return MakerFactory()


def take_in(amount, tender="cash", key="sale:1"):
    return services.book_takings({tender: Decimal(amount)}, reference=FAIR, key=key, occurred_at=timezone.now())


def pay(statement, amount, curator, key="pay:1", **told):
    fields = {"method": "transfer", "paid_on": date(2026, 12, 1), "proof": "TRX-1", **told}
    return services.pay_out(statement, amount=Decimal(amount), key=key, actor=curator, **fields)


def books():
    """Every account that is not at nought."""
    codes = Account.objects.values_list("code", flat=True)
    return {code: int(balance) for code in codes if (balance := queries.balance(code))}


def test_takings_wait_in_clearing_by_tender():
    services.book_takings(
        {"cash": Decimal(100_000), "qris": Decimal(50_000)},
        reference=FAIR,
        key="sale:1",
        occurred_at=timezone.now(),
        memo="A-0001",
    )
    take_in(-20_000, "qris", key="reversal:1")
    assert books() == {"takings:fair-12:cash": 100_000, "takings:fair-12:qris": 30_000, "clearing:fair-12": -130_000}
    assert queries.takings_by_tender(FAIR) == {"cash": 100_000, "qris": 30_000}
    assert list(Entry.objects.order_by("pk").values_list("kind", "memo")) == [("takings", "A-0001"), ("given_back", "")]


def test_takings_of_one_fair_are_not_those_of_another_with_a_longer_number():
    services.book_takings({"cash": Decimal(5)}, reference="fair-1", key="a", occurred_at=timezone.now())
    services.book_takings({"cash": Decimal(7)}, reference="fair-12", key="b", occurred_at=timezone.now())
    assert queries.takings_by_tender("fair-1") == {"cash": 5}


def test_the_same_key_books_once_and_other_content_under_it_is_refused():
    assert take_in(100_000) == take_in(100_000)
    with pytest.raises(EntryConflict):
        take_in(90_000)
    assert books() == {"takings:fair-12:cash": 100_000, "clearing:fair-12": -100_000}


def test_an_entry_that_does_not_balance_is_not_written():
    accounts.account("commission", Account.Kind.COMMISSION)
    with pytest.raises(Unbalanced):
        services.post(Entry.Kind.TAKINGS, {"commission": Decimal(1)}, reference=FAIR, key="k")
    assert not Entry.objects.exists()


def test_nothing_to_book_is_no_entry():
    assert take_in(0) is None
    assert not Entry.objects.exists()


def test_a_statement_says_what_is_due_and_books_it(maker, curator):
    take_in(350_000)
    lines = [sold(250_000), sold(150_000, source="A-0002"), sold(-50_000, quantity=-1)]
    statement = services.issue_statement(maker, lines, reference=FAIR, shared_costs=Decimal(12_345), actor=curator)
    figures = (statement.gross, statement.commission, statement.costs, statement.due)
    assert figures == (350_000, 35_000, 12_345, 302_655)
    assert (statement.number, statement.version, statement.status) == (f"FAIR-12-{maker.pk}-1", 1, "issued")
    assert [(line.position, line.amount, line.source) for line in statement.lines.all()] == [
        (1, 250_000, "A-0001"),
        (2, 150_000, "A-0002"),
        (3, -50_000, "A-0001"),
    ]
    assert books() == {
        "takings:fair-12:cash": 350_000,
        f"maker:{maker.pk}": -302_655,
        "commission": -35_000,
        "costs:fair-12": -12_345,
    }
    assert queries.balance("clearing:fair-12") == 0
    assert list(differences()) == []


def test_a_second_statement_is_refused_while_one_stands(maker):
    services.issue_statement(maker, [sold()], reference=FAIR)
    with pytest.raises(StatementNotOpen):
        services.issue_statement(maker, [sold()], reference=FAIR)
    assert (Statement.objects.count(), Entry.objects.count()) == (1, 1)
    assert services.issue_statement(maker, [sold()], reference="fair-13").version == 1
    assert services.issue_statement(MakerFactory(), [sold()], reference=FAIR).version == 1


def test_a_maker_who_sold_nothing_is_due_nothing_and_nothing_is_left_to_pay(maker):
    statement = services.issue_statement(maker, [], reference=FAIR)
    assert (statement.due, statement.entry, statement.status) == (0, None, "paid")
    assert list(differences()) == []


def test_a_reopened_statement_stays_readable_and_its_entry_is_reversed(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    services.reopen_statement(first, reason=" Satu penjualan terlewat ", actor=curator)
    first.refresh_from_db()
    assert (first.status, first.reopen_reason, first.reopened_by) == ("reopened", "Satu penjualan terlewat", curator)
    assert (first.due, first.lines.get().amount) == (225_000, 250_000)
    assert books() == {}
    assert queries.standing_statement(maker, FAIR) is None
    second = services.issue_statement(maker, [sold(), sold(100_000)], reference=FAIR)
    assert (second.version, second.number, second.due) == (2, f"FAIR-12-{maker.pk}-2", 315_000)
    assert queries.standing_statement(maker, FAIR) == second
    assert list(queries.statements(FAIR)) == [second, first]
    assert list(differences()) == []


def test_reopening_needs_a_reason_and_happens_once(maker, curator):
    statement = services.issue_statement(maker, [sold()], reference=FAIR)
    with pytest.raises(ReasonMissing):
        services.reopen_statement(statement, reason="  ", actor=curator)
    services.reopen_statement(statement, reason="Salah", actor=curator)
    with pytest.raises(StatementNotOpen):
        services.reopen_statement(statement, reason="Salah", actor=curator)
    assert Entry.objects.filter(kind="reversal").count() == 1


def test_a_maker_is_paid_in_parts_up_to_what_is_due(maker, curator):
    statement = services.issue_statement(maker, [sold()], reference=FAIR)
    pay(statement, 200_000, curator, proof="TRX-0")
    assert Statement.objects.get().status == "issued"
    assert queries.left_to_pay(statement) == 25_000
    for amount in (25_001, 0, -1):
        with pytest.raises(PaysTooMuch) as refusal:
            pay(statement, amount, curator, key="pay:2")
        assert (refusal.value.due, refusal.value.asked) == (25_000, amount)
    pay(statement, 25_000, curator, key="pay:2", method="cash")
    assert Statement.objects.get().status == "paid"
    with pytest.raises(PaysTooMuch):
        pay(statement, 1, curator, key="pay:3")
    assert books() == {
        "clearing:fair-12": 250_000,
        "commission": -25_000,
        "paid_out:transfer": -200_000,
        "paid_out:cash": -25_000,
    }
    assert list(differences()) == []


def test_a_double_click_pays_once(maker, curator):
    statement = services.issue_statement(maker, [sold()], reference=FAIR)
    assert pay(statement, 100_000, curator) == pay(statement, 100_000, curator)
    with pytest.raises(EntryConflict):
        pay(statement, 90_000, curator)
    assert Payout.objects.get().amount == 100_000


def test_what_was_paid_counts_against_the_next_version(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    pay(first, 225_000, curator)
    services.reopen_statement(first, reason="Penjualan terlambat", actor=curator)
    with pytest.raises(StatementNotOpen):
        pay(first, 1, curator, key="pay:2")
    second = services.issue_statement(maker, [sold(), sold(100_000)], reference=FAIR)
    assert (second.due, queries.left_to_pay(second)) == (315_000, 90_000)
    with pytest.raises(PaysTooMuch):
        pay(second, 90_001, curator, key="pay:2")
    pay(second, 90_000, curator, key="pay:2", proof="TRX-2")
    second.refresh_from_db()
    assert (second.status, queries.paid_so_far(maker.pk, FAIR)) == ("paid", 315_000)
    assert list(differences()) == []


def test_a_corrected_statement_that_was_paid_before_is_paid_and_an_overpaid_one_is_not(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    pay(first, 225_000, curator)
    services.reopen_statement(first, reason="Nama salah", actor=curator)
    same = services.issue_statement(maker, [sold()], reference=FAIR)
    assert same.status == "paid"
    services.reopen_statement(same, reason="Retur", actor=curator)
    less = services.issue_statement(maker, [sold(100_000)], reference=FAIR)
    assert (less.status, queries.left_to_pay(less)) == ("issued", -135_000)
    assert list(differences()) == []


def test_a_payment_written_down_by_mistake_is_taken_back_and_stays_readable(maker, curator):
    statement = services.issue_statement(maker, [sold()], reference=FAIR)
    wrong = pay(statement, 225_000, curator)
    assert Statement.objects.get().status == "paid"
    with pytest.raises(ReasonMissing):
        services.take_back(wrong, reason=" ", actor=curator)
    taken = services.take_back(wrong, reason=" Salah rekening ", actor=curator)
    assert (taken.amount, taken.take_back_reason, taken.taken_back_by) == (225_000, "Salah rekening", curator)
    assert (Statement.objects.get().status, queries.left_to_pay(statement)) == ("issued", 225_000)
    assert [entry.kind for entry in Entry.objects.order_by("pk")] == ["statement", "payout", "taken_back"]
    assert queries.balance("paid_out:transfer") == 0
    assert services.take_back(wrong, reason="Salah rekening", actor=curator) == taken
    with pytest.raises(PayoutIsTakenBack):
        services.take_back(wrong, reason="Lain", actor=curator)
    assert Entry.objects.count() == 3
    pay(statement, 225_000, curator, key="pay:2")
    assert Statement.objects.get().status == "paid"
    assert list(differences()) == []


def test_a_payment_on_an_old_version_is_taken_back_from_the_one_that_stands(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    wrong = pay(first, 225_000, curator)
    services.reopen_statement(first, reason="Nama salah", actor=curator)
    second = services.issue_statement(maker, [sold()], reference=FAIR)
    assert second.status == "paid"
    services.take_back(wrong, reason="Tidak jadi", actor=curator)
    assert set(Statement.objects.values_list("version", "status")) == {(1, "reopened"), (2, "issued")}


def test_two_who_write_one_transfer_down_pay_once(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    pay(first, 100_000, curator)
    for statement, proof in ((first, "TRX-1"), (first, " trx-1 ")):
        with pytest.raises(ProofIsKnown):
            pay(statement, 100_000, curator, key="pay:2", proof=proof)
    pay(first, 1, curator, key="pay:3", method="cash")
    services.reopen_statement(first, reason="Terlambat", actor=curator)
    second = services.issue_statement(maker, [sold()], reference=FAIR)
    with pytest.raises(ProofIsKnown):
        pay(second, 100_000, curator, key="pay:2")
    other = services.issue_statement(MakerFactory(), [sold()], reference=FAIR)
    pay(other, 100_000, curator, key="pay:4")
    assert Payout.objects.count() == 3


def test_the_database_keeps_one_payment_for_one_proof(maker, curator):
    statement = services.issue_statement(maker, [sold()], reference=FAIR)
    payout = pay(statement, 1, curator)
    entry = services.book_takings({"cash": Decimal(1)}, reference=FAIR, key="x", occurred_at=timezone.now())
    with pytest.raises(IntegrityError, match="settlement_payout_proof_once"), transaction.atomic():
        Payout.objects.create(
            statement=statement, amount=1, method="transfer", paid_on=payout.paid_on, proof="TRX-1", entry=entry
        )


def bring_back(statement, amount, curator, **told):
    fields = {"method": "cash", "paid_on": date(2026, 12, 3), "proof": "KW-9", "key": "back:1", **told}
    return services.receive_back(statement, amount=Decimal(amount), actor=curator, **fields)


def test_what_was_paid_too_much_comes_back_and_not_a_rupiah_more(maker, curator):
    first = services.issue_statement(maker, [sold()], reference=FAIR)
    with pytest.raises(PaysTooMuch):
        bring_back(first, 1, curator)
    pay(first, 225_000, curator)
    services.reopen_statement(first, reason="Retur", actor=curator)
    less = services.issue_statement(maker, [sold(100_000)], reference=FAIR)
    assert queries.left_by_maker(FAIR) == {maker.pk: -135_000}
    with pytest.raises(PaysTooMuch) as refusal:
        bring_back(less, 135_001, curator)
    assert refusal.value.due == 135_000
    assert bring_back(less, 135_000, curator) == bring_back(less, 135_000, curator)
    less.refresh_from_db()
    assert (less.status, queries.left_to_pay(less)) == ("paid", 0)
    assert queries.left_by_maker(FAIR) == {maker.pk: 0}
    assert books() == {
        "clearing:fair-12": 100_000,
        "commission": -10_000,
        "paid_out:transfer": -225_000,
        "paid_out:cash": 135_000,
    }
    assert list(differences()) == []


def test_a_maker_whose_share_exceeds_what_was_sold_pays_the_rest(maker, curator):
    statement = services.issue_statement(maker, [sold(100_000)], reference=FAIR, shared_costs=Decimal(120_000))
    assert (statement.due, statement.status) == (-30_000, "issued")
    bring_back(statement, 30_000, curator)
    assert Statement.objects.get().status == "paid"
    assert list(differences()) == []


def test_the_books_as_a_whole_are_always_at_nought(maker, curator):
    take_in(250_000)
    statement = services.issue_statement(maker, [sold()], reference=FAIR, shared_costs=Decimal(1))
    pay(statement, 10_000, curator)
    assert sum(Posting.objects.values_list("amount", flat=True)) == 0
