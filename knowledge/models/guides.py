"""Guides: read chapter by chapter, each with its own address, or as one page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Orderable
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.fields import StreamField
from cms.models import BasePage
from cms.vocabulary.models import Licence


class Chapter(blocks.StructBlock):
    """A chapter holds the blocks of any body, plugins' own included; so it is built when all hooks are loaded."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    summary = blocks.TextBlock(label=_("In one sentence"), required=False, max_length=250)

    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, ("content", BodyBlock(label=_("Content")))], **kwargs)

    class Meta:
        label, icon = _("Chapter"), "doc-full"
        description = _("A part of the guide with an address of its own.")


class ChaptersBlock(blocks.StreamBlock):
    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, ("chapter", Chapter())], **kwargs)


class GuidePage(RoutablePageMixin, BasePage):
    """A guide walks the reader through something, chapter by chapter."""

    kind_of_guide = models.CharField(
        _("kind of guide"),
        max_length=12,
        default="guide",
        choices=[("guide", _("guide")), ("handbook", _("handbook")), ("guidance", _("guidance")), ("step-by-step", _("step by step"))],
    )
    body = StreamField(BodyBlock, verbose_name=_("before the chapters"), blank=True)
    chapters = StreamField(ChaptersBlock, verbose_name=_("chapters"), blank=True)
    version = models.CharField(_("version"), max_length=20, blank=True)
    licence = models.ForeignKey(Licence, verbose_name=_("licence"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        _("status"),
        max_length=12,
        default="published",
        choices=[("development", _("in development")), ("published", _("published")), ("superseded", _("superseded"))],
    )
    replaced_by = models.ForeignKey("wagtailcore.Page", verbose_name=_("replaced by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reading_minutes = models.PositiveSmallIntegerField(_("reading time in minutes"), default=0, editable=False)

    content_panels = [
        *BasePage.content_panels,
        "chapters",
        "body",
        MultiFieldPanel([FieldRowPanel(["kind_of_guide", "status"]), "replaced_by", FieldRowPanel(["version", "licence"])], heading=_("About the guide")),
        InlinePanel("authors", label=_("Author")),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("chapters"), index.FilterField("kind_of_guide")]
    api_fields = [
        *BasePage.api_fields,
        APIField("kind_of_guide"),
        APIField("body"),
        APIField("chapters"),
        APIField("version"),
        APIField("licence"),
        APIField("status"),
        APIField("reading_minutes"),
    ]

    parent_page_types = ["home.IndexPage"]
    page_description = _("Explains how to do something, in chapters. Do not use it for a single method: that is a method card.")

    class Meta:
        verbose_name, verbose_name_plural = _("guide"), _("guides")


class GuideAuthor(Orderable):
    """Who wrote what: a person or an organisation, with a role of the CRediT list."""

    guide = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey("directory.Person", verbose_name=_("person"), null=True, blank=True, on_delete=models.CASCADE, related_name="guides_written")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), null=True, blank=True, on_delete=models.CASCADE, related_name="guides_written"
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        default="writing",
        choices=[("writing", _("text")), ("method", _("method")), ("review", _("review and editing")), ("data", _("facts and figures")), ("lead", _("project lead"))],
    )

    panels = [FieldRowPanel(["person", "organisation", "role"])]
