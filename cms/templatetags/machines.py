"""What a page has for programs that read along, and for those who would rather follow it from elsewhere."""

from django import template
from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from cms import structured
from cms.beside import beside
from cms.feeds.asked import FORMS, feed_address, forms_of
from cms.kinds import Kind
from cms.listing import Listing
from cms.models import BasePage
from cms.templatetags.portal import alternates_of

register = template.Library()


def own_address(context) -> str:
    """The canonical address of what is shown; empty for an error and for a page that nobody can reach."""
    page = context.get("page")
    request = context.get("request")
    shown = isinstance(page, BasePage) and request and not getattr(request, "is_preview", False)
    return alternates_of(context).get(get_language(), "") if shown else ""


@register.simple_tag(takes_context=True)
def structured_data(context) -> SafeString | str:
    """The page in schema.org's words."""
    if not own_address(context):
        return ""
    return structured.as_script(structured.graph(context.flatten(), alternates_of(context)))


@register.simple_tag(takes_context=True)
def note_way(context, crumbs: list[dict], title: str) -> str:
    """The way to the page as it is shown above its heading, for what ``structured_data`` says at the end."""
    if crumbs:
        context["request"].shown_way = [*crumbs, {"title": title, "url": own_address(context)}]
    return ""


@register.simple_tag(takes_context=True)
def other_forms(context) -> SafeString:
    """Links for programs to the page as Markdown and to the feeds of what it lists."""
    links = []
    if address := beside(own_address(context), ".md"):
        links.append(("text/markdown", gettext("This page as Markdown"), address))
    if listing := context.get("listing"):
        links += [feed_link(listing.kind, form, listing.selected) for form in forms_of(listing.kind)]
    links += [feed_link(group["kind"], "rss", {}) for group in context.get("newest") or []]
    link = '<link rel="alternate" type="{}" title="{}" href="{}{}">'
    return format_html_join("\n", link, ((kind, title, settings.BASE_URL, url) for kind, title, url in links))


def feed_link(kind: Kind, form: str, chosen: dict[str, list[str]]) -> tuple[str, str, str]:
    name, content_type = FORMS[form]
    return content_type, f"{kind.label} ({name})", feed_address(kind, form, get_language() or "", chosen)


@register.simple_tag
def subscriptions(listing: Listing) -> list[dict[str, str]]:
    """The ways to follow a list with what is chosen in it. A calendar program is asked by its own kind of address."""
    found = []
    for form in forms_of(listing.kind):
        name, content_type = FORMS[form]
        url = feed_address(listing.kind, form, get_language() or "", listing.selected)
        if form == "ics":
            followed = "webcal://" + settings.BASE_URL.partition("://")[2] + url
            found.append({"name": gettext("In your calendar"), "url": followed, "type": content_type, "icon": "calendar-plus"})
        found.append({"name": name, "url": url, "type": content_type})
    return found


@register.simple_tag
def calendar_address(page: BasePage, request) -> str:
    """Where something that has its time is to be had for a calendar of one's own."""
    return beside(page.get_url(request) or "", ".ics")
