"""Errors as Stripe words them.

Shape: https://docs.stripe.com/api/errors — codes: https://docs.stripe.com/error-codes
"""

from typing import Any


class ApiError(Exception):
    """One refused request: becomes ``{"error": {...}}`` with its HTTP status."""

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        param: str | None = None,
        status: int = 400,
        kind: str = "invalid_request_error",
        replayable: bool = True,
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.param = message, code, param
        self.status, self.kind, self.replayable = status, kind, replayable

    def body(self) -> dict[str, Any]:
        """The JSON body; keys that do not apply are left out, as Stripe does."""
        error: dict[str, Any] = {"message": self.message, "type": self.kind}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        return {"error": error}


def resource_missing(kind: str, identifier: str, param: str, *, status: int = 404) -> ApiError:
    """404 ``resource_missing`` (https://docs.stripe.com/error-codes#resource-missing)."""
    return ApiError(f"No such {kind}: '{identifier}'", code="resource_missing", param=param, status=status)


def unsupported(what: str, param: str | None = None) -> ApiError:
    """Something the real Stripe accepts and the double does not imitate.

    Refusing is honest: quietly ignoring the parameter would make a test pass that proves nothing.
    """
    return ApiError(f"The sandbox does not imitate {what}.", code="sandbox_unsupported", param=param)
