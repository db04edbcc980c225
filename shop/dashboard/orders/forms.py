"""What staff type into orders and payments. The rules are the services'; here is only what a field may look like."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from oscar.core.loading import get_model

from shop.order import statuses
from shop.rupiah import RupiahField

OrderNote = get_model("order", "OrderNote")
ShippingAddress = get_model("order", "ShippingAddress")


class OrderFilterForm(forms.Form):
    class Waiting:
        PACK, SEND = "pack", "send"

    q = forms.CharField(label=_("Number, e-mail or maker"), required=False, max_length=100)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *statuses.LABELS.items()])
    waiting = forms.ChoiceField(
        label=_("Waiting"),
        required=False,
        choices=[("", _("All")), (Waiting.PACK, _("to be packed")), (Waiting.SEND, _("to be sent"))],
    )

    def clean_q(self) -> str:
        return self.cleaned_data["q"].strip()


class AttemptFilterForm(forms.Form):
    q = forms.CharField(label=_("Number, e-mail or amount"), required=False, max_length=100)
    ended = forms.BooleanField(label=_("Also those whose time is over"), required=False)

    def clean_q(self) -> str:
        return self.cleaned_data["q"].strip()


class ShipForm(forms.Form):
    courier = forms.CharField(
        label=_("Courier"),
        max_length=128,
        widget=forms.TextInput(attrs={"list": "couriers", "autocomplete": "off"}),
        error_messages={"required": _("Write who carries the parcel.")},
    )
    tracking_number = forms.CharField(
        label=_("Tracking number"),
        max_length=64,
        help_text=_("As printed on the courier's receipt. The shopper gets it by e-mail."),
        validators=[
            RegexValidator(
                r"^[A-Za-z0-9][A-Za-z0-9 ./-]*$", _("Letters, digits, spaces, dots, strokes and hyphens only.")
            )
        ],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the tracking number.")},
    )


class ReasonForm(forms.Form):
    """Why something is called off. The reason is kept in the order's history and told to the shopper."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The shopper reads this."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why.")},
    )


class ConfirmedReasonForm(ReasonForm):
    sure = forms.BooleanField(
        label=_("Yes, I am sure: this cannot be undone"),
        error_messages={"required": _("Please tick the box: this cannot be undone.")},
    )


class InternalReasonForm(forms.Form):
    """Why a payment is ended by hand; nobody outside reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=150,
        help_text=_("Kept with the payment; the shopper does not see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why.")},
    )


class ConfirmTransferForm(forms.Form):
    received = RupiahField(
        label=_("Amount received (Rp)"),
        min_value=1,
        max_digits=12,
        decimal_places=0,
        help_text=_("To the last rupiah, as the bank shows it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the amount that arrived."), "invalid": _("Write an amount in digits.")},
    )
    reference = forms.CharField(
        label=_("Bank's reference"),
        max_length=128,
        help_text=_("From the account statement, so that the transfer can be found again."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the bank's reference.")},
    )


class RefundDoneForm(forms.Form):
    reference = forms.CharField(
        label=_("Bank's reference"),
        max_length=255,
        help_text=_("Of the transfer you sent to the shopper."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the bank's reference.")},
    )


class NoteForm(forms.ModelForm):
    class Meta:
        model = OrderNote
        fields = ("message",)
        labels = {"message": _("Note for the staff")}
        widgets = {"message": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"message": {"required": _("Write the note.")}}


class AddressForm(forms.ModelForm):
    """Corrects how a parcel is addressed, not which village it goes to: that would ask another price."""

    class Meta:
        model = ShippingAddress
        fields = ("first_name", "last_name", "phone_number", "line1", "postcode", "notes")
        labels = {
            "first_name": _("First name"),
            "last_name": _("Last name"),
            "phone_number": _("Phone"),
            "line1": _("Street, house number"),
            "postcode": _("Postcode"),
            "notes": _("Words for the courier"),
        }
        widgets = {"notes": forms.Textarea(attrs={"rows": 2})}
