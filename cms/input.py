"""The one place that turns away what no address of ours can mean, before anything reads it."""

from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin


class PlainTextMiddleware(MiddlewareMixin):
    """An address is text: with a NUL, which PostgreSQL refuses, or with bytes that are not UTF-8, it is answered with 400."""

    def process_request(self, request: HttpRequest) -> None:
        try:
            query = unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
        except UnicodeDecodeError:
            raise BadRequest("An address that is not UTF-8") from None
        if "\0" in request.path_info + query:  # bytes in a path that are not UTF-8 have already been quoted again
            raise BadRequest("An address with a NUL")
