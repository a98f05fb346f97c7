"""Networks: people who have decided to meet more than once."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import RICH, BodyBlock
from cms.fields import StreamField
from cms.kinds import Kind, Order
from cms.structured import moment
from cms.vocabulary.models import Steward
from directory.models.schema import of_ties
from directory.models.ties import Tie, joined, tie_to, ties_with_page
from knowledge.naming import mentions_of

from .pages import AREA, AUDIENCE, BY_TITLE, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="network",
    model="knowledge.NetworkPage",
    label=_("Networks"),
    label_one=_("Network"),
    mention=_("Mentioned in the network"),
    facets=(AREA, TOPIC, AUDIENCE),
    orders=(BY_TITLE, Order("newest", _("Newest first"), ("-started_on",))),
    schema_org="Organization",
    item_template="knowledge/network_row.html",
    on_front_page=0,
    entrance=False,
    icon="group",
)


class NetworkPage(KnowledgePage):
    """A group that goes on meeting: what for, who is welcome, and how one joins."""

    purpose = models.CharField(_("purpose"), max_length=250, help_text=_("What those who come get out of it, in one sentence."))
    open_to = models.CharField(_("open to"), max_length=250, blank=True, help_text=_("Who is welcome."))
    how_to_join = RichTextField(_("how to join"), blank=True, features=RICH)
    convenor = models.ForeignKey(
        Steward,
        verbose_name=_("convenor"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Calls the meetings and answers questions."),
    )
    started_on = models.DateField(_("started on"), null=True, blank=True)
    active = models.BooleanField(
        _("meets"), default=True, help_text=_("If not, the page says that the network is dormant, and nobody is invited to join.")
    )
    body = StreamField(BodyBlock, verbose_name=_("about the network"), blank=True)

    content_panels = [
        *KnowledgePage.content_panels,
        "purpose",
        MultiFieldPanel(["open_to", "how_to_join"], heading=_("Who can join, and how")),
        FieldRowPanel(["convenor", "started_on", "active"]),
        InlinePanel("members", label=_("Organisation"), heading=_("Members")),
        "body",
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("purpose", boost=2),
        *map(index.SearchField, ["open_to", "how_to_join", "body"]),
        index.FilterField("active"),
        index.FilterField("started_on"),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["purpose", "open_to", "how_to_join", "convenor", "members", "started_on", "active", "body"]),
    ]

    shown_with = ()
    needed_rows = TOPIC_NEEDED
    page_description = _("A group that goes on meeting. For a task with an end, use a project.")

    class Meta:
        verbose_name, verbose_name_plural = _("network"), _("networks")

    def partners(self, request: HttpRequest) -> list[Tie]:
        """Every public organisation in the network: as a member or by a partnership with it."""
        rows = self.members.select_related("organisation__sector")
        ties = [tie_to(row.organisation, row.get_role_display(), request) for row in rows]
        return joined([*ties, *ties_with_page(self, request)])

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        return [
            (gettext("Status"), gettext("Meets") if self.active else gettext("Takes a break")),
            (gettext("Purpose"), self.purpose),
            (gettext("Open to"), self.open_to),
            (gettext("Convenor"), f"{self.convenor.label}, {self.convenor.mailbox}" if self.convenor else ""),
            (gettext("Members"), ", ".join(tie.name for tie in context["ties"] if not tie.is_former)),
        ]

    def text_of(self, field, context: Mapping[str, Any]) -> str:
        """Nobody is asked to join what rests."""
        return super().text_of(field, context) if self.active or field.name != "how_to_join" else ""

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        convenor = {"@type": "ContactPoint", "name": self.convenor.label, "email": self.convenor.mailbox} if self.convenor else None
        return {
            "knowsAbout": [topic.name for topic in self.topics],
            "foundingDate": moment(self.started_on),
            "member": of_ties(context["ties"]),
            "contactPoint": convenor,
        }

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["ties"] = self.partners(request)
        context["mentions"] = mentions_of(self)
        return context


class NetworkMember(Orderable):
    """An organisation in a network; the network then shows on the organisation's own page too."""

    network = ParentalKey(NetworkPage, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="network_links"
    )
    role = models.CharField(
        _("role"),
        max_length=10,
        default="member",
        choices=[("member", _("member")), ("convening", _("convenes")), ("host", _("host"))],
    )

    panels = [FieldRowPanel(["organisation", "role"])]
    api_fields = [APIField("organisation"), APIField("role")]
