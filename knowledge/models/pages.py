"""What guides, method cards and news share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.facets import RowFacet
from cms.kinds import Order
from cms.models import BasePage

AREA = RowFacet("area", _("Area of operation"), "area_links__area", rank="sort_order")
TOPIC = RowFacet("topic", _("Topic"), "topic_links__topic")
AUDIENCE = RowFacet("audience", _("Audience"), "audience_links__audience", rank="sort_order")
BY_TITLE = Order("title", _("Title"), ("title",), by_name=True)
TOPIC_NEEDED = {"topic_links": _("Choose at least one topic, so that the page can be found.")}
NEWEST = Order("newest", _("Newest first"), ("-first_published_at",))


class KnowledgePage(BasePage):
    """What visitors come for: it never lacks the lead that says what they get."""

    lead = models.TextField(_("lead"), max_length=300, help_text=BasePage._meta.get_field("lead").help_text)

    parent_page_types = ["home.IndexPage"]

    time_needed = ""  # to use or to read it, in words, if that is known

    class Meta:
        abstract = True
