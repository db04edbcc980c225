"""Every address of the desk, visited by everybody: nothing breaks, and only curators are let in."""

import pytest
from django.urls import reverse

from shop.dashboard.orders.tests.factories import person
from shop.exhibitions.desk import urls
from shop.exhibitions.models import Cashier, FairCost

from . import world

pytestmark = pytest.mark.django_db

#: What a curator's GET is answered by each page: 200, or 302 where a page sends on.
PAGES = {
    "index": 200,
    "add": 200,
    "bulk": 302,
    "overview": 200,
    "edit": 200,
    "move": 200,
    "makers": 200,
    "maker_add": 200,
    "maker_edit": 200,
    "maker_remove": 200,
    "cashiers": 200,
    "cashier_add": 200,
    "cashier_pin": 200,
    "cashier_switch": 200,
    "costs": 200,
    "cost_add": 200,
    "cost_edit": 200,
    "cost_remove": 200,
    "lists": 200,
    "list_add": 200,
    "list": 200,
    "list_pack": 200,
    "list_piece": 200,
    "line_change": 200,
    "line_remove": 200,
    "list_hand_over": 200,
    "list_cancel": 200,
    "list_receive": 200,
    "list_sheet": 200,
    "papers": 200,
    "labels": 200,
    "cards": 200,
    "devices": 200,
    "device_code": 200,
    "device_pair": 200,
    "device_revoke": 200,
    "device_import": 200,
    "refused": 200,
    "refused_settle": 200,
    "sales": 200,
    "sale": 200,
    "stall": 200,
    "stall_move": 200,
    "stall_undo": 200,
    "discrepancies": 200,
    "discrepancy_resolve": 200,
    "discrepancy_open": 200,
    "drawers": 200,
    "count": 200,
    "count_book": 200,
    "returns": 200,
    "shelve": 200,
    "adopt": 200,
    "settlement": 200,
    "settle_all": 200,
    "settle_maker": 200,
    "statement": 200,
    "statement_pdf": 200,
    "statement_reopen": 200,
    "statement_pay": 200,
    "statement_pay_back": 200,
    "payout_take_back": 200,
    "reopen_all": 200,
    "report": 200,
    "report_xlsx": 200,
    "enquiries": 200,
    "enquiry_answered": 200,
    "enquiries_csv": 200,
}
OF_NO_FAIR = ("index", "add", "bulk")
#: What everybody else is told: a stranger and who may not open the admin go to its sign-in, an editor to its home.
OTHERS = {
    None: "/kelola/login/",
    "shopper": "/kelola/login/",
    "artisan": "/kelola/login/",
    "fair staff": "/kelola/login/",
    "editor": "/kelola/",
}


@pytest.fixture
def addresses():
    built = world.build()
    found = {}
    for name in PAGES:
        own = () if name in OF_NO_FAIR else (built.fair.pk,)
        found[name] = reverse(f"fairdesk:{name}", args=(*own, *built.arguments.get(name, ())))
    found["_"] = built
    return found


def test_every_address_of_the_desk_stands_in_the_table():
    assert {pattern.name for pattern in urls.urlpatterns} == set(PAGES)


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_answers_a_curator(client, addresses, language):
    built = addresses.pop("_")
    built.actor.wagtail_userprofile, _new = _profile(built.actor, language)
    client.force_login(built.actor)
    answers = {name: client.get(address).status_code for name, address in addresses.items()}
    assert answers == PAGES


def _profile(user, language):
    from wagtail.users.models import UserProfile

    return UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_is_let_in(client, addresses, role):
    addresses.pop("_")
    if role:
        client.force_login(person("orang@demo.test", role))
    for name, address in addresses.items():
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 302, name
            assert response.url.split("?")[0] == OTHERS[role], name


def test_nothing_of_a_fair_is_changed_by_whoever_may_only_look(client, addresses):
    from django.contrib.auth.models import Permission

    built = addresses.pop("_")
    guest = person("tamu@demo.test")
    wanted = ("access_admin", "view_fair", "view_sale", "view_enquiry", "view_statement")
    guest.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(guest)
    before = (Cashier.objects.count(), FairCost.objects.count(), built.fair.consignments.count())
    opened = {name for name, address in addresses.items() if client.get(address).status_code == 200}
    assert opened == {
        *(
            "index",
            "overview",
            "makers",
            "cashiers",
            "costs",
            "lists",
            "list",
            "list_sheet",
            "papers",
            "labels",
            "cards",
        ),
        *("devices", "refused", "sales", "sale", "stall", "discrepancies", "drawers", "count", "returns"),
        *("settlement", "statement", "statement_pdf", "report", "report_xlsx", "enquiries", "enquiries_csv"),
    }
    for address in addresses.values():
        assert client.post(address).status_code in (302, 405)
    assert (Cashier.objects.count(), FairCost.objects.count(), built.fair.consignments.count()) == before


def test_a_page_of_another_fair_is_not_found(client, addresses):
    from shop.exhibitions.tests.factories import FairFactory

    built = addresses.pop("_")
    other = FairFactory()
    client.force_login(built.actor)
    shared = ("move", "stall_move", "adopt")
    for name, arguments in built.arguments.items():
        if name not in shared:
            address = reverse(f"fairdesk:{name}", args=(other.pk, *arguments))
            assert client.get(address).status_code == 404, name
