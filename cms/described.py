"""What a page says of itself to those who do not look at it: readers of Markdown, search engines, programs."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Field
from django.utils.text import capfirst
from wagtail.blocks import BoundBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from cms import markdown
from cms.previews import PreviewedPage

FREE_TO_USE = ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/")  # as the foot of every page has it


class DescribedPage(PreviewedPage):
    """A kind says more than this by overriding ``facts``, ``markdown`` and ``structured_data``."""

    page_type = "WebPage"  # what the page is among pages, in schema.org's words
    unnamed_texts = ("body",)  # fields whose text needs no heading of its own

    class Meta:
        abstract = True

    @property
    def terms_of_use(self) -> tuple[str, str]:
        """The licence's name and its address."""
        licence = getattr(self, "licence", None)
        return (licence.name, licence.url) if licence else FREE_TO_USE

    @property
    def reviewer(self) -> dict[str, str] | None:
        """Who is shown to have reviewed the page, in schema.org's words: the role that answers for it, or a person who agreed."""
        if not self.reviewed_on or self.public_reviewer == "none":
            return None
        if self.public_reviewer == "role":
            return {"@type": "Organization", "name": self.steward.label} if self.steward else None
        name = self.reviewed_by.get_full_name() if self.reviewed_by else ""
        if self.public_reviewer == "initials":
            name = "".join(word[0] for word in name.split()).upper()
        return {"@type": "Person", "name": name} if name else None

    def facts(self, context: Mapping[str, Any]) -> list[tuple[Any, Any]]:
        """What stands beside the text, each with its name."""
        return []

    def markdown(self, context: Mapping[str, Any]) -> str:
        """The page as text: its texts in the order of its fields, each below its name. ``context`` is what its template gets."""
        fields = [field for field in self._meta.fields if isinstance(field, RichTextField | StreamField)]
        texts = [self.text_of(field, context) for field in fields]
        return markdown.document(self.heading, self.lead, markdown.facts(self.facts(context)), *texts)

    def text_of(self, field: Field, context: Mapping[str, Any]) -> str:
        value = getattr(self, field.name)
        if isinstance(field, StreamField):
            text = markdown.from_block(BoundBlock(value.stream_block, value), context)
        else:
            text = markdown.from_html(expand_db_html(value))
        return text if field.name in self.unnamed_texts else markdown.section(capfirst(field.verbose_name), text)

    def structured_data(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """What its kind knows in schema.org's words beside title, summary, picture and dates; None takes one of those away."""
        return {}
