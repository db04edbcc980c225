"""Money to makers and back: what was paid when and how, and what was written down by mistake."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shop.catalogue.templatetags.money import rupiah
from shop.exhibitions.errors import DeskError
from shop.settlement import queries as books
from shop.settlement.errors import PaysTooMuch, ProofIsKnown, SettlementError
from shop.settlement.models import Payout
from shop.settlement.services import pay_out, receive_back, take_back

from ..base import ActionView
from ..forms import BackForm, PayoutForm, ReasonForm
from .settlement import OfStatement


class PaysMoreThanDue(DeskError):
    words = gettext_lazy("%(due)s is left to pay. More cannot be paid.")


class MoreThanComesBack(DeskError):
    words = gettext_lazy("%(due)s is to come back. More cannot be written down.")


class NotPayable(DeskError):
    words = gettext_lazy("This statement was reopened or paid meanwhile. Look at it again.")


class PaidBefore(DeskError):
    words = gettext_lazy("A payment with this proof is written down for this maker already. Look at the payments.")


class TakenBackBefore(DeskError):
    words = gettext_lazy("This payment was taken back before.")


class Pay(OfStatement, ActionView):
    page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Write down a payment")
    submit = gettext_lazy("Paid")
    form_class = PayoutForm
    too_much: type[DeskError] = PaysMoreThanDue

    def left(self) -> Any:
        return books.left_to_pay(self.statement)

    def initial(self) -> dict[str, Any]:
        return {"amount": max(self.left(), 0), "paid_on": timezone.localdate()}

    def words(self) -> Any:
        return _("Left to pay: %(amount)s") % {"amount": rupiah(self.left())}

    def perform(self, form: Any) -> Any:
        try:
            return self.write_down(key=f"payout:{self.code}", actor=self.request.user, **form.cleaned_data)
        except PaysTooMuch as error:
            raise self.too_much(due=rupiah(max(error.due, 0))) from error
        except ProofIsKnown as error:
            raise PaidBefore from error
        except SettlementError as error:
            raise NotPayable from error

    def write_down(self, **told: Any) -> Any:
        made = pay_out(self.statement, **told)
        return _("%(amount)s is written down as paid.") % {"amount": rupiah(made.amount)}


class PayBack(Pay):
    title = gettext_lazy("Write down money that came back")
    submit = gettext_lazy("Came back")
    form_class = BackForm
    too_much = MoreThanComesBack

    def left(self) -> Any:
        return -super().left()

    def words(self) -> Any:
        return _("To come back from the maker: %(amount)s") % {"amount": rupiah(max(self.left(), 0))}

    def write_down(self, **told: Any) -> Any:
        made = receive_back(self.statement, **told)
        return _("%(amount)s is written down as come back.") % {"amount": rupiah(-made.amount)}


class TakeBack(ActionView):
    """Undoes a payment that was written down by mistake. It stays readable with the reason."""

    page = "settlement"
    permission = "settlement.settle"
    title = gettext_lazy("Take back a payment")
    submit = gettext_lazy("Take back")
    form_class = ReasonForm
    is_grave = True

    @cached_property
    def payout(self) -> Payout:
        found = Payout.objects.select_related("statement__maker")
        return get_object_or_404(found, statement__reference=self.fair.reference, pk=self.kwargs["pk"])

    def words(self) -> Any:
        one = self.payout
        told = (one.statement.maker.name, rupiah(one.amount), one.get_method_display(), one.proof)
        why = _("It was written down by mistake. It stays readable with your reason and counts no more.")
        return f"{' · '.join(told)} · {date_format(one.paid_on, 'j M Y')}\n{why}"

    def back(self) -> str:
        return self.to("statement", self.payout.statement_id)

    def perform(self, form: Any) -> Any:
        try:
            taken = take_back(self.payout, reason=form.cleaned_data["reason"], actor=self.request.user)
        except SettlementError as error:
            raise TakenBackBefore from error
        return _("%(amount)s is taken back.") % {"amount": rupiah(taken.amount)}
