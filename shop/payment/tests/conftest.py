import pytest
from django.utils import translation

from .factories import sandbox

__all__ = ["sandbox"]


@pytest.fixture(autouse=True)
def _indonesian():
    """A request in English leaves its language on in this thread; the next test must not read its addresses in it."""
    with translation.override("id"):
        yield
