"""The report, who wants to hear from us, and what is printed for the stall."""

import csv
from io import StringIO
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions import queries
from shop.exhibitions.models import Enquiry
from shop.exhibitions.papers import certificate, labels, report, sheets

from ..base import ActionView, FairView, SectionsView
from ..forms import LabelForm, PaperForm
from ..parts import Column, Link, Row, Section, Table, figure, paged, tag
from .answers import download
from .till import moment


class Bar(NamedTuple):
    """``width`` of 100. ``told`` is the figure in words."""

    label: str
    width: int
    told: str


class Chart(NamedTuple):
    heading: Any
    bars: list[Bar]


def of_takings(heading: Any, takings: Any, label: Any = lambda taking: taking.label) -> Chart:
    most = max((taking.amount for taking in takings), default=0)
    bars = [
        Bar(
            label(taking) or _("(none)"),
            int(max(taking.amount, 0) * 100 // most) if most > 0 else 0,
            rupiah(taking.amount),
        )
        for taking in takings
    ]
    return Chart(heading, bars)


def of_through(heading: Any, rows: Any) -> Chart:
    bars = [
        Bar(
            row.label or _("(none)"),
            max(0, min(row.percent, 100)),
            _("%(sold)s of %(brought)s, %(percent)s %%")
            % {"sold": row.journey.sold, "brought": row.journey.brought, "percent": row.percent},
        )
        for row in rows
    ]
    return Chart(heading, bars)


#: A report tells takings and what is due to makers, as the pages of sales and statements do.
FIGURES = ("exhibitions.view_sale", "settlement.view_statement")


class Report(SectionsView):
    page = "report"
    permission = FIGURES
    title = gettext_lazy("Report")
    template_name = "exhibitions/desk/report.html"

    def sections(self) -> list[Section]:
        told = self.told
        return [Section(facts=self.facts(told), links=[Link(_("Download (XLSX)"), self.to("report_xlsx"), "primary")])]

    @cached_property
    def told(self) -> Any:
        return queries.figures(self.fair)

    def context(self, **more: Any) -> dict[str, Any]:
        told = self.told
        charts = [
            of_takings(_("Takings by day"), told.by_day, lambda taking: date_format(taking.key, "j M Y")),
            of_takings(_("Takings by maker"), told.by_maker),
            of_takings(_("Takings by craft"), told.by_craft),
            of_takings(_("Takings by tender"), told.by_tender),
            of_takings(_("Takings by campaign"), told.by_source),
            of_through(_("Sell-through of makers"), told.through_by_maker),
            of_through(_("Sell-through of crafts"), told.through_by_craft),
        ]
        return super().context(charts=charts, profit=self.profit(told), **more)

    @staticmethod
    def facts(told: Any) -> list[tuple[Any, Any]]:
        def against(target: Any, reached: Any) -> Any:
            if target.percent is None:
                return reached
            return _("%(reached)s (%(percent)s %% of the target)") % {"reached": reached, "percent": target.percent}

        return [
            (_("Takings"), against(told.revenue, rupiah(told.takings))),
            (_("Pieces sold"), against(told.pieces_target, told.pieces)),
            (_("Sales"), told.sales),
            (_("Voids and returns"), told.reversals),
            (_("Enquiries"), sum(told.enquiries.values())),
            (_("Result"), rupiah(told.profit.result)),
        ]

    @staticmethod
    def profit(told: Any) -> Table:
        *parts, (result, left) = report.profit_rows(told)
        rows = [*(Row([item, rupiah(amount)]) for item, amount in parts), Row([result, rupiah(left)], is_sum=True)]
        return Table([Column(_("Item")), figure(_("Amount"))], rows)


class ReportXlsx(FairView):
    page = "report"
    permission = FIGURES

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        with_enquiries = request.user.has_perm("exhibitions.view_enquiry")
        return download(report.book(self.fair, enquiries=with_enquiries), f"{_('report')}-{self.fair.slug}.xlsx")


class Enquiries(SectionsView):
    page = "enquiries"
    title = gettext_lazy("Enquiries")
    permission = "exhibitions.view_enquiry"

    def sections(self) -> list[Section]:
        page = paged(
            self.fair.enquiries.order_by(F("answered_at").asc(nulls_first=True), "-consent_at"),
            self.request.GET.get("p"),
        )
        columns = [
            Column(_("Name")),
            Column(_("Kind")),
            Column(_("Reach them by")),
            Column(_("Message")),
            Column(_("Agreed")),
            Column(_("State")),
        ]
        rows = [
            Row(
                [
                    f"{one.name}, {one.country}" if one.country else one.name,
                    one.get_kind_display(),
                    " · ".join(filter(None, (one.phone, one.email))),
                    one.message,
                    moment(one.consent_at),
                    tag(_("answered"), "good") if one.answered_at else tag(_("waits"), "warn"),
                ],
                self.links_of(one),
            )
            for one in page
        ]
        text = _("They agreed to be answered, and to nothing else: no mailing list.")
        links = [Link(_("Download (CSV)"), self.to("enquiries_csv"), "secondary")]
        return [Section(text=text, links=links, table=Table(columns, rows, _("Nobody has asked yet."), page))]

    def links_of(self, one: Enquiry) -> list[Link]:
        if one.answered_at or not self.request.user.has_perm("exhibitions.change_enquiry"):
            return []
        return [Link(_("Mark as answered"), self.to("enquiry_answered", one.pk))]


class Answered(ActionView):
    page = back_page = "enquiries"
    permission = "exhibitions.change_enquiry"
    title = gettext_lazy("Mark as answered")
    submit = gettext_lazy("Answered")

    @cached_property
    def enquiry(self) -> Enquiry:
        return get_object_or_404(Enquiry, fair=self.fair, pk=self.kwargs["pk"])

    def words(self) -> Any:
        return f"{self.enquiry.name}: {self.enquiry.message}"

    def perform(self, form: Any) -> Any:
        Enquiry.objects.filter(pk=self.enquiry.pk, answered_at=None).update(answered_at=timezone.now())
        return _("%(name)s is answered.") % {"name": self.enquiry.name}


class EnquiriesCsv(FairView):
    page = "enquiries"
    permission = "exhibitions.view_enquiry"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        target = StringIO()
        writer = csv.writer(target)
        writer.writerow(
            [_("Agreed"), _("Kind"), _("Name"), _("Phone"), _("E-mail"), _("Country"), _("Message"), _("Answered")]
        )
        for row in report.enquiry_rows(self.fair):
            writer.writerow([sheets.safe(cell) for cell in row])
        # The mark at the front tells Excel that it is UTF-8.
        return download(f"\ufeff{target.getvalue()}".encode(), f"{_('enquiries')}-{self.fair.slug}.csv")


class Papers(SectionsView):
    """Labels and certificate cards: which, in what language, and where the first sheet is still free."""

    page = "papers"
    title = gettext_lazy("Labels and cards")
    template_name = "exhibitions/desk/papers.html"

    def sections(self) -> list[Section]:
        return []

    def context(self, **more: Any) -> dict[str, Any]:
        units = sum(label.copies for label in labels.of_fair(self.fair))
        told = ngettext("%(n)d unit is on the packing lists.", "%(n)d units are on the packing lists.", units)
        initial = {"language": translation.get_language(), "packing_list": self.request.GET.get("packing_list")}
        return super().context(
            told=told % {"n": units},
            papers=self.papers(initial) if units else [],
            **more,
        )

    def papers(self, initial: dict[str, Any]) -> list[dict[str, Any]]:
        """What can be printed: a heading, what comes out of the printer, a form, and where it goes."""
        return [
            {
                "heading": _("Labels"),
                "text": _("One for each packed unit. Sheets are A4 with 3 × 8 labels; print without scaling."),
                "form": LabelForm(initial=initial, fair=self.fair, auto_id="labels_%s"),
                "url": self.to("labels"),
                "submit": _("Labels (PDF)"),
            },
            {
                "heading": _("Certificate cards"),
                "text": _("One for each packed unit, to go with it to its buyer. Each is a page of A6."),
                "form": PaperForm(initial=initial, fair=self.fair, auto_id="cards_%s"),
                "url": self.to("cards"),
                "submit": _("Certificate cards (PDF)"),
            },
        ]


class Printed(FairView):
    """A file of what the form asked for."""

    page = "papers"
    form_class: type[PaperForm] = PaperForm

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form_class(
            {"start": 1, "language": translation.get_language(), **request.GET.dict()}, fair=self.fair
        )
        if not form.is_valid():
            messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
            return HttpResponseRedirect(self.to("papers"))
        asked = form.cleaned_data
        with translation.override(asked["language"]):
            content = self.file(asked)
        if content is None:
            messages.warning(request, _("Nothing of that is packed."))
            return HttpResponseRedirect(self.to("papers"))
        return download(content, f"{self.name()}-{self.fair.slug}.pdf")

    def name(self) -> str:
        raise AttributeError("A file needs a name")

    def file(self, asked: dict[str, Any]) -> bytes | None:
        raise AttributeError("Nothing to print")


class Labels(Printed):
    form_class = LabelForm

    def name(self) -> str:
        return _("labels")

    def file(self, asked: dict[str, Any]) -> bytes | None:
        wanted = labels.of_fair(self.fair, maker=asked["maker"], packing_list=asked["packing_list"])
        return labels.sheet(wanted, start=asked["start"]) if wanted else None


class Cards(Printed):
    def name(self) -> str:
        return _("cards")

    def file(self, asked: dict[str, Any]) -> bytes | None:
        wanted = certificate.of_fair(self.fair, maker=asked["maker"], packing_list=asked["packing_list"])
        return certificate.cards(wanted) if wanted else None
