"""What all pages of the site share: sites, roots, restrictions, menus. Read once, and again when anything has changed.

One query a request asks for the newest event of the outbox; while it is the same, what was read before still holds, in every
process and without a message between them.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import reduce
from operator import or_
from threading import Lock
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import get_language
from wagtail.models import Locale, Page, PageManager, PageViewRestriction, Site, get_page_models
from wagtail.query import PageQuerySet
from wagtail.url_routing import RouteResult

from cms.events import newest_event
from cms.kinds import together_with
from cms.plugins import call_hooks

LONGEST = 2_000  # things remembered at most


class Frame:
    """What holds as long as nothing changes. Give ``remember`` only what never differs between visitors."""

    def __init__(self):
        self.memory: OrderedDict[Hashable, Any] = OrderedDict()
        self.lock = Lock()

    def remember(self, key: Hashable, make: Callable[[], Any]) -> Any:
        try:
            return self.memory[key]
        except KeyError:
            value = make()
        with self.lock:
            self.memory[key] = value
            if len(self.memory) > LONGEST:
                self.memory.popitem(last=False)
        return value

    @property
    def restrictions(self) -> list[PageViewRestriction]:
        return self.remember("restrictions", lambda: list(PageViewRestriction.objects.select_related("page")))

    @property
    def aliases(self) -> bool:
        return self.remember("aliases", Page.objects.exclude(alias_of=None).exists)

    @property
    def locales(self) -> dict[int, Locale]:
        return self.remember("locales", lambda: {locale.pk: locale for locale in Locale.objects.all()})

    def root(self, site: Site, language: str) -> Page:
        """The front page of a site in a language; the site's own where there is none."""

        def find() -> Page:
            roots = Page.objects.filter(translation_key=site.root_page.translation_key, live=True).select_related("locale")
            return next((root for root in roots if root.locale.language_code == language), site.root_page)

        return self.remember(("root", site.pk, language), find)


_request: ContextVar[dict | None] = ContextVar("frame", default=None)
_kept: tuple[Hashable, Frame] | None = None


def current() -> Frame:
    """The frame of this request, asked for when first needed; outside a request a new one, remembered by nobody."""
    holder = _request.get()
    if holder is None:
        return Frame()
    if "frame" not in holder:
        holder["frame"] = frame_of_now()
    return holder["frame"]


def frame_of_now() -> Frame:
    """The kept frame if nothing changed since; else a new one."""
    global _kept
    version = newest_event()
    if version is None:
        return Frame()
    key = (connection.settings_dict["NAME"], version)
    if _kept is None or _kept[0] != key:
        _kept = (key, Frame())
    return _kept[1]


@contextmanager
def anew() -> Iterator[None]:
    """For what must see the content as it is now, whatever the request it is done in has seen before."""
    token = _request.set({"frame": Frame()})
    try:
        yield
    finally:
        _request.reset(token)


def forget() -> None:
    """For tests, which undo what they did without an event."""
    global _kept
    _kept = None


def restrictions_beyond(here: Page | None) -> list[PageViewRestriction]:
    """All that close pages; but whoever sees the page ``here`` has passed those that close it."""
    return [each for each in current().restrictions if here is None or not here.path.startswith(each.page.path)]


def closed(here: Page | None = None) -> Q:
    """The pages that not everybody may see, or not everybody who sees ``here``."""
    return reduce(or_, (Q(path__startswith=each.page.path) for each in restrictions_beyond(here)), Q(pk__in=[]))


def public(pages: QuerySet, here: Page | None = None) -> QuerySet:
    """Published, of a type whose code is installed, and open to everybody, or to everybody who sees ``here``.

    Asks nothing that this request knows.
    """
    types = current().remember(
        "types", lambda: [each.pk for each in ContentType.objects.get_for_models(*get_page_models()).values()]
    )
    return pages.filter(live=True, content_type__in=types).exclude(closed(here))


def site_of(request: HttpRequest) -> Site | None:
    if not hasattr(request, "_wagtail_site"):
        key = ("site", request.get_host(), request.get_port())
        request._wagtail_site = current().remember(key, lambda: Site.find_for_request(request))
    return request._wagtail_site


def chain_of(root: Page, parts: list[str]) -> dict[str, Page]:
    """The pages along a path, by their ``url_path``, in one query."""
    paths = ["/".join([root.url_path.rstrip("/"), *parts[:length], ""]) for length in range(1, min(len(parts), 12) + 1)]
    if not paths:
        return {}
    return {page.url_path: page for page in with_rows_beside(Page.objects.filter(url_path__in=paths))}


def with_rows_beside(pages: QuerySet) -> QuerySet:
    """Together with the rows that parts of the portal keep beside a page."""
    beside = call_hooks("register_rows_beside_pages")
    return pages.select_related(*beside) if beside else pages


def descend(page: Page, parts: list[str], request: HttpRequest) -> RouteResult:
    """The page below ``page`` at a path; types that route for themselves are asked, the others need not be fetched."""
    while parts and getattr(page.specific_class, "routes_itself", None) is False:
        below = request.page_chain.get(f"{page.url_path}{parts[0]}/")
        if below is None:
            raise Http404
        page, parts = below, parts[1:]
    leads_on = getattr(page.specific_class, "leads_on", lambda parts: False)
    if parts and (f"{page.url_path}{parts[0]}/" in request.page_chain or leads_on(parts)):
        # only shows the way to another page, so all requests may share it
        return current().remember(("router", page.pk), page.get_specific).route(request, parts)
    if page.specific_class is None:  # of a plugin that is gone
        raise Http404
    return whole(page).route(request, parts)


def whole(page: Page) -> Page:
    """A page as its own type, in one question with the rows that every view of the type asks for: its ``shown_with``."""
    if isinstance(page, page.specific_class):
        return page
    pages = page.specific_class._default_manager
    own = together_with(pages.all(), getattr(page.specific_class, "shown_with", ())).get(pk=page.pk)
    for name, value in vars(page).items():
        vars(own).setdefault(name, value)
    return own


def is_public(page: Page, here: Page | None = None) -> bool:
    """The same, of a page that has been fetched."""
    return (
        page.live
        and page.specific_class is not None
        and not any(page.path.startswith(each.page.path) for each in restrictions_beyond(here))
    )


class FrameQuerySet(PageQuerySet):
    def private_q(self) -> Q:
        return closed()


class FrameManager(PageManager.from_queryset(FrameQuerySet)):
    """Pages whose restrictions are read once a request."""


class FrameMiddleware(MiddlewareMixin):
    """Gives each request its frame, and finds its page with as few questions as there can be."""

    def process_request(self, request: HttpRequest) -> None:
        request._frame_token = _request.set({})

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if request.resolver_match.url_name != "wagtail_serve" or (site := site_of(request)) is None:
            return
        request._wagtail_cached_site_root_paths = current().remember(
            "root paths", Site.get_site_root_paths
        )  # for pages of no type of ours
        root, parts = current().root(site, get_language() or ""), [part for part in args[0].split("/") if part]
        request.page_chain = chain_of(root, parts)
        try:
            request._wagtail_route_for_request = descend(root, parts, request)
        except Http404:
            request._wagtail_route_for_request = None

    def process_response(self, request: HttpRequest, response):
        if token := request.__dict__.pop("_frame_token", None):
            _request.reset(token)
        return response
