"""Closing: counting what is left, and bringing home what comes home."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from oscar.core.loading import get_model

from shop.exhibitions import queries
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import CountLine, Fair
from shop.exhibitions.services import counting
from shop.stock import travel

from ..base import ActionView, FairView, SectionsView
from ..parts import Column, Link, Row, Section, Table, figure

FIGURES = ("counted", "damaged", "gifted", "lost")


class Piece:
    """One piece to count, with what was typed, kept or is expected of it."""

    def __init__(self, record: Any, expected: int, line: CountLine | None):
        self.record = record
        self.expected = expected
        self.line = line
        self.error = ""
        self.typed: dict[str, str] = {}

    @property
    def inputs(self) -> list[dict[str, Any]]:
        labels = {"counted": _("Counted"), "damaged": _("Damaged"), "gifted": _("Gifted"), "lost": _("Lost")}
        return [
            {"name": f"{name}_{self.record.pk}", "label": labels[name], "value": self._value(name)} for name in FIGURES
        ]

    @property
    def note(self) -> dict[str, Any]:
        return {"name": f"note_{self.record.pk}", "value": self.typed.get("note", self.line.note if self.line else "")}

    def _value(self, name: str) -> Any:
        if name in self.typed:
            return self.typed[name]
        if self.line is None:
            return ""
        return getattr(self.line, name) or (0 if name == "counted" else "")

    @property
    def is_open(self) -> bool:
        """Not counted, or with units nobody has named, or moved since."""
        if self.line is None:
            return True
        named = self.line.counted + self.line.damaged + self.line.gifted + self.line.lost
        return self.line.expected != self.expected or named < self.expected


class Count(FairView):
    """The count, maker by maker. Half of it can be saved and the rest another time, until it is booked."""

    page = "count"
    title = gettext_lazy("Closing count")
    template_name = "exhibitions/desk/count.html"

    @cached_property
    def pieces(self) -> list[Piece]:
        there = travel.at_stalls(self.fair.reference)
        lines = {line.stockrecord_id: line for line in self.fair.count_lines.all()}
        records = (
            get_model("partner", "StockRecord")
            .objects.filter(pk__in={*there, *lines})
            .select_related("product__parent", "partner__maker")
            .order_by("partner__maker__name", "partner__maker__pk", "pk")
        )
        return [Piece(record, there.get(record.pk, 0), lines.get(record.pk)) for record in records]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not self.may_change():
            raise PermissionDenied
        counted = [(piece, self.read(piece)) for piece in self.pieces]
        if any(piece.error for piece in self.pieces):
            messages.error(request, _("Some figures are no whole numbers. Nothing was saved yet."))
            return self.ask()
        try:
            with transaction.atomic():
                for piece, told in counted:
                    if told is not None:
                        counting.count(self.fair, piece.record, actor=request.user, **told)
        except FairError as error:
            messages.error(request, str(error))
            return self.ask()
        done = sum(told is not None for _piece, told in counted)
        words = ngettext("%(n)d piece is counted.", "%(n)d pieces are counted.", done) % {"n": done}
        messages.success(request, words)
        return HttpResponseRedirect(self.to("count"))

    def read(self, piece: Piece) -> dict[str, Any] | None:
        """What was typed for a piece; None when it was left empty. What is no figure is kept and said beside it."""
        post, pk = self.request.POST, piece.record.pk
        typed = {name: post.get(f"{name}_{pk}", "").strip() for name in (*FIGURES, "note")}
        if not any(typed[name] for name in FIGURES):
            return None
        piece.typed = typed
        if any(typed[name] and not (typed[name].isascii() and typed[name].isdigit()) for name in FIGURES):
            piece.error = _("Whole numbers only.")
            return None
        if not typed["counted"]:
            piece.error = _("Say how many were counted, 0 for none.")
            return None
        return {**{name: min(int(typed[name] or 0), 10**6) for name in FIGURES}, "note": typed["note"]}

    def ask(self) -> HttpResponse:
        booked = [piece for piece in self.pieces if piece.line and piece.line.booked_at]
        open_ones = [piece for piece in self.pieces if not (piece.line and piece.line.booked_at)]
        left = self.left()
        return self.show(
            self.context(
                makers=self.by_maker(open_ones) if self.fair.status == Fair.Status.COUNTING else [],
                booked=self.table(booked),
                can_book=self.may_change() and bool(open_ones) and not queries.open_variances(self.fair),
                book=self.to("count_book"),
                is_counting=self.fair.status == Fair.Status.COUNTING,
                left=[(item, self.to(item.url_name)) for item in left if item.url_name != self.page],
                here=[item for item in left if item.url_name == self.page],
            )
        )

    @staticmethod
    def by_maker(pieces: list[Piece]) -> list[tuple[Any, list[Piece]]]:
        groups: dict[Any, list[Piece]] = {}
        for piece in pieces:
            groups.setdefault(piece.record.partner.maker, []).append(piece)
        return list(groups.items())

    @staticmethod
    def table(booked: list[Piece]) -> Table:
        columns = [Column(_("Piece")), Column(_("Maker")), figure(_("Expected")), figure(_("Counted"))]
        columns += [figure(_("Damaged")), figure(_("Gifted")), figure(_("Lost")), Column(_("Note"))]
        rows = [
            Row(
                [
                    piece.record.product.get_title(),
                    piece.record.partner.maker.name,
                    piece.line.expected,
                    piece.line.counted,
                    piece.line.damaged,
                    piece.line.gifted,
                    piece.line.lost,
                    piece.line.note,
                ]
            )
            for piece in booked
            if piece.line
        ]
        return Table(columns, rows)


class Book(ActionView):
    page = back_page = "count"
    title = gettext_lazy("Book the count")
    submit = gettext_lazy("Book the count")
    text = gettext_lazy("Everything leaves the stall as it was counted and named. This cannot be undone.")
    is_grave = True

    def perform(self, form: Any) -> Any:
        counting.book_count(self.fair, actor=self.request.user)
        return _("The count is booked. Bring home what comes home."), self.to("returns")


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
