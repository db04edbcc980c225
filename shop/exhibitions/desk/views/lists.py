"""Packing lists: what a maker hands over, with signature, and what of it arrives."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.models import Consignment, ConsignmentLine, Fair
from shop.exhibitions.papers import handover
from shop.exhibitions.services import packing

from ..base import ActionView, FairView, SectionsView
from ..finding import own_or_of_all, said_of_piece
from ..forms import HandOverForm, ListForm, ReasonForm, ReceiveForm, SearchForm
from ..parts import Column, Link, Row, Section, Table, figure, paged, tag
from .answers import download

Status = Consignment.Status
TONES = {Status.DRAFT: "warn", Status.HANDED_OVER: "warn", Status.RECEIVED: "good", Status.CANCELLED: "bad"}


class Lists(SectionsView):
    page = "lists"
    title = gettext_lazy("Packing lists")

    def sections(self) -> list[Section]:
        found = (
            self.fair.consignments.select_related("maker")
            .annotate(line_count=Count("lines"), units=Sum("lines__quantity"), arrived=Sum("lines__received"))
            .order_by("-number")
        )
        page = paged(found, self.request.GET.get("p"))
        columns = [
            figure(_("No.")),
            Column(_("Maker")),
            Column(_("Status")),
            figure(_("Pieces")),
            figure(_("Packed")),
            figure(_("Arrived")),
        ]
        rows = [
            Row(
                [
                    one.number,
                    one.maker.name,
                    tag(one.get_status_display(), TONES[Status(one.status)]),
                    one.line_count,
                    one.units or 0,
                    "–" if one.arrived is None else one.arrived,
                ],
                self.links_of(one),
            )
            for one in page
        ]
        add = Link(_("New packing list"), self.to("list_add"), "primary")
        table = Table(columns, rows, _("There is no packing list yet."), page)
        return [Section(links=self.change_links(add), table=table)]

    def links_of(self, one: Consignment) -> list[Link]:
        links = [Link(_("View"), self.to("list", one.pk))]
        if one.status == Status.HANDED_OVER:
            links += self.change_links(Link(_("Count the list"), self.to("list_receive", one.pk)))
        return links


class ListAdd(ActionView):
    page = back_page = "lists"
    title = gettext_lazy("New packing list")
    text = gettext_lazy(
        "Later lists of the same maker are top-ups. A maker who did not take part yet does from now on."
    )
    form_class = ListForm
    submit = gettext_lazy("Start the list")

    def initial(self) -> dict[str, Any]:
        return {"maker": self.request.GET.get("maker")}

    def perform(self, form: Any) -> Any:
        made = packing.start_list(self.fair, form.cleaned_data["maker"], note=form.cleaned_data["note"])
        return _("Choose the pieces."), self.to("list", made.pk)


class OfList:
    """What pages of one packing list share."""

    fair: Fair
    kwargs: dict[str, Any]
    title: Any
    to: Any

    @cached_property
    def packing_list(self) -> Consignment:
        found = Consignment.objects.select_related("maker", "fair", "handed_over_to", "received_by")
        return get_object_or_404(found, fair=self.fair, pk=self.kwargs["list"])

    def heading(self) -> Any:
        words = _("Packing list %(number)s of %(maker)s") % {
            "number": self.packing_list.number,
            "maker": self.packing_list.maker.name,
        }
        return f"{self.title}: {words}" if self.title else words

    def back(self) -> str:
        return self.to("list", self.packing_list.pk)


class ListPage(OfList, SectionsView):
    """One list; while it is a draft, with the maker's pieces to choose from."""

    page = "lists"

    def sections(self) -> list[Section]:
        told = [self.told(), self.lines()]
        if self.packing_list.status == Status.DRAFT and self.may_change():
            told.append(self.pieces())
        return told

    def told(self) -> Section:
        one = self.packing_list
        signed = timezone.localtime(one.handed_over_at) if one.handed_over_at else None
        facts = [
            (_("Status"), tag(one.get_status_display(), TONES[Status(one.status)])),
            (_("Signed by"), one.signed_by or "–"),
            (_("Handed over"), date_format(signed, "j M Y H:i") if signed else "–"),
            (_("Taken by"), one.handed_over_to.email if one.handed_over_to else "–"),
        ]
        if one.note:
            facts.append((_("Note"), one.note))
        links = [
            Link(_("Sheet in Indonesian (PDF)"), f"{self.to('list_sheet', one.pk)}?language=id", "secondary"),
            Link(_("Sheet in English (PDF)"), f"{self.to('list_sheet', one.pk)}?language=en", "secondary"),
        ]
        if one.status != Status.CANCELLED and one.lines.exists():
            papers = f"{self.to('papers')}?packing_list={one.pk}"
            links.append(Link(_("Labels and cards"), papers, "secondary"))
        if one.status == Status.DRAFT:
            links = [*self.change_links(Link(_("Hand over"), self.to("list_hand_over", one.pk), "primary")), *links]
        if one.status == Status.HANDED_OVER:
            links = [*self.change_links(Link(_("Count the list"), self.to("list_receive", one.pk), "primary")), *links]
        if one.status in (Status.DRAFT, Status.HANDED_OVER):
            links += self.change_links(Link(_("Cancel the list"), self.to("list_cancel", one.pk), "danger"))
        return Section(links=links, facts=facts)

    def lines(self) -> Section:
        lines = list(self.packing_list.lines.select_related("stockrecord__product__parent"))
        is_draft = self.packing_list.status == Status.DRAFT
        columns = [
            Column(_("Piece")),
            Column(_("Comes from")),
            figure(_("Price")),
            figure(_("Packed")),
            figure(_("Arrived")),
        ]
        rows = [
            Row(
                [
                    f"{line.stockrecord.product.get_title()} ({line.stockrecord.partner_sku})",
                    line.get_origin_display(),
                    rupiah(line.price),
                    line.quantity,
                    "–" if line.received is None else line.received,
                ],
                self.change_links(
                    Link(_("Change"), self.to("line_change", self.packing_list.pk, line.pk)),
                    Link(_("Take off"), self.to("line_remove", self.packing_list.pk, line.pk), "danger"),
                )
                if is_draft
                else [],
            )
            for line in lines
        ]
        if lines:
            worth = sum((line.quantity * line.price for line in lines), Decimal(0))
            units = sum(line.quantity for line in lines)
            arrived = sum(line.received or 0 for line in lines) if self.packing_list.status == Status.RECEIVED else "–"
            rows.append(Row([_("Total"), "", rupiah(worth), units, arrived], is_sum=True))
        return Section(heading=_("On the list"), table=Table(columns, rows, _("There is nothing on it yet.")))

    def pieces(self) -> Section:
        """What the maker has on the shop's shelf, and what they brought for this fair only."""
        free = F("num_in_stock") - F("num_allocated")
        found = (
            get_model("partner", "StockRecord")
            .objects.filter(partner=self.packing_list.maker.partner_id, product__made_to_order=False)
            .exclude(
                ~Q(partner_sku__startswith=f"F{self.fair.pk}-"),
                product__is_public=False,
                num_in_stock=0,
                partner_sku__regex=r"^F\d+-",
            )
            .select_related("product__parent")
            .annotate(free=free, title=own_or_of_all("title_ind"))
            .order_by("title", "pk")
        )
        words = self.request.GET.get("search", "").strip()
        if words:
            found = found.filter(said_of_piece(words))
        page = paged(found, self.request.GET.get("p"))
        columns = [Column(_("Piece")), figure(_("On the shelf")), figure(_("Price in the shop"))]
        rows = [
            Row(
                [f"{record.product.get_title()} ({record.partner_sku})", record.free, rupiah(record.price)],
                [Link(_("Pack"), self.to("list_pack", self.packing_list.pk, record.pk))],
            )
            for record in page
        ]
        brought = Link(_("A piece for the fair only"), self.to("list_piece", self.packing_list.pk), "secondary")
        table = Table(columns, rows, _("No piece of this maker fits."), page)
        return Section(heading=_("Choose pieces"), links=[brought], table=table, filters=SearchForm(self.request.GET))


class HandOver(OfList, ActionView):
    page = "lists"
    title = gettext_lazy("Hand over")
    submit = gettext_lazy("Handed over and signed")
    form_class = HandOverForm

    def initial(self) -> dict[str, Any]:
        return {"signed_by": self.packing_list.maker.person}

    def words(self) -> Any:
        units = self.packing_list.lines.aggregate(units=Sum("quantity"))["units"] or 0
        told = {"units": units, "maker": self.packing_list.maker.name}
        return (
            _(
                "%(units)s units of %(maker)s change hands and cannot be bought online any more. The list is fixed "
                "from then on; print the sheet and have both sides sign it."
            )
            % told
        )

    def perform(self, form: Any) -> Any:
        packing.hand_over(self.packing_list, signed_by=form.cleaned_data["signed_by"], actor=self.request.user)
        return _("The pieces are on their way. Print the sheet for both sides to sign.")


class ListCancel(OfList, ActionView):
    page = "lists"
    title = gettext_lazy("Cancel the list")
    submit = gettext_lazy("Cancel the list")
    text = gettext_lazy("Pieces from the shelf go back to it, brought ones to their maker. This cannot be undone.")
    is_grave = True
    form_class = ReasonForm

    def perform(self, form: Any) -> Any:
        packing.cancel(self.packing_list, actor=self.request.user, reason=form.cleaned_data["reason"])
        return _("The list is cancelled.")


class Receive(OfList, ActionView):
    """Counts what arrived, line by line. What differs becomes a discrepancy; the list itself is not changed."""

    page = "lists"
    title = gettext_lazy("Count at the stall")
    submit = gettext_lazy("Counted")

    @cached_property
    def lines(self) -> list[ConsignmentLine]:
        return list(self.packing_list.lines.select_related("stockrecord__product__parent"))

    def form(self, data: Any = None, files: Any = None) -> Any:
        return ReceiveForm(data, lines=self.lines)

    def words(self) -> Any:
        return _("Count what is really there, also where nothing came: then it is 0. Figures cannot be changed later.")

    def perform(self, form: Any) -> Any:
        counted = {line.pk: form.cleaned_data[f"line_{line.pk}"] for line in self.lines}
        packing.receive(self.packing_list, counted, actor=self.request.user)
        differing = sum(line.quantity != counted[line.pk] for line in self.lines)
        if differing:
            return _("Received. %(n)s lines differ from the list: resolve the discrepancies.") % {"n": differing}
        return _("Received, all as listed.")


class Sheet(OfList, FairView):
    """The hand-over sheet as a file, in the language asked for."""

    page = "lists"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("language")
        with translation.override(asked if asked in ("id", "en") else translation.get_language()):
            return download(handover.sheet(self.packing_list), f"{self.fair.reference}-{self.packing_list.number}.pdf")
