from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _


class ProfileForm(forms.ModelForm):
    """The name alone: e-mail and password are changed where they are also confirmed."""

    first_name = forms.CharField(
        label=_("Name"),
        max_length=150,
        required=False,
        help_text=_("As we address you in e-mails."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    class Meta:
        model = get_user_model()
        fields = ("first_name",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["first_name"] = self.instance.get_full_name()

    def save(self, commit=True):
        """One field holds the whole name; many here have but one."""
        self.instance.last_name = ""
        return super().save(commit)
