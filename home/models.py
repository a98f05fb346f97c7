"""The front page, plain pages, area pages and the lists of each kind."""

import datetime

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page
from wagtail.search import index

from cms import cards, frame
from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.kinds import Kind, kind_choices, kinds
from cms.listing import Listing
from cms.models import AreaLink, BasePage
from cms.navigation import breadcrumbs
from cms.public import as_own_types, counted, newest_of_each
from cms.reviewed import later
from cms.vocabulary.models import FocusArea
from cms.words import words
from home.statement import AccessibilityStatementPage

__all__ = ["AccessibilityStatementPage", "FocusAreaPage", "HomePage", "IndexPage", "StandardPage"]

from .calendar import CalendarListing, happening


class HomePage(BasePage):
    """The front page of one language: the question, the areas of operation, and what is new of each kind."""

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    subject_panels: list = []
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]
    shown_with = ()

    parent_page_types = ["wagtailcore.Page"]
    page_description = _("The front page, one in each language. Do not use it for a campaign: that is news.")

    class Meta:
        verbose_name, verbose_name_plural = _("front page"), _("front pages")

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        language = self.language
        addresses, totals = list_addresses(language, request), totals_of(language)
        context["areas"] = area_entrances(language)
        context["entrances"] = entrances(language, request)
        context["newest"] = [
            {
                "kind": kind,
                "url": addresses.get(kind.name, ""),
                "items": list(kind.for_list(in_first_order(kind, language))[: kind.on_front_page]),
            }
            for kind in kinds().values()
            if kind.on_front_page and totals[kind.name]
        ]
        return context


def totals_of(language: str) -> dict[str, int]:
    """How many of each kind anybody may see; of events, those that are not over."""

    def find() -> dict[str, int]:
        return counted({kind.name: kind.not_over(kind.public(language)) for kind in kinds().values()})

    return frame.current().remember(("totals", language, timezone.localdate()), find)


def entrances(language: str, request: HttpRequest) -> list[dict]:
    """The kinds that one may begin with: how many there are of each, and where they are listed."""
    addresses, totals = list_addresses(language, request), totals_of(language)
    return [
        {"kind": kind, "total": totals[kind.name], "url": addresses[kind.name]}
        for kind in kinds().values()
        if kind.entrance and addresses.get(kind.name)
    ]


def in_first_order(kind: Kind, language: str) -> models.QuerySet:
    """A kind in the order its list opens with."""
    items = kind.public(language)
    if kind.calendar or not kind.orders or kind.orders[0].by_name:
        return kind.newest(items)
    return items.order_by(*kind.orders[0].fields, "pk")


def area_entrances(language: str) -> list[dict]:
    """The areas in their order, each with the address of its public page in a language if there is one."""

    def find() -> list[dict]:
        pages = {page.area_id: page for page in FocusAreaPage.objects.live().public().filter(locale__language_code=language)}
        return [{"area": area, "url": pages[area.pk].get_url() if area.pk in pages else ""} for area in words(FocusArea).values()]

    return frame.current().remember(("areas", language), find)


def list_addresses(language: str, request: HttpRequest) -> dict[str, str]:
    """Where each kind is listed in a language; rows say so themselves."""

    def find() -> dict[str, str]:
        lists = {
            page.lists: page.get_url(request) for page in IndexPage.objects.live().public().filter(locale__language_code=language)
        }
        rows = [kind for kind in kinds().values() if not kind.is_page]
        return lists | {kind.name: getattr(kind.cls, "list_address", lambda request: "")(request) for kind in rows}

    return frame.current().remember(("lists", language), find)


class StandardPage(BasePage):
    """A plain page. The pages below it that stand in menus are listed at its end."""

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body")]

    parent_page_types = ["home.HomePage", "home.StandardPage", "home.FocusAreaPage", "directory.DirectoryPage"]
    page_description = _("For what seldom changes: about us, rules, contacts. Do not use it for news, guides or methods.")

    class Meta:
        verbose_name, verbose_name_plural = _("page"), _("pages")

    def children(self) -> list[Page]:
        return as_own_types(frame.public(self.get_children().in_menu(), here=self))


class FocusAreaPage(BasePage):
    """The entrance to one of the arena's areas of operation."""

    area = models.ForeignKey(FocusArea, verbose_name=_("area of operation"), on_delete=models.PROTECT, related_name="pages")
    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "area", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("area"), APIField("body")]
    shown_with, page_type = (), "CollectionPage"

    parent_page_types = ["home.HomePage"]
    page_description = _(
        "The entrance to one area of operation, where what is tagged with it gathers. For a single subject, use a topic."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("area page"), _("area pages")

    def gathered(self) -> list[dict]:
        """What belongs to the area, of each kind."""
        return newest_of_each(AreaLink.objects.filter(area=self.area_id).values("page"), self.language)


class IndexPage(RoutablePageMixin, BasePage):
    """The list of one kind, with facets; with archives by year and month where the kind has its date in the address."""

    lists = models.CharField(
        pgettext_lazy("what the page lists", "lists"),
        max_length=40,
        choices=kind_choices,
        help_text=_("The kind of content that this page lists, and that is written below it."),
    )
    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "lists", "body"]
    subject_panels: list = []
    api_fields = [*BasePage.api_fields, APIField("lists"), APIField("body")]
    shown_with, page_type = (), "CollectionPage"

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    page_description = _("A list of one kind of content, which is written below it. For a selection of your own, use a toolbox.")

    class Meta:
        verbose_name, verbose_name_plural = _("list"), _("lists")

    @property
    def listed_kind(self) -> Kind | None:
        return kinds().get(self.lists)

    def items(self) -> models.QuerySet:
        return self.listed_kind.public(self.language)

    def list_response(self, request: HttpRequest, items: models.QuerySet, address: str, **context):
        asked = (self.listed_kind, items, request.GET, address)
        listing = CalendarListing(*asked, month=context.get("month")) if self.listed_kind.calendar else Listing(*asked)
        return self.render(request, context_overrides={"listing": listing, **context})

    @path("")
    def everything(self, request: HttpRequest):
        """All of the kind; of what has its time, only what is not over."""
        kind = self.listed_kind
        if kind is None:
            return self.render(request, context_overrides={"listing": None})
        if kind.card_template and cards.asked_for(request):
            return self.cards(request)
        months, context = self.months(), {}
        if kind.calendar:
            context["before"] = max((month for month in months if month < this_month() or self.is_partly_over(month)), default=None)
        return self.list_response(request, kind.not_over(self.items()), self.get_url(request), archive=years(months), **context)

    def cards(self, request: HttpRequest):
        """What is chosen of the list, to print and cut out."""
        listing = Listing(self.listed_kind, self.items(), request.GET, self.get_url(request))
        items = list(listing.ordered()[: cards.MOST + 1])
        return self.render(request, template="cards.html", context_overrides=cards.card_context(request, items, listing.address))

    @path("<int:year>/")
    @path("<int:year>/<int:month>/")
    def archive(self, request: HttpRequest, year: int, month: int | None = None):
        """What the kind published in a year or a month, or what happens then."""
        self.check_period(year, month)
        first = datetime.date(year, month or 1, 1)
        items, months = self.during(year, month), self.months()
        known = first in (months if month else years(months)) or (self.listed_kind.calendar and first == this_month())
        if not known and not items.exists():
            raise Http404
        request.shown = f"{year:04d}/" + (f"{month:02d}/" if month else "")
        context = {"archive": years(months), "year": datetime.date(year, 1, 1), "months": [m for m in months if m.year == year]}
        if month:
            context["month"] = first
            context["before"] = max((other for other in months if other < first), default=None)
            context["after"] = min((other for other in months if other > first), default=None)
        context["crumbs"] = self.crumbs(request, year if month else None)
        return self.list_response(request, items, self.get_url(request) + request.shown, **context)

    def during(self, year: int, month: int | None) -> models.QuerySet:
        """What is dated in a year or a month, or happens then."""
        kind, first = self.listed_kind, datetime.date(year, month or 1, 1)
        if kind.calendar:
            return happening(self.items(), kind.calendar, first, later(first, 1 if month else 12))
        period = {"year": year, **({"month": month} if month else {})}
        return self.items().filter(**{f"{kind.date}__{unit}": n for unit, n in period.items()})

    def crumbs(self, request: HttpRequest, year: int | None) -> list[dict]:
        """The way to a year, or to a month of it."""
        crumbs = [*breadcrumbs(self, request), {"title": self.title, "url": self.get_url(request)}]
        return [*crumbs, {"title": str(year), "url": f"{self.get_url(request)}{year}/"}] if year else crumbs

    def is_partly_over(self, month: datetime.date) -> bool:
        """Whether this month has something that the list of what comes does not show any more."""
        if month != this_month():
            return False
        during = self.during(month.year, month.month)
        return during.exclude(pk__in=self.listed_kind.not_over(during).values("pk")).exists()

    def check_period(self, year: int, month: int | None) -> None:
        dated = self.listed_kind and self.listed_kind.dated_addresses
        if not (dated and 1900 <= year <= 2200 and (month is None or 1 <= month <= 12)):
            raise Http404

    def months(self) -> list[datetime.date]:
        """The first day of each month that has something of the kind."""
        kind = self.listed_kind
        return list(self.items().dates(kind.date, "month")) if kind and kind.dated_addresses else []

    def parts_below(self) -> dict[str, str]:
        return {archive: archive for day in self.months() for archive in (f"{day:%Y}/", f"{day:%Y/%m}/")}

    @staticmethod
    def leads_on(path_components: list[str]) -> bool:
        """Whether the rest of an address looks like a date with an item below it: archives are at most a year and a month."""
        return len(path_components) > 2 and all(part.isdigit() for part in path_components[:2])

    def route(self, request: HttpRequest, path_components: list[str]):
        """An item lies under its date; whether it is the right date the item itself says."""
        parts = self.listed_kind.date_parts if self.listed_kind else 0
        if parts and len(path_components) > parts and all(part.isdigit() for part in path_components[:parts]):
            below = self.listed_kind.cls.objects.child_of(self).filter(slug=path_components[parts])
            item = frame.together_with(frame.with_rows_beside(below), self.listed_kind.cls.shown_with).first()
            if item is None:
                raise Http404
            return item.route(request, path_components[parts + 1 :])
        return super().route(request, path_components)

    def path_below(self, translation: BasePage, request: HttpRequest) -> str | None:
        return getattr(request, "shown", "")


def this_month() -> datetime.date:
    return timezone.localdate().replace(day=1)


def years(months: list[datetime.date]) -> list[datetime.date]:
    """The years of some months, the latest first."""
    return [datetime.date(year, 1, 1) for year in sorted({month.year for month in months}, reverse=True)]
