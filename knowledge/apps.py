from django.utils.translation import gettext_lazy as _

from cms.facets import AtMostFacet, ChoiceFacet, RowFacet, WithinFacet
from cms.kinds import Kind, Order
from cms.plugins import PortalPlugin

AREA = RowFacet("area", _("Area of operation"), "area_links__area", rank="sort_order")
TOPIC = RowFacet("topic", _("Topic"), "topic_links__topic")
AUDIENCE = RowFacet("audience", _("Audience"), "audience_links__audience", rank="sort_order")
BY_TITLE = Order("title", _("Title"), ("title",), by_name=True)


class KnowledgeConfig(PortalPlugin):
    name = "knowledge"
    verbose_name = _("Knowledge")
    kinds = (
        Kind(
            name="guide",
            model="knowledge.GuidePage",
            label=_("Guides"),
            label_one=_("Guide"),
            facets=(ChoiceFacet("type", _("Kind of guide"), "kind_of_guide"), AREA, TOPIC, AUDIENCE),
            orders=(BY_TITLE, Order("newest", _("Newest first"), ("-first_published_at",))),
            schema_org="TechArticle",
            item_template="knowledge/guide_row.html",
            icon="doc-full",
        ),
        Kind(
            name="method",
            model="knowledge.MethodPage",
            label=_("Method cards"),
            label_one=_("Method card"),
            facets=(
                RowFacet("phase", _("What do you want to do?"), "phase", rank="sort_order"),
                AtMostFacet(
                    "minutes",
                    _("How long do you have?"),
                    "minutes_max",
                    limits=(30, 60, 90, 180),
                    limit_label=_("At most %(limit)s minutes"),
                ),
                WithinFacet("people", _("How many are you?"), "people_min", upper="people_max"),
                ChoiceFacet("difficulty", _("Difficulty"), "difficulty"),
                ChoiceFacet("place", _("Where do you meet?"), "settings__setting"),
                TOPIC,
            ),
            orders=(Order("shortest", _("Time, shortest first"), ("minutes_min", "minutes_max")), BY_TITLE),
            schema_org="HowTo",
            item_template="includes/card.html",
            front_template="home/newest_methods.html",
            on_front_page=5,
            related=("phase",),
            prefetched=("settings",),
            icon="clipboard-list",
        ),
        Kind(
            name="news",
            model="knowledge.NewsPage",
            label=_("News"),
            label_one=_("News item"),
            facets=(ChoiceFacet("type", _("Kind of news"), "news_type"), AREA, TOPIC),
            orders=(Order("newest", _("Newest first"), ("-date", "-first_published_at")),),
            date="date",
            dated_addresses=True,
            schema_org="NewsArticle",
            item_template="includes/news_row.html",
            on_front_page=4,
            icon="newspaper",
        ),
    )
