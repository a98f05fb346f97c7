from django.db import models
from wagtail.api import APIField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.kinds import bilingual
from cms.models import BasePage


class PodcastPage(BasePage):
    """An episode to listen to."""

    minutes = models.PositiveSmallIntegerField(bilingual("längd i minuter", "length in minutes"))
    body = StreamField(BodyBlock, blank=True)

    content_panels = [*BasePage.content_panels, "minutes", "body"]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("minutes"), APIField("body")]

    parent_page_types = ["home.IndexPage"]
    page_description = bilingual("Ett avsnitt att lyssna på.", "An episode to listen to.")

    class Meta:
        verbose_name = bilingual("poddavsnitt", "podcast episode")
