"""A fair that sells today: two phones, pieces that are nowhere else, and a few things that do not agree yet."""

from datetime import timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.utils import timezone
from oscar.core.loading import get_model

from shop.artisans.models import Maker
from shop.exhibitions.models import Fair, FairCost
from shop.exhibitions.services import fairs, packing
from shop.pictures.models import Picture

from .stall import (
    BROUGHT,
    QRIS,
    RECEIPT_NOTE,
    SHELF,
    Packed,
    Till,
    add_cashiers,
    at,
    baskets,
    hand_over,
    pack,
    receive,
    somebody,
)

SLUG = "gelar-kriya-serumpun"
#: It opened the day before yesterday.
DAYS_BEFORE, DAYS_LEFT = 2, 5
#: Single pieces come from the shelf: the shop says at which fair they are. The others were made for the fair.
LINES = (
    Packed("KB-TC-006", 1, SHELF),
    Packed("KB-TC-007", 1, SHELF),
    Packed("KB-TC-029", 1, SHELF),
    Packed("KB-TC-009", 5),
    Packed("KB-TC-020", 6),
    Packed("KB-TC-030", 4),
    Packed("KB-TC-036", 6),
    Packed("KB-TC-041", 6),
    Packed("KB-PW-001", 2, SHELF),
    Packed("KB-PW-002", 1, SHELF),
    Packed("KB-PW-015", 20),
    Packed("KB-PW-021", 8),
    Packed("KB-PW-023", 12),
    Packed("KB-PW-024", 4),
    Packed("KB-BS-002", 1, SHELF),
    Packed("KB-BS-006", 3),
    Packed("KB-KR-007", 1, SHELF),
    Packed("KB-KR-009", 5),
    Packed("KB-BT-007", 1, SHELF),
    Packed("KB-BT-010", 4),
    Packed("KB-BT-019", 8),
    Packed("KB-AN-004", 1, SHELF),
    Packed("KB-AN-006", 8),
    Packed("KB-AN-010", 12),
    Packed("KB-AN-022", 6),
    Packed("KB-RJ-006", 6),
    Packed("KB-RJ-008", 5),
)
SOLD = {
    "KB-TC-009": 3,
    "KB-TC-020": 2,
    "KB-TC-030": 1,
    "KB-TC-036": 2,
    "KB-TC-041": 2,
    "KB-PW-015": 8,
    "KB-PW-021": 4,
    "KB-PW-023": 5,
    "KB-KR-009": 2,
    "KB-BT-010": 1,
    "KB-BT-019": 4,
    "KB-AN-006": 3,
    "KB-AN-010": 5,
    "KB-AN-022": 2,
    "KB-RJ-006": 3,
    "KB-RJ-008": 2,
}
SIZES = (2, 1, 1, 3, 1, 2, 1)
HOURS = ("10:15", "10:50", "11:35", "13:10", "13:55", "14:40", "15:20", "16:05", "17:10", "18:30", "19:05", "19:50")
#: A piece that the shop does not have: maker, Indonesian and English title, price, units, whose picture it borrows.
FAIR_ONLY = (
    ("tuang-kuto-panji", "Medali kenangan lada, seri pameran", "Pepper keepsake medal, fair series", 65_000, 15,
     "gantungan-kunci-lada"),
    ("tenun-belo-laut", "Pita buku cual, sisa lungsi", "Cual bookmark from warp ends", 45_000, 10,
     "syal-katun-limar-biru"),
)  # fmt: skip


def load() -> Fair:
    actor = somebody("kurator@demo.test")
    today = timezone.localdate()
    fair = fairs.plan(
        name="Gelar Kriya Serumpun",
        slug=SLUG,
        city="Palembang",
        venue="Gedung Pertemuan Contoh",
        address="Jalan Contoh No. 7",
        stall="A-12",
        map_url="https://www.openstreetmap.org/#map=15/-2.9909/104.7566",
        starts_on=today - timedelta(days=DAYS_BEFORE),
        ends_on=today + timedelta(days=DAYS_LEFT),
        commission_percent=Decimal(12),
        shared_cost_percent=Decimal(25),
        target_revenue=Decimal(25_000_000),
        target_pieces=110,
        qris_payload=QRIS,
        receipt_note=RECEIPT_NOTE,
    )
    fair.costs.create(kind=FairCost.Kind.RENT, amount=Decimal(4_000_000), spent_on=fair.starts_on, is_shared=True)
    fair.costs.create(kind=FairCost.Kind.TRANSPORT, amount=Decimal(1_250_000), spent_on=fair.starts_on, is_shared=True)
    lists = pack(fair, LINES)
    skus = _pieces_for_the_fair_only(fair, actor)
    fairs.move_on(fair, Fair.Status.PACKING, actor=actor)
    hand_over(fair.consignments.all(), actor)
    fairs.move_on(fair, Fair.Status.IN_TRANSIT, actor=actor)
    # One missing, one more than listed: both wait for a curator.
    receive(fair, actor, otherwise={"KB-AN-022": 5, "KB-PW-023": 13})
    rio, mega = add_cashiers(fair)
    fairs.move_on(fair, Fair.Status.OPEN, actor=actor)
    fair.participations.filter(maker=lists[0].maker).update(attends=True)
    tills = [Till.paired(fair, "HP Rio", rio), Till.paired(fair, "Tablet stan", mega)]
    _sell(fair, tills, skus)
    return fair


def _pieces_for_the_fair_only(fair: Fair, actor) -> list[str]:
    skus = []
    for slug, title_ind, title_en, price, units, picture in FAIR_ONLY:
        maker = Maker.objects.get(slug=slug)
        record = fairs.add_piece(
            fair,
            maker=maker,
            title_ind=title_ind,
            title_en=title_en,
            price=Decimal(price),
            craft=maker.crafts.order_by("position").first(),
            actor=actor,
        )
        drawn = Picture.objects.filter(title=picture).first()
        if drawn is not None:
            get_model("catalogue", "ProductImage").objects.get_or_create(product=record.product, original=drawn)
        draft = fair.consignments.filter(maker=maker).first() or packing.start_list(fair, maker)
        packing.pack(draft, record, quantity=units, price=Decimal(price), origin=BROUGHT)
        skus.append(record.partner_sku)
    return skus


def _sell(fair: Fair, tills: list[Till], fair_only: list[str]) -> None:
    sold = baskets({**SOLD, **dict.fromkeys(fair_only, 3)}, islice(cycle(SIZES), 200))
    now = timezone.now()
    days = [fair.starts_on + timedelta(days=number) for number in range(DAYS_BEFORE)]
    per_day = (len(sold) - 4) // len(days)
    for number, day in enumerate(days):
        for till in tills:
            till.open_day(at(day, "09:30"), 400_000)
        for position, skus in enumerate(sold[number * per_day : (number + 1) * per_day]):
            source = "kampanye-kain-cual" if skus[0].startswith("KB-TC") else ""
            tills[position % 2].sell(at(day, HOURS[position % len(HOURS)]), *skus, source=source)
        if number == 1:
            _what_does_not_agree(tills, day)
        tills[0].close_day(at(day, "21:00"))
        short = number == 1
        tills[1].close_day(at(day, "21:05"), difference=-15_000 if short else 0, note="Belum ketemu" if short else "")
    # Today's, a while ago each, whatever hour the demo is loaded at.
    today = sold[len(days) * per_day :]
    for till in tills:
        till.open_day(now - timedelta(minutes=30 * len(today) + 20), 400_000)
    for position, skus in enumerate(today):
        tills[position % 2].sell(now - timedelta(minutes=30 * (len(today) - position)), *skus)
    tills[0].ask(
        now - timedelta(minutes=40),
        "export",
        "Example Design Store, S. Tanaka",
        email="tanaka@example.com",
        country="Jepang",
        message="Interested in cual shawls, 30 pieces a season. (Example)",
    )
    tills[1].ask(
        now - timedelta(minutes=25),
        "contact",
        "Pak Rahmat (contoh)",
        phone="6281100000902",
        message="Kabari kalau ada kopiah resam halus lingkar 57.",
    )


def _what_does_not_agree(tills: list[Till], day) -> None:
    """Found on any real stall: a phone whose clock is wrong, a price typed by hand, one more sold than was listed."""
    tills[1].sell(at(day, "20:10"), "KB-PW-024", clock=420)
    tills[0].sell(at(day, "20:15"), "KB-BT-019", price=120_000)
    for minute in range(4):
        tills[0].sell(at(day, f"20:2{minute}"), "KB-BS-006")
    back = tills[0].sell(at(day, "20:35"), "KB-TC-041")
    tills[0].take_back(at(day, "20:45"), back, 275_000, reason="Salah pindai", kind="void")
