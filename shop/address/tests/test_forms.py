import pytest
from django.utils.translation import override
from oscar.core.loading import get_model

from shop.address.forms import AddressForm, address_initial

pytestmark = pytest.mark.django_db

HOME = {
    "country": "ID",
    "full_name": "Ratna",
    "phone": "0812 3456 7890",
    "province": "19",
    "regency": "19.71",
    "district": "19.71.02",
    "village": "19.71.02.1001",
    "line1": "Jalan Merdeka 8",
    "postcode": "33121",
    "notes": "",
}
ABROAD = {
    "country": "NL",
    "full_name": "Anna de Vries",
    "phone": "+31 6 12345678",
    "line1": "Prinsengracht 1",
    "line2": "",
    "city": "Amsterdam",
    "state": "",
    "postcode": "1015 dk",
    "notes": "",
}


def errors_of(data, **changes):
    form = AddressForm({**data, **changes})
    form.is_valid()
    return form.errors


def test_an_address_at_home_is_written_by_its_regions():
    form = AddressForm(HOME)
    assert form.is_valid(), form.errors
    address = form.fill(get_model("order", "ShippingAddress")())
    assert (address.line2, address.line3, address.line4, address.state) == (
        "Opas Indah",
        "Taman Sari",
        "Kota Pangkal Pinang",
        "Kepulauan Bangka Belitung",
    )
    assert address.region_code == "19.71.02.1001"
    assert str(address.phone_number) == "+6281234567890"
    assert address.name == "Ratna"


def test_a_village_of_another_district_is_refused_at_its_field():
    assert list(errors_of(HOME, village="19.71.01.1001")) == ["village"]


def test_only_the_highest_wrong_region_is_marked():
    assert list(errors_of(HOME, regency="32.73")) == ["regency"]
    assert list(errors_of(HOME, province="", regency="", district="", village="")) == ["province"]


def test_a_postcode_of_another_village_is_refused_and_the_right_one_named():
    with override("id"):
        assert "33121" in errors_of(HOME, postcode="33127")["postcode"][0]


def test_a_postcode_left_out_is_filled_in_from_the_village():
    form = AddressForm({**HOME, "postcode": ""})
    assert form.is_valid()
    assert form.cleaned_data["postcode"] == "33121"


@pytest.mark.parametrize("phone", ["", "12", "abc", "0812 34", "+62 21"])
def test_a_number_nobody_can_call_is_refused(phone):
    assert list(errors_of(HOME, phone=phone)) == ["phone"]


def test_abroad_no_regions_are_asked_and_postcodes_follow_the_country():
    form = AddressForm(ABROAD)
    assert form.is_valid(), form.errors
    address = form.fill(get_model("order", "ShippingAddress")())
    assert (address.country_id, address.postcode, address.line4, address.region_code) == (
        "NL",
        "1015 DK",
        "Amsterdam",
        "",
    )
    assert list(errors_of(ABROAD, postcode="12")) == ["postcode"]
    assert set(errors_of(ABROAD, postcode="", city="")) == {"postcode", "city"}


def test_hong_kong_has_no_postcode_and_singapore_no_city():
    assert not errors_of(ABROAD, country="HK", phone="+852 5123 4567", postcode="")
    assert not errors_of(ABROAD, country="SG", phone="+65 8123 4567", postcode="238823", city="")


def test_a_country_nobody_sends_to_falls_back_to_indonesia_and_is_refused():
    form = AddressForm({**HOME, "country": "XX"})
    assert not form.is_valid()
    assert "country" in form.errors


def test_countries_are_named_in_the_readers_language():
    for language, germany in (("id", "Jerman"), ("en", "Germany")):
        with override(language):
            assert ("DE", germany) in AddressForm().fields["country"].choices


def test_indonesia_leads_the_list_of_countries():
    assert AddressForm().fields["country"].choices[0][0] == "ID"


def test_each_list_offers_what_lies_below_the_choice_above():
    form = AddressForm(initial={"province": "19"})
    assert len(form.fields["regency"].choices) == 8
    assert form.fields["district"].choices == [("", form.fields["district"].choices[0][1])]
    assert form.next_level == "regency"
    assert AddressForm(initial=HOME).next_level == ""
    assert AddressForm(initial=ABROAD).next_level == ""


def test_a_saved_address_is_shown_as_it_was_typed(django_user_model):
    for data in (HOME, ABROAD):
        form = AddressForm(data)
        assert form.is_valid()
        user = django_user_model.objects.create(email=f"{data['country']}@contoh.id")
        address = form.fill(get_model("address", "UserAddress")(user=user))
        address.save()
        again = AddressForm(address_initial(get_model("address", "UserAddress").objects.get(pk=address.pk)))
        assert again.is_valid(), again.errors
        assert again.cleaned_data == form.cleaned_data
