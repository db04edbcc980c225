"""Full addresses of payment pages. A gateway and an e-mail need them with the host, and there is no request to
ask."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from .models import PaymentAttempt


def attempt_path(attempt: PaymentAttempt) -> str:
    """The attempt's page in its own language."""
    with override(attempt.language):
        return reverse("payment:attempt", kwargs={"key": attempt.key})


def attempt_url(attempt: PaymentAttempt) -> str:
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + attempt_path(attempt)


def return_url(attempt: PaymentAttempt) -> str:
    """Where the gateway sends the browser after paying."""
    with override(attempt.language):
        return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("payment:return", kwargs={"key": attempt.key})
