from django.contrib import messages
from django.template import Context
from django.utils.translation import gettext_lazy as _
from laces.components import Component
from wagtail import hooks
from wagtail.admin.panels import FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms import frame
from cms.checks import Finding
from cms.models import BasePage
from cms.sorting import collated
from knowledge.models import EventPage, GlossaryTerm, MethodPage
from knowledge.models.collections import Position, positions_of
from knowledge.models.events import over_but_planned
from knowledge.models.page_terms import link_terms, read_next
from knowledge.models.terms import terms_by_organisation

hooks.register("prepare_bodies", link_terms)


@hooks.register("register_rows_beside_pages")
def terms_of_a_page() -> list[str]:
    return ["page_terms"]


@hooks.register("register_jobs")
def follow_the_glossary() -> list[tuple]:
    return [("follow the glossary", 10, read_next)]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_about_minutes(request, page) -> None:
    """Said once after a save by hand; the editor's own saving in the background stays quiet."""
    in_background = "application/json" in request.headers.get("Accept", "")
    if isinstance(page, MethodPage) and not in_background and (warning := page.warning()):
        messages.warning(request, warning)


@hooks.register("register_content_checks")
def event_that_is_over(page) -> list[Finding]:
    return list(over_but_planned(page)) if isinstance(page, EventPage) else []


class ToolboxWay(Component):
    """The way through the toolboxes that a page is in."""

    template_name = "knowledge/toolbox_way.html"

    def __init__(self, positions: list[Position]):
        self.positions = positions

    def get_context_data(self, parent_context: Context) -> dict:
        return {"positions": self.positions}


@hooks.register("register_slot_components")
def way_through_toolboxes(name: str, context: Context) -> list[Component]:
    page = context.get("page") if name == "main_end" else None
    positions = positions_of(page, page.language) if isinstance(page, BasePage) else []
    return [ToolboxWay(positions)] if positions else []


class DefinedTerms(Component):
    """The terms that an organisation explains in words of its own."""

    template_name = "knowledge/defined_terms.html"

    def __init__(self, terms: list[GlossaryTerm]):
        self.terms = terms

    def get_context_data(self, parent_context: Context) -> dict:
        named = [{"name": term.term, "lang": term.lang, "url": term.get_url(parent_context["request"])} for term in self.terms]
        return {"terms": [term for term in named if term["url"]], "LANGUAGE_CODE": parent_context["LANGUAGE_CODE"]}


@hooks.register("register_slot_components")
def terms_of_an_organisation(name: str, context: Context) -> list[Component]:
    if name != "organisation_end":
        return []
    terms = frame.current().remember("defined terms", terms_by_organisation).get(context["organisation"].pk)
    return [DefinedTerms(terms)] if terms else []


@register_snippet
class TermViewSet(SnippetViewSet):
    """The glossary in the admin: both languages side by side, and what others say in a tab of its own."""

    model, icon = GlossaryTerm, "book-open"
    menu_label, menu_order, add_to_admin_menu = _("Glossary"), 260, True
    list_display = ["term_sv", Column("term_en", label=_("Term in English"), sort_key="term_en"), "acronym", "changed_at"]
    search_fields = ["term_sv", "term_en", "acronym", "forbidden_sv", "forbidden_en"]
    search_backend_name = None  # part of a word is enough to find it
    ordering = [collated("term_sv", "sv")]
    copy_view_enabled = False
    inspect_view_enabled = True  # for translators, who change nothing here
    inspect_view_fields = [
        *("term_sv", "term_en", "acronym", "short_definition_sv", "short_definition_en"),
        *("forbidden_sv", "forbidden_en", "note_for_translators"),
    ]
    list_per_page = chooser_per_page = 50

    content = [
        MultiFieldPanel([FieldRowPanel(["term_sv", "term_en"]), "acronym"], heading=_("Term")),
        FieldRowPanel(["short_definition_sv", "short_definition_en"], heading=_("Short definition")),
        FieldRowPanel(["forbidden_sv", "forbidden_en"], heading=_("Words to avoid")),
        "note_for_translators",
        InlinePanel("topic_links", label=_("Topic"), heading=_("Topics"), max_num=8),
    ]
    sources = [InlinePanel("definitions", label=_("Definition"), heading=_("Definitions with their sources"))]
    edit_handler = TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(sources, heading=_("Sources")),
            ObjectList([FieldRowPanel(["slug_sv", "slug_en"])], heading=_("Addresses")),
        ]
    )
