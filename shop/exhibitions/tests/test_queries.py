from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory, StockRecordFactory
from shop.crafts.tests.factories import CraftFactory
from shop.exhibitions import queries
from shop.exhibitions.models import Fair, FairCost
from shop.exhibitions.reporting import Cost, Profit, Target
from shop.exhibitions.services import inbox, packing, settling
from shop.exhibitions.tests.factories import FairFactory, FairMakerFactory
from shop.exhibitions.tests.stall import line, open_stall, piece
from shop.settlement import services as books
from shop.stock import travel
from shop.stock.travel import Journey

pytestmark = pytest.mark.django_db

Step = Fair.Status
TODAY = date(2026, 11, 24)


def take(stall, event):
    assert inbox.take(stall.device, event).status == "created"
    return event


def sell(stall, record, units=1, price=250_000, **changes):
    return take(stall, stall.sale(line(record, units, price), **changes))


def test_the_list_shows_where_each_fair_stands(django_assert_num_queries):
    FairFactory(slug="empty")
    stall = open_stall(slug="busy")
    record = piece(stall.fair, 5)
    FairMakerFactory(fair=stall.fair)
    sale = sell(stall, record, 2)
    take(stall, stall.reversal(sale))
    other = ProductFactory(stock=1).stockrecords.get()
    travel.move(travel.Way.DISPATCHED, [(other, 1)], reference=stall.fair.reference, key="k")
    stall.fair.discrepancies.create(kind="cash", quantity=-1)
    stall.device.waiting = 3
    stall.device.save()
    with django_assert_num_queries(1):
        shown = {
            fair.slug: (
                fair.maker_count,
                fair.stall_units,
                fair.transit_units,
                fair.takings,
                fair.open_discrepancies,
                fair.waiting,
            )
            for fair in queries.fair_list()
        }
    assert shown == {"empty": (0, 0, 0, 0, 0, 0), "busy": (1, 4, 1, 250_000, 1, 3)}


def test_the_report_adds_up_in_every_direction():
    stall = open_stall(target_revenue=1_000_000, target_pieces=4, shared_cost_percent=50)
    weave, tin = CraftFactory(), CraftFactory()
    rohana, budi = MakerFactory(name="Rohana"), MakerFactory(name="Budi")
    cloth = piece(stall.fair, 4, maker=rohana, craft=weave)
    ring = piece(stall.fair, 1, 100_000, maker=budi, craft=tin)
    sale = sell(stall, cloth, 2, source="inacraft")
    sell(
        stall,
        ring,
        1,
        100_000,
        tenders=[{"kind": "qris", "amount": 60_000}, {"kind": "cash", "amount": 40_000, "received": 50_000}],
    )
    take(stall, stall.reversal(sale))
    FairCost.objects.create(fair=stall.fair, kind="rent", amount=100_000, is_shared=True)
    FairCost.objects.create(fair=stall.fair, kind="rent", amount=20_000)
    FairCost.objects.create(fair=stall.fair, kind="transport", amount=30_000)
    report = queries.figures(stall.fair)
    assert (report.takings, report.pieces, report.sales, report.reversals) == (350_000, 2, 2, 1)
    assert [row[1:] for row in report.by_maker] == [("Rohana", 250_000, 1), ("Budi", 100_000, 1)]
    assert [row[1:] for row in report.by_craft] == [(str(weave), 250_000, 1), (str(tin), 100_000, 1)]
    assert [(row.key, row.amount) for row in report.by_tender] == [("cash", 290_000), ("qris", 60_000)]
    assert [(row.key, row.amount, row.pieces) for row in report.by_source] == [
        ("inacraft", 250_000, 1),
        ("", 100_000, 1),
    ]
    assert [(row.amount, row.pieces) for row in report.by_day] == [(350_000, 2)]
    for rows in (report.by_maker, report.by_craft, report.by_source, report.by_day, report.by_tender):
        assert sum(row.amount for row in rows) == report.takings
    assert report.journey == Journey(5, 0, 3, 2, 0, 0, 0, 0, 0)
    assert [(row.label, row.percent) for row in report.through_by_maker] == [("Budi", 100), ("Rohana", 25)]
    assert [(row.label, row.percent) for row in report.through_by_craft] == [(str(tin), 100), (str(weave), 25)]
    assert report.costs == [
        Cost("rent", "Sewa stan", Decimal(120_000), Decimal(100_000)),
        Cost("transport", "Transportasi", Decimal(30_000), Decimal(0)),
    ]
    assert report.profit == Profit(350_000, 0, 35_000, 50_000, 265_000, 150_000, -65_000)
    assert report.revenue == Target(Decimal(1_000_000), Decimal(350_000), 35)
    assert report.pieces_target.percent == 50
    assert report.enquiries == {}


def test_profit_is_what_standing_statements_told_and_names_what_they_do_not_tell(curator):
    stall = open_stall()
    maker, other = MakerFactory(), MakerFactory()
    cloth, hat = piece(stall.fair, 2, 100_000, maker=maker), piece(stall.fair, 1, 50_000, maker=other)
    sell(stall, cloth, price=100_000)
    sell(stall, hat, price=50_000)
    books.issue_statement(maker, settling.sold_lines(stall.fair, maker), reference=stall.fair.reference, actor=curator)
    Fair.objects.update(commission_percent=50)
    sell(stall, cloth, price=100_000)
    profit = queries.figures(Fair.objects.get()).profit
    assert profit == Profit(250_000, 100_000, 35_000, 0, 115_000, 0, 35_000)
    assert profit.takings - profit.untold - profit.due_to_makers - profit.costs == profit.result


def test_a_variant_counts_for_the_craft_of_its_parent():
    stall = open_stall()
    craft = CraftFactory()
    parent = ProductFactory(structure="parent", craft=craft, stockrecord=None)
    record = piece(stall.fair, 2)
    type(record.product).objects.filter(pk=record.product_id).update(structure="child", parent=parent, craft=None)
    sell(stall, record)
    report = queries.figures(stall.fair)
    assert [(row.key, row.label, row.pieces) for row in report.by_craft] == [(craft.pk, str(craft), 1)]
    assert [(row.label, row.percent) for row in report.through_by_craft] == [(str(craft), 50)]


def titles():
    return {"kampanye-tenun": "Tenun Cual"}


def test_a_campaign_is_called_by_its_title_in_the_report(settings):
    settings.CAMPAIGN_TITLES = f"{__name__}.titles"
    stall = open_stall()
    record = piece(stall.fair, 2)
    sell(stall, record, source="kampanye-tenun")
    sell(stall, record, source="lain")
    assert {row.label for row in queries.figures(stall.fair).by_source} == {"Tenun Cual", "lain"}


def test_a_day_is_a_day_at_the_stall_and_not_in_greenwich():
    stall = open_stall()
    record = piece(stall.fair, 2)
    sell(stall, record, at="2026-11-20T23:30:00+07:00")
    sell(stall, record, at="2026-11-21T00:30:00+07:00")
    assert [row.key for row in queries.figures(stall.fair).by_day] == [date(2026, 11, 20), date(2026, 11, 21)]


def test_the_report_of_a_fair_without_anything_is_nought():
    report = queries.figures(FairFactory())
    assert (report.takings, report.pieces, report.by_day, report.journey) == (0, 0, [], Journey(*[0] * 9))
    assert (report.profit.result, report.revenue.percent) == (0, None)


def test_journeys_are_told_by_maker_and_piece(django_assert_num_queries, curator):
    fair = FairFactory()
    budi, ani = MakerFactory(name="Budi"), MakerFactory(name="Ani")
    first, second, third = piece(fair, 2, maker=budi), piece(fair, 1, maker=budi), piece(fair, 1, maker=ani)
    packing.gift(fair, first, 1, reason="Sampel", code=uuid4(), actor=curator)
    with django_assert_num_queries(2):
        told = queries.journeys_by_maker(fair)
        shown = [(one.maker.name, [part.stockrecord.pk for part in one.pieces]) for one in told]
    assert shown == [("Ani", [third.pk]), ("Budi", [first.pk, second.pk])]
    assert told[1].total == Journey(3, 0, 2, 0, 0, 0, 1, 0, 0)


@pytest.mark.parametrize("status", list(Step))
def test_a_piece_is_at_a_fair_from_the_hand_over_until_it_comes_home(status):
    fair = FairFactory(status=status)
    there, gone, home = piece(fair), piece(fair), ProductFactory(stock=1).stockrecords.get()
    travel.move(travel.Way.SENT_BACK, [(gone, 1)], reference=fair.reference, key="k")
    found = queries.pieces_at_fair([record.product_id for record in (there, gone, home)])
    away = status in (Step.PACKING, Step.IN_TRANSIT, Step.OPEN, Step.COUNTING)
    assert found == ({there.product_id: fair} if away else {})


def test_a_parent_is_where_its_variant_is_and_the_later_fair_wins(django_assert_num_queries):
    parent = ProductFactory(structure="parent", stockrecord=None)
    variant = ProductFactory(structure="child", parent=parent, product_class=None, stockrecord=None)
    record = StockRecordFactory(product=variant, partner=parent.maker.partner, stock=2)
    early = FairFactory(starts_on=TODAY)
    late = FairFactory(starts_on=TODAY + timedelta(days=9))
    for fair in (late, early):
        travel.move(travel.Way.DISPATCHED, [(record, 1)], reference=fair.reference, key=fair.slug)
    with django_assert_num_queries(1):
        assert queries.pieces_at_fair([parent.pk, variant.pk]) == {parent.pk: late, variant.pk: late}
    assert queries.pieces_at_fair([]) == {}


def test_the_public_sees_running_coming_and_past_fairs_in_the_order_of_their_use():
    def on(start, end, **fields):
        first = TODAY + timedelta(days=start)
        return FairFactory(starts_on=first, ends_on=TODAY + timedelta(days=end), **fields)

    next_one, later = on(1, 3), on(9, 12, status=Step.PLANNED)
    ends_today, starts_today = on(-3, 0), on(0, 4)
    last_one, long_ago = on(-5, -1, status=Step.SETTLED), on(-90, -80, status=Step.SETTLED)
    on(2, 3, status=Step.CANCELLED)
    shown = queries.public_fairs(TODAY)
    assert shown == ([ends_today, starts_today], [next_one, later], [last_one, long_ago])
