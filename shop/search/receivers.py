"""A piece is found by its maker's, craft's and motifs' names, which change without the piece being saved."""

from functools import partial

from django.db import transaction
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from shop.artisans.models import Maker
from shop.crafts.models import Craft, Motif

from .services import Product
from .tasks import reindex_piece, reindex_pieces_of

KINDS = {Maker: "maker", Craft: "craft", Motif: "motif"}


@receiver(post_save, sender=Maker)
@receiver(post_save, sender=Craft)
@receiver(post_save, sender=Motif)
def reindex_after_a_change(sender, instance, created, raw=False, **kwargs):
    """A new one has no pieces yet."""
    if not created and not raw:
        transaction.on_commit(partial(reindex_pieces_of.enqueue, KINDS[sender], instance.pk))


@receiver(m2m_changed, sender=Product.motifs.through)
def reindex_after_motifs_changed(instance, action, reverse, pk_set=None, **kwargs):
    if action not in ("post_add", "post_remove", "post_clear"):
        return
    for pk in (pk_set or ()) if reverse else (instance.pk,):
        transaction.on_commit(partial(reindex_piece.enqueue, pk))
