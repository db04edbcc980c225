"""Pieces for sale in the flow of a story."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.core.blocks import samples
from cms.core.blocks.base import StoryBlock
from cms.core.blocks.choosers import CraftChooserBlock, MakerChooserBlock, MotifChooserBlock, ProductChooserBlock
from shop import public


class ProductsBlock(StoryBlock):
    """Pieces chosen by hand. One that is deleted or withdrawn is left out; when none is left, so is the block."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=300, required=False)
    products = blocks.ListBlock(ProductChooserBlock(label=_("Piece")), label=_("Pieces"), min_num=1, max_num=12)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"products": [product for product in context["value"]["products"] if product is not None]}

    class Meta:
        template = "cms/blocks/products.html"
        icon = "pick"
        label = _("Pieces chosen by hand")
        group = _("Pieces")
        description = _("Pieces you pick yourself, in your order.")
        preview_value = {"heading": "Pilihan kami", "intro": "", "products": samples.some(public.PRODUCT_MODEL, 4)}


class RuleValue(blocks.StructValue):
    #: What the stored value means, kept because a story does not fetch the craft, motif or maker that narrow it.
    rule: public.Rule


class ProductsByRuleBlock(StoryBlock):
    """Pieces that answer to a rule today: what is sold goes, what is new comes, and nobody has to edit the page."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120, required=False)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=300, required=False)
    craft = CraftChooserBlock(label=_("Craft"), required=False)
    motif = MotifChooserBlock(label=_("Motif"), required=False)
    maker = MakerChooserBlock(label=_("Maker"), required=False)
    price_min = blocks.IntegerBlock(label=_("Price from (rupiah)"), min_value=0, required=False)
    price_max = blocks.IntegerBlock(label=_("Price up to (rupiah)"), min_value=0, required=False)
    order = blocks.ChoiceBlock(
        label=_("Sorted by"),
        choices=[
            ("newest", _("Newest first")),
            ("price", _("Lowest price first")),
            ("-price", _("Highest price first")),
        ],
        default="newest",
    )
    limit = blocks.IntegerBlock(label=_("At most"), min_value=1, max_value=12, default=4)

    @staticmethod
    def rule_of(raw: dict) -> public.Rule:
        """The rule that a stored value means."""
        low, high = raw.get("price_min"), raw.get("price_max")
        return public.Rule(
            craft=raw.get("craft"),
            motif=raw.get("motif"),
            maker=raw.get("maker"),
            price_min=None if low is None else Decimal(low),
            price_max=None if high is None else Decimal(high),
            order=raw.get("order") or "newest",
            limit=raw.get("limit") or 4,
        )

    def to_python(self, value):
        told = super().to_python(value)
        told.rule = self.rule_of(value)
        return told

    def bulk_to_python(self, values):
        values = list(values)
        told = super().bulk_to_python(values)
        for one, raw in zip(told, values, strict=True):
            one.rule = self.rule_of(raw)
        return told

    def clean(self, value):
        cleaned = super().clean(value)
        low, high = cleaned.get("price_min"), cleaned.get("price_max")
        if low is not None and high is not None and low > high:
            raise StructBlockValidationError(
                {"price_max": ValidationError(_("The highest price is below the lowest."))}
            )
        return cleaned

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        return context | {"products": context["story"].products(context["value"].rule)}

    class Meta:
        template = "cms/blocks/products.html"
        icon = "cogs"
        value_class = RuleValue
        label = _("Pieces by a rule")
        group = _("Pieces")
        description = _("The newest or cheapest pieces of a craft, a motif or a maker. Keeps itself up to date.")
        preview_value = {"heading": "Terbaru", "intro": "", "order": "newest", "limit": 4}
