"""The demo on one machine: SQLite, no keys, no services, mail into a folder."""

import os

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, INSTALLED_APPS, LOCAL_DIR, STRIPE_SANDBOX_PORT, STRIPE_SECRET_KEY

DEBUG = False
IS_DEMO = True
INSTALLED_APPS = [*INSTALLED_APPS, "shop.demo"]
SECRET_KEY = "demo-only-never-in-production"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": LOCAL_DIR / "demo.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
}

PORT = os.environ.get("PORT", "8000")
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{PORT}"
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = LOCAL_DIR / "mail"
WHITENOISE_USE_FINDERS = True
#: One machine, no web server in front: the site hands out uploaded pictures itself.
SERVE_MEDIA = True

# Payment without keys: the double of Stripe on this machine. Keys in the environment switch to the real thing.
STRIPE_SANDBOX = not STRIPE_SECRET_KEY
if STRIPE_SANDBOX:
    STRIPE_SECRET_KEY = "sk_test_sandbox0kriya0babel"  # noqa: S105
    STRIPE_WEBHOOK_SECRET = "whsec_sandbox0kriya0babel"  # noqa: S105
    STRIPE_API_BASE = f"http://127.0.0.1:{STRIPE_SANDBOX_PORT}"
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"].append(STRIPE_API_BASE)
#: Made up; the pages say so.
BANK_TRANSFER_ACCOUNTS = [
    {"bank": "Bank Contoh", "number": "000-111-2222", "holder": "Kriya Babel (demo)"},
]
