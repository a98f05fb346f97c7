from django.utils.translation import gettext_lazy as _

from cms.facets import ChoiceFacet, RowFacet
from cms.kinds import Kind, Order
from cms.plugins import PortalPlugin
from directory.facets import OrganisationFacet

TOPIC = RowFacet("topic", _("Topic"), "topic_links__topic")


class DirectoryConfig(PortalPlugin):
    name = "directory"
    verbose_name = _("Directory")
    kinds = (
        Kind(
            name="organisation",
            model="directory.Organisation",
            label=_("Organisations"),
            label_one=_("Organisation"),
            facets=(
                RowFacet("sector", _("Sector"), "sector", rank="sort_order"),
                RowFacet("area", _("Area of operation"), "area_links__area", rank="sort_order"),
                ChoiceFacet("region", _("County"), "region"),
                TOPIC,
            ),
            orders=(Order("name", _("Name"), ("shown_name",), by_name=True),),
            date="confirmed_on",
            summary="description",
            image="shown_logo",
            schema_org="Organization",
            on_front_page=0,
            icon="group",
            related=("sector",),
        ),
        Kind(
            name="person",
            model="directory.Person",
            label=_("People"),
            label_one=_("Person"),
            facets=(
                TOPIC,
                OrganisationFacet("organisation", _("Organisation"), "affiliations__organisation"),
                ChoiceFacet("language", _("Language"), "languages__language"),
            ),
            orders=(Order("name", _("Name"), ("sort_name",), by_name=True),),
            date="confirmed_on",
            summary="summary",
            image="picture",
            schema_org="Person",
            on_front_page=0,
            icon="user",
        ),
    )
