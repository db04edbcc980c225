"""Knowing a device by the token it shows: ``Authorization: Device <token>``."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from shop.exhibitions.errors import TokenUnknown
from shop.exhibitions.models import Device
from shop.exhibitions.services import devices

KEYWORD = "Device"


class DeviceAuthentication(BaseAuthentication):
    """``request.auth`` is the device; there is no user. Raises ``TokenUnknown`` and ``DeviceRevoked``."""

    def authenticate(self, request: Request) -> tuple[None, Device] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD.lower().encode():
            return None
        if len(words) != 2:
            raise TokenUnknown
        return None, devices.device_for_token(words[1].decode("ascii", "replace"))

    def authenticate_header(self, request: Request) -> str:
        return KEYWORD


class IsDevice(BasePermission):
    def has_permission(self, request: Request, view: Any) -> bool:
        return isinstance(request.auth, Device)


class DeviceScheme(OpenApiAuthenticationExtension):
    target_class = DeviceAuthentication
    name = "device"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Device <token>`; the token comes from pairing and is shown once.",
        }
