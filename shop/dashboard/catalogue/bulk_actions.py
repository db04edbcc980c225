"""What ``get_class("dashboard.catalogue.bulk_actions", …)`` finds before Oscar's own."""

from django.contrib import messages
from django.db.models import Q
from django.utils.translation import ngettext
from oscar.apps.dashboard.catalogue import bulk_actions
from oscar.core.loading import get_model

Product = get_model("catalogue", "Product")

PRICED = Q(stockrecords__price__gt=0) | Q(children__stockrecords__price__gt=0)
#: A variant is shown with its parent's pictures.
DESCRIBED = Q(structure=Product.CHILD) | Q(images__original__description_ind__gt="")


class MakeProductsPublicAction(bulk_actions.MakeProductsPublicAction):
    """Replaces Oscar's, which shows shoppers whatever is ticked, pieces without a price or a picture as well: the form
    of one piece refuses that."""

    def execute(self, request, objects, form):
        chosen = set(objects.values_list("pk", flat=True))
        ready = set(Product.objects.filter(PRICED, DESCRIBED, pk__in=chosen).values_list("pk", flat=True))
        if ready:
            super().execute(request, Product.objects.filter(pk__in=ready), form)
        if hidden := len(chosen - ready):
            messages.warning(
                request,
                ngettext(
                    "%(count)s piece stays hidden: it has no price or no picture with a description yet.",
                    "%(count)s pieces stay hidden: they have no price or no picture with a description yet.",
                    hidden,
                )
                % {"count": hidden},
            )
