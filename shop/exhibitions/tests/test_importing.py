"""What a lost or shut-out device kept is not lost: a curator imports the file that it exported."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from shop.exhibitions.errors import MayNotImport, NotAnExport, OtherDevice
from shop.exhibitions.models import Discrepancy, RefusedEvent, Sale
from shop.exhibitions.services import devices
from shop.exhibitions.services.importing import import_file
from shop.exhibitions.tests.stall import batch, line, now, open_stall
from shop.stock import travel

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


@pytest.fixture
def curator():
    user = get_user_model().objects.create_user(email="kurator@example.com", password="x")
    user.user_permissions.add(Permission.objects.get(codename="change_fair"))
    return get_user_model().objects.get(pk=user.pk)


def exported(stall, *events):
    return json.dumps(batch(*events, device={"id": stall.device.pk, "letter": "A"}))


def test_what_a_revoked_device_kept_counts_and_is_late(stall, curator):
    record = stall.piece(3)
    sent, kept = stall.sale(line(record)), stall.sale(line(record))
    stall.send(sent)
    devices.seen(stall.device, app_version="", waiting=2, clock=0)
    devices.revoke(stall.device)
    done = import_file(stall.device, exported(stall, sent, kept, {"id": "x"}), actor=curator)
    assert (done.created, done.duplicate) == (1, 1)
    assert [answer.status for answer in done.answers] == ["duplicate", "created", "refused"]
    assert [answer.code for answer in done.refused] == ["bad_id"]
    assert Sale.objects.get(pk=kept["id"]).is_late is True
    assert Sale.objects.get(pk=sent["id"]).is_late is False
    assert travel.at_stall(record.pk, stall.fair.reference) == 1
    assert RefusedEvent.objects.get().payload == {"id": "x"}
    found = Discrepancy.objects.get()
    assert (found.kind, found.quantity) == ("late_sale", 1)
    stall.device.refresh_from_db()
    assert stall.device.waiting == 0
    assert found.detail == "A-0001 · A HP Rina ← kurator@example.com"


@pytest.mark.parametrize("off", [{"days": 30}, {"days": -4_000}])
def test_no_file_is_refused_for_the_clock_of_its_phone(stall, curator, off):
    done = import_file(stall.device, exported(stall, stall.sale(at=now(**off))), actor=curator)
    assert done.created == 1
    kept = Sale.objects.get()
    assert kept.sold_at == kept.event.received_at


def test_what_another_device_was_refused_is_settled_when_it_counts(stall, curator):
    """A phone that was paired anew is another device; what it was refused before is the same event all the same."""
    sale = stall.sale()
    reversal = stall.reversal(sale)
    stall.send(reversal)
    anew = stall.second_device()
    anew.send(sale)
    import_file(anew.device, json.dumps([reversal]), actor=curator)
    assert RefusedEvent.objects.get(event_id=reversal["id"]).settled_at is not None


def test_a_phone_that_died_before_it_was_shut_out_waits_for_nothing_after_its_file_is_in(stall, curator):
    devices.seen(stall.device, app_version="", waiting=1, clock=0)
    import_file(stall.device, exported(stall, stall.sale()), actor=curator)
    devices.revoke(stall.device)
    assert stall.device.__class__.objects.get().waiting == 0


def test_the_same_file_again_changes_nothing(stall, curator):
    text = exported(stall, stall.sale(), stall.sale())
    assert import_file(stall.device, text, actor=curator).created == 2
    again = import_file(stall.device, text, actor=curator)
    assert (again.created, again.duplicate) == (0, 2)
    assert Sale.objects.count() == 2


def test_while_the_fair_is_open_an_imported_return_goes_back_to_the_stall(stall, curator):
    record = stall.piece(1)
    sale = stall.sale(line(record))
    done = import_file(stall.device, exported(stall, stall.reversal(sale), sale), actor=curator)
    assert [answer.status for answer in done.answers] == ["created", "created"]
    assert travel.at_stall(record.pk, stall.fair.reference) == 1


def test_a_list_of_events_alone_will_do_and_more_than_a_hundred_too(stall, curator):
    events = [{"id": "x", "n": number} for number in range(101)]
    done = import_file(stall.device, json.dumps([*events, stall.sale()]), actor=curator)
    assert (len(done.refused), done.created) == (101, 1)


def test_the_last_known_clock_of_the_device_puts_the_times_right(stall, curator):
    stall.device.skew_seconds = -3_600
    stall.device.save()
    sale = stall.sale(at=now(hours=-1))
    import_file(stall.device, exported(stall, sale), actor=curator)
    kept = Sale.objects.get()
    assert (kept.sold_at - kept.event.device_time).total_seconds() == 3_600


@pytest.mark.parametrize("text", ["", "nonsense", "1", '"x"', "{}", '{"events": {}}', "[NaN]", "[" * 5000, "\ufeff["])
def test_what_is_no_export_is_refused(stall, curator, text):
    with pytest.raises(NotAnExport):
        import_file(stall.device, text, actor=curator)


def test_the_file_of_another_device_is_refused(stall, curator):
    with pytest.raises(OtherDevice):
        import_file(stall.second_device().device, exported(stall, stall.sale()), actor=curator)
    assert not Sale.objects.exists()


def test_who_may_not_change_fairs_imports_nothing(stall):
    user = get_user_model().objects.create_user(email="a@example.com", password="x")
    with pytest.raises(MayNotImport):
        import_file(stall.device, exported(stall, stall.sale()), actor=user)
    assert not Sale.objects.exists()
