"""A postcode that came from a village goes with it; one that the shopper typed stays."""

import pytest

from shop.address import regions
from shop.address.forms import AddressForm

from .test_forms import HOME

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    """A village of the same district, and of another postcode than HOME's."""
    return next(r for r in regions.children(HOME["district"]) if r.postcode not in ("", HOME["postcode"]))


def meant(**changes):
    return AddressForm(initial=HOME | changes).meant_postcode()


def test_a_postcode_of_the_former_village_follows_the_new_one(other):
    assert meant(village=other.code, postcode_from=HOME["postcode"]) == other.postcode


def test_a_postcode_of_ones_own_stays(other):
    assert meant(village=other.code, postcode_from="11111") == HOME["postcode"]


def test_a_postcode_goes_with_its_village_when_another_district_is_chosen():
    assert meant(district="19.71.01", postcode_from=HOME["postcode"]) == ""


def test_a_new_village_fills_an_empty_postcode(other):
    assert meant(village=other.code, postcode="") == other.postcode


def test_abroad_nothing_is_filled_in():
    assert meant(country="NL", postcode="1015 DK", postcode_from="1015 DK") == "1015 DK"
