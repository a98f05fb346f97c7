"""What says nothing of its own: text for one language, and the way in to the areas of operation."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms import languages
from cms.blocks.facts import FactBoxBlock
from cms.blocks.groups import CONTACT, RICH, TEXT
from cms.blocks.text import Definition, Heading, Quote


class TextBlocks(blocks.StreamBlock):
    heading = Heading()
    paragraph = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=RICH, template="blocks/paragraph.html")
    definition = Definition()
    quote = Quote()
    factbox = FactBoxBlock()

    class Meta:
        template = "blocks/body.html"


class LanguageOnly(blocks.StructBlock):
    """Stands in both versions of a page, so that editors see that it is there, and is shown in one."""

    language = blocks.ChoiceBlock(label=_("Language"), choices=languages.CHOICES, default="sv")
    content = TextBlocks(label=_("Text"))

    def get_translatable_segments(self, value) -> list:
        return []

    def get_searchable_content(self, value) -> list:
        """Found in its own language alone: a page is read for the index in the language that it is in."""
        return super().get_searchable_content(value) if value["language"] == (get_language() or "")[:2] else []

    def render(self, value, context=None):
        return super().render(value, context) if value["language"] == (get_language() or "")[:2] else ""

    class Meta:
        label, icon, group = _("One language only"), "globe", TEXT
        description = _("Text that the other language’s readers do not need. It is not sent to translation.")
        template = "blocks/language_only.html"

    def get_preview_value(self):
        language = (get_language() or "sv")[:2]
        text = {"sv": "<p>Det här står bara på svenska.</p>"}.get(language, "<p>This is in the English version only.</p>")
        return self.normalize({"language": language, "content": [{"type": "paragraph", "value": text}]})


class AreaGrid(blocks.StaticBlock):
    class Meta:
        label, icon, group = _("Areas of operation"), "layers", CONTACT
        description = _("All areas of operation, each with its symbol and a link to its page.")
        admin_text = _("Shows all areas of operation. There is nothing to fill in.")
        template = "blocks/area_grid.html"
        preview_value = None
