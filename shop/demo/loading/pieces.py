"""The demo's pieces: rows in bulk, stock through the ledger like everybody's."""

from decimal import Decimal

from oscar.core.loading import get_model

from shop.stock.services import receive

from .pictures import Album
from .shelves import Shop
from .source import Data, texts

Product = get_model("catalogue", "Product")
ProductAttributeValue = get_model("catalogue", "ProductAttributeValue")
ProductCategory = get_model("catalogue", "ProductCategory")
ProductImage = get_model("catalogue", "ProductImage")
StockRecord = get_model("partner", "StockRecord")


def known() -> set[str]:
    """SKUs of pieces that are there, whatever they are called by now: their stock record keeps the SKU."""
    return set(StockRecord.objects.values_list("partner_sku", flat=True))


def ensure(data: Data, shop: Shop, makers: dict, album: Album) -> None:
    there = known()
    new = [(entry, _piece(entry, shop, makers)) for entry in data.pieces if entry["sku"] not in there]
    Product.objects.bulk_create([piece for _, piece in new])
    ProductCategory.objects.bulk_create(
        ProductCategory(product=piece, category=shop.shelves[entry["craft"]]) for entry, piece in new
    )
    Product.motifs.through.objects.bulk_create(
        Product.motifs.through(product=piece, motif=shop.motifs[slug])
        for entry, piece in new
        for slug in entry["motifs"]
    )
    ProductAttributeValue.objects.bulk_create(
        _value(piece, shop, entry["craft"], code, value)
        for entry, piece in new
        for code, value in entry["attributes"].items()
    )
    pictures = album.add([picture for entry, _ in new for picture in entry["pictures"]])
    ProductImage.objects.bulk_create(
        ProductImage(product=piece, original=pictures[picture["file"]], display_order=position)
        for entry, piece in new
        for position, picture in enumerate(entry["pictures"])
        if picture["file"] in pictures
    )
    _stock(new)
    for entry in data.motifs:
        motif = shop.motifs[entry["slug"]]
        if motif.picture_id is None and entry["picture"] in pictures:
            motif.picture = pictures[entry["picture"]]
            motif.save(update_fields=["picture"])


def _piece(entry: dict, shop: Shop, makers: dict):
    return Product(
        upc=entry["sku"],
        slug=entry["slug"],
        product_class=shop.classes[entry["craft"]],
        craft=shop.crafts[entry["craft"]],
        maker=makers[entry["maker"]],
        made_to_order=entry["made_to_order"],
        lead_time_days=entry["lead_time_days"],
        making_days=entry["making_days"],
        is_featured=entry["is_featured"],
        weight_grams=entry["weight_g"],
        parcel_length_cm=entry["length_cm"],
        parcel_width_cm=entry["width_cm"],
        parcel_height_cm=entry["height_cm"],
        **texts(entry, title="title", description="description", care="care"),
    )


def _value(piece, shop: Shop, craft: str, code: str, value):
    attribute = shop.attributes[craft, code]
    if attribute.type == attribute.OPTION:
        return ProductAttributeValue(product=piece, attribute=attribute, value_option=shop.options[code, value])
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ProductAttributeValue(product=piece, attribute=attribute, value_text=text)


def _stock(new: list) -> None:
    records = StockRecord.objects.bulk_create(
        StockRecord(
            product=piece,
            partner=piece.maker.partner,
            partner_sku=entry["sku"],
            price_currency="IDR",
            price=Decimal(entry["price"]),
        )
        for entry, piece in new
    )
    for (entry, _), record in zip(new, records, strict=True):
        if not entry["made_to_order"] and entry["stock"]:
            receive(record, entry["stock"], reason="Demo stock", key=f"demo-{entry['sku']}")
