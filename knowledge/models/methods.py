"""Method cards: facts that can be compared, steps with minutes."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.http import urlencode
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from cms import cards, markdown
from cms.blocks import RICH, BodyBlock, Step
from cms.facets import AtMostFacet, ChoiceFacet, RowFacet, WithinFacet
from cms.fields import StreamField
from cms.kinds import Kind, Order
from cms.media import PortalDocument
from cms.vocabulary.models import Licence, MethodPhase, Steward
from knowledge.drawings import Ruler, Scale, Stem, ruler, scale, stems
from knowledge.schema import duration, step_in_schema

from .pages import AREA, BY_TITLE, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="method",
    model="knowledge.MethodPage",
    label=_("Method cards"),
    label_one=_("Method card"),
    mention=_("Used in the method card"),
    facets=(
        RowFacet("phase", _("What do you want to do?"), "phase", rank="sort_order"),
        AtMostFacet(
            "minutes",
            _("How long do you have?"),
            "minutes_max",
            limits=(30, 60, 90, 180),
            limit_label=_("At most %(limit)s minutes"),
        ),
        WithinFacet("people", _("How many of you are there?"), "people_min", upper="people_max"),
        ChoiceFacet("difficulty", _("Difficulty"), "difficulty"),
        ChoiceFacet("place", _("Where do you meet?"), "settings__setting"),
        AREA,
        TOPIC,
    ),
    orders=(Order("shortest", _("Time, shortest first"), ("minutes_min", "minutes_max")), BY_TITLE),
    schema_org="HowTo",
    item_template="includes/card.html",
    front_template="home/newest_methods.html",
    card_template="knowledge/method_card.html",
    on_front_page=5,
    related=("phase",),
    prefetched=("settings",),
    icon="clipboard-list",
)


class MethodSteps(blocks.StreamBlock):
    step = Step()

    def in_markdown(self, value, context) -> str:
        return markdown.numbered(markdown.from_block(step, context) for step in value)


def rich_text(label) -> RichTextField:
    return RichTextField(label, blank=True, features=RICH)


def number(label, required: bool = True) -> models.PositiveSmallIntegerField:
    """A number that a draft may lack; what is published only if it is not ``required``."""
    return models.PositiveSmallIntegerField(label, null=True, blank=not required, validators=[MinValueValidator(1)])


class MethodPage(KnowledgePage):
    """One way to work together, on one card: when, how long, how many, and what to do minute by minute."""

    kind_of_method = models.CharField(
        _("kind of method"),
        max_length=12,
        default="method",
        choices=[("method", _("method")), ("model", _("model")), ("exercise", _("exercise")), ("perspective", _("perspective"))],
    )
    purpose = models.CharField(
        _("purpose"), max_length=160, help_text=_("What the group has afterwards, in one sentence. Shown on the card in lists.")
    )
    when_to_use = rich_text(_("choose it when"))
    when_not = rich_text(_("avoid it when"))
    phase = models.ForeignKey(MethodPhase, verbose_name=_("phase"), null=True, on_delete=models.PROTECT, related_name="methods")
    minutes_min = number(_("minutes, at least"))
    minutes_max = number(_("minutes, at most"))
    people_min = number(_("participants, at least"))
    people_max = number(_("participants, at most"), required=False)
    per_group = number(_("people in a group"), required=False)
    difficulty = models.CharField(
        _("difficulty"), max_length=6, default="easy", choices=[("easy", _("Easy")), ("medium", _("Medium")), ("hard", _("Hard"))]
    )
    materials = rich_text(_("bring"))
    preparation = rich_text(_("prepare"))
    steps = StreamField(
        MethodSteps, verbose_name=_("steps"), help_text=_("In order. If every step has its minutes, the card draws them to scale.")
    )
    tips = rich_text(_("tips for the facilitator"))
    variations = rich_text(_("variations"))
    inclusion = rich_text(_("so that everyone can take part"))
    public_sector_notes = rich_text(_("in the public sector"))
    body = StreamField(BodyBlock, verbose_name=_("more"), blank=True)
    source = models.CharField(_("source"), max_length=250, help_text=_("Where the method comes from, or that it is our own."))
    source_url = models.URLField(_("address of the source"), blank=True)
    licence = models.ForeignKey(Licence, verbose_name=_("licence"), null=True, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Steward, verbose_name=_("contact"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    content_panels = [
        *KnowledgePage.content_panels,
        "purpose",
        MultiFieldPanel(
            [
                FieldRowPanel(["minutes_min", "minutes_max"]),
                FieldRowPanel(["people_min", "people_max", "per_group"]),
                FieldRowPanel(["difficulty", "phase", "kind_of_method"]),
                InlinePanel("settings", label=_("Place"), max_num=3),
            ],
            heading=_("Facts that are compared"),
        ),
        MultiFieldPanel([FieldRowPanel(["when_to_use", "when_not"])], heading=_("When")),
        "steps",
        MultiFieldPanel(["materials", "preparation"], heading=_("Before you begin")),
        MultipleChooserPanel(
            "templates",
            chooser_field_name="document",
            label=_("Document"),
            heading=_("Templates"),
            help_text=_("What the group fills in. A reader meets those in the own language first."),
            max_num=12,
            classname="collapsed",
        ),
        MultiFieldPanel(["tips", "variations", "inclusion", "public_sector_notes"], heading=_("Advice"), classname="collapsed"),
        MultiFieldPanel(["body"], heading=_("More"), classname="collapsed"),
        MultiFieldPanel(
            [FieldRowPanel(["source", "source_url"]), FieldRowPanel(["licence", "contact"])], heading=_("Source and contact")
        ),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("purpose", boost=2),
        *map(
            index.SearchField,
            [
                "when_to_use",
                "when_not",
                "steps",
                "materials",
                "preparation",
                "tips",
                "variations",
                "inclusion",
                "public_sector_notes",
                "body",
            ],
        ),
        *map(index.FilterField, ["difficulty", "minutes_min", "minutes_max", "people_min", "people_max"]),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["kind_of_method", "purpose", "when_to_use", "when_not", "phase", "difficulty", "settings"]),
        *map(APIField, ["minutes_min", "minutes_max", "people_min", "people_max", "per_group"]),
        *map(APIField, ["materials", "preparation", "templates", "steps"]),
        *map(APIField, ["tips", "variations", "inclusion", "public_sector_notes"]),
        *map(APIField, ["body", "source", "source_url", "licence", "contact"]),
    ]

    shown_with = ()
    needed_rows = TOPIC_NEEDED
    page_description = _(
        "One method on one card: facts that can be compared, and steps with minutes. For a longer text, write a guide."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("method card"), _("method cards")

    def clean(self):
        super().clean()
        errors = {}
        for least, most in (("minutes_min", "minutes_max"), ("people_min", "people_max")):
            low, high = getattr(self, least), getattr(self, most)
            if low is not None and high is not None and low > high:
                errors[most] = _("“At most” cannot be less than “at least”.")
        if errors:
            raise ValidationError(errors)

    def warning(self) -> str:
        """What an editor should hear about the minutes, without being stopped by it."""
        total = sum(self.minutes)
        if (
            not total
            or not all(self.minutes)
            or self.minutes_min is None
            or self.minutes_max is None
            or self.minutes_min <= total <= self.minutes_max
        ):
            return ""
        return gettext(
            "The steps take %(total)s minutes together, but the card says %(least)s–%(most)s minutes. Check which is right."
        ) % {
            "total": total,
            "least": self.minutes_min,
            "most": self.minutes_max,
        }

    # As a page, and as a card to print

    def get_template(self, request: HttpRequest, *args, **kwargs) -> str:
        return "cards.html" if cards.asked_for(request) else super().get_template(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        if cards.asked_for(request):
            context |= cards.card_context(request, [self], lambda **params: f"{self.get_url(request)}?{urlencode(params)}")
        return context

    # What the card shows

    @property
    def fullness(self) -> str:
        """How small a card must be set: as usual, ``full`` or, where a section takes more than a column, ``packed``."""
        longest = max(len(self.when_to_use), len(self.materials))
        return "packed" if longest > 500 else "full" if longest > 330 or len(self.steps) > 8 else ""

    @property
    def time_needed(self) -> str:
        """60 min, 120–180 min."""
        least_and_most = dict.fromkeys(str(minutes) for minutes in (self.minutes_min, self.minutes_max) if minutes)
        return gettext("%(minutes)s min") % {"minutes": "–".join(least_and_most)} if least_and_most else ""

    @cached_property
    def minutes(self) -> list[int]:
        """The minutes of each step; 0 where it has none."""
        return [step.value["minutes"] or 0 for step in self.steps]

    @property
    def ruler(self) -> Ruler | None:
        return ruler(self.minutes, self.minutes_min, self.minutes_max or self.minutes_min) if self.minutes_min else None

    @cached_property
    def scale(self) -> Scale | None:
        return scale([(step.value["title"], minutes) for step, minutes in zip(self.steps, self.minutes, strict=True)])

    def scale_in_words(self) -> str:
        steps = ngettext("%(count)s step", "%(count)s steps", len(self.minutes)) % {"count": len(self.minutes)}
        each = get_text_list([str(minutes) for minutes in self.minutes], gettext("and"))
        return gettext("%(steps)s, %(total)s minutes in all: %(each)s minutes.") % {
            "steps": steps,
            "total": sum(self.minutes),
            "each": each,
        }

    def drawn_steps(self) -> list[tuple[blocks.StructValue, Stem | None]]:
        """Each step with the line that stands beside it, if the method is drawn to scale."""
        values = [step.value for step in self.steps]
        if not self.scale:
            return [(value, None) for value in values]
        lengths = [len(strip_tags(value["text"].source)) for value in values]
        return list(zip(values, stems(list(zip(self.minutes, lengths, strict=True))), strict=True))

    @cached_property
    def places(self) -> list[str]:
        return [row.get_setting_display() for row in self.settings.all()]

    @cached_property
    def template_keys(self) -> list[int]:
        return [row.document_id for row in self.templates.all()]

    def documents_in_rows(self) -> list[int]:
        return self.template_keys

    def shown_templates(self) -> list[PortalDocument]:
        """Of the documents that go with the card those that everybody may read, the ones in its own language first."""
        found = [self.chosen_documents[key] for key in self.template_keys if key in self.chosen_documents]
        return sorted(found, key=lambda document: document.language not in (self.language, "both"))

    # What it says to machines

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        people = "–".join(str(n) for n in (self.people_min, self.people_max) if n)
        return [
            (gettext("Purpose"), self.purpose),
            (gettext("Time"), self.time_needed),
            (gettext("Participants"), people),
            (gettext("Difficulty"), self.get_difficulty_display()),
            (gettext("Where"), ", ".join(map(str, self.places))),
            (gettext("Phase"), self.phase.name if self.phase else ""),
            (gettext("Source of the method"), self.source),
        ]

    def markdown(self, context: Mapping[str, Any]) -> str:
        links = [markdown.listed(markdown.link(each.title, settings.BASE_URL + each.url)) for each in self.shown_templates()]
        return markdown.paragraphs(super().markdown(context), markdown.section(gettext("Templates to fill in"), "\n".join(links)))

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        whole = sum(self.minutes) if all(self.minutes) else self.minutes_max or self.minutes_min
        numbered = enumerate(zip(self.steps, self.minutes, strict=True), start=1)
        steps = [step_in_schema(number, step.value, minutes) for number, (step, minutes) in numbered]
        return {
            "description": self.purpose,
            "totalTime": duration(whole),
            "step": steps,
            "educationalLevel": str(self.get_difficulty_display()),
            "isBasedOn": self.source_url,
            "creditText": self.source,
        }


class MethodSetting(Orderable):
    """Where a method works."""

    method = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="settings")
    setting = models.CharField(
        _("place"), max_length=8, choices=[("on_site", _("On site")), ("online", _("Online")), ("hybrid", _("Hybrid"))]
    )

    panels = ["setting"]
    api_fields = [APIField("setting")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["method", "setting"], name="one_row_a_setting")]


class MethodTemplate(Orderable):
    """A document that goes with the card: a table to fill in, an invitation to copy."""

    method = ParentalKey(MethodPage, on_delete=models.CASCADE, related_name="templates")
    document = models.ForeignKey(PortalDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="+")

    panels = ["document"]
    api_fields = [APIField("document")]
