"""What still waits stands first. On PostgreSQL a date that is not set yet sorts last unless somebody says otherwise."""

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from shop.dashboard.orders.tests.factories import curator
from shop.exhibitions.desk.parts import PER_PAGE
from shop.exhibitions.desk.views import day
from shop.exhibitions.models import Discrepancy, Enquiry, RefusedEvent, TillEvent
from shop.exhibitions.services import packing
from shop.exhibitions.tests.stall import open_stall

pytestmark = pytest.mark.django_db


@pytest.fixture
def stall():
    return open_stall()


@pytest.fixture(autouse=True)
def signed_in(client):
    client.force_login(curator())


def first_states(client, name, fair, **asked):
    (section,) = client.get(reverse(f"fairdesk:{name}", args=(fair.pk,)), asked).context["sections"]
    return section.table


def refused(stall, number, settled_at=None):
    payload = {"kind": f"k{number}"}
    return RefusedEvent.objects.create(
        device=stall.device, event_id=f"e{number}", code="unknown_item", payload=payload, settled_at=settled_at
    )


def test_refused_events_that_wait_are_the_list_and_the_others_are_a_filter_away(client, stall):
    for number in range(PER_PAGE):
        refused(stall, number, settled_at=timezone.now())
    refused(stall, "wait")
    waiting = first_states(client, "refused", stall.fair)
    assert [row.told[2][2] for row in waiting.rows] == ["kwait"]
    everything = first_states(client, "refused", stall.fair, state="all")
    assert everything.page.paginator.count == PER_PAGE + 1
    assert everything.rows[0].told[2][2] == "kwait"
    settled = first_states(client, "refused", stall.fair, state="settled")
    assert settled.page.paginator.count == PER_PAGE
    page = client.get(reverse("fairdesk:refused", args=(stall.fair.pk,))).content.decode()
    assert '<select name="state"' in page


def test_enquiries_that_wait_stand_before_answered_ones(client, stall):
    for number in range(PER_PAGE + 1):
        event = TillEvent.objects.create(
            id=uuid.uuid4(),
            fair=stall.fair,
            device=stall.device,
            kind="enquiry",
            payload={},
            device_time=timezone.now(),
        )
        Enquiry.objects.create(
            id=event.id,
            event=event,
            fair=stall.fair,
            name=f"Tamu {number}",
            kind="export",
            phone="+6281",
            consent_at=timezone.now(),
            answered_at=timezone.now() if number else None,
        )
    rows = first_states(client, "enquiries", stall.fair).rows
    assert rows[0].told[0][2] == "Tamu 0"


def test_unresolved_discrepancies_stand_before_resolved_ones(client, stall):
    for number in range(PER_PAGE + 1):
        Discrepancy.objects.create(
            fair=stall.fair,
            kind="cash",
            detail=f"nomor {number}",
            created_at=timezone.now(),
            resolved_at=timezone.now() if number else None,
            resolution="explained" if number else "",
        )
    rows = first_states(client, "discrepancies", stall.fair, state="all").rows
    assert rows[0].told[1][2] == "nomor 0"


def test_a_history_that_is_cut_says_so(client, stall):
    record = stall.piece(units=day.NEWEST + 1)
    user = get_user_model().objects.first()
    for number in range(day.NEWEST + 1):
        packing.gift(stall.fair, record, 1, reason=f"Tamu {number}", code=uuid.uuid4(), actor=user)
        page = client.get(reverse("fairdesk:stall", args=(stall.fair.pk,))) if number >= day.NEWEST - 2 else None
        if page is not None:
            is_cut = number + 1 >= day.NEWEST
            assert (page.context["sections"][1].text == "Ditampilkan 50 yang terbaru.") is is_cut
