from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import ScopedRateThrottle


class EachDevice(ScopedRateThrottle):
    """So often by device, or by address while there is none. All phones of a stall share an address."""

    def get_cache_key(self, request: Request, view: Any) -> str:
        ident = f"device-{request.auth.pk}" if request.auth else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": ident}
