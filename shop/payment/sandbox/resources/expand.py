"""``expand[]``: https://docs.stripe.com/api/expanding_objects

What can be expanded is read from the SDK's annotations: a field typed ``ExpandableField`` holds an id or the
object itself, and a list that is left out unless asked for (``line_items``) is typed as an optional list.
"""

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import typing_extensions
from stripe import ListObject

from .. import answers
from ..errors import ApiError, unsupported

if TYPE_CHECKING:
    from ..core import Sandbox

DEEPEST = 4
KINDS_BY_PREFIX = {
    "cs": "checkout.session",
    "pi": "payment_intent",
    "ch": "charge",
    "re": "refund",
}


def expand(sandbox: "Sandbox", body: dict[str, Any], paths: list[str]) -> dict[str, Any]:
    """``body`` with each dotted path opened; 400 for a path that names nothing expandable."""
    expanded = deepcopy(body)
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST:
            raise ApiError(f"You cannot expand more than {DEEPEST} levels of a property: {path}.", param="expand")
        _open(sandbox, expanded, steps, path)
    return expanded


def _open(sandbox: "Sandbox", node: dict[str, Any], steps: list[str], path: str) -> None:
    if not steps:
        return
    if node.get("object") == "list":
        if steps[0] != "data":
            raise _not_expandable(path)
        for item in node["data"]:
            _open(sandbox, item, steps[1:], path)
        return
    name = steps[0]
    owner = answers.resource_class(node["object"])
    hint = answers.annotations(owner).get(name)
    members = [answers.resolve(member, owner) for member in typing_extensions.get_args(hint)]
    is_list = any(typing_extensions.get_origin(member) is ListObject for member in members)
    is_reference = str in members and any(hasattr(member, "OBJECT_NAME") for member in members)
    if isinstance(node.get(name), dict) and not is_reference and len(steps) > 1:
        is_reference = "object" in node[name]
    if not (is_list or is_reference):
        raise _not_expandable(path)
    if is_list and node.get(name) is None:
        node[name] = _included(sandbox, node, name)
    elif isinstance(node.get(name), str):
        node[name] = _fetched(sandbox, node[name], name)
    if node.get(name) is not None:
        _open(sandbox, node[name], steps[1:], path)


def _included(sandbox: "Sandbox", node: dict[str, Any], name: str) -> dict[str, Any]:
    if (node["object"], name) == ("checkout.session", "line_items"):
        from .sessions import line_items

        return line_items(sandbox, node["id"], {"limit": 10})
    if (node["object"], name) == ("charge", "refunds"):
        from .refunds import of_charge

        return of_charge(sandbox, node["id"])
    raise unsupported(f"expanding {node['object']}.{name}", "expand")


def _fetched(sandbox: "Sandbox", identifier: str, name: str) -> dict[str, Any]:
    kind = KINDS_BY_PREFIX.get(identifier.split("_")[0])
    found = sandbox.store.find(kind, identifier) if kind else None
    if found is None:
        raise unsupported(f"expanding {name}", "expand")
    return found


def _not_expandable(path: str) -> ApiError:
    return ApiError(f"This property cannot be expanded ({path}).", param="expand")
