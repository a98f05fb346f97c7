"""News, with the date in the address."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms import frame
from cms.blocks import BodyBlock
from cms.facets import ChoiceFacet
from cms.fields import StreamField
from cms.kinds import Kind, Order
from cms.reviewed import later
from directory.models.schema import of_rows
from directory.relations import public_organisations
from knowledge.schema import page_named

from .pages import AREA, TOPIC, KnowledgePage

KIND = Kind(
    name="news",
    model="knowledge.NewsPage",
    label=_("News"),
    label_one=_("News item"),
    mention=_("Mentioned in the news item"),
    facets=(ChoiceFacet("type", _("Kind of news"), "news_type"), AREA, TOPIC),
    orders=(Order("newest", _("Newest first"), ("-date", "-first_published_at")),),
    date="date",
    dated_addresses="%Y/%m/%d",
    schema_org="NewsArticle",
    item_template="includes/news_row.html",
    on_front_page=4,
    icon="newspaper",
)


class NewsPage(KnowledgePage):
    """Something that happened, or will, told once and dated for ever."""

    date = models.DateField(
        _("date"), default=timezone.localdate, db_index=True, help_text=_("Becomes part of the news item’s address.")
    )
    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)
    news_type = models.CharField(
        _("kind of news"),
        max_length=14,
        default="news",
        choices=[("news", _("News item")), ("press_release", _("Press release")), ("call", _("Call")), ("report", _("Report"))],
    )
    author_label = models.CharField(
        _("byline"), max_length=150, blank=True, help_text=_("Who wrote the text and took the pictures.")
    )
    event = models.ForeignKey(
        "knowledge.EventPage",
        verbose_name=_("event"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
        help_text=_("If the news is about an event in the calendar. Each then leads to the other."),
    )
    project = models.ForeignKey(
        "knowledge.ProjectPage",
        verbose_name=_("about the project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
        help_text=_("Shown on both pages."),
    )
    external_source_name = models.CharField(_("other source"), max_length=150, blank=True)
    external_source_url = models.URLField(_("address of the other source"), blank=True)

    content_panels = [
        *KnowledgePage.content_panels[:-1],
        FieldRowPanel(["date", "hero_image"]),
        "body",
        InlinePanel("organisations", label=_("Organisation"), heading=_("Organisations in the news item"), classname="collapsed"),
        MultiFieldPanel(
            [
                FieldRowPanel(["news_type", "author_label"]),
                FieldRowPanel(["event", "project"]),
                FieldRowPanel(["external_source_name", "external_source_url"]),
            ],
            heading=_("More about the news item"),
            classname="collapsed",
        ),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
        index.FilterField("news_type"),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["date", "news_type", "author_label", "event", "project", "body", "organisations"]),
        *map(APIField, ["external_source_name", "external_source_url"]),
    ]
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        SynchronizedField("event"),
        SynchronizedField("project"),
    ]

    page_description = _("What has happened or is about to. Do not use it for what lasts: that is a page or a guide.")

    class Meta:
        verbose_name, verbose_name_plural = _("news item"), _("news")

    @property
    def is_old(self) -> bool:
        """A reader should know that what was true then may have changed."""
        return later(self.date, 12) < timezone.localdate()

    def pages_in_rows(self) -> list[int]:
        return [key for key in (self.event_id, self.project_id) if key]

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        return [
            (gettext("Published"), date_format(self.date, "j F Y")),
            (gettext("Kind of news"), self.get_news_type_display()),
            (gettext("Text and pictures"), self.author_label),
            (gettext("Other source"), self.external_source_url or self.external_source_name),
        ]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        told = [page_named(page, context["request"]) for page in context["about"]]
        return {
            "articleSection": str(self.get_news_type_display()),
            "creditText": self.author_label,
            "isBasedOn": self.external_source_url,
            "mentions": [*of_rows(context["organisations"]), *told],
        }

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["about"] = self.named_here(self.pages_in_rows())
        context["organisations"] = public_organisations(self.organisations, request)
        address = self.get_url(request) or ""
        context["month_url"], context["year_url"] = (f"{address.rstrip('/').rsplit('/', n)[0]}/" for n in (2, 3))
        context["older"] = older = max(
            (month for month in months_with_news(self.locale_id) if month < self.date.replace(day=1)), default=None
        )
        context["older_url"] = older and f"{address.rstrip('/').rsplit('/', 4)[0]}/{older:%Y/%m}/"
        return context


def months_with_news(locale_id: int) -> list[datetime.date]:
    """The first day of each month that has public news in a language."""
    news = NewsPage.objects.live().public().filter(locale=locale_id)
    return frame.current().remember(("months with news", locale_id), lambda: list(news.dates("date", "month")))


class NewsOrganisation(Orderable):
    """An organisation in the news; the item then shows on the organisation's own page too."""

    news = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="news_links"
    )
    role = models.CharField(
        _("role"), max_length=12, default="mentioned", choices=[("participated", _("took part")), ("mentioned", _("is mentioned"))]
    )

    panels = [FieldRowPanel(["organisation", "role"])]
    api_fields = [APIField("organisation"), APIField("role")]
