"""The one place that turns away what no address of ours can mean, before anything reads it."""

from urllib.parse import unquote_to_bytes

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.deprecation import MiddlewareMixin


class PlainTextMiddleware(MiddlewareMixin):
    """An address is text: with a NUL, which PostgreSQL refuses, or with bytes that are not UTF-8, it is answered with 400."""

    def process_request(self, request: HttpRequest) -> None:
        path = request.META.get("PATH_INFO", "").encode("latin-1", "replace")
        query = unquote_to_bytes(request.META.get("QUERY_STRING", ""))
        for part in (path, query):
            try:
                text = part.decode()
            except UnicodeDecodeError:
                raise BadRequest("An address that is not UTF-8") from None
            if "\0" in text:
                raise BadRequest("An address with a NUL")
