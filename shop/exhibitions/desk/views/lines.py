"""The lines of a packing list that is still a draft."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from oscar.core.loading import get_model

from shop.exhibitions.models import ConsignmentLine
from shop.exhibitions.services import fairs, packing

from ..base import ActionView
from ..forms import PackForm, PieceForm
from .lists import OfList

Origin = ConsignmentLine.Origin


def packed(line: ConsignmentLine, before: int) -> str:
    """What became of it; ``before`` units stood on the list already, in words of their own lest they pass unseen."""
    told = {"quantity": line.quantity, "title": line.stockrecord.product.get_title(), "before": before}
    if before:
        return _("On the list: %(quantity)s × %(title)s. Before it was %(before)s; that line was changed.") % told
    return _("On the list: %(quantity)s × %(title)s.") % told


class Pack(OfList, ActionView):
    page = "lists"
    title = gettext_lazy("Pack")
    submit = gettext_lazy("Put on the list")
    form_class = PackForm

    @cached_property
    def record(self) -> Any:
        found = get_model("partner", "StockRecord").objects.select_related("product__parent", "product__product_class")
        return get_object_or_404(found, partner=self.packing_list.maker.partner_id, pk=self.kwargs["record"])

    @cached_property
    def lines(self) -> list[ConsignmentLine]:
        return list(self.packing_list.lines.filter(stockrecord=self.record))

    def initial(self) -> dict[str, Any]:
        if self.lines:
            first = self.lines[0]
            return {"quantity": first.quantity, "price": first.price, "origin": first.origin}
        free = self.record.num_in_stock - self.record.num_allocated
        origin = Origin.SHELF if free > 0 else Origin.BROUGHT
        return {"quantity": 1, "price": self.record.price, "origin": origin}

    def words(self) -> Any:
        free = self.record.num_in_stock - self.record.num_allocated
        words = _("%(title)s: %(free)s on the shelf.") % {"title": self.record.product.get_title(), "free": free}
        there = [f"{line.quantity} × {line.get_origin_display()}" for line in self.lines]
        if not there:
            return words
        return f"{words}\n{_('On the list already, and changed by this: %(lines)s.') % {'lines': ', '.join(there)}}"

    def perform(self, form: Any) -> Any:
        told = form.cleaned_data
        before = sum(line.quantity for line in self.lines if line.origin == told["origin"])
        return packed(packing.pack(self.packing_list, self.record, **told), before)


class OfLine(OfList):
    @cached_property
    def line(self) -> ConsignmentLine:
        return get_object_or_404(
            self.packing_list.lines.select_related("stockrecord__product__parent"), pk=self.kwargs["line"]
        )


class LineChange(OfLine, ActionView):
    page = "lists"
    title = gettext_lazy("Change")
    form_class = PackForm

    def initial(self) -> dict[str, Any]:
        return {"quantity": self.line.quantity, "price": self.line.price, "origin": self.line.origin}

    def words(self) -> Any:
        record = self.line.stockrecord
        told = {"title": record.product.get_title(), "free": record.num_in_stock - record.num_allocated}
        return _("%(title)s: %(free)s on the shelf.") % told

    def perform(self, form: Any) -> Any:
        line, joined = packing.change_line(self.line, **form.cleaned_data)
        told = {"quantity": line.quantity, "title": line.stockrecord.product.get_title(), "joined": joined}
        if joined:
            return _("%(joined)s of these stood on another line; both are one now: %(quantity)s × %(title)s.") % told
        return _("On the list: %(quantity)s × %(title)s.") % told


class Piece(OfList, ActionView):
    """Enters a piece that the shop does not have, and packs it."""

    page = "lists"
    title = gettext_lazy("A piece for the fair only")
    text = gettext_lazy(
        "It is sold at the stall and not shown in the shop. What is not sold goes back to its maker. One that was "
        "entered for this fair before is chosen from the list of pieces instead."
    )
    form_class = PieceForm

    def perform(self, form: Any) -> Any:
        told = dict(form.cleaned_data)
        quantity = told.pop("quantity")
        record = fairs.add_piece(self.fair, maker=self.packing_list.maker, actor=self.request.user, **told)
        there = self.packing_list.lines.filter(stockrecord=record, origin=Origin.BROUGHT)
        before = sum(there.values_list("quantity", flat=True))
        line = packing.pack(self.packing_list, record, quantity=quantity, price=told["price"], origin=Origin.BROUGHT)
        return packed(line, before)


class LineRemove(OfLine, ActionView):
    page = "lists"
    title = gettext_lazy("Take off")
    submit = gettext_lazy("Take off the list")
    is_grave = True

    def words(self) -> Any:
        return f"{self.line.quantity} × {self.line.stockrecord.product.get_title()}"

    def perform(self, form: Any) -> Any:
        packing.unpack(self.line)
        return _("Taken off the list.")
