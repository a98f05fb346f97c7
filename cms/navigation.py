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
    """The pages that the settings name, or else those of the first level that stand in menus: title, url and path of each."""
    site = frame.site_of(request)
    if site is None:
        return []
    root = frame.current().root(site, get_language() or "")

    def find() -> list[dict]:
        chosen = [block.value for block in portal_settings(request).header_menu if block.value]
        found = in_language(chosen, request)
        return [found[page.pk] for page in chosen if page.pk in found] if chosen else below(root, request)

    return frame.current().remember(("menu", root.pk), find)


def footer_columns(request: HttpRequest) -> list[dict]:
    """The columns that the settings name, each with a heading and links, in the language of the request."""
    portal, language = portal_settings(request), (get_language() or "")[:2]

    def find() -> list[dict]:
        columns = [block.value for block in portal.footer_columns]
        pages = in_language([link["page"] for column in columns for link in column["links"] if link["page"]], request)
        found = [
            {
                "heading": column[f"heading_{language}"],
                "links": [shown for link in column["links"] if (shown := footer_link(link, pages, language))],
            }
            for column in columns
        ]
        return [column for column in found if column["links"]]

    return frame.current().remember(("columns", portal.pk, language), find)


def footer_link(link: dict, pages: dict[int, dict], language: str) -> dict | None:
    """A page under its title unless another text is given; None where it cannot be shown."""
    target = pages.get(link["page"].pk) if link["page"] else {"url": link["url"], "title": ""} if link["url"] else None
    return {"url": target["url"], "title": link[f"text_{language}"] or target["title"]} if target else None


def in_language(chosen: list[Page], request: HttpRequest) -> dict[int, dict]:
    """By the key of each chosen page its public version in the language of the request; what has none is left out."""
    keys = {page.translation_key for page in chosen}
    versions = frame.public(Page.objects.filter(translation_key__in=keys, locale__language_code=get_language())) if keys else []
    found = {version.translation_key: entry(version, request) for version in versions}
    return {page.pk: found[page.translation_key] for page in chosen if page.translation_key in found}


def footer_menu(request: HttpRequest) -> list[dict]:
    """The pages below the one that the settings name, in the language of the request."""
    page_id, language = portal_settings(request).footer_page_id, get_language() or ""

    def find() -> list[dict]:
        above = version_for(page_id, language)
        return below(above, request) if above else []

    return frame.current().remember(("footer", page_id, language), find) if page_id else []


def editors_guide(request: HttpRequest) -> dict | None:
    """Where those who write find help, in the language they work in. Closed to others, as a rule."""
    page_id, language = portal_settings(request).editors_guide_id, get_language() or ""

    def find() -> dict | None:
        guide = version_for(page_id, language)
        return entry(guide, request) if guide and guide.live else None

    return frame.current().remember(("editors' guide", page_id, language), find) if page_id else None


def version_for(page_id: int, language: str) -> Page | None:
    """A page in a language; where it has no such version, in one it has."""
    versions = Page.objects.filter(translation_key__in=Page.objects.filter(pk=page_id).values("translation_key"))
    return versions.filter(locale__language_code=language).first() or versions.first()


def breadcrumbs(page: Page, request: HttpRequest) -> list[dict]:
    """The pages above a page, the front page first."""
    if page.depth <= 2:
        return []

    def find() -> list[dict]:
        return [entry(each, request) for each in pages_above(page, request) if each.live]

    return frame.current().remember(("crumbs", page.path[: -Page.steplen]), find)


def pages_above(page: Page, request: HttpRequest) -> list[Page]:
    """From the front page down; the request that found the page by its path has them already."""
    site = frame.site_of(request)
    root = [frame.current().root(site, get_language() or "")] if site else []
    known = {each.path: each for each in [*root, *getattr(request, "page_chain", {}).values()]}
    paths = [page.path[:length] for length in range(2 * Page.steplen, len(page.path), Page.steplen)]
    return [known[path] for path in paths] if known.keys() >= set(paths) else list(page.get_ancestors().filter(depth__gt=1))


def below(page: Page, request: HttpRequest) -> list[dict]:
    return [entry(child, request) for child in frame.public(page.get_children().in_menu())]


def entry(page: Page, request: HttpRequest) -> dict:
    return {"title": page.title, "url": page.get_url(request), "path": page.path}
