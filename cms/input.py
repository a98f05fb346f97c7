"""The one place that turns away what no address of ours can mean, before anything reads it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver
from django.utils.deprecation import MiddlewareMixin


class PlainTextMiddleware(MiddlewareMixin):
    """An address is text: with a NUL, which PostgreSQL refuses, or with bytes that are not UTF-8, it is answered with 400."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        try:
            query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        except UnicodeDecodeError:
            return refused(request, "An address that is not UTF-8")
        if "\0" in request.path_info + query:  # bytes in a path that are not UTF-8 have already been quoted again
            return refused(request, "An address with a NUL")
        return None


def refused(request: HttpRequest, why: str) -> HttpResponse:
    """The answer of a bad request. Not raised: a scanner's nonsense is worth a line in the log, and no traceback."""
    answer: Callable[[HttpRequest, Exception], HttpResponse] = get_resolver().resolve_error_handler(400)
    return answer(request, BadRequest(why))
