from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache


@never_cache
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """Where Wagtail's admin sends people without access: strangers to the one sign-in page, others to a clear refusal.

    Replaces Wagtail's own sign-in page, which knows no rate limit and no second factor. Somebody who is signed in
    already must not be sent to sign in again: the two pages would send them back and forth for ever.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next", "/kelola/")
    return redirect(f"/akun/login/?{urlencode({'next': wanted})}")
