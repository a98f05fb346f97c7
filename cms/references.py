"""What a page's bodies point to, fetched for the whole page at once however many blocks it has."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    CharField,
    Count,
    ExpressionWrapper,
    IntegerField,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Cast, Coalesce
from django.http import HttpRequest
from django.utils.html import format_html
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.rich_text import RichText

from cms import frame
from cms.kinds import kind_of, kinds
from cms.media import PortalDocument, PortalImage
from cms.public import as_own_types, public_documents
from cms.sorting import sort_key
from cms.words import fill_in_words

MOST_USES = 12  # that are named on a page which many others use
PAGE_LINK = re.compile(r'<a(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"[^>]*>')


def bodies_of(page: Page) -> list[StreamValue]:
    return [getattr(page, field.name) for field in page._meta.get_fields() if isinstance(field, StreamField)]


def fetch_references(page: Page, bodies: Iterable[StreamValue], request: HttpRequest) -> None:
    """Make a page ready to be shown: pictures with their renditions, links and chosen pages in the page's own language.

    A chosen page or document that the public may not see is let go of, so such a page must not be saved afterwards.
    """
    texts = [field.name for field in page._meta.get_fields() if isinstance(field, RichTextField)]
    places = [place for body in bodies for place in values_in(body)]
    images = [value for _, _, value in places if isinstance(value, PortalImage)]
    if "hero_image" in page.shown_with and page.hero_image:
        images.append(page.hero_image)
    prefetch_related_objects(images, "renditions")
    for image in images:
        fill_in_words(image)

    linked = [PAGE_LINK.findall(value.source) for _, _, value in places if isinstance(value, RichText)]
    linked += [PAGE_LINK.findall(getattr(page, name)) for name in texts]
    chosen = [*page.pages_in_rows(), *(value.pk for _, _, value in places if isinstance(value, Page))]
    found, page.related_pages = public_pages_around(page, {*chosen, *(int(key) for keys in linked for key in keys)})
    page.chosen_pages = found
    documents = [value.pk for _, _, value in places if isinstance(value, PortalDocument)]
    page.chosen_documents = files = open_files({*documents, *page.documents_in_rows()})
    addresses = {key: version.get_url(request) for key, version in found.items()}
    for holder, key, value in reversed(places):
        if isinstance(value, RichText):
            value.source = with_links(value.source, addresses)
        elif isinstance(value, Page | PortalDocument):
            put(holder, key, found.get(value.pk) if isinstance(value, Page) else files.get(value.pk))
    for name in texts:
        setattr(page, name, with_links(getattr(page, name), addresses))


def put(holder: Any, key: Any, shown: Any) -> None:
    """What everybody may see in place of what was chosen, or nothing."""
    if isinstance(holder, ListValue) and shown is None:
        del holder[key]
    elif holder is not None:
        holder[key] = shown


def open_files(keys: Iterable[int]) -> dict[int, PortalDocument]:
    """The documents among some that everybody may read."""
    asked = [*keys]
    return public_documents().in_bulk(asked) if asked else {}


def values_in(stream: StreamValue) -> Iterator[tuple[Any, Any, Any]]:
    """Every value below a body, with what holds it and under which name."""
    for child in stream:
        yield from below(None, None, child.value)


def below(holder: Any, key: Any, value: Any) -> Iterator[tuple[Any, Any, Any]]:
    if isinstance(value, StreamValue):
        yield from values_in(value)
    elif isinstance(value, StructValue):
        for name, part in list(value.items()):
            yield from below(value, name, part)
    elif isinstance(value, ListValue):
        for number, part in enumerate(value):
            yield from below(value, number, part)
    else:
        yield holder, key, value


def public_pages_around(page: Page, keys: Iterable[int]) -> tuple[dict[int, Page], list[Page]]:
    """For each key the public version in the page's language, or else that very page if it is public; and what is related.

    Related is what the page names, what names the page, and what uses or links to it, in its language; each says why.
    """
    named = page.related_links.all().values_list("target_id", flat=True)  # in a preview those of the form
    names_this = Q(related_links__target__translation_key=page.translation_key)
    related = Q(translation_key__in=Page.objects.filter(Q(pk__in=named) | names_this).values("translation_key"))
    linked = Q(translation_key__in=Page.objects.filter(pk__in=keys).values("translation_key"))
    used_by = frame.public(Page.objects.filter(pk__in=pages_using(page) if kind_of(page) else [], locale=page.locale_id), page)
    used_by = used_by.exclude(pk=page.pk)
    uses = Q(pk__in=used_by.order_by("-first_published_at", "-pk").values("pk")[:MOST_USES])
    flags = {"is_related": related, "uses": uses}
    flags |= {f"uses_in_{field}": Q(pk__in=pages_using(page, field)) for kind in kinds().values() for field, _ in kind.mentions}
    flags = {name: ExpressionWrapper(flag, BooleanField()) for name, flag in flags.items()}
    own = Q(translation_key=page.translation_key)
    versions = Page.objects.filter(own | related | linked | uses).select_related("locale")
    versions = list(versions.annotate(**flags, used_by=how_many(used_by)))
    page.more_uses = max(0, versions[0].used_by - MOST_USES) if versions else 0
    shown = [version for version in versions if frame.is_public(version, page)]
    open_to_all = {version.pk: version for version in as_own_types(shown)}
    same = [version for version in open_to_all.values() if version.translation_key == page.translation_key]
    page.known_translations = sorted((each for each in same if frame.is_public(each)), key=lambda each: each.pk)
    translated = {version.translation_key: version for version in open_to_all.values() if version.locale_id == page.locale_id}
    found = {version.pk: translated.get(version.translation_key) or open_to_all.get(version.pk) for version in versions}
    around = {version.translation_key: translated.get(version.translation_key) for version in versions if version.is_related}
    using = {version.translation_key: translated[version.translation_key] for version in versions if version.uses}
    shown = {key: version for key, version in {**around, **using}.items() if version and key != page.translation_key}
    for key, version in shown.items():
        version.reason = reason(version, uses=key in using)
    return (
        {key: version for key, version in found.items() if version},
        sorted(shown.values(), key=lambda version: (version.translation_key in using, sort_key(version.title))),
    )


def how_many(pages: QuerySet) -> Coalesce:
    """A count as part of another question."""
    count = pages.order_by().annotate(all=Value(1)).values("all").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count), 0)


def pages_using(page: Page, field: str = "") -> QuerySet:
    """Keys of the pages that name a page, in whichever language, in their text, fields or rows, or in one field of theirs.

    "See also" is no use of it.
    """
    pages, sources = frame.current().remember("types that mention", types_that_mention)
    targets = Page.objects.filter(translation_key=page.translation_key).values(key=Cast("pk", CharField()))
    references = ReferenceIndex.objects.filter(content_type__in=sources, to_content_type=pages, to_object_id__in=targets)
    apart = {path for kind in kinds().values() for path in kind.shown_apart}
    if field:
        references = references.filter(model_path__startswith=f"{field}.")
    return references.exclude(Q(model_path__startswith="related_links.") | Q(model_path__in=apart)).values(
        key=Cast("object_id", IntegerField())
    )


def types_that_mention() -> tuple[int, list[int]]:
    """The content type of all pages, and those of the kinds that say which pages they use."""
    models = [kind.cls for kind in kinds().values() if kind.is_page and kind.mention is not None]
    types = ContentType.objects.get_for_models(Page, *models)
    return types[Page].pk, [types[model].pk for model in models]


def reason(page: Page, uses: bool) -> str:
    """Why a page is shown as related: that it uses what is read, or what kind it is."""
    kind = kind_of(page)
    if kind is None or not uses:
        return str(kind.label_one if kind else "")
    return str(next((label for field, label in kind.mentions if getattr(page, f"uses_in_{field}")), kind.mention))


def with_links(source: str, addresses: dict[int, str]) -> str:
    """Rich text with the addresses of the pages that it links to; what cannot be reached is no link."""
    return PAGE_LINK.sub(lambda match: link_to(addresses.get(int(match[1]))), source)


def link_to(address: str | None) -> str:
    return format_html('<a href="{}">', address) if address else "<a>"
