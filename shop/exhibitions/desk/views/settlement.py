"""Settling with makers: statements, what was paid when and how, and reopening with a reason."""

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
from shop.exhibitions.errors import DeskError
from shop.exhibitions.models import Fair
from shop.exhibitions.papers import statement as paper
from shop.exhibitions.services import settling
from shop.settlement import queries as books
from shop.settlement.errors import PaysTooMuch, SettlementError
from shop.settlement.models import Statement
from shop.settlement.services import pay_out

from ..base import ActionView, FairView, SectionsView
from ..forms import PayoutForm, ReasonForm
from ..parts import Column, Link, Row, Section, Table, figure, tag
from .answers import download

Status = Statement.Status
TONES = {Status.ISSUED: "warn", Status.PAID: "good", Status.REOPENED: "bad"}
AFTER_CLOSING = (Fair.Status.COUNTING, Fair.Status.SETTLED)


class PaysMoreThanDue(DeskError):
    words = gettext_lazy("%(due)s is left to pay. More cannot be paid.")


class NotPayable(DeskError):
    words = gettext_lazy("This statement was reopened or paid meanwhile. Look at it again.")


def state(statement: Statement) -> Any:
    label = _("Superseded") if statement.status == Status.REOPENED else statement.get_status_display()
    return tag(label, TONES[Status(statement.status)])


class Settlement(SectionsView):
    page = "settlement"
    title = gettext_lazy("Settlement")
    permission = "settlement.view_statement"

    def may_settle(self) -> bool:
        return self.request.user.has_perm("settlement.settle")

    def settle_links(self, *links: Link) -> list[Link]:
        return list(links) if self.may_settle() else []

    def sections(self) -> list[Section]:
        after = self.fair.status in AFTER_CLOSING
        missing = dues.unsettled_makers(self.fair) if after else []
        text = "" if after else _("Makers are settled with after the stall is closed.")
        told = [Section(text=text, table=self.statements())]
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
                    _("The statement says otherwise: reopen it.") if maker.pk in standing else "",
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
        paid: dict[int, Any] = {}
        for one in found:
            paid[one.maker_id] = paid.get(one.maker_id, 0) + sum(payout.amount for payout in one.payouts.all())
        rows = [
            Row(
                [
                    one.maker.name,
                    one.number,
                    state(one),
                    rupiah(one.gross),
                    rupiah(one.commission),
                    rupiah(one.costs),
                    rupiah(one.due),
                    "–" if one.status == Status.REOPENED else rupiah(one.due - paid[one.maker_id]),
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
            left = sum(one.due - paid[one.maker_id] for one in standing)
            rows.append(Row([_("Total"), "", "", *map(rupiah, [*sums, left])], is_sum=True))
        return Table(columns, rows, _("There is no statement yet."))


class Settle(ActionView):
    page = back_page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Settle with all")
    submit = gettext_lazy("Issue the statements")
    text = gettext_lazy(
        "Each maker without a statement gets one: sold lines, commission, their share of the costs, and what is due."
    )

    def perform(self, form: Any) -> Any:
        made = settling.settle_all(self.fair, actor=self.request.user)
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
        facts = [
            (_("State"), state(one)),
            (_("Version"), one.version),
            (_("Issued"), date_format(timezone.localtime(one.issued_at), "j M Y")),
            (_("Sold"), rupiah(one.gross)),
            (_("Commission"), rupiah(one.commission)),
            (_("Share of the costs"), rupiah(one.costs)),
            (_("Due"), rupiah(one.due)),
        ]
        if stands:
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
            links.append(Link(_("Reopen"), self.to("statement_reopen", one.pk), "danger"))
        return [Section(facts=facts, links=links), self.lines(), self.payouts()]

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

    def payouts(self) -> Section:
        one = self.statement
        found = books.Payout.objects.filter(
            statement__maker=one.maker_id, statement__reference=one.reference
        ).select_related("statement")
        rows = [
            Row(
                [
                    date_format(payout.paid_on, "j M Y"),
                    payout.get_method_display(),
                    payout.proof,
                    payout.statement.number,
                    rupiah(payout.amount),
                ]
            )
            for payout in found
        ]
        columns = [Column(_("Paid on")), Column(_("How")), Column(_("Proof")), Column(_("Statement"))]
        table = Table([*columns, figure(_("Amount"))], rows, _("Nothing was paid yet."))
        return Section(heading=_("Payments"), table=table)


class StatementPdf(OfStatement, FairView):
    page = "settlement"
    permission = "settlement.view_statement"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("language")
        with translation.override(asked if asked in ("id", "en") else translation.get_language()):
            return download(paper.sheet(self.statement, self.fair), f"{self.statement.number}.pdf")


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


class Pay(OfStatement, ActionView):
    page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Write down a payment")
    submit = gettext_lazy("Paid")
    form_class = PayoutForm

    def initial(self) -> dict[str, Any]:
        return {"amount": max(books.left_to_pay(self.statement), 0), "paid_on": timezone.localdate()}

    def words(self) -> Any:
        return _("Left to pay: %(amount)s") % {"amount": rupiah(books.left_to_pay(self.statement))}

    def perform(self, form: Any) -> Any:
        try:
            made = pay_out(self.statement, key=f"payout:{self.code}", actor=self.request.user, **form.cleaned_data)
        except PaysTooMuch as error:
            raise PaysMoreThanDue(due=rupiah(error.due)) from error
        except SettlementError as error:
            raise NotPayable from error
        return _("%(amount)s is written down as paid.") % {"amount": rupiah(made.amount)}
