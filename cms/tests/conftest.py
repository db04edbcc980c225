import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.roles import CURATOR, EDITOR, grant


def _desk(email: str, role: str) -> Client:
    """A browser of its own, so that two people can work in one test."""
    user = get_user_model().objects.create_user(email=email, password="kata-sandi-panjang")
    grant(user, role)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db) -> Client:
    """Writes pages, publishes none."""
    return _desk("redaksi@example.org", EDITOR)


@pytest.fixture
def curator(db) -> Client:
    """Decides what is public."""
    return _desk("kurator@example.org", CURATOR)


@pytest.fixture
def admin_client(client, db):
    """Signed in as somebody who may do everything in Wagtail's admin."""
    user = get_user_model().objects.create_superuser(email="kepala@example.org", password="kata-sandi-panjang")
    client.force_login(user)
    return client
