"""Fixtures for every test: a real PostgreSQL, cloned from a template that was migrated once."""

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests.database import cloned_database


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Replaces pytest-django's own: clone instead of migrate, and re-clone instead of flush.

    Flushing after a transactional test would also remove what migrations put there (locales, the root page, roles), so
    that the next test would run on a database that no installation has.
    """
    with django_db_blocker.unblock(), cloned_database() as clone:
        flush = TransactionTestCase._fixture_teardown
        TransactionTestCase._fixture_teardown = lambda self: clone.reset()
        yield
        TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def _nothing_left_over():
    """The cache and the language outlive a test: what one left there must not answer another."""
    cache.clear()
    translation.activate(settings.LANGUAGE_CODE)
    yield
