"""The forms of the desk."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shop.artisans.models import Maker
from shop.crafts.models import Craft
from shop.exhibitions.models import (
    Consignment,
    ConsignmentLine,
    Discrepancy,
    Fair,
    FairCost,
    FairMaker,
    StallMove,
    Tender,
)
from shop.exhibitions.papers.labels import PER_SHEET
from shop.rupiah import RupiahField
from shop.settlement.models import Payout

from . import qris


def day(**attributes: Any) -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attributes})


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any):
        super().__init__(widget=day(), input_formats=["%Y-%m-%d"], **kwargs)


class FairForm(forms.ModelForm):
    """What is planned. Where the fair stands is not set here: it moves on step by step."""

    starts_on = DayField(label=_("First day"))
    ends_on = DayField(label=_("Last day"))
    slug = forms.SlugField(
        label=_("Slug"), max_length=80, required=False, help_text=_("Part of its address. Left empty, it is made here.")
    )
    target_revenue = RupiahField(label=_("Target: takings (Rp)"), min_value=0, required=False)

    class Meta:
        model = Fair
        fields = (
            "name",
            "slug",
            "city",
            "venue",
            "address",
            "stall",
            "map_url",
            "starts_on",
            "ends_on",
            "commission_percent",
            "shared_cost_percent",
            "target_revenue",
            "target_pieces",
            "qris_payload",
            "receipt_note",
        )
        widgets = {"qris_payload": forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})}
        help_texts = {
            "qris_payload": _(
                "What the merchant's printed QRIS says: scan it with any code reader and paste the text."
            ),
            "shared_cost_percent": _("Of the costs that are marked as shared."),
        }

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        return slug or self.instance.slug or ""

    def clean_target_revenue(self) -> Decimal:
        return self.cleaned_data["target_revenue"] or Decimal(0)

    def clean_qris_payload(self) -> str:
        payload = self.cleaned_data["qris_payload"].strip()
        if payload and (why := qris.reasons(payload)):
            raise forms.ValidationError(
                _("This QRIS would not be paid: %(why)s. Scan it once more."), params={"why": "; ".join(why)}
            )
        return payload

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned


class FairFilter(forms.Form):
    search = forms.CharField(label=_("Search"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), *Fair.Status.choices])
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    city = forms.ChoiceField(label=_("City"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        days = Fair.objects.dates("starts_on", "year", order="DESC")
        self.choose("year", [("", _("All")), *((day.year, str(day.year)) for day in days)])
        cities = Fair.objects.order_by("city").values_list("city", flat=True).distinct()
        self.choose("city", [("", _("All")), *((city, city) for city in cities)])

    def choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices


class MakerForm(forms.ModelForm):
    class Meta:
        model = FairMaker
        fields = ("commission_percent", "attends", "note")
        help_texts = {"commission_percent": _("Left empty, the fair's own counts.")}


class NewMakerForm(MakerForm):
    maker: Any = forms.ModelChoiceField(Maker.objects.none(), label=_("Maker"))
    field_order = ("maker",)

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["maker"]
        field.queryset = Maker.objects.exclude(fairs__fair=fair).order_by("name")


def _till_people() -> Any:
    may = Permission.objects.filter(codename="use_till", content_type__app_label="exhibitions")
    return (
        get_user_model()
        .objects.filter(Q(groups__permissions__in=may) | Q(user_permissions__in=may), is_active=True)
        .distinct()
        .order_by("email")
    )


class PinForm(forms.Form):
    pin = forms.RegexField(
        r"\A[0-9]{4,6}\Z",
        label=_("PIN"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Four to six digits. It names the cashier on each sale; do not use the PIN of a bank card."),
        error_messages={"invalid": _("A PIN has four to six digits.")},
    )


class SwitchForm(forms.Form):
    """The state that the page promised: two people who both switch somebody off do not switch them on again."""

    wanted = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], widget=forms.HiddenInput)


class CashierForm(PinForm):
    name = forms.CharField(label=_("Name"), max_length=60)
    user = forms.ModelChoiceField(
        get_user_model().objects.none(), label=_("Account"), required=False, help_text=_("If they have one here.")
    )
    field_order = ("name", "pin", "user")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = _till_people()


class CostForm(forms.ModelForm):
    amount = RupiahField(label=_("Amount (Rp)"), min_value=1)
    spent_on = DayField(label=_("Day"))

    class Meta:
        model = FairCost
        fields = ("kind", "amount", "spent_on", "is_shared", "note")


class ListForm(forms.Form):
    maker: Any = forms.ModelChoiceField(Maker.objects.order_by("name"), label=_("Maker"))
    note = forms.CharField(label=_("Note"), max_length=255, required=False)


class PackForm(forms.Form):
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999)
    price = RupiahField(label=_("Price at the fair (Rp)"), min_value=1)
    origin = forms.ChoiceField(label=_("Comes from"), choices=ConsignmentLine.Origin.choices, widget=forms.RadioSelect)


class PieceForm(forms.Form):
    title_ind = forms.CharField(label=_("Title (Indonesian)"), max_length=255)
    title_en = forms.CharField(label=_("Title (English)"), max_length=255, required=False)
    craft: Any = forms.ModelChoiceField(Craft.objects.all(), label=_("Craft"), required=False)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999)
    price = RupiahField(label=_("Price at the fair (Rp)"), min_value=1)


class HandOverForm(forms.Form):
    signed_by = forms.CharField(
        label=_("Handed over by"), max_length=120, help_text=_("The name of who signs the sheet for the maker.")
    )


class ReceiveForm(forms.Form):
    """A figure for each line. They start empty, so that nobody confirms a list without counting."""

    def __init__(self, *args: Any, lines: list[ConsignmentLine], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for line in lines:
            record = line.stockrecord
            self.fields[f"line_{line.pk}"] = forms.IntegerField(
                label=f"{record.product.get_title()} ({record.partner_sku}) · {line.get_origin_display()}",
                min_value=0,
                max_value=99999,
                help_text=gettext("On the list: %(quantity)s") % {"quantity": line.quantity},
            )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=255)


class NoteForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=255)


class SearchForm(forms.Form):
    search = forms.CharField(label=_("Search"), required=False)


class SaleFilter(forms.Form):
    search = forms.CharField(label=_("Receipt or piece"), required=False)
    day = forms.DateField(label=_("Day"), required=False, widget=day(), input_formats=["%Y-%m-%d"])
    tender = forms.ChoiceField(label=_("Paid by"), required=False, choices=[("", _("All")), *Tender.Kind.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("All")), ("late", _("Late")), ("reversed", _("Undone")), ("discount", _("With a discount"))],
    )


class DiscrepancyFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Unresolved")), ("resolved", _("Resolved")), ("all", _("All"))],
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *Discrepancy.Kind.choices])


class RefusedFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Not settled yet")), ("settled", _("Settled")), ("all", _("All"))],
    )


class ResolveForm(forms.Form):
    """Where nothing is missing there is nothing to be found: it is explained, with words."""

    resolution = forms.ChoiceField(label=_("Resolution"), choices=Discrepancy.Resolution.choices)
    note = forms.CharField(label=_("Note"), max_length=255, required=False)
    field_order = ("resolution", "quantity", "note")

    def __init__(self, *args: Any, missing: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if missing > 1:
            self.fields["quantity"] = forms.IntegerField(
                label=_("Of how many units"),
                min_value=1,
                max_value=missing,
                initial=missing,
                help_text=_("The rest stays open."),
            )
            self.order_fields(self.field_order)
        if not missing:
            explained = Discrepancy.Resolution.EXPLAINED
            field: Any = self.fields["resolution"]
            field.choices = [(explained.value, explained.label)]
            self.fields["note"].required = True


class StallMoveForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happened"), choices=StallMove.Kind.choices)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999, initial=1)
    reason = forms.CharField(label=_("Why"), max_length=255)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Export file of the till"), help_text=_("The till makes it: Settings, Save the file (.json).")
    )


class PayoutForm(forms.Form):
    amount = RupiahField(label=_("Amount (Rp)"), min_value=1)
    method = forms.ChoiceField(label=_("How"), choices=Payout.Method.choices)
    paid_on = DayField(label=_("Paid on"))
    proof = forms.CharField(
        label=_("Proof"), max_length=120, help_text=_("Number of the transfer or of the signed receipt")
    )


class BackForm(PayoutForm):
    """The same of money that came back."""

    paid_on = DayField(label=_("Came back on"))


class ListChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, one: Any) -> str:
        told = {"number": one.number, "maker": one.maker.name}
        return gettext("No. %(number)s, %(maker)s, %(status)s") % {**told, "status": one.get_status_display()}


class PaperForm(forms.Form):
    """Which pieces cards are printed for. A top-up is printed by its own list, not with all that came before."""

    maker: Any = forms.ModelChoiceField(
        Maker.objects.none(), label=_("Maker"), required=False, empty_label=_("All makers")
    )
    packing_list: Any = ListChoiceField(
        Consignment.objects.none(), label=_("Packing list"), required=False, empty_label=_("All packing lists")
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("id", "Bahasa Indonesia"), ("en", "English")])

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any):
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        lists = fair.consignments.exclude(status=Consignment.Status.CANCELLED)
        fields["maker"].queryset = Maker.objects.filter(consignments__in=lists).distinct().order_by("name")
        fields["packing_list"].queryset = lists.select_related("maker").order_by("-number")


class LabelForm(PaperForm):
    """As for cards, and where the first sheet is still free."""

    start = forms.IntegerField(
        label=_("First free label"),
        min_value=1,
        max_value=PER_SHEET,
        initial=1,
        help_text=_("Counted from the top left of a sheet of 24, row by row: a half-used sheet is filled up."),
    )
