"""A fair of next month: makers are asked, targets are set, one packing list is begun."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from shop.artisans.models import Maker
from shop.exhibitions.models import Fair, FairCost, FairMaker
from shop.exhibitions.services import fairs

from .stall import QRIS, RECEIPT_NOTE, SHELF, Packed, pack

SLUG = "pasar-kriya-akhir-tahun"
DAYS = 4
MAKERS = (
    "cual-kampung-tanjung",
    "tenun-sri-menanti",
    "pewter-air-itam",
    "gosok-satam-badau",
    "batik-segelas-kopi",
    "resam-perlang",
    "anyam-kemuja",
)
BEGUN = (Packed("KB-TC-016", 1, SHELF), Packed("KB-TC-037", 3))


def first_day() -> date:
    """The Thursday that is at least four weeks ahead."""
    ahead = timezone.localdate() + timedelta(days=28)
    return ahead + timedelta(days=(3 - ahead.weekday()) % 7)


def load() -> Fair:
    starts_on = first_day()
    fair = fairs.plan(
        name="Pasar Kriya Akhir Tahun",
        slug=SLUG,
        city="Surabaya",
        venue="Balai Pemuda Contoh",
        address="Jalan Contoh No. 15",
        map_url="https://www.openstreetmap.org/#map=15/-7.2646/112.7459",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=DAYS - 1),
        commission_percent=Decimal(10),
        shared_cost_percent=Decimal(30),
        target_revenue=Decimal(30_000_000),
        target_pieces=150,
        qris_payload=QRIS,
        receipt_note=RECEIPT_NOTE,
    )
    makers = {maker.slug: maker for maker in Maker.objects.filter(slug__in=MAKERS)}
    for number, slug in enumerate(MAKERS):
        FairMaker.objects.get_or_create(fair=fair, maker=makers[slug], defaults={"attends": number < 2})
    fair.costs.create(kind=FairCost.Kind.RENT, amount=Decimal(5_200_000), spent_on=starts_on, is_shared=True)
    pack(fair, BEGUN)
    return fair
