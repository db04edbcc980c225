"""Tests: PostgreSQL (the root conftest starts one and clones it), tasks at once, mail in memory."""

import os
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, STATIC_ROOT

IS_DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "shop.demo"]
SERVE_MEDIA = True
SECRET_KEY = "test-only-never-in-production"  # noqa: S105
ALLOWED_HOSTS = ["*"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("TEST_PG_NAME", "kriya"),
        "USER": "postgres",
        "HOST": os.environ.get("TEST_PG_HOST", ""),
        "PORT": os.environ.get("TEST_PG_PORT", ""),
    }
}
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"kriya-media-{os.getpid()}"
# Nothing is collected in tests; static files come from where they lie.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Payment: tests start the double of Stripe and point STRIPE_API_BASE at it.
STRIPE_SECRET_KEY = "sk_test_sandbox0kriya0babel"  # noqa: S105
STRIPE_WEBHOOK_SECRET = "whsec_sandbox0kriya0babel"  # noqa: S105
STRIPE_API_BASE = "http://127.0.0.1:9"
BANK_TRANSFER_ACCOUNTS = [{"bank": "Bank Contoh", "number": "000-111-2222", "holder": "Kriya Babel"}]
# Fairs: a test that has armed it lets the server die at a named point.
FAULT_POINTS = "tests.faults.strike"
