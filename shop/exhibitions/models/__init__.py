"""The state of fairs: the fair itself, what travels to it, what its till sends, and what is reckoned at its end."""

from .consignment import Consignment, ConsignmentLine, StallMove
from .fair import Cashier, Fair, FairCost, FairMaker
from .reckoning import CountLine, Discrepancy
from .till import (
    CashDay,
    Device,
    Enquiry,
    PairingCode,
    RefusedEvent,
    Reversal,
    ReversalLine,
    ReversalTender,
    Sale,
    SaleLine,
    Tender,
    TillEvent,
)

__all__ = [
    "CashDay",
    "Cashier",
    "Consignment",
    "ConsignmentLine",
    "CountLine",
    "Device",
    "Discrepancy",
    "Enquiry",
    "Fair",
    "FairCost",
    "FairMaker",
    "PairingCode",
    "RefusedEvent",
    "Reversal",
    "ReversalLine",
    "ReversalTender",
    "Sale",
    "SaleLine",
    "StallMove",
    "Tender",
    "TillEvent",
]
