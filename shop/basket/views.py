import uuid
from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from shop.catalogue.queries import browsable, images
from shop.catalogue.templatetags.money import rupiah
from shop.checkout.draft import running_attempt
from shop.crafts.queries import crafts_with_counts
from shop.payment.addresses import attempt_path
from shop.pictures.templatetags.pictures import picture_url

from . import queries, services
from .middleware import SESSION_KEY as SOURCE_KEY

REMOVED_KEY = "basket_removed"


def _quantity(data, default=1) -> int:
    """A number from a form; whatever is not one counts as ``default``."""
    text = str(data.get("quantity", "")).strip()
    return int(text) if text.isdecimal() and len(text) < 5 else default


def _buyable(pk):
    return get_object_or_404(browsable().select_related("maker", "product_class"), pk=pk)


def _picture(product):
    image = images().filter(product=product).first()
    return image.picture if image else None


@method_decorator(never_cache, name="dispatch")
class BasketView(TemplateView):
    """The basket as it stands. Replaces Oscar's formset page, whose one error hides every other line's change."""

    template_name = "oscar/basket/basket.html"

    def get_context_data(self, **kwargs):
        page = queries.basket_page(self.request.basket)
        if any(row.price_was is not None for row in page.rows):
            services.accept_prices(self.request.basket)
        running = running_attempt(self.request)
        return super().get_context_data(
            **kwargs,
            page=page,
            running_url=attempt_path(running) if running else "",
            crafts=[] if page.count else crafts_with_counts(),
            removed=self.request.session.get(REMOVED_KEY),
            vouchers=list(self.request.basket.vouchers.all()) if self.request.basket.pk else [],
            whatsapp_number=settings.SHOP_WHATSAPP,
            whatsapp_text=queries.whatsapp_text(page),
        )


@method_decorator(never_cache, name="dispatch")
class ConfirmView(View):
    """One piece and one button: where 'add to basket' leads without a script.

    Product pages are the same for everybody and hold no token, so they cannot post. This page is one visitor's own.
    """

    def get(self, request, pk):
        return self.page(request, _buyable(pk), max(1, _quantity(request.GET)))

    @staticmethod
    def page(request, product, quantity, error="", status=200):
        picture = _picture(product)
        info = request.strategy.fetch_for_product(product)
        left = services.available(request.basket, product)
        return render(
            request,
            "oscar/basket/confirm.html",
            {
                "product": product,
                "picture": picture,
                "price": info.price.incl_tax if info.price.exists else None,
                "quantity": quantity,
                "left": left,
                "most": min(left or 99, 99),
                "error": error,
                "nonce": uuid.uuid4().hex,
            },
            status=status,
        )


class AddView(View):
    """Adds a piece. Answers JSON to scripts, and otherwise leads to the basket.

    Replaces Oscar's own, which adds twice on a double click and knows no JSON.
    """

    http_method_names = ["post"]

    def post(self, request, pk):
        product = _buyable(pk)
        quantity = max(1, _quantity(request.POST))
        try:
            line = services.add(
                request.basket,
                product,
                quantity,
                nonce=request.POST.get("nonce", ""),
                source=request.session.get(SOURCE_KEY, ""),
            )
        except services.Refused as refusal:
            return self.refused(product, quantity, str(refusal))
        request.session.pop(REMOVED_KEY, None)
        text = _("%(piece)s is in your basket.") % {"piece": product.get_title()}
        if self.wants_json:
            return JsonResponse(self.answer(line, text))
        messages.success(request, text)
        return redirect("basket:summary")

    @property
    def wants_json(self) -> bool:
        return "application/json" in self.request.headers.get("Accept", "")

    def answer(self, line, text):
        picture = _picture(line.product)
        return {
            "ok": True,
            "added": True,
            "basket_count": self.request.basket.num_items,
            "text": text,
            "line": {
                "id": line.pk,
                "title": line.product.get_title(),
                "maker": line.product.maker.name if line.product.maker else "",
                "quantity": line.quantity,
                "price": rupiah(line.price_incl_tax),
                "picture": picture_url(picture, 320),
            },
        }

    def refused(self, product, quantity, text):
        if self.wants_json:
            count = self.request.basket.num_items
            return JsonResponse(
                {"ok": False, "added": False, "error": text, "text": text, "basket_count": count}, status=409
            )
        return ConfirmView.page(self.request, product, quantity, error=text, status=409)


class LineView(View):
    """Changes one line: ``change`` is less, more, set or remove."""

    http_method_names = ["post"]

    def post(self, request, pk):
        line = request.basket.lines.filter(pk=pk).first() if request.basket.pk else None
        if line is None:
            return redirect("basket:summary")
        line.basket = request.basket
        request.session.pop(REMOVED_KEY, None)
        try:
            removed = services.set_quantity(line, self.wanted(line))
        except services.Refused as refusal:
            messages.error(request, f"{line.product.get_title()}: {refusal}")
        else:
            if removed:
                request.session[REMOVED_KEY] = asdict(removed)
        return redirect("basket:summary")

    def wanted(self, line) -> int:
        change = self.request.POST.get("change", "set")
        if change == "remove":
            return 0
        if change in ("less", "more"):
            return line.quantity + (1 if change == "more" else -1)
        return _quantity(self.request.POST, default=line.quantity)


class UndoView(View):
    """Puts back the piece taken out last."""

    http_method_names = ["post"]

    def post(self, request):
        removed = request.session.pop(REMOVED_KEY, None)
        if removed:
            try:
                services.restore(request.basket, services.Removed(**removed))
            except services.Refused as refusal:
                messages.error(request, f"{removed['title']}: {refusal}")
        return redirect("basket:summary")
