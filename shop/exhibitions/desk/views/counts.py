"""The closing count: what lies at the stall, figure by figure, until it is booked."""

from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from oscar.core.loading import get_model

from shop.exhibitions import queries
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import CountLine, Fair
from shop.exhibitions.services import counting
from shop.stock import travel

from ..base import ActionView, FairView
from ..parts import Column, Row, Table, figure

FIGURES = ("counted", "damaged", "gifted", "lost")
TYPED = (*FIGURES, "note")
#: Pieces on a page. Each has six fields, and Django takes a thousand from one form.
PER_PAGE = 100


class Piece:
    """One piece to count, with what was typed, kept or is expected of it."""

    def __init__(self, record: Any, expected: int, line: CountLine | None, variance: Any):
        self.record = record
        self.expected = expected
        self.line = line
        self.variance = variance
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
        return {"name": f"note_{self.record.pk}", "value": self._value("note")}

    @property
    def shown(self) -> dict[str, str]:
        """What the page shows before anybody types. Figures that something moved under are to be typed anew."""
        line = self.line
        if line is None:
            return dict.fromkeys(TYPED, "")
        figures = {name: str(getattr(line, name) or "") for name in FIGURES} | {"counted": str(line.counted)}
        if self.is_stale:
            figures = dict.fromkeys(FIGURES, "")
        return {**figures, "note": line.note}

    @property
    def token(self) -> str:
        """Goes along with the form: how the piece stood, and what its inputs held."""
        return f"{self.state}|{_digest(self.shown)}"

    @property
    def state(self) -> str:
        return f"{self.expected}@{self.line.counted_at.isoformat() if self.line else ''}"

    @property
    def seen(self) -> counting.Seen:
        return counting.Seen(self.expected, self.line.counted_at if self.line else None)

    @property
    def is_stale(self) -> bool:
        return self.variance is not None and self.variance.is_stale

    @property
    def is_gone(self) -> bool:
        """It was at the fair, and by the books none is left. If one lies there all the same, it can be counted."""
        return not self.expected and self.line is None

    @property
    def told(self) -> str:
        """What keeps it from being booked, in the words of the block itself."""
        if self.variance is None:
            return ""
        if not self.is_stale or self.line is None:
            return self.variance.words
        before = _("%(n)s were counted before.") % {"n": self.line.counted}
        return f"{self.variance.words} {before}"

    def _value(self, name: str) -> str:
        return self.typed.get(name, self.shown[name])


class Count(FairView):
    """The count, maker by maker. Half of it can be saved and the rest another time, until it is booked."""

    page = "count"
    title = gettext_lazy("Closing count")
    template_name = "exhibitions/desk/count.html"

    @cached_property
    def pieces(self) -> list[Piece]:
        """All that was ever at this fair; of each maker what should still lie there first."""
        journeys = travel.journeys(self.fair.reference)
        lines = {line.stockrecord_id: line for line in self.fair.count_lines.all()}
        variances = {one.stockrecord.pk: one for one in queries.open_variances(self.fair)}
        were_here = {pk for pk, journey in journeys.items() if any(journey[2:8])}
        records = (
            get_model("partner", "StockRecord")
            .objects.filter(pk__in={*were_here, *lines})
            .select_related("product__parent", "partner__maker")
            .order_by("partner__maker__name", "partner__maker__pk", "pk")
        )
        found = [
            Piece(
                record,
                journeys[record.pk].stall if record.pk in journeys else 0,
                lines.get(record.pk),
                variances.get(record.pk),
            )
            for record in records
        ]
        order = {pk: number for number, pk in enumerate(dict.fromkeys(piece.record.partner_id for piece in found))}
        return sorted(found, key=lambda piece: (order[piece.record.partner_id], piece.is_gone))

    @cached_property
    def unbooked(self) -> list[Piece]:
        return [piece for piece in self.pieces if not (piece.line and piece.line.booked_at)]

    @cached_property
    def open_ones(self) -> Any:
        """One page of what is not booked yet."""
        return Paginator(self.unbooked, PER_PAGE).get_page(self.request.GET.get("p"))

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.ask()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save what was changed on the page. What others counted meanwhile is not touched, and not overwritten."""
        if not self.may_change():
            raise PermissionDenied
        counted = [(piece, self.read(piece)) for piece in self.pieces]
        if any(piece.error for piece in self.pieces):
            messages.error(request, _("Some pieces need another look. Nothing was saved yet."))
            return self.ask()
        try:
            with transaction.atomic():
                for piece, told in counted:
                    if told is not None:
                        counting.count(self.fair, piece.record, actor=request.user, seen=piece.seen, **told)
        except FairError as error:
            messages.error(request, str(error))
            return self.ask()
        done = sum(told is not None for _piece, told in counted)
        if done:
            words = ngettext("%(n)d piece is counted.", "%(n)d pieces are counted.", done) % {"n": done}
            messages.success(request, words)
        else:
            messages.info(request, _("Nothing was changed."))
        number = self.open_ones.number + (request.POST.get("then") == "next")
        return HttpResponseRedirect(f"{self.to('count')}?p={number}")

    def read(self, piece: Piece) -> dict[str, Any] | None:
        """What was changed for a piece; None when nothing was. What cannot be kept is said beside it."""
        post, pk = self.request.POST, piece.record.pk
        state, _bar, digest = post.get(f"shown_{pk}", "").rpartition("|")
        typed = {name: post.get(f"{name}_{pk}", "").strip() for name in TYPED}
        if not state or _digest(typed) == digest:
            return None
        piece.typed = typed
        if state != piece.state:
            piece.error = _(
                "Something changed here since this page was shown. What you typed is kept: look at it and save again."
            )
        elif any(typed[name] and not (typed[name].isascii() and typed[name].isdigit()) for name in FIGURES):
            piece.error = _("Whole numbers only.")
        elif not typed["counted"]:
            piece.error = _("Say how many were counted, 0 for none.")
        if piece.error:
            return None
        return {**{name: min(int(typed[name] or 0), 10**6) for name in FIGURES}, "note": typed["note"]}

    def ask(self) -> HttpResponse:
        booked = [piece for piece in self.pieces if piece.line and piece.line.booked_at]
        to_book = any(piece.expected or piece.line for piece in self.unbooked)
        is_counting = self.fair.status == Fair.Status.COUNTING
        left = self.left()
        return self.show(
            self.context(
                makers=self.by_maker(self.open_ones.object_list) if is_counting else [],
                pieces_page=self.open_ones,
                booked=self.table(booked),
                can_book=self.may_change() and to_book and not queries.open_variances(self.fair),
                book=self.to("count_book"),
                is_counting=is_counting,
                left=[(item, self.to(item.url_name)) for item in left if item.url_name != self.page],
                here=[item for item in left if item.url_name == self.page],
            )
        )

    @staticmethod
    def by_maker(pieces: Any) -> list[dict[str, Any]]:
        groups: dict[Any, dict[str, Any]] = {}
        for piece in pieces:
            maker = piece.record.partner.maker
            group = groups.setdefault(maker, {"maker": maker, "pieces": [], "gone": [], "is_open": False})
            group["gone" if piece.is_gone else "pieces"].append(piece)
            group["is_open"] |= piece.is_gone and bool(piece.typed)
        return list(groups.values())

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


def _digest(values: dict[str, str]) -> str:
    return sha256("\x1f".join(values[name] for name in TYPED).encode()).hexdigest()[:16]
