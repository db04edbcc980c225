"""One form for an address at home or abroad, used by the checkout and the address book."""

import re
from typing import cast

import phonenumbers
from django import forms
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from . import regions
from .countries import HOME, country_name, needs_city, needs_postcode, postcode_pattern

Country = get_model("address", "Country")

HOME_FIELDS = ("province", "regency", "district", "village")
ABROAD_FIELDS = ("line2", "city", "state")
NOT_THERE = _("This place does not lie in the one chosen above. Please choose again.")


class RegionSelect(forms.Select):
    """A select whose villages carry their postcode, so that the script can fill it in without another question."""

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        region = regions.find(str(value))
        if region and region.postcode:
            option["attrs"]["data-postcode"] = region.postcode
        return option


def _region_field(label, empty, level):
    return forms.ChoiceField(
        label=label,
        widget=RegionSelect(attrs={"autocomplete": f"address-level{level}", "data-region-level": level}),
        error_messages={"required": empty, "invalid_choice": NOT_THERE},
    )


class AddressForm(forms.Form):
    """Recipient, phone and place. The place is asked by official regions in Indonesia and by free lines elsewhere.

    Each region select offers what lies below the one chosen above it, so the form works step by step without a script
    and a kelurahan of another kecamatan is no valid choice. ``initial`` and ``data`` take the same names.
    """

    country = forms.ChoiceField(label=_("Country"), widget=forms.Select(attrs={"autocomplete": "country"}))
    full_name = forms.CharField(
        label=_("Recipient's name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Whose name goes on the parcel?")},
    )
    phone = forms.CharField(
        label=_("Phone or WhatsApp"),
        max_length=30,
        help_text=_("The courier calls this number when they cannot find the house."),
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
        error_messages={"required": _("Couriers need a number to call.")},
    )
    province = _region_field(_("Province"), _("Choose a province."), 1)
    regency = _region_field(_("Regency or city"), _("Choose a regency or city."), 2)
    district = _region_field(_("District (kecamatan)"), _("Choose a district."), 3)
    village = _region_field(_("Village (kelurahan or desa)"), _("Choose a village."), 4)
    line1 = forms.CharField(
        label=_("Street and house number"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
        error_messages={"required": _("Write the street and the house number.")},
    )
    line2 = forms.CharField(
        label=_("Flat, building, district"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    city = forms.CharField(
        label=_("City"),
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": _("Write the city.")},
    )
    state = forms.CharField(
        label=_("State or region"),
        max_length=255,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level1"}),
    )
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=16,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "data-postcode": ""}),
    )
    notes = forms.CharField(
        label=_("Note for the courier"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        codes = list(Country.objects.filter(is_shipping_country=True).values_list("pk", flat=True))
        self.fields["country"].choices = [(code, country_name(code)) for code in codes]
        chosen = self._given("country")
        self.country_code = chosen if chosen in codes else HOME
        self.initial["country"] = self.country_code
        #: The first region not yet chosen, which the step button of the page without a script leads to; or empty.
        self.next_level = ""
        if self.at_home:
            self._offer_regions()
            self.fields["postcode"].widget.attrs.update({"inputmode": "numeric", "maxlength": 5})
        else:
            self.fields["postcode"].required = needs_postcode(self.country_code)
            self.fields["postcode"].error_messages["required"] = _("Write the postcode.")
            self.fields["city"].required = needs_city(self.country_code)
        for name in ABROAD_FIELDS if self.at_home else HOME_FIELDS:
            del self.fields[name]

    @property
    def at_home(self) -> bool:
        return self.country_code == HOME

    def _given(self, name):
        if self.is_bound:
            return self.data.get(self.add_prefix(name), "")
        return self.initial.get(name, "")

    def _offer_regions(self):
        parent = ""
        for name, empty in zip(
            HOME_FIELDS,
            (_("Choose a province"), _("Choose a regency or city"), _("Choose a district"), _("Choose a village")),
            strict=True,
        ):
            known = regions.children(parent) if name == "province" or parent else ()
            field = cast(forms.ChoiceField, self.fields[name])
            field.choices = [("", empty), *((r.code, r.name) for r in known)]
            given = self._given(name)
            parent = given if any(r.code == given for r in known) else ""
            if not parent and not self.next_level:
                self.next_level = name

    @property
    def village_postcode(self) -> str:
        """The postcode of the village chosen so far; empty when none is, or abroad."""
        village = regions.find(self._given("village")) if self.at_home and not self.next_level else None
        return village.postcode if village else ""

    def meant_postcode(self) -> str:
        """The postcode typed by the shopper, else that of the village chosen now.

        ``postcode_from`` is what an earlier choice had filled in: nobody typed it, so it goes with that choice.
        """
        given = self._given("postcode")
        came_from_village = self.at_home and given in ("", self._given("postcode_from"))
        return self.village_postcode if came_from_village else given

    def clean_phone(self):
        """The number in E.164; read as a local one of the country when it has no country code of its own."""
        try:
            number = phonenumbers.parse(self.cleaned_data["phone"], self.country_code)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_valid_number(number):
            raise forms.ValidationError(
                _("This number is incomplete or has a typing error. An example: %(example)s")
                % {"example": _example_number(self.country_code)}
            )
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def clean_postcode(self):
        return " ".join(self.cleaned_data["postcode"].upper().split())

    def clean(self):
        cleaned = super().clean()
        postcode = cleaned.get("postcode")
        if self.at_home:
            self._ask_one_region_at_a_time()
            self._check_home_postcode(cleaned, postcode)
        elif postcode and not re.match(postcode_pattern(self.country_code), postcode.replace(" ", "")):
            self.add_error(
                "postcode",
                _("This is not a postcode of %(country)s.") % {"country": country_name(self.country_code)},
            )
        return cleaned

    def _ask_one_region_at_a_time(self):
        """Keep the error of the highest region only: those below cannot be chosen before it is."""
        wrong = [name for name in HOME_FIELDS if name in self.errors]
        for name in wrong[1:]:
            del self._errors[name]

    def _check_home_postcode(self, cleaned, postcode):
        village = regions.find(cleaned.get("village") or "")
        if village is None or not village.postcode:
            return
        if not postcode:
            cleaned["postcode"] = village.postcode
        elif postcode != village.postcode:
            self.add_error(
                "postcode",
                _("The postcode of %(village)s is %(postcode)s.")
                % {"village": village.name, "postcode": village.postcode},
            )

    def fill(self, address):
        """Write what was entered into an address of any of Oscar's kinds; the caller saves it."""
        data = self.cleaned_data
        address.first_name, address.last_name = data["full_name"], ""
        address.phone_number = data["phone"]
        address.country_id = self.country_code
        address.line1 = data["line1"]
        address.postcode = data["postcode"]
        address.notes = data["notes"]
        if self.at_home:
            address.region_code = data["village"]
            address.line2, address.line3, address.line4, address.state = (
                regions.find(data[name]).name for name in ("village", "district", "regency", "province")
            )
        else:
            address.region_code = ""
            address.line2, address.line3 = data["line2"], ""
            address.line4, address.state = data["city"], data["state"]
        return address


def _example_number(country: str) -> str:
    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL) if number else ""


def address_initial(address) -> dict[str, str]:
    """What the form shows for a saved address."""
    shown = {
        "country": address.country_id,
        "full_name": address.name,
        "phone": str(address.phone_number or ""),
        "line1": address.line1,
        "postcode": address.postcode,
        "notes": address.notes,
    }
    if address.country_id == HOME:
        return shown | regions.lineage(address.region_code)
    return shown | {"line2": address.line2, "city": address.line4, "state": address.state}
