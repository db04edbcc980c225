import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def admin_client(client, db):
    """Signed in as somebody who may do everything in Wagtail's admin."""
    user = get_user_model().objects.create_superuser(email="kepala@example.org", password="kata-sandi-panjang")
    client.force_login(user)
    return client
