"""The running day: what was sold, what else left the stall, and what is in the drawers."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.models import Reversal, Sale, SaleLine, StallMove, Tender
from shop.exhibitions.services import packing
from shop.exhibitions.variances import stall_stands
from shop.stock import travel

from ..base import ActionView, SectionsView
from ..finding import said_of_piece
from ..forms import ReasonForm, SaleFilter, SearchForm, StallMoveForm
from ..parts import Column, Link, Row, Section, Table, figure, paged, tag
from .till import moment

#: So many of the moves from a stall are shown.
NEWEST = 50


def tenders_of(sale: Sale | Reversal) -> str:
    return ", ".join(dict.fromkeys(str(tender.get_kind_display()) for tender in sale.tenders.all()))


class Sales(SectionsView):
    page = "sales"
    title = gettext_lazy("Sales")
    permission = "exhibitions.view_sale"

    def filters(self) -> Any:
        return SaleFilter(self.request.GET)

    def found(self) -> Any:
        undone = Exists(Reversal.objects.filter(sale=OuterRef("pk")))
        rows = self.fair.sales.annotate(undone=undone).order_by("-sold_at", "pk")
        form = self.filters()
        if not form.is_valid():
            return rows
        asked = form.cleaned_data
        if asked["search"]:
            lines = SaleLine.objects.filter(sale=OuterRef("pk"), title__icontains=asked["search"])
            rows = rows.filter(Q(number__icontains=asked["search"]) | Exists(lines))
        if asked["day"]:
            rows = rows.filter(sold_at__date=asked["day"])
        if asked["tender"]:
            rows = rows.filter(Exists(Tender.objects.filter(sale=OuterRef("pk"), kind=asked["tender"])))
        narrowed = {"late": Q(is_late=True), "reversed": Q(undone=True), "discount": Q(discount__gt=0)}
        return rows.filter(narrowed[asked["state"]]) if asked["state"] else rows

    def sections(self) -> list[Section]:
        rows = self.found().select_related("device", "cashier").prefetch_related("tenders", "lines")
        page = paged(rows, self.request.GET.get("p"))
        columns = [
            Column(_("Receipt")),
            Column(_("When")),
            Column(_("Pieces")),
            Column(_("Cashier")),
            Column(_("Paid by")),
            Column(_("State")),
            figure(_("Total")),
        ]
        told = [
            Row(
                [
                    sale.number,
                    moment(sale.sold_at),
                    "; ".join(str(line) for line in sale.lines.all()),
                    sale.cashier.name,
                    tenders_of(sale),
                    self.state(sale),
                    rupiah(sale.total),
                ],
                [Link(_("View"), self.to("sale", sale.pk))],
            )
            for sale in page
        ]
        return [Section(table=Table(columns, told, _("Nothing was sold like this."), page))]

    @staticmethod
    def state(sale: Any) -> Any:
        if sale.undone:
            return tag(_("undone"), "bad")
        return tag(_("late"), "warn") if sale.is_late else ""


class SalePage(SectionsView):
    page = "sales"
    permission = "exhibitions.view_sale"

    @cached_property
    def sale(self) -> Sale:
        found = Sale.objects.select_related("device", "cashier", "event")
        return get_object_or_404(found, fair=self.fair, pk=self.kwargs["pk"])

    def heading(self) -> Any:
        return _("Sale %(number)s") % {"number": self.sale.number}

    def sections(self) -> list[Section]:
        sale = self.sale
        facts = [
            (_("Sold"), moment(sale.sold_at)),
            (_("Time on the device"), moment(sale.event.device_time)),
            (_("Received"), moment(sale.event.received_at)),
            (_("Device"), str(sale.device)),
            (_("Cashier"), sale.cashier.name),
            (_("Source"), sale.source or "–"),
            (_("Late"), _("yes") if sale.is_late else _("no")),
            (_("Reason of the discount"), sale.discount_reason or "–"),
            (_("Note"), sale.note or "–"),
        ]
        return [Section(facts=facts), self.lines(), self.tenders(), self.reversals()]

    def lines(self) -> Section:
        rows = [
            Row(
                [
                    f"{line.title} ({line.sku})",
                    line.maker.name,
                    line.quantity,
                    rupiah(line.unit_price),
                    rupiah(line.discount),
                    rupiah(line.total),
                ]
            )
            for line in self.sale.lines.select_related("maker")
        ]
        rows.append(Row([_("Total"), "", "", "", rupiah(self.sale.discount), rupiah(self.sale.total)], is_sum=True))
        columns = [Column(_("Piece")), Column(_("Maker")), figure(_("Quantity")), figure(_("Price"))]
        return Section(heading=_("Pieces"), table=Table([*columns, figure(_("Discount")), figure(_("Total"))], rows))

    def tenders(self) -> Section:
        rows = [
            Row([tender.get_kind_display(), tender.reference, rupiah(tender.received), rupiah(tender.amount)])
            for tender in self.sale.tenders.all()
        ]
        columns = [Column(_("Paid by")), Column(_("Reference")), figure(_("Received")), figure(_("Amount"))]
        return Section(heading=_("Payment"), table=Table(columns, rows))

    def reversals(self) -> Section:
        rows = [
            Row(
                [
                    moment(one.done_at),
                    one.get_kind_display(),
                    one.reason,
                    one.cashier.name,
                    tenders_of(one),
                    rupiah(one.amount),
                ]
            )
            for one in self.sale.reversals.select_related("cashier").prefetch_related("tenders")
        ]
        columns = [Column(_("When")), Column(_("Kind")), Column(_("Reason")), Column(_("Cashier"))]
        table = Table([*columns, Column(_("Paid back by")), figure(_("Amount"))], rows, _("Nothing was taken back."))
        return Section(heading=_("Voids and returns"), table=table)


class Stall(SectionsView):
    """What is at the stall, and what left it without being sold."""

    page = "stall"
    title = gettext_lazy("At the stall")

    def filters(self) -> Any:
        return SearchForm(self.request.GET)

    def sections(self) -> list[Section]:
        there = travel.at_stalls(self.fair.reference)
        records = (
            get_model("partner", "StockRecord")
            .objects.filter(pk__in=there)
            .select_related("product__parent", "partner__maker")
            .order_by("partner__maker__name", "pk")
        )
        words = self.request.GET.get("search", "").strip()
        if words:
            records = records.filter(said_of_piece(words) | Q(partner__maker__name__icontains=words))
        page = paged(records, self.request.GET.get("p"))
        rows = [
            Row(
                [f"{record.product.get_title()} ({record.partner_sku})", record.partner.maker.name, there[record.pk]],
                self.change_links(Link(_("Sent back, damaged, gifted"), self.to("stall_move", record.pk))),
            )
            for record in page
        ]
        columns = [Column(_("Piece")), Column(_("Maker")), figure(_("Units"))]
        moves = self.fair.stall_moves.select_related("stockrecord__product__parent", "actor", "undone_by")[:NEWEST]
        can_undo = stall_stands(self.fair)
        left = [
            Row(
                [
                    moment(move.created_at),
                    move.get_kind_display(),
                    move.stockrecord.product.get_title(),
                    move.quantity,
                    self.why(move),
                    move.actor.email,
                ],
                self.change_links(Link(_("Undo"), self.to("stall_undo", move.pk)))
                if can_undo and move.undone_at is None
                else [],
            )
            for move in moves
        ]
        left_columns = [Column(_("When")), Column(_("What happened")), Column(_("Piece")), figure(_("Quantity"))]
        return [
            Section(table=Table(columns, rows, _("Nothing is at the stall."), page)),
            Section(
                heading=_("Left without being sold"),
                text=_("The newest %(n)d are shown.") % {"n": NEWEST} if len(left) == NEWEST else "",
                table=Table([*left_columns, Column(_("Why")), Column(_("Who"))], left, _("Nothing has.")),
            ),
        ]

    @staticmethod
    def why(move: StallMove) -> str:
        if move.undone_at is None or move.undone_by is None:
            return move.reason
        told = {"reason": move.undone_reason, "who": move.undone_by.email}
        return f"{move.reason} · {_('undone: %(reason)s (%(who)s)') % told}"


class UndoLeave(ActionView):
    """Takes back what was written down by mistake. The row stays, with the reason."""

    page = back_page = "stall"
    title = gettext_lazy("Undo")
    submit = gettext_lazy("Undo")
    form_class = ReasonForm

    @cached_property
    def done(self) -> StallMove:
        found = self.fair.stall_moves.select_related("stockrecord__product__parent")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def words(self) -> Any:
        done = self.done
        what = f"{done.get_kind_display()}: {done.quantity} × {done.stockrecord.product.get_title()} ({done.reason})"
        return f"{what}\n{_('The units are at the stall again.')}"

    def perform(self, form: Any) -> Any:
        packing.undo_stall_move(self.done, reason=form.cleaned_data["reason"], actor=self.request.user)
        return _("Undone.")


class Leave(ActionView):
    page = back_page = "stall"
    title = gettext_lazy("Sent back, damaged, gifted")
    form_class = StallMoveForm
    VERBS = {
        StallMove.Kind.SENT_BACK: packing.send_back,
        StallMove.Kind.DAMAGED: packing.damage,
        StallMove.Kind.GIFTED: packing.gift,
    }

    @cached_property
    def record(self) -> Any:
        found = get_model("partner", "StockRecord").objects.select_related("product__parent")
        return get_object_or_404(found, pk=self.kwargs["record"])

    def words(self) -> Any:
        units = travel.at_stall(self.record.pk, self.fair.reference)
        return _("%(title)s: %(units)s at the stall.") % {"title": self.record.product.get_title(), "units": units}

    def perform(self, form: Any) -> Any:
        told = form.cleaned_data
        verb = self.VERBS[StallMove.Kind(told["kind"])]
        verb(
            self.fair,
            self.record,
            told["quantity"],
            reason=told["reason"],
            code=self.code,
            actor=self.request.user,
        )
        return _("Written down.")


class Drawers(SectionsView):
    page = "drawers"
    title = gettext_lazy("Drawers")
    permission = "exhibitions.view_sale"

    def sections(self) -> list[Section]:
        days = self.fair.cash_days.select_related("device", "opened_by", "closed_by")
        page = paged(days, self.request.GET.get("p"))
        columns = [
            Column(_("Device")),
            Column(_("Opened")),
            Column(_("Closed")),
            figure(_("In the drawer at first")),
            figure(_("Expected")),
            figure(_("Expected by the device")),
            figure(_("Counted")),
            Column(_("Note")),
        ]
        rows = [
            Row(
                [
                    str(day.device),
                    f"{moment(day.opened_at)} {day.opened_by.name}",
                    f"{moment(day.closed_at)} {day.closed_by.name}" if day.closed_by else "–",
                    rupiah(day.float_amount),
                    rupiah(day.expected),
                    rupiah(day.told),
                    rupiah(day.counted),
                    day.note,
                ]
            )
            for day in page
        ]
        return [Section(table=Table(columns, rows, _("No drawer was opened yet."), page))]
