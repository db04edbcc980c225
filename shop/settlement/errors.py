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
    """Undoing what was written down needs a reason: the maker may have read the old statement, or seen the money."""


class PayoutIsTakenBack(SettlementError):
    """The payout was taken back before, for another reason."""


class ProofIsKnown(SettlementError):
    """A payment with this proof is written down for the maker already: it would be counted twice."""


class PaysTooMuch(SettlementError):
    """More than the statement still owes, or more coming back than was paid too much. ``due`` is in rupiah."""

    def __init__(self, *, due, asked):
        self.due = due
        self.asked = asked
        super().__init__(f"{asked} to be paid, {due} due")
