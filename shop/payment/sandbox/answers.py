"""The double's own answers checked against the SDK's resource classes.

A double whose answers are made by hand drifts from the thing it stands for, and the shop then works with
the double only. Every answer and every webhook passes :func:`check` before it leaves; a fault is a bug of
the double and ends as a 500, never as a plausible lie.
"""

import ast
import inspect
import sys
import typing
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from typing import Any

import typing_extensions
from stripe import ListObject, StripeObject
from stripe._object_classes import OBJECT_CLASSES
from stripe._stripe_object import UntypedStripeObject

from .params import LITERALS, UNIONS


class WrongAnswer(AssertionError):
    """The double made an answer that Stripe's types do not allow."""


def check(body: dict[str, Any]) -> dict[str, Any]:
    """Return ``body`` when it fits the class its ``object`` names, else raise :class:`WrongAnswer`.

    Every annotated attribute that is not Optional must be there, none may be there that is not annotated,
    and each value must have its declared type. Events are checked with the object they carry.
    """
    problems = list(_object(body, resource_class(body.get("object")), body.get("object") or "answer"))
    if body.get("object") == "event":
        carried = body["data"]["object"]
        problems += _object(carried, resource_class(carried.get("object")), "event.data.object")
    if problems:
        raise WrongAnswer("; ".join(problems))
    return body


def resource_class(name: str | None) -> Any:
    """The SDK's class for an ``object`` name, such as ``checkout.session``."""
    if name not in OBJECT_CLASSES:
        raise WrongAnswer(f"no such object in the SDK: {name}")
    module, attribute = OBJECT_CLASSES[name]
    return getattr(import_module(module), attribute)


@cache
def annotations(cls: type) -> dict[str, Any]:
    """Attribute → annotation of one resource (or nested) class, without class variables."""
    own = cls.__dict__.get("__annotations__", {})
    return {name: hint for name, hint in own.items() if typing_extensions.get_origin(hint) is not typing.ClassVar}


@cache
def _lazy_names(module_name: str) -> dict[str, tuple[str, str]]:
    """Names a module imports under ``if TYPE_CHECKING`` only: its annotations mention them as strings."""
    names = {}
    for node in ast.walk(ast.parse(inspect.getsource(sys.modules[module_name]))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("stripe"):
            for alias in node.names:
                names[alias.asname or alias.name] = (node.module, alias.name)
    return names


def resolve(hint: Any, owner: type) -> Any:
    """A forward reference in ``owner``'s annotations as the class it names."""
    if not isinstance(hint, typing.ForwardRef):
        return hint
    name = hint.__forward_arg__
    module, attribute = _lazy_names(owner.__module__)[name]
    return getattr(import_module(module), attribute)


def is_optional(hint: Any) -> bool:
    """Whether an attribute may be null or left out."""
    return type(None) in typing_extensions.get_args(hint)


def _object(value: Any, cls: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [f"{path} is not an object"]
    known = annotations(cls)
    problems = [f"{path}.{name} is unknown to {cls.__name__}" for name in value if name not in known]
    for name, hint in known.items():
        if name in value:
            problems += _value(value[name], hint, cls, f"{path}.{name}")
        elif not is_optional(hint):
            problems.append(f"{path}.{name} is missing")
    return problems


def _value(value: Any, hint: Any, owner: type, path: str) -> list[str]:
    hint = resolve(hint, owner)
    origin, arguments = typing_extensions.get_origin(hint), typing_extensions.get_args(hint)
    if origin in UNIONS:
        return _union(value, arguments, owner, path)
    if hint is Any:
        return []
    if origin in LITERALS:
        return [] if value in arguments else [f"{path} is {value!r}, none of {arguments}"]
    if origin is list:
        if not isinstance(value, list):
            return [f"{path} is not a list"]
        return [p for i, item in enumerate(value) for p in _value(item, arguments[0], owner, f"{path}[{i}]")]
    if origin is ListObject:
        return _list_object(value, arguments[0], owner, path)
    if origin in (UntypedStripeObject, dict):
        if not isinstance(value, dict):
            return [f"{path} is not a hash"]
        return [p for k, item in value.items() for p in _value(item, arguments[-1], owner, f"{path}.{k}")]
    if isinstance(hint, type) and issubclass(hint, StripeObject):
        return _object(value, hint, path)
    return _scalar(value, hint, path)


def _union(value: Any, members: tuple[Any, ...], owner: type, path: str) -> list[str]:
    if value is None:
        return [] if type(None) in members else [f"{path} is null"]
    literals = [
        choice
        for member in members
        if typing_extensions.get_origin(member) in LITERALS
        for choice in typing_extensions.get_args(member)
    ]
    if literals and isinstance(value, str):
        return [] if value in literals else [f"{path} is {value!r}, none of {literals}"]
    faults = [_value(value, member, owner, path) for member in members if member is not type(None)]
    return min(faults, key=len)


def _list_object(value: Any, member: Any, owner: type, path: str) -> list[str]:
    if not isinstance(value, dict) or set(value) != {"object", "data", "has_more", "url"}:
        return [f"{path} is not a list object"]
    problems = [] if value["object"] == "list" else [f"{path}.object is {value['object']!r}"]
    problems += _scalar(value["has_more"], bool, f"{path}.has_more")
    problems += _scalar(value["url"], str, f"{path}.url")
    for index, item in enumerate(value["data"]):
        problems += _value(item, member, owner, f"{path}.data[{index}]")
    return problems


def check_list(body: dict[str, Any], member: str) -> dict[str, Any]:
    """Like :func:`check` for a page of objects whose ``object`` is ``member``."""
    problems = _list_object(body, resource_class(member), ListObject, "list")
    if problems:
        raise WrongAnswer("; ".join(problems))
    for item in body["data"]:
        check(item)
    return body


def _scalar(value: Any, kind: Any, path: str) -> list[str]:
    if kind is Decimal:
        try:
            Decimal(value if isinstance(value, str) else "")
        except InvalidOperation:
            return [f"{path} is not a decimal in a string"]
        return []
    if kind not in (int, str, bool, float):
        raise WrongAnswer(f"{path}: the sandbox cannot check the type {kind!r}")
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    return [] if fits else [f"{path} is {value!r}, not {kind.__name__}"]
