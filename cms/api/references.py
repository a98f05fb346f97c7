"""What an answer names besides what was asked for: a picture, a page it links to, the page above.

An answer is first written with references in it. Then all of them are looked up at once, and what not everybody may see
becomes null, or no link.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from wagtail import blocks
from wagtail.api.rich_text import APIRichText, RichTextOutputFormat
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from cms.kinds import kind_of
from cms.public import as_own_types, public_documents, public_images, public_pages
from cms.references import with_links

LINK = re.compile(r"<a(\b[^>]*)>(.*?)</a>", re.DOTALL)
EMBED = re.compile(r"<embed(\b[^>]*)/>")
ATTRIBUTE = re.compile(r'\b(linktype|embedtype|id)="([^"]*)"')
SEPARATOR = "\x1e"
STOCK = {
    block.get_api_representation
    for block in (blocks.Block, blocks.StreamBlock, blocks.StructBlock, blocks.ListBlock, blocks.RichTextBlock)
}


class Reference:
    """Something that an answer names, and what stands for it if it may be named."""

    def __init__(self, model: type[Model], pk: Any, shown: Any):
        self.model, self.pk, self.shown = Page if issubclass(model, Page) else model, pk, shown


class Text:
    """Rich text as it is stored: its links name pages and documents by their ids."""

    def __init__(self, source: str):
        self.source = source.replace(SEPARATOR, "")

    def references(self) -> Iterator[Reference]:
        for tag in (LINK, EMBED):
            for match in tag.finditer(self.source):
                if reference := named_by(match[1]):
                    yield reference

    def without(self, private) -> str:
        """A private link becomes plain text, a private picture goes."""
        unlinked = LINK.sub(lambda match: match[2] if private(named_by(match[1])) else match[0], self.source)
        return EMBED.sub(lambda match: "" if private(named_by(match[1])) else match[0], unlinked)


def named_by(attributes: str) -> Reference | None:
    found = dict(ATTRIBUTE.findall(attributes))
    models = {"page": Page, "document": get_document_model(), "image": get_image_model()}
    model, key = models.get(found.get("linktype") or found.get("embedtype")), found.get("id", "")
    return Reference(model, int(key), None) if model and key.isdecimal() else None


def represent(block: blocks.Block, raw: Any, context: dict) -> Any:
    """A stored block as Wagtail's own API shows it, without fetching what it names: only the keys of that are shown."""
    if isinstance(block, blocks.ChooserBlock) and type(block).get_api_representation in STOCK:
        return None if raw is None else Reference(block.model_class, raw, raw)
    if type(block).get_api_representation not in STOCK:
        return block.get_api_representation(block.to_python(raw), context=context)
    if isinstance(block, blocks.StreamBlock):
        children = [child for child in raw or [] if child["type"] in block.child_blocks]
        return [
            {
                "type": child["type"],
                "value": represent(block.child_blocks[child["type"]], child["value"], context),
                "id": child.get("id"),
            }
            for child in children
        ]
    if isinstance(block, blocks.StructBlock):
        return {
            name: represent(child, (raw or {}).get(name, child.get_prep_value(child.get_default())), context)
            for name, child in block.child_blocks.items()
        }
    if isinstance(block, blocks.ListBlock):
        return [represent(block.child_block, item["value"] if is_list_item(item) else item, context) for item in raw or []]
    if isinstance(block, blocks.RichTextBlock):
        return Text(raw or "")
    return block.get_api_representation(block.to_python(raw), context=context)


def is_list_item(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") == "item" and "value" in item


def seen_by_all(model: type[Model]) -> QuerySet | None:
    """What anybody may see of a model; None if nothing of it is ever private."""
    if model is Page:
        return public_pages()
    if model is get_image_model():
        return public_images()
    if model is get_document_model():
        return public_documents()
    if kind := kind_of(model):
        return kind.public(settings.LANGUAGE_CODE)
    return model._default_manager.filter(live=True) if hasattr(model, "live") else None


def visible(model: type[Model], keys: set) -> set:
    seen = seen_by_all(model)
    return keys if seen is None else set(seen.order_by().filter(pk__in=keys).values_list("pk", flat=True))


class Answer:
    """An answer, its references looked up and its rich text written in the format that was asked for."""

    def __init__(self, data: Any, rich_text_format: RichTextOutputFormat):
        self.keys: dict[type[Model], set] = defaultdict(set)
        self.texts: list[Text] = []
        self.collect(data)
        self.visible = {model: visible(model, keys) for model, keys in self.keys.items()}
        self.written = dict(
            zip(map(id, self.texts), self.write([text.without(self.private) for text in self.texts], rich_text_format), strict=True)
        )
        self.data = self.resolved(data)

    def collect(self, data: Any) -> None:
        if isinstance(data, Reference):
            self.keys[data.model].add(data.pk)
            self.collect(data.shown)
        elif isinstance(data, Text):
            self.texts.append(data)
            for reference in data.references():
                self.collect(reference)
        elif isinstance(data, dict | list):
            for part in data.values() if isinstance(data, dict) else data:
                self.collect(part)

    def private(self, reference: Reference | None) -> bool:
        return reference is not None and reference.pk not in self.visible[reference.model]

    def write(self, sources: list[str], rich_text_format: RichTextOutputFormat) -> list[str]:
        """All texts in one go where that is possible: what they link to is then looked up at once."""
        if rich_text_format == "db_html" or not sources:
            return sources
        if rich_text_format == "html":
            pages = as_own_types(public_pages().filter(pk__in=self.visible.get(Page, ())))
            together = with_links(SEPARATOR.join(sources), {page.pk: page.get_url() for page in pages})
            return APIRichText.serialize(together, format="html").split(SEPARATOR)
        return [APIRichText.serialize(source, format=rich_text_format) for source in sources]

    def resolved(self, data: Any) -> Any:
        if isinstance(data, Reference):
            return None if self.private(data) else self.resolved(data.shown)
        if isinstance(data, Text):
            return self.written[id(data)]
        if isinstance(data, dict):
            return {key: self.resolved(part) for key, part in data.items()}
        return [self.resolved(part) for part in data] if isinstance(data, list) else data
