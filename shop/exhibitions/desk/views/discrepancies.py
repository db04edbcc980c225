"""What does not agree, and its answers."""

from typing import Any

from django.db.models import F
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.models import Discrepancy
from shop.exhibitions.services import counting
from shop.exhibitions.variances import stall_stands

from ..base import ActionView, SectionsView
from ..forms import DiscrepancyFilter, ReasonForm, ResolveForm
from ..parts import Column, Link, Row, Section, Table, figure, paged, tag
from .till import moment


class Discrepancies(SectionsView):
    page = "discrepancies"
    title = gettext_lazy("Discrepancies")

    def filters(self) -> Any:
        return DiscrepancyFilter(self.request.GET)

    def sections(self) -> list[Section]:
        rows = self.fair.discrepancies.select_related("stockrecord__product__parent", "sale", "resolved_by")
        form = self.filters()
        asked = form.cleaned_data if form.is_valid() else {"state": "", "kind": ""}
        if asked["state"] != "all":
            rows = rows.filter(resolved_at__isnull=asked["state"] == "")
        if asked["kind"]:
            rows = rows.filter(kind=asked["kind"])
        page = paged(rows.order_by(F("resolved_at").asc(nulls_first=True), "pk"), self.request.GET.get("p"))
        columns = [
            Column(_("Kind")),
            Column(_("About")),
            figure(_("Difference")),
            Column(_("Since")),
            Column(_("State")),
            Column(_("Note")),
        ]
        told = [
            Row(
                [
                    one.get_kind_display(),
                    about(one),
                    difference(one),
                    moment(one.created_at),
                    tag(one.get_resolution_display(), "good") if one.resolution else tag(_("unresolved"), "warn"),
                    one.note,
                ],
                self.links_of(one),
            )
            for one in page
        ]
        text = _("Books and pieces disagree here. Each is resolved with words and stays readable.")
        return [Section(text=text, table=Table(columns, told, _("Everything agrees."), page))]

    def links_of(self, one: Discrepancy) -> list[Link]:
        links = []
        if not one.resolution or (one.missing_units and one.resolution not in Discrepancy.MOVED):
            links.append(Link(_("Resolve"), self.to("discrepancy_resolve", one.pk)))
        if one.resolution:
            links.append(Link(_("Open again"), self.to("discrepancy_open", one.pk)))
        return self.change_links(*links)


def about(one: Discrepancy) -> str:
    piece = one.stockrecord.product.get_title() if one.stockrecord else ""
    return " · ".join(filter(None, (piece, one.sale.number if one.sale else "", one.detail)))


def difference(one: Discrepancy) -> str:
    """With its unit: pieces, rupiah or seconds."""
    if one.kind == Discrepancy.Kind.CASH:
        return rupiah(one.quantity)
    if one.kind == Discrepancy.Kind.CLOCK:
        return _("%(n)s s") % {"n": one.quantity}
    return str(one.quantity)


class OfDiscrepancy:
    """What pages of one discrepancy share."""

    fair: Any
    kwargs: dict[str, Any]

    @cached_property
    def one(self) -> Discrepancy:
        found = Discrepancy.objects.select_related("stockrecord__product__parent", "sale")
        return get_object_or_404(found, fair=self.fair, pk=self.kwargs["pk"])

    def told(self) -> str:
        return f"{about(self.one)}\n{_('Difference')}: {difference(self.one)}"


class Resolve(OfDiscrepancy, ActionView):
    page = back_page = "discrepancies"
    submit = gettext_lazy("Resolve")

    def heading(self) -> Any:
        return self.one.get_kind_display()

    def form(self, data: Any = None, files: Any = None) -> Any:
        return ResolveForm(data, missing=self.one.missing_units)

    def words(self) -> Any:
        if not self.one.missing_units:
            return self.told()
        if stall_stands(self.fair):
            return f"{self.told()}\n{_('What is found again is at the stall and can be sold.')}"
        return f"{self.told()}\n{_('What is found again waits to go home.')}"

    def perform(self, form: Any) -> Any:
        counting.resolve(self.one, actor=self.request.user, **form.cleaned_data)
        return _("Resolved.")


class OpenAgain(OfDiscrepancy, ActionView):
    """Takes a wrong answer back."""

    page = back_page = "discrepancies"
    title = gettext_lazy("Open again")
    submit = gettext_lazy("Open again")
    form_class = ReasonForm

    def words(self) -> Any:
        answer = f"{self.one.get_resolution_display()}: {self.one.note}" if self.one.note else ""
        words = _("The answer is taken back; units that it found are missing again.")
        return "\n".join(filter(None, (self.told(), answer or self.one.get_resolution_display(), words)))

    def perform(self, form: Any) -> Any:
        counting.open_again(self.one, reason=form.cleaned_data["reason"], actor=self.request.user)
        return _("It is open again.")
