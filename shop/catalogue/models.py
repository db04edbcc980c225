from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.catalogue.abstract_models import (
    AbstractCategory,
    AbstractProduct,
    AbstractProductImage,
)


class Category(AbstractCategory):
    """A shelf of the shop. The shelf of a craft has the craft's slug, so ``/toko/<craft slug>/`` lists its pieces."""

    craft = models.OneToOneField(
        "crafts.Craft", models.PROTECT, null=True, blank=True, related_name="category", verbose_name=_("Craft")
    )


class Product(AbstractProduct):
    """A piece for sale. One row in every language; the texts are in translation columns."""

    maker = models.ForeignKey("artisans.Maker", models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("Maker"))
    craft = models.ForeignKey("crafts.Craft", models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("Craft"))
    motifs = models.ManyToManyField("crafts.Motif", blank=True, related_name="products", verbose_name=_("Motifs"))
    care = models.TextField(_("Care"), blank=True)
    making_days = models.PositiveSmallIntegerField(_("Days of making"), null=True, blank=True)
    #: A piece made after it is ordered: it has a lead time and no stock, so the ledger never hears of it.
    made_to_order = models.BooleanField(_("Made to order"), default=False)
    lead_time_days = models.PositiveSmallIntegerField(_("Lead time (days)"), null=True, blank=True)
    is_featured = models.BooleanField(_("Featured"), default=False, db_index=True)
    # Of the parcel, not of the piece: what the courier charges by.
    weight_grams = models.PositiveIntegerField(_("Parcel weight (g)"), default=1000)
    parcel_length_cm = models.PositiveSmallIntegerField(_("Parcel length (cm)"), default=0)
    parcel_width_cm = models.PositiveSmallIntegerField(_("Parcel width (cm)"), default=0)
    parcel_height_cm = models.PositiveSmallIntegerField(_("Parcel height (cm)"), default=0)

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made_to_order=False) | models.Q(lead_time_days__isnull=False),
                name="product_made_to_order_has_lead_time",
            ),
        ]


class ProductImage(AbstractProductImage):
    """A product's picture, which is a ``pictures.Picture``.

    Replaces Oscar's own image file: one model and one pipeline for pages and products, so that location data is stripped
    and renditions are made ahead everywhere. The field keeps Oscar's name, ``original``, because Oscar's dashboard forms
    and templates name it.
    """

    original = models.ForeignKey(
        "pictures.Picture", models.PROTECT, related_name="product_images", verbose_name=_("Picture")
    )

    @property
    def picture(self):
        return self.original


from oscar.apps.catalogue.models import *  # noqa: E402, F403
