"""Organisations in a body, picked by hand or by what they have in common."""

from django.apps import apps
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.groups import CONTACT
from cms.blocks.samples import some
from cms.sorting import collated

MODEL = "directory.Organisation"


class OrganisationList(blocks.StructBlock):
    """By hand in the editor's order; or by query, by name. Only what everybody may see is listed."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=150, required=False)
    organisations = blocks.ListBlock(
        SnippetChooserBlock(MODEL, label=_("Organisation")),
        label=_("Organisations"),
        min_num=0,
        max_num=24,
        default=[],
        help_text=_("In the order given here. Leave empty to list those that have something in common."),
    )
    sector = SnippetChooserBlock("vocabulary.Sector", label=_("In the sector"), required=False)
    area = SnippetChooserBlock("vocabulary.FocusArea", label=_("In the area of operation"), required=False)
    topic = SnippetChooserBlock("vocabulary.Topic", label=_("That know about the topic"), required=False)
    most = blocks.IntegerBlock(label=_("At most"), min_value=1, max_value=48, default=12)
    look = blocks.ChoiceBlock(
        label=_("Look"), choices=[("names", _("Names and sectors")), ("described", _("With descriptions"))], default="names"
    )

    class Meta:
        label, icon, group = _("Organisations"), "group", CONTACT
        description = _("Organisations to work with: those that you pick, or those of a sector, an area or a topic.")
        template = "blocks/organisation_list.html"
        preview_value = staticmethod(
            lambda: {"heading": gettext("Part of the network"), "organisations": some(MODEL, 3), "most": 12, "look": "described"}
        )

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context=parent_context), "organisations": self.listed(value)}

    def listed(self, value) -> list:
        found = apps.get_model(MODEL).objects.public().select_related("sector")
        if chosen := [organisation.pk for organisation in value["organisations"] if organisation]:
            return sorted(found.filter(pk__in=chosen), key=lambda organisation: chosen.index(organisation.pk))
        paths = {"sector": "sector", "area": "area_links__area", "topic": "topic_links__topic"}
        narrowed = {path: value[name] for name, path in paths.items() if value.get(name)}
        return list(found.filter(**narrowed).order_by(collated("shown_name", get_language() or "sv"))[: value.get("most") or 12])
