"""Projects: who does what together, for how long, and what comes of it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms import markdown
from cms.blocks import RICH, BodyBlock
from cms.fields import StreamField
from cms.kinds import Kind, Order
from cms.structured import moment
from cms.vocabulary.models import Steward
from cms.words import fill_in_words
from directory.models.schema import of_ties
from directory.models.ties import Tie, joined, tie_to, ties_with_page
from knowledge.drawings import Timeline, timeline
from knowledge.naming import mentions_of
from knowledge.status import Status, StatusFacet, status_of

from .pages import AREA, BY_TITLE, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="project",
    model="knowledge.ProjectPage",
    label=_("Projects"),
    label_one=_("Project"),
    mention=_("Mentioned in the project"),
    mentions=(("deliverables", _("Comes from the project")),),
    facets=(StatusFacet("status", _("Status"), "starts_on"), AREA, TOPIC),
    orders=(Order("newest", _("Newest first"), ("-starts_on",)), BY_TITLE),
    schema_org="Project",
    item_template="knowledge/project_row.html",
    on_front_page=0,
    entrance=False,
    icon="target",
    related=("coordinator",),
)

KINDS_OF_DELIVERABLE = [
    ("handbook", _("Handbook")),
    ("canvas", _("Canvas")),
    ("template", _("Template")),
    ("report", _("Report")),
]
STATES_OF_DELIVERABLE = [("planned", _("Planned")), ("underway", _("Under way")), ("done", _("Done"))]


class Objectives(blocks.StreamBlock):
    objective = blocks.TextBlock(label=_("Objective"), icon="target", max_length=300)

    def in_markdown(self, value, context) -> str:
        return markdown.numbered(markdown.plain(objective.value) for objective in value)


class DeliverableValue(blocks.StructValue):
    @property
    def kind_in_words(self) -> str:
        return dict(KINDS_OF_DELIVERABLE).get(self["kind"], "")

    @property
    def status_in_words(self) -> str:
        return dict(STATES_OF_DELIVERABLE).get(self["status"], "")


class Deliverable(blocks.StructBlock):
    """Something that others can use when the project is over."""

    targets = ("page", "document", "url")

    title = blocks.CharBlock(label=_("Title"), max_length=150)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=KINDS_OF_DELIVERABLE)
    status = blocks.ChoiceBlock(label=_("Status"), choices=STATES_OF_DELIVERABLE, default="planned")
    version = blocks.RegexBlock(
        label=_("Version"),
        regex=r"^\d+(\.\d+)*$",
        required=False,
        error_messages={"invalid": _("A version looks like this: 1.2")},
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    url = blocks.URLBlock(label=_("Address on another site"), required=False)

    def in_markdown(self, value, context) -> str:
        target = value["page"].get_url(context["request"]) if value["page"] else value["document"] and value["document"].url
        address = value["url"] or (settings.BASE_URL + target if target else "")
        said = ", ".join(str(word) for word in (value.kind_in_words, value.status_in_words, value["version"]) if word)
        return markdown.listed(f"{markdown.link(value['title'], address)} ({said})")

    class Meta:
        label, icon = _("Deliverable"), "doc-full"
        label_format = "{title}"
        value_class = DeliverableValue

    def clean(self, value):
        cleaned = super().clean(value)
        if len([name for name in self.targets if cleaned.get(name)]) > 1:
            raise blocks.StructBlockValidationError(
                block_errors={"page": ValidationError(_("Choose one place where it can be found, or none."))}
            )
        return cleaned


class Deliverables(blocks.StreamBlock):
    deliverable = Deliverable()


class ProjectPage(KnowledgePage):
    """A task that several have taken on together, with a beginning and an end. Its status follows from its dates."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    full_name = models.CharField(
        _("full name"), max_length=250, blank=True, help_text=_("As written in the application, if the title is shorter.")
    )
    coordinator = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("coordinator"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="projects_led",
    )
    term = models.ForeignKey(
        "knowledge.GlossaryTerm",
        verbose_name=_("term"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What the project is about, if the glossary explains it."),
    )
    participant_count_text = models.CharField(
        _("how many take part"),
        max_length=60,
        blank=True,
        help_text=_("If not all are named below: “16 universities”."),
    )
    grant_number = models.CharField(
        _("grant number"), max_length=60, blank=True, help_text=_("The funder’s own number for the project.")
    )
    starts_on = models.DateField(_("from"), null=True, db_index=True)
    ends_on = models.DateField(
        _("until"), null=True, blank=True, db_index=True, help_text=_("The last day. From the day after, the project is finished.")
    )
    paused = models.BooleanField(
        _("paused"), default=False, help_text=_("Everything else about the status follows from the dates.")
    )
    objectives = StreamField(Objectives, verbose_name=_("objectives"), blank=True)
    body = StreamField(BodyBlock, verbose_name=_("about the project"), blank=True)
    deliverables = StreamField(Deliverables, verbose_name=_("deliverables"), blank=True)
    results = RichTextField(_("results"), blank=True, features=RICH)
    contact = models.ForeignKey(
        Steward, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *KnowledgePage.content_panels,
        MultiFieldPanel([FieldRowPanel(["acronym", "grant_number"]), "full_name"], heading=_("Names and numbers")),
        MultiFieldPanel([FieldRowPanel(["starts_on", "ends_on"]), "paused"], heading=_("Period")),
        MultiFieldPanel(
            [
                "coordinator",
                InlinePanel("participants", label=_("Organisation"), heading=_("Who takes part")),
                "participant_count_text",
            ],
            heading=_("Partners"),
        ),
        "objectives",
        "body",
        "deliverables",
        "results",
        FieldRowPanel(["term", "contact"]),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        *map(index.SearchField, ["acronym", "full_name", "objectives", "body", "deliverables", "results", "grant_number"]),
        *map(index.FilterField, ["starts_on", "ends_on", "paused"]),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["acronym", "full_name", "coordinator", "participants", "participant_count_text", "grant_number", "term"]),
        *map(APIField, ["starts_on", "ends_on", "paused", "status", "objectives", "body", "deliverables", "results"]),
    ]
    override_translatable_fields = [*KnowledgePage.override_translatable_fields, SynchronizedField("grant_number")]

    shown_with = ("coordinator", "term")
    needed_rows = TOPIC_NEEDED
    page_description = _("What several do together for a time. For a group that goes on meeting without an end, use a network.")

    class Meta:
        verbose_name, verbose_name_plural = _("project"), _("projects")

    def clean(self):
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The project cannot end before it begins.")})

    @property
    def status(self) -> Status:
        return status_of(self.starts_on, self.ends_on, self.paused)

    def status_in_words(self) -> str:
        return self.status.label

    @property
    def timeline(self) -> Timeline | None:
        return timeline(self.starts_on, self.ends_on) if self.starts_on and self.ends_on else None

    def partners(self, request: HttpRequest) -> list[Tie]:
        """Everybody public who leads, takes part or pays: in the project's own rows or by a partnership with it."""
        if self.coordinator:
            fill_in_words(self.coordinator)
        ties = [tie_to(self.coordinator, self._meta.get_field("coordinator").verbose_name, request)] if self.coordinator else []
        rows = self.participants.select_related("organisation__sector")
        ties += [tie_to(row.organisation, row.get_role_display(), request) for row in rows]
        return joined([*ties, *ties_with_page(self, request)])

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        days = [date_format(day, "j F Y") for day in (self.starts_on, self.ends_on) if day]
        coordinator = self.coordinator if self.coordinator and self.coordinator.is_public else None
        return [
            (gettext("Full name"), self.full_name),
            (gettext("Status"), self.status_in_words()),
            (gettext("Period"), " – ".join(days)),
            (gettext("Coordinator"), coordinator.name if coordinator else ""),
            (gettext("Participants"), self.participant_count_text),
            (gettext("Who takes part"), ", ".join(tie.name for tie in context["ties"] if not tie.is_former)),
            (gettext("Grant number"), self.grant_number),
        ]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """Research, where a university or an institute leads it."""
        led_by = self.coordinator.sector.code if self.coordinator else ""
        return {
            "@type": "ResearchProject" if led_by in ("academia", "research-institute") else "Project",
            "knowsAbout": [topic.name for topic in self.topics],
            "alternateName": self.acronym,
            "legalName": self.full_name,
            "foundingDate": moment(self.starts_on),
            "dissolutionDate": moment(self.ends_on),
            "member": of_ties(context["ties"]),
            "funding": {"@type": "Grant", "identifier": self.grant_number} if self.grant_number else None,
        }

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["ties"] = self.partners(request)
        context["mentions"] = mentions_of(self)
        return context


class ProjectParticipant(Orderable):
    """An organisation in a project; the project then shows on the organisation's own page too."""

    project = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="participants")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="project_links"
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        default="participant",
        choices=[
            ("coordinator", _("coordinator")),
            ("participant", _("participant")),
            ("funder", _("funder")),
            ("external", _("external party")),
        ],
    )

    panels = [FieldRowPanel(["organisation", "role"])]
    api_fields = [APIField("organisation"), APIField("role")]
