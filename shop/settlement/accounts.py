"""The plan of accounts: what each code means, and the one way to open an account."""

from typing import Any

from .models import Account


def takings(reference: str, tender: str) -> str:
    """Money taken at a fair, by tender: cash in the drawer is counted apart from what came by QRIS."""
    return f"takings:{reference}:{tender}"


def clearing(reference: str) -> str:
    """Sold and not settled yet. Nought once every maker of the fair has a statement that stands."""
    return f"clearing:{reference}"


def payable(maker: Any) -> str:
    return f"maker:{maker.pk}"


def commission() -> str:
    return "commission"


def costs(reference: str) -> str:
    """What makers bear of a fair's costs."""
    return f"costs:{reference}"


def paid_out(method: str) -> str:
    return f"paid_out:{method}"


def account(code: str, kind: str, maker: Any = None) -> str:
    """Open the account unless it is there, and give its code back."""
    Account.objects.get_or_create(code=code, defaults={"kind": kind, "maker": maker})
    return code
