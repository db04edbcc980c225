"""What an editor of pages picks from: every piece, maker, motif and craft, drafts too, narrowed by typed words."""

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from shop.artisans.models import Maker
from shop.catalogue.queries import Product, StockRecord
from shop.crafts.models import Craft, Motif


def _all_words(fields: tuple[str, ...], words: str) -> Q:
    """Every word must be found in one of the fields: 'selendang rohana' finds that maker's shawls."""
    wanted = Q()
    for word in words.split()[:6]:
        anywhere = Q()
        for name in fields:
            anywhere |= Q(**{f"{name}__icontains": word})
        wanted &= anywhere
    return wanted


def _products() -> QuerySet:
    sku = StockRecord.objects.filter(product=OuterRef("pk")).order_by("pk").values("partner_sku")[:1]
    return (
        Product.objects.exclude(structure=Product.CHILD)
        .annotate(sku=Subquery(sku))
        .select_related("maker")
        .order_by("-date_created", "-pk")
    )


LISTS = {
    Product: _products,
    Maker: lambda: Maker.objects.select_related("regency").order_by("name"),
    Motif: lambda: Motif.objects.select_related("craft").order_by("craft__position", "name"),
    Craft: lambda: Craft.objects.order_by("position"),
}

SEARCHED = {
    Product: ("title_ind", "title_en", "upc", "sku", "maker__name", "maker__person"),
    Maker: ("name", "person", "village", "regency__name"),
    Motif: ("name_ind", "name_en", "craft__name_ind", "craft__name_en"),
    Craft: ("name_ind", "name_en"),
}


def for_choosing(model: type[Model], words: str = "") -> QuerySet:
    """Rows of ``model``, newest pieces first, else by name; ``words`` narrows them. KeyError for a model not listed."""
    rows = LISTS[model]()
    return rows.filter(_all_words(SEARCHED[model], words)) if words.strip() else rows


def standing(product: Product) -> str:
    """Whether the public sees the piece, in words, so that an editor does not feature a draft unawares."""
    return _("On sale") if product.is_public else _("Not public")


def sample_ids(model: type[Model], count: int) -> list[int]:
    """A few of them, for previews in the editor: public ones where the public sees only some."""
    rows = model._default_manager.all()
    if model in (Product, Maker):
        rows = rows.filter(is_public=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:count])
