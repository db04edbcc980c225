"""The six demo people, one a role. Refuses to run outside the demo and the tests: their password is public."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import roles
from .models import User

PASSWORD = "demo-babel"  # noqa: S105
PEOPLE = (
    ("pembeli@demo.test", "Sari", "Pembeli", roles.SHOPPER),
    ("pengrajin@demo.test", "Yuliana", "Pengrajin", roles.ARTISAN),
    ("editor@demo.test", "Dimas", "Editor", roles.EDITOR),
    ("kasir@demo.test", "Rio", "Kasir", roles.FAIR_STAFF),
    ("kurator@demo.test", "Ratna", "Kurator", roles.CURATOR),
    ("admin@demo.test", "Hasan", "Admin", roles.ADMINISTRATOR),
)


def load() -> None:
    """Create the demo people who are missing; a password somebody changed stays changed."""
    if not getattr(settings, "IS_DEMO", False):
        raise ImproperlyConfigured("Demo sign-ins have a public password and are for demo settings only.")
    for email, first_name, last_name, role in PEOPLE:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        roles.grant(user, role)
