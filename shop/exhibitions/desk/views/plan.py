"""Planning: who takes part, who sells, what it costs."""

from typing import Any

from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions import dues
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Cashier, Consignment, FairCost, FairMaker
from shop.exhibitions.services import costs, terms
from shop.exhibitions.services import fairs as services

from ..base import ActionView, SectionsView
from ..forms import CashierForm, CostForm, MakerForm, NewMakerForm, PinForm, SwitchForm
from ..parts import Column, Link, Row, Section, Table, figure, tag


class StillNeeded(FairError):
    def __str__(self) -> str:
        return _("This maker has packing lists at this fair. Cancel those first.")


class Makers(SectionsView):
    page = "makers"
    title = gettext_lazy("Makers who take part")

    def sections(self) -> list[Section]:
        rows = self.fair.participations.select_related("maker").order_by("maker__name")
        table = Table(
            [Column(_("Maker")), figure(_("Commission (%)")), Column(_("Comes along")), Column(_("Note"))],
            [
                Row(
                    [
                        row.maker.name,
                        _percent(row.commission_percent, self.fair.commission_percent),
                        _("yes") if row.attends else _("no"),
                        row.note,
                    ],
                    self.change_links(
                        Link(_("Packing list"), f"{self.to('list_add')}?maker={row.maker_id}"),
                        Link(_("Edit"), self.to("maker_edit", row.pk)),
                        Link(_("Remove"), self.to("maker_remove", row.pk), "danger"),
                    ),
                )
                for row in rows
            ],
            _("Nobody takes part yet."),
        )
        return [Section(links=self.change_links(Link(_("Add a maker"), self.to("maker_add"), "primary")), table=table)]


def _percent(own: Any, of_fair: Any) -> str:
    if own is None:
        return _("%(percent)s (the fair's)") % {"percent": f"{of_fair.normalize():f}"}
    return f"{own.normalize():f}"


class MakerAdd(ActionView):
    page = back_page = "makers"
    title = gettext_lazy("Add a maker")

    def form(self, data: Any = None, files: Any = None) -> NewMakerForm:
        return NewMakerForm(data, fair=self.fair)

    def perform(self, form: Any) -> Any:
        cleaned = form.cleaned_data
        told = {name: cleaned[name] for name in ("commission_percent", "attends", "note")}
        FairMaker.objects.get_or_create(fair=self.fair, maker=cleaned["maker"], defaults=told)
        return _("%(maker)s takes part.") % {"maker": cleaned["maker"]}


class OfMaker(ActionView):
    """Something about a maker who takes part."""

    page = back_page = "makers"

    @cached_property
    def row(self) -> FairMaker:
        return get_object_or_404(FairMaker.objects.select_related("maker"), fair=self.fair, pk=self.kwargs["pk"])

    def heading(self) -> Any:
        return f"{self.title}: {self.row.maker.name}"


class MakerEdit(OfMaker):
    title = gettext_lazy("Edit")

    def form(self, data: Any = None, files: Any = None) -> MakerForm:
        return MakerForm(data, instance=self.row)

    def perform(self, form: Any) -> Any:
        terms.change_maker(self.row, **form.cleaned_data)
        return _("Saved.")


class MakerRemove(OfMaker):
    title = gettext_lazy("Remove")
    submit = gettext_lazy("Remove")
    text = gettext_lazy("They do not take part in this fair any more.")
    is_grave = True

    def perform(self, form: Any) -> Any:
        lists = self.fair.consignments.filter(maker=self.row.maker).exclude(status=Consignment.Status.CANCELLED)
        if lists.exists():
            raise StillNeeded
        name = self.row.maker.name
        self.row.delete()
        return _("%(maker)s does not take part any more.") % {"maker": name}


class Cashiers(SectionsView):
    page = "cashiers"
    title = gettext_lazy("Cashiers")

    def sections(self) -> list[Section]:
        rows = self.fair.cashiers.select_related("user")
        table = Table(
            [Column(_("Name")), Column(_("Account")), Column(_("State"))],
            [
                Row(
                    [
                        row.name,
                        row.user.email if row.user else "–",
                        tag(_("active"), "good") if row.is_active else tag(_("inactive")),
                    ],
                    self.change_links(
                        Link(_("New PIN"), self.to("cashier_pin", row.pk)),
                        Link(_("Switch off") if row.is_active else _("Switch on"), self.to("cashier_switch", row.pk)),
                    ),
                )
                for row in rows
            ],
            _("Nobody sells yet."),
        )
        add = Link(_("Add a cashier"), self.to("cashier_add"), "primary")
        text = _("A cashier signs on at the till with a PIN; each sale bears their name.")
        return [Section(text=text, links=self.change_links(add), table=table)]


class CashierAdd(ActionView):
    page = back_page = "cashiers"
    title = gettext_lazy("Add a cashier")
    form_class = CashierForm

    def perform(self, form: Any) -> Any:
        cashier = services.add_cashier(self.fair, **form.cleaned_data)
        return _("%(name)s can sign on at the till.") % {"name": cashier}


class OfCashier(ActionView):
    page = back_page = "cashiers"

    @cached_property
    def cashier(self) -> Cashier:
        return get_object_or_404(Cashier, fair=self.fair, pk=self.kwargs["pk"])

    def heading(self) -> Any:
        return f"{self.title}: {self.cashier.name}"


class CashierPin(OfCashier):
    title = gettext_lazy("New PIN")
    text = gettext_lazy("Tills learn it with their next look at the server.")
    form_class = PinForm

    def perform(self, form: Any) -> Any:
        services.set_pin(self.cashier, form.cleaned_data["pin"])
        return _("%(name)s has a new PIN.") % {"name": self.cashier}


class CashierSwitch(OfCashier):
    form_class = SwitchForm

    @property
    def title(self) -> Any:
        return _("Switch off") if self.cashier.is_active else _("Switch on")

    def initial(self) -> dict[str, Any]:
        return {"wanted": "off" if self.cashier.is_active else "on"}

    def button(self) -> Any:
        return self.title

    def words(self) -> Any:
        if self.cashier.is_active:
            return _("They cannot sign on any more. Their sales stay as they are.")
        return _("They can sign on again with the PIN they had.")

    def perform(self, form: Any) -> Any:
        wanted = form.cleaned_data["wanted"] == "on"
        self.fair.cashiers.filter(pk=self.cashier.pk).update(is_active=wanted)
        words = _("%(name)s can sell.") if wanted else _("%(name)s cannot sell any more.")
        return words % {"name": self.cashier}


class Costs(SectionsView):
    page = "costs"
    title = gettext_lazy("Costs")
    permission = "settlement.view_statement"

    def sections(self) -> list[Section]:
        total = self.fair.costs.aggregate(total=Sum("amount"))["total"] or 0
        rows = [
            Row(
                [
                    date_format(cost.spent_on, "j M Y"),
                    cost.get_kind_display(),
                    cost.note,
                    _("yes") if cost.is_shared else _("no"),
                    rupiah(cost.amount),
                ],
                self.change_links(
                    Link(_("Edit"), self.to("cost_edit", cost.pk)),
                    Link(_("Remove"), self.to("cost_remove", cost.pk), "danger"),
                ),
            )
            for cost in self.fair.costs.all()
        ]
        if rows:
            rows.append(Row([_("Total"), "", "", "", rupiah(total)], is_sum=True))
        columns = [Column(_("Day")), Column(_("Kind")), Column(_("Note")), Column(_("Shared by makers"))]
        table = Table([*columns, figure(_("Amount"))], rows, _("No costs are written down yet."))
        told = _("Makers have their statements. Before shared costs are changed, all statements are reopened.")
        text = _("Makers bear %(percent)s %% of the shared costs together, each by what they sold.") % {
            "percent": f"{self.fair.shared_cost_percent.normalize():f}"
        }
        add = Link(_("Add a cost"), self.to("cost_add"), "primary")
        text = f"{text} {told}" if dues.standing(self.fair).exists() else text
        return [Section(text=text, links=self.change_links(add), table=table)]


class CostAdd(ActionView):
    page = back_page = "costs"
    title = gettext_lazy("Add a cost")

    def form(self, data: Any = None, files: Any = None) -> CostForm:
        return CostForm(data, instance=FairCost(fair=self.fair))

    def perform(self, form: Any) -> Any:
        costs.write_down(self.fair, code=self.code, **form.cleaned_data)
        return _("Saved.")


class CostEdit(CostAdd):
    title = gettext_lazy("Edit a cost")

    @cached_property
    def cost(self) -> FairCost:
        return get_object_or_404(FairCost, fair=self.fair, pk=self.kwargs["pk"])

    def form(self, data: Any = None, files: Any = None) -> CostForm:
        return CostForm(data, instance=self.cost)

    def perform(self, form: Any) -> Any:
        costs.change(self.cost, **form.cleaned_data)
        return _("Saved.")


class CostRemove(ActionView):
    page = back_page = "costs"
    title = gettext_lazy("Remove a cost")
    submit = gettext_lazy("Remove")
    is_grave = True

    @cached_property
    def cost(self) -> FairCost:
        return get_object_or_404(FairCost, fair=self.fair, pk=self.kwargs["pk"])

    def words(self) -> Any:
        return f"{self.cost.get_kind_display()}: {rupiah(self.cost.amount)} {self.cost.note}"

    def perform(self, form: Any) -> Any:
        costs.remove(self.cost)
        return _("Removed.")
