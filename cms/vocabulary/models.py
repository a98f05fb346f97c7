"""Words that everything shares: one bilingual row each, never a translated twin."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from .bilingual import Bilingual


class Word(Bilingual, index.Indexed, models.Model):
    """A row with a stable code and a name in both languages."""

    has_events = True

    code = models.CharField(
        _("code"),
        max_length=50,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z", _("Only letters a-z, figures, hyphens and full stops."))],
        help_text=_("Used in addresses and in the API. Do not change it later."),
    )
    name_sv = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)

    panels = [FieldRowPanel(["name_sv", "name_en"]), "code"]
    api_fields = list(map(APIField, ["code", "name_sv", "name_en"]))
    search_fields = [
        index.SearchField("name_sv", boost=2),
        index.SearchField("name_en", boost=2),
        index.AutocompleteField("name_sv"),
        index.AutocompleteField("name_en"),
    ]

    class Meta:
        abstract = True
        ordering = ["name_sv"]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.in_language("name")

    @property
    def lang(self) -> str:
        return self.language_of("name")


class RankedWord(Word):
    """A word whose place in the list is decided by hand."""

    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    panels = [*Word.panels, "sort_order"]

    class Meta:
        abstract = True
        ordering = ["sort_order", "name_sv"]


class FocusArea(RankedWord):
    """One of the arena's areas of operation."""

    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    glyph = models.CharField(
        _("glyph"),
        max_length=20,
        default="connect",
        choices=[("connect", _("Net")), ("use", _("Streams that meet")), ("steps", _("Steps")), ("portal", _("Gate"))],
    )

    panels = [*RankedWord.panels, "glyph", FieldRowPanel(["description_sv", "description_en"])]

    class Meta(RankedWord.Meta):
        verbose_name, verbose_name_plural = _("area of operation"), _("areas of operation")

    @property
    def description(self) -> str:
        return self.in_language("description")


class Topic(Word):
    """What a page is about. Synonyms help the search; a topic may have one topic above it."""

    alt_labels_sv = models.CharField(_("synonyms in Swedish"), max_length=500, blank=True, help_text=_("Separated by commas."))
    alt_labels_en = models.CharField(_("synonyms in English"), max_length=500, blank=True, help_text=_("Separated by commas."))
    parent = models.ForeignKey(
        "self", verbose_name=_("parent topic"), null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    definition_sv = models.TextField(_("definition in Swedish"), blank=True)
    definition_en = models.TextField(_("definition in English"), blank=True)
    external_uri = models.URLField(_("address in another vocabulary"), blank=True)

    panels = [
        *Word.panels,
        "parent",
        FieldRowPanel(["alt_labels_sv", "alt_labels_en"]),
        FieldRowPanel(["definition_sv", "definition_en"]),
        "external_uri",
    ]
    search_fields = [*Word.search_fields, index.SearchField("alt_labels_sv"), index.SearchField("alt_labels_en")]

    class Meta(Word.Meta):
        verbose_name, verbose_name_plural = _("topic"), _("topics")

    @property
    def definition(self) -> str:
        return self.in_language("definition")


class SustainableGoal(Bilingual, models.Model):
    """One of the seventeen global goals. No official icons: a number and a name."""

    has_events = True

    number = models.PositiveSmallIntegerField(_("number"), unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    uri = models.URLField(_("address"), blank=True)

    panels = ["number", FieldRowPanel(["name_sv", "name_en"]), "uri"]
    api_fields = list(map(APIField, ["number", "name_sv", "name_en", "uri"]))

    class Meta:
        ordering = ["number"]
        verbose_name, verbose_name_plural = _("global goal"), _("global goals")

    def __str__(self):
        return f"{self.number} {self.name}"

    @property
    def name(self) -> str:
        return self.in_language("name")


class Sector(RankedWord):
    """The part of society an organisation belongs to."""

    class Meta(RankedWord.Meta):
        verbose_name, verbose_name_plural = _("sector"), _("sectors")


class Audience(RankedWord):
    """Whom a page is written for."""

    class Meta(RankedWord.Meta):
        verbose_name, verbose_name_plural = _("audience"), _("audiences")


class MethodPhase(RankedWord):
    """Where in the work a method belongs; may be mapped to the phases of another toolbox."""

    maps_to = models.CharField(_("phase in another toolbox"), max_length=200, blank=True)

    panels = [*RankedWord.panels, "maps_to"]

    class Meta(RankedWord.Meta):
        verbose_name, verbose_name_plural = _("method phase"), _("method phases")


class Licence(RankedWord):
    """On what terms a text, a picture or a document may be used again."""

    url = models.URLField(_("address of the licence"), blank=True)

    panels = [*RankedWord.panels, "url"]
    api_fields = [*RankedWord.api_fields, APIField("url")]

    class Meta(RankedWord.Meta):
        verbose_name, verbose_name_plural = _("licence"), _("licences")


class FactBox(Bilingual, models.Model):
    """A text that several pages show: changed once, changed everywhere."""

    has_events = True

    code = models.SlugField(_("code"), unique=True)
    heading_sv = models.CharField(_("heading in Swedish"), max_length=150)
    heading_en = models.CharField(_("heading in English"), max_length=150)
    text_sv = RichTextField(_("text in Swedish"), features=["bold", "italic", "link", "ul", "ol"])
    text_en = RichTextField(_("text in English"), features=["bold", "italic", "link", "ul", "ol"])
    link = models.URLField(_("link"), blank=True)

    panels = [
        MultiFieldPanel(["heading_sv", "text_sv"], heading=_("Swedish")),
        MultiFieldPanel(["heading_en", "text_en"], heading=_("English")),
        "link",
        "code",
    ]

    class Meta:
        ordering = ["heading_sv"]
        verbose_name, verbose_name_plural = _("fact box"), _("fact boxes")

    def __str__(self):
        return self.heading

    @property
    def heading(self) -> str:
        return self.in_language("heading")

    @property
    def text(self) -> str:
        return self.in_language("text")


class Steward(Bilingual, models.Model):
    """Who answers for a page: a role with a mailbox, so that people can come and go."""

    has_events = True

    code = models.SlugField(_("code"), unique=True)
    label_sv = models.CharField(_("role in Swedish"), max_length=150)
    label_en = models.CharField(_("role in English"), max_length=150)
    mailbox = models.EmailField(_("mailbox"))
    person = models.ForeignKey(
        "directory.Person", verbose_name=_("person"), null=True, blank=True, on_delete=models.SET_NULL, related_name="stewardships"
    )
    backup = models.ForeignKey("self", verbose_name=_("backup"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    panels = [FieldRowPanel(["label_sv", "label_en"]), FieldPanel("mailbox"), "person", "backup", "code"]
    api_fields = list(map(APIField, ["code", "label_sv", "label_en", "mailbox"]))

    class Meta:
        ordering = ["label_sv"]
        verbose_name, verbose_name_plural = _("content owner"), _("content owners")

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return self.in_language("label")
