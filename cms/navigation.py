"""The ways around a site, in one language: read once and kept until something changes."""

from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from cms import frame
from cms.models import PortalSettings


def portal_settings(request: HttpRequest) -> PortalSettings:
    site = frame.site_of(request)
    return frame.current().remember(
        ("settings", site.pk if site else None), lambda: PortalSettings.for_site(site) if site else PortalSettings()
    )


def main_menu(request: HttpRequest) -> list[dict]:
    """The pages of the first level that stand in menus: title, url and path of each."""
    site = frame.site_of(request)
    if site is None:
        return []
    root = frame.current().root(site, get_language() or "")
    return frame.current().remember(("menu", root.pk), lambda: below(root, request))


def footer_menu(request: HttpRequest) -> list[dict]:
    """The pages below the one that the settings name, in the language of the request."""
    page_id = portal_settings(request).footer_page_id
    language = get_language() or ""

    def find() -> list[dict]:
        versions = Page.objects.filter(translation_key__in=Page.objects.filter(pk=page_id).values("translation_key"))
        above = versions.filter(locale__language_code=language).first() or versions.first()
        return below(above, request) if above else []

    return frame.current().remember(("footer", page_id, language), find) if page_id else []


def breadcrumbs(page: Page, request: HttpRequest) -> list[dict]:
    """The pages above a page, the front page first."""
    if page.depth <= 2:
        return []

    def find() -> list[dict]:
        return [entry(above, request) for above in page.get_ancestors().filter(depth__gt=1, live=True)]

    return frame.current().remember(("crumbs", page.path[: -Page.steplen]), find)


def below(page: Page, request: HttpRequest) -> list[dict]:
    return [entry(child, request) for child in frame.public(page.get_children().in_menu())]


def entry(page: Page, request: HttpRequest) -> dict:
    return {"title": page.title, "url": page.get_url(request), "path": page.path}
