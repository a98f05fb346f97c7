"""The glossary's page: its words by letter, and each word at an address of its own in each language."""

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.fields import Field
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page
from wagtail.search import index

from cms import frame
from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.kinds import kind_of
from cms.models import BasePage
from cms.navigation import breadcrumbs
from cms.public import as_own_types
from cms.sorting import collated
from directory.letters import ListByLetter
from directory.models.rows_page import PageOfRows

from .projects import ProjectPage
from .terms import Definition, GlossaryTerm

SHOWN_AT_ONCE = 24


class GlossaryList(ListByLetter):
    """One leafs through a glossary, so it has long pages."""

    page_size = 120


class TermsField(Field):
    """In the API: each term with what a program needs to show it."""

    names = ("id", "term_sv", "term_en", "acronym", "slug_sv", "slug_en", "short_definition_sv", "short_definition_en")

    def to_representation(self, terms):
        return list(terms.values(*self.names))


class GlossaryPage(PageOfRows):
    """The arena's words from A to Ö, or to Z, and what they mean."""

    body = StreamField(BodyBlock, verbose_name=_("content"), blank=True)

    content_panels = [*BasePage.content_panels, "body"]
    subject_panels: list = []
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    api_fields = [*BasePage.api_fields, APIField("body"), APIField("terms", serializer=TermsField())]

    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list = []
    page_description = _("Shows the terms of the glossary, one in each language. To explain a word, add it to the glossary.")

    class Meta:
        verbose_name, verbose_name_plural = _("glossary"), _("glossaries")

    @property
    def terms(self):
        return GlossaryTerm.objects.order_by("pk")

    @path("")
    def everything(self, request: HttpRequest):
        address = self.get_url(request)
        terms = GlossaryTerm.objects.named()
        listing = GlossaryList(kind_of(GlossaryTerm), terms, request.GET, address, filed="shown_term", language=self.language)
        return self.render(request, context_overrides={"listing": listing, "address": address})

    @path("<slug:slug>/")
    def term(self, request: HttpRequest, slug: str):
        """A term at its right address; the word of the other language leads there."""
        term = self.row_at(GlossaryTerm.objects.named().prefetch_related("topic_links__topic"), slug)
        if elsewhere := self.to_right_address(request, {"sv": f"{term.slug_sv}/", "en": f"{term.slug_en}/"}):
            return elsewhere
        glossary = self.get_url(request)
        before, after = self.neighbours(term)
        context = {
            "term": term,
            "described": term,
            "definitions": definitions_of(term),
            "uses": self.uses_of(term),
            "glossary": glossary,
            "before": before,
            "after": after,
            "crumbs": [*breadcrumbs(self, request), {"title": self.title, "url": glossary}],
        }
        return self.render(request, template="knowledge/term.html", context_overrides=context)

    def neighbours(self, term: GlossaryTerm) -> tuple[dict | None, dict | None]:
        """The terms before and after, as the alphabet of this language has them."""
        terms = GlossaryTerm.objects.named().order_by(collated("shown_term", self.language), "pk")
        rows = [
            {"pk": pk, "term": word, "slug": slug}
            for pk, word, slug in terms.values_list("pk", "shown_term", f"slug_{self.language}")
        ]
        place = next(number for number, row in enumerate(rows) if row["pk"] == term.pk)
        return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None

    def uses_of(self, term: GlossaryTerm) -> list[Page]:
        """The newest public pages in this language that link to a term, and the projects that are about it."""
        about = Q(page_terms__terms=term) | Q(pk__in=ProjectPage.objects.filter(term=term).values("pk"))
        using = Page.objects.filter(about, locale=self.locale_id).exclude(pk=self.pk)
        return as_own_types(frame.public(using).select_related("locale").order_by("-first_published_at", "-pk")[:SHOWN_AT_ONCE])


def definitions_of(term: GlossaryTerm) -> list[Definition]:
    """What the sources say, those in the reader's language first; a sort keeps the editor's order otherwise."""
    return sorted(term.definitions.select_related("organisation"), key=lambda definition: definition.language != term.lang)
