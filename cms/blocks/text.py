"""Words: headings, text, quotations, definitions."""

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.groups import PLAIN, TEXT
from cms.blocks.samples import spoken


class Heading(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("h2", _("Heading")), ("h3", _("Subheading"))], default="h2")

    class Meta:
        label, icon, group = _("Heading"), "title", TEXT
        description = _("Divides a long text, so that the reader finds the right place.")
        template = "blocks/heading.html"
        preview_value = spoken({"text": _("Begin with the question"), "level": "h2"})
        form_layout = ["text", "level"]


class Summary(blocks.RichTextBlock):
    """The whole page in at most sixty words."""

    longest = 60

    def clean(self, value):
        value = super().clean(value)
        if value and not self.is_deferred_validation and len(strip_tags(value.source).split()) > self.longest:
            raise ValidationError(_("At most %(count)s words: this is the page in short.") % {"count": self.longest})
        return value

    class Meta:
        label, icon, group = _("In short"), "clipboard-list", TEXT
        description = _("The page in at most sixty words, for the reader in a hurry.")
        template = "blocks/summary.html"
        features = PLAIN
        preview_value = spoken(
            _("<p>A partnership is a promise between two managements. It lasts long and gives both something.</p>")
        )


class Definition(blocks.StructBlock):
    """What a word means here: as the glossary has it, or as it is written in this place."""

    glossary_term = SnippetChooserBlock(
        "knowledge.GlossaryTerm",
        label=_("Term of the glossary"),
        required=False,
        help_text=_("Shows the glossary’s own definition, unless you write another one below."),
    )
    term = blocks.CharBlock(label=_("Term"), max_length=100, required=False)
    definition = blocks.RichTextBlock(label=_("Definition"), features=PLAIN, required=False)
    source = blocks.CharBlock(label=_("Source"), max_length=200, required=False)
    source_url = blocks.URLBlock(label=_("Address of the source"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        missing = [name for name in ("term", "definition") if not (cleaned.get(name) or cleaned.get("glossary_term"))]
        if missing and not self.is_deferred_validation:
            message = ValidationError(_("Choose a term of the glossary, or write the term and its definition."))
            raise blocks.StructBlockValidationError(block_errors=dict.fromkeys(missing, message))
        return cleaned

    class Meta:
        label, icon, group = _("Definition"), "info-circle", TEXT
        description = _("What a word means here, with its source.")
        template = "blocks/definition.html"
        links_terms = False  # what it says about a word is not searched for words
        preview_value = spoken(
            {
                "term": _("Co-creation"),
                "definition": _("<p>To solve a task together, from beginning to end.</p>"),
                "source": "",
                "source_url": "",
            }
        )


class Quote(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quotation"), help_text=_("Without quotation marks: the page sets those of the language."))
    name = blocks.CharBlock(label=_("Who says it"), max_length=100)
    role = blocks.CharBlock(label=_("Role"), max_length=150, required=False)
    organisation = SnippetChooserBlock("directory.Organisation", label=_("Organisation"), required=False)
    portrait = ImageChooserBlock(label=_("Portrait"), required=False)
    example_person = blocks.BooleanBlock(
        label=_("Example person"), required=False, help_text=_("Marks that the person does not exist.")
    )

    class Meta:
        label, icon, group = _("Quotation"), "openquote", TEXT
        description = _("Somebody's own words. Ask before you quote.")
        template = "blocks/quote.html"
        preview_value = spoken(
            {
                "quote": _("That was when things began to happen."),
                "name": "Carl von Alm",
                "role": _("Collaboration coordinator"),
                "example_person": True,
            }
        )
