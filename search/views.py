"""The result page: a plain form, and an address that says all there is to know."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from cms.kinds import kind_of, kinds
from cms.listing import Paged
from search.engines.base import Busy, Unavailable
from search.query import LONGEST, PLAIN_PAGE, Hit, find, items_of, words_of


@dataclass(frozen=True)
class Narrowing:
    """A link to what was found of one kind, or to everything."""

    label: str | Promise
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Result:
    """One line of the list: a page or a row, with what is shown of it."""

    item: Model

    @cached_property
    def label(self) -> str | Promise:
        kind = kind_of(self.item)
        return kind.label_one if kind else _("Page")

    @cached_property
    def summary_field(self) -> str:
        kind = kind_of(self.item)
        return kind.summary if kind else "lead"

    @property
    def summary(self) -> str:
        return getattr(self.item, self.summary_field, "") or getattr(self.item, "search_description", "")

    @property
    def summary_lang(self) -> str:
        return getattr(self.item, f"{self.summary_field}_lang", "")


class Results(Paged):
    """What a query finds in one language: counted by kind, narrowed to one if asked, page by page."""

    page_size = 10

    def __init__(self, params: QueryDict, path: str, language: str):
        self.q = params.get("q", "").replace("\0", "").strip()[:LONGEST]
        self.number, self.path = params.get("page"), path
        self.words = words_of(self.q)
        self.hits = find(self.words, language)
        self.some_words_only = not self.hits and len(self.words) > 1
        if self.some_words_only:
            self.hits = find(self.words, language, operator="or")
        self.counts = Counter(hit.kind for hit in self.hits)
        self.kind = params.get("kind") if params.get("kind") in self.counts else ""

    @cached_property
    def page(self) -> Page:
        hits: list[Hit] = [hit for hit in self.hits if self.kind in ("", hit.kind)]
        return Paginator(hits, self.page_size).get_page(self.number)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def shown(self) -> list[Result]:
        return [Result(item) for item in items_of(list(self.page))]

    @property
    def narrowings(self) -> list[Narrowing]:
        """Everything, then each kind that something was found of, plain pages last."""
        labels = {name: kind.label for name, kind in kinds().items()} | {PLAIN_PAGE: _("Pages")}
        found = [(name, label) for name, label in labels.items() if self.counts[name]]
        everything = Narrowing(_("Everything"), self.counts.total(), self.address(), not self.kind)
        return [
            everything,
            *(Narrowing(label, self.counts[name], self.address(kind=name), name == self.kind) for name, label in found),
        ]

    def address(self, **params: str) -> str:
        query = QueryDict(mutable=True)
        query.update({"q": self.q, **params})
        return f"{self.path}?{query.urlencode()}"

    def page_url(self, number: int) -> str:
        kind = {"kind": self.kind} if self.kind else {}
        return self.address(**kind, **({"page": str(number)} if number > 1 else {}))


@require_http_methods(["GET", "HEAD"])
def search(request: HttpRequest) -> HttpResponse:
    try:
        results = Results(request.GET, request.path, get_language())
        response = render(request, "search/search.html", {"results": results})
    except (Busy, Unavailable):
        response = render(request, "search/later.html", status=503)
        response.headers["Retry-After"] = "60"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
