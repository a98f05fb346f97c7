"""What programs look for at fixed addresses: whom to tell of a hole, and what there is to read as plain text."""

import datetime
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import conditional_page, require_safe

from cms import frame, markdown, navigation
from cms.described import FREE_TO_USE
from cms.feeds.asked import feed_address, forms_of
from cms.kinds import kinds
from cms.languages import CODES, NAMES
from cms.public import as_own_types, public_pages
from cms.readable import line

VALID_DAYS = 180
MOST = 500  # pages of a language


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Nobody is named where the settings name nobody."""
    portal = navigation.portal_settings(request)
    mailbox = portal.security_email or portal.contact_email
    if not mailbox:
        raise Http404
    here = timezone.get_default_timezone()
    day = timezone.localdate(timezone=here) + datetime.timedelta(days=VALID_DAYS)
    fields = [
        ("Contact", f"mailto:{mailbox}"),
        ("Expires", datetime.datetime.combine(day, datetime.time(), datetime.UTC).isoformat()),
        ("Preferred-Languages", ", ".join(CODES)),
        ("Canonical", settings.BASE_URL + request.path),
    ]
    lines = "".join(f"{name}: {value}\n" for name, value in fields)
    return HttpResponse(lines, content_type="text/plain; charset=utf-8")


@require_safe
@conditional_page
def llms_txt(request: HttpRequest) -> HttpResponse:
    """What there is to read, for assistants: each page of a lasting kind with its summary, in each language, as Markdown."""
    name, leads, parts = navigation.portal_settings(request).name, [], []
    for language in CODES:
        with translation.override(language):
            leads.append(introduction(language, request))
            parts += sections(language, request)
    text = markdown.paragraphs(f"# {markdown.plain(name)}", *leads, ABOUT, *parts, optional())
    return HttpResponse(text + "\n", content_type="text/plain; charset=utf-8")


ABOUT = (
    f"Every page is Markdown at its address with `.md` in place of the last slash. Texts may be used again under {FREE_TO_USE[0]}"
    f" ({FREE_TO_USE[1]}) unless a page says otherwise: name the publisher and the address."
)


def introduction(language: str, request: HttpRequest) -> str:
    """The lead of a language's front page."""
    site = frame.site_of(request)
    front = frame.current().root(site, language).specific if site else None
    lead = getattr(front, "lead", "") or getattr(front, "title", "")
    return f"> {NAMES[language]}: {markdown.plain(lead)}" if front and front.live else ""


def sections(language: str, request: HttpRequest) -> list[str]:
    """Kind by kind, in the order of their names in the registry; news and events are in the feeds."""
    lasting = [kind for kind in kinds().values() if kind.is_page and not kind.dated_addresses]
    places = {kind.model: number for number, kind in enumerate(lasting)}
    types = ContentType.objects.get_for_models(*(kind.cls for kind in lasting)).values()
    newest = public_pages(language).filter(content_type__in=types).select_related("locale").order_by("-first_published_at", "-pk")
    pages = sorted(as_own_types(newest[:MOST]), key=lambda page: places[page._meta.label])
    groups = [
        (kind, [line(page, kind, request, ".md") for page in found]) for kind, found in groupby(pages, key=attrgetter("kind"))
    ]
    return [markdown.paragraphs(f"## {kind.label}", "\n".join(lines)) for kind, lines in groups]


def optional() -> str:
    """Other ways to the same: every kind as a feed, every address, the API."""
    links = [
        (f"{kind.name}, {NAMES[language]}", feed_address(kind, "ics" if "ics" in forms_of(kind) else "json", language, {}))
        for kind in kinds().values()
        for language in CODES
    ]
    links += [("Sitemap", reverse("sitemap")), ("API", "/api/v2/pages/")]
    lines = [markdown.listed(markdown.link(label, settings.BASE_URL + address)) for label, address in links]
    return markdown.paragraphs("## Optional", "\n".join(lines))
