"""The result page: a plain form, and an address that says all there is to know."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cms.languages import active
from search.engines import engine
from search.engines.base import Busy, Unavailable
from search.results import Results


@require_http_methods(["GET", "HEAD"])
def search(request: HttpRequest) -> HttpResponse:
    try:
        results = Results(request.GET, request.path, active())
        response = render(request, "search/search.html", {"results": results})
    except (Busy, Unavailable):
        response = render(request, "search/later.html", status=503)
        response.headers["Retry-After"] = "60"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["X-Search-Engine"] = engine().name
    return response
