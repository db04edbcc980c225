"""Production: every secret and place comes from the environment, and a missing one stops the start.

docs/operations/production.md lists the variables with examples.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import CONTENT_SECURITY_POLICY, LOCAL_DIR


def required(name: str, what: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {what}.")
    return value


def listed(name: str) -> list[str]:
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


SECRET_KEY = required("SECRET_KEY", "a long random string, the same on every host")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: use at least 50 random characters.")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = [
    item.strip() for item in required("ALLOWED_HOSTS", "the site's host names, separated by commas").split(",")
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(".")]
WAGTAILADMIN_BASE_URL = required("SITE_URL", "the public address, for example https://kriyababel.example").rstrip("/")

DATABASES = {
    "default": dj_database_url.parse(
        required("DATABASE_URL", "for example postgres://user:password@host:5432/kriya"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: stock is guarded by its locks.")

# A cache that all hosts share: rate limits count in it. The database serves unless another is named.
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["CACHE_URL"]}
        if os.environ.get("CACHE_URL")
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}
    )
}

# Rate limits count by address: without the right number here they would count the proxy.
TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "1"))

# HTTPS everywhere. The proxy in front must set, and strip from visitors, X-Forwarded-Proto.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
OSCAR_BASKET_COOKIE_SECURE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"

# Files
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT") or LOCAL_DIR / "static")
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT") or LOCAL_DIR / "media")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("AWS_STORAGE_BUCKET_NAME"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": os.environ["AWS_STORAGE_BUCKET_NAME"],
            "endpoint_url": os.environ.get("AWS_S3_ENDPOINT_URL") or None,
            "region_name": os.environ.get("AWS_S3_REGION_NAME") or None,
            "custom_domain": os.environ.get("AWS_S3_CUSTOM_DOMAIN") or None,
            "access_key": required("AWS_ACCESS_KEY_ID", "the key of the media bucket"),
            "secret_key": required("AWS_SECRET_ACCESS_KEY", "the secret of the media bucket"),
            "querystring_auth": False,
            "file_overwrite": False,
        },
    }
    MEDIA_ORIGIN = os.environ.get("AWS_S3_CUSTOM_DOMAIN") or os.environ.get("AWS_S3_ENDPOINT_URL", "")
    if MEDIA_ORIGIN:
        origin = MEDIA_ORIGIN if "://" in MEDIA_ORIGIN else f"https://{MEDIA_ORIGIN}"
        CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(origin)

# Mail
EMAIL_HOST = required("EMAIL_HOST", "the mail server")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "1") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL", "the sender of the shop's mail")
OSCAR_FROM_EMAIL = SERVER_EMAIL = DEFAULT_FROM_EMAIL
SHOP_WHATSAPP = os.environ.get("SHOP_WHATSAPP", "")
