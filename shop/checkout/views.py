"""Two screens from basket to payment: who and where, then how it is sent and paid.

Replaces Oscar's five steps, each of which asks for its own page and forgets what was typed when it refuses.
"""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import View

from shop.address.forms import AddressForm
from shop.basket.middleware import SESSION_KEY as SOURCE_KEY
from shop.basket.queries import basket_page
from shop.payment import services as payment
from shop.payment.addresses import attempt_path
from shop.payment.errors import BasketEmpty, BasketNotOpen, NotAvailable, PaymentError, TooMuchOpen

from .draft import ATTEMPT_KEY, Draft, remember_beside, running_attempt
from .forms import ContactForm, PayForm, courier_name
from .quoting import Offer, delivery_address, is_complete, offer_for, saved_address
from .refusal import refuse, take_refusal
from .services import keep_address


@method_decorator(never_cache, name="dispatch")
class CheckoutView(View):
    """What both screens need: a basket that can be bought, else the way to where that is put right."""

    #: With what Oscar's middleware adds: ``basket`` and ``strategy``.
    request: Any

    def dispatch(self, request, *args, **kwargs):
        basket = request.basket
        if basket.is_empty:
            running = running_attempt(request)
            return redirect(attempt_path(running) if running else "basket:summary")
        self.page = basket_page(basket)
        if self.page.is_blocked:
            messages.warning(request, _("Something in your basket has changed. Please look before you go on."))
            return redirect("basket:summary")
        self.draft = Draft(request.session)
        return super().dispatch(request, *args, **kwargs)


class DetailsView(CheckoutView):
    """E-mail and address. A guest is asked nothing else; who has an account may sign in or choose a saved address."""

    def get(self, request):
        if take_refusal(request):
            contact, address, contact_ok, address_ok, saved = self.check()
            if not (contact_ok and address_ok):
                return self.screen(contact, address, saved_incomplete=bool(saved and not address_ok))
        return self.screen(
            ContactForm(initial={"email": self.draft.get("email")}), AddressForm(initial=self.draft.address())
        )

    def post(self, request):
        self.draft.remember(request.POST)
        sent = self.draft.address() | {"postcode_from": request.POST.get("postcode_from", "")}
        self.draft.put(postcode=AddressForm(initial=sent).meant_postcode())
        if request.POST.get("step"):
            # Only the next list was asked for: nothing is wrong yet, so nothing is marked.
            return redirect(f"{reverse('checkout:index')}#{self.next_field()}")
        _contact, _address, contact_ok, address_ok, _saved = self.check()
        return redirect("checkout:pay") if contact_ok and address_ok else refuse(request)

    def check(self):
        """Both forms as the draft fills them, whether each may go on, and the saved address that was chosen."""
        user = self.request.user
        contact = ContactForm({"email": self.draft.get("email")})
        address = AddressForm(self.draft.address())
        saved = saved_address(self.draft, user)
        contact_ok = user.is_authenticated or contact.is_valid()
        address_ok = is_complete(saved) if saved else address.is_valid()
        return contact, address, contact_ok, address_ok, saved

    def next_field(self) -> str:
        form = AddressForm(initial=self.draft.address())
        if form.next_level:
            return form[form.next_level].id_for_label
        return form["line1"].id_for_label

    def screen(self, contact, address, *, saved_incomplete=False):
        user = self.request.user
        saved = []
        if user.is_authenticated:
            saved = list(user.addresses.filter(country__is_shipping_country=True).order_by("-is_default_for_shipping"))
        chosen = self.draft.get("saved") or (str(saved[0].pk) if saved else "new")
        # Who is signed in is asked for no e-mail, who chose a saved address for no other.
        asked = [] if user.is_authenticated else [contact]
        asked += [] if saved_incomplete else [address]
        context = {
            "contact": contact,
            "form": address,
            "saved": saved,
            "chosen": chosen,
            "saved_incomplete": saved_incomplete,
            "keep_address": self.draft.get("keep_address", "on") == "on",
            "page": self.page,
            "forms_with_errors": [f for f in asked if f.is_bound and f.errors],
        }
        return render(self.request, "oscar/checkout/details.html", context)


class PayView(CheckoutView):
    """Courier a parcel, way to pay, consent, total; its button reserves and leads to the payment."""

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST" and (twin := self.already_reserved(request)):
            return redirect(attempt_path(twin))
        return super().dispatch(request, *args, **kwargs)

    @staticmethod
    def already_reserved(request):
        """The attempt made by a first press of this very button, when this is the second.

        The first press froze the basket, so the second would find an empty one and lead away from the payment.
        """
        running = running_attempt(request)
        return running if running and str(running.basket_id) == request.POST.get("basket") else None

    def get(self, request):
        offer = self.offer()
        if offer is None:
            return redirect("checkout:index")
        refused = take_refusal(request)
        if refused is None:
            return self.screen(offer, self.form(offer))
        form = self.form(offer, refused.sent)
        return self.screen(offer, form, problem=refused.problem, problem_url=refused.problem_url)

    def post(self, request):
        self.draft.remember(request.POST)
        if request.POST.get("step"):
            return redirect("checkout:pay")
        offer = self.offer()
        if offer is None:
            return redirect("checkout:index")
        form = self.form(offer, request.POST)
        if not form.is_valid():
            return refuse(request)
        if request.POST.get("total") != str(int(offer.total)):
            return refuse(request, problem=_("The total has changed. Please look at it and press again."))
        return self.reserve(offer, form)

    def reserve(self, offer: Offer, form):
        request = self.request
        try:
            attempt = payment.reserve(
                basket=request.basket,
                user=request.user,
                email=self.email(),
                shipping_address=offer.address,
                parcels=list(offer.parcels),
                gateway=form.cleaned_data["gateway"],
                language=get_language(),
                source=request.session.get(SOURCE_KEY, ""),
                terms_version=settings.SHOP_TERMS_VERSION,
                session=request.session.session_key or "",
                client_address=request.META.get("REMOTE_ADDR", ""),
            )
        except (NotAvailable, BasketEmpty, BasketNotOpen) as error:
            messages.error(request, str(error))
            return redirect("basket:summary")
        except TooMuchOpen as error:
            return refuse(request, problem=str(error), problem_url=attempt_path(error.attempt) if error.attempt else "")
        except PaymentError as error:
            return refuse(request, problem=str(error))
        request.session[ATTEMPT_KEY] = attempt.key
        if self.draft.get("keep_address") == "on" and not saved_address(self.draft, request.user):
            keep_address(request.user, offer.address)
        self.draft.finish()
        try:
            return redirect(payment.start(attempt))
        except PaymentError:
            # The pieces are held; the attempt's own page says so and offers to try again.
            return redirect(attempt_path(attempt))

    def offer(self) -> Offer | None:
        if not self.email():
            return None
        address = delivery_address(self.draft, self.request.user)
        return offer_for(self.request.basket, address, self.draft) if address else None

    def email(self) -> str:
        if self.request.user.is_authenticated:
            return self.request.user.email
        contact = ContactForm({"email": self.draft.get("email")})
        return contact.cleaned_data["email"] if contact.is_valid() else ""

    def form(self, offer: Offer, data=None):
        self.gateways = payment.available_gateways(amount=offer.total)
        kwargs: dict[str, Any] = {"parcels": offer.parcels, "gateways": self.gateways}
        if data is not None:
            return PayForm(data, **kwargs)
        codes = [gateway.code for gateway in self.gateways]
        wanted = self.draft.get("gateway")
        initial = {"gateway": wanted if wanted in codes else (codes[0] if codes else "")}
        return PayForm(initial=initial, **kwargs)

    def screen(self, offer: Offer, form, *, problem="", problem_url=""):
        # The browser shows what the session holds, so a choice made before an error is still made after it.
        chosen_gateway = form["gateway"].value()
        context = {
            "offer": offer,
            "rows": [(parcel, form[courier_name(parcel)]) for parcel in offer.parcels],
            "gateways": self.gateways,
            "chosen_gateway": chosen_gateway,
            "form": form,
            "email": self.email(),
            "page": self.page,
            "problem": problem,
            "problem_url": problem_url,
            "whatsapp_number": settings.SHOP_WHATSAPP,
            "terms_given": self.draft.get("terms") == "on",
        }
        return render(self.request, "oscar/checkout/pay.html", context)


class DraftView(View):
    """Takes what has been typed so far while it is typed, so that a lost connection or a closed tab loses nothing."""

    http_method_names = ["post"]

    def post(self, request):
        if request.session.session_key is None:
            Draft(request.session).remember(request.POST)
        else:
            remember_beside(request.session, request.POST)
        return HttpResponse(status=204)
