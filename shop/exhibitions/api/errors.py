"""One shape for every refusal of the API: ``{"code": …, "message": …, "where": …}``."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, models
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response

from shop.exhibitions import errors
from shop.exhibitions.wire.events import first_error


class Code(models.TextChoices):
    """Why a request was refused as a whole. The label is what the cashier reads."""

    CODE_UNKNOWN = errors.CodeUnknown.code, errors.CodeUnknown.words
    CODE_EXPIRED = errors.CodeExpired.code, errors.CodeExpired.words
    CODE_USED = errors.CodeUsed.code, errors.CodeUsed.words
    TOKEN_MISSING = "token_missing", _("This device is not paired yet.")  # noqa: S105
    TOKEN_UNKNOWN = errors.TokenUnknown.code, errors.TokenUnknown.words
    DEVICE_REVOKED = errors.DeviceRevoked.code, errors.DeviceRevoked.words
    NOT_JSON = "not_json", _("The server could not read what the till sent.")
    BAD_FIELD = "bad_field", _("A part of what the till sent is missing or not as it should be.")
    BATCH_TOO_LARGE = "batch_too_large", _("The till sent too much at once. It sends less next time.")
    NOT_FOUND = "not_found", _("There is nothing here.")
    METHOD_NOT_ALLOWED = "method_not_allowed", _("The till asked in a way the server does not know.")
    NOT_ACCEPTABLE = "not_acceptable", _("The server answers in JSON only.")
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type", _("The server reads JSON only.")
    TOO_MANY_REQUESTS = "too_many_requests", _("Too often in a short time. Wait a moment.")
    BUSY = "busy", _("The server is busy. The till tries again.")


class BatchTooLarge(exceptions.APIException):
    status_code = 413
    default_code = Code.BATCH_TOO_LARGE.value


#: HTTP status and code by kind of exception, the first that fits.
ANSWERS: tuple[tuple[type[Exception], int, Code | None], ...] = (
    (errors.CodeUnknown, 404, None),
    (errors.CodeExpired, 403, None),
    (errors.CodeUsed, 409, None),
    (errors.TokenUnknown, 401, None),
    (errors.DeviceRevoked, 401, None),
    (exceptions.NotAuthenticated, 401, Code.TOKEN_MISSING),
    (exceptions.ParseError, 400, Code.NOT_JSON),
    (exceptions.ValidationError, 400, Code.BAD_FIELD),
    (BatchTooLarge, 413, Code.BATCH_TOO_LARGE),
    (exceptions.MethodNotAllowed, 405, Code.METHOD_NOT_ALLOWED),
    (exceptions.NotAcceptable, 406, Code.NOT_ACCEPTABLE),
    (exceptions.UnsupportedMediaType, 415, Code.UNSUPPORTED_MEDIA_TYPE),
    (exceptions.Throttled, 429, Code.TOO_MANY_REQUESTS),
    (Http404, 404, Code.NOT_FOUND),
    (PermissionDenied, 401, Code.TOKEN_MISSING),
    (OperationalError, 503, Code.BUSY),
)


def answer(error: Exception, context: Any) -> Response | None:
    """The response for an exception; None leaves it to Django, whose answer a device takes for 'try again'."""
    for kind, status, code in ANSWERS:
        if isinstance(error, kind):
            return _response(error, status, Code(code or error.code))  # type: ignore[attr-defined]
    return None


def _response(error: Exception, status: int, code: Code) -> Response:
    where = first_error(error.detail)[0] if isinstance(error, exceptions.ValidationError) else ""
    response = Response({"code": code.value, "message": str(code.label), "where": where}, status=status)
    if status == 401:
        response["WWW-Authenticate"] = "Device"
    if isinstance(error, exceptions.Throttled) and error.wait:
        response["Retry-After"] = str(int(error.wait) + 1)
    if status == 503:
        response["Retry-After"] = "5"
    return response
