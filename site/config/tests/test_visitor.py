import pytest

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_guest_with_nothing_gets_zero_and_a_token(client):
    answer = client.get("/saya/ringkas/")
    data = answer.json()
    assert (data["basket_count"], data["account"], data["messages"]) == (0, None, [])
    assert len(data["csrf"]) >= 32
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_signed_in_shopper_is_named(client):
    client.force_login(User.objects.create_user("a@example.com", "x", first_name="Sari"))
    assert client.get("/saya/ringkas/").json()["account"] == {"name": "Sari"}


def test_asking_makes_no_basket_for_a_guest(client):
    from oscar.core.loading import get_model

    client.get("/saya/ringkas/")
    assert get_model("basket", "Basket").objects.count() == 0
