"""The result page: a plain form, and an address that says all there is to know; and what is suggested while somebody types."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cms.languages import active
from search.engines import engine
from search.engines.base import Busy, Unavailable
from search.planning import Question
from search.results import Results
from search.statistics import ASKED, CLICKED, EMPTY, note
from search.suggestions import suggestions

LATER = {"Retry-After": "60"}


@require_http_methods(["GET", "HEAD"])
def search(request: HttpRequest) -> HttpResponse:
    try:
        results = Results(request.GET, request.path, active())
        response = marked(render(request, "search/search.html", {"results": results}), results.answer.engine)
        if results.is_first_look and request.method == "GET":
            note(request, results.answer.question, ASKED)
            if not results.total and not results.promoted:
                note(request, results.answer.question, EMPTY)
    except (Busy, Unavailable):
        response = marked(render(request, "search/later.html", status=503))
        response.headers["Retry-After"] = LATER["Retry-After"]
    return response


@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """A browser tells, by the ``ping`` of a link, that somebody followed a result; where it was says what was asked for."""
    asked = urlsplit(request.headers.get("Ping-From", ""))
    question = Question(QueryDict(asked.query).get("q", ""), active())
    try:
        if asked.path == reverse("search"):
            note(request, question, CLICKED)
    except (Busy, Unavailable):
        pass  # not worth another try
    return HttpResponse(status=204)


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
