from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from shop.artisans.tests.factories import MakerFactory
from shop.exhibitions.errors import AlreadySettled, ReasonIsMissing, StatementIsReopened, WrongStep
from shop.exhibitions.models import Fair, FairCost, FairMaker
from shop.exhibitions.queries import left_before
from shop.exhibitions.services import inbox, settling
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.settlement import queries as books
from shop.settlement.models import Statement

pytestmark = pytest.mark.django_db

Step = Fair.Status


@pytest.fixture
def curator():
    return get_user_model().objects.create_user(email="kurator@example.com", password="x")


@pytest.fixture
def stall():
    return open_stall()


def take(stall, event):
    answer = inbox.take(stall.device, event)
    assert answer.status == "created", answer
    return event


def sell(stall, maker, price, *, units=1, discount=0):
    record = piece(stall.fair, units, price, maker=maker)
    reason = "Sisa pameran" if discount else ""
    return take(stall, stall.sale(line(record, units, price, discount), discount_reason=reason))


def give_back(stall, sale, amount, *, units=1, **shift):
    at = (timezone.now() + timedelta(**shift)).isoformat()
    return take(stall, stall.reversal(sale, {"line": 1, "quantity": units, "amount": amount, "damaged": False}, at=at))


def close():
    Fair.objects.update(status=Step.COUNTING)


def commissions(fair, maker):
    return [(sold.quantity, int(sold.amount), int(sold.commission)) for sold in settling.sold_lines(fair, maker)]


def test_a_sold_line_tells_what_the_buyer_paid_and_what_the_council_keeps(stall):
    maker = MakerFactory()
    sell(stall, maker, 125_000, units=2, discount=15_000)
    [sold] = settling.sold_lines(stall.fair, maker)
    assert (sold.quantity, sold.amount, sold.commission_percent, sold.commission) == (2, 235_000, 10, 23_500)
    assert (sold.source, sold.happened_on) == (f"{stall.device.letter}-0001", timezone.localdate())
    assert sold.title.startswith("Kain") and sold.sku.startswith("SKU-")
    assert settling.sold_lines(stall.fair, MakerFactory()) == []


@pytest.mark.parametrize(
    ("price", "percent", "commission"), [(15, "10", 2), (14, "10", 1), (25, "10", 3), (99_999, "12.50", 12_500)]
)
def test_commission_is_rounded_half_up_for_each_line(price, percent, commission, stall):
    maker = MakerFactory()
    Fair.objects.update(commission_percent=Decimal(percent))
    stall.fair.refresh_from_db()
    sell(stall, maker, price)
    sell(stall, maker, price)
    assert commissions(stall.fair, maker) == [(1, price, commission)] * 2


def test_a_maker_may_have_agreed_on_another_commission(stall):
    maker, other = MakerFactory(), MakerFactory()
    FairMaker.objects.create(fair=stall.fair, maker=maker, commission_percent=Decimal(0))
    FairMaker.objects.create(fair=stall.fair, maker=other)
    for one in (maker, other):
        sell(stall, one, 100_000)
    assert commissions(stall.fair, maker) == [(1, 100_000, 0)]
    assert commissions(stall.fair, other) == [(1, 100_000, 10_000)]


def test_what_is_taken_back_in_parts_ends_at_nought(stall):
    maker = MakerFactory()
    sale = sell(stall, maker, 5, units=3)
    for minutes in (1, 2, 3):
        give_back(stall, sale, 5, minutes=minutes)
    lines = commissions(stall.fair, maker)
    assert lines == [(3, 15, 2), (-1, -5, -1), (-1, -5, 0), (-1, -5, -1)]
    assert [sum(figures) for figures in zip(*lines, strict=True)] == [0, 0, 0]


def share(stall, amount, percent=100):
    FairCost.objects.create(fair=stall.fair, kind="rent", amount=amount, is_shared=True)
    FairCost.objects.create(fair=stall.fair, kind="lodging", amount=999_999)
    Fair.objects.update(shared_cost_percent=percent)
    stall.fair.refresh_from_db()


def test_shared_costs_are_borne_by_what_was_sold_and_sum_exactly(stall):
    makers = [MakerFactory() for _ in range(4)]
    for maker, price in zip(makers, (100_000, 100_000, 100_000, 50_000), strict=True):
        sell(stall, maker, price)
    share(stall, 100_001, percent=50)
    shares = settling.shared_costs(stall.fair)
    assert shares == {makers[0].pk: 14_286, makers[1].pk: 14_286, makers[2].pk: 14_286, makers[3].pk: 7_143}
    assert sum(shares.values()) == 50_001


def test_rupiah_that_rounding_leaves_go_to_the_largest_remainders(stall):
    makers = [MakerFactory() for _ in range(3)]
    for maker in makers:
        sell(stall, maker, 10_000)
    share(stall, 100)
    assert settling.shared_costs(stall.fair) == {makers[0].pk: 34, makers[1].pk: 33, makers[2].pk: 33}


def test_who_sold_nothing_bears_nothing(stall):
    maker, none = MakerFactory(), MakerFactory()
    share(stall, 100)
    assert settling.shared_costs(stall.fair) == {}
    give_back(stall, sell(stall, none, 10_000), 10_000)
    assert settling.shared_costs(stall.fair) == {}
    sell(stall, maker, 10_000)
    assert settling.shared_costs(stall.fair) == {maker.pk: 100}


def test_statements_sum_to_the_takings_to_the_rupiah(stall, curator):
    makers = [MakerFactory() for _ in range(3)]
    for maker, price in zip(makers, (333_333, 250_001, 17), strict=True):
        sell(stall, maker, price)
    give_back(stall, sell(stall, makers[0], 50_000), 50_000)
    share(stall, 77_777, percent=33)
    close()
    statements = settling.settle_all(stall.fair, actor=curator)
    assert [statement.maker for statement in statements] == makers
    assert [int(statement.gross) for statement in statements] == [333_333, 250_001, 17]
    assert [int(statement.commission) for statement in statements] == [33_333, 25_000, 2]
    assert sum(statement.costs for statement in statements) == 25_666
    assert sum(books.takings_by_tender(stall.fair.reference).values()) == 583_351
    assert books.balance(f"clearing:{stall.fair.reference}") == 0
    assert settling.settle_all(stall.fair, actor=curator) == []
    assert Statement.objects.count() == 3


def test_nobody_is_settled_with_while_the_stall_is_open(stall, curator):
    maker = MakerFactory()
    sell(stall, maker, 10_000)
    with pytest.raises(WrongStep):
        settling.settle_maker(stall.fair, maker, actor=curator)
    with pytest.raises(WrongStep):
        settling.settle_all(stall.fair, actor=curator)
    assert not Statement.objects.exists()


def test_a_double_click_gives_the_same_statement(stall, curator):
    maker = MakerFactory()
    sell(stall, maker, 10_000)
    close()
    first = settling.settle_maker(stall.fair, maker, actor=curator)
    assert settling.settle_maker(stall.fair, maker, actor=curator) == first


def test_a_maker_who_brought_pieces_and_sold_none_is_told_so(stall, curator):
    maker = MakerFactory()
    piece(stall.fair, maker=maker)
    FairMaker.objects.create(fair=stall.fair, maker=MakerFactory())
    close()
    [statement] = settling.settle_all(stall.fair, actor=curator)
    assert (statement.maker, statement.due, statement.status) == (maker, 0, "paid")


def test_a_late_sale_makes_a_statement_stale_and_a_corrected_one_follows(stall, curator):
    maker = MakerFactory()
    record = piece(stall.fair, 2, 10_000, maker=maker)
    take(stall, stall.sale(line(record, 1, 10_000)))
    late = stall.sale(line(record, 1, 10_000))
    close()
    first = settling.settle_maker(stall.fair, maker, actor=curator)
    take(stall, late)
    assert ("settlement", 1) in [(todo.url_name, todo.count) for todo in left_before(Fair.objects.get(), Step.SETTLED)]
    with pytest.raises(AlreadySettled) as refusal:
        settling.settle_maker(stall.fair, maker, actor=curator)
    assert str(refusal.value) == f"{maker.name} sudah punya rincian. Buka kembali dahulu."
    with pytest.raises(AlreadySettled):
        settling.settle_all(stall.fair, actor=curator)
    settling.reopen(first, reason="Penjualan terlambat", actor=curator)
    second = settling.settle_maker(stall.fair, maker, actor=curator)
    assert (second.version, second.gross, second.due) == (2, 20_000, 18_000)
    assert books.balance(f"clearing:{stall.fair.reference}") == 0


def test_reopening_needs_a_reason_and_a_second_click_is_no_harm(stall, curator):
    maker = MakerFactory()
    sell(stall, maker, 10_000)
    close()
    statement = settling.settle_maker(stall.fair, maker, actor=curator)
    with pytest.raises(ReasonIsMissing):
        settling.reopen(statement, reason=" ", actor=curator)
    settling.reopen(statement, reason="Salah", actor=curator)
    assert settling.reopen(statement, reason=" Salah ", actor=curator).status == "reopened"
    with pytest.raises(StatementIsReopened):
        settling.reopen(statement, reason="Lain", actor=curator)
