"""What a product page says about a piece in its table: from attributes the piece has, never from a gap."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

#: Codes that together are the size of a piece, in the order they are written.
SIDES = ("length_cm", "width_cm", "height_cm")
#: An attribute whose code ends so is a figure in that unit.
UNITS = {"_cm": "cm", "_g": "g"}


def of(product) -> list[tuple[str, str]]:
    """(label, value), motifs first and care last. Asks nothing of the database when the piece comes from
    ``queries.for_product_page``."""
    values = {value.attribute.code: value for value in product.page_attribute_values}
    facts = [(_("Motif"), ", ".join(motif.name for motif in product.motifs.all()))]
    size_told = False
    for code, value in values.items():
        if code not in SIDES:
            facts.append((value.attribute.name, attribute_text(value)))
        elif not size_told:
            size_told = True
            sides = [values[side].value_as_text for side in SIDES if side in values]
            facts.append((_("Size") if len(sides) > 1 else value.attribute.name, f"{' × '.join(sides)} cm"))
    if product.making_days:
        days = product.making_days
        facts.append((_("Time to make"), ngettext("%(days)d day", "%(days)d days", days) % {"days": days}))
    facts.append((_("Care"), product.care))
    return [(label, text) for label, text in facts if text]


def attribute_text(value) -> str:
    """The value as people read it: a choice in the language of the page, a figure with its unit."""
    kind = value.attribute.type
    if kind == value.attribute.OPTION:
        return value.value_option.option if value.value_option else ""
    if kind == value.attribute.BOOLEAN:
        return _("Yes") if value.value_boolean else _("No")
    text = value.value_as_text
    unit = next((unit for ending, unit in UNITS.items() if value.attribute.code.endswith(ending)), "")
    return f"{text} {unit}" if text and unit else text
