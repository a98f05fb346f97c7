"""News, with the date in the address."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models import BasePage


class NewsPage(BasePage):
    """Something that happened, or will, told once and dated for ever."""

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)
    news_type = models.CharField(
        _("kind of news"),
        max_length=14,
        default="news",
        choices=[("news", _("News item")), ("press_release", _("Press release")), ("call", _("Call")), ("report", _("Report"))],
    )
    author_label = models.CharField(_("byline"), max_length=150, blank=True, help_text=_("For instance: Text and pictures: the editorial team"))
    external_source_name = models.CharField(_("other source"), max_length=150, blank=True)
    external_source_url = models.URLField(_("address of the other source"), blank=True)

    content_panels = [
        *BasePage.content_panels[:-1],
        "date",
        "hero_image",
        "body",
        InlinePanel("organisations", label=_("Organisation")),
        MultiFieldPanel([FieldRowPanel(["news_type", "author_label"]), FieldRowPanel(["external_source_name", "external_source_url"])], heading=_("More")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("date"), index.FilterField("news_type")]
    api_fields = [*BasePage.api_fields, *map(APIField, ["date", "news_type", "author_label", "body", "external_source_name", "external_source_url"])]

    parent_page_types = ["home.IndexPage"]
    page_description = _("What has happened or is about to. Do not use it for what lasts: that is a page or a guide.")

    class Meta:
        verbose_name, verbose_name_plural = _("news item"), _("news")


class NewsOrganisation(Orderable):
    """An organisation in the news; the item then shows on the organisation's own page too."""

    news = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey("directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="news_links")
    role = models.CharField(_("role"), max_length=12, default="mentioned", choices=[("participated", _("took part")), ("mentioned", _("is mentioned"))])

    panels = [FieldRowPanel(["organisation", "role"])]
