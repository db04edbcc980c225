"""A running double, the official client pointed at it, and a shop that takes its webhooks."""

from collections.abc import Iterator

import pytest
import stripe

from ..server import SandboxServer
from .factories import Shop


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    """A double that sends no webhooks; tests take them from its queue."""
    with SandboxServer() as server:
        yield server


@pytest.fixture
def client(sandbox: SandboxServer) -> stripe.StripeClient:
    """The official client, unchanged but for its address."""
    return sandbox.client()


@pytest.fixture
def shop() -> Iterator[Shop]:
    """Where webhooks arrive."""
    with Shop() as receiver:
        yield receiver
