import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shop.payment.queries import find_attempt

from .factories import reserve

pytestmark = pytest.mark.django_db


def test_attempt_is_found_in_any_letter_case_by_the_index_of_its_number():
    attempt = reserve()
    with CaptureQueriesContext(connection) as asked:
        assert find_attempt(f" {attempt.order_number.lower()} ", " RAHMA@Demo.test ") == attempt
    [query] = asked
    assert f"\"order_number\" = '{attempt.order_number}'" in query["sql"]
    assert "UPPER" not in query["sql"]


def test_attempt_is_not_found_with_another_email_or_number():
    attempt = reserve()
    assert find_attempt(attempt.order_number, "lain@demo.test") is None
    assert find_attempt("KB000000-AAAAA", attempt.email) is None
    assert find_attempt("KB000000-AAAAA", "nobody@invalid") is None
