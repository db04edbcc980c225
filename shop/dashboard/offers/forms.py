"""What ``get_class("dashboard.offers.forms", …)`` finds before Oscar's own."""

from django import forms
from oscar.apps.dashboard.offers import forms as oscar_forms


class MetaDataForm(oscar_forms.MetaDataForm):
    """Replaces Oscar's editor for the description, which writes HTML: it is a note to colleagues, in plain text."""

    class Meta(oscar_forms.MetaDataForm.Meta):
        widgets = {"description": forms.Textarea(attrs={"rows": 4, "class": "no-widget-init"})}
