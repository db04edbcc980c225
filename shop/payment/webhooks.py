"""Where gateways tell us that something happened. Quick: verify, hand to the background worker, answer."""

import hashlib
from dataclasses import asdict
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .gateways import get_gateway
from .gateways.stripe import EVENTS, StripeGateway
from .reconcile import is_known
from .tasks import follow_notice


@csrf_exempt
@require_POST
def stripe_webhook(request: HttpRequest) -> HttpResponse:
    """Anybody can post here, so only what Stripe signed in the last minutes is taken, and even that is only a hint
    where to look. 400 for the rest; 200 for what we know or do not need, or Stripe would repeat it for days
    (https://docs.stripe.com/webhooks#best-practices)."""
    gateway = cast(StripeGateway, get_gateway(StripeGateway.code))
    if not gateway.is_configured():
        raise Http404
    body = request.body
    try:
        event = gateway.read_webhook(body, request.headers.get("Stripe-Signature", ""))
    except ValueError:
        return HttpResponseBadRequest("not signed by Stripe")
    wanted = event.kind in EVENTS and (event.attempt_key or event.refund_key)
    if wanted and not is_known(gateway.code, event.id):
        notice = {**asdict(event), "at": event.at.isoformat()}
        follow_notice.enqueue(gateway.code, notice, hashlib.sha256(body).hexdigest())
    return HttpResponse(status=200)
