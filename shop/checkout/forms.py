from django import forms
from django.utils.translation import gettext_lazy as _


class ContactForm(forms.Form):
    """Where the confirmation goes. A guest needs no more than this to buy."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Your order confirmation and tracking number go here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write your e-mail address, so that the confirmation reaches you."),
            "invalid": _("This e-mail address has a typing error. An example: nama@contoh.id"),
        },
    )


class PayForm(forms.Form):
    """The last screen: a courier a parcel, a way to pay, and consent, from the quotes and gateways of now."""

    gateway = forms.ChoiceField(
        label=_("Payment method"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you want to pay."),
            "invalid_choice": _("This way to pay is not offered for this order. Please choose another."),
        },
    )
    terms = forms.BooleanField(
        label=_("Terms"),
        error_messages={"required": _("Please read the terms and tick this box.")},
    )

    def __init__(self, *args, parcels=(), gateways=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gateway"].choices = [(choice.code, choice.label) for choice in gateways]
        courier_fields = {}
        for parcel in parcels:
            courier_fields[courier_name(parcel)] = forms.ChoiceField(
                label=_("Courier for the parcel from %(maker)s") % {"maker": parcel.partner.name},
                choices=[(option.code, option.name) for option in parcel.options],
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Choose a courier for this parcel."),
                    "invalid_choice": _("This courier does not take the parcel there. Please choose another."),
                },
            )
        self.fields = {**courier_fields, **self.fields}


def courier_name(parcel) -> str:
    return f"courier_{parcel.partner.pk}"
