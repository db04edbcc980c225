"""Addresses that belong to the whole site: what differs by visitor, and whether the site is well."""

from typing import Any

from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def visitor(request: Any) -> JsonResponse:
    """What differs by visitor, as JSON: basket count, account, CSRF token and waiting messages.

    Pages are the same for everybody so that they can be cached; a small script asks here and fills the gaps.
    ``account`` is null for a guest. Reading the messages uses them up.
    """
    user: Any = request.user
    account = None
    if user.is_authenticated:
        account = {"name": user.get_short_name() or user.email}
    return JsonResponse(
        {
            "basket_count": request.basket.num_items,
            "account": account,
            "csrf": get_token(request),
            "messages": [{"level": message.level_tag, "text": str(message)} for message in get_messages(request)],
        }
    )


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of anybody, so that a slow database does not get it killed."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve: 200, or 503 and which part cannot."""
    failing = [name for name, check in CHECKS.items() if not check()]
    return JsonResponse({"ready": not failing, "failing": failing}, status=503 if failing else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _cache() -> bool:
    try:
        cache.set("readyz", "ok", 10)
        return cache.get("readyz") == "ok"
    except Exception:  # noqa: BLE001 - each cache backend has errors of its own; any of them means 'not ready'
        return False


CHECKS = {"database": _database, "migrations": _migrations, "cache": _cache}
