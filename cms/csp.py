from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware as DjangoMiddleware
from django.utils.csp import CSP

from cms.languages import STAFF_PATHS

STAFF = {
    **settings.SECURE_CSP,
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE, CSP.UNSAFE_EVAL],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
}


class ContentSecurityPolicyMiddleware(DjangoMiddleware):
    """Strict for visitors. Wagtail's admin writes styles and scripts into its pages, so staff get a wider policy."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path_info.startswith(STAFF_PATHS) and not hasattr(response, "_csp_config"):
            response._csp_config = STAFF
        return super().process_response(request, response)
