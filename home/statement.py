"""The accessibility statement, with what the law asks for in fields of their own, so that nothing can be forgotten."""

import datetime
from collections.abc import Iterator

from django.db import models
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldRowPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.checks import Finding, Severity
from cms.fields import StreamField
from cms.models import BasePage, PortalSettings
from cms.review import PageForm

LEGAL = (
    "actor",
    "service_name",
    "compliance",
    "assessed_on",
    "method",
    "method_text",
    "feedback_mailbox",
    "authority_name",
    "authority_url",
)


class KnownIssue(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What it is about"), max_length=120)
    what = blocks.TextBlock(label=_("What does not work"))
    why = blocks.TextBlock(label=_("Why"))
    workaround = blocks.TextBlock(label=_("What to do instead"), required=False)
    wcag = blocks.CharBlock(label=_("Requirement"), max_length=60, required=False, help_text=_("For instance “WCAG 1.2.2”."))
    planned_fix = blocks.DateBlock(label=_("To be put right by"), required=False)

    class Meta:
        label, icon = _("Known fault"), "warning"


class ExceptedContent(blocks.StructBlock):
    what = blocks.TextBlock(label=_("Which content"))
    why = blocks.TextBlock(label=_("Why"))

    class Meta:
        label, icon = _("Content"), "doc-full"


class KnownIssues(blocks.StreamBlock):
    issue = KnownIssue()


class Excepted(blocks.StreamBlock):
    content = ExceptedContent()


class StatementForm(PageForm):
    """A draft may be unfinished. What is published may not: each empty field is named."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(LEGAL) & set(self.fields):
            self.fields[name].error_messages["required"] = refusal(name)


def refusal(name: str) -> str:
    label = capfirst(AccessibilityStatementPage._meta.get_field(name).verbose_name)
    return gettext("The statement cannot be published without “%(field)s”: the law asks for it.") % {"field": label}


class AccessibilityStatementPage(BasePage):
    """What the law on accessible digital public services asks every public authority to tell, in the order of its model."""

    actor = models.CharField(_("who answers for the site"), max_length=150)
    service_name = models.CharField(_("name of the site"), max_length=150)
    compliance = models.CharField(
        _("compliance with the law"),
        max_length=7,
        choices=[("full", _("complies fully")), ("partial", _("complies in part")), ("none", _("does not comply"))],
    )
    assessed_on = models.DateField(_("assessed on"), null=True)
    method = models.CharField(
        _("how it was assessed"), max_length=8, choices=[("self", _("by ourselves")), ("external", _("by an outside party"))]
    )
    method_text = models.TextField(_("about the assessment"), help_text=_("Which pages, with what, and what was not tried."))
    feedback_mailbox = models.EmailField(
        _("mailbox for accessibility"), help_text=_("Until there is a form. Several people should read it.")
    )
    authority_name = models.CharField(_("supervising authority"), max_length=150)
    authority_url = models.URLField(_("address for complaints to the authority"))
    issues = StreamField(
        KnownIssues, verbose_name=_("known faults"), blank=True, help_text=_("Required unless the site complies fully.")
    )
    disproportionate = StreamField(
        Excepted,
        verbose_name=_("disproportionate burden"),
        blank=True,
        help_text=_("Content that you exempt under section 12 of the Act, and your reasons."),
    )
    out_of_scope = StreamField(
        Excepted, verbose_name=_("outside the law"), blank=True, help_text=_("Content that section 9 of the Act exempts.")
    )
    body = StreamField(BodyBlock, verbose_name=_("more"), blank=True, help_text=_("Shown first, before the statement itself."))

    content_panels = [
        *BasePage.content_panels,
        "body",
        MultiFieldPanel([FieldRowPanel(["actor", "service_name"]), "compliance"], heading=_("The site")),
        MultiFieldPanel([FieldRowPanel(["assessed_on", "method"]), "method_text"], heading=_("The assessment")),
        MultiFieldPanel(["issues", "disproportionate", "out_of_scope"], heading=_("What falls short")),
        MultiFieldPanel(
            ["feedback_mailbox", FieldRowPanel(["authority_name", "authority_url"])],
            heading=_("Feedback and supervision"),
        ),
    ]
    search_fields = [
        *BasePage.search_fields,
        *map(index.SearchField, ["body", "actor", "method_text", "issues", "disproportionate", "out_of_scope"]),
    ]
    api_fields = [
        *BasePage.api_fields,
        *map(APIField, LEGAL),
        *map(APIField, ["standard", "response_days", "issues", "disproportionate", "out_of_scope", "body", "updated_on"]),
    ]

    shown_with = ()
    one_in_each_language = True
    base_form_class = StatementForm
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types: list = []
    page_description = _(
        "The accessibility statement that the law asks for. Do not use it for advice on accessibility: that is a page or a guide."
    )

    class Meta:
        verbose_name, verbose_name_plural = _("accessibility statement"), _("accessibility statements")

    def contradictions(self) -> Iterator[Finding]:
        """Whoever says that something falls short says what."""
        if self.compliance and self.compliance != "full" and not self.issues:
            yield Finding(
                "no-known-faults",
                Severity.HINDRANCE,
                what=refusal("issues"),
                why=_("Those who meet a barrier look here first."),
                how=_("Describe each known fault, or say that the site complies fully."),
                field="issues",
            )

    # What the whole site says of itself, and so it says here

    @property
    def settings(self) -> PortalSettings:
        return PortalSettings.for_site(self.get_site())

    @property
    def standard(self) -> str:
        return self.settings.accessibility_standard

    @property
    def response_days(self) -> int:
        return self.settings.response_days

    @property
    def updated_on(self) -> datetime.date:
        """The day of the last publication; of a draft in preview, today."""
        return timezone.localdate(self.last_published_at) if self.last_published_at else timezone.localdate()
