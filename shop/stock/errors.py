"""What can go wrong with stock. Everything derives from ``StockError``; each refusal leaves the books untouched."""

from oscar.apps.partner.exceptions import InvalidStockAdjustment


class StockError(Exception):
    """A refusal by the stock room. The transaction block of the verb that raised it has been undone."""


class InsufficientStock(StockError):
    """A place does not hold as many units as were asked of it.

    For ``hold`` and ``allocate`` the place is the shelf: somebody else was quicker, and the shopper is to be told so.
    ``requested`` and ``available`` are units.
    """

    def __init__(self, *, record_id: int, sku: str, place: str, requested: int, available: int):
        self.record_id = record_id
        self.sku = sku
        self.place = place
        self.requested = requested
        self.available = available
        super().__init__(f"{sku}: {requested} asked of {place}, {available} there")


class AllocationTooSmall(InsufficientStock, InvalidStockAdjustment):
    """More units were to be sent or given back than are ordered. Oscar's own handlers know it by its base."""


class NotTracked(StockError):
    """A piece made to order has no stock, so nothing can be received or counted of it."""


class IdempotencyConflict(StockError):
    """A key (or a hold's reference) came again with other content: one of the two callers is wrong."""


class HoldNotFound(StockError):
    """No hold was ever made under this reference."""


class HoldNotActive(StockError):
    """The hold has been settled the other way: released or expired before it could be committed, or the reverse."""

    def __init__(self, reference: str, status: str):
        self.reference = reference
        self.status = status
        super().__init__(f"Hold {reference} is {status}")


class StaleCount(StockError):
    """The books changed between counting and booking the count, so the count no longer says what it seemed to."""

    def __init__(self, *, seen: int, found: int):
        self.seen = seen
        self.found = found
        super().__init__(f"Counted against {seen} in stock, now {found}")


class CountBelowAllocated(StockError):
    """Fewer units were counted than are held or ordered: an order must be cancelled before the books can follow."""

    def __init__(self, *, counted: int, allocated: int):
        self.counted = counted
        self.allocated = allocated
        super().__init__(f"{counted} counted, {allocated} promised")


class LedgerIsAppendOnly(StockError):
    """A move is never changed or deleted; a mistake is put right by another move."""


class FiguresAreReadOnly(StockError):
    """``num_in_stock`` or ``num_allocated`` was written by somebody other than ``shop.stock``."""
