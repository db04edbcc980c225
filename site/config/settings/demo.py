"""The demo on one machine: SQLite, no keys, no services, mail into a folder."""

import os

from .base import *  # noqa: F403
from .base import LOCAL_DIR

DEBUG = False
IS_DEMO = True
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
