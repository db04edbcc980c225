"""A fair that sells today, made on a demo's data by the verbs the curators use. Run inside ``manage.py shell``.

Prints one line of JSON: what a test of the till needs to know.
"""

import json
from datetime import timedelta
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from shop.artisans.models import Maker
from shop.exhibitions.models import ConsignmentLine, Fair
from shop.exhibitions.services import devices, fairs, packing

#: A static code of a merchant that does not exist, with a right check sum.
QRIS = (
    "00020101021126610016ID.CO.CONTOH.WWW01189360000000000000000208123456780303UMI51440014ID.CO"
    ".QRIS.WWW0215ID10200000000010303UMI5204573153033605802ID5911KRIYA BABEL6013PANGKALPINANG61"
    "053311163048A11"
)
PIECES, UNITS = 24, 3
BROUGHT = ConsignmentLine.Origin.BROUGHT


def make_stall(name: str, pieces: int = PIECES) -> dict:
    actor = get_user_model().objects.get(email="admin@demo.test")
    today = timezone.localdate()
    fair = fairs.plan(
        name=name, city="Jakarta", venue="Balai Sidang", stall="B-12", starts_on=today,
        ends_on=today + timedelta(days=4), qris_payload=QRIS, receipt_note="Cuci dengan tangan, jemur di tempat teduh.",
    )  # fmt: skip
    makers = list(Maker.objects.exclude(partner__stockrecords=None).order_by("pk"))
    lists = [packing.start_list(fair, maker) for maker in makers]
    fairs.move_on(fair, Fair.Status.PACKING, actor=actor)
    packed = 0
    for maker, packing_list in zip(makers, lists, strict=True):
        if packed >= pieces:
            break
        records = [
            record
            for record in maker.partner.stockrecords.select_related("product").order_by("pk")
            if record.can_track_allocations and record.net_stock_level >= 1
        ]
        for record in records[: pieces - packed]:
            quantity = min(UNITS, record.net_stock_level)
            # Brought for the fair: the shop's own unit stays for the tests that buy it.
            packing.pack(packing_list, record, quantity=quantity, price=Decimal(record.price), origin=BROUGHT)
            packed += 1
        if packing_list.lines.exists():
            packing.hand_over(packing_list, signed_by=maker.name, actor=actor)
    fair.consignments.filter(lines=None).delete()
    fairs.move_on(fair, Fair.Status.IN_TRANSIT, actor=actor)
    for packing_list in fair.consignments.all():
        lines = packing_list.lines.all()
        packing.receive(packing_list, {line.pk: line.quantity for line in lines}, actor=actor)
    fair = fairs.move_on(fair, Fair.Status.OPEN, actor=actor)
    fairs.add_cashier(fair, name="Rina", pin="1234")
    fairs.add_cashier(fair, name="Budi", pin="567890")
    codes = [devices.new_code(fair, minutes=600).code for _each in range(20)]
    return {"fair": fair.pk, "name": fair.name, "codes": codes}


print(json.dumps(make_stall(f"Pameran Uji Kasir {Fair.objects.count() + 1}")))
