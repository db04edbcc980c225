from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from shop.catalogue.models import Product
from shop.catalogue.tests.factories import CategoryFactory, MadeToOrderFactory, ProductFactory
from shop.partner.models import StockRecord
from shop.pictures.tests.factories import PictureFactory
from shop.stock.models import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return ProductFactory(stock=5, pictures=[PictureFactory()]).stockrecords.get()


def sign_in(client, *permissions):
    user = get_user_model().objects.create_user(email="staf@example.test", password="x")
    user.is_staff = True
    user.save()
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user


@pytest.fixture
def staff(client):
    """Somebody in the dashboard who may count stock and read the ledger, and nothing else."""
    return sign_in(client, "adjust_stock", "view_move")


def figures(record):
    return StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=record.pk)


def count(client, record, **data):
    return client.post(
        reverse("dashboard:stock-adjust", kwargs={"pk": record.pk}),
        {"counted": 4, "reason": "damaged", "note": "", "seen": 5, "key": str(uuid4()), **data},
    )


def test_count_is_booked_under_the_name_of_who_counted(client, staff, record):
    response = count(client, record, note="Robek")
    assert response.url == reverse("dashboard:stock-ledger", kwargs={"pk": record.pk})
    assert figures(record) == (4, 0)
    move = Move.objects.latest("pk")
    assert (move.actor, move.quantity, move.target_id, move.note) == (staff, 1, "damaged", "Robek")


def test_double_click_books_one_move(client, staff, record):
    key = str(uuid4())
    for _click in range(2):
        count(client, record, key=key)
    assert figures(record) == (4, 0)
    assert Move.objects.filter(reason="damaged").count() == 1


def test_count_against_old_books_is_asked_for_again(client, staff, record):
    record.allocate(1)
    record.consume_allocation(1)
    response = count(client, record)
    assert response.url == reverse("dashboard:stock-adjust", kwargs={"pk": record.pk})
    assert figures(record) == (4, 0)
    assert not Move.objects.filter(reason="damaged").exists()


def test_count_below_what_is_promised_is_refused_on_the_form(client, staff, record):
    record.allocate(5)
    response = count(client, record)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["counted"]
    assert figures(record) == (5, 5)


def test_more_cannot_be_returned_than_was_sold(client, staff, record):
    response = count(client, record, counted=6, reason="returned")
    assert list(response.context["form"].errors) == ["reason"]
    assert figures(record) == (5, 0)


@pytest.mark.parametrize("missing", ["counted", "reason", "seen", "key"])
def test_count_needs_everything_but_a_note(client, staff, record, missing):
    response = count(client, record, **{missing: ""})
    assert list(response.context["form"].errors) == [missing]
    assert figures(record) == (5, 0)


def test_no_reason_is_chosen_beforehand(client, staff, record):
    form = client.get(reverse("dashboard:stock-adjust", kwargs={"pk": record.pk})).context["form"]
    assert form["reason"].value() is None
    assert form.fields["reason"].choices[0][0] == ""


def test_made_to_order_has_nothing_to_count(client, staff):
    record = MadeToOrderFactory().stockrecords.get()
    page = reverse("dashboard:stock-adjust", kwargs={"pk": record.pk})
    assert b'name="counted"' not in client.get(page).content
    count(client, record, seen=0)
    assert not Move.objects.exists()


def test_pages_show_the_books(client, staff, record):
    record.allocate(1)
    adjust = client.get(reverse("dashboard:stock-adjust", kwargs={"pk": record.pk}))
    assert adjust.context["form"].initial["seen"] == 5
    assert {place.code: units for place, units in adjust.context["places"]} == {
        "outside": -5,
        "ordered": 1,
        "shelf": 4,
    }
    ledger = client.get(reverse("dashboard:stock-ledger", kwargs={"pk": record.pk}))
    assert [move.reason for move in ledger.context["moves"]] == ["allocated", "received"]


def test_number_of_queries_of_the_ledger_does_not_grow(client, staff, record):
    page = reverse("dashboard:stock-ledger", kwargs={"pk": record.pk})
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    for _time in range(10):
        record.allocate(1)
        record.cancel_allocation(1)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)


@pytest.mark.parametrize("address", ["dashboard:stock-adjust", "dashboard:stock-ledger"])
def test_staff_without_the_permission_are_kept_out(client, record, address):
    sign_in(client)
    assert client.get(reverse(address, kwargs={"pk": record.pk})).status_code == 403


@pytest.mark.parametrize("address", ["dashboard:stock-adjust", "dashboard:stock-ledger"])
def test_strangers_are_sent_to_sign_in(client, record, address):
    response = client.get(reverse(address, kwargs={"pk": record.pk}))
    assert response.status_code == 302
    assert figures(record) == (5, 0)


@pytest.fixture
def superuser(client):
    user = get_user_model().objects.create_superuser(email="admin@example.test", password="x")
    client.force_login(user)
    return user


def as_shown(form):
    """What a browser would send back of a form that nobody touched."""
    values = {form.add_prefix(name): form[name].value() for name in form.fields}
    for name, field in form.fields.items():
        if field.show_hidden_initial:
            values[form.add_initial_prefix(name)] = form[name].value()
    return {name: value for name, value in values.items() if value is not None and value is not False}


def names(context):
    return sorted({name for layer in context for flat in layer for name in flat})


def post_product(client, product, **changes):
    """Send the dashboard's product form as it was shown, every formset included, with ``changes``."""
    address = reverse("dashboard:catalogue-product", kwargs={"pk": product.pk})
    shown = client.get(address).context
    data = {"action": "continue"} | as_shown(shown["form"])
    for name in [name for name in names(shown) if name.endswith("_formset")]:
        for form in [shown[name].management_form, *shown[name].forms]:
            data |= as_shown(form)
    data["productcategory_set-0-category"] = CategoryFactory().pk
    return client.post(address, data | changes)


def problems(response):
    if response.status_code == 302:
        return {}
    shown = {name: response.context[name] for name in names(response.context)}
    errors = {name: form.errors for name, form in shown.items() if name == "form" or name.endswith("_formset")}
    return {name: found for name, found in errors.items() if found and any(found)} or {"form": "not accepted"}


def test_dashboard_form_does_not_write_stock_even_for_a_superuser(client, superuser, record):
    record.allocate(1)
    response = post_product(
        client,
        record.product,
        **{
            "stockrecords-0-price": "175000",
            "stockrecords-0-num_in_stock": 999,
            "stockrecords-0-num_allocated": 0,
        },
    )
    assert problems(response) == {}
    assert StockRecord.objects.get(pk=record.pk).price == 175000
    assert figures(record) == (5, 1)


def test_dashboard_form_of_a_new_record_does_not_write_stock(client, superuser):
    product = ProductFactory(pictures=[PictureFactory()])
    record = product.stockrecords.get()
    changes = {
        "stockrecords-TOTAL_FORMS": 2,
        "stockrecords-1-partner": record.partner_id,
        "stockrecords-1-partner_sku": "KB-NEW",
        "stockrecords-1-price_currency": "IDR",
        "stockrecords-1-price": "1000",
        "stockrecords-1-num_in_stock": 50,
    }
    assert problems(post_product(client, product, **changes)) == {}
    assert figures(StockRecord.objects.get(partner_sku="KB-NEW")) == (0, 0)


def test_dashboard_page_shows_stock_without_a_field_for_it(client, superuser, record):
    page = client.get(reverse("dashboard:catalogue-product", kwargs={"pk": record.product_id}))
    assert b"num_in_stock" not in page.content
    assert reverse("dashboard:stock-adjust", kwargs={"pk": record.pk}).encode() in page.content


def test_stock_record_with_a_history_is_not_deleted_by_the_form(client, superuser, record):
    response = post_product(client, record.product, **{"stockrecords-0-DELETE": "on"})
    assert response.status_code == 200
    assert response.context["stockrecord_formset"].non_form_errors()
    assert figures(record) == (5, 0)


def test_product_with_a_stock_history_is_kept_and_the_reason_told(client, superuser, record):
    page = reverse("dashboard:catalogue-product-delete", kwargs={"pk": record.product_id})
    assert client.post(page).url == page
    assert Product.objects.filter(pk=record.product_id).exists()


def test_partner_with_a_stock_history_is_kept_and_the_reason_told(client, superuser, record):
    page = reverse("dashboard:partner-delete", kwargs={"pk": record.partner_id})
    assert client.post(page).url == page
    assert figures(record) == (5, 0)
