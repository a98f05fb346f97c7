"""What of an object goes into the index: what it says in each language, what it can be narrowed by, and who may find it.

Objects are read and turned into documents many at a time, so that a page costs the same number of queries as two hundred.
"""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Model, QuerySet, Value
from django.utils import timezone, translation
from wagtail.models import Page
from wagtail.search.backends.base import get_model_root
from wagtail.search.index import get_indexed_models

from cms import frame
from cms.kinds import Kind, kind_of
from cms.languages import CODES
from cms.models import PortalDocument
from cms.public import public_pages
from cms.words import SUBJECTS
from search.analysis import analyzer, fold
from search.engines.base import BARRIER, BODY, KEYWORDS, PUBLIC, STAFF, Document
from search.files.keeping import KIND as DOCUMENT
from search.files.keeping import NEW_PAGE, findable, pages_leading_to, texts_of
from search.relations import Tied, ties_of, together
from search.texts import Said, Texts

PLAIN_PAGE = "page"


def key_of(model: type[Model], pk) -> str:
    return f"{get_model_root(model)._meta.label_lower}:{pk}"


def roots() -> list[type[Model]]:
    """The models that are indexed, those that inherit from others left out."""
    return list(dict.fromkeys(map(get_model_root, get_indexed_models())))


def documents_at(keys: Iterable[str]) -> list[Document]:
    """The documents of what is there of some keys, as it is now."""
    by_model: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        label, _, pk = key.partition(":")
        by_model[label].append(pk)
    with frame.anew():
        return [each for label, pks in by_model.items() for each in documents_of(objects(apps.get_model(label), pks))]


def objects(root: Any, pks: list) -> list[Model]:
    """Rows as they are; pages each as its own type, one whose type is gone as a plain page."""
    if not issubclass(root, Page):
        return list(root.get_indexed_objects().filter(pk__in=pks))
    by_type: dict[int, list] = defaultdict(list)
    for pk, content_type in Page.objects.filter(pk__in=pks, depth__gt=1).values_list("pk", "content_type"):
        by_type[content_type].append(pk)
    found: list[Model] = []
    for content_type, some in by_type.items():
        model: Any = ContentType.objects.get_for_id(content_type).model_class()
        found += (model.get_indexed_objects() if model else Page.objects).filter(pk__in=some)
    return found


def documents_of(items: Iterable[Model]) -> Iterator[Document]:
    by_type: dict[type[Model], list[Model]] = defaultdict(list)
    for item in items:
        by_type[type(item)].append(item)
    for model, some in by_type.items():
        batch = Batch(model, some)
        yield from (batch.document(item, language) for item in some for language in batch.languages(item))


class Batch:
    """Objects of one type, with what their documents need, asked for once."""

    def __init__(self, model: type[Model], items: list[Model]):
        self.model, self.pks = model, [item.pk for item in items]
        self.kind: Kind | None = kind_of(model)
        self.is_page, self.is_file = issubclass(model, Page), issubclass(model, PortalDocument)

    def languages(self, item: Model) -> list[str]:
        """A page is in its own language; a row is in both."""
        if not self.is_page:
            return CODES
        code = frame.current().locales[item.locale_id].language_code
        return [code] if code in CODES else []

    @property
    def rows(self) -> QuerySet:
        return self.model._default_manager.filter(pk__in=self.pks)

    @cached_property
    def public(self) -> dict[str, set]:
        """Which of them anybody may see, by language."""
        if self.is_page:
            pages = set(public_pages().filter(pk__in=self.pks).values_list("pk", flat=True))
            return dict.fromkeys(CODES, pages)
        if self.is_file:
            return {each: set(findable(each).filter(pk__in=self.pks).values_list("pk", flat=True)) for each in CODES}
        found = {}
        for language in CODES:
            with translation.override(language):
                rows = self.kind.public(language).filter(pk__in=self.pks) if self.kind else self.rows.none()
                found[language] = set(rows.values_list("pk", flat=True))
        return found

    @cached_property
    def ties(self) -> dict[object, Tied]:
        return ties_of(self.model, self.pks)

    @cached_property
    def facets(self) -> dict[object, dict[str, set[str]]]:
        """The values of the kind's own facets."""
        found: dict[object, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        own = [facet for facet in (self.kind.facets if self.kind else ()) if facet.name not in SUBJECTS]
        queries = [
            rows.annotate(facet=Value(facet.name, CharField())).values_list("pk", "facet", "value")
            for facet in own
            for rows in facet.of(self.rows)
        ]
        for pk, name, value in together(queries):
            found[pk][name].add(value)
        return found

    @cached_property
    def in_files(self) -> dict[object, list[str]]:
        return texts_of(self.pks) if self.is_file else {}

    @cached_property
    def pages_leading_here(self) -> dict[object, set[str]]:
        return pages_leading_to(self.pks) if self.is_file else {}

    def texts(self, item: Model, language: str) -> Texts:
        with translation.override(language):
            texts = Texts(item, language)
        texts.columns[KEYWORDS] += self.ties[item.pk].names(language)
        pages = self.in_files.get(item.pk, [])
        texts.columns[BODY] += pages
        texts.shown += [f"{NEW_PAGE}{page}" for page in pages]
        return texts

    def document(self, item: Model, language: str) -> Document:
        texts, public, day = self.texts(item, language), item.pk in self.public[language], self.day(item)
        with translation.override(language):
            title = str(getattr(item, "title", "") if hasattr(item, "title") else item)
        return document_of(
            texts,
            key=key_of(self.model, item.pk),
            locale=language,
            kind=self.kind.name if self.kind else PLAIN_PAGE if self.is_page else DOCUMENT if self.is_file else "",
            access=PUBLIC if public else STAFF,
            title=title,
            translation_key=str(getattr(item, "translation_key", "") or ""),
            date=day.isoformat() if day else "",
            facets=self.facets_of(item, day) if public else {},
            refs=frozenset(self.ties[item.pk].refs | self.pages_leading_here.get(item.pk, set())),
        )

    def day(self, item: Model) -> datetime.date | None:
        moment = getattr(item, self.kind.date if self.kind else "first_published_at", None)
        return timezone.localdate(moment) if isinstance(moment, datetime.datetime) else moment

    def facets_of(self, item: Model, day: datetime.date | None) -> dict[str, tuple[str, ...]]:
        found = {name: set(values) for name, values in self.facets[item.pk].items()}
        own = {facet.name for facet in self.kind.facets} - {*SUBJECTS} if self.kind else set()
        found |= {name: values for name, values in self.ties[item.pk].facets.items() if name not in own}
        if day and self.is_page and self.kind:
            found["year"] = {str(day.year)}
        return {name: tuple(sorted(filter(None, values))) for name, values in sorted(found.items())}


def document_of(said: Said, locale: str, access: str, **facts) -> Document:
    """What is said, as it is searched. What is not public leaves nothing that might be shown, nor a word for spelling."""
    columns, words = analysed(said, locale)
    return with_digest(
        Document(
            locale=locale,
            access=access,
            text="\n".join(said.shown) if access == PUBLIC else "",
            columns=columns,
            starts=" ".join(words_begun(said.starts)),
            words=words if access == PUBLIC else frozenset(),
            **facts,
        )
    )


def analysed(said: Said, language: str) -> tuple[dict[str, str], frozenset[str]]:
    """Each column as a row of normal forms, then the parts of its compounds; and all words as they are written."""
    read, columns, words = analyzer(language), {}, set()
    for name, some in said.columns.items():
        normals: list[str] = []
        parts: list[str] = []
        for text in some:
            if normals:
                normals.append(BARRIER)
            for each in read.words(text):
                normals.append(each.normal)
                words.add(each.word)
                if each.parts:
                    parts += [BARRIER, *each.parts]
        columns[name] = " ".join(normals + parts)
    return columns, frozenset(words)


def words_begun(texts: Iterable[str]) -> Iterator[str]:
    """Words as they are begun by somebody who types: folded, and without the signs inside them."""
    for text in texts:
        yield from ("".join(letter if letter.isalnum() else " " for letter in fold(text))).split()


def with_digest(document: Document) -> Document:
    told = [
        *(document.kind, document.access, document.title, document.translation_key, document.date, document.text),
        *(sorted(document.columns.items()), document.starts, sorted(document.words), sorted(document.refs)),
        sorted(document.facets.items()),
    ]
    object.__setattr__(document, "digest", hashlib.blake2b(repr(told).encode(errors="replace"), digest_size=12).hexdigest())
    return document
