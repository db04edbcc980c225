"""Requests are as strict as Stripe's: unknown, missing and wrong parameters are refused by name."""

import time

import pytest
import requests
import stripe

from ..params import parse_form
from ..resources.events import API_VERSION
from .factories import session_params


def line(**changes):
    price = {"currency": "idr", "unit_amount": 15_000_000, "product_data": {"name": "Kain cual"}}
    return [{"quantity": 1, "price_data": {k: v for k, v in (price | changes).items() if v is not None}}]


def refused(client, **changes):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.create(session_params(**changes))
    assert client.v1.checkout.sessions.list().data == []
    return caught.value


def test_a_session_is_open_unpaid_and_has_the_amount_in_minor_units(client):
    session = client.v1.checkout.sessions.create(session_params())
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert (session.amount_total, session.currency) == (15_000_000, "idr")
    assert session.expires_at == session.created + 24 * 60 * 60
    assert session.metadata["attempt"] == "7"
    assert client.v1.checkout.sessions.retrieve(session.id).url == session.url


def test_an_unknown_parameter_is_refused_by_name(client):
    error = refused(client, colour="maroon")
    assert (error.http_status, error.code, error.param) == (400, "parameter_unknown", "colour")
    assert error.json_body["error"]["type"] == "invalid_request_error"


def test_an_unknown_nested_parameter_is_refused_with_its_path(client):
    error = refused(client, line_items=line(colour="maroon"))
    assert (error.code, error.param) == ("parameter_unknown", "line_items[0][price_data][colour]")


def test_payment_method_types_is_refused_as_the_pinned_api_version_has_removed_it(client):
    error = refused(client, payment_method_types=["card"])
    assert (error.code, error.param) == ("parameter_unknown", "payment_method_types")


@pytest.mark.parametrize("name", ["mode", "success_url", "line_items"])
def test_a_missing_parameter_is_refused_by_name(client, name):
    error = refused(client, **{name: None})
    assert (error.http_status, error.code, error.param) == (400, "parameter_missing", name)


def test_a_missing_nested_parameter_is_refused_with_its_path(client):
    error = refused(client, line_items=line(currency=None))
    assert (error.code, error.param) == ("parameter_missing", "line_items[0][price_data][currency]")
    error = refused(client, line_items=line(product_data={"description": "kain"}))
    assert (error.code, error.param) == (
        "parameter_missing",
        "line_items[0][price_data][product_data][name]",
    )


def test_a_value_outside_an_enumeration_is_refused(client):
    error = refused(client, mode="barter")
    assert (error.http_status, error.param) == (400, "mode")
    assert error.user_message == "Invalid mode: must be one of payment, setup, subscription"


def test_a_number_that_is_none_is_refused(client):
    error = refused(client, line_items=line(unit_amount="many"))
    assert (error.code, error.param) == (
        "parameter_invalid_integer",
        "line_items[0][price_data][unit_amount]",
    )


def test_an_empty_value_is_refused(client):
    error = refused(client, customer_email="")
    assert (error.code, error.param) == ("parameter_invalid_empty", "customer_email")


def test_a_parameter_the_double_does_not_imitate_is_refused_and_not_ignored(client):
    error = refused(client, allow_promotion_codes=True)
    assert (error.code, error.param) == ("sandbox_unsupported", "allow_promotion_codes")


def test_an_amount_below_the_minimum_is_refused(client):
    error = refused(client, line_items=line(unit_amount=799_999))
    assert error.code == "amount_too_small"
    session = client.v1.checkout.sessions.create(session_params(line_items=line(unit_amount=800_000)))
    assert session.amount_total == 800_000


def test_an_amount_of_more_than_twelve_digits_of_rupiah_is_refused(client):
    assert refused(client, line_items=line(unit_amount=10**12)).code == "amount_too_large"


def test_a_session_lives_between_30_minutes_and_24_hours(client):
    now = int(time.time())
    assert refused(client, expires_at=now + 29 * 60).param == "expires_at"
    assert refused(client, expires_at=now + 24 * 60 * 60 + 60).param == "expires_at"
    session = client.v1.checkout.sessions.create(session_params(expires_at=now + 31 * 60))
    assert session.expires_at == now + 31 * 60


def test_an_address_without_scheme_is_refused(client):
    assert refused(client, success_url="/done/").code == "url_invalid"


def test_the_wrong_key_is_refused(sandbox):
    other = stripe.StripeClient("sk_test_of_another_account", base_addresses={"api": sandbox.url})
    with pytest.raises(stripe.AuthenticationError) as caught:
        other.v1.checkout.sessions.list()
    assert caught.value.http_status == 401
    assert "sk_test_of_another_account" not in caught.value.user_message


def test_another_api_version_is_refused(sandbox):
    client = sandbox.client(stripe_version="2020-08-27")
    with pytest.raises(stripe.InvalidRequestError, match=API_VERSION):
        client.v1.checkout.sessions.list()


def test_an_unknown_session_is_missing(client):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.retrieve("cs_test_none")
    assert (caught.value.http_status, caught.value.code) == (404, "resource_missing")


def test_an_unknown_address_is_404(sandbox):
    key = {"Authorization": f"Bearer {sandbox.options.secret_key}"}
    answer = requests.get(f"{sandbox.url}/v1/customers", headers=key, timeout=5)
    assert answer.status_code == 404
    assert answer.json()["error"]["message"].startswith("Unrecognized request URL")


def test_lines_are_read_back_in_order_and_can_be_expanded(client):
    params = session_params(line_items=line() + line(unit_amount=2_500_000, product_data={"name": "Tas"}))
    session = client.v1.checkout.sessions.create({**params, "expand": ["line_items"]})
    assert [item.description for item in session.line_items.data] == ["Kain cual", "Tas"]
    items = client.v1.checkout.sessions.line_items.list(session.id, {"limit": 1})
    assert (items.data[0].amount_total, items.has_more) == (15_000_000, True)


def test_only_what_the_types_call_expandable_can_be_expanded(client):
    with pytest.raises(stripe.InvalidRequestError, match="cannot be expanded"):
        client.v1.checkout.sessions.create(session_params(expand=["amount_total"]))


def test_lists_are_paged_newest_first(client):
    made = [client.v1.checkout.sessions.create(session_params()).id for _ in range(3)]
    first = client.v1.checkout.sessions.list({"limit": 2})
    assert [session.id for session in first.data] == [made[2], made[1]]
    assert first.has_more is True
    rest = client.v1.checkout.sessions.list({"limit": 2, "starting_after": made[1]})
    assert ([session.id for session in rest.data], rest.has_more) == ([made[0]], False)
    assert [session.id for session in first.auto_paging_iter()] == [made[2], made[1], made[0]]


def test_a_limit_above_100_is_refused(client):
    with pytest.raises(stripe.InvalidRequestError) as caught:
        client.v1.checkout.sessions.list({"limit": 101})
    assert (caught.value.code, caught.value.param) == ("parameter_invalid_integer", "limit")


def test_a_foreign_host_name_is_not_served(sandbox):
    answer = requests.get(f"{sandbox.url}/v1/events", headers={"Host": "shop.example"}, timeout=5)
    assert answer.status_code == 421


def test_brackets_nest():
    assert parse_form("a[0][b]=1&a[1][b]=2&c=&d[]=x&d[]=y") == {
        "a": {"0": {"b": "1"}, "1": {"b": "2"}},
        "c": "",
        "d": {"0": "x", "1": "y"},
    }
