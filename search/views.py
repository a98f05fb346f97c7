"""The result page: a plain form, and an address that says all there is to know; and what is suggested while somebody types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cms.languages import active
from search.engines import engine
from search.engines.base import Busy, Unavailable
from search.results import Results
from search.suggestions import suggestions

LATER = {"Retry-After": "60"}


@require_http_methods(["GET", "HEAD"])
def search(request: HttpRequest) -> HttpResponse:
    try:
        results = Results(request.GET, request.path, active())
        return marked(render(request, "search/search.html", {"results": results}), results.answer.engine)
    except (Busy, Unavailable):
        response = marked(render(request, "search/later.html", status=503))
        response.headers["Retry-After"] = LATER["Retry-After"]
        return response


@require_http_methods(["GET", "HEAD"])
def suggest(request: HttpRequest) -> HttpResponse:
    try:
        return marked(JsonResponse({"suggestions": suggestions(request.GET.get("q", ""), request)}))
    except (Busy, Unavailable):
        return marked(JsonResponse({"suggestions": []}, status=503, headers=LATER))


def marked(response: HttpResponse, by: str = "") -> HttpResponse:
    """For programs: no page to keep, and which engine has answered."""
    response.headers["X-Robots-Tag"], response.headers["X-Search-Engine"] = "noindex", by or engine().name
    return response
