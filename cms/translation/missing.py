"""What answers where there is no version in the language of the address.

Never the front page, never the other language in silence: a page that says so in both languages, names the original, and
leads on to the nearest page that there is. Once the translation is there, the same address leads to it.
"""

import copy
import re
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation
from wagtail.models import Page

from cms import frame, redirects
from cms.languages import CODES, address_in, language_of_path, path_in_site
from cms.models import BasePage
from cms.public import public_pages

ROUTABLE = re.compile(r"/(?:[\w-]+/)+")


@dataclass(frozen=True)
class Original:
    """What an address shows in another language: the public page, its exact address, and its addresses by language."""

    page: Page
    url: str
    alternates: dict[str, str]

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def language_code(self) -> str:
        return self.page.locale.language_code

    def nearest(self, language: str) -> Page | None:
        """The page itself in a language, if only a part of it is missing there, or the nearest page above it."""
        keys = self.page.get_ancestors(inclusive=True).filter(depth__gt=1).values("translation_key")
        found = public_pages(language).filter(translation_key__in=keys)
        nearest = found.order_by("-depth").first()
        return nearest.specific if nearest else None


def answer(request: HttpRequest) -> HttpResponse | None:
    """The page for a missing translation, or the way to it if it is there; None where nobody has anything."""
    if not ROUTABLE.fullmatch(request.path):
        return None
    if (moved := redirects.address_now(request.path, request)) and moved != request.path:
        return HttpResponsePermanentRedirect(moved + query_of(request))
    wanted = language_of_path(request.path)
    found = (original_at(request, code) for code in CODES if code != wanted)
    original = next(filter(None, found), None)
    if original is None:
        return None
    if there := original.alternates.get(wanted):
        return HttpResponsePermanentRedirect(there + query_of(request)) if there != request.path else None
    return untranslated(request, original, wanted)


def untranslated(request: HttpRequest, original: Original, wanted: str) -> HttpResponse:
    context = {"original": original, "parent": original.nearest(wanted), "wanted_language": wanted}
    response = render(request, "untranslated.html", context, status=404)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def query_of(request: HttpRequest) -> str:
    return f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""


def original_at(request: HttpRequest, language: str) -> Original | None:
    """What the same path shows to anybody in another language, or once showed there."""
    asked = copy.copy(request)
    asked.path = asked.path_info = address_in(language, request.path)
    asked.method, asked.user = "GET", AnonymousUser()
    with translation.override(language):
        return shown(asked, language) or once_shown(asked)


def shown(request: HttpRequest, language: str) -> Original | None:
    """Serve it, unrendered, as that says which part of the page it is."""
    site = frame.site_of(request)
    home = frame.current().root(site, language) if site else None
    if home is None or home.locale.language_code != language:
        return None
    parts = [part for part in path_in_site(request.path).split("/") if part]
    request.page_chain = frame.chain_of(home, parts)
    try:
        page, args, kwargs = frame.descend(home, parts, request)
        if not isinstance(page, BasePage) or page.get_view_restrictions().exists():
            return None
        response = page.serve(request, *args, **kwargs)
    except Http404:
        return None
    url = request.path if response.status_code == HttpResponse.status_code else page.get_url(request)
    return Original(page, url, page.alternates(request))


def once_shown(request: HttpRequest) -> Original | None:
    page = redirects.page_once_at(request.path, request)
    return Original(page, page.get_url(request), page.alternates(request)) if page else None
