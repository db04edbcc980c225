"""What can be set when the double starts."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

SECRET_KEY = "sk_test_sandbox0kriya0babel"  # noqa: S105 -- opens nothing but the double itself
WEBHOOK_SECRET = "whsec_sandbox0kriya0babel"  # noqa: S105 -- likewise


def is_loopback(host: str | None) -> bool:
    """Whether ``host`` is this machine itself, by name or address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


@dataclass
class Options:
    """Start-up options; all amounts in minor units, all times in seconds.

    ``minimum_amounts``: about US$0.50 in each currency, since Stripe converts its minimum by the day's rate:
    https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts
    ``settle_after``: how long a delayed payment takes to arrive when nobody presses the button.
    """

    secret_key: str = SECRET_KEY
    webhook_secret: str = WEBHOOK_SECRET
    webhook_url: str | None = None
    state: str | None = None
    host: str = "127.0.0.1"
    port: int = 0
    shop_name: str = "Kriya Babel"
    settle_after: float = 20.0
    minimum_amounts: dict[str, int] = field(default_factory=lambda: {"idr": 800_000, "usd": 50})

    def __post_init__(self) -> None:
        """Refuse anything that could reach, or pass for, the real Stripe."""
        if not self.secret_key.startswith("sk_test_"):
            raise ValueError("The sandbox takes test keys only (sk_test_…).")
        if not is_loopback(self.host):
            raise ValueError(f"The sandbox binds to loopback only, not to {self.host}.")
        check_webhook_url(self.webhook_url)


def check_webhook_url(url: str | None) -> None:
    """Refuse a webhook address off this machine: sandbox events must never reach a real shop."""
    if url is None:
        return
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not is_loopback(parts.hostname):
        raise ValueError(f"The sandbox sends webhooks to this machine only, not to {url}.")
