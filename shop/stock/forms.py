from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from .services import COUNTERPARTS


class AdjustStockForm(forms.Form):
    """A count of the units in hand, and why it may differ from the books.

    ``seen`` and ``key`` come back as they were shown: the first tells a count against old books, the second a double
    click.
    """

    counted = forms.IntegerField(
        label=_("Counted"),
        min_value=0,
        help_text=_("All pieces in hand, those for orders that are not sent yet included."),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        # Nothing is chosen beforehand: the first is too easily left as it is, and the ledger keeps it for ever.
        choices=[("", _("Choose …")), *((reason.value, reason.label) for reason in COUNTERPARTS)],
    )
    note = forms.CharField(label=_("Note"), max_length=255, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
