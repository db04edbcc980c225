"""Bringing home what comes home."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from oscar.core.loading import get_model

from shop.exhibitions import queries
from shop.exhibitions.services import counting

from ..base import ActionView, SectionsView
from ..parts import Column, Link, Row, Section, Table, figure


class Returns(SectionsView):
    """The way of everything that was brought, and what waits to go home."""

    page = "returns"
    title = gettext_lazy("Coming home")

    def sections(self) -> list[Section]:
        makers = queries.journeys_by_maker(self.fair)
        waiting = [piece for maker in makers for piece in maker.pieces if piece.journey.waiting]
        rows = [
            Row(
                [
                    piece.stockrecord.product.get_title(),
                    piece.stockrecord.partner.maker.name,
                    piece.journey.waiting,
                ],
                self.change_links(Link(_("Keep for the shop"), self.to("adopt", piece.stockrecord.pk)))
                if piece.stockrecord.partner_sku.startswith(f"F{self.fair.pk}-")
                else [],
            )
            for piece in waiting
        ]
        columns = [Column(_("Piece")), Column(_("Maker")), figure(_("Waiting"))]
        links = self.change_links(Link(_("Put everything back"), self.to("shelve"), "primary")) if waiting else []
        text = _("Pieces of the shop go back on its shelf and can be bought online; brought ones go to their makers.")
        return [
            Section(
                heading=_("Waiting to go home"),
                text=text if waiting else "",
                links=links,
                table=Table(columns, rows, _("Nothing waits.")),
            ),
            Section(heading=_("What became of everything"), table=self.journeys(makers)),
        ]

    @staticmethod
    def journeys(makers: list[Any]) -> Table:
        names = ("brought", "transit", "stall", "sold", "returned", "damaged", "gifted", "unexplained")
        labels = [
            _("Brought"),
            _("On the way"),
            _("Stall"),
            _("Sold"),
            _("Returned"),
            _("Damaged"),
            _("Gifted"),
            _("Unexplained"),
        ]
        rows = [Row([one.maker.name, *(getattr(one.total, name) for name in names)]) for one in makers]
        if rows:
            sums = [sum(getattr(one.total, name) for one in makers) for name in names]
            rows.append(Row([_("Total"), *sums], is_sum=True))
        return Table([Column(_("Maker")), *map(figure, labels)], rows, _("Nothing was brought yet."))


class Shelve(ActionView):
    page = back_page = "returns"
    title = gettext_lazy("Put everything back")
    submit = gettext_lazy("Put everything back")
    text = gettext_lazy("All that waits goes home at once: the shop's pieces can be bought online again from now on.")

    def perform(self, form: Any) -> Any:
        went = counting.shelve(self.fair, actor=self.request.user)
        told = {"shelf": sum(parts[0] for parts in went.values()), "maker": sum(parts[1] for parts in went.values())}
        return _("%(shelf)s units are back on the shelf, %(maker)s went to their makers.") % told


class Adopt(ActionView):
    page = back_page = "returns"
    title = gettext_lazy("Keep for the shop")
    submit = gettext_lazy("Keep for the shop")

    @cached_property
    def record(self) -> Any:
        found = get_model("partner", "StockRecord").objects.select_related("product__parent")
        return get_object_or_404(found, pk=self.kwargs["record"])

    def words(self) -> Any:
        words = _(
            "What waits of “%(title)s” goes on the shop's shelf instead of back to its maker. Give it pictures and "
            "make it public in the catalogue to sell it online."
        )
        return words % {"title": self.record.product.get_title()}

    def perform(self, form: Any) -> Any:
        units = counting.adopt(self.fair, self.record, actor=self.request.user)
        return ngettext("%(n)d unit is on the shelf.", "%(n)d units are on the shelf.", units) % {"n": units}
