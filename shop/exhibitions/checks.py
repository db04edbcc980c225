from django.conf import settings
from django.core.checks import Error, register


@register
def fault_points_are_for_tests(app_configs, **kwargs):
    """A server that can be told to die must never stand on the internet."""
    if settings.FAULT_POINTS and not settings.IS_DEMO:
        return [Error("FAULT_POINTS is for tests: take it out of these settings.", id="exhibitions.E001")]
    return []
