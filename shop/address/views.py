from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from . import regions

A_MONTH = 30 * 24 * 3600


@require_safe
@cache_control(public=True, max_age=A_MONTH)
def region_list(request: HttpRequest) -> JsonResponse:
    """The regions below ``?parent=CODE`` as a JSON list of code, name and (villages) postcode; 404 when there are none.

    The list changes when a ministry decree does, so browsers keep it for a month.
    """
    found = regions.children(request.GET.get("parent", ""))
    rows = [
        {"code": r.code, "name": r.name, "postcode": r.postcode} if r.postcode else {"code": r.code, "name": r.name}
        for r in found
    ]
    return JsonResponse(rows, safe=False, status=200 if rows else 404)
