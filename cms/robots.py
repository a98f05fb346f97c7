"""What search engines are asked to do: a real site is open to them, a demo on plain http is not."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.http import require_http_methods

from cms.languages import CODES


class RobotsMiddleware(MiddlewareMixin):
    """No answer of a demo is kept by a search engine, pictures and documents included."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not settings.HTTPS:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response


def search_addresses() -> list[str]:
    addresses = []
    for language in CODES:
        with translation.override(language):
            addresses.append(reverse("search"))
    return addresses


@require_http_methods(["GET", "HEAD"])
def robots_txt(request: HttpRequest) -> HttpResponse:
    context = {"open": settings.HTTPS, "base_url": settings.BASE_URL, "searches": search_addresses()}
    return render(request, "robots.txt", context, content_type="text/plain")
