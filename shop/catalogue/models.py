from decimal import Decimal
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from oscar.apps.catalogue.abstract_models import AbstractCategory, AbstractProduct, AbstractProductImage

from shop.search.index import PRODUCT_FIELDS


class Category(AbstractCategory):
    """A shelf of the shop. The shelf of a craft has the craft's slug, so ``/toko/<craft slug>/`` lists its pieces."""

    craft = models.OneToOneField(
        "crafts.Craft", models.PROTECT, null=True, blank=True, related_name="category", verbose_name=_("Craft")
    )

    def _get_absolute_url(self, parent_slug=None):
        """Replaces Oscar's address with the number in it: the path of slugs is unique, and fit to be printed."""
        return reverse("catalogue:category", kwargs={"category_slug": self.get_full_slug(parent_slug=parent_slug)})


class Product(index.Indexed, AbstractProduct):
    """A piece for sale. One row in every language; the texts are in translation columns."""

    maker = models.ForeignKey(
        "artisans.Maker", models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("Maker")
    )
    craft = models.ForeignKey(
        "crafts.Craft", models.PROTECT, null=True, blank=True, related_name="products", verbose_name=_("Craft")
    )
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

    search_fields = PRODUCT_FIELDS

    #: The fair where it is, once ``whereabouts`` was asked.
    away_at: Any = None

    class Meta(AbstractProduct.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(made_to_order=False) | models.Q(lead_time_days__isnull=False),
                name="product_made_to_order_has_lead_time",
            ),
        ]

    # What a card shows. Computed from prefetched rows (queries.with_cards), never by a query of their own there.

    @cached_property
    def _card_records(self):
        """The stock record of the piece, or the first of each of its variants."""
        sellable = self.children.all() if self.is_parent else [self]
        return [record for piece in sellable for record in list(piece.stockrecords.all())[:1]]

    @property
    def card_price(self) -> Decimal | None:
        """Rupiah, the lowest of its variants; None while nobody has set one."""
        return min((record.price for record in self._card_records if record.price is not None), default=None)

    @property
    def card_available(self) -> int:
        """Pieces that can be bought now. What is held for somebody's payment does not count."""
        return sum(max(0, record.net_stock_level) for record in self._card_records)

    @property
    def card_picture(self):
        return next((image.original for image in self.images.all()), None)

    @property
    def searchable_code(self) -> str:
        """The UPC in words: PostgreSQL would read the end of ``KB-TC-001`` as a negative number."""
        return (self.upc or "").replace("-", " ")

    @property
    def is_shown(self) -> bool:
        """Whether anybody may see and buy it: it is public, its maker is, and so is the piece a variant belongs to."""
        whole = self.parent
        return (
            self.is_public and (self.maker is None or self.maker.is_public) and (whole is None or bool(whole.is_shown))
        )

    @property
    def is_buyable(self) -> bool:
        return self.card_price is not None and (self.made_to_order or self.card_available > 0)


class ProductImage(AbstractProductImage):
    """A product's picture, which is a ``pictures.Picture``.

    Replaces Oscar's own image file: one model and one pipeline for pages and products, so that location data is
    stripped and renditions are made ahead everywhere. The field keeps Oscar's name, ``original``, because Oscar's
    dashboard forms and templates name it.
    """

    original = models.ForeignKey(
        "pictures.Picture", models.PROTECT, related_name="product_images", verbose_name=_("Picture")
    )

    @property
    def picture(self):
        return self.original


from oscar.apps.catalogue.models import *  # noqa: E402, F403
