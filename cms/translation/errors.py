"""What a visitor meets when something is wrong, in the language of the address."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from cms.languages import language_of_path
from cms.translation import missing


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    with translation.override(language_of_path(request.path)):
        answer = missing.answer(request)
        request._alternates = {}  # what is not there has no canonical address and no version in another language
        return answer or render(request, "404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    with translation.override(language_of_path(request.path)):
        return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return bare(request, 400)


def server_error(request: HttpRequest) -> HttpResponse:
    return bare(request, 500)


def bare(request: HttpRequest, status: int) -> HttpResponse:
    """Asks nothing of the request or of the database: either may be what is wrong. Programs are answered in JSON."""
    if request.path.startswith("/api/"):
        return JsonResponse({"message": HTTPStatus(status).phrase}, status=status)
    with translation.override(language_of_path(request.path)):
        return HttpResponse(render_to_string(f"{status}.html", {"LANGUAGE_CODE": translation.get_language()}), status=status)
