"""What can go wrong with the books of makers. Each refusal leaves them untouched."""


class SettlementError(Exception):
    """A refusal by the settlement room. The transaction block of the verb that raised it has been undone."""


class Unbalanced(SettlementError):
    """The postings of an entry do not add up to nought."""


class EntryConflict(SettlementError):
    """An idempotency key came again with other postings: one of the two callers is wrong."""


class BooksAreAppendOnly(SettlementError):
    """An entry is never changed or deleted; a mistake is put right by another entry."""


class StatementNotOpen(SettlementError):
    """The statement was reopened (another took its place) or is paid, so it cannot be changed any more."""


class ReasonMissing(SettlementError):
    """Reopening a statement needs a reason: the maker has already read the old one."""


class PaysTooMuch(SettlementError):
    """A payout is more than what the statement still owes. ``due`` is in rupiah."""

    def __init__(self, *, due, asked):
        self.due = due
        self.asked = asked
        super().__init__(f"{asked} to be paid, {due} due")
