"""Every address of the dashboard, visited by everybody: nothing breaks, and only staff are let in."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from shop.artisans.tests.factories import MakerFactory
from shop.dashboard.orders.tests.factories import curator, person

from . import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    return world.pages(world.build())


def answers(client, pages):
    """What each page answers to a GET, or to an empty POST where it takes no other: name and path → status."""
    client.raise_request_exception = False
    return {
        (page.name, page.path): (client.get(page.path) if page.get else client.post(page.path)).status_code
        for page in pages
    }


def test_every_page_answers_a_curator(client, pages):
    client.force_login(curator())
    broken = {page: status for page, status in answers(client, pages).items() if status not in (200, 302)}
    assert broken == {}


def test_every_page_answers_an_administrator(client, pages):
    client.force_login(person("admin@demo.test", "administrator", is_staff=True, is_superuser=True))
    broken = {page: status for page, status in answers(client, pages).items() if status not in (200, 302)}
    assert broken == {}


@pytest.mark.parametrize("role", ["shopper", "artisan", "editor", "fair staff"])
def test_nobody_else_is_let_in(client, pages, role):
    client.force_login(person("orang@demo.test", role))
    let_in = {page: status for page, status in answers(client, pages).items() if status != 403}
    assert let_in.keys() <= {("login", "/kelola/toko/login/"), ("logout", "/kelola/toko/logout/")}


def test_a_partners_user_is_let_in_nowhere(client, pages):
    """Oscar would show them others' orders and let them cancel those."""
    maker = MakerFactory()
    user = person("pengrajin@demo.test", "artisan")
    maker.partner.users.add(user)
    user.user_permissions.add(Permission.objects.get(codename="dashboard_access"))
    client.force_login(user)
    let_in = {page: status for page, status in answers(client, pages).items() if status != 403}
    assert let_in.keys() <= {("login", "/kelola/toko/login/"), ("logout", "/kelola/toko/logout/")}


def test_a_stranger_is_sent_to_the_one_sign_in_page(client, pages):
    for page in pages:
        response = client.get(page.path)
        assert response.status_code == 302, page
        assert response.url.startswith(("/kelola/toko/login/", "/akun/")), page


def test_staff_without_permissions_see_no_order_and_no_payment(client, pages):
    client.force_login(person("baru@demo.test", is_staff=True))
    for page in pages:
        if page.name.startswith(
            ("order-", "parcel-", "transfer-", "refund-", "attempt-", "user", "partner-", "stock-")
        ):
            assert client.get(page.path).status_code == 403, page


def test_what_would_let_partners_users_in_or_does_nothing_here_has_no_address():
    gone = (
        "partner-user",
        "user-password-reset",
        "user-alert",
        "comms",
        "page-",
        "reviews",
        "shipping-method",
        "order-stats",
    )
    assert [name for name in world.names() if name.startswith(gone)] == []


def test_the_menu_of_a_curator_leads_only_where_they_may_go(client, pages):
    from oscar.apps.dashboard.menu import get_nodes

    user = curator()
    client.force_login(user)
    entries = [child for node in get_nodes(user) for child in (node.children or [node])]
    assert len(entries) == 22
    for entry in entries:
        assert client.get(entry.url).status_code == 200, entry.url


def test_the_first_page_shows_what_waits(client, pages):
    client.force_login(curator())
    today = client.get(reverse("dashboard:index")).context["today"]
    assert (today.to_pack, today.to_send, today.transfers, today.refunds, today.problems) == (3, 0, 1, 1, 0)
    assert (today.recent_orders, today.low_stock) == (2, 1)


def test_a_page_that_a_list_does_not_have_leads_to_its_last(client, pages):
    client.force_login(person("admin@demo.test", "administrator", is_staff=True, is_superuser=True))
    asked = {"page": "99", "q": "kain"}
    answers = {page.name: client.get(page.path, asked, follow=True) for page in pages if page.get}
    lists = [name for name, answer in answers.items() if (answer.context or {}).get("is_paginated") is not None]
    assert {"order-list", "transfer-list", "offer-list", "voucher-list", "range-list"} <= set(lists)
    assert {name: answers[name].status_code for name in lists} == dict.fromkeys(lists, 200)
    address, status = answers["order-list"].redirect_chain[-1]
    assert (status, address.split("?")[1]) == (302, "page=last&q=kain")
