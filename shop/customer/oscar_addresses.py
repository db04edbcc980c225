"""Oscar's addresses for a forgotten password lead to the account system's own; Oscar still looks their names up."""

from django.urls import path
from django.views.generic import RedirectView

_reset = RedirectView.as_view(pattern_name="account_reset_password", query_string=True)


def _forget(request, **_kwargs):
    """A link of Oscar's own form holds a token that nobody here can check; it leads to asking for a new one."""
    return _reset(request)


urlpatterns = [
    path("password-reset/", _reset, name="password-reset"),
    path("password-reset/done/", _reset, name="password-reset-done"),
    path("password-reset/confirm/<str:uidb64>/<str:token>/", _forget, name="password-reset-confirm"),
    path("password-reset/complete/", _reset, name="password-reset-complete"),
]
