"""The directory in the admin: organisations and people, each in tabs that follow the work."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.sorting import collated

from .forms import PersonForm
from .models import Organisation, Partnership, Person


def shown(field: str) -> FieldRowPanel:
    """A person's field beside the choice of who sees it."""
    return FieldRowPanel([field, f"{field}_visibility"])


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    list_display = [
        "__str__",
        Column("sector", label=_("Sector"), sort_key="sector"),
        "city",
        "steward",
        "confirmed_on",
    ]
    list_filter = ["sector", "steward", "live"]
    search_fields = ["name_sv", "name_en", "short_name", "aliases", "city"]
    search_backend_name = None
    ordering = [collated("name_sv", "sv")]
    copy_view_enabled = False

    content = [
        MultiFieldPanel(
            [FieldRowPanel(["name_sv", "name_en"]), "sector", FieldRowPanel(["city", "municipality_code", "region"])],
            heading=_("Who it is"),
        ),
        FieldRowPanel(["description_sv", "description_en"], heading=_("Description")),
        FieldRowPanel(["what_we_offer_sv", "what_we_offer_en"], heading=_("Can contribute")),
        MultiFieldPanel(
            ["email_role", "phone", FieldRowPanel(["website_sv", "website_en"])],
            heading=_("How to reach it"),
        ),
    ]
    subjects = [
        InlinePanel("topic_links", label=_("Topic"), max_num=8),
        InlinePanel("area_links", label=_("Area of operation"), max_num=4),
        InlinePanel("goal_links", label=_("Global goal")),
    ]
    more = [
        MultiFieldPanel(["short_name", "aliases", "parent"], heading=_("Names and relations")),
        MultiFieldPanel(["logo", "logo_permission"], heading=_("Logo")),
        MultiFieldPanel(["ror_id", "org_number", "wikidata"], heading=_("Numbers in registers")),
    ]
    settings = [
        PublishingPanel(),
        MultiFieldPanel(["steward", "confirmed_on"], heading=_("Owner and confirmation")),
        MultiFieldPanel([FieldRowPanel(["slug_sv", "slug_en"]), "code"], heading=_("Addresses")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content, heading=_("Content")),
            ObjectList(subjects, heading=_("Subjects")),
            ObjectList(more, heading=_("More")),
            ObjectList(settings, heading=_("Settings")),
        ]
    )


class PartnershipViewSet(SnippetViewSet):
    model = Partnership
    icon = "link"
    menu_label = _("Partnerships")
    list_display = [
        Column("organisation", label=_("Organisation"), sort_key="organisation__name_sv"),
        Column("partner", label=_("With")),
        Column("get_level_display", label=_("Level"), sort_key="level"),
        Column("starts_on", label=_("From"), sort_key="starts_on"),
        Column("ends_on", label=_("Until"), sort_key="ends_on"),
        BooleanColumn("public", label=_("Shown to everybody"), sort_key="public"),
    ]
    list_filter = ["level", "public"]
    search_fields = [
        "organisation__name_sv",
        "organisation__name_en",
        "with_organisation__name_sv",
        "with_page__title",
        "agreement_ref",
    ]
    search_backend_name = None
    copy_view_enabled = False

    panels = [
        MultiFieldPanel(
            [
                "organisation",
                "level",
                "with_organisation",
                PageChooserPanel("with_page", ["knowledge.ProjectPage", "knowledge.NetworkPage"]),
            ],
            heading=_("Who, and with what"),
        ),
        FieldRowPanel(["starts_on", "ends_on"], heading=_("How long")),
        FieldRowPanel(["note_sv", "note_en"], heading=_("Note")),
        MultiFieldPanel(["agreement_ref", "public"], heading=_("Agreement and visibility")),
    ]

    def get_queryset(self, request):
        return Partnership.objects.select_related("organisation", "with_organisation", "with_page")


class PersonViewSet(SnippetViewSet):
    model = Person
    icon = "user"
    menu_label = _("People")
    list_display = [
        "__str__",
        Column("sort_name", label=_("Filed under"), sort_key="sort_name"),
        BooleanColumn("is_public", label=_("Shown today")),
        Column("visible_until", label=_("Shown until"), sort_key="visible_until"),
        Column("confirmed_on", label=_("Confirmed on"), sort_key="confirmed_on"),
    ]
    list_filter = ["legal_basis", "restricted", "is_fictive"]
    search_fields = ["given_name", "family_name", "title_sv", "title_en", "email"]
    search_backend_name = None
    ordering = [collated("sort_name", "sv")]
    copy_view_enabled = False

    person = [
        MultiFieldPanel([FieldRowPanel(["given_name", "family_name"]), "sort_name", "is_fictive"], heading=_("Name")),
        MultiFieldPanel([FieldRowPanel(["title_sv", "title_en"]), "title_visibility"], heading=_("Job title")),
        MultiFieldPanel(
            [FieldRowPanel(["can_help_with_sv", "can_help_with_en"]), "can_help_with_visibility"],
            heading=_("Can help with"),
        ),
        InlinePanel("affiliations", label=_("Role in an organisation")),
        InlinePanel("topic_links", label=_("Topic"), max_num=8),
        InlinePanel("languages", label=_("Language")),
    ]
    contact = [
        MultiFieldPanel([shown("email"), shown("phone"), shown("orcid")], heading=_("Email, telephone, ORCID")),
        MultiFieldPanel(
            [shown("photo"), FieldRowPanel(["photo_basis", "photo_consent_until"])],
            heading=_("Photo"),
        ),
        MultiFieldPanel([InlinePanel("links", label=_("Link")), "links_visibility"], heading=_("Links")),
    ]
    ground = [
        MultiFieldPanel(["legal_basis", "purpose", "data_source"], heading=_("Why we may show this")),
        MultiFieldPanel([FieldRowPanel(["visible_from", "visible_until"]), "confirmed_on"], heading=_("How long")),
        MultiFieldPanel(
            ["consent_reference", FieldRowPanel(["consent_at", "consent_withdrawn_at"])],
            heading=_("Consent"),
        ),
        MultiFieldPanel(["restricted", "objection_at", FieldPanel("noindex")], heading=_("Hide")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(person, heading=_("Person")),
            ObjectList(contact, heading=_("Contact and photo")),
            ObjectList(ground, heading=_("Legal ground and time")),
        ],
        base_form_class=PersonForm,
    )


@register_snippet
class DirectoryGroup(SnippetViewSetGroup):
    items = (OrganisationViewSet, PersonViewSet, PartnershipViewSet)
    menu_label = _("Directory")
    menu_icon = "group"
    menu_order = 250
