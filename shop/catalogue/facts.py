"""What a product page says about a piece in its table: from attributes the piece has, never from a gap."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def of(product) -> list[tuple[str, str]]:
    """(label, value), in the order of the attributes' class, with motifs first and care last. Asks nothing of the database
    when the piece comes from ``queries.for_product_page``."""
    facts = [(_("Motif"), ", ".join(motif.name for motif in product.motifs.all()))]
    facts += [(value.attribute.name, attribute_text(value)) for value in product.page_attribute_values]
    if product.making_days:
        days = product.making_days
        facts.append((_("Time to make"), ngettext("%(days)d day", "%(days)d days", days) % {"days": days}))
    facts.append((_("Care"), product.care))
    return [(label, text) for label, text in facts if text]


def attribute_text(value) -> str:
    """The value as people read it; a choice in the language of the page."""
    if value.attribute.type == value.attribute.OPTION:
        return value.value_option.option if value.value_option else ""
    if value.attribute.type == value.attribute.BOOLEAN:
        return _("Yes") if value.value_boolean else _("No")
    return value.value_as_text
