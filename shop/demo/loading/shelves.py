"""What pieces are described by: regencies, crafts with their shelves, motifs, and the attributes of each craft."""

from dataclasses import dataclass
from typing import Any

from oscar.core.loading import get_model

from shop.catalogue.services import ensure_shelf
from shop.crafts.models import Craft, Motif, Regency

from .pictures import Album
from .source import Data, texts

ProductClass = get_model("catalogue", "ProductClass")
ProductAttribute = get_model("catalogue", "ProductAttribute")
AttributeOption = get_model("catalogue", "AttributeOption")
AttributeOptionGroup = get_model("catalogue", "AttributeOptionGroup")


@dataclass(frozen=True)
class Shop:
    regencies: dict[str, Regency]
    crafts: dict[str, Craft]
    shelves: dict[str, Any]
    motifs: dict[str, Motif]
    classes: dict[str, Any]
    #: By craft and code.
    attributes: dict[tuple[str, str], Any]
    #: By code of the attribute and code of the choice.
    options: dict[tuple[str, str], Any]


def ensure(data: Data) -> Shop:
    regencies = {
        entry["code"]: Regency.objects.get_or_create(
            code=entry["code"], defaults={"slug": entry["slug"], "name": entry["name"]}
        )[0]
        for entry in data.regencies
    }
    crafts = {
        entry["slug"]: Craft.objects.get_or_create(
            slug=entry["slug"], defaults={"position": position, **texts(entry, name="name", summary="summary")}
        )[0]
        for position, entry in enumerate(data.crafts, start=1)
    }
    motifs = {
        entry["slug"]: Motif.objects.get_or_create(
            slug=entry["slug"],
            defaults={
                "craft": crafts[entry["crafts"][0]] if entry["crafts"] else None,
                "certainty": entry["certainty"],
                **texts(entry, name="name", meaning="meaning", source_note="source"),
            },
        )[0]
        for entry in data.motifs
    }
    classes = {
        entry["slug"]: ProductClass.objects.get_or_create(slug=entry["slug"], defaults=texts(entry, name="name"))[0]
        for entry in data.crafts
    }
    options = _options(data)
    return Shop(
        regencies=regencies,
        crafts=crafts,
        shelves={slug: ensure_shelf(craft) for slug, craft in crafts.items()},
        motifs=motifs,
        classes=classes,
        attributes=_attributes(data, classes),
        options=options,
    )


def hang_pictures(data: Data, shop: Shop, album: Album) -> None:
    """Give each craft the drawing that stands for it, unless somebody chose another picture."""
    drawn = album.add([data.scenes[entry["picture"]] for entry in data.crafts])
    for entry in data.crafts:
        craft = shop.crafts[entry["slug"]]
        if craft.picture_id is None and entry["picture"] in drawn:
            craft.picture = drawn[entry["picture"]]
            craft.save(update_fields=["picture"])


def _options(data: Data) -> dict[tuple[str, str], object]:
    options = {}
    for entry in data.attributes:
        if not entry["values"]:
            continue
        group, _ = AttributeOptionGroup.objects.get_or_create(code=entry["code"], defaults={"name": entry["name_id"]})
        for value in entry["values"]:
            options[entry["code"], value["code"]], _ = AttributeOption.objects.get_or_create(
                group=group, code=value["code"], defaults=texts(value, option="label")
            )
    return options


def _attributes(data: Data, classes: dict) -> dict[tuple[str, str], object]:
    """Each craft's class has the attributes that its pieces use, in the order of the file."""
    attributes = {}
    for craft, product_class in classes.items():
        used = {code for piece in data.pieces if piece["craft"] == craft for code in piece["attributes"]}
        for entry in data.attributes:
            if entry["code"] in used:
                attributes[craft, entry["code"]] = _attribute(entry, product_class)
    return attributes


def _attribute(entry: dict, product_class):
    kind, group = ProductAttribute.TEXT, None
    if entry["values"]:
        kind, group = ProductAttribute.OPTION, AttributeOptionGroup.objects.get(code=entry["code"])
    defaults = {"type": kind, "option_group": group, **texts(entry, name="name")}
    attribute, _ = ProductAttribute.objects.get_or_create(
        product_class=product_class, code=entry["code"], defaults=defaults
    )
    return attribute
