"""What every environment shares. Secrets and places are in demo.py, test.py and production.py."""

import os
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403

from config.settings.api import REST_FRAMEWORK, SPECTACULAR_SETTINGS  # noqa: F401
from shop.dashboard.navigation import NAVIGATION

BASE_DIR = Path(__file__).resolve().parents[3]
#: State of this checkout (database, media, mail) for demo and tests; git-ignored, safe to delete.
LOCAL_DIR = Path(os.environ.get("KRIYA_LOCAL") or BASE_DIR / ".local")

DEBUG = False
SITE_ID = 1
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
AUTH_USER_MODEL = "accounts.User"

INSTALLED_APPS = [
    "modeltranslation",
    "config",
    "accounts",
    # What is told
    "cms.core",
    "cms.home",
    "cms.campaigns",
    "cms.stories",
    "cms.crafts",
    "cms.fairs",
    "cms.pages",
    # What is sold: our own rooms
    "shop.pictures",
    "shop.crafts",
    "shop.artisans",
    "shop.stock",
    "shop.settlement",
    "shop.exhibitions",
    # What is sold: Oscar, with thin overrides
    # Before Oscar, so that its templates of the same name win.
    "shop.dashboard.apps.DashboardConfig",
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "shop.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "shop.basket.apps.BasketConfig",
    "shop.payment.apps.PaymentConfig",
    "shop.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "shop.customer.apps.CustomerConfig",
    "shop.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "shop.dashboard.reports.apps.ReportsDashboardConfig",
    "shop.dashboard.users.apps.UsersDashboardConfig",
    "shop.dashboard.orders.apps.OrdersDashboardConfig",
    "shop.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "shop.dashboard.offers.apps.OffersDashboardConfig",
    "shop.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "treebeard",
    "django_tables2",
    # Wagtail
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    # The till's API
    "rest_framework",
    "drf_spectacular",
    # Accounts and the rest
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "shop.basket.middleware.SourceMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

#: The folder under themes/ whose templates and static files the public site shows.
THEME = "cual"
THEME_DIR = BASE_DIR / "themes" / THEME

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [THEME_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
            ],
        },
    },
]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [THEME_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = LOCAL_DIR / "media"
#: Whether Django itself serves uploaded files; a web server or object storage does in production.
SERVE_MEDIA = False

# Language, place, money. Indonesian has no prefix; English lives below /en/.
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
# A translation starts in the words of its original; it is public once somebody publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
LOCALE_PATHS = [THEME_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
MODELTRANSLATION_DEFAULT_LANGUAGE = "id"
MODELTRANSLATION_LANGUAGES = ("id", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("id", "en")

# Accounts
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "customer:summary"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
#: Whoever changes a password or an address tells its owner, who may not have been the one.
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kriya Babel"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Wagtail
WAGTAIL_SITE_NAME = "Kriya Babel"
WAGTAILIMAGES_IMAGE_MODEL = "pictures.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "shop.pictures.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "heic"]
WAGTAILIMAGES_FORMAT_CONVERSIONS = {
    "avif": "webp",
    "bmp": "webp",
    "webp": "webp",
    "heic": "webp",
    "jpeg": "webp",
    "png": "webp",
}
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64_000_000
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAIL_FRONTEND_LOGIN_URL = "/akun/login/"
# One account system: passwords are changed and reset at /akun/ only.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = True
# Neither asks another host; versions are the operators' business.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]
#: Staff's e-mail addresses are not sent to another host for a picture.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# Oscar
OSCAR_SHOP_NAME = "Kriya Babel"
OSCAR_SHOP_TAGLINE = _("Crafts of Bangka Belitung")
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "IDR"
OSCAR_OFFER_ROUNDING_FUNCTION = "shop.partner.rounding.whole_rupiah"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_ALLOW_GUEST_CHECKOUT_WITH_ACCOUNT = True
OSCAR_HIDDEN_FEATURES = ["reviews", "wishlists"]
OSCAR_PRODUCTS_PER_PAGE = 24
OSCAR_FROM_EMAIL = "halo@kriyababel.example"
OSCAR_MAX_BASKET_QUANTITY_THRESHOLD = 99
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_THUMBNAILER = "shop.pictures.thumbnails.PictureThumbnailer"
OSCAR_EAGER_ALERTS = False
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "line4", "postcode", "country")
PHONENUMBER_DEFAULT_REGION = "ID"
# An order exists once it is paid. What may follow what; `shop.order.services` walks these ways and no other.
OSCAR_INITIAL_ORDER_STATUS = "Paid"
OSCAR_ORDER_STATUS_PIPELINE = {
    "Paid": ("Packing", "Partly shipped", "Shipped", "Cancelled"),
    "Packing": ("Partly shipped", "Shipped", "Cancelled"),
    "Partly shipped": ("Shipped",),
    "Shipped": (),
    "Cancelled": (),
}
OSCAR_INITIAL_LINE_STATUS = "Waiting"
OSCAR_LINE_STATUS_PIPELINE = {
    "Waiting": ("Packed", "Shipped", "Cancelled"),
    "Packed": ("Shipped", "Cancelled"),
    "Shipped": (),
    "Cancelled": (),
}
OSCAR_DASHBOARD_DEFAULT_ACCESS_FUNCTION = "shop.dashboard.navigation.may_open"
OSCAR_DASHBOARD_NAVIGATION = NAVIGATION
OSCAR_CURRENCY_FORMAT = {"IDR": {"format": "¤#,##0", "currency_digits": False}}
DEFAULT_FROM_EMAIL = "Kriya Babel <halo@kriyababel.example>"
#: Oscar imports the package; nothing is searched with it (see docs/adr).
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}

# One fresh set of migrations for all of Oscar: its own history refers by name into apps that we override, and
# cannot be mixed with ours (docs/adr).
MIGRATION_MODULES = {
    label: f"shop.oscar_migrations.{label}"
    for label in ("analytics", "communication", "customer", "offer", "reviews", "voucher", "wishlists")
}

# Background work
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
#: What `manage.py scheduler` enqueues, and every how many seconds.
SCHEDULE: dict[str, dict[str, object]] = {
    "missing renditions": {"task": "shop.pictures.tasks.make_missing_renditions", "every": 3600},
    "expire_payments": {"task": "shop.payment.tasks.expire_overdue", "every": 60},
    "reconcile_payments": {"task": "shop.payment.tasks.reconcile_attempts", "every": 120},
    "retry_refunds": {"task": "shop.payment.tasks.retry_refunds", "every": 300},
    "prune task results": {"task": "config.tasks.prune_task_results", "every": 86400},
    "clear sessions": {"task": "config.tasks.clear_sessions", "every": 86400},
}

# Payment. Without keys Stripe is not offered; demo settings put the project's own loopback double in its place.
PAYMENT_GATEWAYS = {
    "stripe": "shop.payment.gateways.stripe.StripeGateway",
    "bank_transfer": "shop.payment.gateways.bank_transfer.BankTransferGateway",
}
STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "").strip()
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "").strip()
#: Another address than Stripe's own: the double on this machine, with a test key. Anything else is refused.
STRIPE_API_BASE = ""
STRIPE_SANDBOX = False
STRIPE_SANDBOX_PORT = int(os.environ.get("STRIPE_SANDBOX_PORT", "4243"))
#: About US$0.50, the least Stripe takes, in rupiah.
STRIPE_MINIMUM_AMOUNT = Decimal(os.environ.get("STRIPE_MINIMUM_AMOUNT", "10000"))
#: How long pieces are kept for a shopper on Stripe's page; Stripe wants at least 30 minutes, so 32 is the least here.
STRIPE_HOLD_MINUTES = int(os.environ.get("STRIPE_HOLD_MINUTES", "35"))
#: Where the order form may lead to: the payment page. Without it Chromium stops the redirect after the form.
PAYMENT_FORM_ORIGINS = ["https://checkout.stripe.com"] if STRIPE_SECRET_KEY else []
BANK_TRANSFER_HOURS = int(os.environ.get("BANK_TRANSFER_HOURS", "24"))
#: Shorter for guests: nobody knows them, and a transfer keeps pieces off sale for longer than any other way to pay.
BANK_TRANSFER_GUEST_HOURS = int(os.environ.get("BANK_TRANSFER_GUEST_HOURS", "6"))
#: How many unpaid orders, and how many pieces in them, may be kept at a time for one session, account, e-mail (guests)
#: and client address. An address may be a whole village's, so it is given more. A kind left out is not limited.
PAYMENT_OPEN_ATTEMPTS = {
    "session": {"attempts": 2, "units": 30},
    "account": {"attempts": 3, "units": 60},
    "email": {"attempts": 2, "units": 30},
    "address": {"attempts": 10, "units": 90},
}
#: Accounts a transfer can go to: bank, number, holder. From the environment as `bank|number|holder;…`.
BANK_TRANSFER_ACCOUNTS = [
    dict(zip(("bank", "number", "holder"), account.split("|"), strict=True))
    for account in os.environ.get("BANK_TRANSFER_ACCOUNTS", "").split(";")
    if account.strip()
]

# Security
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
#: How many proxies of ours stand in front; the visitor's address is that many from the right in X-Forwarded-For.
TRUSTED_PROXIES = 0
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
#: Wagtail lifts it for its own previews.
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *PAYMENT_FORM_ORIGINS],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    },
}

#: The exceptions: Wagtail's admin and Oscar's dashboard (both below /kelola/) bring inline scripts and styles, and
#: Wagtail frames its own previews.
CSP_ADMIN_PREFIX = "/kelola/"
CSP_ADMIN_EXCEPTIONS = {
    "script-src": ["'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["blob:"],
    "worker-src": ["'self'", "blob:"],
}
CSP_ADMIN_REPLACEMENTS = {"frame-ancestors": ["'self'"]}

#: Where the till's list of campaigns comes from: a function that gives pairs of source and name.
TILL_SOURCES = "cms.campaigns.queries.sources"
#: Where the report of a fair has the titles of campaigns from: a function that gives them by source.
CAMPAIGN_TITLES = "cms.campaigns.queries.titles"
#: A function that tests put here to let the process die at a named point. Nothing else may: see the checks of fairs.
FAULT_POINTS: str | None = None

#: Demo settings set it; demo people and the loopback payment double refuse to run without.
IS_DEMO = False
#: What `manage.py load_demo` calls, in this order.
DEMO_LOADERS = [
    "accounts.demo.load",
    "shop.demo.loading.load",
    "shop.shipping.demo.load",
    "shop.exhibitions.demo.load",
    "cms.demo.load",
]

#: Which terms a shopper agreed to, kept with the payment: a new text gets a new date.
SHOP_TERMS_VERSION = "2026-11-01"
# The shop's own contact, shown on pages and in e-mails.
SHOP_WHATSAPP = "6281100000100"

# To standard error, where each host's own collector finds it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
}
