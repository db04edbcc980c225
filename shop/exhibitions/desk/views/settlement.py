"""Settling with makers: statements, and reopening them with a reason. Money itself is in ``payments``."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.artisans.models import Maker
from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions import dues
from shop.exhibitions.models import Fair
from shop.exhibitions.papers import statement as paper
from shop.exhibitions.services import settling
from shop.settlement import queries as books
from shop.settlement.models import Statement

from ..base import ActionView, FairView, SectionsView
from ..forms import ReasonForm
from ..parts import Column, Link, Row, Section, Table, figure, tag
from .answers import download

Status = Statement.Status
TONES = {Status.ISSUED: "warn", Status.PAID: "good", Status.REOPENED: "bad"}


def state(statement: Statement, left: Any) -> Any:
    if statement.status == Status.REOPENED:
        return tag(_("Superseded"), TONES[Status.REOPENED])
    if left < 0:
        return tag(_("Money is to come back"), "bad")
    return tag(statement.get_status_display(), TONES[Status(statement.status)])


class Settlement(SectionsView):
    page = "settlement"
    title = gettext_lazy("Settlement")
    permission = "settlement.view_statement"

    def may_settle(self) -> bool:
        return self.request.user.has_perm("settlement.settle")

    def settle_links(self, *links: Link) -> list[Link]:
        return list(links) if self.may_settle() else []

    def sections(self) -> list[Section]:
        counted = settling.may_be_settled(self.fair)
        missing = dues.unsettled_makers(self.fair) if counted else []
        text = "" if counted else _("Makers are settled with once the count is booked.")
        stands = dues.standing(self.fair).exists()
        links = self.settle_links(Link(_("Reopen all statements"), self.to("reopen_all"), "danger")) if stands else []
        told = [Section(text=text, table=self.statements(), links=links)]
        if missing:
            told.insert(0, self.missing(missing))
        return told

    def missing(self, makers: list[Maker]) -> Section:
        sold = dues.sold_by_maker(self.fair)
        standing = set(dues.standing(self.fair).values_list("maker", flat=True))
        rows = [
            Row(
                [
                    maker.name,
                    rupiah(sold.get(maker.pk, 0)),
                    _("The statement says otherwise by now.") if maker.pk in standing else "",
                ],
                [] if maker.pk in standing else self.settle_links(Link(_("Settle"), self.to("settle_maker", maker.pk))),
            )
            for maker in makers
        ]
        links = self.settle_links(Link(_("Settle with all"), self.to("settle_all"), "primary"))
        table = Table([Column(_("Maker")), figure(_("Sold")), Column(_("Note"))], rows)
        return Section(heading=_("Still to settle"), links=links, table=table)

    def statements(self) -> Table:
        found = list(books.statements(self.fair.reference).order_by("maker__name", "-version"))
        left = books.left_by_maker(self.fair.reference)
        rows = [
            Row(
                [
                    one.maker.name,
                    one.number,
                    state(one, left.get(one.maker_id, 0)),
                    rupiah(one.gross),
                    rupiah(one.commission),
                    rupiah(one.costs),
                    rupiah(one.due),
                    "–" if one.status == Status.REOPENED else rupiah(left[one.maker_id]),
                ],
                [Link(_("View"), self.to("statement", one.pk))],
            )
            for one in found
        ]
        figures = [_("Sold"), _("Commission"), _("Share of the costs"), _("Due"), _("Left to pay")]
        columns = [Column(_("Maker")), Column(_("Number")), Column(_("State")), *map(figure, figures)]
        standing = [one for one in found if one.status != Status.REOPENED]
        if standing:
            sums = [sum(getattr(one, name) for one in standing) for name in ("gross", "commission", "costs", "due")]
            rows.append(Row([_("Total"), "", "", *map(rupiah, [*sums, sum(left.values())])], is_sum=True))
        return Table(columns, rows, _("There is no statement yet."))


class Settle(ActionView):
    page = back_page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Settle with all")
    submit = gettext_lazy("Issue the statements")
    text = gettext_lazy(
        "Each maker without a statement gets one: sold lines, commission, their share of the costs, and what is due."
    )

    @cached_property
    def is_anew(self) -> bool:
        """Somebody has a statement that says otherwise by now."""
        told = dues.told_by_maker(self.fair)
        return any(maker.pk in told for maker in dues.unsettled_makers(self.fair))

    def form(self, data: Any = None, files: Any = None) -> Any:
        if not self.is_anew:
            return super().form(data, files)
        reason = _("Other figures came in after the statements were issued.")
        return ReasonForm(data) if data is not None else ReasonForm(initial={"reason": reason})

    def words(self) -> Any:
        if not self.is_anew:
            return self.text
        return _(
            "Some statements say otherwise by now. All of those are issued anew together, because costs are shared. "
            "The old ones stay readable with your reason, and what was paid counts against the new ones."
        )

    def perform(self, form: Any) -> Any:
        reason = form.cleaned_data.get("reason", "")
        made = settling.settle_all(self.fair, actor=self.request.user, reason=reason)
        return ngettext("%(n)d statement is issued.", "%(n)d statements are issued.", len(made)) % {"n": len(made)}


class SettleMaker(ActionView):
    page = back_page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Settle")
    submit = gettext_lazy("Issue the statement")

    @cached_property
    def maker(self) -> Maker:
        return get_object_or_404(dues.makers_to_settle_with(self.fair), pk=self.kwargs["maker"])

    def words(self) -> Any:
        return f"{self.maker.name}: {rupiah(dues.sold_by_maker(self.fair).get(self.maker.pk, 0))}"

    def perform(self, form: Any) -> Any:
        made = settling.settle_maker(self.fair, self.maker, actor=self.request.user)
        return _("Statement %(number)s is issued.") % {"number": made.number}, self.to("statement", made.pk)


class OfStatement:
    fair: Fair
    kwargs: dict[str, Any]
    title: Any
    to: Any

    @cached_property
    def statement(self) -> Statement:
        found = Statement.objects.select_related("maker", "reopened_by", "issued_by")
        return get_object_or_404(found, reference=self.fair.reference, pk=self.kwargs["pk"])

    def heading(self) -> Any:
        return f"{self.title}: {self.statement.number} · {self.statement.maker.name}"

    def back(self) -> str:
        return self.to("statement", self.statement.pk)


class StatementPage(OfStatement, SectionsView):
    page = "settlement"
    title = gettext_lazy("Statement")
    permission = "settlement.view_statement"

    def sections(self) -> list[Section]:
        one = self.statement
        stands = one.status != Status.REOPENED
        left = books.left_to_pay(one)
        owes = stands and left < 0
        facts = [
            (_("State"), state(one, left)),
            (_("Version"), one.version),
            (_("Issued"), date_format(timezone.localtime(one.issued_at), "j M Y")),
            (_("Sold"), rupiah(one.gross)),
            (_("Commission"), rupiah(one.commission)),
            (_("Share of the costs"), rupiah(one.costs)),
            (_("Due"), rupiah(one.due)),
        ]
        if owes:
            facts.append((_("To come back from the maker"), rupiah(-left)))
        elif stands:
            facts.append((_("Left to pay"), rupiah(left)))
        else:
            facts.append((_("Why it was reopened"), one.reopen_reason))
        links = [
            Link(_("Indonesian (PDF)"), f"{self.to('statement_pdf', one.pk)}?language=id", "secondary"),
            Link(_("English (PDF)"), f"{self.to('statement_pdf', one.pk)}?language=en", "secondary"),
        ]
        if self.request.user.has_perm("settlement.settle") and stands:
            if left > 0:
                links.insert(0, Link(_("Write down a payment"), self.to("statement_pay", one.pk), "primary"))
            elif left < 0:
                pay_back = Link(_("Write down money that came back"), self.to("statement_pay_back", one.pk), "primary")
                links.insert(0, pay_back)
            links.append(Link(_("Reopen"), self.to("statement_reopen", one.pk), "danger"))
        text = ""
        if owes:
            text = _("More was paid than is due, or the share of the costs is above what was sold.")
        may_settle = self.request.user.has_perm("settlement.settle")
        return [Section(text=text, facts=facts, links=links), self.lines(), payments(one, self.to, may_settle)]

    def lines(self) -> Section:
        rows = [
            Row(
                [
                    date_format(line.happened_on, "j M Y"),
                    line.source,
                    f"{line.title} ({line.sku})" if line.sku else line.title,
                    line.quantity,
                    rupiah(line.amount),
                    f"{rupiah(line.commission)} ({line.commission_percent.normalize():f} %)",
                ]
            )
            for line in self.statement.lines.all()
        ]
        columns = [Column(_("Day")), Column(_("Receipt")), Column(_("Piece")), figure(_("Quantity"))]
        table = Table([*columns, figure(_("Sold for")), figure(_("Commission"))], rows, _("Nothing was sold."))
        return Section(heading=_("Lines"), table=table)


def payments(statement: Statement, to: Any, may_settle: bool) -> Section:
    """Every payment of the maker for this fair, whichever version it was written down on."""
    rows = [
        Row(
            [
                date_format(one.paid_on, "j M Y"),
                one.get_method_display(),
                one.proof,
                one.statement.number,
                tag(_("Taken back: %(reason)s") % {"reason": one.take_back_reason}, "bad") if one.taken_back_at else "",
                rupiah(one.amount),
            ],
            [Link(_("Take back"), to("payout_take_back", one.pk), "danger")]
            if may_settle and not one.taken_back_at
            else [],
        )
        for one in books.payouts(statement.maker_id, statement.reference)
    ]
    columns = [Column(_("Paid on")), Column(_("How")), Column(_("Proof")), Column(_("Statement")), Column(_("Note"))]
    table = Table([*columns, figure(_("Amount"))], rows, _("Nothing was paid yet."))
    return Section(heading=_("Payments"), table=table)


class StatementPdf(OfStatement, FairView):
    page = "settlement"
    permission = "settlement.view_statement"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("language")
        with translation.override(asked if asked in ("id", "en") else translation.get_language()):
            return download(paper.sheet(self.statement, self.fair), f"{self.statement.number}.pdf")


class ReopenAll(ActionView):
    page = back_page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Reopen all statements")
    submit = gettext_lazy("Reopen all statements")
    text = gettext_lazy(
        "So that shared costs can be changed. The old statements stay readable with your reason; settle with all "
        "afterwards. What was paid counts against the new ones."
    )
    form_class = ReasonForm
    is_grave = True

    def perform(self, form: Any) -> Any:
        done = settling.reopen_all(self.fair, reason=form.cleaned_data["reason"], actor=self.request.user)
        return ngettext("%(n)d statement is reopened.", "%(n)d statements are reopened.", len(done)) % {"n": len(done)}


class Reopen(OfStatement, ActionView):
    page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Reopen")
    submit = gettext_lazy("Reopen the statement")
    text = gettext_lazy(
        "The old statement stays readable with your reason, and another version takes its place. What was paid counts "
        "against that one."
    )
    form_class = ReasonForm
    is_grave = True

    def perform(self, form: Any) -> Any:
        settling.reopen(self.statement, reason=form.cleaned_data["reason"], actor=self.request.user)
        return _("Reopened. Settle with %(maker)s again.") % {"maker": self.statement.maker}, self.to("settlement")
