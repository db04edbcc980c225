"""Pages of objects: https://docs.stripe.com/api/pagination"""

from collections.abc import Callable
from typing import Any

from ..errors import ApiError, resource_missing

DEFAULT_LIMIT, MOST = 10, 100


def page(
    items: list[dict[str, Any]], params: dict[str, Any], url: str, matches: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """One page of ``items`` (newest first) with ``limit``, ``starting_after``, ``ending_before``, ``created``.

    Raises 400 for a limit outside 1–100, for both cursors at once and for a cursor that is not in the list.
    """
    limit = params.get("limit", DEFAULT_LIMIT)
    if not 1 <= limit <= MOST:
        bound = "greater than or equal to 1" if limit < 1 else f"less than or equal to {MOST}"
        raise ApiError(
            f"Invalid integer: {limit}. This value must be {bound}.",
            code="parameter_invalid_integer",
            param="limit",
        )
    after, before = params.get("starting_after"), params.get("ending_before")
    if after and before:
        raise ApiError(
            "You cannot parameterize both `starting_after` and `ending_before`.",
            code="parameters_exclusive",
            param="starting_after",
        )
    found = [item for item in items if _in_range(item, params.get("created")) and matches(item)]
    if before:
        place = _place(found, before, "ending_before")
        chosen = found[max(0, place - limit) : place]
        more = place > limit
    else:
        start = _place(found, after, "starting_after") + 1 if after else 0
        chosen = found[start : start + limit]
        more = len(found) > start + limit
    return {"object": "list", "url": url, "has_more": more, "data": chosen}


def _place(items: list[dict[str, Any]], identifier: str, param: str) -> int:
    for index, item in enumerate(items):
        if item["id"] == identifier:
            return index
    raise resource_missing("object", identifier, param, status=400)


def _in_range(item: dict[str, Any], created: Any) -> bool:
    if created is None:
        return True
    if isinstance(created, int):
        return bool(item["created"] == created)
    bounds = {
        "gt": item["created"].__gt__,
        "gte": item["created"].__ge__,
        "lt": item["created"].__lt__,
        "lte": item["created"].__le__,
    }
    return all(bounds[name](value) for name, value in created.items())
