"""What the address of a feed asks for: a kind, a language, and a choice as in the kind's list. What it cannot mean is refused."""

import datetime
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from cms import frame, languages
from cms.kinds import Kind, has_path, kinds
from cms.listing import Listing
from cms.vocabulary.models import Topic
from cms.words import words

FORMS = {
    "rss": ("RSS", "application/rss+xml"),
    "atom": ("Atom", "application/atom+xml"),
    "json": ("JSON Feed", "application/feed+json"),
    "ics": ("iCalendar", "text/calendar"),
}
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]+")  # what a paste may leave, and no XML may hold


class Refused(ValueError):
    """A choice that the feed does not know; says what it knows."""

    status = 400


class NotThere(Refused):
    """There is no such feed; says which there are."""

    status = 404


@dataclass(frozen=True)
class Asked:
    """One feed: its form, and of one kind in one language what the choice leaves."""

    kind: Kind
    form: str
    language: str
    listing: Listing
    request: HttpRequest

    @property
    def address(self) -> str:
        return settings.BASE_URL + feed_address(self.kind, self.form, self.language, self.listing.selected)

    @property
    def title(self) -> str:
        """The kind, and what was chosen: "Events: Workshop, Trollhättan"."""
        chosen = any(self.listing.selected.values())
        labels = ", ".join(str(chip["label"]) for chip in self.listing.chips) if chosen else ""
        return f"{self.kind.label}: {labels}" if labels else str(self.kind.label)

    def items(self) -> QuerySet:
        """What anybody may see and the choice leaves, with its topics; not who asked to be kept out of search engines."""
        found = self.listing.narrowed()
        if has_path(self.kind.cls, "noindex"):
            found = found.exclude(noindex=True)
        return found.prefetch_related("topic_links") if has_path(self.kind.cls, "topic_links") else found


def read(request: HttpRequest, name: str, form: str) -> Asked:
    """In the language that is active. A calendar has everything of its kind, the rest what is not over."""
    kind, language = kinds().get(name), languages.active()
    if kind is None:
        raise NotThere(f"There is no kind {name!r:.50}. There is {', '.join(kinds())}.")
    if form not in forms_of(kind):
        raise NotThere(f"There is no {form!r:.50} of {name}. There is {', '.join(forms_of(kind))}.")
    check(kind, request)
    items = kind.public(language)
    listing = Listing(kind, items if form == "ics" else kind.not_over(items), request.GET, list_address(kind, request))
    return Asked(kind, form, language, listing, request)


def language_asked(request: HttpRequest) -> str:
    language = request.GET.get("locale") or settings.LANGUAGE_CODE
    if language not in languages.CODES:
        raise Refused(f"There is no locale {language!r:.50}. There is {' and '.join(languages.CODES)}.")
    return language


def check(kind: Kind, request: HttpRequest) -> None:
    """A choice that means nothing would give a feed that is wrong for ever, and nobody would be told."""
    facets = {facet.name: facet for facet in kind.facets}
    for name, values in request.GET.lists():
        if name == "locale":
            continue
        if name not in facets:
            raise Refused(f"There is no choice {name!r:.50}. There is locale, {', '.join(facets)}.")
        known = facets[name].labels(kind.cls)
        for value in filter(None, values):
            if not facets[name].is_known(kind.cls, value):
                raise Refused(f"There is no {name} {value!r:.50}." + (f" There is {', '.join(known)}." if known else ""))


def forms_of(kind: Kind) -> list[str]:
    return [form for form in FORMS if form != "ics" or kind.calendar]


def feed_address(kind: Kind, form: str, language: str, chosen: dict[str, list[str]]) -> str:
    query = {"locale": language, **{name: values for name, values in chosen.items() if values}}
    return f"{reverse('feed', args=[kind.name, form])}?{urlencode(query, doseq=True)}"


def list_address(kind: Kind, request: HttpRequest) -> str:
    """Where a kind is listed in the active language, or else the front page."""
    language = languages.active()

    def find() -> str:
        if not kind.is_page:
            return getattr(kind.cls, "list_address", lambda request: "")(request)
        lists = apps.get_model("home.IndexPage").objects.live().public()
        page = lists.filter(lists=kind.name, locale__language_code=language).first()
        return (page.get_url(request) or "") if page else ""

    site = frame.site_of(request)
    found = frame.current().remember(("list", kind.name, site.pk if site else None, language), find)
    return found or reverse("wagtail_serve", args=[""])


def last_change() -> datetime.datetime | None:
    """Nothing was changed since, nor has a day begun, at which people and pictures come and go. None during a change."""
    newest, here = frame.newest_event(), timezone.get_default_timezone()
    today = datetime.datetime.combine(timezone.localdate(timezone=here), datetime.time(), here)
    return None if newest is None else max([today, *newest[1:]])


# What all forms say of an item


def title_of(item: Model) -> str:
    return clean(getattr(item, "heading", item.title))


def summary_of(item: Model, kind: Kind) -> str:
    return clean(getattr(item, kind.summary, ""))


def topics_of(item: Model) -> list[str]:
    known = words(Topic)
    links = item.topic_links.all() if hasattr(item, "topic_links") else []
    return [known[link.topic_id].name for link in links if link.topic_id in known]


def address_of(item: Model, request: HttpRequest) -> str:
    return settings.BASE_URL + (item.get_url(request) or "/")


def clean(text: Any) -> str:
    return CONTROL.sub(" ", str(text or ""))
