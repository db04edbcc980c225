"""Keeping the index true. A piece that is saved is reindexed by itself; here is what that misses."""

from django.db.models import QuerySet
from modelsearch.backends import get_search_backends
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")
CHUNK = 250


def reindex(rows: QuerySet) -> int:
    """Write the index entries of pieces (or other indexed rows) anew, in chunks; how many come back.

    For what changes many at once without saving them: ``bulk_create``, a maker's new name.
    """
    model = rows.model
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = list(model.get_indexed_objects().filter(pk__in=keys[start : start + CHUNK]))
        for backend in get_search_backends(with_auto_update=True):
            backend.get_index_for_model(model).add_items(model, chunk)
    return len(keys)
