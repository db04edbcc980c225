"""The demo's fairs: made by the real verbs, so everything agrees; loaded once, whatever the day."""

from datetime import timedelta

import pytest
import qriskit
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from shop.demo import loading
from shop.demo.loading import pictures
from shop.exhibitions import demo
from shop.exhibitions.demo import planned, running, settled, stall
from shop.exhibitions.models import Discrepancy, Enquiry, Fair, PairingCode, Reversal, Sale, TillEvent
from shop.exhibitions.services import devices
from shop.settlement.models import Entry, Payout, Statement
from shop.stock.models import Move

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    """The demo's shop without its drawings, the two people whom fairs need, and the fairs."""
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)
    for email in ("kurator@demo.test", "kasir@demo.test"):
        get_user_model().objects.create_user(email, "kata-sandi-panjang")
    loading.load()
    demo.load()


def test_demo_has_a_fair_of_each_kind_and_all_books_agree(loaded, capsys):
    today = timezone.localdate()
    statuses = dict(Fair.objects.values_list("slug", "status"))
    assert statuses == {settled.SLUG: "settled", running.SLUG: "open", planned.SLUG: "planned"}
    for command in ("check_stock", "check_books", "check_fairs"):
        call_command(command)
    past, now, later = (Fair.objects.get(slug=part.SLUG) for part in (settled, running, planned))
    assert past.starts_on.month == 9 and past.ends_on < today
    assert now.starts_on < today < now.ends_on
    assert later.starts_on >= today + timedelta(days=28)
    assert later.participations.count() == len(planned.MAKERS)

    assert past.devices.count() == now.devices.count() == 2
    assert not past.discrepancies.filter(resolved_at=None).exists()
    assert set(now.discrepancies.filter(resolved_at=None).values_list("kind", flat=True)) == {
        Discrepancy.Kind.MISSING,
        Discrepancy.Kind.SURPLUS,
        Discrepancy.Kind.OVERSOLD,
        Discrepancy.Kind.CLOCK,
        Discrepancy.Kind.UNKNOWN_PRICE,
        Discrepancy.Kind.CASH,
    }
    assert set(Enquiry.objects.values_list("kind", flat=True)) == {"contact", "export", "wholesale"}
    assert set(Reversal.objects.values_list("kind", flat=True)) == {"void", "return"}
    assert not now.sales.filter(sold_at__gt=timezone.now()).exists()
    issued = Statement.objects.filter(reference=past.reference)
    assert {statement.maker_id for statement in issued} == set(past.participations.values_list("maker", flat=True))
    assert Payout.objects.count() == issued.filter(due__gt=0).count() - 1


def test_loading_again_changes_nothing(loaded):
    models = (Fair, Sale, TillEvent, Discrepancy, Statement, Payout, Entry, Move, PairingCode)
    before = {model: list(model.objects.order_by("pk").values()) for model in models}
    demo.load()
    assert {model: list(model.objects.order_by("pk").values()) for model in models} == before


def test_a_month_later_the_fair_still_runs(loaded, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=30))
    demo.load()
    fair = Fair.objects.get(slug=running.SLUG)
    assert fair.starts_on < timezone.localdate() < fair.ends_on


def test_each_start_gives_one_code_that_pairs_a_phone_with_the_running_fair(loaded):
    first, _fair = demo.pairing_code()
    second, fair = demo.pairing_code()
    assert not PairingCode.objects.filter(code=first).exists()
    device, _token = devices.pair(second, name="HP tamu")
    assert (device.fair, device.letter) == (fair, "C")
    assert fair.cashiers.get(name="Rio").user.email == "kasir@demo.test"
    Fair.objects.filter(pk=fair.pk).update(status=Fair.Status.COUNTING)
    assert demo.pairing_code() is None


def test_static_code_of_the_demo_is_valid_and_nobodys():
    assert qriskit.is_valid(stall.QRIS)
    assert "CONTOH" in qriskit.parse(stall.QRIS).merchant_name
