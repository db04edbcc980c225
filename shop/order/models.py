from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.address.abstract_models import AbstractShippingAddress
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from shop.address.models import RegionMixin


class ShippingAddress(RegionMixin, AbstractShippingAddress):
    class Meta(AbstractShippingAddress.Meta):
        """Named, because the first base would give its own."""


class Order(AbstractOrder):
    #: Lets a guest read the order page from the link in the e-mail; unguessable, never the order number.
    access_key = models.CharField(_("Access key"), max_length=43, unique=True, editable=False)
    language = models.CharField(_("Language"), max_length=7, default="id")

    class Meta(AbstractOrder.Meta):
        permissions = [
            ("fulfil_order", _("Can pack, send and cancel orders")),
            ("refund_order", _("Can pay orders back")),
        ]


class Parcel(models.Model):
    """What one maker sends for one order.

    Makers pack and send from their own village, so each has a courier, a cost and a tracking number of its own. An
    order of one maker's pieces has one parcel; nothing assumes that.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PACKED = "packed", _("Packed")
        SHIPPED = "shipped", _("Shipped")
        CANCELLED = "cancelled", _("Cancelled")

    order = models.ForeignKey("order.Order", models.PROTECT, related_name="parcels", verbose_name=_("Order"))
    partner = models.ForeignKey("partner.Partner", models.PROTECT, related_name="parcels", verbose_name=_("Partner"))
    number = models.PositiveSmallIntegerField(_("Number"))
    status = models.CharField(_("Status"), max_length=16, choices=Status.choices, default=Status.WAITING)
    shipping_code = models.CharField(_("Courier code"), max_length=64)
    shipping_name = models.CharField(_("Courier"), max_length=128)
    shipping_charge = models.DecimalField(_("Delivery cost"), max_digits=12, decimal_places=2)
    weight_grams = models.PositiveIntegerField(_("Chargeable weight (g)"), default=0)
    tracking_number = models.CharField(_("Tracking number"), max_length=64, blank=True)
    packed_at = models.DateTimeField(_("Packed at"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("Shipped at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Cancelled at"), null=True, blank=True)

    class Meta:
        ordering = ("order", "number")
        verbose_name = _("Parcel")
        verbose_name_plural = _("Parcels")
        constraints = [
            models.UniqueConstraint(fields=("order", "number"), name="parcel_number_once_an_order"),
            models.UniqueConstraint(fields=("order", "partner"), name="parcel_one_a_maker_and_order"),
            models.CheckConstraint(condition=models.Q(shipping_charge__gte=0), name="parcel_charge_not_negative"),
        ]

    def __str__(self):
        return f"{self.order.number}-{self.number}"


class Line(AbstractLine):
    parcel = models.ForeignKey(
        "order.Parcel", models.PROTECT, null=True, related_name="lines", verbose_name=_("Parcel")
    )
    #: Copied from the basket line; see ``shop.basket.models.Line.source``.
    source = models.CharField(_("Source"), max_length=64, blank=True, db_index=True)


from oscar.apps.order.models import *  # noqa: E402, F403
