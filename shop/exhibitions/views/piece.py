"""The page behind the code on a label or a certificate: what this piece is, who made it, and where it is now."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shop.catalogue import facts
from shop.exhibitions.showing import piece_by_code

SOURCE = re.compile(r"[A-Za-z0-9._-]{1,64}")
#: How shoppers came who scanned a card, when the code on it does not say otherwise.
FROM_A_CARD = "kartu-karya"


def piece(request: HttpRequest, code: str) -> HttpResponse:
    """The same for everybody. An unknown code gets a page that says what to do, with status 404."""
    told = piece_by_code(code)
    if told is None:
        return render(request, "exhibitions/piece_unknown.html", {"code": code[:40]}, status=404)
    source = request.GET.get("source", "")
    context: dict[str, Any] = {
        "told": told,
        "product": told.product,
        "pictures": [image.original for image in told.product.images.all()],
        "facts": facts.of(told.product),
        "source": source if SOURCE.fullmatch(source) else FROM_A_CARD,
        "crumbs": [(_("Makers"), reverse("artisans:list")), (told.title, None)],
    }
    if told.product.maker is not None:
        context["crumbs"].insert(1, (told.product.maker.name, told.product.maker.get_absolute_url()))
    return render(request, "exhibitions/piece.html", context)
