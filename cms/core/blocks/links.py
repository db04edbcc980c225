"""Where a button leads."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.core.blocks.choosers import StoryPageChooserBlock

#: Parts of the site that are not pages, so that nobody has to type an address that differs by language.
PLACES = {
    "shop": (_("All pieces"), "catalogue:index"),
    "makers": (_("All makers"), "artisans:list"),
}


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """The address in the page's language; nothing when the page it led to is gone."""
        if page := self.get("page"):
            return page.url or ""
        if place := PLACES.get(self.get("place")):
            return reverse(place[1])
        return self.get("url") or ""

    @property
    def shows(self) -> bool:
        return bool(self.get("label") and self.href)


class LinkBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Words on the button"), max_length=40, required=False)
    page = StoryPageChooserBlock(label=_("Page"), required=False)
    place = blocks.ChoiceBlock(
        label=_("Or a part of the shop"),
        choices=[(key, label) for key, (label, _name) in PLACES.items()],
        required=False,
    )
    url = blocks.URLBlock(label=_("Or an address elsewhere"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        targets = [name for name in ("page", "place", "url") if cleaned.get(name)]
        if len(targets) > 1:
            wrong = ValidationError(_("Choose one target only: a page, a part of the shop or an address."))
            raise StructBlockValidationError(dict.fromkeys(targets, wrong))
        if cleaned.get("label") and not targets:
            raise StructBlockValidationError({"page": ValidationError(_("Say where the button leads."))})
        if targets and not cleaned.get("label"):
            raise StructBlockValidationError({"label": ValidationError(_("Say what the button does."))})
        return cleaned

    class Meta:
        label = _("Button")
        icon = "link"
        value_class = LinkValue
        form_classname = "struct-block link-block"
