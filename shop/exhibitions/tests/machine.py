"""Two fairs and a shop over the same pieces, walked at random. ``test_machine`` lets it go.

What each step may be refused for is written beside it, and a refusal must leave no trace. After every step the ledger,
the lists, the tills and the books are compared with each other and with what the house counted for itself.
"""

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from shop.exhibitions.dues import standing
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Consignment, Discrepancy, Fair, Sale, StallMove
from shop.exhibitions.services import costs, counting, fairs, inbox, packing, settling
from shop.exhibitions.tests.house import ANY, FEW, PRICE, House
from shop.exhibitions.tests.stall import line
from shop.settlement.errors import SettlementError
from shop.settlement.models import Payout, Statement
from shop.settlement.queries import left_to_pay
from shop.settlement.services import pay_out, receive_back, take_back
from shop.stock import services as stock
from shop.stock import travel
from shop.stock.errors import InsufficientStock

Step = Fair.Status


class Walk(House):
    @initialize(first=st.integers(2, 3), second=st.integers(0, 2), short=st.integers(0, 1))
    def fairs_have_come_so_far(self, first, second, short):
        """Most of what can go wrong goes wrong at an open stall, so that no walk begins with an empty calendar."""
        for number, steps in enumerate((first, second)):
            for _step in range(steps):
                self.a_fair_gets_on(number, soon=True, short=short)

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

    @precondition(lambda self: self.holds)
    @rule(hold=ANY, what=st.sampled_from(["released", "expired", "committed", "committed"]))
    def a_hold_ends(self, hold, what):
        reference, lines = self.holds.pop(hold % len(self.holds))
        if what != "committed":
            stock.release_hold(reference, reason=what)
            return
        stock.commit_hold(reference)
        for record, units in lines:
            self.ordered.append((record, units, self._order_line(record, units)))

    @precondition(lambda self: self.ordered)
    @rule(ordered=ANY, sent=st.booleans())
    def an_order_is_sent_or_cancelled(self, ordered, sent):
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

    @precondition(lambda self: Consignment.objects.filter(status__in=("draft", "handed_over")).exists())
    @rule(number=ANY)
    def a_list_is_given_up(self, number):
        consignment = self._pick(Consignment.objects.filter(status__in=("draft", "handed_over")), number)
        self._try(lambda: packing.cancel(consignment, actor=self.curator), FairError)

    @precondition(lambda self: Consignment.objects.filter(status="handed_over").exists())
    @rule(number=ANY, differs=st.sampled_from([0, -1, -2, 1]))
    def a_list_is_received(self, number, differs):
        consignment = self._pick(Consignment.objects.filter(status="handed_over"), number)
        counted = {one.pk: max(0, one.quantity + differs) for one in consignment.lines.all()}
        if self._try(lambda: packing.receive(consignment, counted, actor=self.curator), FairError):
            before = self._traces()
            packing.receive(consignment, counted, actor=self.curator)
            assert self._traces() == before

    # At the stall.

    @rule(fair=ANY, piece=ANY, units=FEW, verb=st.sampled_from([packing.send_back, packing.damage, packing.gift]))
    def units_leave_the_stall(self, fair, piece, units, verb):
        told = {"reason": "Rusak", "code": uuid.uuid4(), "actor": self.curator}
        chosen, record = self._stall_of(fair).fair, self._piece(piece)
        if self._try(lambda: verb(chosen, record, units, **told), FairError):
            before = self._traces()
            verb(chosen, record, units, **told)
            assert self._traces() == before

    @precondition(lambda self: StallMove.objects.exists())
    @rule(number=ANY)
    def a_slip_at_the_stall_is_undone(self, number):
        done = self._pick(StallMove.objects.all(), number)
        if self._try(lambda: packing.undo_stall_move(done, reason="Salah ketik", actor=self.curator), FairError):
            before = self._traces()
            packing.undo_stall_move(done, reason="Salah ketik", actor=self.curator)
            assert self._traces() == before

    @rule(
        fair=ANY,
        sales=st.lists(
            st.lists(st.tuples(ANY, FEW, st.integers(0, 50_000)), min_size=1, max_size=3), min_size=1, max_size=3
        ),
        tender=st.sampled_from(["cash", "qris"]),
    )
    def people_buy_at_the_stall(self, fair, sales, tender):
        """Mostly what the fair has, now and then what it never had. More of it than there is, too."""
        stall = self._stall_of(fair)
        known = self._known_to(stall.fair)
        for lines in sales:
            chosen = [(known[piece % len(known)] if piece < 5 else self.pieces[-1], *rest) for piece, *rest in lines]
            told = [line(record, units, PRICE, discount) for record, units, discount in chosen]
            total = sum(one["total"] for one in told)
            tenders = [{"kind": tender, "amount": total // 2}, {"kind": "cash", "amount": total - total // 2}]
            event = stall.sale(*told, tenders=tenders, discount_reason="Tawar")
            if self._take(stall, event, "unknown_item"):
                for one in told:
                    self.sold[one["item"]] += one["quantity"]
                self.takings[stall.fair.pk] += total
                for one in tenders:
                    self.tenders[stall.fair.pk, one["kind"]] += one["amount"]

    @precondition(lambda self: self.events)
    @rule(
        number=ANY,
        position=ANY,
        units=st.sampled_from([1, 1, 1, 2]),
        amount=st.integers(0, 60_000),
        cash=st.integers(0, 60_000),
        kind=st.sampled_from(["return", "void"]),
        damaged=st.booleans(),
    )
    def somebody_brings_it_back(self, number, position, units, amount, cash, kind, damaged):
        """A part of it in cash, whatever it was paid by; a void is refused that, and leaves no trace."""
        sale = self._pick(Sale.objects.all(), number)
        stall = next(one for one in self.stalls if one.fair.pk == sale.fair_id)
        bought = list(sale.lines.all())
        chosen = bought[position % len(bought)]
        back = {"line": chosen.position, "quantity": units, "amount": amount, "damaged": damaged}
        parts = {"cash": min(cash, amount), "qris": amount - min(cash, amount)}
        tenders = [{"kind": one, "amount": part} for one, part in parts.items() if part]
        told = stall.reversal({"id": str(sale.pk)}, back, kind=kind, tenders=tenders)
        if self._take(stall, told, "reverses_too_much"):
            self.sold[chosen.stockrecord_id] -= units
            self.takings[sale.fair_id] -= amount
            for one, part in parts.items():
                self.tenders[sale.fair_id, one] -= part

    @precondition(lambda self: self.events)
    @rule(number=ANY, forged=st.booleans(), device=ANY)
    def a_device_sends_it_again(self, number, forged, device):
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

    @rule(fair=ANY, soon=st.sampled_from([True, False, False]), short=st.integers(0, 1))
    def a_fair_gets_on(self, fair, soon, short):
        """Do all that its step asks for, and go to the next. Not at every turn, or every fair would be over at once."""
        if not soon:
            return
        chosen = self._stall_of(fair).fair
        chosen.refresh_from_db()
        if chosen.status in (Step.IN_TRANSIT, Step.OPEN):
            for consignment in chosen.consignments.filter(status="handed_over"):
                counted = {one.pk: one.quantity - short for one in consignment.lines.all()}
                packing.receive(consignment, counted, actor=self.curator)
        if chosen.status == Step.COUNTING:
            self._close(chosen)
            self._settle(chosen)
        elif Fair.WAYS[chosen.status]:
            for consignment in chosen.consignments.filter(status="draft"):
                packing.cancel(consignment, actor=self.curator)
            self._try(lambda: fairs.move_on(chosen, Fair.WAYS[chosen.status][0], actor=self.curator), FairError)

    @precondition(lambda self: Fair.objects.filter(status=Step.COUNTING).exists())
    @rule(fair=ANY, piece=ANY, short=st.integers(-1, 2), named=st.sampled_from(["damaged", "gifted", "lost"]))
    def a_piece_is_counted(self, fair, piece, short, named):
        chosen, record = self._pick(Fair.objects.filter(status=Step.COUNTING), fair), self._piece(piece)
        expected = travel.at_stall(record.pk, chosen.reference)
        counted = max(0, expected - short)
        told = {named: expected - counted} if expected > counted else {}
        self._try(lambda: counting.count(chosen, record, counted=counted, **told, actor=self.curator), FairError)

    @precondition(lambda self: Fair.objects.filter(status=Step.COUNTING).exists())
    @rule(fair=ANY, whole=st.booleans(), shorts=st.tuples(*[st.integers(-1, 2)] * 4))
    def a_count_is_booked(self, fair, whole, shorts):
        for number, short in enumerate(shorts if whole else ()):
            self.a_piece_is_counted(fair, number, short, "lost")
        chosen = self._pick(Fair.objects.filter(status=Step.COUNTING), fair)
        if self._try(lambda: counting.book_count(chosen, actor=self.curator), FairError):
            before = self._traces()
            counting.book_count(chosen, actor=self.curator)
            assert self._traces() == before

    @precondition(lambda self: Discrepancy.objects.exists())
    @rule(number=ANY, answer=st.sampled_from(list(Discrepancy.Resolution)), part=st.sampled_from([None, None, 1, 2]))
    def a_discrepancy_is_resolved(self, number, answer, part):
        discrepancy = self._pick(Discrepancy.objects.all(), number)
        told = {"resolution": answer, "quantity": part, "note": "Sudah dicari", "actor": self.curator}
        self._try(lambda: counting.resolve(discrepancy, **told), FairError)

    @precondition(lambda self: Discrepancy.objects.exclude(resolution="").exists())
    @rule(number=ANY)
    def an_answer_is_taken_back(self, number):
        discrepancy = self._pick(Discrepancy.objects.exclude(resolution=""), number)
        self._try(lambda: counting.open_again(discrepancy, reason="Keliru", actor=self.curator), FairError)

    @rule(fair=ANY, piece=ANY, adopted=st.booleans())
    def pieces_go_home(self, fair, piece, adopted):
        chosen = self._stall_of(fair).fair
        if adopted:
            self._try(lambda: counting.adopt(chosen, self._piece(piece), actor=self.curator), FairError)
        elif self._try(lambda: counting.shelve(chosen, actor=self.curator), FairError):
            assert counting.shelve(chosen, actor=self.curator) == {}

    @rule(fair=ANY, reason=st.sampled_from(["Penjualan terlambat", "Penjualan terlambat", ""]))
    def makers_are_settled_with(self, fair, reason):
        chosen = self._stall_of(fair).fair
        if self._try(lambda: settling.settle_all(chosen, actor=self.curator, reason=reason), FairError):
            assert settling.settle_all(chosen, actor=self.curator) == []

    @precondition(lambda self: Statement.objects.exclude(status="reopened").exists())
    @rule(number=ANY)
    def a_statement_is_reopened(self, number):
        statement = self._pick(Statement.objects.exclude(status="reopened"), number)
        settling.reopen(statement, reason="Salah hitung", actor=self.curator)

    @rule(fair=ANY, amount=st.integers(1, 99_999))
    def a_shared_cost_turns_up(self, fair, amount):
        """Not behind the back of makers who have been told their share."""
        chosen, code = self._stall_of(fair).fair, uuid.uuid4()
        told = {"kind": "other", "amount": Decimal(amount), "spent_on": date(2027, 2, 4), "is_shared": True, "note": ""}
        for _click in range(2):
            was_told = standing(chosen).exists()
            done = self._try(lambda: costs.write_down(chosen, code=code, **told), FairError)
            assert done is not was_told
        self.shared[chosen.pk] += amount if done else 0

    @precondition(lambda self: Statement.objects.exists())
    @rule(number=ANY, amount=st.integers(1, 200_000), proof=FEW, verb=st.sampled_from([pay_out, pay_out, receive_back]))
    def a_maker_is_paid_or_pays_back(self, number, amount, proof, verb):
        statement = self._pick(Statement.objects.all(), number)
        told = {"method": "cash", "paid_on": date(2027, 3, 1), "proof": f"K-{proof}", "key": uuid.uuid4().hex}
        owed = abs(left_to_pay(statement))
        told["amount"] = min(Decimal(amount), owed) or Decimal(amount)
        if self._try(lambda: verb(statement, **told, actor=self.curator), SettlementError):
            assert abs(left_to_pay(statement)) == owed - told["amount"]

    @precondition(lambda self: Payout.objects.exists())
    @rule(number=ANY, reason=st.sampled_from(["Salah tulis", "Salah tulis", "Salah orang"]))
    def a_payment_is_taken_back(self, number, reason):
        payout = self._pick(Payout.objects.all(), number)
        self._try(lambda: take_back(payout, reason=reason, actor=self.curator), SettlementError)
