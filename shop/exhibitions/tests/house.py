"""A shop and two fairs over the same pieces, what always holds in them, and their end. ``machine`` walks them."""

import sys
from collections import Counter
from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions import audit, queries
from shop.exhibitions.dues import standing, unsettled_makers
from shop.exhibitions.models import Discrepancy, Fair, FairCost, RefusedEvent, Reversal, Sale, SaleLine
from shop.exhibitions.services import counting, devices, fairs, inbox, packing, settling
from shop.exhibitions.tests.stall import Stall
from shop.settlement import audit as books_audit
from shop.settlement import queries as books
from shop.settlement.models import Entry, Statement
from shop.stock import travel
from shop.stock.audit import differences
from shop.stock.models import Balance, Move

Step = Fair.Status
PRICE = 100_005
#: What a fair's rent is. Makers bear half of it together.
SHARED = 123_457
#: Any of several things, by its number.
ANY = st.integers(0, 5)
FEW = st.integers(1, 3)


#: What no refusal may leave more of.
COUNTED = (Move, Entry, Discrepancy, Sale, Reversal, Statement, FairCost)


class House(RuleBasedStateMachine):
    #: Walks that were brought to their end.
    finished = 0

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.curator = get_user_model().objects.create_user(email="kurator@example.com", password="x")
        makers = [MakerFactory(), MakerFactory()]
        self.pieces = [
            ProductFactory(maker=makers[number % 2], stock=units).stockrecords.get()
            for number, units in enumerate((3, 1, 2, 0))
        ]
        self.stalls = [self._stall(number) for number in range(2)]
        self.order = get_model("order", "Order").objects.create(
            number="100001", access_key="x", total_incl_tax=1, total_excl_tax=1, currency="IDR"
        )
        self.holds, self.ordered, self.events = [], [], []
        self.sold: Counter = Counter()
        self.takings: Counter = Counter()
        #: The same by fair and tender.
        self.tenders: Counter = Counter()
        self.shared: Counter = Counter({stall.fair.pk: SHARED for stall in self.stalls})
        self.compared = None

    def _stall(self, number):
        day = date(2027, 2, 3)
        fair = fairs.plan(name=f"Pameran {number}", city="Jakarta", venue="JCC", starts_on=day, ends_on=day)
        fair.costs.create(kind="rent", amount=SHARED, is_shared=True)
        Fair.objects.filter(pk=fair.pk).update(shared_cost_percent=50, status=Step.PACKING)
        for piece in self.pieces[number::2]:
            consignment = packing.start_list(fair, piece.product.maker)
            packing.pack(consignment, piece, quantity=2, price=Decimal(PRICE), origin="brought")
            packing.hand_over(consignment, signed_by="Rohana", actor=self.curator)
        cashier = fairs.add_cashier(fair, name="Rina", pin="1234")
        device, token = devices.pair(devices.new_code(fair).code, name="HP Rina")
        return Stall(fair, cashier, device, token)

    def teardown(self):
        try:
            if sys.exc_info()[0] is None:
                self.finish()
                type(self).finished += 1
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # What always holds.

    @invariant()
    def no_unit_is_created_lost_or_in_two_places(self):
        places = {record.pk: {} for record in self.pieces}
        for record, place, units in Balance.objects.values_list("stockrecord", "place", "quantity"):
            places[record][place] = units
        for record, where in places.items():
            assert sum(where.values()) == 0
            assert all(units >= 0 for place, units in where.items() if place not in ("outside", "unexplained"))
            assert where.get("sold", 0) == self.sold[record]

    @invariant()
    def every_source_tells_the_same(self):
        traces = self._traces()
        if self.compared == traces:
            return
        self.compared = traces
        assert list(differences(connection)) == []
        for stall in self.stalls:
            fair = Fair.objects.get(pk=stall.fair.pk)
            assert list(audit.of_units(fair)) == []
            late = [told for told in audit.of_money(fair) if "settled fair" not in told.what]
            assert late == []
            by_tender = books.takings_by_tender(fair.reference)
            assert sum(by_tender.values()) == self.takings[fair.pk]
            assert all(amount == self.tenders[fair.pk, kind] for kind, amount in by_tender.items())
            if not unsettled_makers(fair):
                self._statements_add_up(fair)
        assert list(books_audit.differences()) == []

    def _statements_add_up(self, fair):
        """Makers who all stand told bear the shared costs between them, and each line's commission, to the rupiah."""
        told = standing(fair).aggregate(Sum("gross"), Sum("commission"), Sum("costs"))
        gross, fees, borne = (figure or 0 for figure in told.values())
        assert gross == self.takings[fair.pk]
        sold = SaleLine.objects.filter(sale__fair=fair).annotate(back=Coalesce(Sum("reversed__amount"), Decimal(0)))
        assert fees == sum(int((line.total - line.back + 5) // 10) for line in sold)
        half = (self.shared[fair.pk] + 1) // 2
        assert borne == (half if any(one.gross > 0 for one in standing(fair)) else 0)

    def finish(self):
        """Take every fair to its end: nothing may be left anywhere, and statements sum to the takings."""
        for stall in self.stalls:
            fair = Fair.objects.get(pk=stall.fair.pk)
            self._close(fair)
            self._settle(fair)
            counting.shelve(fair, actor=self.curator)
            for journey in travel.journeys(fair.reference).values():
                assert (journey.transit, journey.stall, journey.waiting) == (0, 0, 0)
            assert unsettled_makers(fair) == []
            self._statements_add_up(fair)
            assert books.balance(f"clearing:{fair.reference}") == 0
        self.no_unit_is_created_lost_or_in_two_places()
        self.compared = None
        self.every_source_tells_the_same()
        assert list(audit.differences()) == []

    def _close(self, fair):
        if fair.status in (Step.PACKING, Step.IN_TRANSIT, Step.OPEN):
            Fair.objects.filter(pk=fair.pk).update(status=Step.COUNTING)
        for consignment in fair.consignments.filter(status__in=("draft", "handed_over")):
            packing.cancel(consignment, actor=self.curator)
        if fair.status != Step.SETTLED:
            for record in self.pieces:
                if not fair.count_lines.filter(stockrecord=record, booked_at__isnull=False).exists():
                    there = travel.at_stall(record.pk, fair.reference)
                    lost = 1 if there > 1 else 0
                    counting.count(fair, record, counted=there - lost, lost=lost, actor=self.curator)
            counting.book_count(fair, actor=self.curator)
        for discrepancy in fair.discrepancies.filter(resolved_at=None):
            counting.resolve(discrepancy, resolution="explained", note="Sudah dicari", actor=self.curator)

    def _settle(self, fair):
        """Statements that have been told stay: only those that say otherwise by now are told anew."""
        settling.settle_all(fair, actor=self.curator, reason="Penjualan terlambat")
        RefusedEvent.objects.filter(device__fair=fair).update(settled_at=timezone.now(), note="Dibaca")
        fairs.move_on(fair, Step.SETTLED, actor=self.curator)
        assert queries.left_before(fair, Step.SETTLED) == []

    # Tools.

    def _piece(self, number):
        return self.pieces[number % len(self.pieces)]

    def _stall_of(self, number):
        return self.stalls[number % len(self.stalls)]

    def _known_to(self, fair):
        """Pieces that the fair ever had on a signed list; all there are when there is none."""
        signed = fair.consignments.filter(status__in=("handed_over", "received"))
        known = set(signed.values_list("lines__stockrecord", flat=True))
        return [record for record in self.pieces if record.pk in known] or self.pieces

    def _pick(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def _traces(self):
        balances = Balance.objects.exclude(quantity=0).order_by("pk").values_list("stockrecord", "place", "quantity")
        rows = [model.objects.count() for model in COUNTED]
        unresolved = Discrepancy.objects.filter(resolved_at=None).count()
        return list(balances), rows, unresolved, list(Fair.objects.order_by("pk").values_list("status"))

    def _try(self, verb, *refusals):
        """Whether it was done. A refusal must be one of those foreseen and leave no trace."""
        before = self._traces()
        try:
            with transaction.atomic():
                verb()
        except refusals:
            assert self._traces() == before
            return False
        return True

    def _take(self, stall, event, *codes):
        before = self._traces()
        answer = inbox.take(stall.device, event)
        if answer.status == "created":
            self.events.append((stall, event))
            return True
        assert (answer.status, answer.code in codes) == ("refused", True), answer
        assert self._traces() == before
        return False

    def _order_line(self, record, units):
        return self.order.lines.create(
            product=record.product,
            stockrecord=record,
            partner=record.partner,
            title="Kain",
            quantity=units,
            num_allocated=units,
            line_price_incl_tax=1,
            line_price_excl_tax=1,
            line_price_before_discounts_incl_tax=1,
            line_price_before_discounts_excl_tax=1,
        )
