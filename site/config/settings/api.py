"""How the APIs behave and describe themselves; part of base.py."""

# Wagtail's admin uses the same framework: what the till's API needs of its own stands in its views, not here.
REST_FRAMEWORK = {
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # ClientAddressMiddleware has put the address right; what a visitor claims in a header counts for nothing.
    "NUM_PROXIES": 0,
    # How often a device (for pairing: an address) may ask; counted in the cache.
    "DEFAULT_THROTTLE_RATES": {
        "pair": "30/hour",
        "catalogue": "120/min",
        "events": "300/min",
        "heartbeat": "120/min",
    },
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kriya Babel: the till",
    "DESCRIPTION": "What the till of a fair and the server say to each other, version 1.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "PREPROCESSING_HOOKS": ["shop.exhibitions.api.schema.only_the_till"],
    "SCHEMA_PATH_PREFIX": r"/api/v[0-9]+/till",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "EventKind": "shop.exhibitions.models.till.TillEvent.Kind",
        "TenderKind": "shop.exhibitions.models.till.Tender.Kind",
        "ReversalKind": "shop.exhibitions.models.till.Reversal.Kind",
        "EnquiryKind": "shop.exhibitions.models.till.Enquiry.Kind",
        "FairStatus": "shop.exhibitions.models.fair.Fair.Status",
        "AnswerStatus": "shop.exhibitions.wire.answers.Status",
        "RefusalCode": "shop.exhibitions.wire.answers.Code",
        "ErrorCode": "shop.exhibitions.api.errors.Code",
    },
}
