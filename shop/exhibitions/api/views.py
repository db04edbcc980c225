"""What devices ask. The rules are in the services; here is only who asks, in what form, and how often."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.exhibitions import faults
from shop.exhibitions.catalogue import catalogue_for
from shop.exhibitions.services import devices, inbox
from shop.exhibitions.wire.answers import Status

from . import serializers as forms
from .authentication import DeviceAuthentication, IsDevice
from .errors import answer
from .parsers import BoundedJSONParser
from .throttles import EachDevice

REFUSALS = {
    status: OpenApiResponse(forms.Refusal, description=words)
    for status, words in {
        400: "not_json, bad_field",
        401: "token_missing, token_unknown, device_revoked",
        413: "batch_too_large",
        415: "unsupported_media_type",
        429: "too_many_requests; Retry-After in seconds",
        503: "busy: send it again",
    }.items()
}


class TillView(APIView):
    """Speaks the language of Accept-Language. The site's own rule, language by address, knows no address here."""

    authentication_classes: Sequence = (DeviceAuthentication,)
    permission_classes: Sequence = (IsDevice,)
    parser_classes = (BoundedJSONParser,)
    renderer_classes = (JSONRenderer,)
    throttle_classes = (EachDevice,)
    throttle_scope: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = super().dispatch(request, *args, **kwargs)
        response["Content-Language"] = language
        response.setdefault("Cache-Control", "no-store")
        return response

    def get_exception_handler(self) -> Callable:
        return answer

    def told(self, form: type[forms.Strict]) -> dict[str, Any]:
        """The body, checked. Raises DRF's ``ValidationError`` and ``ParseError``."""
        serializer = form(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class PairView(TillView):
    authentication_classes = ()
    permission_classes = ()
    throttle_scope = "pair"

    @extend_schema(
        operation_id="pair",
        summary="Make this phone a device of a fair",
        description="The code works once, within minutes. The token is shown only here.",
        request=forms.Pairing,
        responses={
            201: forms.Paired,
            **{status: REFUSALS[status] for status in (400, 413, 415, 429, 503)},
            403: OpenApiResponse(forms.Refusal, description="code_expired"),
            404: OpenApiResponse(forms.Refusal, description="code_unknown"),
            409: OpenApiResponse(forms.Refusal, description="code_used"),
        },
    )
    def post(self, request: Request) -> Response:
        told = self.told(forms.Pairing)
        device, token = devices.pair(told["code"], name=told["name"], app_version=told.get("app_version", ""))
        return Response(
            {
                "token": token,
                "device": {"id": device.pk, "name": device.name, "letter": device.letter},
                "fair": {"id": device.fair_id, "name": device.fair.name},
            },
            status=201,
        )


class CatalogueView(TillView):
    throttle_scope = "catalogue"

    @extend_schema(
        operation_id="catalogue",
        summary="What to sell, whom by, and what is left",
        parameters=[OpenApiParameter("If-None-Match", str, "header", description="The ETag of what is there already.")],
        responses={
            200: forms.CatalogueTold,
            304: OpenApiResponse(description="Nothing has changed."),
            **{status: REFUSALS[status] for status in (401, 429, 503)},
        },
    )
    def get(self, request: Request) -> HttpResponseBase | None:
        told = catalogue_for(request.auth)
        etag = f'"{told["version"]}"'
        response = Response(
            {"version": told.pop("version"), "server_time": _now(), **told},
            headers={"ETag": etag, "Cache-Control": "private, no-cache"},
        )
        return get_conditional_response(request, etag=etag, response=response)


class EventsView(TillView):
    throttle_scope = "events"

    @extend_schema(
        operation_id="events",
        summary="Send what happened",
        description="Each event counts once, by its id, however often it is sent, and each for itself: a refused one "
        "leaves the others be. The same id with other content is refused. Refused events are kept on the server for a "
        "curator.",
        request=forms.Batch,
        responses={
            200: forms.BatchAnswered,
            **{status: REFUSALS[status] for status in (400, 401, 413, 415, 429, 503)},
        },
    )
    def post(self, request: Request) -> Response:
        told = self.told(forms.Batch)
        device, version = request.auth, told.get("app_version", "")
        clock = _clock(told["sent_at"])
        faults.reach(faults.BATCH_RECEIVED)
        answers = [inbox.take(device, event, clock=clock, app_version=version) for event in told["events"]]
        taken = sum(answer.status != Status.REFUSED for answer in answers)
        devices.seen(device, app_version=version, waiting=max(told["waiting"] - taken, 0), clock=clock)
        faults.reach(faults.BATCH_COMMITTED)
        return Response({"server_time": _now(), "answers": [answer.as_dict() for answer in answers]})


class HeartbeatView(TillView):
    throttle_scope = "heartbeat"

    @extend_schema(
        operation_id="heartbeat",
        summary="Say that this device lives, and hear what has changed",
        request=forms.Heartbeat,
        responses={
            200: forms.HeartbeatAnswered,
            **{status: REFUSALS[status] for status in (400, 401, 413, 415, 429, 503)},
        },
    )
    def post(self, request: Request) -> Response:
        told = self.told(forms.Heartbeat)
        device = request.auth
        devices.seen(device, app_version=told.get("app_version", ""), waiting=told["waiting"], clock=_clock(told["at"]))
        return Response(
            {
                "server_time": _now(),
                "fair_status": device.fair.status,
                "catalogue_version": catalogue_for(device)["version"],
                "revoked": False,
            }
        )


def _now() -> str:
    return timezone.localtime().isoformat(timespec="milliseconds")


def _clock(theirs: datetime) -> int:
    """The device's clock less ours, in seconds."""
    return round((theirs - timezone.now()).total_seconds())
