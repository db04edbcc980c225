"""A fair with a little of everything that a desk page may show."""

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from shop.catalogue.tests.factories import ProductFactory
from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.models import Discrepancy, Enquiry, Fair, FairCost, FairMaker, RefusedEvent, Sale
from shop.exhibitions.services import devices, packing
from shop.exhibitions.services.inbox import take
from shop.exhibitions.tests.factories import ConsignmentFactory, ConsignmentLineFactory
from shop.exhibitions.tests.stall import Stall, line, open_stall
from shop.settlement import services as books


@dataclass
class World:
    """A running fair of one maker: a signed list, one that is a draft, a sale, an enquiry, and things to look at."""

    stall: Stall
    actor: Any
    maker: Any
    record: Any
    draft: Any
    signed: Any
    sale: Any
    statement: Any
    arguments: dict[str, tuple[Any, ...]]

    @property
    def fair(self) -> Fair:
        return self.stall.fair


def build() -> World:
    actor = curator("dunia@demo.test")
    stall = open_stall(name="Pekan Kriya", slug="pekan-kriya", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 5))
    fair = stall.fair
    record = stall.piece(units=5)
    maker = record.partner.maker
    taking_part = FairMaker.objects.create(fair=fair, maker=maker)
    cost = FairCost.objects.create(fair=fair, kind="rent", amount=Decimal(3_000_000), is_shared=True)
    event = stall.sale(line(record))
    take(stall.device, event)
    sale = Sale.objects.get()
    enquiry = stall.event(
        "enquiry",
        {
            "kind": "export",
            "name": "Tuan Tan",
            "phone": "+6591234567",
            "email": "",
            "country": "Singapura",
            "message": "=HYPERLINK(1)",
            "consent": True,
            "sale": None,
        },
    )
    take(stall.device, enquiry)
    take(stall.device, {**event, "cashier": 999_999})
    day = stall.event("day_open", {"day": "", "float": 500000})
    take(stall.device, {**day, "data": {"day": day["id"], "float": 500000}})
    draft: Any = ConsignmentFactory(fair=fair, maker=maker)
    draft_line: Any = ConsignmentLineFactory(consignment=draft)
    signed: Any = ConsignmentFactory(fair=fair, maker=maker)
    ConsignmentLineFactory(consignment=signed)
    packing.hand_over(signed, signed_by="Siti", actor=actor)
    missing = Discrepancy.objects.create(
        fair=fair, kind="cash", quantity=-5000, created_at=timezone.now(), detail="A HP Rina"
    )
    damaged = packing.damage(fair, record, 1, reason="Robek", code=uuid.uuid4(), actor=actor)
    statement = books.issue_statement(maker, [], reference="fair-0", actor=actor)
    own = books.issue_statement(
        maker,
        [books.SoldLine(date(2026, 12, 1), "Kain", "K-1", "A-0001", 1, Decimal(250000), Decimal(10), Decimal(25000))],
        reference=fair.reference,
        actor=actor,
    )
    assert statement.pk != own.pk
    paid = {"method": "cash", "paid_on": date(2026, 12, 9), "proof": "KW-1", "key": "dunia", "actor": actor}
    payout = books.pay_out(own, amount=Decimal(1_000), **paid)
    code = devices.new_code(fair)
    piece: Any = ProductFactory(maker=maker, stock=4)
    free = piece.stockrecords.get()
    arguments: dict[str, tuple[Any, ...]] = {
        "move": (Fair.Status.COUNTING,),
        "maker_edit": (taking_part.pk,),
        "maker_remove": (taking_part.pk,),
        "cashier_pin": (stall.cashier.pk,),
        "cashier_switch": (stall.cashier.pk,),
        "cost_edit": (cost.pk,),
        "cost_remove": (cost.pk,),
        "list": (draft.pk,),
        "list_pack": (draft.pk, free.pk),
        "list_piece": (draft.pk,),
        "line_change": (draft.pk, draft_line.pk),
        "line_remove": (draft.pk, draft_line.pk),
        "list_hand_over": (draft.pk,),
        "list_cancel": (draft.pk,),
        "list_receive": (signed.pk,),
        "list_sheet": (signed.pk,),
        "device_pair": (code.pk,),
        "device_revoke": (stall.device.pk,),
        "device_import": (stall.device.pk,),
        "refused_settle": (RefusedEvent.objects.get().pk,),
        "sale": (sale.pk,),
        "stall_move": (record.pk,),
        "stall_undo": (damaged.pk,),
        "discrepancy_resolve": (missing.pk,),
        "discrepancy_open": (missing.pk,),
        "adopt": (record.pk,),
        "settle_maker": (maker.pk,),
        "statement": (own.pk,),
        "statement_pdf": (own.pk,),
        "statement_reopen": (own.pk,),
        "statement_pay": (own.pk,),
        "statement_pay_back": (own.pk,),
        "payout_take_back": (payout.pk,),
        "enquiry_answered": (Enquiry.objects.get().pk,),
    }
    return World(stall, actor, maker, record, draft, signed, sale, own, arguments)
