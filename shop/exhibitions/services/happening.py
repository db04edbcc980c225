"""What every handler of an event is given."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shop.exhibitions.models import Cashier, Device, Discrepancy, Fair, TillEvent


@dataclass(frozen=True)
class Happening:
    """An event that is being counted. Its row is written and its fair locked; all of it stands or falls together."""

    event: TillEvent
    fair: Fair
    device: Device
    cashier: Cashier
    #: By the device's clock, put right where that is off.
    at: datetime
    #: To be looked at by a curator: sent after closing, or imported from a file.
    late: bool
    #: Who imported it, in words for the curator; '' when the device sent it itself.
    way: str = ""

    def discrepancy(self, kind: str, quantity: int, **fields: Any) -> Discrepancy:
        """One to be saved, of this event and fair. ``quantity`` is units, rupiah or seconds (see the model)."""
        return Discrepancy(fair=self.fair, kind=kind, quantity=quantity, event=self.event, **fields)
