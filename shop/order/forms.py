from django import forms
from django.utils.translation import gettext_lazy as _


class TrackForm(forms.Form):
    """The two things that stand in the e-mail; both are needed, so that a number alone opens nothing."""

    number = forms.CharField(
        label=_("Order number"),
        max_length=32,
        help_text=_("It stands in the subject of our e-mail, such as KB261124-7HQ4X."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the order number.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("The one you ordered with."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": _("Write the e-mail address you ordered with."),
            "invalid": _("This e-mail address has a typing error. An example: nama@contoh.id"),
        },
    )

    def clean_number(self):
        return "".join(self.cleaned_data["number"].upper().split())
