"""What a test of the till asks of the server's books. Runs in a process with the server's settings (``Server.ask``)."""

import json
from io import StringIO
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import CommandError, call_command

from shop.exhibitions.models import Cashier, Device, Discrepancy, Fair, RefusedEvent, Reversal, Sale, TillEvent
from shop.exhibitions.services import devices, fairs, importing
from shop.stock import travel

from .server import MARK, verb_told

#: A static code of a merchant that does not exist, with a right check sum.
QRIS = (
    "00020101021126610016ID.CO.CONTOH.WWW01189360000000000000000208123456780303UMI51440014ID.CO"
    ".QRIS.WWW0215ID10200000000010303UMI5204573153033605802ID5911KRIYA BABEL6013PANGKALPINANG61"
    "053311163048A11"
)
PIN = "1234"


def main() -> None:
    verb, told = verb_told()
    print(MARK + json.dumps(VERBS[verb](**told)))


def open_fairs(stock: list[int], fairs_wanted: int = 1) -> list[dict[str, Any]]:
    """Fairs that sell today, each with a piece for every entry of ``stock``, two cashiers and two pairing codes."""
    return [_open_fair(number, stock) for number in range(1, fairs_wanted + 1)]


def _open_fair(number: int, stock: list[int]) -> dict[str, Any]:
    from shop.artisans.tests.factories import MakerFactory
    from shop.exhibitions.tests.factories import FairFactory
    from shop.exhibitions.tests.stall import piece

    fair: Any = FairFactory(name=f"Pameran Uji {number}", slug=f"pameran-uji-{number}", qris_payload=QRIS)
    makers = [
        MakerFactory(slug=f"pengrajin-uji-{number}-{n}", partner__code=f"uji-{number}-{n}", name=f"Rumah Kriya {n}")
        for n in range(3)
    ]
    items = []
    for at, units in enumerate(stock):
        price = 35_000 + 41_500 * at
        record = piece(
            fair, units, price, maker=makers[at % 3], title_ind=f"Karya {at + 1:02}", craft=None,
            stockrecord__partner_sku=f"UJI-{number}-{at + 1:02}",
        )  # fmt: skip
        items.append({"id": record.pk, "title": f"Karya {at + 1:02}", "stock": units, "price": price})
    encoded = PBKDF2PasswordHasher().encode(PIN, "garamgaram", iterations=10)
    for name in ("Rina", "Budi"):
        Cashier.objects.create(fair=fair, name=name, pin=encoded)
    codes = [devices.new_code(fair, minutes=600).code for _each in range(2)]
    return {"fair": fair.pk, "items": items, "codes": codes}


def tell(fair: int) -> dict[str, Any]:
    """All that the books hold of a fair, and what the commands that compare them say."""
    found = Fair.objects.get(pk=fair)
    return {
        "sales": {str(sale.pk): _sale(sale) for sale in found.sales.prefetch_related("lines", "tenders")},
        "reversals": {str(one.pk): int(one.amount) for one in Reversal.objects.filter(sale__fair=fair)},
        "events": TillEvent.objects.filter(fair=fair).count(),
        "refused": list(RefusedEvent.objects.filter(device__fair=fair).values_list("code", flat=True)),
        "journeys": {pk: journey._asdict() for pk, journey in travel.journeys(found.reference).items()},
        "discrepancies": list(
            Discrepancy.objects.filter(fair=fair).order_by("pk").values_list("kind", "stockrecord", "quantity")
        ),
        "checks": [_check(name) for name in ("check_stock", "check_fairs", "check_books")],
        "devices": list(Device.objects.filter(fair=fair).order_by("letter").values("letter", "waiting")),
    }


def _sale(sale: Sale) -> dict[str, Any]:
    return {
        "number": sale.number,
        "device": sale.device.letter,
        "subtotal": int(sale.subtotal),
        "discount": int(sale.discount),
        "discount_reason": sale.discount_reason,
        "total": int(sale.total),
        "is_late": sale.is_late,
        "lines": [
            {
                "item": line.stockrecord_id,
                "quantity": line.quantity,
                "price": int(line.unit_price),
                "discount": int(line.discount),
                "total": int(line.total),
            }
            for line in sale.lines.all()
        ],
        "tenders": [
            {"kind": tender.kind, "amount": int(tender.amount), "reference": tender.reference}
            for tender in sale.tenders.all()
        ],
    }


def _check(name: str) -> str:
    """Empty when all agrees."""
    out = StringIO()
    try:
        call_command(name, quiet=True, stdout=out)
    except CommandError as error:
        return f"{error}\n{out.getvalue()}"
    return out.getvalue()


def _curator() -> Any:
    return get_user_model().objects.get_or_create(email="kurator@uji.test", defaults={"is_superuser": True})[0]


def revoke(fair: int) -> int:
    """Shut every device of a fair out; how many there were comes back."""
    found = list(Device.objects.filter(fair=fair))
    for device in found:
        devices.revoke(device)
    return len(found)


def close(fair: int) -> str:
    return fairs.move_on(Fair.objects.get(pk=fair), Fair.Status.COUNTING, actor=_curator()).status


def take_in(device: int, text: str) -> dict[str, int]:
    """Import an exported file at the desk."""
    done = importing.import_file(Device.objects.get(pk=device), text, actor=_curator())
    return {"created": done.created, "duplicate": done.duplicate, "refused": len(done.refused)}


VERBS = {verb.__name__: verb for verb in (open_fairs, tell, revoke, close, take_in)}
