from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.exhibitions import audit
from shop.exhibitions.dues import reckon, standing, unsettled_makers
from shop.exhibitions.errors import AlreadySettled, CountIsMissing, ReasonIsMissing, StatementIsReopened, WrongStep
from shop.exhibitions.models import Fair, FairCost, FairMaker
from shop.exhibitions.queries import left_before
from shop.exhibitions.services import counting, fairs, inbox, settling
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.settlement import queries as books
from shop.settlement.models import Statement
from shop.stock import travel

pytestmark = pytest.mark.django_db

Step = Fair.Status
StockRecord = get_model("partner", "StockRecord")


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


def count_all(stall, curator):
    """The stall is closed, and what is left there is counted and booked."""
    close()
    for pk, units in travel.at_stalls(stall.fair.reference).items():
        counting.count(stall.fair, StockRecord.objects.get(pk=pk), counted=units, actor=curator)
    counting.book_count(stall.fair, actor=curator)


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
    count_all(stall, curator)
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


def test_nobody_is_settled_with_before_the_count_is_booked(stall, curator):
    maker = MakerFactory()
    record = piece(stall.fair, 2, 10_000, maker=maker)
    take(stall, stall.sale(line(record, 1, 10_000)))
    close()
    for settle in (
        lambda: settling.settle_maker(stall.fair, maker, actor=curator),
        lambda: settling.settle_all(stall.fair, actor=curator),
    ):
        with pytest.raises(CountIsMissing):
            settle()
    counting.count(stall.fair, record, counted=1, actor=curator)
    with pytest.raises(CountIsMissing):
        settling.settle_all(stall.fair, actor=curator)
    counting.book_count(stall.fair, actor=curator)
    assert settling.settle_maker(stall.fair, maker, actor=curator).gross == 10_000


def test_all_statements_are_reopened_with_one_reason(stall, curator):
    makers = [MakerFactory(), MakerFactory()]
    for maker in makers:
        sell(stall, maker, 10_000)
    close()
    settling.settle_all(stall.fair, actor=curator)
    with pytest.raises(ReasonIsMissing):
        settling.reopen_all(stall.fair, reason="", actor=curator)
    assert standing(stall.fair).count() == 2
    assert len(settling.reopen_all(stall.fair, reason="Sewa salah", actor=curator)) == 2
    assert settling.reopen_all(stall.fair, reason="Sewa salah", actor=curator) == []
    assert unsettled_makers(stall.fair) == makers


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
    count_all(stall, curator)
    [statement] = settling.settle_all(stall.fair, actor=curator)
    assert (statement.maker, statement.due, statement.status) == (maker, 0, "paid")


def test_a_late_sale_makes_a_statement_stale_and_a_corrected_one_follows(stall, curator):
    maker = MakerFactory()
    record = piece(stall.fair, 2, 10_000, maker=maker)
    take(stall, stall.sale(line(record, 1, 10_000)))
    late = stall.sale(line(record, 1, 10_000))
    count_all(stall, curator)
    first = settling.settle_maker(stall.fair, maker, actor=curator)
    take(stall, late)
    assert ("settlement", 1) in [(todo.url_name, todo.count) for todo in left_before(Fair.objects.get(), Step.SETTLED)]
    with pytest.raises(AlreadySettled) as refusal:
        settling.settle_maker(stall.fair, maker, actor=curator)
    assert str(refusal.value) == f"{maker.name} sudah punya rincian. Buka kembali dahulu."
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


def costs_told(fair):
    return {statement.maker_id: int(statement.costs) for statement in standing(fair)}


def test_a_late_sale_moves_the_shares_of_everybody_and_all_are_told_anew_together(stall, curator):
    first, second = MakerFactory(), MakerFactory()
    sell(stall, first, 100)
    sell(stall, second, 100)
    record = piece(stall.fair, 1, 200, maker=second)
    late = stall.sale(line(record, 1, 200))
    share(stall, 100)
    count_all(stall, curator)
    settling.settle_all(stall.fair, actor=curator)
    assert costs_told(stall.fair) == {first.pk: 50, second.pk: 50}
    take(stall, late)
    assert unsettled_makers(stall.fair) == [first, second]
    again = settling.settle_all(stall.fair, actor=curator, reason="Penjualan terlambat")
    assert [statement.maker for statement in again] == [first, second]
    assert costs_told(stall.fair) == {first.pk: 25, second.pk: 75}
    old = Statement.objects.filter(status="reopened").order_by("maker")
    assert [(one.costs, one.reopen_reason) for one in old] == [(50, "Penjualan terlambat")] * 2
    assert unsettled_makers(stall.fair) == []
    assert books.balance(f"costs:{stall.fair.reference}") == -100


def test_nobody_is_told_anew_without_a_reason_and_then_nobody_at_all(stall, curator):
    first, second = MakerFactory(), MakerFactory()
    sell(stall, first, 100)
    count_all(stall, curator)
    settling.settle_all(stall.fair, actor=curator)
    sell(stall, first, 100)
    sell(stall, second, 100)
    with pytest.raises(ReasonIsMissing):
        settling.settle_all(stall.fair, actor=curator, reason=" ")
    assert [one.gross for one in standing(stall.fair)] == [100]
    assert len(settling.settle_all(stall.fair, actor=curator, reason="Terlambat")) == 2
    assert sorted(int(one.gross) for one in standing(stall.fair)) == [100, 200]


def test_only_who_is_told_other_figures_gets_another_version(stall, curator):
    first, second = MakerFactory(), MakerFactory()
    sell(stall, first, 100)
    sell(stall, second, 100)
    count_all(stall, curator)
    settling.settle_all(stall.fair, actor=curator)
    sell(stall, second, 50)
    [made] = settling.settle_all(stall.fair, actor=curator, reason="Terlambat")
    assert (made.maker, made.version) == (second, 2)
    assert standing(stall.fair).get(maker=first).version == 1


def test_a_statement_with_another_commission_or_share_than_today_is_stale(stall, curator):
    maker = MakerFactory()
    sell(stall, maker, 100_000)
    count_all(stall, curator)
    settling.settle_all(stall.fair, actor=curator)
    assert unsettled_makers(stall.fair) == []
    Fair.objects.update(commission_percent=11)
    assert unsettled_makers(Fair.objects.get()) == [maker]
    Fair.objects.update(commission_percent=10)
    share(stall, 5)
    assert unsettled_makers(Fair.objects.get()) == [maker]


def test_the_audit_names_costs_and_commission_that_a_settled_fair_has_not_told(stall, curator):
    maker = MakerFactory()
    sell(stall, maker, 100_000)
    share(stall, 70_000, percent=50)
    count_all(stall, curator)
    settling.settle_all(stall.fair, actor=curator)
    fairs.move_on(stall.fair, Step.SETTLED, actor=curator)
    assert list(audit.differences()) == []
    Fair.objects.update(shared_cost_percent=60, commission_percent=20)
    reference = stall.fair.reference
    assert list(map(str, audit.differences())) == [
        f"{reference}: costs on the statements of a settled fair should be 42000, is 35000.00",
        f"{reference}: commission on the statements of a settled fair should be 20000, is 10000.00",
    ]


def test_reckoning_asks_as_often_for_many_makers_as_for_few(stall, django_assert_num_queries):
    share(stall, 100)
    for _maker in range(3):
        give_back(stall, sell(stall, MakerFactory(), 1_000, units=2), 1_000)
    with CaptureQueriesContext(connection) as few:
        assert len(reckon(stall.fair)) == 3
    for _maker in range(9):
        give_back(stall, sell(stall, MakerFactory(), 1_000, units=2), 1_000)
    with django_assert_num_queries(len(few)):
        assert len(reckon(stall.fair)) == 12
