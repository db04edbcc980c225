from csp.middleware import CSPMiddleware
from django.conf import settings


class ClientAddressMiddleware:
    """Put the visitor's own address where everything looks for it, ``REMOTE_ADDR``.

    Behind a proxy that is the proxy's address: every rate limit would count the whole world as one visitor, and ten
    wrong order numbers would lock out everybody. Only as many entries as we have proxies are believed, from the
    right; what stands further left is the visitor's own claim.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        count = settings.TRUSTED_PROXIES
        passed_on = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if 0 < count <= len(passed_on) and passed_on[-count].strip():
            request.META["REMOTE_ADDR"] = passed_on[-count].strip()
        return self.get_response(request)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere, and the listed exceptions for the two admins.

    Wagtail's admin and Oscar's dashboard carry inline scripts and styles that are not ours to change; without the
    exception their editors would not start, and without the limit to their prefix the public pages would lose the
    policy.
    """

    def process_response(self, request, response):
        if request.path_info.startswith(settings.CSP_ADMIN_PREFIX):
            # A preview is the public page's own answer, policy included, which would refuse the editor's frame.
            response.headers.pop("Content-Security-Policy", None)
            response._csp_update = settings.CSP_ADMIN_EXCEPTIONS
            response._csp_replace = settings.CSP_ADMIN_REPLACEMENTS
        return super().process_response(request, response)
