"""A shopper's own pages. Nothing of another person's can be reached: every query starts at ``request.user``."""

from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import ListView, TemplateView, UpdateView, View
from oscar.core.loading import get_model

from shop.address.forms import AddressForm, address_initial
from shop.checkout.refusal import refuse, take_refusal
from shop.order import queries as orders
from shop.paging import ForgivingPages

from .forms import ProfileForm

UserAddress = get_model("address", "UserAddress")


@method_decorator(never_cache, name="dispatch")
class SummaryView(TemplateView):
    """The latest orders and the default address. Replaces Oscar's redirect to the profile."""

    template_name = "oscar/customer/summary.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        latest = orders.orders().filter(user=user).order_by("-date_placed")[:3]
        default = user.addresses.order_by("-is_default_for_shipping", "-date_created").first()
        return super().get_context_data(
            **kwargs,
            orders=[orders.order_page(order) for order in latest],
            default_address=orders.address_lines(default),
        )


@method_decorator(never_cache, name="dispatch")
class ProfileView(UpdateView):
    template_name = "oscar/customer/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("customer:profile-view")

    def get_object(self, queryset=None):
        return self.request.user

    def form_valid(self, form):
        messages.success(self.request, _("Your name is saved."))
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class OrderListView(ForgivingPages, ListView):
    template_name = "oscar/customer/order_list.html"
    paginate_by = 10

    def get_queryset(self):
        return orders.orders().filter(user=self.request.user).order_by("-date_placed")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["orders"] = [orders.order_page(order) for order in context["page_obj"]]
        return context


@method_decorator(never_cache, name="dispatch")
class OrderView(TemplateView):
    template_name = "order/detail.html"

    def get_context_data(self, **kwargs):
        order = get_object_or_404(orders.orders(), number=kwargs["order_number"], user=self.request.user)
        return super().get_context_data(
            **kwargs,
            page=orders.order_page(order),
            own=True,
            whatsapp_number=settings.SHOP_WHATSAPP,
            whatsapp_text=_("Hello Kriya Babel, I have a question about order %(number)s.") % {"number": order.number},
        )


@method_decorator(never_cache, name="dispatch")
class AddressListView(TemplateView):
    template_name = "oscar/customer/address_list.html"

    def get_context_data(self, **kwargs):
        book = self.request.user.addresses.select_related("country").order_by("-is_default_for_shipping", "pk")
        rows = [(address, orders.address_lines(address)) for address in book]
        return super().get_context_data(**kwargs, rows=rows)


@method_decorator(never_cache, name="dispatch")
class AddressView(View):
    """Adds an address or changes one; ``step`` asks for the next list of regions without checking anything.

    Replaces Oscar's form views, which render a refused form in answer to its POST, so that going back from there
    ends at the browser's question whether to send it again.
    """

    template_name = "oscar/customer/address_form.html"

    def dispatch(self, request, *args, pk=None, **kwargs):
        self.address = get_object_or_404(request.user.addresses, pk=pk) if pk else None
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        refused = take_refusal(request)
        if refused is None:
            return self.page(AddressForm(initial=address_initial(self.address) if self.address else {}))
        if refused.unchecked:
            return self.page(self.next_list(refused.sent))
        form = AddressForm(refused.sent)
        if refused.problem:
            form.add_error(None, refused.problem)
        return self.page(form)

    def post(self, request):
        if request.POST.get("step"):
            form = AddressForm(initial=request.POST.dict())
            return refuse(request, unchecked=True, fragment=form[form.next_level or "line1"].id_for_label)
        form = AddressForm(request.POST)
        if not form.is_valid():
            return refuse(request)
        address = form.fill(self.address or UserAddress(user=request.user))
        if not self.address:
            address.is_default_for_shipping = not request.user.addresses.exists()
        try:
            with transaction.atomic():
                address.save()
        except IntegrityError:
            return refuse(request, problem=_("This address is in your book already."))
        messages.success(request, _("The address is saved."))
        return redirect(self.after())

    @staticmethod
    def next_list(sent) -> AddressForm:
        form = AddressForm(initial=sent)
        form.initial["postcode"] = form.meant_postcode()
        return form

    def after(self) -> str:
        wanted = self.request.POST.get("next", "")
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts={self.request.get_host()}):
            return wanted
        return reverse("customer:address-list")

    def page(self, form):
        return render(self.request, self.template_name, {"form": form, "address": self.address})


@method_decorator(never_cache, name="dispatch")
class AddressDeleteView(View):
    def get(self, request, pk):
        address = get_object_or_404(request.user.addresses, pk=pk)
        context = {"address": address, "lines": orders.address_lines(address)}
        return render(request, "oscar/customer/address_delete.html", context)

    def post(self, request, pk):
        get_object_or_404(request.user.addresses, pk=pk).delete()
        messages.success(request, _("The address is deleted."))
        return redirect("customer:address-list")


class AddressDefaultView(View):
    http_method_names = ["post"]

    def post(self, request, pk):
        address = get_object_or_404(request.user.addresses, pk=pk)
        address.is_default_for_shipping = True
        address.save()
        return redirect("customer:address-list")
