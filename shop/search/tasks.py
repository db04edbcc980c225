from django_tasks import task

from .services import Product, reindex

#: What a piece is found by besides its own fields, and how it is reached from there.
BELONGS_TO = {"maker": "maker", "craft": "craft", "motif": "motifs"}


@task()
def reindex_pieces_of(kind: str, pk: int) -> int:
    """Reindex the pieces of a maker, craft or motif after it changed its name; how many come back."""
    return reindex(Product.objects.filter(**{BELONGS_TO[kind]: pk}))


@task()
def reindex_piece(pk: int) -> int:
    return reindex(Product.objects.filter(pk=pk))
