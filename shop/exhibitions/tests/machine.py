"""Two fairs and a shop over the same pieces, walked at random. ``test_machine`` lets it go.

What each step may be refused for is written beside it, and a refusal must leave no trace. After every step the ledger,
the lists, the tills and the books are compared with each other and with what this model counted for itself.
"""

import sys
import uuid
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from oscar.core.loading import get_model

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions import audit, queries
from shop.exhibitions.dues import standing
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Consignment, Discrepancy, Fair, Sale
from shop.exhibitions.services import counting, devices, fairs, inbox, packing, settling
from shop.exhibitions.tests.stall import Stall, line
from shop.settlement import audit as books_audit
from shop.settlement import queries as books
from shop.settlement.errors import SettlementError
from shop.settlement.models import Entry, Statement
from shop.settlement.services import pay_out
from shop.stock import services as stock
from shop.stock import travel
from shop.stock.audit import differences
from shop.stock.errors import InsufficientStock
from shop.stock.models import Balance

Step = Fair.Status
PRICE = 100_005
#: Any of several things, by its number.
ANY = st.integers(0, 5)
FEW = st.integers(1, 3)


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

    def _stall(self, number):
        day = date(2027, 2, 3)
        fair = fairs.plan(name=f"Pameran {number}", city="Jakarta", venue="JCC", starts_on=day, ends_on=day)
        fair.costs.create(kind="rent", amount=123_457, is_shared=True)
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
                House.finished += 1
        finally:
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # The shop.

    @rule(piece=ANY, units=FEW)
    def a_maker_brings_stock(self, piece, units):
        stock.receive(self._piece(piece), units, key=uuid.uuid4().hex)

    @rule(piece=ANY, other=ANY, units=FEW)
    def a_shopper_holds(self, piece, other, units):
        lines = [(self._piece(piece), units), (self._piece(other), 1)]
        reference = f"KB-{uuid.uuid4().hex}"
        expires_at = timezone.now() + timedelta(minutes=30)
        if self._try(lambda: stock.hold(lines, reference=reference, expires_at=expires_at), InsufficientStock):
            self.holds.append((reference, lines))

    @rule(hold=ANY, what=st.sampled_from(["released", "expired", "committed", "committed"]))
    def a_hold_ends(self, hold, what):
        if not self.holds:
            return
        reference, lines = self.holds.pop(hold % len(self.holds))
        if what != "committed":
            stock.release_hold(reference, reason=what)
            return
        stock.commit_hold(reference)
        for record, units in lines:
            self.ordered.append((record, units, self._order_line(record, units)))

    @rule(ordered=ANY, sent=st.booleans())
    def an_order_is_sent_or_cancelled(self, ordered, sent):
        if not self.ordered:
            return
        record, units, order_line = self.ordered.pop(ordered % len(self.ordered))
        (stock.consume if sent else stock.cancel)(record, units)
        type(order_line).objects.filter(pk=order_line.pk).update(num_allocated=0)
        self.sold[record.pk] += units if sent else 0

    # To the fair.

    @rule(fair=ANY, piece=ANY, units=FEW, origin=st.sampled_from(["shelf", "shelf", "brought"]), go=st.booleans())
    def a_list_is_packed(self, fair, piece, units, origin, go):
        record = self._piece(piece)

        def pack():
            consignment = packing.start_list(self._stall_of(fair).fair, record.product.maker)
            packing.pack(consignment, record, quantity=units, price=Decimal(PRICE), origin=origin)
            if go:
                packing.hand_over(consignment, signed_by="Rohana", actor=self.curator)

        self._try(pack, FairError)

    @rule(number=ANY, name=st.sampled_from(["Rohana", "Rohana", "Budi"]))
    def a_list_is_handed_over(self, number, name):
        consignment = self._pick(Consignment.objects.all(), number)
        self._try(lambda: packing.hand_over(consignment, signed_by=name, actor=self.curator), FairError)

    @rule(number=ANY)
    def a_list_is_given_up(self, number):
        consignment = self._pick(Consignment.objects.exclude(status="received"), number)
        if consignment:
            self._try(lambda: packing.cancel(consignment, actor=self.curator), FairError)

    @rule(number=ANY, differs=st.sampled_from([0, 0, 0, -1, -2, 1]))
    def a_list_is_received(self, number, differs):
        consignment = self._pick(Consignment.objects.exclude(status="draft"), number)
        if consignment:
            counted = {one.pk: max(0, one.quantity + differs) for one in consignment.lines.all()}
            self._try(lambda: packing.receive(consignment, counted, actor=self.curator), FairError)

    # At the stall.

    @rule(fair=ANY, piece=ANY, units=FEW, verb=st.sampled_from([packing.send_back, packing.damage, packing.gift]))
    def units_leave_the_stall(self, fair, piece, units, verb):
        told = {"reason": "Rusak", "code": uuid.uuid4(), "actor": self.curator}
        chosen, record = self._stall_of(fair).fair, self._piece(piece)
        if self._try(lambda: verb(chosen, record, units, **told), FairError):
            before = self._traces()
            verb(chosen, record, units, **told)
            assert self._traces() == before

    @rule(
        fair=ANY,
        lines=st.lists(st.tuples(ANY, FEW, st.integers(0, 50_000)), min_size=1, max_size=3),
        tender=st.sampled_from(["cash", "qris"]),
    )
    def somebody_buys_at_the_stall(self, fair, lines, tender):
        stall = self._stall_of(fair)
        told = [line(self._piece(piece), units, PRICE, discount) for piece, units, discount in lines]
        total = sum(one["total"] for one in told)
        half = total // 2
        tenders = [{"kind": tender, "amount": half}, {"kind": "cash", "amount": total - half, "received": total}]
        event = stall.sale(*told, tenders=tenders, discount_reason="Tawar")
        if self._take(stall, event, "unknown_item"):
            for one in told:
                self.sold[one["item"]] += one["quantity"]
            self.takings[stall.fair.pk] += total

    @rule(number=ANY, position=ANY, units=FEW, amount=st.integers(0, 120_000), damaged=st.booleans())
    def somebody_brings_it_back(self, number, position, units, amount, damaged):
        sale = self._pick(Sale.objects.all(), number)
        if sale is None:
            return
        stall = next(one for one in self.stalls if one.fair.pk == sale.fair_id)
        bought = list(sale.lines.all())
        chosen = bought[position % len(bought)]
        back = {"line": chosen.position, "quantity": units, "amount": amount, "damaged": damaged}
        if self._take(stall, stall.reversal({"id": str(sale.pk)}, back), "reverses_too_much"):
            self.sold[chosen.stockrecord_id] -= units
            self.takings[sale.fair_id] -= amount

    @rule(number=ANY, forged=st.booleans(), device=ANY)
    def a_device_sends_it_again(self, number, forged, device):
        if not self.events:
            return
        stall, event = self.events[number % len(self.events)]
        before = self._traces()
        again = {**event, "at": timezone.now().isoformat()} if forged else event
        answer = inbox.take(self._stall_of(device).device if forged else stall.device, again)
        assert answer.status == ("refused" if forged else "duplicate")
        assert self._traces() == before

    # Its steps, its count, and home.

    @rule(fair=ANY, back=st.sampled_from([False, False, False, True]))
    def a_fair_moves(self, fair, back):
        chosen = self._stall_of(fair).fair
        chosen.refresh_from_db()
        ways = [step for step in Fair.WAYS[chosen.status] if step not in (Step.PLANNED, Step.CANCELLED)]
        if ways:
            self._try(lambda: fairs.move_on(chosen, ways[-1 if back else 0], actor=self.curator), FairError)

    @rule(fair=ANY, piece=ANY, short=st.integers(-1, 2), named=st.sampled_from(["damaged", "gifted", "lost"]))
    def a_piece_is_counted(self, fair, piece, short, named):
        chosen, record = self._stall_of(fair).fair, self._piece(piece)
        expected = travel.at_stall(record.pk, chosen.reference)
        counted = max(0, expected - short)
        told = {named: expected - counted} if expected > counted else {}
        self._try(lambda: counting.count(chosen, record, counted=counted, **told, actor=self.curator), FairError)

    @rule(fair=ANY, first=st.booleans())
    def a_count_is_booked(self, fair, first):
        if first:
            for number, short in zip(range(len(self.pieces)), (0, 1, 0, 2), strict=True):
                self.a_piece_is_counted(fair, number, short, "lost")
        self._try(lambda: counting.book_count(self._stall_of(fair).fair, actor=self.curator), FairError)

    @rule(number=ANY, answer=st.sampled_from(list(Discrepancy.Resolution)))
    def a_discrepancy_is_resolved(self, number, answer):
        discrepancy = self._pick(Discrepancy.objects.all(), number)
        if discrepancy:
            told = {"resolution": answer, "note": "Sudah dicari", "actor": self.curator}
            self._try(lambda: counting.resolve(discrepancy, **told), FairError)

    @rule(fair=ANY, piece=ANY, adopted=st.booleans())
    def pieces_go_home(self, fair, piece, adopted):
        chosen = self._stall_of(fair).fair
        if adopted:
            self._try(lambda: counting.adopt(chosen, self._piece(piece), actor=self.curator), FairError)
        elif self._try(lambda: counting.shelve(chosen, actor=self.curator), FairError):
            assert counting.shelve(chosen, actor=self.curator) == {}

    @rule(fair=ANY)
    def makers_are_settled_with(self, fair):
        self._try(lambda: settling.settle_all(self._stall_of(fair).fair, actor=self.curator), FairError)

    @rule(number=ANY)
    def a_statement_is_reopened(self, number):
        statement = self._pick(Statement.objects.exclude(status="reopened"), number)
        if statement:
            settling.reopen(statement, reason="Salah hitung", actor=self.curator)

    @rule(number=ANY, amount=st.integers(1, 400_000))
    def a_maker_is_paid(self, number, amount):
        statement = self._pick(Statement.objects.all(), number)
        if statement:
            told = {"method": "cash", "paid_on": date(2027, 3, 1), "proof": "K-1", "key": uuid.uuid4().hex}
            self._try(lambda: pay_out(statement, amount=Decimal(amount), **told, actor=self.curator), SettlementError)

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
        assert list(differences(connection)) == []
        for stall in self.stalls:
            fair = Fair.objects.get(pk=stall.fair.pk)
            assert list(audit.of_units(fair)) == []
            late = [told for told in audit.of_money(fair) if "settled fair" not in told.what]
            assert late == []
            assert sum(books.takings_by_tender(fair.reference).values()) == self.takings[fair.pk]
        assert list(books_audit.differences()) == []

    def finish(self):
        """Take every fair to its end: nothing may be left anywhere, and statements sum to the takings."""
        for stall in self.stalls:
            fair = Fair.objects.get(pk=stall.fair.pk)
            self._close(fair)
            self._settle(fair)
            counting.shelve(fair, actor=self.curator)
            for journey in travel.journeys(fair.reference).values():
                assert (journey.transit, journey.stall, journey.waiting) == (0, 0, 0)
            takings = self.takings[fair.pk]
            assert sum(standing(fair).values_list("gross", flat=True)) == takings
            assert books.balance(f"clearing:{fair.reference}") == 0
        self.no_unit_is_created_lost_or_in_two_places()
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
                    counting.count(fair, record, counted=there, actor=self.curator)
            counting.book_count(fair, actor=self.curator)
        for discrepancy in fair.discrepancies.filter(resolved_at=None):
            counting.resolve(discrepancy, resolution="explained", note="Sudah dicari", actor=self.curator)

    def _settle(self, fair):
        for statement in standing(fair):
            settling.reopen(statement, reason="Penjualan terlambat", actor=self.curator)
        settling.settle_all(fair, actor=self.curator)
        fairs.move_on(fair, Step.SETTLED, actor=self.curator)
        assert queries.left_before(fair, Step.SETTLED) == []

    # Tools.

    def _piece(self, number):
        return self.pieces[number % len(self.pieces)]

    def _stall_of(self, number):
        return self.stalls[number % len(self.stalls)]

    def _pick(self, rows, number):
        found = list(rows.order_by("pk"))
        return found[number % len(found)] if found else None

    def _traces(self):
        balances = Balance.objects.exclude(quantity=0).order_by("pk").values_list("stockrecord", "place", "quantity")
        return list(balances), Entry.objects.count(), Discrepancy.objects.count(), Sale.objects.count()

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
