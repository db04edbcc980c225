import pytest
from django.contrib.auth import get_user_model


@pytest.fixture
def curator():
    return get_user_model().objects.create_user(email="kurator@example.com", password="x")
