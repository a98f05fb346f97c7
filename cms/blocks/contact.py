"""Where the reader goes on: links, people, other pages."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from cms.blocks.groups import CONTACT
from cms.blocks.samples import one, some, spoken


class LinkTarget(blocks.StructBlock):
    """A link leads to exactly one place: a page, a document or another site."""

    targets = ("page", "document", "url")

    def clean(self, value):
        cleaned = super().clean(value)
        present = [name for name in self.targets if name in self.child_blocks]
        chosen = len([name for name in present if cleaned.get(name)])
        if chosen > 1 or not (chosen or self.is_deferred_validation):
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
        preview_value = spoken(
            {"heading": _("Read more about partnerships"), "text": _("The whole handbook."), "url": "https://example.org/"}
        )


class Contact(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=100, required=False)
    steward = SnippetChooserBlock("vocabulary.Steward", label=_("Role"), required=False)
    person = SnippetChooserBlock(
        "directory.Person", label=_("Person"), required=False, help_text=_("A role lasts longer than a person.")
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if not (cleaned.get("steward") or cleaned.get("person") or self.is_deferred_validation):
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
        description = _("The one thing that you want the reader to do. At most one per page.")
        template = "blocks/call_to_action.html"
        preview_value = spoken({"text": _("Ask a question"), "url": "https://example.org/"})


class Cards(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=150, required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1, max_num=8)

    class Meta:
        label, icon, group = _("Cards"), "pick", CONTACT
        description = _("Up to eight pages to go on to, method cards for instance.")
        template = "blocks/cards.html"
        preview_value = staticmethod(
            lambda: {
                "heading": gettext("Read on"),
                "pages": list(apps.get_model("wagtailcore.Page").objects.live().public().filter(depth__gt=3)[:2]),
            }
        )


class Downloads(blocks.StructBlock):
    documents = blocks.ListBlock(DocumentChooserBlock(label=_("Document")), label=_("Documents"), min_num=1)

    class Meta:
        label, icon, group = _("Downloads"), "download", CONTACT
        description = _("Files to download, each with its type, size and language, and whether everybody can read it.")
        template = "blocks/downloads.html"
        preview_value = staticmethod(lambda: {"documents": some("cms.PortalDocument", 2)})
