"""Requests and answers in the plain shape the double's rooms pass around."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

LARGEST_BODY = 1_000_000


@dataclass
class Request:
    """One HTTP request, read."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: str

    @classmethod
    def from_environ(cls, environ: dict[str, Any]) -> "Request":
        """Read a WSGI environ; header names in lower case."""
        headers = {
            name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")
        }
        headers["content-type"] = environ.get("CONTENT_TYPE") or ""
        length = min(int(environ.get("CONTENT_LENGTH") or 0), LARGEST_BODY)
        body = environ["wsgi.input"].read(length).decode("utf-8", "replace") if length else ""
        return cls(
            environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/"), environ.get("QUERY_STRING", ""), headers, body
        )

    def form(self) -> dict[str, str]:
        """The flat fields of an HTML form."""
        return dict(parse_qsl(self.body))

    def arguments(self) -> dict[str, str]:
        """The flat fields of the query."""
        return dict(parse_qsl(self.query))


@dataclass
class Response:
    """One HTTP answer to write."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, status: int, content: Any, headers: dict[str, str] | None = None) -> "Response":
        """A JSON answer."""
        body = json.dumps(content, indent=2).encode()
        return cls(status, body, {"Content-Type": "application/json", **(headers or {})})
