import pytest

from shop.checkout import refusal

from .factories import HOME, fill_basket

pytestmark = pytest.mark.django_db

DETAILS = "/toko/checkout/"


def test_errors_nobody_fetched_are_forgotten_after_a_minute(client, monkeypatch):
    fill_basket(client)
    assert client.post(DETAILS, HOME | {"phone": "12"}).status_code == 303
    now = refusal.time.time()
    monkeypatch.setattr(refusal.time, "time", lambda: now + refusal.FRESH_FOR + 1)
    html = client.get(DETAILS).content.decode()
    assert "_error" not in html
    assert 'value="12"' in html


def test_the_question_of_an_address_is_kept_over_the_redirect(client):
    fill_basket(client)
    response = client.post(f"{DETAILS}?source=label", HOME | {"phone": "12"})
    assert response.url == f"{DETAILS}?source=label"
    assert 'id="id_phone_error"' in client.get(response.url).content.decode()


def test_no_secret_of_the_form_is_kept_with_what_was_sent(client):
    fill_basket(client)
    client.post(DETAILS, HOME | {"phone": "12", "csrfmiddlewaretoken": "x"})
    assert client.session[refusal.KEY]["sent"]["phone"] == "12"
    assert "csrfmiddlewaretoken" not in client.session[refusal.KEY]["sent"]
