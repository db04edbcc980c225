"""Requests checked against the SDK's own ``stripe.params`` types.

The TypedDicts that ship in the ``stripe`` package are generated from Stripe's OpenAPI specification for the
API version the client pins. Reading them, rather than a list of our own, means an upgrade of the package
moves the double with it. That is also why ``payment_method_types`` is refused for a Checkout Session: the
installed types (API 2026-10-28.endive) no longer have it, so it is an unknown parameter like any other.
"""

import types
import typing
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from urllib.parse import parse_qsl

import typing_extensions
from stripe import RequestOptions, StripeContext, _request_options
from stripe._stripe_object import UntypedStripeObject

from .errors import ApiError

UNIONS = (typing.Union, types.UnionType)
LITERALS = (typing.Literal, typing_extensions.Literal)
MARKERS = (typing_extensions.NotRequired, typing_extensions.Required, typing.NotRequired, typing.Required)


def parse_form(encoded: str) -> dict[str, Any]:
    """``a[0][b]=c`` → ``{"a": {"0": {"b": "c"}}}``; ``a[]=c`` numbers itself.

    https://docs.stripe.com/api (form-encoded bodies, brackets for nesting)
    """
    parsed: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        node, key = parsed, head
        for part in rest:
            inner = node.setdefault(key, {})
            if not isinstance(inner, dict):
                raise ApiError(f"Invalid {head}: used both as a value and as a hash", param=head)
            node, key = inner, part or str(len(inner))
        if key in node:
            raise ApiError(f"Invalid {name}: given twice", param=name)
        node[key] = value
    return parsed


@cache
def fields(params_class: type) -> dict[str, Any]:
    """The parameters of one request type: name → annotation, without the SDK's own request options."""
    names = {**vars(_request_options), "StripeContext": StripeContext}
    hints = typing_extensions.get_type_hints(params_class, localns=names, include_extras=True)
    options = set(RequestOptions.__annotations__)
    return {name: hint for name, hint in hints.items() if name not in options}


def read(params_class: type, raw: dict[str, Any]) -> dict[str, Any]:
    """``raw`` with every value turned into its declared type, or an :class:`ApiError` that names the fault.

    Codes: ``parameter_unknown``, ``parameter_missing``, ``parameter_invalid_integer``,
    ``parameter_invalid_empty`` (https://docs.stripe.com/error-codes).
    """
    return _typed_dict(params_class, raw, "")


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _typed_dict(cls: Any, raw: Any, path: str) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise ApiError(f"Invalid object: {path} must be a hash", param=path)
    known = fields(cls)
    unknown = [_join(path, name) for name in raw if name not in known]
    if unknown:
        plural = "s" if len(unknown) > 1 else ""
        raise ApiError(
            f"Received unknown parameter{plural}: {', '.join(unknown)}",
            code="parameter_unknown",
            param=unknown[0],
        )
    for name in known:
        if name in cls.__required_keys__ and name not in raw:
            raise missing(_join(path, name))
    return {name: _convert(raw[name], known[name], _join(path, name)) for name in raw}


def missing(param: str) -> ApiError:
    """400 ``parameter_missing`` (https://docs.stripe.com/error-codes#parameter-missing)."""
    return ApiError(f"Missing required param: {param}.", code="parameter_missing", param=param)


def _convert(value: Any, hint: Any, path: str) -> Any:
    origin, arguments = typing_extensions.get_origin(hint), typing_extensions.get_args(hint)
    if origin in MARKERS:
        return _convert(value, arguments[0], path)
    if origin in UNIONS:
        return _union(value, arguments, path)
    if origin in LITERALS:
        return _choice(value, arguments, path)
    if value == "" and hint is not Any:
        raise ApiError(
            f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a "
            f"parameter; however '{path}' cannot be unset. You should remove '{path}' from your request or "
            "supply a non-empty value.",
            code="parameter_invalid_empty",
            param=path,
        )
    if origin is list:
        return _list(value, arguments[0], path)
    if origin in (dict, UntypedStripeObject):
        return _mapping(value, arguments[-1], path)
    if typing_extensions.is_typeddict(hint):
        return _typed_dict(hint, value, path)
    return _scalar(value, hint, path)


def _union(value: Any, members: tuple[Any, ...], path: str) -> Any:
    """A member that fits; a set of literals beside ``str`` is a closed list for requests.

    The SDK adds ``str`` only so that older clients can send values newer than themselves; the API itself
    takes the listed ones. Only ``Literal['']`` beside ``str`` ("or empty, to unset") leaves strings free.
    """
    literals = [
        choice
        for member in members
        if typing_extensions.get_origin(member) in LITERALS
        for choice in typing_extensions.get_args(member)
    ]
    if value in literals and isinstance(value, str):
        return value
    others = [m for m in members if typing_extensions.get_origin(m) not in LITERALS and m is not type(None)]
    if isinstance(value, str):
        if any(literals) and str in others:
            return _choice(value, tuple(literals), path)
        fitting = [m for m in others if m in (int, float, bool, Decimal, str)]
    else:
        fitting = [m for m in others if m not in (int, float, bool, Decimal, str)]
    if not fitting:
        raise ApiError(f"Invalid {path}", param=path)
    return _convert(value, sorted(fitting, key=lambda m: m is str)[0], path)


def _choice(value: Any, choices: tuple[Any, ...], path: str) -> Any:
    """Stripe sends no ``code`` for a value outside an enumeration, only the message and ``param``."""
    if value not in choices:
        allowed = ", ".join(str(choice) for choice in choices if choice != "")
        raise ApiError(f"Invalid {path}: must be one of {allowed}", param=path)
    return value


def _list(value: Any, member: Any, path: str) -> list[Any]:
    if not isinstance(value, dict) or not all(key.isdigit() for key in value):
        raise ApiError("Invalid array", param=path)
    ordered = sorted(value.items(), key=lambda item: int(item[0]))
    return [_convert(item, member, f"{path}[{key}]") for key, item in ordered]


def _mapping(value: Any, member: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ApiError("Invalid hash", param=path)
    # An empty value unsets a single key: https://docs.stripe.com/metadata#set-metadata
    return {key: "" if item == "" else _convert(item, member, f"{path}[{key}]") for key, item in value.items()}


def _scalar(value: Any, kind: Any, path: str) -> Any:
    if not isinstance(value, str):
        raise ApiError("Invalid string", param=path)
    if kind is int:
        try:
            return int(value)
        except ValueError:
            raise ApiError(f"Invalid integer: {value}", code="parameter_invalid_integer", param=path) from None
    if kind is bool:
        if value not in {"true", "false"}:
            raise ApiError(f"Invalid boolean: {value}", param=path)
        return value == "true"
    if kind in (float, Decimal):
        try:
            return Decimal(value)
        except InvalidOperation:
            raise ApiError(f"Invalid decimal: {value}", param=path) from None
    if kind in (str, Any):
        return value
    raise TypeError(f"{path}: the sandbox cannot read a parameter of type {kind!r}")
