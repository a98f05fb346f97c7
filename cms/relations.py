"""What an editor ties a page to: subjects of the vocabulary, and other pages. A row for each."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from cms.vocabulary.models import Audience, FocusArea, SustainableGoal, Topic


class AreaLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="area_links")
    area = models.ForeignKey(FocusArea, verbose_name=_("area of operation"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["area"]
    api_fields = [APIField("area")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["area", "page"])]


class TopicLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["topic"]
    api_fields = [APIField("topic")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["topic", "page"])]


class GoalLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(SustainableGoal, verbose_name=_("global goal"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["goal"]
    api_fields = [APIField("goal")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["goal", "page"])]


class AudienceLink(Orderable):
    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="audience_links")
    audience = models.ForeignKey(Audience, verbose_name=_("audience"), on_delete=models.CASCADE, related_name="page_links")

    panels = ["audience"]
    api_fields = [APIField("audience")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["audience", "page"])]


class RelatedLink(Orderable):
    """A page that an editor names as related. It shows on both."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_links")
    target = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("related page"), on_delete=models.CASCADE, related_name="named_by"
    )

    panels = [PageChooserPanel("target")]

    class Meta(Orderable.Meta):
        indexes = [models.Index(fields=["target", "page"])]
