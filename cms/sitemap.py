"""Every public address with its versions in the other languages, for search engines: an index, and parts of at most 5,000."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods
from wagtail.models import get_page_models

from cms.kinds import Kind, kinds
from cms.languages import CODES
from cms.models import BasePage
from cms.public import as_own_types, public_pages

MOST_ADDRESSES = 5_000
SUBJECTS = MOST_ADDRESSES // len(CODES)


@dataclass
class Subject:
    """The same thing in every language that has it: its addresses by language, and when each was last changed."""

    addresses: dict[str, str] = field(default_factory=dict)
    changed: dict[str, datetime | None] = field(default_factory=dict)

    def add(self, language: str, address: str | None, changed: datetime | None = None) -> None:
        if address:
            self.addresses[language], self.changed[language] = settings.BASE_URL + address, changed

    def entries(self) -> Iterable[dict]:
        """As Django's template for sitemaps wants them."""
        alternates = (
            [{"lang_code": code, "location": address} for code, address in self.addresses.items()]
            if len(self.addresses) > 1
            else []
        )
        if alternates:
            first = self.addresses.get(settings.LANGUAGE_CODE, alternates[0]["location"])
            alternates.append({"lang_code": "x-default", "location": first})
        for code, address in self.addresses.items():
            yield {"location": address, "lastmod": self.changed[code], "alternates": alternates}


class Pages:
    """Pages at their own addresses."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def keys(self):
        return public_pages().order_by("translation_key").values("translation_key").distinct()

    def count(self) -> int:
        return self.keys.count()

    def subjects(self, start: int) -> Iterable[Subject]:
        found: dict = {}
        pages = (
            public_pages()
            .filter(translation_key__in=self.keys[start : start + SUBJECTS])
            .select_related("locale")
            .order_by("locale_id")
        )
        for page in as_own_types(pages):
            subject = found.setdefault(page.translation_key, Subject())
            subject.add(page.locale.language_code, page.get_url(self.request), page.last_published_at)
        return found.values()


class Parts:
    """Parts of pages that have addresses of their own, such as chapters and months: see ``BasePage.parts_below``."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def found(self) -> list[Subject]:
        found: dict = {}
        for page in self.pages():
            above = page.get_url(self.request) or ""
            for key, below in page.parts_below().items():
                subject = found.setdefault((page.translation_key, key), Subject())
                subject.add(page.locale.language_code, above and above + below, page.last_published_at)
        return list(found.values())

    def pages(self) -> Iterable[BasePage]:
        for model in get_page_models():
            if issubclass(model, BasePage) and model.parts_below is not BasePage.parts_below:
                yield from (
                    model.objects.filter(pk__in=public_pages().values("pk")).select_related("locale").order_by("locale_id", "pk")
                )

    def count(self) -> int:
        return len(self.found)

    def subjects(self, start: int) -> Iterable[Subject]:
        return self.found[start : start + SUBJECTS]


@dataclass
class Rows:
    """Rows of a kind that are no pages, such as people: each has an address in every language."""

    request: HttpRequest
    kind: Kind

    def count(self) -> int:
        return self.kind.public(settings.LANGUAGE_CODE).count()

    def subjects(self, start: int) -> Iterable[Subject]:
        rows = self.kind.public(settings.LANGUAGE_CODE).order_by("pk")[start : start + SUBJECTS]
        return [self.subject(row) for row in rows if not getattr(row, "noindex", False)]

    def subject(self, row) -> Subject:
        subject = Subject()
        for language in CODES:
            with translation.override(language):
                subject.add(language, row.get_url(self.request), getattr(row, "last_published_at", None))
        return subject


Section = Pages | Parts | Rows


def sections(request: HttpRequest) -> dict[str, Section]:
    rows = {kind.name: Rows(request, kind) for kind in kinds().values() if not kind.is_page}
    return {"pages": Pages(request), "parts": Parts(request), **rows}


@require_http_methods(["GET", "HEAD"])
def index(request: HttpRequest) -> HttpResponse:
    parts = [
        (name, number)
        for name, section in sections(request).items()
        for number in range(1, math.ceil(section.count() / SUBJECTS) + 1)
    ]
    locations = [{"location": settings.BASE_URL + reverse("sitemap-part", args=part)} for part in parts]
    return render(request, "sitemap_index.xml", {"sitemaps": locations}, content_type="application/xml")


@require_http_methods(["GET", "HEAD"])
def part(request: HttpRequest, name: str, number: int) -> HttpResponse:
    section = sections(request).get(name)
    if section is None or not 0 < number <= math.ceil(section.count() / SUBJECTS):
        raise Http404
    entries = [entry for subject in section.subjects((number - 1) * SUBJECTS) for entry in subject.entries()]
    return render(request, "sitemap.xml", {"urlset": entries}, content_type="application/xml")
