"""Two clicks are one action, and the browser, which shows the second answer only, shows what came of it."""

import uuid

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.desk import once
from shop.exhibitions.models import FairCost
from shop.exhibitions.tests.factories import FairFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = curator()
    client.force_login(user)
    return user


@pytest.fixture
def fair():
    return FairFactory(status="planned")


def send_cost(client, fair, code, **changes):
    fields = {"kind": "rent", "amount": "3.000.000", "spent_on": "2026-12-01", "note": "Sewa", **changes}
    return client.post(reverse("fairdesk:cost_add", args=(fair.pk,)), {"code": code, **fields})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_the_second_click_shows_what_the_first_one_did(client, user, fair):
    code = uuid.uuid4()
    first = send_cost(client, fair, code)
    second = send_cost(client, fair, code)
    assert FairCost.objects.count() == 1
    assert second.status_code == 302
    assert second.url == first.url
    assert told(first)[-1] in told(second)[-1]


def test_the_second_click_waits_for_the_first_and_is_refused_with_it(client, user, fair, monkeypatch):
    """The first runs while the second arrives; it is refused. The second shows the refusal above what was typed."""
    code = uuid.uuid4()
    address = reverse("fairdesk:move", args=(fair.pk, "settled"))
    assert once.claim(user, code) is None
    waited = []

    def first_is_refused(seconds):
        waited.append(seconds)
        once.release(user, code)

    monkeypatch.setattr(once, "sleep", first_is_refused)
    second = client.post(address, {"code": code})
    assert waited == [once.PAUSE]
    assert second.status_code == 200
    assert second.context["form"].non_field_errors()


def test_the_second_click_waits_for_the_first_and_follows_it(client, user, fair, monkeypatch):
    code = uuid.uuid4()
    assert once.claim(user, code) is None
    outcome = once.Outcome("Ditulis.", reverse("fairdesk:costs", args=(fair.pk,)))
    monkeypatch.setattr(once, "sleep", lambda seconds: once.settle(user, code, outcome))
    second = send_cost(client, fair, code)
    assert (second.status_code, second.url) == (302, outcome.address)
    assert "Ditulis." in told(second)[-1]
    assert not FairCost.objects.exists()


def test_who_waits_too_long_is_told_so_and_nothing_is_done_twice(client, user, fair, monkeypatch):
    code = uuid.uuid4()
    assert once.claim(user, code) is None
    waited = []
    monkeypatch.setattr(once, "sleep", waited.append)
    second = send_cost(client, fair, code)
    assert second.status_code == 302
    assert len(waited) == once.LOOKS - 1
    assert sum(waited) < 30, "a web worker must answer before its own time limit"
    assert not FairCost.objects.exists()


def test_a_form_whose_process_died_may_be_sent_again(client, user, fair, monkeypatch):
    kept = []
    monkeypatch.setattr(once.cache, "add", lambda key, value, seconds: kept.append(seconds) or True)
    send_cost(client, fair, uuid.uuid4())
    assert kept == [once.LONGEST]
