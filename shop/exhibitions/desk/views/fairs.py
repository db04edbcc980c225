"""The list of fairs, the fair itself, and its way from step to step."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions import queries
from shop.exhibitions.errors import FairError
from shop.exhibitions.models import Fair
from shop.exhibitions.papers import labels, listing
from shop.exhibitions.services import fairs as services
from shop.exhibitions.services import terms

from ..base import ActionView, DeskView, FairView, to
from ..forms import FairFilter, FairForm
from ..parts import Link, paged, tag
from .answers import download

TONES = {
    Fair.Status.OPEN: "good",
    Fair.Status.PACKING: "warn",
    Fair.Status.IN_TRANSIT: "warn",
    Fair.Status.COUNTING: "warn",
    Fair.Status.CANCELLED: "bad",
}


#: Who may see what a fair took.
SALES = "exhibitions.view_sale"


def wanted(request: HttpRequest) -> Any:
    """The fairs that the list's filters leave, and the form of those filters."""
    form = FairFilter(request.GET)
    rows = queries.fair_list()
    if form.is_valid():
        asked = form.cleaned_data
        if asked["search"]:
            words = asked["search"]
            rows = rows.filter(
                Q(name__icontains=words)
                | Q(city__icontains=words)
                | Q(venue__icontains=words)
                | Q(participations__maker__name__icontains=words)
            ).distinct()
        if asked["status"]:
            rows = rows.filter(status=asked["status"])
        if asked["year"]:
            rows = rows.filter(starts_on__year=asked["year"])
        if asked["city"]:
            rows = rows.filter(city=asked["city"])
    return rows.order_by("-starts_on", "pk"), form


class Index(DeskView):
    template_name = "exhibitions/desk/index.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, form = wanted(request)
        page = paged(rows, request.GET.get("p"))
        for fair in page:
            fair.tone = TONES.get(fair.status, "plain")
        head = [Link(_("New fair"), to("add"), "primary")] if request.user.has_perm("exhibitions.add_fair") else []
        return self.show(
            {
                "title": _("Fairs"),
                "crumbs": [{"url": "", "label": _("Fairs")}],
                "head_links": head,
                "filters": form,
                "page": page,
                "may_change": self.may_change(),
                "may_see_sales": request.user.has_perm(SALES),
            }
        )


class Bulk(DeskView):
    """Several fairs at once: export, print labels, or cancel planned ones after a page that asks."""

    template_name = "exhibitions/desk/bulk_cancel.html"

    def chosen(self) -> list[Fair]:
        asked = [pk for pk in self.request.GET.getlist("fair") + self.request.POST.getlist("fair") if pk.isdigit()]
        return list(queries.fair_list().filter(pk__in=asked).order_by("starts_on", "pk"))

    def get(self, request: HttpRequest) -> HttpResponse:
        fairs = self.chosen()
        action = request.GET.get("action")
        if not fairs:
            messages.warning(request, _("Choose at least one fair."))
            return HttpResponseRedirect(to("index"))
        if action == "export":
            if not request.user.has_perm(SALES):
                raise PermissionDenied
            return download(listing.fairs(fairs), f"{_('fairs')}.xlsx")
        if action == "labels":
            wanted_labels = [label for fair in fairs for label in labels.of_fair(fair)]
            if not wanted_labels:
                messages.warning(request, _("Nothing is packed for these fairs yet."))
                return HttpResponseRedirect(to("index"))
            return download(labels.sheet(wanted_labels), f"{_('labels')}.pdf")
        if action == "cancel":
            if not self.may_change():
                return HttpResponseRedirect(to("index"))
            return self.show(
                {
                    "title": _("Cancel fairs"),
                    "crumbs": [{"url": to("index"), "label": _("Fairs")}, {"url": "", "label": _("Cancel fairs")}],
                    "planned": [fair for fair in fairs if fair.status == Fair.Status.PLANNED],
                    "others": [fair for fair in fairs if fair.status != Fair.Status.PLANNED],
                    "back": to("index"),
                }
            )
        raise Http404

    def post(self, request: HttpRequest) -> HttpResponse:
        """Cancel them. One that went on meanwhile is left alone and named; a cancelled one stays so."""
        if not self.may_change():
            return HttpResponseRedirect(to("index"))
        done = 0
        for fair in self.chosen():
            if fair.status != Fair.Status.PLANNED:
                continue
            try:
                services.move_on(fair, Fair.Status.CANCELLED, actor=request.user)
                done += 1
            except FairError as error:
                messages.error(request, f"{fair.name}: {error}")
        words = ngettext("%(n)d fair is cancelled.", "%(n)d fairs are cancelled.", done) % {"n": done}
        messages.success(request, words)
        return HttpResponseRedirect(to("index"))


class Add(ActionView):
    """Plans a fair. There is none yet, so it stands outside the tabs."""

    permission = "exhibitions.add_fair"
    title = gettext_lazy("New fair")
    submit = gettext_lazy("Plan the fair")
    form_class = FairForm

    def form(self, data: Any = None, files: Any = None) -> Any:
        return FairForm(data)

    def back(self) -> str:
        return to("index")

    def context(self, **more: Any) -> dict[str, Any]:
        crumbs = [{"url": to("index"), "label": _("Fairs")}, {"url": "", "label": self.title}]
        return {"title": self.title, "crumbs": crumbs, **more}

    def perform(self, form: Any) -> Any:
        fair = services.plan(**form.cleaned_data)
        return _("“%(name)s” is planned. Say which makers take part.") % {"name": fair}, to("makers", fair.pk)


class Edit(ActionView):
    title = gettext_lazy("Edit the fair")

    def form(self, data: Any = None, files: Any = None) -> Any:
        return FairForm(data, instance=self.fair) if data is not None else FairForm(instance=self.fair)

    def perform(self, form: Any) -> Any:
        terms.change_fair(self.fair, **{name: form.cleaned_data[name] for name in form.Meta.fields})
        return _("Saved.")


class Overview(FairView):
    """Where the fair stands, what is left to do before it goes on, and the way on."""

    page = "overview"
    title = gettext_lazy("Overview")
    template_name = "exhibitions/desk/overview.html"
    STEPS = (
        Fair.Status.PLANNED,
        Fair.Status.PACKING,
        Fair.Status.IN_TRANSIT,
        Fair.Status.OPEN,
        Fair.Status.COUNTING,
        Fair.Status.SETTLED,
    )

    def heading(self) -> str:
        return self.fair.name

    def crumbs(self) -> list[dict[str, Any]]:
        return [{"url": to("index"), "label": _("Fairs")}, {"url": "", "label": self.fair.name}]

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        fair = queries.fair_list().get(pk=self.fair.pk)
        items = queries.todo(fair)
        ways = Fair.WAYS[Fair.Status(fair.status)]
        moves = [
            Link(words(status, fair.status), self.to("move", status), self.tone(status, fair.status)) for status in ways
        ]
        return self.show(
            self.context(
                steps=[{"label": step.label, "is_current": step == fair.status} for step in self.STEPS],
                items=[(item, self.to(item.url_name)) for item in items],
                moves=moves if self.may_change() else [],
                head_links=[Link(_("Edit the fair"), self.to("edit"), "secondary")] if self.may_change() else [],
                facts=self.facts(fair),
            )
        )

    @classmethod
    def tone(cls, status: str, here: str) -> str:
        """The way on stands out, the way back does not, and the end is marked as one."""
        if status == Fair.Status.CANCELLED:
            return "danger"
        return "primary" if cls.STEPS.index(Fair.Status(status)) > cls.STEPS.index(Fair.Status(here)) else "secondary"

    def facts(self, fair: Any) -> list[tuple[Any, Any]]:
        days = f"{date_format(fair.starts_on, 'j M Y')} – {date_format(fair.ends_on, 'j M Y')}"
        return [
            (_("Days"), days),
            (_("Place"), f"{fair.venue}, {fair.city}"),
            (_("Stall"), fair.stall or "–"),
            (_("Makers"), fair.maker_count),
            (_("Units on the way"), fair.transit_units),
            (_("Units at the stall"), fair.stall_units),
            *(self.money(fair) if self.request.user.has_perm(SALES) else ()),
            (_("Unresolved discrepancies"), fair.open_discrepancies),
            (_("Commission (%)"), f"{fair.commission_percent.normalize():f}"),
            (_("QRIS"), tag(_("ready"), "good") if fair.qris_payload else tag(_("missing"), "warn")),
        ]

    @staticmethod
    def money(fair: Any) -> list[tuple[Any, Any]]:
        return [
            (_("Takings"), rupiah(fair.takings)),
            (_("Target: takings (Rp)"), rupiah(fair.target_revenue) if fair.target_revenue else "–"),
        ]


def words(status: str, here: str) -> Any:
    """What going to a step is called on its button."""
    if status == Fair.Status.PACKING and here == Fair.Status.IN_TRANSIT:
        return _("Back to packing")
    return {
        Fair.Status.PLANNED: _("Back to planning"),
        Fair.Status.PACKING: _("Start packing"),
        Fair.Status.IN_TRANSIT: _("Everything is packed: off it goes"),
        Fair.Status.OPEN: _("Open the stall"),
        Fair.Status.COUNTING: _("Close the stall and count"),
        Fair.Status.SETTLED: _("Finish the fair"),
        Fair.Status.CANCELLED: _("Cancel the fair"),
    }[Fair.Status(status)]


class Move(ActionView):
    """Takes the fair to another step, after saying what that means."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if kwargs["status"] not in Fair.Status.values:
            raise Http404
        self.status = Fair.Status(kwargs["status"])
        self.is_grave = self.status == Fair.Status.CANCELLED
        return super().dispatch(request, *args, **kwargs)

    def heading(self) -> Any:
        return words(self.status, self.fair.status)

    def button(self) -> Any:
        return words(self.status, self.fair.status)

    def words(self) -> Any:
        meaning = {
            Fair.Status.PLANNED: _("Packing stops. Lists that were not handed over stay as drafts."),
            Fair.Status.PACKING: _("Back to packing: what is handed over stays so.")
            if self.fair.status == Fair.Status.IN_TRANSIT
            else _("Packing lists can be handed over from now on."),
            Fair.Status.IN_TRANSIT: _("All lists are handed over and the pieces travel. Top-ups can still follow."),
            Fair.Status.OPEN: _("The tills sell. What arrives later is received as a top-up."),
            Fair.Status.COUNTING: _("Nothing is sold any more. Sales that tills still send are accepted as late ones."),
            Fair.Status.SETTLED: _("The books of this fair are closed. This cannot be undone."),
            Fair.Status.CANCELLED: _("The fair does not take place. This cannot be undone."),
        }
        return meaning[self.status]

    def context(self, **more: Any) -> dict[str, Any]:
        left = []
        if self.status in Fair.WAYS[Fair.Status(self.fair.status)]:
            left = queries.left_before(self.fair, self.status)
        if self.status == Fair.Status.SETTLED:
            # What does not hold it up must be seen all the same: a phone may still have sales that nobody got.
            left += [item for item in self.left() if not item.blocks]
        return super().context(left=[(item, self.to(item.url_name)) for item in left], here=[], **more)

    template_name = "exhibitions/desk/move.html"

    def perform(self, form: Any) -> Any:
        fair = services.move_on(self.fair, self.status, actor=self.request.user)
        return _("The fair is now at “%(status)s”.") % {"status": fair.get_status_display()}
