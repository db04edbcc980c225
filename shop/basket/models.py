from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.basket.abstract_models import AbstractBasket, AbstractLine

from shop.partner.rounding import whole_rupiah


class Basket(AbstractBasket):
    def all_lines(self):
        """The lines with all that a basket page, a delivery quote and an offer read of them.

        Replaces Oscar's own, which leaves stock records, product class, maker and picture to one query a line.
        """
        if self.id is None:
            return self.lines.model.objects.none()
        if self._lines is None:
            self._lines = (
                self.lines.select_related(
                    "product__product_class", "product__maker", "stockrecord__partner", "stockrecord__product"
                )
                .prefetch_related("attributes", "product__stockrecords", "product__images__original__renditions")
                .order_by("pk")
            )
        return self._lines

    def merge_line(self, line, add_quantities=True):
        """Take over a line of another basket; the later way of coming wins when both baskets had the piece.

        Oscar's own keeps the older line as it was, so the source of the visit that led to signing in would be lost.
        """
        if line.source:
            self.lines.filter(line_reference=line.line_reference).update(source=line.source)
        super().merge_line(line, add_quantities=add_quantities)


class Line(AbstractLine):
    #: How the shopper came to this piece (a campaign, a printed code): opaque, at most 64 characters. Kept on the line
    #: so that the order can tell it long after the session is gone.
    source = models.CharField(_("Source"), max_length=64, blank=True)

    def discount(self, discount_value, affected_quantity, incl_tax=True, offer=None):
        """Take a discount off this line, in whole rupiah.

        Replaces Oscar's, which gives percentages to the hundredth: half a rupiah in a total is shown on no page and
        can be transferred by no bank.
        """
        super().discount(whole_rupiah(discount_value), affected_quantity, incl_tax=incl_tax, offer=offer)


class Addition(models.Model):
    """One press of 'add to basket', by the mark its form carried.

    A double click or a resent form arrives as two requests, perhaps at once. The second finds the mark taken and adds
    nothing; without it an impatient shopper pays for two.
    """

    basket = models.ForeignKey("basket.Basket", models.CASCADE, related_name="additions")
    nonce = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("basket", "nonce"), name="basket_addition_once")]

    def __str__(self):
        return self.nonce


from oscar.apps.basket.models import *  # noqa: E402, F403
