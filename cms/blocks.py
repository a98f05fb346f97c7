"""What an editor can put in the body of any page, and whatever plugins add to it.

As shallow as each block allows. Text is translated; pictures, choices and numbers are the same in both languages.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.plugins import call_hooks

TEXT, MEDIA, FACTS, CONTACT = _("Text"), _("Media"), _("Facts"), _("Contact and links")
RICH = ["bold", "italic", "link", "document-link", "ol", "ul"]
PLAIN = ["bold", "italic", "link"]


def some(model: str, count: int) -> list:
    """The first rows of a model, for the preview of a block that shows what the site has."""
    return list(apps.get_model(model).objects.order_by("pk")[:count])


def one(model: str):
    return next(iter(some(model, 1)), None)


class Heading(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("h2", _("Heading")), ("h3", _("Subheading"))], default="h2")

    class Meta:
        label, icon, group = _("Heading"), "title", TEXT
        description = _("Divides a long text, so that the reader finds the right place.")
        template = "blocks/heading.html"
        preview_value = {"text": "Börja med frågan", "level": "h2"}
        form_layout = ["text", "level"]


class Summary(blocks.RichTextBlock):
    """The whole page in at most sixty words."""

    longest = 60

    def clean(self, value):
        value = super().clean(value)
        if value and len(strip_tags(value.source).split()) > self.longest:
            raise ValidationError(_("At most %(count)s words: this is the page in short.") % {"count": self.longest})
        return value

    class Meta:
        label, icon, group = _("In short"), "clipboard-list", TEXT
        description = _("The page in at most sixty words, for the reader in a hurry.")
        template = "blocks/summary.html"
        features = PLAIN
        preview_value = "<p>Ett partnerskap är ett löfte mellan två ledningar. Det varar länge och ger båda något.</p>"


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
        if missing:
            message = ValidationError(_("Choose a term of the glossary, or write the term and its definition."))
            raise blocks.StructBlockValidationError(block_errors=dict.fromkeys(missing, message))
        return cleaned

    class Meta:
        label, icon, group = _("Definition"), "info-circle", TEXT
        description = _("What a word means here, with its source.")
        template = "blocks/definition.html"
        links_terms = False  # what it says about a word is not searched for words
        preview_value = {
            "term": "Samskapande",
            "definition": "<p>Att lösa en uppgift ihop, från början till slut.</p>",
            "source": "",
            "source_url": "",
        }


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
        preview_value = {
            "quote": "Då började det hända saker.",
            "name": "Carl von Alm",
            "role": "Samverkanssamordnare",
            "example_person": True,
        }


class FactBoxBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150)
    text = blocks.RichTextBlock(label=_("Text"), features=RICH)
    tone = blocks.ChoiceBlock(
        label=_("Tone"), choices=[("info", _("Information")), ("tips", _("Tip")), ("warning", _("Warning"))], default="info"
    )

    class Meta:
        label, icon, group = _("Fact box"), "info-circle", FACTS
        description = _("Something to know beside the text: a fact, a tip or a warning.")
        template = "blocks/factbox.html"
        preview_value = {"heading": "Bra att veta", "text": "<p>Anteckningar blir ofta allmänna handlingar.</p>", "tone": "info"}


class SharedFactBox(SnippetChooserBlock):
    def __init__(self, **kwargs):
        super().__init__("vocabulary.FactBox", **kwargs)

    class Meta:
        label, icon, group = _("Shared fact box"), "copy", FACTS
        description = _("A fact box that several pages show. Change it once, and it is changed everywhere.")
        template = "blocks/shared_factbox.html"
        preview_value = staticmethod(lambda: one("vocabulary.FactBox"))


class LinkTarget(blocks.StructBlock):
    """A link leads to exactly one place: a page, a document or another site."""

    targets = ("page", "document", "url")

    def clean(self, value):
        cleaned = super().clean(value)
        present = [name for name in self.targets if name in self.child_blocks]
        if len([name for name in present if cleaned.get(name)]) != 1:
            message = ValidationError(_("Choose one thing to link to."))
            raise blocks.StructBlockValidationError(block_errors={present[0]: message})
        return cleaned


class LinkBox(LinkTarget):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150)
    text = blocks.TextBlock(label=_("Text"), required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address on another site"), required=False)
    document = DocumentChooserBlock(label=_("Document"), required=False)
    source = blocks.CharBlock(
        label=_("Where the link leads"), max_length=100, required=False, help_text=_("For instance the name of the other site.")
    )

    class Meta:
        label, icon, group = _("Link box"), "link", CONTACT
        description = _("Leads on to a page, a document or another site, and says why.")
        template = "blocks/link_box.html"
        preview_value = {"heading": "Läs mer om partnerskap", "text": "Handboken i sin helhet.", "url": "https://example.org/"}


class Picture(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)
    alt = blocks.CharBlock(
        label=_("Alternative text here"),
        max_length=250,
        required=False,
        help_text=_("Only if the picture means something else here than its own text says."),
    )
    size = blocks.ChoiceBlock(
        label=_("Size"), choices=[("normal", _("As wide as the text")), ("wide", _("Wide"))], default="normal"
    )

    class Meta:
        label, icon, group = _("Picture"), "image", MEDIA
        description = _("A picture with its caption and credit.")
        template = "blocks/image.html"
        preview_value = staticmethod(
            lambda: {"image": one("cms.PortalImage"), "caption": "Där land möter hav.", "alt": "", "size": "normal"}
        )


class GalleryItem(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=250, required=False)

    class Meta:
        label, icon = _("Picture"), "image"


class Gallery(blocks.StructBlock):
    images = blocks.ListBlock(GalleryItem(), label=_("Pictures"), min_num=2, max_num=24)

    class Meta:
        label, icon, group = _("Picture gallery"), "image", MEDIA
        description = _("Two to twenty-four pictures that belong together.")
        template = "blocks/gallery.html"
        preview_value = staticmethod(lambda: {"images": [{"image": image, "caption": ""} for image in some("cms.PortalImage", 2)]})


class Step(blocks.StructBlock):
    title = blocks.CharBlock(label=_("What to do"), max_length=100)
    text = blocks.RichTextBlock(label=_("How"), features=RICH, required=False)
    minutes = blocks.IntegerBlock(label=_("Minutes"), min_value=0, max_value=10_000, required=False)

    class Meta:
        label, icon = _("Step"), "list-ol"
        form_layout = ["title", "minutes", "text"]


class StepWithMaterials(Step):
    materials = blocks.CharBlock(label=_("Bring"), max_length=200, required=False)

    class Meta:
        form_layout = ["title", "minutes", "text", "materials"]


class Steps(blocks.StructBlock):
    steps = blocks.ListBlock(StepWithMaterials(), label=_("Steps"), min_num=1)

    class Meta:
        label, icon, group = _("Steps"), "list-ol", FACTS
        description = _("What to do, in order, with minutes if they matter.")
        template = "blocks/steps.html"
        preview_value = {"steps": [{"title": "Välkommen", "text": "<p>Alla säger sitt namn.</p>", "minutes": 5, "materials": ""}]}


class Contact(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    steward = SnippetChooserBlock("vocabulary.Steward", label=_("Role"), required=False)
    person = SnippetChooserBlock(
        "directory.Person", label=_("Person"), required=False, help_text=_("A role lasts longer than a person.")
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned.get("steward") and not cleaned.get("person"):
            raise blocks.StructBlockValidationError(block_errors={"steward": ValidationError(_("Choose a role or a person."))})
        return cleaned

    class Meta:
        label, icon, group = _("Contact"), "mail", CONTACT
        description = _("Who answers questions about this.")
        template = "blocks/contact.html"
        preview_value = staticmethod(lambda: {"heading": "", "steward": one("vocabulary.Steward"), "person": None})


class CallToAction(LinkTarget):
    text = blocks.CharBlock(label=_("What the reader can do"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("Address on another site"), required=False)

    class Meta:
        label, icon, group = _("Call to action"), "arrow-right", CONTACT
        description = _("The one thing that you want the reader to do. At most one a page.")
        template = "blocks/call_to_action.html"
        preview_value = {"text": "Ställ en fråga", "url": "https://example.org/"}


class Cards(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=8)

    class Meta:
        label, icon, group = _("Cards"), "pick", CONTACT
        description = _("Up to eight pages to go on to, method cards for instance.")
        template = "blocks/cards.html"
        preview_value = staticmethod(
            lambda: {
                "heading": "Läs vidare",
                "pages": list(apps.get_model("wagtailcore.Page").objects.live().public().filter(depth__gt=3)[:2]),
            }
        )


class AccordionItem(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Question"), max_length=200)
    text = blocks.RichTextBlock(label=_("Answer"), features=RICH)

    class Meta:
        label, icon = _("Question and answer"), "help"


class Accordion(blocks.StructBlock):
    items = blocks.ListBlock(AccordionItem(), label=_("Questions and answers"), min_num=1)

    class Meta:
        label, icon, group = _("Questions and answers"), "help", FACTS
        description = _("Questions that fold out. For what some readers need, and most do not.")
        template = "blocks/accordion.html"
        preview_value = {"items": [{"heading": "Vad kostar det?", "text": "<p>Ingenting.</p>"}]}


class BodyBlock(blocks.StreamBlock):
    """The blocks of every body."""

    heading = Heading()
    paragraph = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        group=TEXT,
        features=RICH,
        template="blocks/paragraph.html",
        description=_("Running text with links and lists."),
        preview_value="<p>Skriv som du talar. <b>En tanke</b> i taget.</p>",
    )
    summary = Summary()
    definition = Definition()
    quote = Quote()
    factbox = FactBoxBlock()
    shared_factbox = SharedFactBox()
    link_box = LinkBox()
    image = Picture()
    gallery = Gallery()
    steps = Steps()
    contact = Contact()
    call_to_action = CallToAction()
    cards = Cards()
    accordion = Accordion()

    def __init__(self, local_blocks=(), **kwargs):
        super().__init__([*local_blocks, *call_hooks("register_body_blocks")], **kwargs)

    class Meta:
        template = "blocks/body.html"
