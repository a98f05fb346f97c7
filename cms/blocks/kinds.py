"""Blocks that list what there is of a kind: the news, the coming events, whatever a plugin brings."""

from django.apps import apps
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.groups import CONTACT
from cms.kinds import Kind, has_path, kind_choices, kinds


class Newest(blocks.StructBlock):
    """What is newest of a kind, or comes soonest, asked for when the page is shown."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=150, required=False)
    kind = blocks.ChoiceBlock(label=_("What to list"), choices=kind_choices)
    count = blocks.IntegerBlock(label=_("How many at most"), min_value=1, max_value=12, default=3)
    area = SnippetChooserBlock("vocabulary.FocusArea", label=_("Only in an area of operation"), required=False)
    topic = SnippetChooserBlock("vocabulary.Topic", label=_("Only on a topic"), required=False)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["kind"] = kind = kinds().get(value.get("kind") or "")
        context["items"] = self.items(kind, value, (parent_context or {}).get("page")) if kind else []
        return context

    def items(self, kind: Kind, value, page) -> list:
        """Of what anybody may see in the language of the page, and of the chosen area and topic; never the page itself."""
        found = kind.public(getattr(page, "language", "") or get_language() or "")
        for name in ("area", "topic"):
            if value.get(name) and has_path(kind.cls, f"{name}_links"):
                links = apps.get_model("cms", f"{name}link").objects.filter(**{name: value[name].pk})
                found = found.filter(pk__in=links.values("page"))
        others = found.exclude(pk=page.pk) if getattr(page, "pk", None) else found
        return list(kind.for_list(kind.newest(others))[: value.get("count") or 3])

    class Meta:
        label, icon, group = _("Newest or coming"), "list-ul", CONTACT
        description = _("Lists news, coming events or guides automatically: the newest, or those that come soonest.")
        template = "blocks/newest.html"
        form_layout = ["heading", "kind", "count", "area", "topic"]
        preview_value = staticmethod(lambda: {"heading": gettext("Read on"), "kind": kind_choices()[0][0], "count": 2})
