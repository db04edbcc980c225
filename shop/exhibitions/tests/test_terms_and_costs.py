"""What makers signed, and what their statements were reckoned with, is not changed behind their back."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from shop.artisans.tests.factories import MakerFactory
from shop.exhibitions.errors import CodeStoodForAnother, MakersAreTold, TermsAreSigned
from shop.exhibitions.models import Fair, FairCost
from shop.exhibitions.services import costs, packing, terms
from shop.exhibitions.tests.factories import ConsignmentFactory, ConsignmentLineFactory, FairFactory, FairMakerFactory
from shop.settlement.models import Statement
from shop.settlement.services import issue_statement
from shop.settlement.tests.factories import sold

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return FairFactory(status="packing", commission_percent=10, shared_cost_percent=50)


@pytest.fixture
def signed(fair):
    consignment = ConsignmentFactory(fair=fair)
    ConsignmentLineFactory(consignment=consignment)
    curator = get_user_model().objects.create_user(email="kurator@example.com", password="x")
    return packing.hand_over(consignment, signed_by="Rohana", actor=curator)


def enter(fair, amount=100_000, *, code=None, is_shared=True):
    told = {"kind": "rent", "amount": Decimal(amount), "spent_on": date(2027, 2, 3), "note": ""}
    return costs.write_down(fair, code=code or uuid.uuid4(), is_shared=is_shared, **told)


def tell(fair, maker=None):
    return issue_statement(maker or MakerFactory(), [sold()], reference=fair.reference)


def test_the_terms_of_the_day_stand_on_the_list_that_is_signed(fair, signed):
    assert (signed.commission_percent, signed.shared_cost_percent) == (10, 50)
    own = FairMakerFactory(fair=fair, commission_percent=Decimal("12.50"))
    other = ConsignmentFactory(fair=fair, maker=own.maker)
    ConsignmentLineFactory(consignment=other)
    assert other.commission_percent is None
    packing.hand_over(other, signed_by="Budi", actor=signed.handed_over_to)
    assert other.commission_percent == Decimal("12.50")


def test_what_a_maker_signed_is_not_changed_for_them(fair, signed):
    row = fair.participations.get(maker=signed.maker)
    with pytest.raises(TermsAreSigned) as refusal:
        terms.change_maker(row, commission_percent=Decimal(20))
    assert str(refusal.value).startswith(str(signed.maker))
    for changed in ({"commission_percent": Decimal(11)}, {"shared_cost_percent": Decimal(51)}):
        with pytest.raises(TermsAreSigned):
            terms.change_fair(fair, **changed)
    assert terms.change_maker(row, commission_percent=Decimal(10), note="Tetap").note == "Tetap"
    assert terms.change_fair(fair, commission_percent=Decimal(10), venue="JCC").venue == "JCC"
    other = FairMakerFactory(fair=fair)
    assert terms.change_maker(other, commission_percent=Decimal(5)).commission_percent == 5
    fair.refresh_from_db()
    assert (fair.commission_percent, fair.shared_cost_percent) == (10, 50)


def test_the_fairs_commission_is_free_while_all_who_signed_have_their_own(fair, signed):
    fair.participations.filter(maker=signed.maker).update(commission_percent=Decimal(10))
    assert terms.change_fair(fair, commission_percent=Decimal(20)).commission_percent == 20
    with pytest.raises(TermsAreSigned):
        terms.change_fair(fair, shared_cost_percent=Decimal(0))


def test_terms_hold_still_while_a_statement_stands(fair):
    row = FairMakerFactory(fair=fair)
    statement = tell(fair, row.maker)
    with pytest.raises(MakersAreTold):
        terms.change_maker(row, commission_percent=Decimal(0))
    for changed in ({"commission_percent": Decimal(0)}, {"shared_cost_percent": Decimal(0)}):
        with pytest.raises(MakersAreTold):
            terms.change_fair(fair, **changed)
    Statement.objects.filter(pk=statement.pk).delete()
    assert terms.change_fair(fair, shared_cost_percent=Decimal(0)).shared_cost_percent == 0


def test_shared_costs_hold_still_while_a_statement_stands_and_others_do_not(fair):
    shared, own = enter(fair), enter(fair, is_shared=False)
    tell(fair)
    for change in (
        lambda: enter(fair),
        lambda: costs.change(shared, amount=Decimal(1)),
        lambda: costs.change(shared, is_shared=False),
        lambda: costs.change(own, is_shared=True),
        lambda: costs.remove(shared),
    ):
        with pytest.raises(MakersAreTold):
            change()
    assert costs.change(shared, note="Kuitansi 7").note == "Kuitansi 7"
    costs.change(own, amount=Decimal(5))
    enter(fair, 7, is_shared=False)
    costs.remove(own)
    costs.remove(own)
    assert sorted(FairCost.objects.values_list("amount", "is_shared")) == [(7, False), (100_000, True)]


def test_one_form_is_one_cost(fair):
    code = uuid.uuid4()
    assert enter(fair, code=code) == enter(fair, code=code)
    with pytest.raises(CodeStoodForAnother):
        enter(fair, 5, code=code)
    with pytest.raises(CodeStoodForAnother):
        enter(FairFactory(), code=code)
    assert FairCost.objects.count() == 1
    assert Fair.objects.count() == 2
