"""Guides: read chapter by chapter, each with its own address, or as one page."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from cms import frame, markdown
from cms.blocks import BodyBlock
from cms.facets import ChoiceFacet
from cms.fields import StreamField
from cms.kinds import Kind
from cms.media import PortalDocument
from cms.models import OwnedByLanguage
from cms.vocabulary.models import Licence
from knowledge.chapters import ChapterPlace, addresses, minutes_of, outline, part_of, reading_minutes, titles_of
from knowledge.schema import guide_in_schema

from .pages import AREA, AUDIENCE, BY_TITLE, NEWEST, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="guide",
    model="knowledge.GuidePage",
    label=_("Guides"),
    label_one=_("Guide"),
    mention=_("Used in the guide"),
    shown_apart=("replaced_by",),
    facets=(ChoiceFacet("type", _("Kind of guide"), "kind_of_guide"), AREA, TOPIC, AUDIENCE),
    orders=(BY_TITLE, NEWEST),
    schema_org="TechArticle",
    item_template="knowledge/guide_row.html",
    icon="doc-full",
)


class Chapter(blocks.StructBlock):
    """A chapter holds the blocks of any body, plugins' own included; so it is built when all hooks are loaded."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    summary = blocks.TextBlock(label=_("In one sentence"), required=False, max_length=250)

    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, ("content", BodyBlock(label=_("Content")))], **kwargs)

    class Meta:
        label, icon = _("Chapter"), "doc-full"
        label_format = "{title}"
        description = _("A part of the guide with an address of its own.")


class ChaptersBlock(blocks.StreamBlock):
    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, ("chapter", Chapter())], **kwargs)

    def in_markdown(self, value, context) -> str:
        chapters = [(chapter.value, markdown.from_stream(chapter.value["content"], context)) for chapter in value]
        texts = [(part["title"], markdown.paragraphs(markdown.plain(part["summary"] or ""), text)) for part, text in chapters]
        return markdown.paragraphs(*(markdown.section(title, text) for title, text in texts))


class GuidePage(KnowledgePage):
    """A guide walks the reader through something, chapter by chapter."""

    kind_of_guide = models.CharField(
        _("kind of guide"),
        max_length=12,
        default="guide",
        choices=[
            ("guide", _("guide")),
            ("handbook", _("handbook")),
            ("guidance", _("guidance")),
            ("step-by-step", _("step by step")),
        ],
    )
    body = StreamField(
        BodyBlock,
        verbose_name=_("before the chapters"),
        blank=True,
        help_text=_("Shown on the guide’s first page, above the contents. Begin with “In short”."),
    )
    chapters = StreamField(ChaptersBlock, verbose_name=_("chapters"))
    chapter_addresses = models.JSONField(default=dict, blank=True, editable=False)
    chapter_minutes = models.JSONField(default=dict, blank=True, editable=False)
    version = models.CharField(_("version"), max_length=20, blank=True)
    licence = models.ForeignKey(Licence, verbose_name=_("licence"), null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"),
        max_length=12,
        default="published",
        choices=[("development", _("in development")), ("published", _("published")), ("superseded", _("superseded"))],
    )
    source_project = models.ForeignKey(
        "knowledge.ProjectPage",
        verbose_name=_("builds on the project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="guides",
        help_text=_("Shown on both pages."),
    )
    replaced_by = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    pdf = models.ForeignKey(
        PortalDocument,
        verbose_name=_("the guide as PDF"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The same text as here, in this language. Each language has its own."),
    )
    reading_minutes = models.PositiveSmallIntegerField(_("reading time in minutes"), default=0, editable=False)

    content_panels = [
        *KnowledgePage.content_panels,
        "body",
        "chapters",
        MultiFieldPanel(
            [
                FieldRowPanel(["kind_of_guide", "status"]),
                "replaced_by",
                FieldRowPanel(["version", "licence"]),
                "source_project",
                "pdf",
            ],
            heading=_("About the guide"),
        ),
        InlinePanel("authors", label=_("Author"), heading=_("Authors"), classname="collapsed"),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        index.SearchField("body"),
        index.SearchField("chapters"),
        index.FilterField("kind_of_guide"),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(
            APIField, ["kind_of_guide", "body", "chapters", "chapter_addresses", "version", "licence", "source_project", "status"]
        ),
        *map(APIField, ["reading_minutes", "pdf", "replaced_by", "authors"]),
    ]
    override_translatable_fields = [
        *KnowledgePage.override_translatable_fields,
        *map(SynchronizedField, ["replaced_by", "source_project"]),
        OwnedByLanguage("pdf"),
    ]

    shown_with = ()
    unnamed_texts = ("body", "chapters")
    needed_rows = TOPIC_NEEDED
    exclude_fields_in_copy = ["chapter_addresses", "chapter_minutes", "pdf"]
    page_description = _("Explains how to do something, in chapters. Do not use it for a single method: that is a method card.")
    reading_modes = [("whole", _("The whole guide")), ("first", _("First page"))]

    class Meta:
        verbose_name, verbose_name_plural = _("guide"), _("guides")

    def clean(self):
        super().clean()
        errors = {}
        if self.status == "superseded" and not self.replaced_by_id:
            errors["replaced_by"] = _("Say what the reader should use instead.")
        if self.pdf and self.pdf.file_extension != "pdf":
            errors["pdf"] = _("This document is not a PDF.")
        elif self.pdf and self.locale_id and self.pdf.language not in (self.language, "both"):
            errors["pdf"] = _("This document is in a different language from the guide.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        """A chapter's address is made at its first publication, and stays when its title changes or the chapter goes."""
        self.reading_minutes = reading_minutes(self.lead, self.body, self.chapters)
        self.chapter_minutes = minutes_of(self.chapters)
        if self.live and kwargs.get("update_fields") is None:
            current = self.current_addresses()
            gone = {chapter: address for chapter, address in self.chapter_addresses.items() if address not in current.values()}
            self.chapter_addresses = {**gone, **current}
        return super().save(*args, **kwargs)

    def with_content_json(self, content):
        """Addresses belong to the guide, not to one version of it."""
        version = super().with_content_json(content)
        version.chapter_addresses = self.chapter_addresses
        return version

    @property
    def time_needed(self) -> str:
        return ngettext("%(count)s minute’s reading", "%(count)s minutes’ reading", self.reading_minutes) % {
            "count": self.reading_minutes
        }

    def current_addresses(self) -> dict[str, str]:
        return addresses(titles_of(self.chapters), self.chapter_addresses)

    def parts_below(self) -> dict[str, str]:
        return {chapter: f"{address}/" for chapter, address in self.current_addresses().items()}

    def chapter_places(self, request: HttpRequest) -> list[ChapterPlace]:
        """The chapters in order, each with its own address."""
        own, above = self.current_addresses(), self.get_url(request) or ""
        return [
            ChapterPlace(
                id=chapter,
                number=number,
                title=value.get("title", ""),
                summary=value.get("summary") or "",
                address=own[chapter],
                url=f"{above}{own[chapter]}/",
                minutes=self.chapter_minutes.get(chapter, 1),
            )
            for number, (chapter, value) in enumerate(outline(self.chapters).items(), start=1)
        ]

    # What is shown where

    shown_chapter = ""

    def route(self, request: HttpRequest, path_components: list[str]):
        """A chapter lies directly under the guide. One that is gone leads to the guide."""
        if self.live and len(path_components) == 1:
            address = path_components[0]
            chapter = next((chapter for chapter, own in self.current_addresses().items() if own == address), None)
            if chapter or address in self.chapter_addresses.values():
                return RouteResult(self, kwargs={"chapter": chapter})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, chapter: str | None = "") -> HttpResponse:
        if chapter is None:
            return HttpResponseRedirect(self.get_url(request))
        self.shown_chapter = chapter
        return super().serve(request)

    def serve_preview(self, request: HttpRequest, mode_name: str):
        request.whole_guide = mode_name in ("whole", "print")
        return super().serve_preview(request, mode_name)

    def get_template(self, request: HttpRequest, *args, **kwargs) -> str:
        if self.shown_chapter:
            return "knowledge/guide_chapter.html"
        return "knowledge/guide_whole.html" if self.shown_whole(request) else "knowledge/guide_page.html"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return self.get_template(request)

    @cached_property
    def shown_chapters(self) -> blocks.StreamValue:
        """The chapters that this request shows whole."""
        return part_of(self.chapters, self.shown_chapter) if self.shown_chapter else self.chapters

    def shown_bodies(self, request: HttpRequest) -> list[blocks.StreamValue]:
        if self.shown_chapter:
            return [self.shown_chapters]
        return [self.body, self.shown_chapters] if self.shown_whole(request) else [self.body]

    def pages_in_rows(self) -> list[int]:
        return [key for key in (self.source_project_id, *self.predecessors()) if key]

    def documents_in_rows(self) -> list[int]:
        return [self.pdf_id] if self.pdf_id and not self.shown_chapter else []

    def shown_whole(self, request: HttpRequest) -> bool:
        return getattr(request, "whole_guide", request.GET.get("view") == "all")

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["chapters"] = chapters = self.chapter_places(request)
        context["authors"] = authors = self.public_authors(request)
        context["source_project"] = next(iter(self.named_here([self.source_project_id])), None)
        context["replaces"] = [] if self.shown_chapter or self.shown_whole(request) else self.named_here(self.predecessors())
        context["pdf"] = self.chosen_documents.get(self.pdf_id)
        context["credited"] = ", ".join(author["name"] for author in authors)
        place = next((n for n, chapter in enumerate(chapters) if chapter.id == self.shown_chapter), None)
        if place is not None:
            context["chapter"], context["content"] = chapters[place], self.shown_chapters[0].value["content"]
            context["before"], context["after"] = chapters[:place], chapters[place + 1 :]
        elif self.shown_whole(request):
            context["parts"] = [(place, part.value["content"]) for place, part in zip(chapters, self.shown_chapters, strict=True)]
        return context

    def markdown(self, context: Mapping[str, Any]) -> str:
        """A chapter alone, or the whole guide."""
        if chapter := context.get("chapter"):
            text = markdown.paragraphs(markdown.plain(chapter.summary), markdown.from_stream(context["content"], context))
            return markdown.document(chapter.title, gettext("Part of “%(guide)s”") % {"guide": self.title}, text)
        return super().markdown(context)

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        return [
            (gettext("Kind of guide"), capfirst(self.get_kind_of_guide_display())),
            (gettext("Status"), self.get_status_display() if self.status != "published" else ""),
            (gettext("Version"), self.version),
        ]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        return guide_in_schema(self, context)

    def public_translations(self) -> Iterable["GuidePage"]:
        """With their chapters, if one of them is shown."""
        if self.shown_chapter:
            self.known_translations = None
        return super().public_translations()

    def path_below(self, translation: "GuidePage", request: HttpRequest) -> str | None:
        return translation.parts_below().get(self.shown_chapter) if self.shown_chapter else ""

    def successor(self) -> KnowledgePage | None:
        """The public page that takes this guide's place, in this guide's language if it is there."""
        if self.status != "superseded" or not self.replaced_by_id:
            return None
        versions = self.replaced_by.get_translations(inclusive=True).live().public().specific()
        return min(versions, key=lambda page: page.locale_id != self.locale_id, default=None)

    def predecessors(self) -> list[int]:
        """Keys of the guides in this language whose place this one has taken."""
        return frame.current().remember("superseded guides", superseded).get((self.translation_key, self.locale_id), [])

    def public_authors(self, request: HttpRequest) -> list[dict]:
        """Who wrote the guide, of those that the portal shows."""
        rows = self.authors.select_related("person", "organisation")
        return [
            {
                "name": row.who.title,
                "url": row.who.get_url(request),
                "role": row.get_role_display(),
                "is_fictive": getattr(row.who, "is_fictive", False),
                "is_person": row.person_id is not None,
            }
            for row in rows
            if row.who.is_public
        ]


def superseded() -> dict[tuple[UUID, int], list[int]]:
    """By translation key and language the guides that a page has taken the place of, by title."""
    found: dict[tuple[UUID, int], list[int]] = {}
    guides = GuidePage.objects.filter(status="superseded").exclude(replaced_by=None).order_by("title", "pk")
    for taken_by, locale, guide in guides.values_list("replaced_by__translation_key", "locale", "pk"):
        found.setdefault((taken_by, locale), []).append(guide)
    return found


class GuideAuthor(Orderable):
    """Who wrote what: a person or an organisation, with a role of the CRediT list."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(
        "directory.Person", verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="guides_written"
    )
    organisation = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="guides_written",
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        default="writing",
        choices=[
            ("writing", _("text")),
            ("method", _("method")),
            ("review", _("review and editing")),
            ("data", _("facts and figures")),
            ("lead", _("project lead")),
        ],
    )

    panels = [FieldRowPanel(["person", "organisation", "role"])]
    api_fields = [APIField("person"), APIField("organisation"), APIField("role")]

    def __str__(self):
        return f"{self.who}, {self.get_role_display()}"

    @property
    def who(self):
        return self.person or self.organisation

    def clean(self):
        super().clean()
        if bool(self.person_id) == bool(self.organisation_id):
            raise ValidationError({"person": _("Choose a person or an organisation, one of the two.")})
