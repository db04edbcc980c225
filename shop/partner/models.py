"""Oscar's partner models, with a stock record whose figures are read-only to everybody but ``shop.stock``."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.abstract_models import AbstractStockRecord

from shop.stock.errors import FiguresAreReadOnly

FIGURES = frozenset({"num_in_stock", "num_allocated"})


class StockRecordQuerySet(models.QuerySet):
    """Refuses to write the figures in bulk: such a write would pass by the ledger unseen."""

    def update(self, **kwargs: Any) -> int:
        if FIGURES & kwargs.keys():
            raise FiguresAreReadOnly("Figures change through shop.stock.services only")
        return super().update(**kwargs)

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> list:
        records = list(objs)
        if any(record.num_in_stock or record.num_allocated for record in records):
            raise FiguresAreReadOnly("New records start empty; shop.stock.services.receive fills them")
        if FIGURES & set(kwargs.get("update_fields") or ()):
            raise FiguresAreReadOnly("Figures change through shop.stock.services only")
        return super().bulk_create(records, *args, **kwargs)


class StockRecord(AbstractStockRecord):
    """What is for sale of a product, at what price, and how many.

    Replaces Oscar's writable and nullable figures and its three unguarded allocation methods. As shipped, sixteen
    buyers of one last unit made sixteen orders. Here ``num_in_stock`` is what lies on the shelf, is held or is
    ordered, and ``num_allocated`` what is held or ordered; both are projections of the ledger, so ``save`` never
    writes them.
    """

    num_in_stock = models.PositiveIntegerField(_("Number in stock"), default=0, blank=True)
    num_allocated = models.IntegerField(_("Number allocated"), default=0, blank=True)

    objects = StockRecordQuerySet.as_manager()

    class Meta(AbstractStockRecord.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(num_allocated__gte=0), name="stockrecord_allocated_not_negative"),
            models.CheckConstraint(
                condition=models.Q(num_allocated__lte=models.F("num_in_stock")),
                name="stockrecord_allocated_within_stock",
            ),
        ]

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> "StockRecord":
        record = super().from_db(db, field_names, values)
        record._remember_figures()
        return record

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._remember_figures()

    def _remember_figures(self) -> None:
        self._figures = {name: self.__dict__[name] for name in FIGURES if name in self.__dict__}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save everything but the figures, and refuse figures that somebody has changed.

        Leaving them out also means that a form which loaded the record before a sale cannot write the old figure back.
        """
        if self._changed_figures() or FIGURES & set(kwargs.get("update_fields") or ()):
            raise FiguresAreReadOnly("Figures change through shop.stock.services only")
        exists = not self._state.adding or (self.pk and type(self).objects.filter(pk=self.pk).exists())
        if exists and kwargs.get("update_fields") is None and not kwargs.get("force_insert"):
            kwargs["update_fields"] = [
                field.name
                for field in self._meta.concrete_fields
                if field.name not in FIGURES and not field.primary_key and field.attname in self.__dict__
            ]
        super().save(*args, **kwargs)

    def _changed_figures(self) -> bool:
        known = getattr(self, "_figures", dict.fromkeys(FIGURES, 0))
        return any(self.__dict__[name] != value for name, value in known.items() if name in self.__dict__)

    @property
    def can_track_allocations(self) -> bool:
        """False for what is made to order: it has a lead time and no stock."""
        return not self.product.made_to_order and self.product.get_product_class().track_stock

    def allocate(self, quantity: int) -> None:
        """Promise units to an order. Raises ``InsufficientStock``, where Oscar would have oversold."""
        from shop.stock import services

        services.allocate(self, quantity)

    allocate.alters_data = True  # type: ignore[attr-defined]

    def is_allocation_consumption_possible(self, quantity: int) -> bool:
        """Whether so many units are ordered now. For showing: ``consume_allocation`` decides."""
        from shop.stock import queries

        return quantity <= queries.ordered(self.pk)

    def consume_allocation(self, quantity: int) -> None:
        """Send ordered units. Raises ``AllocationTooSmall``, where Oscar's figure could go below nought."""
        from shop.stock import services

        services.consume(self, quantity)

    consume_allocation.alters_data = True  # type: ignore[attr-defined]

    def cancel_allocation(self, quantity: int) -> None:
        """Give ordered units back. Raises ``AllocationTooSmall``, where Oscar gave back what it could find."""
        from shop.stock import services

        services.cancel(self, quantity)

    cancel_allocation.alters_data = True  # type: ignore[attr-defined]


from oscar.apps.partner.models import *  # noqa: E402, F403
