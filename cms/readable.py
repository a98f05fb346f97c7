"""Every page as Markdown, at its address without the last slash: for readers, assistants and programs that want the words alone."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import conditional_page, require_safe
from wagtail.rich_text import expand_db_html

from cms import markdown, navigation
from cms.beside import beside, for_page, found_by, redirect_beside, shown_by
from cms.kinds import Kind
from cms.languages import active
from cms.listing import Listing
from cms.models import BasePage


@require_safe
@conditional_page
def as_markdown(request: HttpRequest, path: str) -> HttpResponse:
    asked = for_page(request)
    found = found_by(asked, path)
    shown = shown_by(asked, found)
    if "Location" in shown.headers:
        return redirect_beside(shown.headers["Location"], ".md")
    context = {**shown.context_data, "request": asked, "LANGUAGE_CODE": active()}
    response = HttpResponse(text_of(found.page, context), content_type="text/markdown; charset=utf-8")
    response.headers["Link"] = f'<{settings.BASE_URL}{asked.path}>; rel="canonical"'
    if robots := shown.headers.get("X-Robots-Tag"):
        response.headers["X-Robots-Tag"] = robots
    return response


def text_of(page: BasePage, context: Mapping[str, Any]) -> str:
    """What the page shows, or the row on it, what it lists, and where all of it comes from."""
    text = (context.get("described") or page).markdown(context)
    notes = [f"[^{number}]: {markdown.from_html(expand_db_html(note))}" for number, note in enumerate(context.get("notes", ()), 1)]
    listing = context.get("listing")
    listed = items_of(listing, context["request"]) if listing else ""
    return markdown.paragraphs(text, listed, *notes, "---", origin(page, context)) + "\n"


def items_of(listing: Listing, request: HttpRequest) -> str:
    """The first page of a list: links with what each is."""
    more = gettext("%(total)s in all") % {"total": listing.total} if listing.page.has_next() else ""
    return markdown.paragraphs("\n".join(line(item, listing.kind, request) for item in listing.page.object_list), more)


def line(item: Model, kind: Kind, request: HttpRequest, ending: str = "/") -> str:
    """A link to something of a kind, or to what lies beside it, with what it is."""
    address = settings.BASE_URL + beside(item.get_url(request) or "", ending)
    return markdown.listed(markdown.link(getattr(item, "heading", item.title), address, getattr(item, kind.summary, "")))


def origin(page: BasePage, context: Mapping[str, Any]) -> str:
    """Whoever uses the text again can say where it comes from, how old it is, and on what terms it may be used."""
    portal, request = navigation.portal_settings(context["request"]), context["request"]
    row = context.get("described")
    day = getattr(row, "confirmed_on", None) if row else page.reviewed_on
    said = [
        (gettext("Source"), f"<{settings.BASE_URL}{request.path}>"),
        (pgettext("who publishes", "Publisher"), markdown.plain(portal.authority or portal.name)),
        (gettext("Authors"), markdown.plain(context.get("credited") or "")),
        (gettext("Details confirmed") if row else gettext("Reviewed"), date_format(day, "j F Y") if day else ""),
        (gettext("Licence"), markdown.link(*page.terms_of_use)),
    ]
    return "\n".join(f"- {label}: {value}" for label, value in said if value)
