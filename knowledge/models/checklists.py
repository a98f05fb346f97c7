"""Checklists: what must be done and what helps, to tick off on paper or on the screen."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.search import index

from cms import markdown
from cms.blocks import PLAIN, RICH
from cms.fields import StreamField
from cms.kinds import Kind
from cms.structured import list_items

from .pages import AREA, AUDIENCE, BY_TITLE, NEWEST, TOPIC, TOPIC_NEEDED, KnowledgePage

KIND = Kind(
    name="checklist",
    model="knowledge.ChecklistPage",
    label=_("Checklists"),
    label_one=_("Checklist"),
    mention=_("Used in the checklist"),
    facets=(AREA, TOPIC, AUDIENCE),
    orders=(BY_TITLE, NEWEST),
    schema_org="ItemList",
    item_template="knowledge/checklist_row.html",
    on_front_page=0,
    entrance=False,
    icon="tasks",
)
MUST, TIP = "must", "tip"


class Item(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What to tick off"), max_length=150)
    kind = blocks.ChoiceBlock(label=_("Kind"), choices=[(MUST, _("Must")), (TIP, _("Tip"))], default=MUST)
    help = blocks.RichTextBlock(label=_("Help"), features=PLAIN, required=False)
    page = blocks.PageChooserBlock(label=_("Page to read"), required=False)
    due_offset_days = blocks.IntegerBlock(
        label=_("Days from the day in question"),
        min_value=-730,
        max_value=730,
        required=False,
        help_text=_("With a minus before it, 0 on the day itself, without a minus after it."),
    )

    class Meta:
        label, icon = _("Item"), "check"
        form_layout = ["text", "kind", "help", "page", "due_offset_days"]


class Section(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Heading"), max_length=100)
    intro = blocks.TextBlock(label=_("Introduction"), max_length=400, required=False)
    items = blocks.ListBlock(Item(), label=_("Items"), min_num=1)

    class Meta:
        label, icon = _("Section"), "tasks"
        label_format = "{title}"


class SectionsBlock(blocks.StreamBlock):
    section = Section()

    def in_markdown(self, value, context) -> str:
        return markdown.paragraphs(*(self.section_in_markdown(section.value) for section in value))

    @staticmethod
    def section_in_markdown(section: blocks.StructValue) -> str:
        """A must has a box to tick, a tip has none."""
        lines = []
        for item in section["items"]:
            mark = "[ ]" if item["kind"] == MUST else gettext("Tip:")
            help_text = markdown.from_html(str(item["help"]))
            lines.append(markdown.listed(markdown.paragraphs(f"{mark} {markdown.plain(item['text'])}", help_text)))
        return markdown.section(section["title"], markdown.paragraphs(markdown.plain(section["intro"]), "\n".join(lines)))


class ChecklistPage(KnowledgePage):
    """What to remember, in short lines that can be ticked off."""

    sections = StreamField(
        SectionsBlock,
        verbose_name=_("sections"),
        help_text=_("A must has a box to tick. A tip has none: it helps, but nobody has to follow it."),
    )
    ordered = models.BooleanField(
        _("in order"), default=False, help_text=_("Numbers the items. Only if one must be done before the next.")
    )
    outcome = RichTextField(_("when all is done"), blank=True, features=RICH)

    content_panels = [*KnowledgePage.content_panels, "sections", "ordered", "outcome"]
    search_fields = [*KnowledgePage.search_fields, index.SearchField("sections"), index.SearchField("outcome")]
    api_fields = [*KnowledgePage.api_fields, *map(APIField, ["sections", "ordered", "outcome"])]

    shown_with = ()
    unnamed_texts = ("sections",)
    needed_rows = TOPIC_NEEDED
    page_description = _("Short lines to tick off before, during or after something. To explain how, write a guide.")

    class Meta:
        verbose_name, verbose_name_plural = _("checklist"), _("checklists")

    @cached_property
    def kinds_of_items(self) -> list[str]:
        """As they are stored: a list of checklists fetches no page that an item leads to."""
        return [item["value"]["kind"] for section in self.sections.raw_data for item in section["value"]["items"]]

    @property
    def count(self) -> str:
        """12 steps, 8 of them musts."""
        total, musts = len(self.kinds_of_items), self.kinds_of_items.count(MUST)
        steps = npgettext("checklist", "%(count)s step", "%(count)s steps", total) % {"count": total}
        if musts == total:
            return gettext("%(steps)s, all of them musts") % {"steps": steps} if total > 1 else steps
        if not musts:
            return gettext("%(steps)s, all of them tips") % {"steps": steps} if total > 1 else steps
        return ngettext("%(steps)s, %(count)s of them a must", "%(steps)s, %(count)s of them musts", musts) % {
            "steps": steps,
            "count": musts,
        }

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        texts = [item["text"] for section in self.sections for item in section.value["items"]]
        order = "ItemListOrderAscending" if self.ordered else "ItemListUnordered"
        return {
            "numberOfItems": len(texts),
            "itemListOrder": f"https://schema.org/{order}",
            "itemListElement": list_items((text, "") for text in texts),
        }

    def numbered_sections(self) -> list[tuple[blocks.StructValue, list[tuple[int, str, blocks.StructValue]]]]:
        """Each section with its items: each has its number in the whole list, and an id that is the same in both languages."""
        found, number = [], 0
        for section in self.sections:
            items = []
            for item in section.value["items"].bound_blocks:
                number += 1
                items.append((number, (item.id or str(number))[:8], item.value))
            found.append((section.value, items))
        return found
