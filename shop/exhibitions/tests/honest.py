"""A fair among honest people who make slips, and where each of its pieces really lies. ``test_honest`` lets it go.

The books only know what they are told, late and in part. This house knows the truth beside them: what lies on the
table, what a buyer carried away, what stayed in a box that nobody has opened. Nobody lies: a sale that was rung up by
mistake is voided in the end, a piece is only said to be found by who holds it. Then the books must come to say the
same, and at no moment may they send home a piece that did not come home: it would be sold online a second time.
"""

import sys
import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from shop.artisans.tests.factories import MakerFactory
from shop.catalogue.tests.factories import ProductFactory
from shop.exhibitions import audit
from shop.exhibitions.errors import FairError, NotMissingAnyMore
from shop.exhibitions.models import Discrepancy, Fair, StallMove
from shop.exhibitions.services import counting, devices, fairs, inbox, packing
from shop.exhibitions.tests.stall import Stall, line
from shop.exhibitions.variances import stall_stands
from shop.stock import travel
from shop.stock.audit import differences
from shop.stock.models import Move

Step = Fair.Status
PRICE = 100_000
ANY = st.integers(0, 5)
FEW = st.integers(1, 3)


@dataclass
class Sold:
    """A sale as it was rung up. Of each line ``real`` units were carried away; the others are a slip."""

    event: dict
    records: list
    real: list[int]
    slips: list[int]
    sent: bool = False
    returned: Counter = field(default_factory=Counter)
    voided: Counter = field(default_factory=Counter)


class Truth(RuleBasedStateMachine):
    #: Walks that were brought to their end.
    finished = 0

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.curator = get_user_model().objects.create_user(email="kurator@example.com", password="x")
        self.maker = MakerFactory()
        self.pieces = [ProductFactory(maker=self.maker, stock=3).stockrecords.get() for _number in range(2)]
        day = date(2027, 2, 3)
        fair = fairs.plan(name="Pameran", city="Jakarta", venue="JCC", starts_on=day, ends_on=day)
        Fair.objects.filter(pk=fair.pk).update(status=Step.PACKING)
        cashier = fairs.add_cashier(fair, name="Rina", pin="1234")
        device, token = devices.pair(devices.new_code(fair).code, name="HP Rina")
        self.stall = Stall(fair, cashier, device, token)
        #: Where pieces really are, by stock record.
        self.table, self.box, self.home, self.buyers = Counter(), Counter(), Counter(), Counter()
        for record in self.pieces:
            self._pack(record, 3, "shelf")
        Fair.objects.filter(pk=fair.pk).update(status=Step.OPEN)
        for differs in (0, -1):
            self._receive(self._lists()[0], differs)
        self.sales: list[Sold] = []
        #: What the phone has not sent yet: (event, what to do once it was taken).
        self.waiting: list = []
        self.compared = None

    @property
    def fair(self):
        return Fair.objects.get(pk=self.stall.fair.pk)

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
    def nothing_goes_home_that_did_not_come_home(self):
        for record in self.pieces:
            assert self._journey(record).returned <= self.home[record.pk]

    @invariant()
    def the_books_hold_together(self):
        traces = Move.objects.count(), Discrepancy.objects.filter(resolution="").count()
        if self.compared == traces:
            return
        self.compared = traces
        assert list(audit.of_units(self.fair)) == []
        assert list(differences(connection)) == []

    def finish(self):
        """Close and count, hear the phones out, void what was a slip: then the books say what is so."""
        fair = self.fair
        if fair.status == Step.OPEN:
            fairs.move_on(fair, Step.COUNTING, actor=self.curator)
        self._count_and_book()
        self.the_phone_sends()
        for sale in self.sales:
            for at, slips in enumerate(sale.slips):
                if slips > sale.voided[at]:
                    self._undo(sale, at, slips - sale.voided[at], "void")
        self.the_phone_sends()
        for one in Discrepancy.objects.exclude(resolution__in=Discrepancy.MOVED):
            if one.missing_units and self.box[one.stockrecord_id]:
                self._find(one, min(one.missing_units, self.box[one.stockrecord_id]), "found")
        self.nothing_goes_home_that_did_not_come_home()
        self.compared = None
        self.the_books_hold_together()
        for record in self.pieces:
            told = self._journey(record)
            assert (told.transit, told.stall) == (0, 0)
            assert told.sold == self.buyers[record.pk]
            assert told.returned == self.home[record.pk]

    # To the stall.

    @precondition(lambda self: self.fair.status == Step.OPEN)
    @rule(piece=ANY, units=FEW, origin=st.sampled_from(["shelf", "brought"]))
    def more_is_packed(self, piece, units, origin):
        record = self._piece(piece)
        if origin == "shelf":
            record.refresh_from_db()
            units = min(units, record.num_in_stock)
        if units:
            self._pack(record, units, origin)

    @precondition(lambda self: self._lists().exists())
    @rule(number=ANY, differs=st.sampled_from([0, 0, -1, -2, 1]))
    def a_list_is_counted_at_the_stall(self, number, differs):
        """What is missing lies in a box that comes later; what is more was never listed."""
        lists = list(self._lists())
        self._receive(lists[number % len(lists)], differs)

    @precondition(lambda self: Discrepancy.objects.exclude(resolution__in=Discrepancy.MOVED).exists())
    @rule(number=ANY, answer=st.sampled_from(["found", "found", "damaged", "gifted", "lost", "explained"]), part=FEW)
    def a_discrepancy_is_answered(self, number, answer, part):
        rows = list(Discrepancy.objects.exclude(resolution__in=Discrepancy.MOVED).order_by("pk"))
        one = rows[number % len(rows)]
        if answer in Discrepancy.MOVED:
            units = min(part, one.missing_units, self.box[one.stockrecord_id])
            if units:
                self._find(one, units, answer)
        else:
            told = {"resolution": answer, "note": "Sudah dicari", "actor": self.curator}
            self._try(lambda: counting.resolve(one, **told))

    @precondition(lambda self: Discrepancy.objects.filter(resolution="found").exists())
    @rule(number=ANY)
    def what_was_found_was_another_piece(self, number):
        rows = list(Discrepancy.objects.filter(resolution="found").order_by("pk"))
        one = rows[number % len(rows)]
        where = self.table if stall_stands(self.fair) else self.home
        units, pk = one.missing_units, one.stockrecord_id
        if where[pk] >= units and self._try(lambda: counting.open_again(one, reason="Keliru", actor=self.curator)):
            where[pk] -= units
            self.box[pk] += units

    # At the stall.

    @precondition(lambda self: self.fair.status == Step.OPEN)
    @rule(
        pieces=st.lists(st.tuples(ANY, FEW), min_size=1, max_size=2),
        is_real=st.sampled_from([True, True, False]),
        sends=st.booleans(),
    )
    def somebody_buys(self, pieces, is_real, sends):
        """Nobody carries away what is not on the table. What is rung up beyond that, or for nobody, is a slip."""
        records = [self._piece(number) for number, _units in pieces]
        event = self.stall.sale(
            *(line(record, units, PRICE) for record, (_n, units) in zip(records, pieces, strict=True))
        )
        real = []
        for record, (_number, units) in zip(records, pieces, strict=True):
            real.append(min(units, self.table[record.pk]) if is_real else 0)
            self.table[record.pk] -= real[-1]
            self.buyers[record.pk] += real[-1]
        slips = [units - carried for (_number, units), carried in zip(pieces, real, strict=True)]
        sale = Sold(event, records, real, slips)
        self.sales.append(sale)
        self._do(event, lambda: setattr(sale, "sent", True), sends)

    @precondition(lambda self: self.sales)
    @rule(number=ANY, at=ANY, units=FEW, kind=st.sampled_from(["void", "return"]), damaged=st.booleans(), sends=ANY)
    def a_sale_is_undone(self, number, at, units, kind, damaged, sends):
        sale = self.sales[number % len(self.sales)]
        at %= len(sale.records)
        left = sale.slips[at] - sale.voided[at] if kind == "void" else sale.real[at] - sale.returned[at]
        units = min(units, left)
        if units:
            self._undo(sale, at, units, kind, damaged=damaged and kind == "return", sends=sends > 2)

    @rule()
    def the_phone_sends(self):
        for event, done in self.waiting:
            answer = inbox.take(self.stall.device, event)
            assert answer.status == "created", answer
            done()
        self.waiting = []

    @precondition(lambda self: self.fair.status in (Step.OPEN, Step.COUNTING))
    @rule(piece=ANY, units=FEW, verb=st.sampled_from([packing.send_back, packing.damage, packing.gift]))
    def units_leave_the_stall(self, piece, units, verb):
        record = self._piece(piece)
        told = {"reason": "Permintaan", "code": uuid.uuid4(), "actor": self.curator}
        units = min(units, self.table[record.pk])
        if units and self._try(lambda: verb(self.fair, record, units, **told)):
            self.table[record.pk] -= units
            if verb is packing.send_back:
                self.home[record.pk] += units

    @precondition(lambda self: StallMove.objects.filter(undone_at=None).exists())
    @rule(number=ANY)
    def a_slip_of_the_pen_is_undone(self, number):
        rows = list(StallMove.objects.filter(undone_at=None).order_by("pk"))
        done = rows[number % len(rows)]
        if self._try(lambda: packing.undo_stall_move(done, reason="Keliru", actor=self.curator)):
            self.table[done.stockrecord_id] += done.quantity
            if done.kind == StallMove.Kind.SENT_BACK:
                self.home[done.stockrecord_id] -= done.quantity

    # Its end.

    @rule(often=st.sampled_from([True, False, False]))
    def the_stall_closes_or_opens_again(self, often):
        if often:
            step = Step.COUNTING if self.fair.status == Step.OPEN else Step.OPEN
            self._try(lambda: fairs.move_on(self.fair, step, actor=self.curator))

    @precondition(lambda self: self.fair.status == Step.COUNTING)
    @rule(piece=ANY, overlooked=st.sampled_from([0, 0, 1]), named=st.sampled_from(["damaged", "gifted", "lost"]))
    def a_piece_is_counted(self, piece, overlooked, named):
        record = self._piece(piece)
        counted = max(0, self.table[record.pk] - overlooked)
        short = max(0, travel.at_stall(record.pk, self.fair.reference) - counted)
        self._try(lambda: counting.count(self.fair, record, counted=counted, **{named: short}, actor=self.curator))

    @precondition(lambda self: self.fair.status == Step.COUNTING)
    @rule()
    def the_count_is_booked(self):
        waits = list(self.fair.count_lines.filter(booked_at=None))
        if not self._try(lambda: counting.book_count(self.fair, actor=self.curator)):
            return
        for counted in waits:
            self.home[counted.stockrecord_id] += counted.counted
            self.table[counted.stockrecord_id] -= counted.counted
            assert self.table[counted.stockrecord_id] >= 0
        if waits:
            self.box.update(self.table)
            self.table.clear()

    @rule()
    def what_waits_goes_home(self):
        self._try(lambda: counting.shelve(self.fair, actor=self.curator))

    # Tools.

    def _piece(self, number):
        return self.pieces[number % len(self.pieces)]

    def _journey(self, record):
        return travel.journeys(self.fair.reference)[record.pk]

    def _lists(self):
        return self.stall.fair.consignments.filter(status="handed_over").order_by("pk")

    def _pack(self, record, units, origin):
        packed = packing.start_list(self.stall.fair, self.maker)
        packing.pack(packed, record, quantity=units, price=Decimal(PRICE), origin=origin)
        packing.hand_over(packed, signed_by="Rohana", actor=self.curator)

    def _receive(self, packed, differs):
        counted = {one.pk: max(0, one.quantity + differs) for one in packed.lines.all()}
        if self._try(lambda: packing.receive(packed, counted, actor=self.curator)):
            for one in packed.lines.all():
                self.table[one.stockrecord_id] += counted[one.pk]
                self.box[one.stockrecord_id] += max(0, one.quantity - counted[one.pk])

    def _try(self, verb):
        try:
            with transaction.atomic():
                verb()
        except FairError:
            return False
        return True

    def _do(self, event, done, sends):
        self.waiting.append((event, done))
        if sends:
            self.the_phone_sends()

    def _undo(self, sale, at, units, kind, *, damaged=False, sends=False):
        """A slip leaves everything where it lies; a buyer's piece comes to the table, or home when there is none."""
        pk = sale.records[at].pk
        (sale.voided if kind == "void" else sale.returned)[at] += units
        if kind == "return":
            self.buyers[pk] -= units
            if not damaged:
                (self.table if stall_stands(self.fair) else self.home)[pk] += units
        was_over = not stall_stands(self.fair)
        back = {"line": at + 1, "quantity": units, "amount": 0, "damaged": damaged}
        event = self.stall.reversal(sale.event, back, kind=kind)
        self._do(event, lambda: self._came_home(event, pk, kind == "return" and was_over), sends)

    def _came_home(self, event, pk, known):
        """The books say that units came home: they lay in a box until then, unless the buyer brought them there."""
        if not known:
            key = f"reversal:{event['id']}:returned_home:"
            for move in Move.objects.filter(idempotency_key__startswith=key):
                assert self.box[pk] >= move.quantity
                self.box[pk] -= move.quantity
                self.home[pk] += move.quantity

    def _find(self, one, units, answer):
        """It lies in a box, so whoever says so is right; whether the books can follow is their matter."""
        pk, stands = one.stockrecord_id, stall_stands(self.fair)
        told = {"resolution": answer, "quantity": units, "note": "Di kotak", "actor": self.curator}
        try:
            with transaction.atomic():
                counting.resolve(one, **told)
        except NotMissingAnyMore:
            return
        self.box[pk] -= units
        if answer == "found":
            (self.table if stands else self.home)[pk] += units

    def _count_and_book(self):
        for packed in self._lists():
            packing.cancel(packed, actor=self.curator)
        for record in self.pieces:
            self.a_piece_is_counted(self.pieces.index(record), 0, "lost")
        self.the_count_is_booked()
        assert not travel.at_stalls(self.fair.reference)
