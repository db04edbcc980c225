"""For delete views of things that the books tell about."""

from typing import Any

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


class KeepsHistory:
    """Says why something with a history stays, where Oscar's delete views would answer with a server error."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)  # type: ignore[misc]
        except ProtectedError:
            messages.error(request, _("This has a history of stock or orders and cannot be deleted. Hide it instead."))
            return redirect(request.get_full_path())
