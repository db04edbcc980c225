"""A fair of last September, from the plan to the last rupiah."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice

from django.utils import timezone

from shop.exhibitions.models import Consignment, Device, Discrepancy, Fair, FairCost
from shop.exhibitions.services import counting, fairs, settling
from shop.settlement.models import Statement
from shop.settlement.services import pay_out
from shop.stock import travel

from .stall import (
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

SLUG = "pekan-kriya-nusantara"
DAYS = 5
BROUGHT = (
    Packed("KB-TC-009", 6),
    Packed("KB-TC-010", 4),
    Packed("KB-TC-020", 5),
    Packed("KB-TC-036", 4),
    Packed("KB-TC-040", 6),
    Packed("KB-PW-003", 3, SHELF),
    Packed("KB-PW-014", 20),
    Packed("KB-PW-021", 8),
    Packed("KB-PW-022", 6),
    Packed("KB-PW-024", 4),
    Packed("KB-AN-005", 3, SHELF),
    Packed("KB-AN-003", 6),
    Packed("KB-AN-018", 5),
    Packed("KB-AN-026", 12),
    Packed("KB-BT-016", 6),
    Packed("KB-BT-019", 10),
    Packed("KB-BS-005", 3),
    Packed("KB-KR-005", 6),
    Packed("KB-KR-006", 4),
    Packed("KB-RJ-006", 8),
)
SOLD = {
    "KB-TC-009": 5,
    "KB-TC-010": 2,
    "KB-TC-020": 4,
    "KB-TC-036": 3,
    "KB-TC-040": 3,
    "KB-PW-003": 2,
    "KB-PW-014": 14,
    "KB-PW-021": 6,
    "KB-PW-022": 3,
    "KB-PW-024": 2,
    "KB-AN-005": 1,
    "KB-AN-003": 4,
    "KB-AN-018": 3,
    "KB-AN-026": 9,
    "KB-BT-016": 4,
    "KB-BT-019": 7,
    "KB-BS-005": 2,
    "KB-KR-005": 4,
    "KB-KR-006": 2,
    "KB-RJ-006": 6,
}
#: How many pieces buyers carried away, one after another.
SIZES = (1, 2, 1, 1, 3, 1, 2, 1, 1, 2)
HOURS = ("10:25", "11:10", "11:50", "13:05", "13:40", "14:20", "15:05", "16:15", "17:00", "18:20", "19:10", "20:05")
COSTS = (
    (FairCost.Kind.RENT, 6_500_000, True, "Stan 3 × 3 m"),
    (FairCost.Kind.TRANSPORT, 2_150_000, True, "Kargo laut dan darat, pergi pulang"),
    (FairCost.Kind.PER_DIEM, 3_000_000, False, "Dua orang, lima hari"),
    (FairCost.Kind.LODGING, 2_750_000, False, "Penginapan dekat balai"),
)
#: What the closing count said of pieces that were not all there: SKU, (damaged, gifted, lost), why.
NAMED = {
    "KB-AN-018": ((1, 0, 0), "Lidi patah tertimpa kotak"),
    "KB-PW-014": ((0, 1, 0), "Kenang-kenangan untuk panitia"),
    "KB-AN-026": ((0, 0, 1), "Tidak ketemu"),
}


def first_day() -> date:
    """The second Wednesday of the last September that is over."""
    today = timezone.localdate()
    first = date(today.year if today.month > 9 else today.year - 1, 9, 1)
    return first + timedelta(days=(2 - first.weekday()) % 7 + 7)


def load() -> Fair:
    actor = somebody("kurator@demo.test")
    starts_on = first_day()
    fair = fairs.plan(
        name="Pekan Kriya Nusantara",
        slug=SLUG,
        city="Jakarta",
        venue="Balai Pameran Contoh",
        address="Jalan Contoh No. 1",
        stall="B-24",
        map_url="https://www.openstreetmap.org/#map=15/-6.2146/106.8451",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=DAYS - 1),
        commission_percent=Decimal(15),
        shared_cost_percent=Decimal(30),
        target_revenue=Decimal(20_000_000),
        target_pieces=90,
        qris_payload=QRIS,
        receipt_note=RECEIPT_NOTE,
    )
    for kind, amount, is_shared, note in COSTS:
        fair.costs.create(kind=kind, amount=Decimal(amount), spent_on=starts_on, is_shared=is_shared, note=note)
    lists = pack(fair, BROUGHT)
    fairs.move_on(fair, Fair.Status.PACKING, actor=actor)
    hand_over(lists, actor)
    fairs.move_on(fair, Fair.Status.IN_TRANSIT, actor=actor)
    receive(fair, actor, otherwise={"KB-KR-006": 3, "KB-BT-019": 11})
    rio, mega = add_cashiers(fair)
    fairs.move_on(fair, Fair.Status.OPEN, actor=actor)
    _sell(fair, [Till.paired(fair, "HP Rio", rio), Till.paired(fair, "Tablet stan", mega)])
    fairs.move_on(fair, Fair.Status.COUNTING, actor=actor)
    _count(fair, actor)
    _resolve(fair, actor)
    counting.shelve(fair, actor=actor)
    settling.settle_all(fair, actor=actor)
    fairs.move_on(fair, Fair.Status.SETTLED, actor=actor)
    _pay(fair, actor)
    _date_back(fair)
    return fair


def _sell(fair: Fair, tills: list[Till]) -> None:
    sold = baskets(SOLD, islice(cycle(SIZES), 200))
    days = [fair.starts_on + timedelta(days=number) for number in range(DAYS)]
    per_day = -(-len(sold) // DAYS)
    for number, day in enumerate(days):
        for till in tills:
            till.open_day(at(day, "09:30"), 500_000)
        for position, skus in enumerate(sold[number * per_day : (number + 1) * per_day]):
            till = tills[position % 2]
            last_evening = number == DAYS - 1 and position == 7
            till.sell(
                at(day, HOURS[position % len(HOURS)]),
                *skus,
                off=10_000 if last_evening else 0,
                why="Harga sore terakhir" if last_evening else "",
                source="kampanye-kain-cual" if skus[0].startswith("KB-TC") and position % 2 else "",
            )
        if number == 2:
            back = tills[0].sell(at(day, "20:20"), "KB-TC-040")
            tills[0].take_back(at(day, "20:40"), back, 275_000, reason="Warnanya lain dari yang dicari")
        for till in tills:
            short = number == 3 and till is tills[1]
            till.close_day(
                at(day, "21:05"), difference=-20_000 if short else 0, note="Salah kembalian" if short else ""
            )
    contact = tills[0]
    contact.ask(
        at(days[1], "14:45"),
        "wholesale",
        "Butik Contoh, Ibu Anita",
        phone="6281100000901",
        country="Indonesia",
        message="Dua lusin syal katun limar untuk toko, kirim tiap dua bulan. (Contoh)",
    )
    contact.ask(
        at(days[3], "16:30"),
        "export",
        "Example Imports, M. Visser",
        email="visser@example.com",
        country="Belanda",
        message="Price list for pewter brooches, 200 pieces. (Example)",
    )


def _count(fair: Fair, actor) -> None:
    for variance in counting.open_variances(fair):
        record = variance.stockrecord
        there = travel.at_stall(record.pk, fair.reference)
        (damaged, gifted, lost), note = NAMED.get(record.partner_sku, ((0, 0, 0), ""))
        counting.count(
            fair,
            record,
            counted=there - damaged - gifted - lost,
            damaged=damaged,
            gifted=gifted,
            lost=lost,
            note=note,
            actor=actor,
        )
    counting.book_count(fair, actor=actor)


def _resolve(fair: Fair, actor) -> None:
    said = {
        Discrepancy.Kind.MISSING: ("found", "Tertinggal di bengkel, sudah kembali"),
        Discrepancy.Kind.SURPLUS: ("explained", "Pengrajin menambah satu, lupa ditulis"),
        Discrepancy.Kind.CASH: ("explained", "Salah kembalian, diganti kas kecil"),
    }
    for discrepancy in fair.discrepancies.filter(resolved_at=None):
        resolution, note = said.get(Discrepancy.Kind(discrepancy.kind), ("explained", "Sudah dicocokkan"))
        counting.resolve(discrepancy, resolution=resolution, note=note, actor=actor)


def _pay(fair: Fair, actor) -> None:
    """All makers but the last, so that the desk has something to do."""
    statements = list(Statement.objects.filter(reference=fair.reference, due__gt=0).order_by("pk"))
    for statement in statements[:-1]:
        pay_out(
            statement,
            amount=statement.due,
            method="transfer",
            paid_on=fair.ends_on + timedelta(days=9),
            proof=f"CONTOH-{statement.number}",
            key=f"demo-payout:{statement.number}",
            actor=actor,
        )


def _date_back(fair: Fair) -> None:
    """When it would have happened: lists and steps bear the days of the fair instead of the day of loading."""
    opened, closed = at(fair.starts_on, "09:00"), at(fair.ends_on, "21:30")
    Fair.objects.filter(pk=fair.pk).update(
        created_at=opened - timedelta(days=60), opened_at=opened, counting_at=closed, settled_at=closed + timedelta(8)
    )
    Consignment.objects.filter(fair=fair).update(
        created_at=opened - timedelta(days=14),
        handed_over_at=opened - timedelta(days=7),
        received_at=opened - timedelta(days=1),
    )
    Device.objects.filter(fair=fair).update(created_at=opened - timedelta(hours=1), last_seen_at=closed)
