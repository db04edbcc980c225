from csp.middleware import CSPMiddleware
from django.conf import settings


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
