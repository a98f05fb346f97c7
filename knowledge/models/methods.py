"""Method cards: facts that can be compared, steps with minutes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import RICH, BodyBlock, Step
from cms.fields import StreamField
from cms.models import BasePage
from cms.vocabulary.models import Licence, MethodPhase, Steward


class MethodSteps(blocks.StreamBlock):
    step = Step()


def rich_text(label) -> RichTextField:
    return RichTextField(label, blank=True, features=RICH)


class MethodPage(BasePage):
    """One way to work together, on one card: when, how long, how many, and what to do minute by minute."""

    kind_of_method = models.CharField(
        _("kind of method"),
        max_length=12,
        default="method",
        choices=[("method", _("method")), ("model", _("model")), ("exercise", _("exercise")), ("perspective", _("perspective"))],
    )
    purpose = models.CharField(_("purpose"), max_length=160, blank=True, help_text=_("What the group has afterwards, in one sentence."))
    when_to_use = rich_text(_("choose it when"))
    when_not = rich_text(_("leave it when"))
    phase = models.ForeignKey(MethodPhase, verbose_name=_("phase"), null=True, blank=True, on_delete=models.PROTECT, related_name="methods")
    minutes_min = models.PositiveSmallIntegerField(_("minutes, at least"), null=True, blank=True)
    minutes_max = models.PositiveSmallIntegerField(_("minutes, at most"), null=True, blank=True)
    people_min = models.PositiveSmallIntegerField(_("participants, at least"), null=True, blank=True)
    people_max = models.PositiveSmallIntegerField(_("participants, at most"), null=True, blank=True)
    per_group = models.PositiveSmallIntegerField(_("people in a group"), null=True, blank=True)
    difficulty = models.CharField(_("difficulty"), max_length=6, default="easy", choices=[("easy", _("Easy")), ("medium", _("Medium")), ("hard", _("Hard"))])
    materials = rich_text(_("bring"))
    preparation = rich_text(_("prepare"))
    steps = StreamField(MethodSteps, verbose_name=_("steps"), blank=True)
    tips = rich_text(_("tips for the facilitator"))
    variations = rich_text(_("variations"))
    inclusion = rich_text(_("so that everyone can take part"))
    public_sector_notes = rich_text(_("in the public sector"))
    body = StreamField(BodyBlock, verbose_name=_("more"), blank=True)
    source = models.CharField(_("source"), max_length=250, blank=True)
    source_url = models.URLField(_("address of the source"), blank=True)
    licence = models.ForeignKey(Licence, verbose_name=_("licence"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Steward, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    content_panels = [
        *BasePage.content_panels,
        "purpose",
        MultiFieldPanel(
            [
                FieldRowPanel(["minutes_min", "minutes_max"]),
                FieldRowPanel(["people_min", "people_max", "per_group"]),
                FieldRowPanel(["difficulty", "phase", "kind_of_method"]),
                InlinePanel("settings", label=_("Place")),
            ],
            heading=_("Facts that are compared"),
        ),
        MultiFieldPanel([FieldRowPanel(["when_to_use", "when_not"])], heading=_("When")),
        "steps",
        MultiFieldPanel(["materials", "preparation"], heading=_("Before you begin")),
        MultiFieldPanel(["tips", "variations", "inclusion", "public_sector_notes"], heading=_("Advice")),
        "body",
        MultiFieldPanel([FieldRowPanel(["source", "source_url"]), FieldRowPanel(["licence", "contact"])], heading=_("Source and contact")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("purpose", boost=2),
        *map(index.SearchField, ["when_to_use", "when_not", "steps", "materials", "preparation", "tips", "variations", "inclusion", "public_sector_notes", "body"]),
        *map(index.FilterField, ["difficulty", "minutes_min", "minutes_max", "people_min", "people_max"]),
    ]
    api_fields = [
        *BasePage.api_fields,
        *map(
            APIField,
            [
                "kind_of_method",
                "purpose",
                "when_to_use",
                "when_not",
                "phase",
                "minutes_min",
                "minutes_max",
                "people_min",
                "people_max",
                "per_group",
                "difficulty",
                "settings",
                "materials",
                "preparation",
                "steps",
                "tips",
                "variations",
                "inclusion",
                "public_sector_notes",
                "body",
                "source",
                "source_url",
                "licence",
            ],
        ),
    ]

    parent_page_types = ["home.IndexPage"]
    page_description = _("One method on one card: facts that can be compared, and steps with minutes. Do not use it for a longer text: that is a guide.")

    class Meta:
        verbose_name, verbose_name_plural = _("method card"), _("method cards")


class MethodSetting(Orderable):
    """Where a method works."""

    method = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="settings")
    setting = models.CharField(_("place"), max_length=8, choices=[("on_site", _("On site")), ("online", _("Online")), ("hybrid", _("Hybrid"))])

    panels = ["setting"]
    api_fields = [APIField("setting")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["method", "setting"], name="one_row_a_setting")]
