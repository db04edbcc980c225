"""Couriers and rates for the demonstration. The figures are made up and marked so; a council enters its own."""

from decimal import Decimal

from .models import Courier, Rate

# (code, name, kind, divisor, tolerance, [(country, region, first kg, next kg, days at least, days at most)])
COURIERS = (
    (
        "kurir-nusantara",
        "Kurir Nusantara",
        Courier.Kind.BY_WEIGHT,
        6000,
        300,
        (
            ("ID", "19", 15_000, 8_000, 1, 3),
            ("ID", "16", 18_000, 14_000, 2, 4),
            ("ID", "31", 22_000, 18_000, 2, 4),
            ("ID", "32", 24_000, 20_000, 3, 5),
            ("ID", "", 38_000, 34_000, 4, 8),
        ),
    ),
    (
        "pos-hemat",
        "Pos Hemat",
        Courier.Kind.FLAT,
        6000,
        0,
        (
            ("ID", "19", 12_000, 0, 3, 6),
            ("ID", "16", 14_000, 0, 4, 8),
            ("ID", "31", 18_000, 0, 4, 8),
            ("ID", "32", 20_000, 0, 5, 9),
            ("ID", "", 32_000, 0, 6, 12),
        ),
    ),
    (
        "kurir-samudra",
        "Kurir Samudra",
        Courier.Kind.BY_WEIGHT,
        5000,
        0,
        (
            ("MY", "", 165_000, 85_000, 5, 10),
            ("SG", "", 155_000, 80_000, 4, 8),
            ("", "", 385_000, 190_000, 8, 18),
        ),
    ),
)


def load() -> None:
    """Put the sample couriers in place; running it again changes nothing."""
    for position, (code, name, kind, divisor, tolerance, rates) in enumerate(COURIERS):
        courier, _created = Courier.objects.update_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "volumetric_divisor": divisor,
                "tolerance_grams": tolerance,
                "is_sample": True,
                "position": position,
            },
        )
        for country, region, first_kg, next_kg, days_min, days_max in rates:
            Rate.objects.update_or_create(
                courier=courier,
                country=country,
                region=region,
                defaults={
                    "first_kg": Decimal(first_kg),
                    "next_kg": Decimal(next_kg),
                    "days_min": days_min,
                    "days_max": days_max,
                },
            )
