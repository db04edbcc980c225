"""The demo shop, from the files of ``shop/demo/data``.

Only what is missing is made: what somebody changed, bought or counted in the demo stays as it is, and a second run
finds nothing to do. Rows are written in bulk and indexed once at the end, because a thousand saves, each with a
background task, would take minutes.
"""

from collections.abc import Callable

from django.db import transaction

from shop.pictures.models import Picture
from shop.search.services import reindex

from . import people, pieces, shelves, source
from .pictures import Album

Say = Callable[[str], object]


def load(say: Say = lambda text: None) -> None:
    """Load crafts, makers and pieces; tell ``say`` how far it is."""
    data = source.read()
    if set(data.skus) <= pieces.known():
        say(f"The demo shop is there: {len(data.skus)} pieces.")
    else:
        with transaction.atomic():
            fill(data, say)


def fill(data: source.Data, say: Say) -> None:
    album = Album()
    say("Crafts, motifs and regencies …")
    shop = shelves.ensure(data)
    shelves.hang_pictures(data, shop, album)
    say(f"{len(data.makers)} makers …")
    makers = people.ensure(data, shop, album)
    say(f"{len(data.pieces)} pieces with pictures and stock …")
    pieces.ensure(data, shop, makers, album)
    say("Search index …")
    reindex(pieces.Product.objects.all())
    reindex(Picture.objects.all())
    if album.missing:
        say(f"{len(album.missing)} pictures are not drawn yet, for example {album.missing[0]}.")
