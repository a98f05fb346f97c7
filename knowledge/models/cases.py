"""Cases: what somebody tried, how, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks import RICH, BodyBlock
from cms.fields import StreamField
from cms.kinds import Kind
from directory.models.schema import of_rows
from directory.relations import public_organisations
from knowledge.schema import page_named

from .pages import AREA, AUDIENCE, BY_TITLE, NEWEST, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="case",
    model="knowledge.CasePage",
    label=_("Cases"),
    label_one=_("Case"),
    mention=_("Used in the case"),
    facets=(AREA, TOPIC, AUDIENCE),
    orders=(NEWEST, BY_TITLE),
    item_template="knowledge/case_row.html",
    on_front_page=0,
    entrance=False,
    icon="doc-full-inverse",
)


def year(label, **kwargs) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, null=True, blank=True, **kwargs)


class CasePage(KnowledgePage):
    """An example to learn from: what was hard, what was tried and what it led to."""

    challenge = RichTextField(_("challenge"), features=RICH, help_text=_("What was hard, and for whom?"))
    approach = RichTextField(_("approach"), features=RICH, help_text=_("What did you do, step by step?"))
    result = RichTextField(_("result"), features=RICH, help_text=_("What changed, and how do you know?"))
    lessons = RichTextField(
        _("lessons"), features=RICH, blank=True, help_text=_("What would you do again, and what would you do in another way?")
    )
    year_from = year(_("from the year"))
    year_to = year(_("to the year"), help_text=_("Leave empty while it is still going on."))
    is_invented = models.BooleanField(_("invented"), default=False, help_text=_("Says that the case is made up."))
    project = models.ForeignKey(
        "knowledge.ProjectPage",
        verbose_name=_("comes from the project"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="cases",
        help_text=_("Shown on both pages."),
    )
    body = StreamField(BodyBlock, verbose_name=_("more"), blank=True)

    content_panels = [
        *KnowledgePage.content_panels,
        "challenge",
        "approach",
        "result",
        "lessons",
        MultiFieldPanel([FieldRowPanel(["year_from", "year_to"]), "project", "is_invented"], heading=_("About the case")),
        InlinePanel("methods", label=_("Method card"), heading=_("Methods in the case"), classname="collapsed"),
        InlinePanel("organisations", label=_("Organisation"), heading=_("Organisations in the case"), classname="collapsed"),
        MultiFieldPanel(["body"], heading=_("More"), classname="collapsed"),
    ]
    search_fields = [
        *KnowledgePage.search_fields,
        *map(index.SearchField, ["challenge", "approach", "result", "lessons", "body"]),
    ]
    api_fields = [
        *KnowledgePage.api_fields,
        *map(APIField, ["challenge", "approach", "result", "lessons", "year_from", "year_to", "is_invented"]),
        *map(APIField, ["methods", "organisations", "project", "body"]),
    ]
    override_translatable_fields = [*KnowledgePage.override_translatable_fields, SynchronizedField("project")]

    needed_rows = TOPIC_NEEDED
    page_description = _("What somebody tried, and what came of it. Say what did not work, too; do not use it for promotion.")

    class Meta:
        verbose_name, verbose_name_plural = _("case"), _("cases")

    def clean(self):
        super().clean()
        if self.year_to and self.year_from and self.year_to < self.year_from:
            raise ValidationError({"year_to": _("The last year cannot come before the first.")})

    @property
    def period(self) -> str:
        """2024, 2022–2024, since 2022."""
        if self.year_from and not self.year_to:
            return gettext("since %(year)s") % {"year": self.year_from}
        return "–".join(dict.fromkeys(str(year) for year in (self.year_from, self.year_to) if year))

    @cached_property
    def method_keys(self) -> list[int]:
        return [row.method_id for row in self.methods.all()]

    def pages_in_rows(self) -> Iterable[int]:
        return [*self.method_keys, *([self.project_id] if self.project_id else [])]

    def shown_methods(self) -> list[Page]:
        """The methods of the case that its reader may see, in the editor's order."""
        shown = [self.chosen_pages.get(key) for key in self.method_keys]
        return list(dict.fromkeys(filter(None, shown)))

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        invented = gettext("This case is invented. It shows how it could be done.") if self.is_invented else ""
        return [(gettext("Note"), invented), (gettext("When"), capfirst(self.period))]

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        used = [page_named(page, context["request"]) for page in context["methods"]]
        years = [str(year) for year in (self.year_from, self.year_to or "..") if year]
        return {
            "temporalCoverage": "/".join(dict.fromkeys(years)) if self.year_from else None,
            "mentions": [*of_rows(context["organisations"]), *used],
            "genre": gettext("Invented case") if self.is_invented else None,
        }

    def get_context(self, request: HttpRequest, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["project"] = next(iter(self.named_here([self.project_id])), None)
        return {**context, "organisations": public_organisations(self.organisations, request), "methods": self.shown_methods()}


class CaseMethod(Orderable):
    """A method that was used; the case then shows on its card too."""

    case = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="methods")
    method = models.ForeignKey(
        "knowledge.MethodPage", verbose_name=_("method card"), on_delete=models.CASCADE, related_name="case_links"
    )

    panels = [PageChooserPanel("method")]
    api_fields = [APIField("method")]


class CaseOrganisation(Orderable):
    """An organisation in the case; the case then shows on the organisation's own page too."""

    case = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="organisations")
    organisation = models.ForeignKey(
        "directory.Organisation", verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="case_links"
    )
    role = models.CharField(
        _("role"),
        max_length=12,
        default="participated",
        choices=[("led", _("led the work")), ("participated", _("took part")), ("funded", _("paid for it"))],
    )

    panels = [FieldRowPanel(["organisation", "role"])]
    api_fields = [APIField("organisation"), APIField("role")]
