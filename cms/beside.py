"""What lies beside a page, at its address without the last slash: its text as Markdown, its time as a calendar."""

import copy

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from wagtail.url_routing import RouteResult

from cms import frame
from cms.models import BasePage


def beside(address: str, ending: str) -> str:
    """The address of a page in another form; empty for a front page, which has no name."""
    return f"{address.rstrip('/')}{ending}" if address.strip("/") else ""


def for_page(request: HttpRequest) -> HttpRequest:
    """A request for something beside a page, as one for the whole page itself."""
    asked = copy.copy(request)
    asked.path = asked.path_info = f"{request.path.rpartition('.')[0]}/"
    asked.GET = QueryDict("view=all")
    return asked


def found_by(request: HttpRequest, path: str) -> RouteResult:
    """The public page that a request asks for."""
    site, language = frame.site_of(request), get_language()
    home = frame.current().root(site, language) if site else None
    if home is None or home.locale.language_code != language:
        raise Http404
    parts = [part for part in path.split("/") if part]
    request.page_chain = frame.chain_of(home, parts)
    found = frame.descend(home, parts, request)
    if not isinstance(found.page, BasePage) or not frame.is_public(found.page):
        raise Http404
    return found


def shown_by(request: HttpRequest, found: RouteResult) -> HttpResponse:
    """The page as it is shown, but not rendered yet; an answer of another kind as it is."""
    response = found.page.serve(request, *found.args, **found.kwargs)
    if response.status_code == HttpResponse.status_code and not isinstance(response, TemplateResponse):
        raise Http404
    return response


def redirect_beside(address: str, ending: str) -> HttpResponsePermanentRedirect:
    """A way to a page, as one to what lies beside it."""
    return HttpResponsePermanentRedirect(beside(address.partition("?")[0], ending))
