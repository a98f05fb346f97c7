"""The words of the arena, one row each in both languages, with what different sources say that they mean."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index

from cms import languages, markdown
from cms.kinds import Kind, Order
from cms.slugs import plain_slug
from cms.vocabulary.bilingual import Bilingual
from cms.vocabulary.models import Topic
from directory.models import Organisation
from directory.models.addresses import address_of_only

from .pages import TOPIC

KIND = Kind(
    name="term",
    model="knowledge.GlossaryTerm",
    label=_("Glossary"),
    label_one=_("Term"),
    facets=(TOPIC,),
    orders=(Order("name", _("Term"), ("shown_term",), by_name=True),),
    date="changed_at",
    summary="short_definition",
    schema_org="DefinedTerm",
    on_front_page=0,
    icon="book-open",
)


def address_of_glossary(request: HttpRequest | None, language: str) -> str:
    return address_of_only("knowledge.GlossaryPage", request, language)


class TermQuerySet(models.QuerySet):
    def named(self) -> "TermQuerySet":
        """Each with ``shown_term``, the word it is filed under in the reader's language."""
        return self.annotate(shown_term=F(f"term_{languages.active()}"))

    def public(self) -> "TermQuerySet":
        """What anybody may see: every term, where the reader's language has a glossary that is open to all."""
        language = languages.active()
        return self.named() if address_of_glossary(None, language) else self.none()


class GlossaryTerm(Bilingual, index.Indexed, ClusterableModel):
    """One concept with its word in each language. The first time a page uses the word, it leads here."""

    term_sv = models.CharField(_("term in Swedish"), max_length=100)
    term_en = models.CharField(_("term in English"), max_length=100)
    acronym = models.CharField(_("abbreviation"), max_length=20, blank=True)
    short_definition_sv = models.TextField(
        _("short definition in Swedish"),
        max_length=400,
        help_text=_("What it means here, in one or two sentences, in our own words."),
    )
    short_definition_en = models.TextField(_("short definition in English"), max_length=400)
    forbidden_sv = models.CharField(
        _("words to avoid in Swedish"), max_length=300, blank=True, help_text=_("Separated by commas. Shown to the readers.")
    )
    forbidden_en = models.CharField(
        _("words to avoid in English"), max_length=300, blank=True, help_text=_("Separated by commas. Shown to the readers.")
    )
    note_for_translators = models.TextField(_("note for translators"), blank=True, help_text=_("Not shown to the readers."))
    slug_sv = models.SlugField(
        _("address part in Swedish"), unique=True, blank=True, help_text=_("Made from the term if you leave it empty.")
    )
    slug_en = models.SlugField(
        _("address part in English"), unique=True, blank=True, help_text=_("Made from the term if you leave it empty.")
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = TermQuerySet.as_manager()

    search_fields = [
        *(index.SearchField(name, boost=3) for name in ("term_sv", "term_en", "acronym")),
        *map(index.SearchField, ["short_definition_sv", "short_definition_en", "forbidden_sv", "forbidden_en"]),
        *map(index.AutocompleteField, ["term_sv", "term_en"]),
        index.RelatedFields("definitions", [index.SearchField("text")]),
    ]
    api_fields = [
        *map(APIField, ["term_sv", "term_en", "acronym", "short_definition_sv", "short_definition_en"]),
        *map(APIField, ["slug_sv", "slug_en", "forbidden_sv", "forbidden_en", "topic_links", "definitions"]),
    ]

    class Meta:
        ordering = ["term_sv"]
        verbose_name, verbose_name_plural = _("term"), _("terms")

    def __str__(self):
        return self.term

    def full_clean(self, *args, **kwargs):
        self.fill_in_addresses()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.fill_in_addresses()
        super().save(*args, **kwargs)

    def fill_in_addresses(self) -> None:
        """Once made, an address stays, whatever becomes of the word."""
        self.slug_sv = self.slug_sv or plain_slug(self.term_sv)[:50]
        self.slug_en = self.slug_en or plain_slug(self.term_en)[:50]

    # What a visitor meets

    @property
    def term(self) -> str:
        return self.in_language("term")

    title = term

    @property
    def lang(self) -> str:
        return self.language_of("term")

    @property
    def other_language(self) -> str:
        return "sv" if self.lang == "en" else "en"

    @property
    def term_elsewhere(self) -> str:
        """The word in the other language."""
        return self.in_language("term", self.other_language)

    @property
    def slug(self) -> str:
        return self.in_language("slug")

    @property
    def short_definition(self) -> str:
        return self.in_language("short_definition")

    @property
    def forbidden(self) -> list[str]:
        """The words that are not to be used instead, in the reader's language alone."""
        words = getattr(self, f"forbidden_{self.lang}").split(",")
        return [word.strip() for word in words if word.strip()]

    @property
    def topics(self) -> list[Topic]:
        return [link.topic for link in self.topic_links.all()]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        address = settings.BASE_URL + context["glossary"]
        glossary = {"@type": "DefinedTermSet", "@id": f"{address}#terms", "name": context["page"].title, "url": address}
        return {
            "alternateName": [name for name in (self.acronym, self.term_elsewhere) if name and name != self.term],
            "termCode": self.slug_en,
            "inDefinedTermSet": glossary,
            "subjectOf": [definition.structured_data() for definition in context["definitions"]],
        }

    def markdown(self, context: Mapping[str, Any]) -> str:
        facts = [
            (gettext("In English") if self.other_language == "en" else gettext("In Swedish"), self.term_elsewhere),
            (gettext("Abbreviation"), self.acronym),
            (gettext("Words to avoid"), ", ".join(self.forbidden)),
            (gettext("Topics"), ", ".join(topic.name for topic in self.topics)),
        ]
        said = [definition.markdown() for definition in context["definitions"]]
        sources = markdown.section(gettext("As sources put it"), markdown.paragraphs(*said))
        return markdown.document(self.term, self.short_definition, markdown.facts(facts), sources)

    @classmethod
    def list_address(cls, request: HttpRequest | None = None) -> str:
        return address_of_glossary(request, languages.active())

    def get_url(self, request: HttpRequest | None = None) -> str:
        """The address of its own page in the reader's language; empty while there is no open glossary."""
        glossary = self.list_address(request)
        return f"{glossary}{self.slug}/" if glossary else ""


class TermTopic(Orderable):
    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="topic_links")
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), on_delete=models.CASCADE, related_name="term_links")

    panels = ["topic"]
    api_fields = [APIField("topic")]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["term", "topic"], name="one_row_a_term_and_topic")]


class Definition(Orderable):
    """What one source says that a term means. Several stand side by side, each in its own language."""

    term = ParentalKey(GlossaryTerm, on_delete=models.CASCADE, related_name="definitions")
    text = models.TextField(
        _("definition"),
        help_text=_("In the words of the source. If it is not word for word, write “After” before the name of the source."),
    )
    language = models.CharField(_("language"), max_length=2, choices=languages.CHOICES, default="sv")
    source_text = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), blank=True)
    date = models.DateField(
        _("date of the source"), null=True, blank=True, help_text=_("When it was written, or when you read it.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = ["text", "language", "source_text", "source_url", "date", "organisation"]
    api_fields = list(map(APIField, panels))

    def __str__(self):
        return self.source_text

    def structured_data(self) -> dict[str, Any]:
        source = {"@type": "CreativeWork", "name": self.source_text, "url": self.source_url or None}
        source = {name: value for name, value in source.items() if value}
        return {"@type": "Quotation", "text": self.text, "inLanguage": self.language, "citation": source}

    def markdown(self) -> str:
        source = markdown.link(self.source_text, self.source_url)
        quoted = markdown.lines(self.text).replace("\n", "\n> ")
        return markdown.paragraphs(f"> {quoted}", f"– {source}" + (f", {date_format(self.date, 'j F Y')}" if self.date else ""))


def terms_by_organisation() -> dict[int, list[GlossaryTerm]]:
    """By key of the organisation the terms that the glossary gives in its words."""
    found: dict[int, list[GlossaryTerm]] = {}
    defined = GlossaryTerm.objects.annotate(source=F("definitions__organisation")).exclude(source=None)
    for term in defined.order_by("term_sv", "pk").distinct():
        found.setdefault(term.source, []).append(term)
    return found
