"""The fictional makers, each with the partner that stock and order lines belong to."""

from oscar.core.loading import get_model

from shop.artisans.models import Maker

from .pictures import Album
from .shelves import Shop
from .source import Data, texts

Partner = get_model("partner", "Partner")


def ensure(data: Data, shop: Shop, album: Album) -> dict[str, Maker]:
    portraits = album.add([entry["portrait"] for entry in data.makers])
    makers = {maker.slug: maker for maker in Maker.objects.select_related("partner")}
    for entry in data.makers:
        if entry["slug"] not in makers:
            makers[entry["slug"]] = _maker(entry, shop, portraits)
    return makers


def _maker(entry: dict, shop: Shop, portraits: dict) -> Maker:
    partner, _ = Partner.objects.get_or_create(code=entry["slug"], defaults={"name": entry["business"]})
    maker = Maker.objects.create(
        partner=partner,
        slug=entry["slug"],
        name=entry["business"],
        person=entry["person"],
        regency=shop.regencies[entry["regency"]],
        village=entry["village"],
        since=entry["since"],
        whatsapp=entry["whatsapp"],
        portrait=portraits.get(entry["portrait"]["file"]),
        **texts(entry, role="role", story="story", quote="quote"),
    )
    maker.crafts.set([shop.crafts[slug] for slug in entry["crafts"]])
    return maker
