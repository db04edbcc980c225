from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Courier(models.Model):
    """Someone who carries a parcel, and how they reckon its weight. What they ask is in ``Rate``.

    Replaces Oscar's order-wide shipping methods: an order here is several parcels from several villages, and each has a
    courier of its own.
    """

    class Kind(models.TextChoices):
        FLAT = "flat", _("One price a parcel")
        BY_WEIGHT = "by_weight", _("By weight")

    code = models.SlugField(_("Code"), max_length=64, unique=True)
    name = models.CharField(_("Name"), max_length=128)
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind.choices, default=Kind.BY_WEIGHT)
    is_active = models.BooleanField(_("Active"), default=True)
    #: Rates put in for a demonstration are no promise; people are told so beside the price.
    is_sample = models.BooleanField(_("Sample rates"), default=False)
    volumetric_divisor = models.PositiveIntegerField(
        _("Volumetric divisor"),
        default=6000,
        help_text=_("Cubic centimetres that count as one kilogram: 6000 on the road, 5000 by air."),
    )
    minimum_grams = models.PositiveIntegerField(_("Least weight charged (g)"), default=1000)
    tolerance_grams = models.PositiveIntegerField(
        _("Grams over a kilogram that are free"),
        default=0,
        validators=[MaxValueValidator(999)],
        help_text=_("With 300, a parcel of 2.3 kg is charged as 2 kg and one of 2.31 kg as 3 kg."),
    )
    position = models.PositiveSmallIntegerField(_("Position"), default=0)

    class Meta:
        ordering = ("position", "code")
        verbose_name = _("Courier")
        verbose_name_plural = _("Couriers")
        constraints = [
            models.CheckConstraint(condition=models.Q(volumetric_divisor__gt=0), name="courier_divisor_positive"),
            models.CheckConstraint(condition=models.Q(minimum_grams__gt=0), name="courier_least_weight_positive"),
            models.CheckConstraint(
                condition=models.Q(tolerance_grams__lt=1000), name="courier_tolerance_below_a_kilogram"
            ),
        ]

    def __str__(self):
        return self.name


class Rate(models.Model):
    """What a courier asks in a zone. The narrowest zone that covers an address wins.

    A zone is a country, and within Indonesia an official region code or the beginning of one: ``19`` is the Bangka
    Belitung Islands, ``19.71`` Pangkalpinang. An empty country is every country that has no rate of its own.
    """

    courier = models.ForeignKey(Courier, models.CASCADE, related_name="rates", verbose_name=_("Courier"))
    country = models.CharField(_("Country code"), max_length=2, blank=True, default="ID")
    region = models.CharField(_("Region code"), max_length=13, blank=True)
    #: Whole rupiah. Of a flat courier ``first_kg`` is the price of the parcel and ``next_kg`` is not used.
    first_kg = models.DecimalField(_("First kilogram (Rp)"), max_digits=12, decimal_places=2)
    next_kg = models.DecimalField(_("Each further kilogram (Rp)"), max_digits=12, decimal_places=2, default=0)
    days_min = models.PositiveSmallIntegerField(_("Days, at least"), default=2)
    days_max = models.PositiveSmallIntegerField(_("Days, at most"), default=5)

    class Meta:
        ordering = ("courier", "country", "region")
        verbose_name = _("Rate")
        verbose_name_plural = _("Rates")
        constraints = [
            models.UniqueConstraint(fields=("courier", "country", "region"), name="rate_once_a_courier_and_zone"),
            models.CheckConstraint(condition=models.Q(first_kg__gte=0, next_kg__gte=0), name="rate_not_negative"),
            models.CheckConstraint(condition=models.Q(days_max__gte=models.F("days_min")), name="rate_days_in_order"),
            models.CheckConstraint(
                condition=models.Q(region="") | models.Q(country="ID"), name="rate_region_only_in_indonesia"
            ),
        ]

    def __str__(self):
        return f"{self.courier} {self.country or '*'} {self.region}".strip()

    def covers(self, country: str, region: str) -> bool:
        """True when an address in ``country`` (ISO alpha-2) with the official ``region`` code lies in this zone."""
        if not self.country:
            return country != "ID"
        if self.country != country:
            return False
        return not self.region or region == self.region or region.startswith(f"{self.region}.")


from oscar.apps.shipping.models import *  # noqa: E402, F403
